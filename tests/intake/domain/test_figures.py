"""Micrograms as a person reads them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.domain.band import Band
from intake.domain.figures import beside, mg, number, total_number, total_shown

BAND = Band(low_ug=320_000, high_ug=500_000)


@pytest.mark.parametrize(
    ("ug", "places", "expected"),
    [
        (0, 0, "0"),
        (499, 0, "0"),
        (500, 0, "1"),
        (311_500, 0, "312"),
        (500_000, 3, "500"),
        (320_500, 3, "320.5"),
        (1_240_000, 0, "1,240"),
    ],
)
def test_a_number_is_rounded_half_up_once(ug, places, expected):
    assert number(ug, places) == expected
    assert mg(ug, places) == f"{expected} mg"


@pytest.mark.parametrize(
    ("ug", "edge_ug", "expected"),
    [
        (290_400, 320_000, ("290 mg", "320 mg")),
        (319_600, 320_000, ("319.6 mg", "320 mg")),
        (319_999, 320_000, ("319.999 mg", "320 mg")),
        (350_001, 350_000, ("350.001 mg", "350 mg")),
        (320_800, 320_900, ("320.8 mg", "320.9 mg")),
        (250_000, 250_000, ("250 mg", "250 mg")),
    ],
)
def test_a_value_keeps_its_side_of_the_edge(ug, edge_ug, expected):
    assert beside(ug, edge_ug) == expected


@pytest.mark.parametrize(
    ("total_ug", "expected"),
    [(319_600, "319.6"), (320_400, "320"), (499_600, "500"), (500_400, "500.4"), (612_300, "612")],
)
def test_a_total_outside_the_band_never_reads_as_its_edge(total_ug, expected):
    assert total_number(total_ug, BAND) == expected
    assert total_shown(total_ug, BAND) == f"{expected} mg"


def test_a_total_without_a_band_is_in_whole_mg():
    assert total_shown(319_600, None) == "320 mg"


@given(st.integers(0, 40_000_000), st.integers(0, 40_000_000))
def test_order_survives_rounding(ug, edge_ug):
    shown, edge = (Decimal(text.removesuffix(" mg").replace(",", "")) for text in beside(ug, edge_ug))

    assert (shown > edge, shown < edge) == (ug > edge_ug, ug < edge_ug)
