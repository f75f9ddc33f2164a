"""PURE: the file of the built-in foods: one JSON line a food, gzipped, the same for the same foods."""

import gzip
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from foods.sources.records import RELEASES, Figure, JoinedFood, PortionRecord

BUILTIN = Path(__file__).resolve().parent.parent / "data" / "foods.jsonl.gz"
_CODES = [release.code for release in RELEASES]


def packed(foods: Iterable[JoinedFood]) -> bytes:
    """Return the file's bytes: foods sorted by source and key, no clock and no name in the header."""
    ordered = sorted(foods, key=lambda food: (_CODES.index(food.source), food.key))
    lines = [json.dumps(_row(food), ensure_ascii=False, separators=(",", ":")) for food in ordered]
    return gzip.compress("".join(f"{line}\n" for line in lines).encode(), compresslevel=9, mtime=0)


def read_builtin(path: Path = BUILTIN) -> Iterator[JoinedFood]:
    """Yield the foods of a data file, in its order. Raises OSError or ValueError if it cannot be read."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            source, key, name, brand, category, figures, portions = json.loads(line)
            yield JoinedFood(
                source=_CODES[source],
                key=key,
                name=name,
                brand=brand,
                category=category,
                figures=tuple(_figure(*figure) for figure in figures),
                portions=tuple(PortionRecord(*portion) for portion in portions),
            )


def _row(food: JoinedFood) -> list[Any]:
    figures = [
        [_CODES.index(f.source), f.magnesium_ug, f.key, f.name, f.min_ug, f.max_ug, f.n, f.derivation]
        for f in food.figures
    ]
    portions = [[portion.label, portion.weight_mg] for portion in food.portions]
    return [_CODES.index(food.source), food.key, food.name, food.brand, food.category, figures, portions]


def _figure(
    source: int,
    magnesium_ug: int | None,
    key: str,
    name: str,
    min_ug: int | None,
    max_ug: int | None,
    n: int | None,
    derivation: str,
) -> Figure:
    return Figure(
        source=_CODES[source],
        key=key,
        name=name,
        magnesium_ug=magnesium_ug,
        min_ug=min_ug,
        max_ug=max_ug,
        n=n,
        derivation=derivation,
    )
