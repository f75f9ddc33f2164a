"""A food held for a curator's act: locked, settled, and as the curator saw it."""

import zlib
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db.models import Max

from foods.models import Change, Food, Portion


def hold(food_id: int, seen: str | None = None) -> Food:
    """Lock a food for a curator's act, with what an import has under way for it settled or dropped.

    Raises ValidationError if it is not as it was `seen` (a `state_of`) or no reader sees it since its import
    is not published, Food.DoesNotExist.
    """
    food = Food.objects.select_for_update(of=("self",)).readable().get(pk=food_id)
    _refuse_hidden(food)
    if food.edition is not None:
        _settle_now(food)
    if seen is not None and seen != state_of(food):
        raise ValidationError(
            "Somebody has changed this food since you opened the page. Nothing of yours was done:"
            " look at it again, then repeat."
        )
    return food


def hold_many(food_ids: Iterable[int]) -> list[Food]:
    """Lock foods as `hold` does, those that are there, in the order of their ids. One query or so."""
    foods = Food.objects.select_for_update(of=("self",)).readable()
    held = [*foods.filter(pk__in=[*food_ids]).order_by("pk")]
    for food in held:
        _refuse_hidden(food)
        if food.edition is not None:
            _settle_now(food)
    return held


def _refuse_hidden(food: Food) -> None:
    if food.is_hidden:
        raise ValidationError(f"{food.name} is of an import that is not published, or was undone.")


def state_of(food: Food) -> str:
    """Return a short text that differs as soon as anything a curator sees of a food does. One query."""
    last = Change.objects.filter(food=food).aggregate(last=Max("pk"))["last"]
    return state_text(food, last)


def state_text(food: Food, last_change: int | None) -> str:
    """Return `state_of` for a food whose last Change is known."""
    shown = [food.name, food.brand, food.category, food.retired_at, food.merged_into_id]
    return f"{food.current_id or 0}-{last_change or 0}-{zlib.crc32(repr(shown).encode()):x}"


def _settle_now(food: Food) -> None:
    """Move a live edition's change into place; drop one that is not live: the curator's act wins."""
    portions = Portion.objects.filter(food=food).exclude(edition=None)
    live = food.edition is not None and food.edition.live
    portions.filter(leaving=live).delete()
    portions.update(edition=None, leaving=False)
    if live:
        food.settle()
    food.edition = food.upcoming = food.details = None
    food.save(
        update_fields=[
            *("name", "brand", "category", "gtin", "current", "retired_at"),
            *("edition", "upcoming", "details"),
        ]
    )
