"""The next slice to lay, made ready before its transaction; on PostgreSQL while the last one is written.

What is read depends on nothing that laying writes: a row that changes a food is held against it once more.
"""

from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from uuid import UUID

from foods.importing import bulk, fresh, staged
from foods.importing.fresh import New, Place
from foods.importing.staged import Raw, Staged
from foods.models import Food, FoodImport, FoodRevision


@dataclass(slots=True)
class Slice:
    """Rows in the order of the file, and the new foods among them as the tables take them."""

    rows: list[Staged]
    new: New


@dataclass(slots=True)
class Needed:
    """What a slice is made of: its place, its rows as they stand, and ids for the new foods."""

    place: Place
    retire_missing: bool
    rows: list[Raw]
    foods: Sequence[int]
    revisions: Sequence[int]


@dataclass(slots=True)
class Ids:
    """Where the ids of an import's new foods come from."""

    foods: bulk.Ids
    revisions: bulk.Ids


_ids: dict[UUID, Ids] = {}
Mark = tuple[int, int]  # the edition, and behind which position
_coming: dict[UUID, tuple[Mark, Future[Slice]]] = {}  # by import


def next_slice(food_import: FoodImport) -> Slice:
    """Return the next rows to lay. Writes nothing but that ids are taken."""
    after = food_import.cursor["after"]
    coming = _coming.pop(food_import.pk, None)
    if not bulk.works_ahead():
        return _make(_read(food_import, after))
    if coming is None or coming[0] != (food_import.cursor["edition"], after):
        coming = _begun(food_import, after)
    found = coming[1].result()
    if found.rows:
        _coming[food_import.pk] = _begun(food_import, found.rows[-1].position)
    return found


def forget(food_import: FoodImport) -> None:
    """Let go of what was made ready, and of ids that were not needed."""
    _coming.pop(food_import.pk, None)
    _ids.pop(food_import.pk, None)


def place_of(food_import: FoodImport) -> Place:
    """Return where the rows of an import are laid."""
    cursor = food_import.cursor
    return Place(cursor["edition"], cursor["sources"], cursor.get("highest", {}))


def _begun(food_import: FoodImport, after: int) -> tuple[Mark, Future[Slice]]:
    mark = food_import.cursor["edition"], after
    return mark, _thread().submit(_make, _read(food_import, after))


def _read(food_import: FoodImport, after: int) -> Needed:
    rows = staged.raw_after(food_import, after, bulk.lay_slice())
    ids = _ids.setdefault(food_import.pk, Ids(bulk.Ids(Food), bulk.Ids(FoodRevision)))
    most = sum(row[staged.FOOD_ID] is None for row in rows)
    return Needed(
        place_of(food_import),
        food_import.retire_missing,
        rows,
        ids.foods.take(most),
        ids.revisions.take(most),
    )


def _make(needed: Needed) -> Slice:
    rows = staged.staged(needed.rows, retire_missing=needed.retire_missing)
    return Slice(rows, fresh.make(needed.place, rows, needed.foods, needed.revisions))


@cache
def _thread() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(max_workers=1, thread_name_prefix="laying")
