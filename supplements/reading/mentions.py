"""The names in a label's text: magnesium itself, its forms, and what is neither."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto
from functools import lru_cache

from supplements.compounds import Form
from supplements.reading.tokens import Kind, Token
from supplements.reading.vocabulary import ANIONS, EXCIPIENT, UNFIXED, brand_waters, waters, waters_of


class Sort(Enum):
    """What a name names."""

    MAGNESIUM = auto()
    FORM = auto()
    EXCIPIENT = auto()
    OTHER = auto()


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in the text; of a form: its salts' keys, and the slugs it may be (none: no fixed formula)."""

    sort: Sort
    start: int
    end: int
    salts: tuple[str, ...] = ()
    slugs: tuple[str, ...] = ()
    bare: bool = False  # "citrate" without "magnesium"
    buffered: bool = False
    total: bool = False
    generic: bool = False  # a chelate, a complex, a blend, of what is not said
    watered: bool = False  # its hydration is named


Piece = Token | Mention

_BEFORE = frozenset({Kind.BUFFERED, Kind.GENERIC, Kind.HYDRATE, Kind.TIMES, Kind.SALTS})
_AFTER = frozenset(
    {Kind.TIMES, Kind.ANION, Kind.GENERIC, Kind.HYDRATE, Kind.BUFFERED, Kind.SALTS, Kind.BRAND}
)
_NAMES = frozenset({Kind.ANION, Kind.GENERIC, Kind.BRAND})


class Catalogue:
    """The forms that names are looked up in."""

    def __init__(self, forms: Iterable[Form]) -> None:
        self.forms: Mapping[str, Form] = {form.slug: form for form in forms}
        listed = {slug for _, _, slugs in ANIONS for slug in slugs}
        self._added = [form for slug, form in self.forms.items() if slug not in listed and form.formula]

    def slugs(self, salt: str) -> tuple[str, ...]:
        """Return the forms with a formula that a salt's word may mean, curators' own last."""
        pattern, known = _salts().get(salt, (re.escape(salt), ()))
        there = [slug for slug in known if slug in self.forms and self.forms[slug].formula]
        if known or salt not in _salts():
            name = re.compile(rf"(?<![a-z])(?:{pattern})", re.IGNORECASE)
            there += [form.slug for form in self._added if name.search(form.name.lower())]
        return tuple(there)

    def narrowed(self, salt: str, water: int | None, times: str) -> tuple[str, ...]:
        """Return a salt's forms that fit the named hydration and the "tri" or "di" before the name."""
        slugs = self.slugs(salt)
        if salt == "citrate" and times in ("tri", "mono"):
            slugs = tuple(slug for slug in slugs if times in slug)
        if salt == "malate" and times == "di":
            slugs = tuple(slug for slug in slugs if slug.startswith("dimg")) or slugs
        if water is None:
            return slugs
        return tuple(slug for slug in slugs if waters_of(self.forms[slug]) == water)


@lru_cache(maxsize=1)
def _salts() -> dict[str, tuple[str, tuple[str, ...]]]:
    return {key: (pattern, slugs) for key, pattern, slugs in ANIONS}


def pieces(tokens: Sequence[Token], catalogue: Catalogue) -> Iterator[Piece]:
    """Yield the tokens with each run that makes up a name in one mention."""
    at = 0
    while at < len(tokens):
        end = _run(tokens, at)
        if end > at:
            yield _mention(tokens[at:end], catalogue)
        else:
            yield tokens[at]
        at = max(end, at + 1)


def _run(tokens: Sequence[Token], at: int) -> int:
    """Return where the name that begins at a token ends; `at` itself if none begins."""
    if tokens[at].kind is Kind.OTHER:
        if _kinds(tokens, at, 3) == [Kind.OTHER, Kind.MAGNESIUM, Kind.ANION] and tokens[at].key == "metal":
            return _after_magnesium(tokens, at + 2)  # "potassium magnesium aspartate": no formula
        return _span(tokens, at + 1, {Kind.ANION, Kind.HYDRATE, Kind.TIMES})
    start = _span(tokens, at, _BEFORE)
    if start > at and tokens[start - 1].kind is Kind.SALTS:
        start = _span(tokens, start, {Kind.FILL})
    if start < len(tokens) and tokens[start].kind is Kind.MAGNESIUM:
        return _after_magnesium(tokens, start + 1)
    if start < len(tokens) and tokens[start].kind in (Kind.ANION, Kind.BRAND):
        end = _span(tokens, start, _AFTER)
        fill = _span(tokens, end, {Kind.FILL})
        polish = tokens[fill].low == "magnezu" if fill < len(tokens) else False
        if fill < len(tokens) and (fill > end or polish) and tokens[fill].kind is Kind.MAGNESIUM:
            end = _span(tokens, fill + 1, {Kind.HYDRATE, Kind.BUFFERED, Kind.GENERIC})
        return _with_water(tokens, end)
    return at + 1 if tokens[at].kind is Kind.GENERIC else at


def _after_magnesium(tokens: Sequence[Token], at: int) -> int:
    end = _span(tokens, at, _AFTER)
    if end > at and tokens[end - 1].kind is Kind.SALTS:
        end = _span(tokens, _span(tokens, end, {Kind.FILL}), _AFTER)
    elif _kinds(tokens, at, 2) == [Kind.FILL, Kind.ANION]:  # "sels de magnésium d'acides gras"
        end = _span(tokens, at + 1, _AFTER)
    if end == at:
        for words in (1, 2):  # "Magnesium Proprietary Blend"
            if _kinds(tokens, at, words + 1) == [Kind.WORD] * words + [Kind.GENERIC]:
                return at + words + 1
        if _kinds(tokens, at, 2) == [Kind.OTHER, Kind.ANION]:  # "magnesium potassium aspartate": no formula
            return at + 2
    return _with_water(tokens, end)


def _with_water(tokens: Sequence[Token], end: int) -> int:
    """Take in a hydration set off by a comma: "Trimagnesiumdicitrat, wasserfrei"."""
    if _kinds(tokens, end, 2) == [Kind.BREAK, Kind.HYDRATE] and tokens[end].low == ",":
        return end + 2
    return end


def _span(tokens: Sequence[Token], at: int, kinds: Iterable[Kind]) -> int:
    while at < len(tokens) and tokens[at].kind in kinds:
        at += 1
    return at


def _kinds(tokens: Sequence[Token], at: int, count: int) -> list[Kind]:
    return [token.kind for token in tokens[at : at + count]]


def _mention(run: Sequence[Token], catalogue: Catalogue) -> Mention:
    kinds = {token.kind for token in run}
    plain = Mention(Sort.OTHER, run[0].start, run[-1].end)
    names = [token for token in run if token.kind in _NAMES]
    magnesium = bool(kinds & {Kind.MAGNESIUM, Kind.BRAND})
    if not magnesium and (run[0].kind is Kind.OTHER or Kind.ANION not in kinds):
        return replace(plain, generic=run[0].kind is Kind.GENERIC)
    if not names:
        return replace(plain, sort=Sort.MAGNESIUM, buffered=Kind.BUFFERED in kinds)
    salts = _salts_of(run)
    if EXCIPIENT in salts:
        return replace(plain, sort=Sort.EXCIPIENT, salts=salts)
    mixed = Kind.OTHER in kinds or len(salts) != 1
    return replace(
        plain,
        sort=Sort.FORM,
        salts=salts,
        slugs=() if mixed else _slugs_of(run, salts[0], catalogue),
        bare=not magnesium,
        buffered=Kind.BUFFERED in kinds,
        watered=bool(_waters_named(run, salts[0] if salts else "")),
    )


def _salts_of(run: Sequence[Token]) -> tuple[str, ...]:
    """Return the salts a run names, each once; none for a chelate, a complex, a blend."""
    found = [token.key for token in run if token.kind in (Kind.ANION, Kind.BRAND)]
    twice = any(token.low in ("bis", "di") for token in run if token.kind is Kind.TIMES)
    if twice:
        found = ["bisglycinate" if key == "glycinate" else key for key in found]
    found += [token.low for token in run if token.kind is Kind.GENERIC and re.fullmatch(UNFIXED, token.low)]
    blended = any(token.low.startswith(("complex", "komplex", "blend")) for token in run)
    return () if blended and len(set(found)) != 1 else tuple(dict.fromkeys(found))


def _slugs_of(run: Sequence[Token], salt: str, catalogue: Catalogue) -> tuple[str, ...]:
    named = _waters_named(run, salt)
    magnesium = next((at for at, token in enumerate(run) if token.kind is Kind.MAGNESIUM), 0)
    times = next((token.low for token in run[:magnesium] if token.kind is Kind.TIMES), "")
    return catalogue.narrowed(salt, named[0] if named else None, times)


def _waters_named(run: Sequence[Token], salt: str) -> list[int]:
    named = [waters(token.low, salt) for token in run if token.kind is Kind.HYDRATE]
    named += [brand_waters(token.low) for token in run if token.kind is Kind.BRAND]
    return [water for water in named if water is not None]
