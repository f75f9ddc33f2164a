"""PURE: texts and numbers from outside, before they become a product's."""

import unicodedata
from decimal import Decimal
from typing import Any

_TURNING = frozenset("\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_NEVER = frozenset({"Cc", "Cs", "Cn", "Co"})
_MOST = Decimal(10) ** 12  # of any figure on a label


def tidy(value: Any, limit: int) -> str:
    """Return a text in NFC on one line, at most so many characters; "" for anything that is no text.

    What cannot be shown and marks that turn the writing direction become spaces; a text that is cut ends
    in "…".
    """
    if not isinstance(value, str):
        return ""
    if value.isascii() and value.isprintable():
        return _cut(" ".join(value.split()), limit)
    text = unicodedata.normalize("NFC", value[: limit * 10])
    kept = "".join(" " if c in _TURNING or unicodedata.category(c) in _NEVER else c for c in text)
    return _cut(" ".join(kept.split()), limit)


def _cut(text: str, limit: int) -> str:
    return text if len(text) <= limit else f"{text[: limit - 1].rstrip()}…"


def number(value: Any) -> Decimal | None:
    """Return a figure of a label, 0 or more, to six places; None for anything else."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return None
    figure = Decimal(value)
    return round(figure, 6) if figure.is_finite() and 0 <= figure <= _MOST else None


def gtin14(value: Any) -> str:
    """Return a barcode as 14 digits; "" where it is none, or its last digit does not check the others."""
    digits = "".join(value.split()).replace("-", "") if isinstance(value, str) else ""
    if not (digits.isascii() and digits.isdecimal() and len(digits) in {8, 12, 13, 14}):
        return ""
    code = digits.zfill(14)
    check = sum(int(digit) * (3, 1)[place % 2] for place, digit in enumerate(code))
    return "" if check % 10 or not code.strip("0") else code
