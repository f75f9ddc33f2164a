"""PURE: numbers and units as sources write them; a unit is known by its name or not at all."""

import re
from decimal import Decimal
from functools import lru_cache

from foods.amounts import rounded

_UG = {"g": 1_000_000, "gm": 1_000_000, "grm": 1_000_000, "mg": 1_000, "mgm": 1_000, "ug": 1, "mcg": 1}
_MG = {"kg": 1_000_000, "g": 1_000, "gm": 1_000, "grm": 1_000, "mg": 1, "mgm": 1}
_ML = {"ml": 1, "mlt": 1, "cl": 10, "l": 1_000, "ltr": 1_000}
_NAMES = {
    "gram": "g",
    "grams": "g",
    "milligram": "mg",
    "milligrams": "mg",
    "microgram": "ug",
    "micrograms": "ug",
}
_NUMBER = re.compile(r"[+-]?(\d{1,12}([.,]\d{0,24})?|[.,]\d{1,24})([eE][+-]?\d{1,2})?", re.ASCII)


def number(text: str) -> Decimal | None:
    """Return the number of a text such as "12.5", "12,5", ".5" or "1.0E-3"; None for anything else.

    A comma is the decimal mark: thousands are not grouped in any of the sources.
    """
    text = text.strip()
    return Decimal(text.replace(",", ".")) if _NUMBER.fullmatch(text) else None


def magnesium_ug(value: Decimal, unit: str) -> int:
    """Return micrograms of a value in g, mg or µg, by the unit's name. Raises ValueError for others."""
    return rounded(value * _factor(unit, _UG, "a unit of weight for magnesium"))


def weight_mg(value: Decimal, unit: str) -> int:
    """Return milligrams of a weight in kg, g or mg, by the unit's name. Raises ValueError for others."""
    return rounded(value * _factor(unit, _MG, "a unit of weight"))


def volume_ml(value: Decimal, unit: str) -> Decimal:
    """Return millilitres of a volume, by the unit's name. Raises ValueError for others."""
    return value * _factor(unit, _ML, "a unit of volume")


def is_volume(unit: str) -> bool:
    """Say whether a unit is one of volume: "ml", "MLT", "l"."""
    return _plain(unit) in _ML


def _factor(unit: str, factors: dict[str, int], what: str) -> int:
    if factor := factors.get(_plain(unit)):
        return factor
    raise ValueError(
        f"“{unit.strip()[:20]}” is not known as {what}." if unit.strip() else "The unit is missing."
    )


@lru_cache(maxsize=256)
def _plain(unit: str) -> str:
    name = unit.strip().casefold().replace("µ", "u").replace("μ", "u")
    return _NAMES.get(name, name)
