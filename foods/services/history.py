"""The history of foods: every act of a curator is one Change, and each can be undone by another."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction

from foods import search
from foods.models import Change, Food, FoodRevision, Portion
from foods.services.held import hold, hold_many
from foods.services.leading import winner_of
from foods.services.steps import signed

# What a Change may say of a food, and the column behind it; "portions" are rows of their own.
COLUMNS = {
    "name": "name",
    "brand": "brand",
    "category": "category",
    "current": "current_id",
    "retired_at": "retired_at",
    "merged_into": "merged_into_id",
}
ROWS = 250  # in one statement
WORDS = {
    "name": "the name",
    "brand": "the brand",
    "category": "the category",
    "current": "the value",
    "retired_at": "whether it is retired",
    "merged_into": "what it is merged into",
}


def record(
    food: Food,
    act: Change.Act,
    after: Mapping[str, Any],
    *,
    author: str,
    reason: str,
    revision: FoodRevision | None = None,
    batch: UUID | None = None,
    before: Mapping[str, Any] | None = None,
) -> Change:
    """Set fields of a food that is held, and write down how they were, how they are, who and why.

    `before` is for portions alone: what of them goes.
    """
    was = {field: _value(food, field) for field in after if field in COLUMNS} | dict(before or {})
    if "portions" in after:
        was.setdefault("portions", [])
    _apply(food, was, after)
    return Change.objects.create(
        food=food,
        act=act,
        before=was,
        after={field: _plain(value) for field, value in after.items()},
        revision=revision,
        batch=batch,
        author=author,
        reason=reason,
    )


def record_many(
    acts: Sequence[tuple[Food, Mapping[str, Any]]],
    act: Change.Act,
    *,
    author: str,
    reason: str,
    batch: UUID | None = None,
) -> list[Change]:
    """Do to many foods that are held what `record` does to one, but for portions. A few statements in all."""
    changes = []
    for food, after in acts:
        was = {field: _value(food, field) for field in after}
        plain = {field: _plain(value) for field, value in after.items()}
        changes.append(
            Change(food=food, act=act, before=was, after=plain, batch=batch, author=author, reason=reason)
        )
        for field, value in after.items():
            setattr(food, COLUMNS[field], value)
    fields = {COLUMNS[field].removesuffix("_id") for _, after in acts for field in after}
    if fields:
        Food.objects.bulk_update([food for food, _ in acts], sorted(fields), ROWS)
    return Change.objects.bulk_create(changes, ROWS)


@transaction.atomic
def undo_change(*, change: Change, author: str, reason: str, seen: str | None = None) -> Change:
    """Put back what an act changed, by a new act; undoing that one does the first again.

    Raises ValidationError if it was undone before, or if something later stands on it.
    """
    author, reason = signed(author, reason)
    food = hold(change.food_id, seen)
    undo = _undo(food, Change.objects.select_for_update(of=("self",)).get(pk=change.pk), author, reason, None)
    search.reindex(_touched(undo))
    return undo


@transaction.atomic
def undo_batch(*, batch: UUID, new_batch: UUID, author: str, reason: str) -> int:
    """Undo all acts of a bulk edit that were not undone by hand, or none; return how many foods that were.

    Raises ValidationError naming the foods on which something later stands.
    """
    author, reason = signed(author, reason)
    changes = [*Change.objects.filter(batch=batch, undone_by=None).order_by("food_id", "-pk")]
    if not changes:
        raise ValidationError("This bulk edit was undone already.")
    foods = {food.pk: food for food in hold_many(change.food_id for change in changes)}
    problems = [
        f"{foods[change.food_id].name}: {_stands_on(foods[change.food_id], change, field)}"
        for change in changes
        if (field := _moved(foods[change.food_id], change))
    ]
    if problems:
        more = f" And {len(problems) - 5} more." if len(problems) > 5 else ""
        raise ValidationError(f"Nothing was undone. {' '.join(problems[:5])}{more}")
    back = [
        (foods[change.food_id], {field: _typed(field, value) for field, value in change.before.items()})
        for change in changes
    ]
    undos = record_many(back, Change.Act.UNDO, author=author, reason=reason, batch=new_batch)
    for change, undo in zip(changes, undos, strict=True):
        change.undone_by = undo
    Change.objects.bulk_update(changes, ["undone_by"], ROWS)
    search.reindex(foods)
    return len(changes)


def _undo(food: Food, change: Change, author: str, reason: str, batch: UUID | None) -> Change:
    if change.undone_by_id is not None:
        raise ValidationError("This was undone already.")
    if field := _moved(food, change):
        raise ValidationError(_stands_on(food, change, field))
    if before := change.before.get("merged_into"):
        _refuse_cycle(food, before)
    undo = record(
        food,
        Change.Act.UNDO,
        {field: _typed(field, value) for field, value in change.before.items()},
        before={field: value for field, value in change.after.items() if field == "portions"},
        author=author,
        reason=reason,
        revision=change.revision,
        batch=batch,
    )
    Change.objects.filter(pk=change.pk).update(undone_by=undo)
    change.undone_by = undo
    return undo


def _moved(food: Food, change: Change) -> str:
    """Return a field that is not as the act left it; "" if all are."""
    left = ((field, value) for field, value in change.after.items() if field in COLUMNS)
    return next((field for field, value in left if _value(food, field) != value), "")


def _stands_on(food: Food, change: Change, field: str) -> str:
    later = Change.objects.filter(food=food, pk__gt=change.pk, undone_by=None).order_by("pk")
    for other in later:
        if field in other.after and other.act != Change.Act.UNDO:
            return (
                f"This cannot be undone by itself: {WORDS[field]} was changed again on"
                f" {other.created_at:%-d %B %Y}. Undo that first."
            )
    return f"This cannot be undone by itself: {WORDS[field]} has changed since, with an import."


def _refuse_cycle(food: Food, target: int) -> None:
    if winner_of(target) == food.pk:
        raise ValidationError("The other food has been merged into this one since.")


def _apply(food: Food, was: Mapping[str, Any], after: Mapping[str, Any]) -> None:
    columns = {COLUMNS[field]: value for field, value in after.items() if field in COLUMNS}
    if columns:
        Food.objects.filter(pk=food.pk).update(**columns)
        for column, value in columns.items():
            setattr(food, column, value)
    if "portions" in after:
        _swap_portions(was["portions"], after["portions"])


def _swap_portions(old: list[dict[str, Any]], new: list[dict[str, Any]]) -> None:
    for portion in old:
        found = Portion.objects.filter(**portion)
        if not found.delete()[0]:
            raise ValidationError(f"The portion “{portion['label']}” is not as it was left.")
    for portion in new:
        key = {"food_id": portion["food_id"], "label": portion["label"]}
        if Portion.objects.filter(**key, leaving=False).exists():
            raise ValidationError(f"There is a portion “{portion['label']}” already.")
        Portion.objects.create(**portion)


def _touched(change: Change) -> set[int]:
    """Return the foods whose place in the search an act may have moved."""
    portions = [*change.before.get("portions", []), *change.after.get("portions", [])]
    return {change.food_id, *(portion["food_id"] for portion in portions)}


def _value(food: Food, field: str) -> Any:
    return _plain(getattr(food, COLUMNS[field]))


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.datetime) else value


def _typed(field: str, value: Any) -> Any:
    return dt.datetime.fromisoformat(value) if field == "retired_at" and value else value
