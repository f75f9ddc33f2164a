"""PURE: texts of a table from outside, before they become names."""

import unicodedata

_TURNING = frozenset("\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_NEVER = frozenset({"Cc", "Cs", "Cn", "Co"})


def tidy(text: str) -> str:
    """Return a text in NFC on one line, without spaces around it or doubled in it.

    Raises ValueError for a character that no name may hold: unseen ones and those that turn the direction.
    """
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    text = " ".join(unicodedata.normalize("NFC", text).split())
    if any(c in _TURNING or unicodedata.category(c) in _NEVER for c in text):
        raise ValueError("the text holds a character that cannot be shown.")
    return text


def cut(text: str, length: int) -> str:
    """Return a text of at most so many characters; one that was longer ends in "…"."""
    return text if len(text) <= length else f"{text[: length - 1].rstrip()}…"


def bare_gtin(digits: str) -> str:
    """Return a barcode without the zeros that some tables put before its 14 digits."""
    return digits[:-14].lstrip("0") + digits[-14:]
