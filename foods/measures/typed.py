"""PURE: a number with a unit, as a person types it: "1/2 cup", "½ cup", "0,5 cup", "1 1/2", "150 g"."""

import re
from dataclasses import dataclass
from fractions import Fraction

from foods.measures.units import unit_of

MOST = 100_000
LONGEST = 80  # characters
HOW = "Write an amount such as 2, 1/2, 1/2 cup or 150 g."

_SIGNS = {
    "½": (1, 2), "⅓": (1, 3), "⅔": (2, 3), "¼": (1, 4), "¾": (3, 4), "⅕": (1, 5), "⅖": (2, 5), "⅗": (3, 5),
    "⅘": (4, 5), "⅙": (1, 6), "⅚": (5, 6), "⅛": (1, 8), "⅜": (3, 8), "⅝": (5, 8), "⅞": (7, 8), "⅒": (1, 10),
}  # fmt: skip
_WORDS = {
    "half a": Fraction(1, 2), "half an": Fraction(1, 2), "half": Fraction(1, 2), "a half": Fraction(1, 2),
    "a quarter": Fraction(1, 4), "quarter": Fraction(1, 4), "a": Fraction(1), "an": Fraction(1),
    "one": Fraction(1), "two": Fraction(2), "three": Fraction(3), "four": Fraction(4),
}  # fmt: skip
_NUMBER = re.compile(
    r"(?P<whole>[0-9]+)(?:\ |-|\ ?(?=[½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞⅒]))(?P<part>[0-9]+\ ?/\ ?[0-9]+|[½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞⅒])"
    r"|(?P<fraction>[0-9]+\ ?/\ ?[0-9]+|[½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞⅒])"
    r"|(?P<decimal>[0-9]*[.,][0-9]+|[0-9]+)",
    re.VERBOSE,
)
_WORD = re.compile(rf"(?:{'|'.join(sorted(_WORDS, key=len, reverse=True))})(?![^\W_])", re.IGNORECASE)
_THOUSANDS = re.compile(r"[1-9][0-9]{0,2},[0-9]{3}")
_SHOWN_AS_FRACTION = (2, 3, 4, 6, 8)


class NotRead(ValueError):
    """A text that is no amount; a sentence for the person."""


@dataclass(frozen=True, slots=True)
class Typed:
    """A number above 0 with the unit's one name, such as "cup", "" if none, and the other words."""

    number: Fraction
    unit: str = ""
    words: str = ""  # "chopped" of "1/2 cup chopped"; "slice" of "1 slice"

    @property
    def bare(self) -> bool:
        """Whether it is a number and nothing else."""
        return not self.unit and not self.words

    @property
    def named(self) -> str:
        """The unit in words: "cup", "thin slice"."""
        return " ".join(filter(None, (self.unit, self.words)))


def read_amount(text: str) -> Typed:
    """Return the amount of a text. Raises NotRead for what is none, 0, above 100,000 or finer than 0.001."""
    plain = re.sub(r"[⁄∕]", "/", " ".join(text.split()))
    if len(plain) > LONGEST or not plain.isprintable():
        raise NotRead(HOW)
    number, rest = leading_number(plain)
    if number is None or rest[:1] in tuple("0123456789.,/-+*×"):
        raise NotRead(HOW)
    if number <= 0 or number > MOST:
        raise NotRead("An amount lies above 0 and at most at 100 000.")
    unit, words = unit_of(rest)
    if any(sign.isdigit() for sign in words):
        raise NotRead(HOW)
    return Typed(number, unit, words.strip(" ,.;"))


def leading_number(plain: str) -> tuple[Fraction | None, str]:
    """Return the number that a text begins with, None if there is none, and what follows it.

    Raises NotRead for one that could be meant in two ways, has more than three decimals, or divides by 0.
    """
    if match := _NUMBER.match(plain):
        rest = plain[match.end() :].strip()
        if match["decimal"]:
            return _decimal(match["decimal"]), rest
        return Fraction(match["whole"] or 0) + _fraction(match["part"] or match["fraction"]), rest
    if match := _WORD.match(plain):
        rest = re.sub(r"^(of )?(an?\b)?", "", plain[match.end() :].strip()).strip()
        return _WORDS[match[0].lower()], rest
    return None, plain


def number_text(number: Fraction) -> str:
    """Return a number as people write it: "1/2", "1 1/2", "2.4", "150"; to 0.001."""
    whole, part = divmod(number, 1)
    if not part:
        return str(whole)
    if part.denominator in _SHOWN_AS_FRACTION:
        return f"{whole} {part}" if whole else str(part)
    return f"{float(number):.3f}".rstrip("0").rstrip(".")


def _decimal(text: str) -> Fraction:
    if _THOUSANDS.fullmatch(text):
        whole, parted = text.replace(",", ""), text.replace(",", ".").rstrip("0").rstrip(".")
        raise NotRead(f"{text} can be read in two ways: write {whole}, or {parted}.")
    point = text.replace(",", ".")
    if len(point.partition(".")[2]) > 3:
        raise NotRead("At most three decimals.")
    return Fraction(point if not point.startswith(".") else f"0{point}")


def _fraction(text: str) -> Fraction:
    if text in _SIGNS:
        return Fraction(*_SIGNS[text])
    over, _, under = text.partition("/")
    if not int(under) or len(under) > 4:
        raise NotRead(HOW)
    return Fraction(int(over), int(under))
