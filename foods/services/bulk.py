"""Many foods changed at once: shown first as old -> new, done as one batch, undone as one."""

import json
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from uuid6 import uuid7

from foods import search
from foods.models import Change, Food
from foods.services.held import hold_many
from foods.services.history import record_many
from foods.services.steps import LIMITS, any_text, food_text, signed

MOST = 1_000  # foods in one batch


@dataclass(frozen=True, slots=True, kw_only=True)
class BulkEdit:
    """What is to be done to each food of a list.

    `act` is "retire", "restore", "category" (`text` is the new one), or "replace": `find` becomes `text` in
    the `field`, "name" or "brand".
    """

    act: str
    field: str = "name"
    find: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BulkRow:
    """What would be done to one food; `problem` says why it is left as it is."""

    food: Food
    field: str
    old: str
    new: str
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Preview:
    """What a bulk edit would do; `seal` differs as soon as the preview would."""

    changed: tuple[BulkRow, ...]
    refused: tuple[BulkRow, ...]
    unchanged: int
    seal: str


def preview(food_ids: Sequence[int], edit: BulkEdit) -> Preview:
    """Return what an edit would change. One query. Raises ValidationError if the edit makes no sense.

    Ids that are not there, and foods that the edit would leave as they are, are only counted.
    """
    _check(edit)
    ids = _few(food_ids)
    return _told(Food.objects.as_seen().filter(pk__in=ids).order_by("pk"), len(ids), edit)


def _few(food_ids: Sequence[int]) -> list[int]:
    ids = sorted(set(food_ids))
    if len(ids) > MOST:
        raise ValidationError(f"At most {MOST:,} foods at once: narrow the list down.")
    return ids


def _told(foods: Iterable[Food], count: int, edit: BulkEdit) -> Preview:
    rows = [row for food in foods if (row := _row(food, edit))]
    changed = tuple(row for row in rows if not row.problem)
    told = json.dumps([(row.food.pk, row.old, row.new) for row in changed])
    return Preview(
        changed=changed,
        refused=tuple(row for row in rows if row.problem),
        unchanged=count - len(rows),
        seal=f"{len(changed)}-{zlib.crc32(told.encode()):x}",
    )


@transaction.atomic
def apply_bulk(food_ids: Sequence[int], edit: BulkEdit, *, seal: str, author: str, reason: str) -> UUID:
    """Do what a preview showed, each food with a Change of one batch; return the batch.

    Raises ValidationError if the preview would be another one by now, or if nothing would change.
    """
    author, reason = signed(author, reason)
    _check(edit)
    ids = _few(food_ids)
    shown = _told(hold_many(ids), len(ids), edit)
    if shown.seal != seal:
        raise ValidationError("Some of these foods have changed since you looked: look again, then confirm.")
    if not shown.changed:
        raise ValidationError("Nothing would change.")
    batch, now = uuid7(), timezone.now()
    act = {"retire": Change.Act.RETIRE, "restore": Change.Act.RESTORE}.get(edit.act, Change.Act.EDIT)
    acts = [
        (row.food, {row.field: {"retire": now, "restore": None}.get(edit.act, row.new)})
        for row in shown.changed
    ]
    record_many(acts, act, author=author, reason=reason, batch=batch)
    search.reindex([row.food.pk for row in shown.changed])
    return batch


def _check(edit: BulkEdit) -> None:
    if edit.act not in {"retire", "restore", "category", "replace"}:
        raise ValidationError("Choose what to do.")
    if edit.act == "category":
        any_text("text", edit.text, LIMITS["category"])
    if edit.act == "replace":
        if edit.field not in {"name", "brand"}:
            raise ValidationError("Only names and brands can be searched.")
        if not edit.find:
            raise ValidationError({"find": "Say what is to be replaced."})


def _row(food: Food, edit: BulkEdit) -> BulkRow | None:
    """Return what the edit would do to a food; None if nothing."""
    match edit.act:
        case "retire":
            return None if food.retired_at else _said(food, "retired_at", "in use", "retired")
        case "restore":
            return _said(food, "retired_at", "retired", "in use") if food.retired_at else None
        case "category":
            return _text_row(food, "category", edit.text)
    old: str = getattr(food, edit.field)
    return _text_row(food, edit.field, old.replace(edit.find, edit.text)) if edit.find in old else None


def _text_row(food: Food, field: str, new: str) -> BulkRow | None:
    old: str = getattr(food, field)
    try:
        kept = food_text(field, new)
    except ValidationError as problem:
        return _said(food, field, old, new, " ".join(problem.messages))
    return None if kept == old else _said(food, field, old, kept)


def _said(food: Food, field: str, old: str, new: str, problem: str = "") -> BulkRow:
    return BulkRow(food=food, field=field, old=old, new=new, problem=problem)
