"""PURE: which foods come first: a standing score for each food, and the order for one query."""

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass

from foods.search.costs import REMOTE_CATEGORIES, SERVED_COOKED
from foods.search.names import Token, read_label, read_name
from foods.search.staples import FIRST, STAPLES
from foods.search.wording import Term
from foods.text import folded, words

MAX_SCORE = 4095
START = 600
PACKAGED_START = 400  # below what a plain food of the same name has
_CAPITALS = re.compile(r"\b[A-Z][A-Z'&-]{2,}\b")
_NO_BRANDS = frozenset({"NFS", "USDA", "BBQ", "DHA", "EPA"})


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of a food before anything is asked."""

    name: str
    brand: str = ""
    category: str = ""
    source_code: str = ""
    known: bool = True  # has a magnesium value
    portions: int = 0
    uses: int = 0  # times logged


def score(food: Standing) -> int:
    """Return a food's standing score, 0 to 4095: plain and common forms high, brands and rarities low."""
    category = food.category.casefold()
    value = START - sum(token.cost for token in read_name(food.name).tokens)
    value += 60 * (folded(food.name) in STAPLES) + 20 * (folded(food.name) in FIRST)
    if food.brand or set(_CAPITALS.findall(food.name)) - _NO_BRANDS:
        value -= 45
    if any(remote in category for remote in REMOTE_CATEGORIES):
        value -= 60
    if any(cooked in category for cooked in SERVED_COOKED) and {"raw", "dry", "uncooked"} & set(
        words(food.name)
    ):
        value -= 14
    if food.source_code == "usda-fndds":
        value -= 24
    if not food.known:
        value -= 20
    value += min(16, 8 * bool(food.portions) + 2 * food.portions)
    value += min(60, round(6 * math.log2(1 + food.uses)))
    return max(0, min(MAX_SCORE, value))


def packaged_score(name_words: int, *, known: bool, portions: int, uses: int) -> int:
    """Return the standing score of a packaged food: those with short names and a value high."""
    value = PACKAGED_START - 4 * min(20, name_words) + 24 * known + 8 * bool(portions)
    return value + min(60, round(6 * math.log2(1 + uses)))


def lift(times: int, *, packaged: bool) -> int:
    """Return what a food gains that the person themselves logged so many times: a packaged one stands with
    the plain ones then.
    """
    if times < 1:
        return 0
    return 90 + min(70, round(20 * math.log2(times))) + (START - PACKAGED_START - 45) * packaged


def best(terms: list[Term], candidates: Iterable[tuple[int, str, str, int]]) -> list[int]:
    """Return the ids of the foods that fit a query, best first, from (id, name, brand, score) rows."""
    ordered = sorted(
        (-(value + fit(terms, read_label(name, brand))), len(name), food_id)
        for food_id, name, brand, value in candidates
    )
    return [food_id for _, _, food_id in ordered]


def fit(terms: list[Term], tokens: tuple[Token, ...]) -> int:
    """Return how well a name answers a query, to be added to its standing score."""
    total = 0
    met: set[int] = set()
    previous = -2
    for term in terms:
        worth, place = _met(term, tokens)
        total += worth
        if place >= 0:
            met.update((place, *tokens[place].covers))
            if place == previous + 1:
                total += 10
            previous = place
    unasked = sum(token.telling for place, token in enumerate(tokens) if place not in met)
    return total - 35 * min(unasked, 2)


def answers(terms: list[Term], name: str, brand: str) -> bool:
    """Say whether each word of a query begins, or is the plural of, a word of a name or brand."""
    tokens = read_label(name, brand) if terms else ()
    return all(_met(term, tokens)[1] >= 0 for term in terms)


_PART_WORTH = (60, 40, 34, 10)


def _met(term: Term, tokens: tuple[Token, ...]) -> tuple[int, int]:
    """Return the worth of the best meeting of a query's word with a name, and the place; -1 for none."""
    best_worth, best_place = 0, -1
    for form in term:
        for place, token in enumerate(tokens):
            if token.stem == form.stem:
                worth = 40 if token.text == form.text else 34
            elif token.text.startswith(form.text):
                worth = 24 * len(form.text) // len(token.text)
            else:
                continue
            worth += _PART_WORTH[token.part] + token.cost - 6 * form.doubt
            if token.aside:
                worth -= 12
            if place == 0 or tokens[place - 1].part != token.part:
                worth += 12
            if worth > best_worth or best_place < 0:
                best_worth, best_place = worth, place
    return best_worth, best_place
