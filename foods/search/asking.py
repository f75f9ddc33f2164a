"""What a query means: the foods that are found, best first."""

import json
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby, islice
from operator import itemgetter
from typing import Any

from foods.search import looks, ranking, wording
from foods.search.barcodes import gtins
from foods.search.rows import score_of

MAX_LIMIT = 100
SURVEY = "usda-fndds"  # dishes as people name them, without portions


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


def search_foods(
    query: str, *, limit: int = 20, logged: Mapping[int, int] | None = None, also: Sequence[int] = ()
) -> list[FoodHit]:
    """Return the foods that a query means, best first, at most `limit` and never more than 100.

    `logged` says how often the person logged a food, by its id: those are lifted. `also` are foods that have
    the words and must not be missed. Any text may be asked; one without a letter or digit finds nothing. A
    barcode finds the food that bears it. One query, three with a slip.
    """
    limit = min(limit, MAX_LIMIT)
    typed = wording.query_words(query)
    if limit < 1 or not typed:
        return []
    if codes := gtins(query):
        return [_hit(rows) for rows in _by_food(looks.by_gtin(codes)).values()][:limit]
    count = max(looks.CANDIDATES, limit)
    terms = wording.terms(typed)
    found = looks.by_words(terms, count, also)
    if not found:
        terms = _mended(typed)
        found = looks.by_words(terms, count) if terms else []
    return _hits(terms, found, logged or {}, limit)


def matches(query_words: list[str], name: str) -> bool:
    """Say whether each word of a query begins a word of a name, or is its plural or everyday name."""
    return ranking.answers(_terms(tuple(query_words[: wording.MAX_WORDS])), name, "")


def _mended(typed: list[str]) -> list[wording.Term]:
    probes = wording.probes(typed)
    return wording.repaired(typed, looks.vocabulary(probes)) if probes else []


def _by_food(found: list[tuple[Any, ...]]) -> dict[int, list[tuple[Any, ...]]]:
    """Return the rows of each food, from a row for each of their portions."""
    return {food_id: list(rows) for food_id, rows in groupby(found, key=itemgetter(1))}


def _hits(
    terms: list[wording.Term], found: list[tuple[Any, ...]], logged: Mapping[int, int], limit: int
) -> list[FoodHit]:
    """Return the best of the foods found; not each was looked up by short words before the last."""
    short = [term for term in terms[:-1] if len(term[0].text) < looks.SHORT]
    foods = {food_id: (rows[0][0], _hit(rows)) for food_id, rows in _by_food(found).items()}
    standing = (
        (
            *(food_id, hit.name, hit.brand),
            score_of(place) + ranking.lift(logged.get(food_id, 0), packaged=bool(hit.brand)),
        )
        for food_id, (place, hit) in foods.items()
        if ranking.answers(short, hit.name, hit.brand)
    )
    ordered = (foods[food_id][1] for food_id in ranking.best(terms, standing))
    return list(islice(_without_echoes(ordered, logged), limit))


def _without_echoes(hits: Iterable[FoodHit], logged: Container[int]) -> Iterator[FoodHit]:
    """Leave out what adds nothing to choose, and put off what adds little.

    Left out are survey dishes that have the name of a food before them, and packaged foods that are as one
    before them in name, brand and value. A packaged food that has only its name from one before comes last.
    What the person logged stays where it is.
    """
    before: set[Any] = set()
    put_off = []
    for hit in hits:
        name, packaged = hit.name.casefold(), bool(hit.brand)
        same = (name, hit.brand.casefold(), hit.magnesium_ug_per_100g)
        echo = same in before if packaged else hit.source_code == SURVEY and name in before
        if hit.id in logged or not (echo or (packaged and name in before)):
            yield hit
        elif not echo:
            put_off.append(hit)
        before.update((name, same))
    yield from put_off


def _hit(rows: list[tuple[Any, ...]]) -> FoodHit:
    _, food_id, name, brand, category, details, code, release, mark, key, magnesium_ug, *_ = rows[0]
    coming = json.loads(details) if details else {}
    portions = tuple(PortionChoice(*row[-3:]) for row in rows if row[-3] is not None)
    return FoodHit(
        food_id,
        coming.get("name", name),
        coming.get("brand", brand),
        coming.get("category", category),
        code,
        release,
        mark,
        key,
        magnesium_ug,
        portions,
    )


@lru_cache(maxsize=256)
def _terms(query_words: tuple[str, ...]) -> list[wording.Term]:
    return wording.terms(wording.query_words(" ".join(query_words)))
