"""PURE: single values as FoodData Central writes them; what is no value raises ValueError with a sentence."""

import re
from decimal import Decimal
from functools import lru_cache

from foods.amounts import MG_PER_100G, MG_PER_G, UG_PER_MG
from foods.sources.measures import household_label, measured_label
from foods.sources.texts import bare_gtin, cut, tidy
from foods.sources.units import magnesium_ug, number, weight_mg

DERIVATION = 120
LONGEST = 300  # characters of a measure that are looked at
MAX_UG = MG_PER_100G * UG_PER_MG  # 100 g in 100 g
MAX_WEIGHT_MG = 100_000_000
# How measures are called here, and those that say nothing beside a modifier.
_UNITS = {
    "tablespoon": "tbsp",
    "tablespoons": "tbsp",
    "teaspoon": "tsp",
    "milliliter": "ml",
    "liter": "l",
    "undetermined": "",
}
_SHAPELESS = ("each", "paired cooked w", "paired raw w", "orig ckd g", "orig rw g")
_NO_BRAND = "NOT A BRANDED"  # "NOT A BRANDED ITEM"
_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_US = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")


@lru_cache(maxsize=4096)
def day_number(text: str) -> int:
    """Return a date, "2024-10-31" or "10/31/2024", as 20241031; 0 for anything else."""
    if match := _ISO.match(text):
        return int("".join(match.groups()))
    if match := _US.match(text):
        return int(f"{match[3]}{int(match[1]):02}{int(match[2]):02}")
    return 0


def gtin14(text: str) -> str:
    """Return a barcode in 14 digits, its lost zeros in front again; "" if it is none."""
    if not text.isdecimal():
        text = text.replace(" ", "")
    text = bare_gtin(text)
    return text.zfill(14) if 6 <= len(text) <= 14 and text.isascii() and text.isdecimal() else ""


def ndb5(text: str) -> str:
    """Return an NDB number in at least 5 digits; "" if there is none."""
    text = text.strip()
    return text.zfill(5) if text.isascii() and text.isdigit() and 0 < len(text) <= 8 else ""


def fdc_id_in(text: str) -> int | None:
    """Return an FDC id; None where there is none in the text."""
    return int(text) if text.isdecimal() and len(text) < 10 else None


@lru_cache(maxsize=20_000)
def serving(size: str, unit: str, household: str) -> tuple[str | None, int | None]:
    """Return the label and the weight, mg, of a package's serving; None if it is not given by weight.

    Milligrams are none: makers wrote "MG" where they meant grams.
    """
    amount = number(size)
    if amount is None or amount <= 0 or unit.strip().casefold() in ("", "mg"):
        return None, None
    try:
        weight = weight_mg(amount, unit)
        label = household_label(tidy(household[:LONGEST]), g=Decimal(weight) / MG_PER_G)
    except ValueError:
        return None, None
    return (label, weight) if 0 < weight <= MAX_WEIGHT_MG else (None, None)


@lru_cache(maxsize=20_000)
def brand_of(name: str, owner: str) -> str:
    """Return the brand of a food: the brand's name, else the maker's."""
    return next((text for text in (name, owner) if text.strip() and not text.startswith(_NO_BRAND)), "")


def kept(text: str, length: int) -> tuple[str, str]:
    """Return what is kept of a text, and what is wrong with it."""
    try:
        text = tidy(text)
    except ValueError as error:
        return "", f"is left out: {error}"
    return cut(text, length), f"is longer than {length} characters: it is cut." if len(text) > length else ""


def ug_of(amount: str, unit: str) -> int:
    """Return micrograms in 100 g. Raises ValueError for what is no number, no unit or cannot be."""
    value = number(amount)
    if value is None:
        raise ValueError(f"“{amount.strip()[:40]}” is no number.")
    ug = magnesium_ug(value, unit)
    if not 0 <= ug <= MAX_UG:
        raise ValueError(f"{amount.strip()[:40]} {unit} of magnesium in 100 g cannot be.")
    return ug


def bound_of(amount: str, unit: str) -> int | None:
    """Return a smallest or largest value, None where none is given. Raises ValueError as `ug_of` does."""
    return ug_of(amount, unit) if amount.strip() else None


def weight_of(grams: str) -> int:
    """Return a portion's weight in mg. Raises ValueError for what is no number or no weight."""
    weight = number(grams)
    if weight is None:
        raise ValueError(f"“{grams.strip()[:40]}” is no number.")
    if not 0 < (found := weight_mg(weight, "g")) <= MAX_WEIGHT_MG:
        raise ValueError(f"it cannot weigh {grams.strip()[:40]} g.")
    return found


def label_of(amount: str, unit: str, description: str, modifier: str) -> str:
    """Return a portion's label; without an amount the description says it all: "1 cup" (FNDDS).

    Raises ValueError if nothing names it.
    """
    description, modifier = tidy(description[:LONGEST]), tidy(modifier[:LONGEST])
    many = number(amount) if amount.strip() else None
    if amount.strip() and (many is None or not 0 < many < 1_000_000):
        raise ValueError(f"“{amount.strip()[:40]}” is no amount.")
    if many is None and description:
        label = measured_label(None, "", "", description)
    else:
        label = measured_label(many, *_measure(unit, ", ".join(filter(None, (description, modifier)))))
    if not label:
        raise ValueError("its measure has no name.")
    return label


def _measure(unit: str, words: str) -> tuple[str, str]:
    """Return the unit and what more is said as people say it: ("each", "large") gives ("", "large")."""
    unit = unit.strip().casefold()
    unit = _UNITS.get(unit, unit)
    if unit == "serving" and words[:1].isdigit():
        return f"{unit} {words}", ""  # which is read as "serving (1/2 cup)"
    if unit == "serving" and words == "NLEA":
        return "NLEA serving", ""  # as SR28 says it
    if unit in _SHAPELESS and words and not words[0].isdigit():
        return "", words
    return unit, words


def derivation_of(code: str, meaning: str) -> str:
    """Return how a value was found, with its code: "Analytical (A)"."""
    if not meaning or not code:
        return cut(meaning or code, DERIVATION)
    return f"{cut(meaning, DERIVATION - len(code) - 3)} ({code})"


def count_of(text: str) -> int | None:
    """Return a number of samples, None where none is given."""
    count = number(text)
    return int(count) or None if count is not None and 0 < count < 1_000_000_000 else None
