"""Cells to values: units by name, nothing guessed, unknown stays unknown."""

from decimal import Decimal

import pytest

from foods.sources.cells import Skip, Value, plain, portions_of, unit_in, value_of
from foods.sources.records import PortionRecord


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("Magnesium (mg/100g)", ("mg", "100g")),
        ("Magnésium (mg/100 g)", ("mg", "100g")),
        ("Magnesium\n(mg)", ("mg", "")),
        ("Magnesium (MG per 100 G)", None),
        ("Magnesium (µg per 100 mL)", ("µg", "100ml")),
        ("Magnesium (g per serving)", ("g", "serving")),
        ("Magnesium (Mg)", None),
        ("Magnesium (Mg) (mg)", ("mg", "")),
        ("Magnesium (mg/kg)", None),
        ("Magnesium", None),
    ],
)
def test_a_unit_is_read_as_it_is_written_and_mg_with_a_capital_is_the_element(header, expected):
    assert unit_in(header) == expected


@pytest.mark.parametrize(
    ("text", "unit", "in_g", "expected"),
    [
        ("12.5", "mg", "100", Value(12_500)),
        ("12,5", "mg", "100", Value(12_500)),
        ("0", "mg", "100", Value(0)),
        ("0.0004", "mg", "100", Value(0)),
        ("0.0005", "mg", "100", Value(1)),
        ("0.325", "g", "100", Value(325_000)),
        ("7", "µg", "100", Value(7)),
        ("9", "mg", "51", Value(17_647)),
        ("100", "g", "100", Value(100_000_000)),
        ("", "mg", "100", Value()),
        ("-", "mg", "100", Value()),
        ("< 0,5", "mg", "100", Value(None, 500, "below 0,5 mg, the least that was measured")),
        ("tr", "mg", "100", Value(note="traces: below what the source gives as a number")),
    ],
)
def test_a_cell_is_a_number_or_says_why_it_is_none(text, unit, in_g, expected):
    assert value_of(text, unit, in_g=Decimal(in_g)) == expected


@pytest.mark.parametrize(
    "text", ["NaN", "inf", "1e999", "1e99", "-1", "１２", "1 2", "0x1", "< x", "<", "=1", "9" * 50]
)
def test_anything_else_is_skipped(text):
    with pytest.raises(Skip, match="Magnesium: "):
        value_of(text, "mg")


def test_a_second_weight_under_one_label_carries_it():
    assert portions_of([("1 cup", 30_000), ("1 cup", 30_000), ("1 cup", 31_500)]) == (
        PortionRecord("1 cup", 30_000),
        PortionRecord("1 cup (31.5 g)", 31_500),
    )


def test_a_text_is_one_line_and_ends_where_it_must():
    assert plain("  Açaí\n juice ") == "Açaí juice"
    assert plain("x" * 130) == "x" * 119 + "…"
