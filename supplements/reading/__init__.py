"""PURE: the words of a label to its magnesium, and what has to be asked. `read_text` is the one door."""

from supplements.compounds import Form
from supplements.reading.reader import BUILTIN_FORMS, COUNTRIES, MAX_TEXT, read_text
from supplements.reading.shapes import Ask, Country, Option, TextPart, TextReading

__all__ = [
    "BUILTIN_FORMS",
    "COUNTRIES",
    "MAX_TEXT",
    "Ask",
    "Country",
    "Form",
    "Option",
    "TextPart",
    "TextReading",
    "read_text",
]
