"""The one door to food search: as one types, on both databases, generic and common foods first.

A query's words are looked up by their beginnings in the order of a standing score, best first and stopped
early; what comes back is ordered again by how well the name fits. Only when nothing is found are the words
mended, against the vocabulary of all names.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby, islice
from operator import itemgetter
from typing import Any

from django.db import transaction
from django.db.models import Count, Q, QuerySet

from foods.models import Food
from foods.search import ranking, tables, wording
from foods.text import words

MAX_LIMIT = 100
SURVEY = "usda-fndds"  # dishes as people name them, without portions
BATCH = 2000
_ID_BITS = 40  # a place is the lack of score, then the food's id: unique, and never moved by another food


@dataclass(frozen=True, slots=True)
class PortionChoice:
    """A household measure of a food: a label for one of it, and its weight in mg."""

    id: int
    label: str
    weight_mg: int


@dataclass(frozen=True, slots=True)
class FoodHit:
    """A food among the answers, with its current value (None: not known) and where that value is from.

    The portions are in the order they are offered.
    """

    id: int
    name: str
    brand: str
    category: str
    source_code: str
    source_release: str
    source_mark: str
    source_key: str
    magnesium_ug_per_100g: int | None
    portions: tuple[PortionChoice, ...]


def search_foods(query: str, *, limit: int = 20) -> list[FoodHit]:
    """Return the foods that a query means, best first, at most `limit` and never more than 100.

    Any text may be asked; one without a letter or digit finds nothing. One query, three with a slip.
    """
    limit = min(limit, MAX_LIMIT)
    typed = wording.query_words(query)
    if limit < 1 or not typed:
        return []
    count = max(tables.CANDIDATES, limit)
    terms = wording.terms(typed)
    found = tables.foods(terms, count)
    if not found:
        terms = _mended(typed)
        found = tables.foods(terms, count) if terms else []
    return _hits(terms, found, limit)


def matches(query_words: list[str], name: str) -> bool:
    """Say whether each word of a query begins a word of a name, or is its plural or everyday name."""
    return ranking.answers(_terms(tuple(query_words[: wording.MAX_WORDS])), name)


@transaction.atomic
def rebuild() -> int:
    """Make the search tables what the foods say, and return how many foods they hold.

    Only rows that differ are written; until the transaction ends, others read the old ones.
    """
    tables.lock()
    tables.prepare()
    counts: Counter[str] = Counter()
    total, last = 0, 0
    while foods := list(_standings(Food.objects.filter(pk__gt=last))[:BATCH]):
        counts.update(_write(foods))
        total, last = total + len(foods), foods[-1]["pk"]
    tables.remove_strays()
    tables.replace_words([(word, wording.plain(word), foods) for word, foods in counts.items()])
    tables.tidy()
    return total


@transaction.atomic
def reindex(food_ids: Iterable[int]) -> None:
    """Bring the search up to date for foods that are new or have changed."""
    tables.lock()
    counts = _write(list(_standings(Food.objects.filter(pk__in=list(food_ids)))))
    tables.add_words([(word, wording.plain(word), foods) for word, foods in counts.items()])


@transaction.atomic
def refresh_ranking(uses: Mapping[int, int]) -> int:
    """Keep how often each food was logged, by food id, and rank anew; foods not named count 0.

    Returns how many foods were ranked.
    """
    kept = dict(Food.objects.filter(uses__gt=0).values_list("pk", "uses"))
    changed = {pk: uses.get(pk, 0) for pk in kept.keys() | uses.keys() if kept.get(pk, 0) != uses.get(pk, 0)}
    Food.objects.bulk_update([Food(pk=pk, uses=times) for pk, times in changed.items()], ["uses"], BATCH)
    return rebuild()


def _mended(typed: list[str]) -> list[wording.Term]:
    probes = wording.probes(typed)
    return wording.repaired(typed, tables.vocabulary(probes)) if probes else []


def _hits(terms: list[wording.Term], found: list[tuple[Any, ...]], limit: int) -> list[FoodHit]:
    """Return the best of the foods found, from a row for each of their portions."""
    foods = {rows[0][1]: rows for rows in (list(group) for _, group in groupby(found, key=itemgetter(0)))}
    scored = [(food_id, rows[0][2], _score(rows[0][0])) for food_id, rows in foods.items()]
    hits = (_hit(foods[food_id]) for food_id in ranking.best(terms, scored, len(scored)))
    return list(islice(_without_echoes(hits), limit))


def _without_echoes(hits: Iterable[FoodHit]) -> Iterator[FoodHit]:
    """Leave out survey dishes that have the name of a food before them: they add nothing to choose."""
    before: set[str] = set()
    for hit in hits:
        name = hit.name.casefold()
        if hit.source_code != SURVEY or name not in before:
            yield hit
        before.add(name)


def _hit(rows: list[tuple[Any, ...]]) -> FoodHit:
    _, food_id, name, brand, category, code, release, mark, key, magnesium_ug, *_ = rows[0]
    portions = tuple(PortionChoice(*row[10:]) for row in rows if row[10] is not None)
    return FoodHit(food_id, name, brand, category, code, release, mark, key, magnesium_ug, portions)


def _standings(foods: QuerySet[Food]) -> Any:
    """What the score of a food is made of, a row a food, in the order of their ids."""
    return (
        foods.order_by("pk")
        .annotate(offered=Count("portions"), gone=Q(retired_at__isnull=False) | Q(merged_into__isnull=False))
        .values(
            *("pk", "name", "brand", "category", "gtin", "uses", "offered", "gone"),
            *("source__code", "current__magnesium_ug_per_100g"),
        )
    )


def _write(foods: Sequence[Mapping[str, Any]]) -> Counter[str]:
    """Write the rows of these foods that differ, and return how many of them have each word of letters."""
    there = tables.stored([food["pk"] for food in foods])
    rows = [_row(food) for food in foods]
    tables.replace([row for row in rows if there.get(row[1]) != (row[0], *row[2:])])
    return Counter(word for row in rows for word in row[4].split() if word.isalpha() and len(word) > 2)


def _row(food: Mapping[str, Any]) -> tuple[int, int, str, str, str]:
    """Return (place, id, name, head, words) of a food; one that is gone comes last, and is never shown."""
    score = ranking.score(
        ranking.Standing(
            name=food["name"],
            brand=food["brand"],
            category=food["category"],
            source_code=food["source__code"],
            known=food["current__magnesium_ug_per_100g"] is not None,
            portions=food["offered"],
            uses=food["uses"],
        )
    )
    reading = ranking.read_name(food["name"])
    more = " ".join(dict.fromkeys([reading.all, *words(f"{food['brand']} {food['gtin']}")])).strip()
    place = (ranking.MAX_SCORE - (0 if food["gone"] else score)) << _ID_BITS | food["pk"]
    return place, food["pk"], food["name"], reading.head, more


def _score(place: int) -> int:
    return ranking.MAX_SCORE - (place >> _ID_BITS)


@lru_cache(maxsize=256)
def _terms(query_words: tuple[str, ...]) -> list[wording.Term]:
    return wording.terms(wording.query_words(" ".join(query_words)))
