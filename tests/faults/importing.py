"""Processes of the import tests: a worker with small slices, a reader that polls, what is there at the end.

Run as `python -m tests.faults.importing work|read FILE|dump`.
"""

# ruff: noqa: T201
import hashlib
import json
import sys
from pathlib import Path

import django
from django.conf import settings

QUERIES = ("nutty 5", "nutty 1010", "nutty 800", "brittle 1501", "brittle 1777", "nutty 1333", "almonds raw")
SLICE = 40


def work():
    """Do jobs with slices of forty, so that there are many moments to be killed at."""
    from django.core.management import call_command

    from foods.importing import bulk

    bulk.READ_SLICE, bulk.lay_slice = SLICE, lambda: SLICE
    call_command("work")


def read(path):
    """Note each state of foods, portions and search answers that differs from the one before."""
    last = {}
    with path.open("a", buffering=1) as out:
        while True:
            for name, seen in looks():
                digest = hashlib.sha256(repr(seen).encode()).hexdigest()[:16]
                if last.get(name) != digest:
                    last[name] = digest
                    out.write(json.dumps([name, digest, len(seen)]) + "\n")
            out.write("\n")


def looks():
    """Yield (name, what is seen): each is one query, so that it is of one moment."""
    from foods.models import Food, Portion
    from foods.search import search_foods

    foods = Food.objects.shown().readable().filter(source__code="curated").order_by("pk")
    yield (
        "foods",
        [
            (food.source_key, food.name, food.category, food.current.magnesium_ug_per_100g)
            for food in map(Food.settle, foods)
        ],
    )
    portions = Portion.objects.shown().filter(food__in=Food.objects.shown(), food__source__code="curated")
    yield "portions", sorted(portions.values_list("food__source_key", "label", "weight_mg"))
    for query in QUERIES:
        yield (
            query,
            [
                (hit.name, hit.magnesium_ug_per_100g, [(one.label, one.weight_mg) for one in hit.portions])
                for hit in search_foods(query, limit=5)
            ],
        )


def dump():
    """Print what is there at the end, without ids: foods, all their figures, portions, answers, counts."""
    from django.db.models import Q

    from foods import importing
    from foods.models import Edition, Food, FoodImport, FoodRevision, Portion, ReviewItem

    foods = Food.objects.annotate(gone=Q(retired_at__isnull=False))
    foods = foods.order_by("source__code", "source_key", "pk")
    said = {
        "foods": [
            *foods.values_list(
                *("source__code", "source_key", "name", "brand", "category", "gtin"),
                *("gone", "current__magnesium_ug_per_100g", "edition", "upcoming", "details"),
            )
        ],
        "figures": [
            *FoodRevision.objects.order_by("food__source__code", "food__source_key", "pk").values_list(
                "food__source_key", "source__release", "source_key", "record_name", "magnesium_ug_per_100g"
            )
        ],
        "portions": sorted(
            Portion.objects.values_list("food__source_key", "label", "weight_mg", "position", "edition"),
            key=repr,
        ),
        "looks": [*looks()],
        "editions": [*Edition.objects.order_by("pk").values_list("live", "settled")],
        "review": sorted(ReviewItem.objects.values_list("kind", "detail__key")),
        "imports": [
            (one.state, str(importing.summary(one)), one.rows.count(), one.problems.count())
            for one in FoodImport.objects.order_by("created_at")
        ],
    }
    print(json.dumps({name: [len(rows), digest(rows)] for name, rows in said.items()}))


def digest(rows):
    """Return a digest of rows."""
    return hashlib.sha256(json.dumps(rows, default=str).encode()).hexdigest()[:16]


if __name__ == "__main__":
    django.setup()
    assert settings.SPOOL_DIR
    match sys.argv[1:]:
        case ["work"]:
            work()
        case ["read", path]:
            read(Path(path))
        case ["dump"]:
            dump()
