"""Two foods that are one: the loser leads to the winner, and all that was logged from it stays."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max

from foods import search
from foods.models import Change, Food, Portion
from foods.services.held import hold
from foods.services.history import record
from foods.services.leading import winner_of
from foods.services.steps import signed


def missing_portions(loser: Food, winner: Food) -> list[Portion]:
    """Return the portions of one food whose labels the other lacks, in their order. Two queries."""
    there = set(Portion.objects.shown().filter(food=winner).values_list("label", flat=True))
    portions = Portion.objects.shown().filter(food=loser).order_by("position", "pk")
    return [portion for portion in portions if portion.label not in there]


@transaction.atomic
def merge_foods(
    *,
    loser: Food,
    winner: Food,
    author: str,
    reason: str,
    portions: Sequence[Portion] = (),
    seen: str | None = None,
) -> Change:
    """Let a food lead to another, or to what that leads to; `portions` of the loser are copied there.

    Entries keep their revision, label and magnesium. Raises ValidationError if the two are one, if the loser
    is merged already or the winner retired, if a circle would close, or if the loser is not as it was `seen`.
    """
    author, reason = signed(author, reason)
    end = winner_of(winner.pk)
    if end is None:
        raise ValidationError("The other food is not there any more.")
    if loser.pk == winner.pk:
        raise ValidationError("A food cannot be merged into itself.")
    if end == loser.pk:
        raise ValidationError(
            "The other food is merged into this one already: the two would lead in a circle."
        )
    # In one order, so two curators never wait for each other in turn.
    held = {pk: hold(pk, seen if pk == loser.pk else None) for pk in sorted({loser.pk, end})}
    mine, other = held[loser.pk], held[end]
    _refuse(mine, other)
    change = record(
        mine,
        Change.Act.MERGE,
        {"merged_into": other.pk, "portions": _copies(portions, mine, other, author)},
        author=author,
        reason=reason,
    )
    loser.merged_into_id = other.pk
    search.reindex([mine.pk, other.pk])
    return change


def _refuse(loser: Food, winner: Food) -> None:
    if loser.merged_into_id is not None:
        raise ValidationError("This food is merged already: take it apart first.")
    if winner.merged_into_id is not None:  # by another curator, a moment ago
        raise ValidationError("The other food was merged a moment ago. Look at it again, then repeat.")
    if winner.retired_at is not None:
        raise ValidationError("The other food is retired: restore it first.")


def _copies(portions: Sequence[Portion], loser: Food, winner: Food, author: str) -> list[dict[str, object]]:
    wanted = {portion.pk for portion in portions}
    last = Portion.objects.filter(food=winner).aggregate(last=Max("position"))["last"]
    start = 0 if last is None else last + 1
    return [
        {
            "food_id": winner.pk,
            "label": portion.label,
            "weight_mg": portion.weight_mg,
            "position": start + place,
            "author": author,
        }
        for place, portion in enumerate(p for p in missing_portions(loser, winner) if p.pk in wanted)
    ]


@transaction.atomic
def unmerge_food(*, food: Food, author: str, reason: str) -> Change:
    """Let a merged food stand for itself again; portions that were copied stay where they are.

    To undo a merge with its portions, undo its Change. Raises ValidationError if it is not merged.
    """
    author, reason = signed(author, reason)
    held = hold(food.pk)
    if held.merged_into_id is None:
        raise ValidationError("This food is not merged.")
    change = record(held, Change.Act.UNMERGE, {"merged_into": None}, author=author, reason=reason)
    food.merged_into_id = None
    search.reindex([held.pk])
    return change
