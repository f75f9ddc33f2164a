"""Numbers and units: by name, or not at all."""

from decimal import Decimal

import pytest

from foods.sources.units import is_volume, magnesium_ug, number, volume_ml, weight_mg


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12.5", "12.5"),
        (" 12,5 ", "12.5"),
        (".5", "0.5"),
        ("5.", "5"),
        ("-3", "-3"),
        ("1.0E-3", "0.001"),
        ("0", "0"),
    ],
)
def test_numbers_are_read_with_point_or_comma(text, expected):
    assert number(text) == Decimal(expected)


@pytest.mark.parametrize(
    "text", ["", "-", "Tr", "< 0,5", "1.234,5", "1 000", "NaN", "inf", "1e999", "1_0", "٣", "1" * 40]
)
def test_what_is_no_plain_number_is_none(text):
    assert number(text) is None


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [
        ("0.08", "g", 80_000),
        ("0.08", "GRM", 80_000),
        ("80", "MG", 80_000),
        ("80", "mg", 80_000),
        ("80", "milligrams", 80_000),
        ("80", "UG", 80),
        ("80", "µg", 80),
        ("80", "μg", 80),
        ("80", "mcg", 80),
        ("0.0005", "mg", 1),
    ],
)
def test_magnesium_is_converted_by_the_name_of_its_unit(value, unit, expected):
    assert magnesium_ug(Decimal(value), unit) == expected


@pytest.mark.parametrize("unit", ["IU", "kcal", "%", "mmol", "ml"])
def test_a_unit_that_is_none_of_weight_is_refused_by_name(unit):
    with pytest.raises(ValueError, match=unit):
        magnesium_ug(Decimal(1), unit)


def test_no_unit_at_all_is_another_message():
    with pytest.raises(ValueError, match="missing"):
        magnesium_ug(Decimal(1), " ")


def test_weights_and_volumes_never_meet():
    assert weight_mg(Decimal("1.5"), "GRM") == 1_500
    assert volume_ml(Decimal(2), "l") == 2_000
    assert is_volume("MLT")
    assert not is_volume("g")
    with pytest.raises(ValueError, match="ml"):
        weight_mg(Decimal(1), "ml")
    with pytest.raises(ValueError, match="g"):
        volume_ml(Decimal(1), "g")
