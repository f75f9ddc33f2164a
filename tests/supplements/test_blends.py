"""Glycinate with oxide in it: how much oxide a share above the formula's takes."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supplements.compounds import glycinate_with_oxide, magnesium_fraction

PURE, OXIDE = magnesium_fraction("Mg(C2H4NO2)2"), magnesium_fraction("MgO")


@pytest.mark.parametrize(
    ("fraction", "by_weight_percent", "of_magnesium_percent"),
    [("0.18", 8, 28), ("0.20", 13, 39), ("0.22", 17, 47)],
)
def test_a_share_implies_a_part_of_oxide(fraction, by_weight_percent, of_magnesium_percent):
    blend = glycinate_with_oxide(Decimal(fraction))

    assert round(blend.oxide_by_weight * 100) == by_weight_percent
    assert round(blend.oxide_of_magnesium * 100) == of_magnesium_percent


def test_the_edges_are_pure_bisglycinate_and_pure_oxide():
    assert glycinate_with_oxide(PURE).oxide_by_weight == 0
    assert glycinate_with_oxide(OXIDE).oxide_by_weight == 1
    assert glycinate_with_oxide(OXIDE).oxide_of_magnesium == 1


@pytest.mark.parametrize("fraction", [PURE - Decimal("0.000001"), OXIDE + Decimal("0.000001")])
def test_beyond_the_edges_there_is_no_such_blend(fraction):
    with pytest.raises(ValueError, match="No blend"):
        glycinate_with_oxide(fraction)


@given(st.decimals(min_value=PURE, max_value=OXIDE, places=6))
def test_the_parts_of_a_blend_add_up_to_its_share(fraction):
    blend = glycinate_with_oxide(fraction)
    again = blend.oxide_by_weight * OXIDE + (1 - blend.oxide_by_weight) * PURE

    assert again == pytest.approx(fraction, abs=Decimal("0.0000001"))
    assert blend.oxide_by_weight <= blend.oxide_of_magnesium <= 1 + Decimal("0.0000001")
