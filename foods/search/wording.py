"""PURE: the words of names and queries: endings, everyday names, slips of the finger."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from string import ascii_lowercase

from foods.search.aliases import SOFT, STOP
from foods.text import words

MAX_TEXT = 400  # letters of a query that are read
MAX_WORDS = 8
MAX_LETTERS = 24  # of a word; what is longer is cut
REPAIRED_LETTERS = range(4, 17)  # shorter words say too little, longer ones are no words
REPAIRED_WORDS = 4
SHORTEST_PROBE = 3
READINGS = 3  # of a word that is mended


@dataclass(frozen=True, slots=True)
class Form:
    """One way to read a word of a query: `stem` meets a whole word, `text` its beginning."""

    text: str
    stem: str
    doubt: int = 0  # 0 as typed; more for a repair


Term = tuple[Form, ...]  # the readings of one word of a query, any of which may match


@lru_cache(maxsize=16_384)
def stem(word: str) -> str:
    """Return a word without its plural: "berries" gives "berry", "potatoes" "potato", "hummus" itself."""
    if len(word) < 4 or word.endswith(("ss", "us", "is")):
        return word
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith("ie"):
        return word[:-2] + "y"
    if word.endswith(("sses", "shes", "ches", "xes", "oes")):
        return word[:-2]
    return word.removesuffix("s")


def query_words(query: str) -> list[str]:
    """Return the words of a query that count: folded, at most 8 of at most 24 letters, no word twice."""
    found = list(dict.fromkeys(word[:MAX_LETTERS] for word in words(query[:MAX_TEXT])))[:MAX_WORDS]
    return [word for word in found if word not in STOP] or found


def terms(typed: list[str]) -> list[Term]:
    """Return the words of a query as they were typed, each in one reading."""
    return [(Form(word, stem(word)),) for word in typed]


def without_soft(typed: list[str]) -> list[str]:
    """Return a query's words without those that seldom stand in a name ("fresh"), unless all are such."""
    return [word for word in typed if word not in SOFT] or typed


@lru_cache(maxsize=16_384)
def plain(word: str) -> str:
    """Return a word with doubled letters written once: "mozzarella" gives "mozarela"."""
    return "".join(a for a, b in zip(word, word[1:] + " ", strict=True) if a != b)


def slips(word: str) -> Iterator[tuple[str, int]]:
    """Give a plain word and each text one slip away from it, with the doubt: a letter left out, added,
    swapped or wrong.
    """
    yield word, 0
    halves = [(word[:i], word[i:]) for i in range(len(word) + 1)]
    for left, right in halves:
        if len(right) > 1:
            yield left + right[1] + right[0] + right[2:], 2
        for letter in ascii_lowercase:
            yield left + letter + right, 2
        if right:
            yield left + right[1:], 3
            for letter in ascii_lowercase:
                yield left + letter + right[1:], 3 if left else 4


def probes(typed: list[str]) -> dict[str, list[tuple[str, int]]]:
    """Return what to look for in the vocabulary: plain beginnings of words, each with the words of the
    query it may stand for and the doubt. Words that are too short, too long or numbers are not repaired.
    """
    found: dict[str, dict[str, int]] = {}
    for word in _repairable(typed):
        for slip, doubt in slips(plain(word)):
            if len(slip) < SHORTEST_PROBE:
                continue
            meant = found.setdefault(slip, {})
            meant[word] = min(doubt, meant.get(word, doubt))
    return {probe: list(meant.items()) for probe, meant in found.items()}


def _repairable(typed: list[str]) -> list[str]:
    return [word for word in typed if len(word) in REPAIRED_LETTERS and word.isalpha()][:REPAIRED_WORDS]


def repaired(typed: list[str], vocabulary: list[tuple[str, str, int]]) -> list[Term]:
    """Return the words of a query that found nothing, mended by (probe, word, foods) of the vocabulary.

    A word that no food has is read as the closest and commonest ones, or left out when there is none. Where
    each is known, those that seldom stand in a name are left out; without such, the rarest is taken for a
    slip. Empty when that leaves nothing to look for.
    """
    met, guesses = _met_and_guessed(typed, vocabulary)
    if all(word in met for word in typed):
        kept = without_soft(typed)
        rarest = min(typed, key=met.__getitem__)
        if kept != typed or not guesses[rarest]:
            return terms(kept) if kept != typed else []
        return [
            guesses[word] if word == rarest else exact
            for word, exact in zip(typed, terms(typed), strict=True)
        ]
    mended = [
        exact if word in met else guesses[word] for word, exact in zip(typed, terms(typed), strict=True)
    ]
    telling = any(guesses[word] for word in typed if word not in met) or set(met) - SOFT
    return [term for term in mended if term] if telling else []


def _met_and_guessed(
    typed: list[str], vocabulary: list[tuple[str, str, int]]
) -> tuple[dict[str, float], dict[str, Term]]:
    """Return how many foods have each known word (infinite for one that is never mended), and guesses."""
    asked = probes(typed)
    met = dict.fromkeys(set(typed).difference(_repairable(typed)), math.inf)
    worth: dict[str, dict[Form, float]] = {word: {} for word in typed}
    for probe, word, foods in vocabulary:
        whole = probe in (plain(word), plain(stem(word)))
        for meant, slip in asked[probe]:
            if word.startswith(meant):
                met[meant] = met.get(meant, 0) + foods if probe == plain(meant) else met.get(meant, 0)
            else:
                form = Form(word, stem(word), 1 + slip + (0 if whole else 3))
                worth[meant][form] = max(math.log10(foods) - form.doubt, worth[meant].get(form, -99))
    return met, {
        word: tuple(sorted(forms, key=lambda form: (-forms[form], form.text))[:READINGS])
        for word, forms in worth.items()
    }
