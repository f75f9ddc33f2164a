"""What is done to foods: correct, retire, restore, add a portion, rank, load the built-in ones."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max, OuterRef, QuerySet, Subquery
from django.utils import timezone

from foods import search
from foods.amounts import UG_PER_MG, ug_from_mg, weight_mg_from_g
from foods.models import MAX_UG_PER_100G, MAX_WEIGHT_MG, Food, FoodRevision, Portion, Source
from foods.sources.builtin import read_builtin
from foods.sources.records import RELEASES, JoinedFood
from foods.text import clean_text

T = TypeVar("T")
BATCH = 1000
CURATOR = {
    "mark": "C",
    "dataset": "Curators' corrections",
    "licence": "as the foods they correct",
    "citation": "A curator's correction; the author and the reason stand beside each figure.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadReport:
    """How many foods there are, with a known value, with a portion; and how many were new."""

    foods: int
    with_magnesium: int
    with_portions: int
    added: int


# Curators ----------------------------------------------------------------------------------------


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
        author=_text("author", author, 254),
        reason=_text("reason", reason, 500),
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
    for batch in _batches(ids):
        Food.objects.filter(pk__in=batch).update(retired_at=at)
        search.reindex(batch)
    return len(ids)


@transaction.atomic
def add_portion(*, food: Food, label: str, weight_g: Decimal) -> Portion:
    """Add a household measure after the others of a food.

    Raises ValidationError for an empty label, one the food has already, or a weight that cannot be.
    """
    label = _text("label", label, 80)
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


def refresh_ranking(uses: Mapping[int, int]) -> int:
    """Rewrite the search order from food id -> times logged; return how many foods were ranked."""
    return search.refresh_ranking(uses)


def _ug_per_100g(mg: Decimal | None) -> int | None:
    if mg is None:
        return None
    if not mg.is_finite() or not 0 <= mg <= MAX_UG_PER_100G // UG_PER_MG:
        raise ValidationError({"magnesium_mg_per_100g": "Magnesium lies between 0 and 100 000 mg per 100 g."})
    return ug_from_mg(mg)


def _text(field: str, value: str, limit: int) -> str:
    """Return the cleaned text. Raises ValidationError if it is empty, too long or cannot be shown."""
    try:
        text = clean_text(value)
    except ValueError as problem:
        raise ValidationError({field: str(problem)}) from problem
    if not text:
        raise ValidationError({field: "This is needed."})
    if len(text) > limit:
        raise ValidationError({field: f"At most {limit} characters."})
    return text


# The built-in foods ------------------------------------------------------------------------------


@transaction.atomic
def load_builtin() -> LoadReport:
    """Add the built-in foods that are not there yet, and report on all foods; a second call adds nothing.

    Foods that are there are left alone, with a curator's corrections, portions and retirements.
    """
    sources = _sources()
    list(Source.objects.select_for_update().filter(pk__in=[source.pk for source in sources.values()]))
    keys = {(code, key) for code, key in Food.objects.values_list("source__code", "source_key")}
    missing = [food for food in read_builtin() if (food.source, food.key) not in keys]
    if missing:
        for batch in _batches(missing):
            _add(batch, sources)
        search.rebuild()
    return LoadReport(
        foods=Food.objects.count(),
        with_magnesium=Food.objects.exclude(current__magnesium_ug_per_100g=None).count(),
        with_portions=Portion.objects.values("food").distinct().count(),
        added=len(missing),
    )


def _sources() -> dict[str, Source]:
    return {
        release.code: Source.objects.get_or_create(
            code=release.code,
            release=release.release,
            defaults={
                "mark": release.mark,
                "dataset": release.dataset,
                "licence": release.licence,
                "citation": release.citation,
                "url": release.url,
            },
        )[0]
        for release in RELEASES
    }


def _batches(items: Iterable[T]) -> Iterator[list[T]]:
    rest = iter(items)
    while batch := [*islice(rest, BATCH)]:
        yield batch


def _add(batch: list[JoinedFood], sources: Mapping[str, Source]) -> None:
    """Add foods, their revisions oldest first, and their portions, in four statements or so each."""
    rows = Food.objects.bulk_create(
        [
            Food(
                source=sources[food.source],
                source_key=food.key,
                name=food.name,
                brand=food.brand,
                category=food.category,
            )
            for food in batch
        ]
    )
    pairs = [*zip(rows, batch, strict=True)]
    FoodRevision.objects.bulk_create(
        [
            FoodRevision(
                food=row,
                source=sources[figure.source],
                source_key=figure.key,
                record_name=figure.name,
                magnesium_ug_per_100g=figure.magnesium_ug,
                min_ug=figure.min_ug,
                max_ug=figure.max_ug,
                n=figure.n,
                derivation=figure.derivation,
            )
            for row, food in pairs
            for figure in food.figures
        ]
    )
    Portion.objects.bulk_create(
        [
            Portion(food=row, label=portion.label, weight_mg=portion.weight_mg, position=position)
            for row, food in pairs
            for position, portion in enumerate(food.portions)
        ]
    )
    newest = FoodRevision.objects.filter(food=OuterRef("pk")).order_by("-pk").values("pk")[:1]
    Food.objects.filter(pk__in=[row.pk for row in rows]).update(current=Subquery(newest))
