"""Labels of portions as sources write them, made readable."""

from decimal import Decimal

import pytest

from foods.sources.measures import household_label, measured_label


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1 ONZ", "1 oz"),
        ("8 OZA", "8 fl oz"),
        ("0.5 cup (118 ml)", "1/2 cup"),
        ("0.667 cup", "2/3 cup"),
        ("1 1/2 Cup", "1 1/2 cup"),
        ("2 Tbsp", "2 tbsp"),
        ("about 12 chips (28g)", "12 chips"),
        ("6 CRACKERS | ABOUT", "6 crackers"),
        ("1 CUP) | (APPROX", "1 cup"),
        ("4 PCS", "4 pieces"),
        ("5 PCS.", "5 pieces"),
        ("1 PKG", "1 package"),
        ("2 oz (57g), 1 Hamburger Bun", "2 oz, 1 hamburger bun"),
        ("4 tbsp mix (34g)makes 2 cookies", "4 tbsp mix makes 2 cookies"),
        ("0.05 PACKAGE MAKES 1 BROWNIE", "0.05 package makes 1 brownie"),
        ("1 PACK (4 BISCUITS)", "1 pack (4 biscuits)"),
        ("30 GRM", "1 serving (30 g)"),
        ("28 G | CUSTOM FOOD", "1 serving (30 g)"),
        ("Per 100 g", "1 serving (30 g)"),
        ("1 2 PACKET", "1 serving (30 g)"),
        ("0 cup", "1 serving (30 g)"),
        ("", "1 serving (30 g)"),
    ],
)
def test_the_serving_of_a_pack_is_readable(text, expected):
    assert household_label(text, g=Decimal("30.0")) == expected


def test_a_serving_without_words_names_its_size_in_its_own_unit():
    assert household_label("240 MLT", ml=Decimal(240)) == "1 serving (240 ml)"
    assert household_label("") == "1 serving"
    assert len(household_label("1 " + "very long words " * 20)) <= 80


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ((Decimal("1.0"), "cup", "whole"), "1 cup, whole"),
        ((Decimal("0.5"), "undetermined", "fillet"), "1/2 fillet"),
        ((Decimal(1), "RACC", ""), "1 serving (RACC)"),
        ((Decimal(3), "tbsp", ""), "3 tbsp"),
        ((None, "undetermined", "10205", "1 cup, cooked"), "1 cup, cooked"),
        ((None, "undetermined", "90000", "Quantity not specified"), ""),
        ((None, "undetermined", "61", "Guideline amount per cup of hot cereal"), ""),
        ((Decimal(1), "undetermined", ""), ""),
    ],
)
def test_a_row_of_fdc_s_portions_becomes_a_label_or_nothing(row, expected):
    assert measured_label(*row) == expected
