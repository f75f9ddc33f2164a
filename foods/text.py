"""One way to clean a text, one way to fold it for search."""

import re
import unicodedata

from django.core.exceptions import ValidationError

# Marks that turn the writing direction: a name could show as something it is not.
_DIRECTION_MARKS = frozenset("\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_UNSEEN = frozenset({"Cf", "Zs"})  # joiners, zero-width and other spaces
_WORD = re.compile(r"[^\W_]+")


def clean_text(value: str) -> str:
    """Return the text in NFC, stripped, white space folded; empty if it would show nothing.

    Raises ValueError if `problem_in` finds one.
    """
    if problem := problem_in(value):
        raise ValueError(problem)
    text = " ".join(unicodedata.normalize("NFC", value).split())
    return text if any(unicodedata.category(character) not in _UNSEEN for character in text) else ""


def problem_in(value: str) -> str:
    """Say what a text holds that no name may hold; empty if nothing."""
    for character in value:
        category = unicodedata.category(character)
        if category in {"Cc", "Cs", "Cn", "Co"} and character not in "\t\n\r":
            return "The text holds a character that cannot be shown."
        if character in _DIRECTION_MARKS:
            return "The text holds a mark that turns the writing direction."
    return ""


def validate_text(value: str) -> None:
    """Refuse what `problem_in` finds, as a field's validator."""
    if problem := problem_in(value):
        raise ValidationError(problem)


def folded(value: str) -> str:
    """Return the text in lower case without accents: "Crème BRÛLÉE" gives "creme brulee"."""
    if value.isascii():
        return value.lower()
    decomposed = unicodedata.normalize("NFKD", value.casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def words(value: str) -> list[str]:
    """Return the words of a text for search: folded, letters and digits of any script only, in order."""
    return _WORD.findall(folded(value))
