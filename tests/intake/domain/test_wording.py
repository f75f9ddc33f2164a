"""Amounts in words."""

from decimal import Decimal

import pytest

from intake.domain.wording import amount_text, listed, quantity_text, stay_text


@pytest.mark.parametrize(
    ("quantity", "expected"),
    [
        ("60.00", "60"),
        ("0.5", "½"),
        ("1.5", "1 ½"),
        ("2.333", "2 ⅓"),
        ("0.1", "0.1"),
        ("100000", "100000"),
    ],
)
def test_a_quantity_is_written_as_people_do(quantity, expected):
    assert quantity_text(Decimal(quantity)) == expected


@pytest.mark.parametrize(
    ("quantity", "unit", "expected"),
    [
        ("60", "g", "60 g"),
        ("1", "ml", "1 ml"),
        ("1", "1 oz (85 seeds)", "1 oz"),
        ("2", "1 oz (85 seeds)", "2 oz"),
        ("1", "1/2 cup", "½ cup"),
        ("2", "1/2 cup", "2 × ½ cup"),
        ("2", "1 cup, chopped (91 g)", "2 cups, chopped"),
        ("0.5", "1 cup", "½ cup"),
        ("3", "1 capsule", "3 capsules"),
        ("4", "250 ml", "4 × 250 ml"),
        ("2", "1 medium", "2 medium"),
        ("1", "", ""),
        ("3", "", "3"),
    ],
)
def test_an_amount_stands_on_one_line(quantity, unit, expected):
    assert amount_text(Decimal(quantity), unit) == expected


@pytest.mark.parametrize(
    ("items", "expected"), [(["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")]
)
def test_names_are_listed_as_one_reads_them(items, expected):
    assert listed(items) == expected


@pytest.mark.parametrize(
    ("amount", "minutes", "expected"),
    [("250 g", 20, "250 g for 20 min"), ("", 20, "20 min"), ("250 g", None, "250 g"), ("", None, "")],
)
def test_an_amount_and_how_long_it_stayed_are_said_together(amount, minutes, expected):
    assert stay_text(amount, minutes) == expected
