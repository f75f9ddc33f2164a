"""PURE: records of several sources to foods as a person means them."""

import csv
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

from foods.sources.records import FNDDS, RELEASES, SR28, SR_LEGACY, Figure, FoodRecord, JoinedFood

ALIASES = Path(__file__).with_name("aliases.csv")
_AGE = {release.code: age for age, release in enumerate(RELEASES)}


def read_aliases(path: Path = ALIASES) -> dict[tuple[str, str], str]:
    """Return the reviewed pairs: (source, name of its record) to the SR28 record of the same food."""
    with path.open(encoding="utf-8", newline="") as lines:
        return {(row["source"], row["name"]): row["sr28"] for row in csv.DictReader(lines)}


def join(records: Iterable[FoodRecord], aliases: Mapping[tuple[str, str], str]) -> list[JoinedFood]:
    """Return one food for the records of one food, with its figures oldest first.

    A record of SR Legacy or Foundation belongs to the SR28 food of exactly its name, or of its alias, else to
    the other one's food of exactly its name, else it is a food of its own. A dish of FNDDS always is.
    Raises ValueError if an alias names a record that no source holds.
    """
    groups: dict[tuple[str, str], list[FoodRecord]] = defaultdict(list)
    known: dict[str, tuple[str, str]] = {}
    ordered = sorted(records, key=lambda record: (_AGE[record.source], _alias_last(record, aliases)))
    _check(ordered, aliases)
    for record in ordered:
        own = (record.source, record.key)
        if record.source == FNDDS:
            groups[own].append(record)
            continue
        alias = aliases.get((record.source, record.name))
        group = (SR28, alias) if alias else known.setdefault(record.name, own)
        known.setdefault(record.name, group)
        groups[group].append(record)
    return [_food(group) for group in groups.values()]


def _alias_last(record: FoodRecord, aliases: Mapping[tuple[str, str], str]) -> bool:
    """Of two Foundation records of one food, the one named otherwise than in SR28 is the later one."""
    return (record.source, record.name) in aliases


def _check(records: Iterable[FoodRecord], aliases: Mapping[tuple[str, str], str]) -> None:
    present = {(record.source, record.name) for record in records}
    ids = {record.key for record in records if record.source == SR28}
    lost = [alias for alias, ndb in aliases.items() if alias not in present or ndb not in ids]
    if lost:
        raise ValueError(f"Aliases without a record: {sorted(lost)}")


def _food(records: list[FoodRecord]) -> JoinedFood:
    first = records[0]
    return JoinedFood(
        source=first.source,
        key=first.key,
        name=first.name,
        brand=first.brand,
        category=first.category,
        figures=_figures(records),
        portions=next((record.portions for record in records if record.portions), ()),
    )


def _figures(records: list[FoodRecord]) -> tuple[Figure, ...]:
    """Return the figures that say something new, oldest first.

    A newer record without a value hides no known one. SR Legacy is the last release of SR28's own data base:
    where it repeats the figure it adds nothing, and would lose the record id, samples and derivation.
    """
    figures = [_figure(records[0], records[0].name)]
    for record in records[1:]:
        same = record.magnesium_ug == figures[-1].magnesium_ug
        if record.magnesium_ug is None or (same and record.source == SR_LEGACY):
            continue
        figures.append(_figure(record, records[0].name))
    return tuple(figures)


def _figure(record: FoodRecord, food_name: str) -> Figure:
    return Figure(
        source=record.source,
        key=record.key if record.source == SR28 else "",
        name=record.name if record.name != food_name else "",
        magnesium_ug=record.magnesium_ug,
        min_ug=record.min_ug,
        max_ug=record.max_ug,
        n=record.n,
        derivation=record.derivation,
    )
