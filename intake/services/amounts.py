"""How much of what, and the magnesium in it."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError

from foods.amounts import MG_PER_G, rounded, ug_from_mg
from foods.measures import Taken
from foods.models import Portion
from intake.models import (
    MAX_ENTRY_UG,
    MAX_MINUTES,
    MAX_QUANTITY_MILLI,
    MAX_WEIGHT_MG,
    Entry,
    Kind,
    OwnFood,
    OwnProduct,
)
from intake.services.steps import check, check_day, finite, milli
from supplements.models import Product

GRAM = "g"


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """How much: `quantity_milli` thousandths of a unit, the unit, and what one unit weighs in mg."""

    quantity_milli: int
    unit: str
    unit_weight_mg: int | None = None

    @property
    def weight_mg(self) -> int | None:
        """The whole weight in mg, rounded half up; None where the unit has none."""
        if self.unit_weight_mg is None:
            return None
        return rounded(Decimal(self.quantity_milli) * self.unit_weight_mg / 1000)

    def fields(self) -> dict[str, Any]:
        """Return the amount as the fields of an Entry."""
        return {
            "quantity_milli": self.quantity_milli,
            "unit": self.unit,
            "unit_weight_mg": self.unit_weight_mg,
            "weight_mg": self.weight_mg,
        }


def food_amount(weight_g: Decimal | None, portion: Portion | OwnFood | None, quantity: Decimal) -> Amount:
    """Return a weight, or a number of portions. Raises ValidationError for neither, both, or out of range."""
    if (weight_g is None) == (portion is None):
        raise ValidationError({"weight_g": "Say either a weight or a portion."})
    if weight_g is not None:
        return Amount(quantity_milli=milli(weight_g, "weight_g"), unit=GRAM, unit_weight_mg=MG_PER_G)
    if isinstance(portion, OwnFood):
        label, unit_mg = portion.portion_label, portion.portion_weight_mg or 0
    else:
        assert portion is not None  # one of the two is there
        label, unit_mg = portion.label, portion.weight_mg
    amount = Amount(quantity_milli=milli(quantity, "quantity"), unit=label, unit_weight_mg=unit_mg)
    if not 0 < (amount.weight_mg or 0) <= MAX_WEIGHT_MG:
        raise ValidationError({"quantity": "A weight lies above 0 g and at most at 100 kg."})
    return amount


def taken_amount(taken: Taken) -> Amount:
    """Return an amount reckoned from a food's measures. Raises ValidationError if it is out of range."""
    amount = Amount(quantity_milli=taken.quantity_milli, unit=taken.unit, unit_weight_mg=taken.unit_weight_mg)
    if not 0 < taken.quantity_milli <= MAX_QUANTITY_MILLI:
        raise ValidationError({"quantity": "An amount lies above 0 and at most at 100 000."})
    if not 0 < (amount.weight_mg or 0) <= MAX_WEIGHT_MG:
        raise ValidationError({"quantity": "A weight lies above 0 g and at most at 100 kg."})
    return amount


def serving_ug(product: Product | OwnProduct) -> int | None:
    """Return what a serving adds, µg; 0 on the skin whatever the label says, None if it is not known."""
    return 0 if product.kind == Kind.TOPICAL else product.magnesium_ug_per_serving


def quick_ug(kind: str, magnesium_mg: Decimal | None) -> int | None:
    """Return a figure's µg; 0 on the skin, None if not known. Raises ValidationError out of range."""
    if kind == Kind.TOPICAL:
        return 0
    if magnesium_mg is None:
        return None
    if not 0 <= finite(magnesium_mg, "magnesium_mg") <= MAX_ENTRY_UG // 1000:
        raise ValidationError({"magnesium_mg": "Magnesium lies between 0 and 20 000 mg."})
    return ug_from_mg(magnesium_mg)


def check_entry(entry: Entry) -> None:
    """Raise ValidationError if a value of the entry is out of its bounds."""
    check_day(entry.day)
    if entry.magnesium_ug is not None and entry.magnesium_ug > MAX_ENTRY_UG:
        raise ValidationError({"magnesium_mg": "Magnesium lies between 0 and 20 000 mg."})
    if entry.minutes is not None:
        if entry.kind != Kind.TOPICAL:
            raise ValidationError({"minutes": "Minutes belong to what goes on the skin."})
        if not 1 <= entry.minutes <= MAX_MINUTES:
            raise ValidationError({"minutes": "Between 1 and 1 440 minutes."})
    check(entry)
