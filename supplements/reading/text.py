"""A label's text made even: one kind of space, dash and letter; and its numbers."""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

_MARKS = re.compile("[®™©℠†‡*¹²³⁴°™]")  # of brands and footnotes
_THIN_GROUP = re.compile("(?<=[0-9])[\u00a0\u2007\u2009\u202f](?=[0-9]{3}(?![0-9]))")
_DASHES = str.maketrans({"−": "-", "‐": "-", "‑": "-", "—": "–", "―": "–", "µ": "u", "μ": "u", "×": "x"})
_BROKEN_WORD = re.compile(r"(?<=[^\W\d_])-[ \t]*\n[ \t]*(?=[a-z])")
_WATERS = re.compile(r"[·•∙*.] ?(?=[0-9]{1,2} ?H2O)")
_SPACED_MAGNESIUM = re.compile(r"\bm ?a ?g ?n ?[eé] ?s ?i ?u ?(?:m|r ?n)\b", re.IGNORECASE)
_SPACED_MG = re.compile(r"(?<=[0-9])( ?)(?:m g|rng)\b", re.IGNORECASE)
_SPACED_DIGITS = re.compile(r"(?<![\w.,])[0-9](?: [0-9]){2,4}(?= ?mg\b)|(?<![\w.,])[1-9][0-9]? 00?(?= ?mg\b)")
_NUMBER_PARTS = re.compile(r"[.,']")


_ENDLESS = re.compile(r"[0-9]{13,}")


def clean(text: str) -> str:
    """Return a text to read: compatible letters, plain spaces, no footnote marks, no broken words."""
    text = _THIN_GROUP.sub("", text.translate(_DASHES).replace("\u00ad", ""))
    text = unicodedata.normalize("NFKC", _MARKS.sub(" ", text)).translate(_DASHES)
    text = _WATERS.sub(" ", text)
    text = "".join(mark if mark == "\n" or mark.isprintable() else " " for mark in text)
    text = _SPACED_MAGNESIUM.sub(_joined, _BROKEN_WORD.sub("", text))
    text = _SPACED_MG.sub(r"\1mg", _ENDLESS.sub("#", text))
    return _SPACED_DIGITS.sub(lambda digits: digits[0].replace(" ", ""), text)


def _joined(word: re.Match[str]) -> str:
    letters = word[0].replace(" ", "")
    return letters[:-2] + "m" if letters[-2:].lower() == "rn" else letters


def folded(text: str) -> str:
    """Return a text in small letters without accents, each letter in its place."""
    return "".join((unicodedata.normalize("NFKD", mark)[0].lower() or mark)[0] for mark in text)


@dataclass(frozen=True, slots=True)
class Written:
    """A number as printed; `other` is what it is if its dot means the other thing, where both can be."""

    value: Decimal
    other: Decimal | None = None


def number(printed: str, unit: str, country: str | None) -> Written:
    """Return what a printed number means beside its unit: "1,000" mg, "1 803" mg, "187,5" mg, "1,803" g.

    Three digits after a dot are thousands on an EU label and doubtful elsewhere; after a comma they are
    thousands. Beside g both are decimals: nobody prints kilograms of a supplement.
    """
    digits = printed.replace(" ", "")
    marks = _NUMBER_PARTS.findall(digits)
    if not marks:
        return Written(Decimal(digits))
    plain = Decimal(_NUMBER_PARTS.sub("", digits))
    decimals = len(digits) - 1 - max(digits.rfind(mark) for mark in marks)
    split = plain.scaleb(-decimals)
    if len(marks) > 1:
        one_kind = len(set(marks)) == 1
        return Written(plain if one_kind else split)
    if decimals != 3 or digits.startswith("0") or marks == ["'"] or unit == "g":
        return Written(plain if marks == ["'"] else split)
    if marks == [","] or country == "eu":
        return Written(plain)
    if country is not None and split >= 10:
        return Written(split)
    return Written(split, plain)
