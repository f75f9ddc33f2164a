"""PURE: which foods come first: a standing score for each food, and the order for one query."""

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from foods.search.aliases import ALIASES
from foods.search.costs import (
    COSTS,
    FILLERS,
    GROUPS,
    MILD_PAIRS,
    PLAIN_COST,
    REMOTE_CATEGORIES,
    SERVED_COOKED,
)
from foods.search.staples import FIRST, STAPLES
from foods.search.wording import Term, stem
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


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a name and where it stands.

    `part` 0 is the food itself, 1 its kind, 2 a group before it ("Nuts, ..."), 3 all later words. `cost` is
    what the word takes from the score while nobody asks for it. An aside stands in brackets or is an alias.
    """

    text: str
    stem: str
    part: int
    cost: int
    aside: bool = False
    telling: bool = True  # of part 0: makes it another food while nobody asks for it
    covers: tuple[int, ...] = ()  # places of the words that an alias stands for


@dataclass(frozen=True, slots=True)
class Reading:
    """A name taken apart for search."""

    tokens: tuple[Token, ...]
    head: str  # words of the food, its kind and group, with aliases and without plurals beside them
    all: str  # all words, the same way


@lru_cache(maxsize=16_384)
def read_name(name: str) -> Reading:
    """Take a name in the tables' style apart: "Nuts, almonds, dry roasted" is first of all almonds."""
    tokens = _with_aliases(_tokens(name))
    return Reading(
        tokens=tuple(tokens),
        head=_text(token for token in tokens if token.part < 3),
        all=_text(tokens),
    )


@lru_cache(maxsize=16_384)
def read_label(name: str, brand: str) -> tuple[Token, ...]:
    """Take a name apart and put the words of the brand that it does not hold after it, as asides."""
    tokens = read_name(name).tokens
    there = {token.text for token in tokens}
    return tokens + tuple(
        Token(word, stem(word), 3, 0, aside=True) for word in words(brand) if word not in there
    )


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


def _tokens(name: str) -> list[Token]:
    segments = _segments(name)
    grouped = _grouped(segments)
    tokens, part = [], 0
    for index, segment in enumerate(segments):
        filler = " ".join(word for word, aside in segment if not aside) in FILLERS
        here = 2 if index < grouped else 3 if filler or part > 1 else part
        for place, (word, aside) in enumerate(segment):
            root = stem(word)
            usual = 0 if here in (0, 2) else 1 if aside else PLAIN_COST
            mild = (word, segment[place + 1][0] if place + 1 < len(segment) else "") in MILD_PAIRS
            cost = 1 if mild else COSTS.get(root, usual)
            telling = not aside and here == 0 and COSTS.get(root, PLAIN_COST) > 2
            tokens.append(Token(word, root, here, min(cost, 2) if aside else cost, aside, telling))
        if index >= grouped and not filler:
            part += 1
    main = tuple(place for place, token in enumerate(tokens) if token.part == 0 and not token.aside)
    return [replace(token, covers=main) if token.aside and token.part < 2 else token for token in tokens]


def _segments(name: str) -> list[list[tuple[str, bool]]]:
    """Return the words between commas, each with whether it stands in brackets."""
    segments: list[list[tuple[str, bool]]] = [[]]
    depth = 0
    for piece in re.findall(r"[(),;]|[^(),;]+", name):
        if piece in "()":
            depth = max(0, depth + (1 if piece == "(" else -1))
        elif piece in ",;":
            segments += [] if depth else [[]]
        else:
            segments[-1] += [(word, depth > 0) for word in words(piece)]
    return [segment for segment in segments if segment]


def _grouped(segments: list[list[tuple[str, bool]]]) -> int:
    """Return how many of the first segments only name a group; never all of them."""
    texts = [" ".join(word for word, _ in segment) for segment in segments[:3]]
    return next((n for n in (2, 1) if len(segments) > n and ", ".join(texts[:n]) in GROUPS), 0)


def alias_words(stems: Sequence[str]) -> list[str]:
    """Return the everyday words that a name with these words, without plurals, is also found by."""
    there = set(stems)
    return [
        word
        for first in dict.fromkeys(stems)
        for needed, alias in _ALIASES.get(first, ())
        if there.issuperset(needed)
        for word in alias
        if word not in there
    ]


def _with_aliases(tokens: list[Token]) -> list[Token]:
    places: dict[str, int] = {}
    for place, token in enumerate(tokens):
        places.setdefault(token.stem, place)
    found = list(tokens)
    for first in places:
        for needed, alias in _ALIASES.get(first, ()):
            if all(word in places for word in needed):
                covers = tuple(places[word] for word in needed)
                part = tokens[covers[0]].part
                found += [
                    Token(word, stem(word), part, 0, True, False, covers)
                    for word in alias
                    if word not in places
                ]
    return found


def _aliases() -> dict[str, list[tuple[tuple[str, ...], list[str]]]]:
    """Return the aliases by the first of the words they stand for."""
    found: dict[str, list[tuple[tuple[str, ...], list[str]]]] = {}
    for needed, alias in ALIASES:
        stems = tuple(stem(word) for word in needed.split())
        found.setdefault(stems[0], []).append((stems, alias.split()))
    return found


_ALIASES = _aliases()


def _text(tokens: Iterable[Token]) -> str:
    return " ".join(dict.fromkeys(word for token in tokens for word in (token.text, token.stem)))
