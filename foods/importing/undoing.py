"""Undoing a published import: what it changed is laid the other way round, what curators did since stays."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from foods.importing import bulk
from foods.importing.known import EDITABLE
from foods.models import Edition, Food, FoodImport, FoodRevision, ImportRow, Portion

_PORTION = ("food", "label", "weight_mg", "position", "author", "edition", "leaving")


@dataclass(slots=True, kw_only=True)
class Laid:
    """A row that changed a food: the figures before and after, and the fields as they were."""

    position: int
    food_id: int
    before_id: int | None
    revision_id: int | None
    undo: dict[str, Any]


def laid_after(food_import: FoodImport, after: int, limit: int) -> list[Laid]:
    """Return the next rows that changed a food, in the order of the file."""
    rows = ImportRow.objects.filter(food_import=food_import, position__gt=after, undo__isnull=False)
    found = rows.order_by("position").values_list("position", "food_id", "before_id", "revision_id", "undo")
    return [
        Laid(position=position, food_id=food_id, before_id=before, revision_id=revision, undo=undo)
        for position, food_id, before, revision, undo in found[:limit]
        if food_id is not None and undo is not None
    ]


def lay_back(edition: Edition, rows: Sequence[Laid]) -> int:
    """Lay what restores these foods, in the caller's transaction; return how many there are."""
    bulk.lock_foods(row.food_id for row in rows)
    foods = Food.objects.filter(pk__in=[row.food_id for row in rows], edition=None).in_bulk()
    laid = []
    for row in rows:
        food = foods.get(row.food_id)
        if food is not None and (said := _said(edition, row, food)) is not None:
            laid.append((food.pk, edition.pk, *said))
    bulk.update(Food, ("edition", "upcoming", "details"), laid)
    return len(laid)


def _said(edition: Edition, row: Laid, food: Food) -> tuple[int | None, str] | None:
    """Return (revision to come, details) for a food; None if nothing of the import is left on it."""
    undone = edition.undoes
    details = {
        name: row.undo["was"][name]
        for name, value in row.undo.get("set", {}).items()
        if name in EDITABLE and getattr(food, name) == value
    }
    ours = row.revision_id is not None and food.current_id == row.revision_id
    revision = _before(row, food) if ours else food.current_id
    goes = bool(row.undo.get("retired")) and food.retired_at is None
    returns = bool(row.undo.get("gone")) and undone is not None and food.retired_at == undone.live_at
    portions = _portions_back(edition, row)
    if food.retired_at is not None and not returns:
        return None  # a curator retired it since: laying anything would bring it back
    if not (ours or details or goes or returns or portions):
        return None
    return (None if goes else revision), bulk.json_text(details)


def _before(row: Laid, food: Food) -> int:
    """Return the figure of before; a food that had none gets one that says so."""
    if row.before_id is not None:
        return row.before_id
    unknown = FoodRevision(food=food, source_id=food.source_id, source_key=food.source_key)
    unknown.save(force_insert=True)
    return unknown.pk


def _portions_back(edition: Edition, row: Laid) -> bool:
    """Lay the portions the other way round; return whether there was anything to lay."""
    if "added" not in row.undo:
        return False
    ours = Portion.objects.filter(food_id=row.food_id, author="", edition=None)
    was = row.undo.get("portions")
    going = ours if was is not None else ours.filter(label__in=row.undo["added"])
    going.update(edition=edition, leaving=True)
    if was is not None:
        taken = set(
            Portion.objects.filter(food_id=row.food_id, leaving=False).values_list("label", flat=True)
        )
        bulk.insert(
            Portion,
            _PORTION,
            [
                (row.food_id, label, weight_mg, position, "", edition.pk, False)
                for position, (label, weight_mg) in enumerate(was)
                if label not in taken
            ],
        )
    return True
