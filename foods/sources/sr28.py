"""PURE: the USDA SR28 tables (`^` between fields, `~` around texts, cp1252) to records."""

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from foods.amounts import ug_from_mg, weight_mg_from_g
from foods.sources.measures import in_everyday_order, label_for
from foods.sources.records import SR28, FoodRecord, PortionRecord

MAGNESIUM = "304"
SOURCE_CODES = {
    "1": "analysed",
    "4": "calculated or imputed",
    "5": "the maker's figure behind a label claim",
    "6": "analysed, more than one kind of data",
    "7": "assumed to be zero",
    "8": "worked back from a label",
    "9": "calculated by the maker",
    "11": "more than one kind of data",
    "12": "analysed by the maker, partly documented",
    "13": "analysed, from literature, partly documented",
}


def rows(path: Path) -> Iterator[list[str]]:
    """Yield the fields of each line, without the `~` around texts."""
    with path.open(encoding="cp1252", newline="") as lines:
        for line in lines:
            yield [field.strip("~").strip() for field in line.rstrip("\r\n").split("^")]


def read_sr28(folder: Path) -> list[FoodRecord]:
    """Return every food of FOOD_DES, with its magnesium of NUT_DATA (None if absent) and its portions.

    Raises OSError if a table is missing, ValueError or IndexError if a line cannot be read.
    """
    groups = {row[0]: row[1] for row in rows(folder / "FD_GROUP.txt")}
    magnesium = {row[0]: row for row in rows(folder / "NUT_DATA.txt") if row[1] == MAGNESIUM}
    weights: dict[str, list[PortionRecord]] = defaultdict(list)
    for ndb, _sequence, amount, unit, grams, *_rest in sorted(
        rows(folder / "WEIGHT.txt"), key=lambda row: (row[0], int(row[1]))
    ):
        if weight_mg := weight_mg_from_g(Decimal(grams)):
            weights[ndb].append(PortionRecord(label_for(Decimal(amount), unit), weight_mg))
    return [
        FoodRecord(
            source=SR28,
            key=row[0],
            name=" ".join(row[2].split()),
            brand=" ".join(row[5].split()),
            category=groups[row[1]],
            portions=in_everyday_order(row[1], row[2], weights[row[0]]),
            **_magnesium_fields(magnesium.get(row[0])),
        )
        for row in rows(folder / "FOOD_DES.txt")
    ]


def _magnesium_fields(row: list[str] | None) -> dict[str, Any]:
    """Read NUT_DATA: 2 value, 3 samples (0: not given), 5 and 6 kind of source, 10 and 11 min and max."""
    if row is None:
        return {}
    derivation = SOURCE_CODES.get(row[5], "")
    return {
        "magnesium_ug": _ug(row[2]),
        "min_ug": _ug(row[10]),
        "max_ug": _ug(row[11]),
        "n": int(row[3] or 0) or None,
        "derivation": f"{derivation} ({row[6]})" if row[6] else derivation,
    }


def _ug(mg: str) -> int | None:
    return ug_from_mg(Decimal(mg)) if mg else None
