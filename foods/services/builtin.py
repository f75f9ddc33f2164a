"""The built-in foods: loaded once, and left alone from then on."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.db.models import OuterRef, Subquery

from foods import search
from foods.models import Food, FoodRevision, Portion, Source
from foods.search import tables
from foods.services.steps import batches
from foods.sources.builtin import read_builtin
from foods.sources.records import RELEASES, JoinedFood


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadReport:
    """How many foods the built-in sources have, with a known value, with a portion; and how many were new."""

    foods: int
    with_magnesium: int
    with_portions: int
    added: int


@transaction.atomic
def load_builtin() -> LoadReport:
    """Add the built-in foods that are not there yet, and report on them; a second call adds nothing.

    Foods that are there are left alone, with a curator's corrections, portions and retirements. However many
    foods were imported beside them, only those of the built-in sources are looked at.
    """
    sources = _sources()
    list(Source.objects.select_for_update().filter(pk__in=[source.pk for source in sources.values()]))
    foods = Food.objects.filter(source__code__in=sources)
    keys = set(foods.values_list("source__code", "source_key"))
    missing = [food for food in read_builtin() if (food.source, food.key) not in keys]
    if missing:
        added = [food_id for batch in batches(missing) for food_id in _add(batch, sources)]
        tables.prepare()
        search.reindex(added)
        tables.tidy()
    return LoadReport(
        foods=foods.count(),
        with_magnesium=foods.exclude(current__magnesium_ug_per_100g=None).count(),
        with_portions=Portion.objects.filter(food__in=foods).values("food").distinct().count(),
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


def _add(batch: list[JoinedFood], sources: Mapping[str, Source]) -> list[int]:
    """Add foods, their revisions oldest first, and their portions, in four statements or so; return ids."""
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
    ids = [row.pk for row in rows]
    Food.objects.filter(pk__in=ids).update(current=Subquery(newest))
    return ids
