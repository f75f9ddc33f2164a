"""A typed amount in the measures of the food at hand: what the entry keeps, or which unit is missing."""

import contextlib
import re
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from django.core.exceptions import ValidationError

from foods.amounts import MG_PER_G, rounded
from foods.measures import (
    VOLUMES_ML,
    WEIGHTS_MG,
    Measured,
    NotRead,
    Typed,
    UnitMissing,
    number_text,
    read_amount,
    read_label,
    share_of,
    take,
    take_of,
)
from foods.measures.units import METRIC_VOLUMES, METRIC_WEIGHTS
from foods.models import Food, Portion
from intake.finding import Portioned
from intake.models import Entry, OwnFood
from intake.services import GRAM, Amount, milli, taken_amount

_BRACKETS = re.compile(r"\(([^()]*)\)")


def measures_of(food: Food | OwnFood) -> list[Measured]:
    """Return the portions of a food, the preferred first. One query for a shared food."""
    if isinstance(food, OwnFood):
        return [Measured(food.portion_label, food.portion_weight_mg)] if food.portion_weight_mg else []
    return _shared(food.pk)


def amount_of(typed: Typed, food: Food | OwnFood, portion: Portion | OwnFood | None) -> Amount | None:
    """Return what is typed of a food; None for a plain number of a portion or of g: nothing to reckon.

    A unit that is typed goes before the portion that is chosen. Raises UnitMissing, ValidationError.
    """
    if not typed.bare:
        return taken_amount(take(typed, measures_of(food), name=food.name))
    if portion is None or is_plain(typed.number):
        return None
    if isinstance(portion, OwnFood):
        measured = Measured(portion.portion_label, portion.portion_weight_mg)
    else:
        measured = Measured(portion.label, portion.weight_mg)
    return taken_amount(take_of(typed.number, measured))


def changed_amount(typed: Typed, entry: Entry) -> Amount | None:
    """Return what is typed for an entry of a food; None for a plain number of its own unit.

    The entry's own unit, with the weight it was logged with, goes before the food's. Raises UnitMissing,
    ValidationError.
    """
    own = Measured(entry.unit, entry.unit_weight_mg)
    if typed.bare:
        whole = is_plain(typed.number) or entry.unit == GRAM
        return None if whole else taken_amount(take_of(typed.number, own))
    kept = [own] if entry.unit != GRAM else []
    if entry.own_food is not None:
        more = measures_of(entry.own_food)
    else:
        more = _shared(entry.food_revision.food_id) if entry.food_revision else []
    return taken_amount(take(typed, [*kept, *more], name=entry.label))


def servings_of(typed: Typed, unit: str) -> Decimal:
    """Return how many of a unit without figures by weight are meant, to 0.001. Raises UnitMissing.

    A serving may say itself in other measures, in brackets: of "1 scoop (5 g)", 7 g are 1.4.
    """
    try:
        return plain_number(share_of(typed, unit))
    except UnitMissing:
        for other in _BRACKETS.findall(unit):
            with contextlib.suppress(UnitMissing):
                return plain_number(share_of(typed, other))
        raise


def units_of(unit: str) -> list[str]:
    """Return the units that `servings_of` takes of a serving: "1 scoop (5 g)" gives "scoop", "g"."""
    read = [read_label(text) for text in (unit, *_BRACKETS.findall(unit))]
    names = (measure.unit or measure.rest for measure in read)
    return list(dict.fromkeys(filter(None, names)))


def free_amount(typed: Typed) -> Amount:
    """Return an amount of something that no table measures: "250 g", "20 ml", "8 sprays".

    Raises ValidationError for a number without a unit, and for one out of range.
    """
    if typed.bare:
        raise ValidationError("Say the unit, too: 250 g, 20 ml, 8 sprays.")
    if typed.unit in METRIC_WEIGHTS and not typed.words:
        grams = plain_number(typed.number * WEIGHTS_MG[typed.unit] / 1000)
        return Amount(quantity_milli=milli(grams, "amount"), unit=GRAM, unit_weight_mg=MG_PER_G)
    if typed.unit in METRIC_VOLUMES and not typed.words:
        ml = plain_number(typed.number * VOLUMES_ML[typed.unit])
        return Amount(quantity_milli=milli(ml, "amount"), unit="ml")
    return Amount(quantity_milli=1000, unit=f"{number_text(typed.number)} {typed.named}")


def milligrams_of(typed: Typed) -> Decimal:
    """Return a weight in mg; a number without a unit is one. Raises ValidationError for another unit."""
    if typed.bare:
        return plain_number(typed.number)
    if typed.unit not in WEIGHTS_MG or typed.words:
        raise ValidationError("Give the weight as the label does, in mg or g.")
    return plain_number(typed.number * WEIGHTS_MG[typed.unit])


def again(
    quantity: Decimal, unit: str, name: str, portions: Sequence[Portioned]
) -> tuple[str, Amount] | None:
    """Return the words that log an amount of a food once more, with what they come to now.

    (1, "2 tbsp (from 1 cup)") gives "2 tbsp"; None if the food no longer has what it was reckoned from.
    """
    measure = read_label(unit)
    comma = ", " if measure.unit and measure.rest else ""
    text = f"{number_text(Fraction(quantity) * measure.number)} {measure.unit}{comma}{measure.rest}"
    try:
        known = [Measured(portion.label, portion.weight_mg) for portion in portions]
        return text, taken_amount(take(read_amount(text), known, name=name))
    except (NotRead, UnitMissing, ValidationError):
        return None


def is_plain(number: Fraction) -> bool:
    """Say whether a number is kept exactly, in thousandths."""
    return (number * 1000).denominator == 1


def plain_number(number: Fraction) -> Decimal:
    """Return a number to 0.001, rounded half up."""
    milli = Decimal(number.numerator) * 1000 / Decimal(number.denominator)
    return Decimal(rounded(milli)) / 1000


def _shared(food_id: int) -> list[Measured]:
    portions = Portion.objects.shown().filter(food=food_id).order_by("position", "pk")
    return [Measured(label, weight_mg) for label, weight_mg in portions.values_list("label", "weight_mg")]
