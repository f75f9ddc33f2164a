"""Servings as they are taken: by number, in the measure of the serving, or in one it names in brackets."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from foods.measures import UnitMissing, read_amount
from intake.measuring import free_amount, milligrams_of, servings_of, units_of


@pytest.mark.parametrize(
    ("typed", "serving", "servings"),
    [
        ("1", "2 capsules", "1"),
        ("1 capsule", "2 capsules", "0.5"),
        ("3 capsules", "2 capsules", "1.5"),
        ("1.5 scoops", "1 scoop", "1.5"),
        ("1.5 scoops", "1 scoop (5 g)", "1.5"),
        ("7 g", "1 scoop (5 g)", "1.4"),
        ("7000 mg", "1 scoop (5 g)", "1.4"),
        ("7 g", "5 g (1 scoop)", "1.4"),
        ("2 scoops", "5 g (1 scoop)", "2"),
        ("7 g", "100 g", "0.07"),
        ("3 g", "2 scoops (4.5 g)", "0.667"),
        ("1 tbsp", "15 ml", "0.986"),
        ("30 ml", "15 ml", "2"),
        ("30 ml", "1 spoonful (15 ml)", "2"),
        ("1/2 scoop", "1 scoop (5 g)", "0.5"),
    ],
)
def test_an_amount_comes_to_servings(typed, serving, servings):
    assert servings_of(read_amount(typed), serving) == Decimal(servings)


@pytest.mark.parametrize(
    ("typed", "serving"),
    [("7 g", "1 scoop"), ("7 g", "15 ml"), ("1 scoop", "2 capsules"), ("5 ml", "1 scoop (5 g)")],
)
def test_a_measure_the_serving_does_not_have_is_named(typed, serving):
    with pytest.raises(UnitMissing):
        servings_of(read_amount(typed), serving)


@pytest.mark.parametrize(
    ("serving", "units"),
    [("1 scoop (5 g)", ["scoop", "g"]), ("2 capsules", ["capsules"]), ("15 ml", ["ml"]), ("1", [])],
)
def test_a_serving_says_its_units(serving, units):
    assert units_of(serving) == units


@pytest.mark.parametrize(
    ("typed", "milli", "unit", "weight_mg"),
    [
        ("250 g", 250_000, "g", 250_000),
        ("0.25 kg", 250_000, "g", 250_000),
        ("20 ml", 20_000, "ml", None),
        ("1/2 l", 500_000, "ml", None),
        ("8 sprays", 1_000, "8 sprays", None),
        ("1/2 cup", 1_000, "1/2 cup", None),
    ],
)
def test_an_amount_of_anything_is_kept_as_typed(typed, milli, unit, weight_mg):
    amount = free_amount(read_amount(typed))

    assert (amount.quantity_milli, amount.unit, amount.weight_mg) == (milli, unit, weight_mg)


@pytest.mark.parametrize("typed", ["250", "1/2"])
def test_a_number_alone_is_no_amount_of_anything(typed):
    with pytest.raises(ValidationError):
        free_amount(read_amount(typed))


@pytest.mark.parametrize(("typed", "mg"), [("1200", "1200"), ("1.2 g", "1200"), ("1200 mg", "1200")])
def test_a_dose_is_read_in_mg(typed, mg):
    assert milligrams_of(read_amount(typed)) == Decimal(mg)


@pytest.mark.parametrize("typed", ["15 ml", "2 tablets", "5 mg citrate"])
def test_a_dose_without_a_weight_is_refused(typed):
    with pytest.raises(ValidationError):
        milligrams_of(read_amount(typed))
