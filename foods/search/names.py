"""PURE: names in the tables' style taken apart: the food itself, its kind, the rest, and everyday words."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from foods.search.aliases import ALIASES
from foods.search.costs import COSTS, FILLERS, GROUPS, MILD_PAIRS, PLAIN_COST
from foods.search.wording import stem
from foods.text import words


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
