"""A label's text cut into what it is made of: amounts, percentages, names, servings, joining words."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum, auto
from functools import lru_cache

from supplements.reading import servings, vocabulary
from supplements.reading.text import Written, folded, number


class Kind(Enum):
    """What a token is."""

    AMOUNT = auto()
    PERCENT = auto()
    DOUBTFUL = auto()  # a figure that cannot be taken: a range, a bound, letters in it, below zero
    MAGNESIUM = auto()
    ANION = auto()
    BRAND = auto()
    GENERIC = auto()
    HYDRATE = auto()
    TIMES = auto()  # tri-, di-, bis- before a name
    OTHER = auto()  # another metal or nutrient
    SERVING = auto()
    AS = auto()
    GIVES = auto()
    ELEMENTAL = auto()
    TOTAL = auto()
    BUFFERED = auto()
    EXCIPIENTS = auto()
    SALTS = auto()
    DAILY = auto()  # DV, NRV
    FILL = auto()
    OPEN = auto()
    CLOSE = auto()
    BREAK = auto()  # a comma, a line's end, "and"
    COLON = auto()
    WORD = auto()


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of the text; `low` is folded. What it means beyond its kind stands in the other fields."""

    kind: Kind
    start: int
    end: int
    low: str
    key: str = ""  # of an anion, a unit, a doubt
    value: Written | None = None  # of an amount or percentage
    serving: servings.Serving | None = None


_NUM = r"[0-9]{1,3}(?:[ ][0-9]{3})+(?:[.,][0-9]{1,3})?(?![0-9])|[0-9]+(?:[.,'][0-9]+){0,4}"
_UNIT = (
    r"(?:milligramm?e?s?|mgs?|microgramm?e?s?|mcgs?|ugs?|grams?|gramm(?:es?|i)?|gms?|g|kg|mmol|m ?eq|mval"
    r"|mequiv)"
    r"(?![a-z0-9])"
)
_ATTACHED = r"(?:mg|mcg|ug|g|mmol|meq)(?=[0-9])"  # "180mg43%"
_PURE = (
    r"(?:by weight|vegan|natural|naturlich|pure?|chelated|rein\w*|organic|vegetarian|magnesi|[a-z]+ate of)"
)
_TEXTUAL = (
    (Kind.EXCIPIENTS, vocabulary.EXCIPIENTS_FOLLOW),
    (Kind.GIVES, vocabulary.LINK_GIVES),
    (Kind.TOTAL, vocabulary.TOTAL),
    (Kind.ELEMENTAL, vocabulary.ELEMENTAL),
    (Kind.BUFFERED, vocabulary.BUFFERED),
    (Kind.SALTS, rf"(?:{vocabulary.SALTS})"),
    (Kind.DAILY, rf"{vocabulary.DV_US}|{vocabulary.DV_EU}|{vocabulary.DV_ANY}"),
    (Kind.AS, vocabulary.LINK_AS),
    (Kind.FILL, vocabulary.FILL),
    (Kind.BREAK, r"and|und|et|plus|och|en|e|y"),
)


@lru_cache(maxsize=1)
def _lexer() -> re.Pattern[str]:
    anions = "|".join(f"(?:{pattern})" for _, pattern, _ in vocabulary.ANIONS)
    brands = "|".join(f"(?:{pattern})" for pattern, _, _ in vocabulary.BRANDS)
    textual = "|".join(rf"(?P<{kind.name}>(?:{pattern})(?:(?<=')|(?![a-z])))" for kind, pattern in _TEXTUAL)
    return re.compile(
        rf"(?P<RANGE>(?:{_NUM}) ?(?:mg|g|mcg)? ?(?:-|–|to|bis) ?(?:{_NUM}) ?{_UNIT})"
        rf"|(?P<BOUND>(?:[<>≤≥]|less than|up to|max\.?|at most|bis zu|jusqu'a"
        rf"|weniger als) ?(?:{_NUM}) ?{_UNIT})"
        rf"|(?<![a-z0-9.])(?P<MANY>[0-9]{{1,2}} ?x ?(?:{_NUM}) ?{_UNIT}|(?:{_NUM}) ?mg ?x ?[1-9](?![0-9]))"
        rf"|(?P<NEGATIVE>(?<![a-z0-9)%])-(?:{_NUM}) ?{_UNIT})"
        rf"|(?P<LETTERS>(?<![a-z0-9])(?=[0-9.,]*[oli])[0-9oli][0-9oli.,]*[0-9oli] {{0,3}}(?:mg|mcg|g)\b)"
        rf"|(?P<GAP>(?<![a-z0-9.,])[0-9]{{1,2}} [0-9]{{1,2}} ?mg\b)"
        rf"|(?P<POWER>(?<![a-z0-9.,/])(?:[0-9][0-9.,]*(?:e[+-]?|\^)[0-9]+"
        rf"|(?:[0-9] )?[1-7]/[0-8]) {{0,3}}{_UNIT})"
        rf"|{servings.PATTERN}"
        rf"|(?P<AMOUNT>(?P<number>{_NUM})(?: {{0,3}}|-)(?P<measure>{_UNIT}|{_ATTACHED}))"
        rf"|(?P<PURE>100 ?% ?{_PURE})|(?P<PERCENT>(?P<share>{_NUM}) {{0,3}}(?:%|percent\b))"
        rf"|(?P<BRAND>{brands})"
        rf"|(?P<WORD2>magnesium-?(?:enriched|rich|free)\b)"
        rf"|(?P<MAGNESIUM>magnesi(?:um|o|a)|magnez(?:u|ium)?(?![a-z])|(?<![a-z])mg(?:2\+|(?![a-z0-9])))"
        rf"|(?P<ANION>(?:{anions})[sn]?(?![a-z]))"
        rf"|(?P<OTHER>(?:{vocabulary.METALS})|(?:{vocabulary.NUTRIENTS})(?![a-z]))"
        rf"|(?P<HYDRATE>{vocabulary.hydrate_pattern()}(?![a-z]))"
        rf"|(?P<TIMES>(?:tri|di|mono|bis|bi)(?=-?magnes| magnesium|[a-z]*(?:at|ate|ato)\b))"
        rf"|{textual}"
        rf"|(?P<GENERIC>(?:{vocabulary.GENERIC})(?![a-z])|(?:{vocabulary.UNFIXED})(?![a-z]))"
        rf"|(?P<OPEN>[(\[])|(?P<CLOSE>[)\]])|(?P<BREAK2>[,;\n|•·+&/–]|\.(?![0-9])|(?<=\s)-(?=\s))"
        rf"|(?P<COLON>:)"
        rf"|(?P<WORD>l-[a-z]+|[a-z]+)|(?P<SKIP>.)",
        re.DOTALL,
    )


def tokens(text: str, country: str | None) -> Iterator[Token]:
    """Yield the tokens of a cleaned text, in its order; what stands between them says nothing."""
    low = folded(text)
    for found in _lexer().finditer(low):
        name = found.lastgroup or ""
        if name != "SKIP" and (token := _token(found, name, text, country)):
            yield token


def _token(found: re.Match[str], name: str, text: str, country: str | None) -> Token | None:
    start, end, low = found.start(), found.end(), found[0]
    for group in servings.GROUPS:
        if found[group] is not None:
            phrase = slice(*found.span(group))
            what = servings.serving(text[phrase], found[group])
            return Token(Kind.SERVING, start, end, low, group, serving=what)
    if found["PERCENT"]:
        return Token(Kind.PERCENT, start, end, low, "%", number(found["share"], "g", country))
    if name == "PURE":
        return None
    if found["AMOUNT"] and country == "us" and " " in found["number"]:
        return Token(Kind.DOUBTFUL, start, end, low, "gap")
    if found["AMOUNT"]:
        unit = _unit(found["measure"])
        return Token(Kind.AMOUNT, start, end, low, unit, number(found["number"], unit, country))
    if name in ("RANGE", "BOUND", "MANY", "NEGATIVE", "LETTERS", "GAP", "POWER"):
        return Token(Kind.DOUBTFUL, start, end, low, name.lower())
    if name == "MAGNESIUM" and low == "mg" and text[start:end] != "Mg":
        return None
    kind = {"BREAK2": Kind.BREAK, "WORD2": Kind.WORD}.get(name) or Kind[name]
    return Token(kind, start, end, low, _key(kind, low))


def _key(kind: Kind, low: str) -> str:
    if kind is Kind.ANION:
        return next(key for key, pattern, _ in vocabulary.ANIONS if re.fullmatch(rf"(?:{pattern})[sn]?", low))
    if kind is Kind.OTHER:
        return "metal" if re.match(vocabulary.METALS, low) else ""
    if kind is Kind.BRAND:
        return next(key for pattern, key, _ in vocabulary.BRANDS if re.match(pattern, low))
    return ""


def _unit(low: str) -> str:
    """Return a unit by its short name: "mg", "ug", "g", "kg", "mmol" or "meq"."""
    low = low.replace(" ", "")
    if low.startswith(("mic", "mcg", "u")):
        return "ug"
    if low.startswith(("me", "mv")):
        return "meq"
    return next((unit for unit in ("mmol", "kg") if low.startswith(unit)), "mg" if low[0] == "m" else "g")


_UG = {
    "ug": Decimal(1),
    "mg": Decimal(1_000),
    "g": Decimal(1_000_000),
    "kg": Decimal(1_000_000_000),
    "mmol": Decimal(24_305),
    "meq": Decimal("12152.5"),
}


def micrograms(value: Decimal, unit: str) -> int:
    """Return an amount in µg, rounded half up; of magnesium where it is in mmol or mEq."""
    return int(value * _UG[unit] + Decimal("0.5"))
