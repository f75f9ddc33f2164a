"""What curators do to foods: correct, retire, restore, add a portion. Nothing is overwritten."""

import datetime as dt
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils import timezone

from foods import search
from foods.amounts import UG_PER_MG, ug_from_mg, weight_mg_from_g
from foods.models import MAX_UG_PER_100G, MAX_WEIGHT_MG, Food, FoodRevision, Portion, Source
from foods.services.steps import batches, needed_text

CURATOR = {
    "mark": "C",
    "dataset": "Curators' corrections",
    "licence": "as the foods they correct",
    "citation": "A curator's correction; the author and the reason stand beside each figure.",
}


@transaction.atomic
def correct_food(
    *, food: Food, magnesium_mg_per_100g: Decimal | None, author: str, reason: str
) -> FoodRevision:
    """Give a food a new current revision; earlier ones, and what was logged from them, stay as they are.

    None says that the value is not known. Raises ValidationError for a value that cannot be, an empty author
    or reason, or if nothing would change.
    """
    value_ug = _ug_per_100g(magnesium_mg_per_100g)
    locked = Food.objects.select_for_update().get(pk=food.pk)
    before = locked.current
    if before is not None and before.magnesium_ug_per_100g == value_ug:
        raise ValidationError({"magnesium_mg_per_100g": "The food has this value already."})
    revision = FoodRevision(
        food=locked,
        source=Source.objects.get_or_create(code="curator", release="local", defaults=CURATOR)[0],
        magnesium_ug_per_100g=value_ug,
        author=needed_text("author", author, 254),
        reason=needed_text("reason", reason, 500),
    )
    revision.save(force_insert=True)
    Food.objects.filter(pk=food.pk).update(current=revision)
    food.current = revision
    search.reindex([food.pk])
    return revision


def retire_food(*, food: Food) -> Food:
    """Keep a food out of search; what was logged from it stays. A retired food is left as it is."""
    retire_foods(Food.objects.filter(pk=food.pk))
    food.refresh_from_db(fields=["retired_at"])
    return food


def restore_food(*, food: Food) -> Food:
    """Put a retired food back into search."""
    restore_foods(Food.objects.filter(pk=food.pk))
    food.refresh_from_db(fields=["retired_at"])
    return food


@transaction.atomic
def retire_foods(foods: QuerySet[Food]) -> int:
    """Retire several foods; return how many were not retired yet."""
    return _set_retired_at(foods.filter(retired_at=None), timezone.now())


@transaction.atomic
def restore_foods(foods: QuerySet[Food]) -> int:
    """Restore several foods; return how many were retired."""
    return _set_retired_at(foods.exclude(retired_at=None), None)


def _set_retired_at(foods: QuerySet[Food], at: dt.datetime | None) -> int:
    ids = [*foods.order_by("pk").values_list("pk", flat=True)]
    for batch in batches(ids):
        Food.objects.filter(pk__in=batch).update(retired_at=at)
        search.reindex(batch)
    return len(ids)


@transaction.atomic
def add_portion(*, food: Food, label: str, weight_g: Decimal) -> Portion:
    """Add a household measure after the others of a food.

    Raises ValidationError for an empty label, one the food has already, or a weight that cannot be.
    """
    label = needed_text("label", label, 80)
    if not weight_g.is_finite() or not Decimal("0.001") <= weight_g <= MAX_WEIGHT_MG // 1000:
        raise ValidationError({"weight_g": "A portion weighs more than 0 g and at most 100 kg."})
    Food.objects.select_for_update().get(pk=food.pk)
    portions = Portion.objects.filter(food=food)
    if portions.filter(label=label).exists():
        raise ValidationError({"label": "The food has a portion of this name already."})
    last = portions.aggregate(last=Max("position"))["last"]
    portion = Portion.objects.create(
        food=food,
        label=label,
        weight_mg=weight_mg_from_g(weight_g),
        position=0 if last is None else last + 1,
    )
    search.reindex([food.pk])
    return portion


def _ug_per_100g(mg: Decimal | None) -> int | None:
    if mg is None:
        return None
    if not mg.is_finite() or not 0 <= mg <= MAX_UG_PER_100G // UG_PER_MG:
        raise ValidationError({"magnesium_mg_per_100g": "Magnesium lies between 0 and 100 000 mg per 100 g."})
    return ug_from_mg(mg)
