"""New foods: their rows are made before the transaction begins, which then only writes them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from foods import search
from foods.importing import bulk
from foods.importing.staged import Staged
from foods.models import Food, FoodRevision, Portion
from foods.search import NewFood
from foods.sources.records import FoodRecord, PortionRecord

FOOD = ("id", "source", "source_key", "name", "brand", "category", "gtin", "born")
REVISION = (
    "id", "food", "source", "source_key", "record_name", "magnesium_ug_per_100g", "min_ug", "max_ug", "n",
    "derivation", "author", "reason",
)  # fmt: skip
PORTION = ("food", "label", "weight_mg", "position", "author", "edition", "leaving")
Values = tuple[Any, ...]


@dataclass(slots=True)
class Place:
    """Where rows are laid: the edition, the release of each data set by code, the categories' extremes."""

    edition: int
    sources: dict[str, int]
    highest: dict[str, list[int]]


@dataclass(slots=True)
class New:
    """The rows of new foods, as the tables take them."""

    foods: list[Values]
    revisions: list[Values]
    portions: list[Values]
    searched: search.Made


def is_fresh(row: Staged) -> bool:
    """Say whether a row becomes a food that was never there."""
    return bool(row.taken) and row.is_new and row.food_id is None


def make(place: Place, rows: Sequence[Staged], foods: Sequence[int], revisions: Sequence[int]) -> New:
    """PURE: make the rows of the new foods among some rows; ids are given for as many or more."""
    made = [*zip((row.record for row in rows if is_fresh(row)), foods, revisions, strict=False)]
    edition, sources = place.edition, place.sources
    return New(
        foods=[
            (food, sources[said.source], said.key, said.name, said.brand, said.category, said.gtin, edition)
            for said, food, _ in made
        ],
        revisions=[figure(place, revision, food, said, "") for said, food, revision in made],
        portions=[row for said, food, _ in made for row in portions(food, said.portions, None)],
        searched=search.make_rows([_searched(food, said) for said, food, _ in made], edition),
    )


def figure(place: Place, revision: int, food: int, said: FoodRecord, name: str) -> Values:
    """Return the row of a record's figure; `name` is the record's own, "" if it is the food's."""
    return (
        revision, food, place.sources[said.source], said.key, name,
        said.magnesium_ug, said.min_ug, said.max_ug, said.n, said.derivation, "", "",
    )  # fmt: skip


def portions(food: int, said: Sequence[PortionRecord], edition: int | None, start: int = 0) -> list[Values]:
    """Return the rows of portions, in their order from the place `start`."""
    return [
        (food, portion.label, portion.weight_mg, position, "", edition, False)
        for position, portion in enumerate(said, start)
    ]


def _searched(food: int, said: FoodRecord) -> NewFood:
    return NewFood(
        id=food,
        name=said.name,
        brand=said.brand,
        category=said.category,
        gtin=said.gtin,
        source_code=said.source,
        known=said.magnesium_ug is not None,
        portions=len(said.portions),
    )


def save(new: New, edition: int) -> None:
    """Write new foods, in the caller's transaction."""
    if not new.foods:
        return
    bulk.insert_circle((Food, FOOD, new.foods), (FoodRevision, REVISION, new.revisions), "current")
    bulk.insert(Portion, PORTION, new.portions)
    search.add_made(new.searched, edition)
