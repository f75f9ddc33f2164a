"""Where a merged food leads to: the one that stands for it now."""

from collections.abc import Iterable

from foods.models import Food


def winners_of(food_ids: Iterable[int]) -> dict[int, int]:
    """Return, by id, the food that each leads to at last: itself if it is not merged.

    A query for each link of the longest chain, one if nothing is merged. Ids that are not there are left out.
    """
    ids = set(food_ids)
    leads: dict[int, int | None] = {}
    asked = ids
    while asked:
        leads.update(Food.objects.filter(pk__in=asked).values_list("pk", "merged_into"))
        asked = {target for target in leads.values() if target is not None and target not in leads}
    return {food_id: _end(food_id, leads) for food_id in ids if food_id in leads}


def winner_of(food_id: int) -> int | None:
    """Return the id of the food that this one leads to at last; None if it is not there."""
    return winners_of([food_id]).get(food_id)


def _end(food_id: int, leads: dict[int, int | None]) -> int:
    while (target := leads[food_id]) is not None:
        food_id = target
    return food_id


def winner_food(food: Food) -> Food | None:
    """Return the food that a merged one leads to at last, as readers see it; None if it is not merged."""
    end = winner_of(food.pk) if food.merged_into_id else None
    return Food.objects.as_seen().filter(pk=end).first() if end else None
