"""Laying an import beside the foods, under an edition that is not live: readers see none of it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from foods import search
from foods.importing import bulk
from foods.importing.known import EDITABLE, Known, by_id, look_closer
from foods.importing.rows import read_back
from foods.importing.verdicts import (
    MAGNESIUM,
    PORTIONS,
    RETIRED,
    Choice,
    Verdict,
    finding,
    new_portions,
    taken,
)
from foods.models import Edition, Food, FoodImport, FoodRevision, ImportRow, Portion
from foods.search import NewFood
from foods.sources.records import FoodRecord, PortionRecord

LAID = (Verdict.NEW, Verdict.CHANGED, Verdict.CONFLICT, Verdict.DOUBTFUL, Verdict.MISSING)
_FOOD = ("id", "source", "source_key", "name", "brand", "category", "gtin", "born")
_REVISION = (
    "id", "food", "source", "source_key", "record_name", "magnesium_ug_per_100g", "min_ug", "max_ug", "n",
    "derivation", "author", "reason",
)  # fmt: skip
_PORTION = ("food", "label", "weight_mg", "position", "author", "edition", "leaving")


@dataclass(slots=True, kw_only=True)
class Staged:
    """A row that may be laid: where it stands, the record, and the fields that are taken."""

    id: int
    position: int
    record: FoodRecord
    verdict: str
    fields: tuple[str, ...]
    reason: str
    taken: tuple[str, ...]
    food_id: int | None
    before_id: int | None
    revision_id: int | None

    @property
    def is_new(self) -> bool:
        """Say whether it would be a food of its own."""
        return not self.fields and self.verdict != Verdict.MISSING


@dataclass(slots=True)
class Place:
    """Where a slice is laid: the edition, and the release of each data set by code."""

    edition: Edition
    sources: dict[str, int]
    highest: dict[str, list[int]]


_COLUMNS = (
    "id", "position", "key", "file", "line", "record", "verdict", "fields", "reason", "choices",
    "food_id", "before_id", "revision_id",
)  # fmt: skip


def staged_after(food_import: FoodImport, after: int, limit: int) -> list[Staged]:
    """Return the next rows that are not the same as what we have, in the order of the file."""
    rows = (
        ImportRow.objects.filter(food_import=food_import, position__gt=after, verdict__in=LAID)
        .order_by("position")
        .values(*_COLUMNS)[:limit]
    )
    return [_staged(food_import, row) for row in rows]


def _staged(food_import: FoodImport, row: dict[str, Any]) -> Staged:
    verdict, fields, choices = row["verdict"], tuple(row["fields"]), row["choices"]
    if verdict == Verdict.MISSING and food_import.retire_missing:
        choices = {"": Choice.TAKE, **choices}
    return Staged(
        id=row["id"],
        position=row["position"],
        record=read_back(row["key"], row["file"], row["line"], row["record"]),
        verdict=verdict,
        fields=fields,
        reason=row["reason"],
        taken=taken(verdict, fields, row["reason"], choices),
        food_id=row["food_id"],
        before_id=row["before_id"],
        revision_id=row["revision_id"],
    )


def lay(place: Place, rows: Sequence[Staged]) -> Counter[str]:
    """Lay rows, in the caller's transaction; return how many are new, changed, retired and kept.

    A food that is no longer as it was when it was compared is left to whoever changed it.
    """
    wanted = [row for row in rows if row.taken]
    counts = Counter(kept=len(rows) - len(wanted))
    fresh = [row for row in wanted if row.is_new and row.food_id is None]
    _add_foods(place, fresh)
    held = [row for row in wanted if row.food_id is not None]
    bulk.lock_foods(row.food_id for row in held if row.food_id is not None)
    foods = by_id(row.food_id for row in held if row.food_id is not None)
    look_closer([*foods.values()])
    pairs = [(row, foods[row.food_id]) for row in held if row.food_id is not None]
    revived = [(row, known) for row, known in pairs if row.is_new and known.dead]
    gone = [(row, known) for row, known in pairs if _goes(row, known)]
    changed = [(row, known) for row, known in pairs if _changes(place, row, known)]
    _revive(place, revived)
    _retire(place, gone)
    _change(place, changed)
    counts.update(new=len(fresh) + len(revived), changed=len(changed), retired=len(gone))
    counts["kept"] += len(held) - len(revived) - len(gone) - len(changed)
    return counts


def _goes(row: Staged, known: Known) -> bool:
    return row.verdict == Verdict.MISSING and not (
        known.retired or known.merged or known.dead or known.pending
    )


def _changes(place: Place, row: Staged, known: Known) -> bool:
    if not row.fields or known.dead or known.pending or known.revision_id != row.before_id:
        return False
    now = finding(row.record, known, place.highest)
    return now.verdict == row.verdict and now.fields == row.fields


# New foods -----------------------------------------------------------------------------------------


def _add_foods(place: Place, rows: Sequence[Staged]) -> None:
    edition = place.edition.pk
    foods = bulk.new_ids(Food, len(rows))
    revisions = bulk.new_ids(FoodRevision, len(rows))
    made = [*zip(foods, revisions, (row.record for row in rows), strict=True)]
    rows_of = [
        (food, place.sources[said.source], said.key, said.name, said.brand, said.category, said.gtin, edition)
        for food, _, said in made
    ]
    bulk.insert_circle(
        (Food, _FOOD, rows_of),
        (
            FoodRevision,
            _REVISION,
            [_figure(place, revision, food, said, "") for food, revision, said in made],
        ),
        "current",
    )
    bulk.insert(
        Portion, _PORTION, [row for food, _, said in made for row in _portions(food, said.portions, None)]
    )
    search.add_new([_searched(food, said) for food, _, said in made], edition)


def _figure(place: Place, revision: int, food: int, said: FoodRecord, name: str) -> tuple[Any, ...]:
    return (
        revision, food, place.sources[said.source], said.key, name,
        said.magnesium_ug, said.min_ug, said.max_ug, said.n, said.derivation, "", "",
    )  # fmt: skip


def _portions(
    food: int, portions: Sequence[PortionRecord], edition: int | None, start: int = 0
) -> list[tuple[Any, ...]]:
    return [
        (food, portion.label, portion.weight_mg, position, "", edition, False)
        for position, portion in enumerate(portions, start)
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


def _revive(place: Place, pairs: Sequence[tuple[Staged, Known]]) -> None:
    """Bring foods back that an undone edition had brought: nobody sees them, so they are written in place."""
    if not pairs:
        return
    stale = [(row, known) for row, known in pairs if known.magnesium_ug != row.record.magnesium_ug]
    revisions = dict(
        zip((known.id for _, known in stale), bulk.new_ids(FoodRevision, len(stale)), strict=True)
    )
    bulk.insert(
        FoodRevision,
        _REVISION,
        [_figure(place, revisions[known.id], known.id, row.record, "") for row, known in stale],
    )
    bulk.update(
        Food,
        ("name", "brand", "category", "gtin", "current", "born"),
        [
            (
                known.id, row.record.name, row.record.brand, row.record.category, row.record.gtin,
                revisions.get(known.id, known.revision_id), place.edition.pk,
            )
            for row, known in pairs
        ],
    )  # fmt: skip
    ids = [known.id for _, known in pairs]
    Portion.objects.filter(food_id__in=ids, author="").delete()
    bulk.insert(
        Portion,
        _PORTION,
        [
            portion
            for row, known in pairs
            for portion in _portions(
                known.id, [one for one in row.record.portions if one.label not in known.labels], None
            )
        ],
    )
    search.reindex(ids)


# Foods that are there ------------------------------------------------------------------------------


def _retire(place: Place, pairs: Sequence[tuple[Staged, Known]]) -> None:
    bulk.update(
        Food,
        ("edition", "upcoming", "details"),
        [(food.id, place.edition.pk, None, None) for _, food in pairs],
    )
    bulk.update(ImportRow, ("undo",), [(row.id, bulk.json_text({"gone": True})) for row, _ in pairs])


def _change(place: Place, pairs: Sequence[tuple[Staged, Known]]) -> None:
    figures = [(row, known) for row, known in pairs if MAGNESIUM in row.taken and row.revision_id is None]
    made = dict(zip((row.id for row, _ in figures), bulk.new_ids(FoodRevision, len(figures)), strict=True))
    bulk.insert(
        FoodRevision,
        _REVISION,
        [
            _figure(place, made[row.id], known.id, row.record, _own_name(row.record, known))
            for row, known in figures
        ],
    )
    foods, undo, leaving, coming = [], [], [], []
    for row, known in pairs:
        revision = made.get(row.id, row.revision_id) if MAGNESIUM in row.taken else None
        details = {name: getattr(row.record, name) for name in row.taken if name in EDITABLE}
        back: dict[str, Any] = {}
        if details:
            back |= {"was": {name: getattr(known, name) for name in details}, "set": details}
        if RETIRED in row.taken:
            back["retired"] = True
        if PORTIONS in row.taken:
            gone, come = _exchanged(place, row.record, known)
            back["portions"] = [[label, weight_mg] for label, weight_mg in known.portions] if gone else None
            back["added"] = [portion[1] for portion in come]
            leaving += [known.id] if gone else []
            coming += come
        foods.append((known.id, place.edition.pk, revision or known.revision_id, bulk.json_text(details)))
        undo.append((row.id, revision, bulk.json_text(back)))
    bulk.update(Food, ("edition", "upcoming", "details"), foods)
    bulk.update(ImportRow, ("revision", "undo"), undo)
    Portion.objects.filter(food_id__in=leaving, author="").update(edition=place.edition, leaving=True)
    bulk.insert(Portion, _PORTION, coming)


def _own_name(record: FoodRecord, known: Known) -> str:
    return "" if record.name == known.name else record.name


def _exchanged(place: Place, record: FoodRecord, known: Known) -> tuple[bool, list[tuple[Any, ...]]]:
    """Return whether the sources' portions go, and those that come: a food's own source replaces them."""
    if known.code != record.source:
        last = Portion.objects.filter(food_id=known.id).count()
        return False, _portions(known.id, new_portions(record, known), place.edition.pk, last)
    kept = [portion for portion in record.portions if portion.label not in known.labels]
    return True, _portions(known.id, kept, place.edition.pk)
