"""Puts made-up packaged foods into the database, as an import lays them: in slices, each a transaction."""

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from django.db import connection, transaction
from django.db.models import Max

from foods.models import Food, FoodRevision, Source
from foods.search import NewFood, add_made, make_rows
from tests.bench.branded import Branded, branded_foods

SLICE = 1_000
_FOODS = "foods_food (id, source_id, source_key, name, brand, category, gtin, uses)"
_REVISIONS = (
    "foods_foodrevision (id, food_id, source_id, source_key, record_name, magnesium_ug_per_100g, n, min_ug,"
    " max_ug, derivation, author, reason, created_at)"
)


@dataclass
class Filled:
    """How long each slice took, in seconds: all of it, of that the search, and the commit."""

    slices: list[float] = field(default_factory=list)
    search: list[float] = field(default_factory=list)
    commits: list[float] = field(default_factory=list)


def fill_branded(count: int, seed: int = 7, *, skip: int = 0, edition_id: int | None = None) -> Filled:
    """Add packaged foods up to `count` with a revision each, and index them; without the first `skip`."""
    source, _ = Source.objects.get_or_create(
        code="usda-branded",
        release="made up",
        defaults={"mark": "FB", "dataset": "Made-up packaged foods", "licence": "-", "citation": "-"},
    )
    food_id = (Food.objects.aggregate(last=Max("pk"))["last"] or 0) + 1
    revision_id = (FoodRevision.objects.aggregate(last=Max("pk"))["last"] or 0) + 1
    made, filled = islice(branded_foods(count, seed), skip, None), Filled()
    while batch := list(islice(made, SLICE)):
        started = time.perf_counter()
        with transaction.atomic():
            _lay(batch, source.pk, food_id, revision_id)
            laid = time.perf_counter()
            add_made(make_rows(list(_new_foods(batch, food_id)), edition_id), edition_id)
            indexed = time.perf_counter()
        ended = time.perf_counter()
        filled.slices.append(ended - started)
        filled.search.append(indexed - laid)
        filled.commits.append(ended - indexed)
        food_id, revision_id = food_id + len(batch), revision_id + len(batch)
    if connection.vendor == "postgresql":
        _set_sequences()
    return filled


def _new_foods(batch: list[Branded], first: int) -> Iterator[NewFood]:
    for number, made in enumerate(batch):
        yield NewFood(
            id=first + number,
            name=made.name,
            brand=made.brand,
            category=made.category,
            gtin=made.gtin,
            source_code="usda-branded",
            known=made.magnesium_ug is not None,
        )


def _lay(batch: list[Branded], source_id: int, food_id: int, revision_id: int) -> None:
    foods = [
        (food_id + n, source_id, made.gtin, made.name, made.brand, made.category, made.gtin, 0)
        for n, made in enumerate(batch)
    ]
    revisions = [
        (revision_id + n, food_id + n, source_id, made.gtin, "", made.magnesium_ug, None, None, None)
        + (str(made.derivation_id), "", "", "2026-11-22 00:00:00+00:00")
        for n, made in enumerate(batch)
    ]
    for table, rows in ((_FOODS, foods), (_REVISIONS, revisions)):
        with connection.cursor() as cursor:
            if connection.vendor == "sqlite":
                marks = ", ".join(["%s"] * len(rows[0]))
                cursor.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)
            else:
                with cursor.copy(f"COPY {table} FROM STDIN") as copy:
                    for row in rows:
                        copy.write_row(row)

    # Only now: an open reference makes SQLite look through the foods at each revision.
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE foods_food SET current_id = id + %s WHERE id BETWEEN %s AND %s",
            [revision_id - food_id, food_id, food_id + len(batch) - 1],
        )


def _set_sequences() -> None:
    with connection.cursor() as cursor:
        for table in ("foods_food", "foods_foodrevision"):
            cursor.execute(
                f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT MAX(id) FROM {table}))"
            )
