"""Keeping the search tables what the foods say: each door may be stopped anywhere and called again."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.db import transaction
from django.db.models import Count, Q, QuerySet

from foods.models import Food
from foods.search import tables, wording
from foods.search.rows import NewFood, Row, row, words_in

BATCH = 1000


@dataclass(frozen=True, slots=True)
class Made:
    """Rows of foods that the tables do not have yet, and how many of these have each word."""

    rows: list[Row]
    words: list[tuple[str, str, int]]


def make_rows(foods: Sequence[NewFood], edition_id: int | None) -> Made:
    """PURE: make the rows of foods that an edition brings, for `add_made`; it may be done in a thread."""
    rows = sorted(row(food, edition_id) for food in foods)
    counts = Counter(word for _, _, lexemes in rows for word in words_in(lexemes))
    return Made(rows, sorted((word, wording.plain(word), number) for word, number in counts.items()))


@transaction.atomic
def add_made(made: Made, edition_id: int | None) -> None:
    """Add rows of foods of which none is there yet; hidden while the edition is not live."""
    tables.lock()
    tables.add(made.rows)
    tables.add_words(made.words)
    if edition_id is not None:
        tables.note_edition(edition_id)


@transaction.atomic
def drop_edition(edition_id: int, limit: int = BATCH) -> int:
    """Remove the rows of up to `limit` foods that an edition brought; return how many: 0 if none is left."""
    tables.lock()
    rows = list(tables.stored(tables.of_edition(edition_id, limit)).values())
    tables.remove(rows)
    _count(rows, [])
    if not rows:
        tables.forget_edition(edition_id)
    return len(rows)


@transaction.atomic
def reindex(food_ids: Iterable[int]) -> None:
    """Bring the search up to date for foods that are new or have changed."""
    tables.lock()
    rest = iter(food_ids)
    while ids := list(islice(rest, BATCH)):
        _write(list(_told(Food.objects.filter(pk__in=ids))))


def rebuild() -> int:
    """Make the search tables what the foods say, and return how many foods they hold.

    Slice by slice, each a transaction of its own, and only rows that differ are written: others write in
    between, and a rebuild that was stopped is simply begun again.
    """
    tables.prepare()
    counts: Counter[str] = Counter()
    total, last = 0, 0
    while ids := _ids_after(last):
        with transaction.atomic():
            tables.lock()
            foods = list(_told(Food.objects.filter(pk__in=ids)))
            _forget(last + 1, ids[-1], {food.id for food in foods})
            rows = _write(foods)
        counts.update(word for _, _, lexemes in rows for word in words_in(lexemes))
        total, last = total + len(foods), ids[-1]
    with transaction.atomic():
        tables.lock()
        _forget(last + 1, 2**62, set())
    _mend_words(counts)
    tables.tidy()
    return total


def refresh_ranking(uses: Mapping[int, int]) -> int:
    """Keep how often each food was logged, by food id, and rank anew; foods not named count 0.

    Only foods whose count is another than before are written. Returns how many those were.
    """
    kept = dict(Food.objects.filter(uses__gt=0).values_list("pk", "uses"))
    changed = sorted(pk for pk in kept.keys() | uses.keys() if kept.get(pk, 0) != uses.get(pk, 0))
    for start in range(0, len(changed), BATCH):
        ids = changed[start : start + BATCH]
        with transaction.atomic():
            Food.objects.bulk_update([Food(pk=pk, uses=uses.get(pk, 0)) for pk in ids], ["uses"])
            reindex(ids)
    return len(changed)


def _ids_after(last: int) -> list[int]:
    return list(Food.objects.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:BATCH])


def _forget(first: int, last: int, there: Set[int]) -> None:
    """Remove the rows of foods that are no more."""
    strays = [pk for pk in tables.stored_between(first, last) if pk not in there]
    for start in range(0, len(strays), BATCH):
        rows = list(tables.stored(strays[start : start + BATCH]).values())
        tables.remove(rows)


def _told(foods: QuerySet[Food]) -> Iterator[NewFood]:
    """What search needs to know of foods, in the order of their ids."""
    values = (
        foods.order_by("pk")
        .annotate(offered=Count("portions"), gone=Q(retired_at__isnull=False) | Q(merged_into__isnull=False))
        .values_list(
            *("pk", "name", "brand", "category", "gtin", "source__code", "born_id"),
            *("current__magnesium_ug_per_100g", "offered", "uses", "gone"),
        )
    )
    return map(_new_food, values)


def _new_food(values: tuple[Any, ...]) -> NewFood:
    pk, name, brand, category, gtin, code, born_id, magnesium_ug, offered, uses, gone = values
    return NewFood(
        id=pk,
        name=name,
        brand=brand,
        category=category,
        gtin=gtin,
        source_code=code,
        known=magnesium_ug is not None,
        portions=offered,
        uses=uses,
        gone=gone,
        edition_id=born_id,
    )


def _write(foods: Sequence[NewFood]) -> list[Row]:
    """Write the rows of these foods that differ; return the rows of all."""
    rows = [row(food, food.edition_id) for food in foods]
    there = tables.stored([food.id for food in foods])
    new = [one for one in rows if there.get(one[1]) != one]
    tables.remove([there[one[1]] for one in new if one[1] in there])
    tables.add(new)
    _count([there[one[1]] for one in new if one[1] in there], new)
    for edition in {food.edition_id for food in foods}:
        if edition is not None:
            tables.note_edition(edition)
    return rows


def _count(before: Iterable[Row], after: Iterable[Row]) -> None:
    """Bring the vocabulary up to date with rows that went and rows that came."""
    counts = Counter(word for _, _, lexemes in after for word in words_in(lexemes))
    counts.subtract(word for _, _, lexemes in before for word in words_in(lexemes))
    tables.add_words((word, wording.plain(word), foods) for word, foods in counts.items() if foods)


def _mend_words(counts: Mapping[str, int]) -> None:
    """Make the vocabulary say how many foods have each word, where it says otherwise."""
    kept = tables.all_words()
    wrong = sorted(word for word in kept.keys() | counts.keys() if kept.get(word, 0) != counts.get(word, 0))
    for start in range(0, len(wrong), BATCH):
        tables.add_words(
            (word, wording.plain(word), counts.get(word, 0) - kept.get(word, 0))
            for word in wrong[start : start + BATCH]
        )
