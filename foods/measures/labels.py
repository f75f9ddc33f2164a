"""PURE: the label of a portion read as a measure: "1/2 cup, chopped" is a half, of "cup", "chopped"."""

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from foods.measures.typed import NotRead, leading_number
from foods.measures.units import METRIC_VOLUMES, VOLUMES_ML, stems, unit_of

_BRACKETS = re.compile(r"\s*\(([^()]*)\)")
_FROM = re.compile(r"\s*\(from [^()]*(?:\([^()]*\))?[^()]*\)$")


@dataclass(frozen=True, slots=True)
class Measure:
    """A label as read. `rest` is what stands after number and unit, without brackets: "chopped", "slice".

    `kitchen_ml` is the volume by the unit's own size, `ml` the volume that the label states in brackets if
    it does; None where the label is no volume.
    """

    number: Fraction
    unit: str
    rest: str
    words: frozenset[str]
    kitchen_ml: Fraction | None
    ml: Fraction | None

    def volume_ml(self, unit: str) -> Fraction | None:
        """Return the volume to hold an amount in `unit` against."""
        return self.ml if unit in METRIC_VOLUMES else self.kitchen_ml


@lru_cache(maxsize=4096)
def read_label(label: str) -> Measure:
    """Return what a portion's label says; a label without a number is one of what it names."""
    stated = next(filter(None, (_volume(found) for found in _BRACKETS.findall(label))), None)
    plain = " ".join(_BRACKETS.sub("", label).split())
    number, after = _number(plain)
    unit, rest = unit_of(after)
    rest = rest.strip(" ,.;")
    by_unit = number * VOLUMES_ML[unit] if unit in VOLUMES_ML else None
    if "yield" in stems(rest):  # "1 tbsp dry yields 8 fl oz": the weight is of what comes of it
        by_unit = stated = None
    return Measure(number, unit, rest, stems(rest), by_unit or stated, stated or by_unit)


def origin(label: str) -> str:
    """Return the remark " (from 1 cup)" of a unit, with its space; "" if it has none."""
    found = _FROM.search(label)
    return found[0] if found else ""


def _number(plain: str) -> tuple[Fraction, str]:
    try:
        number, rest = leading_number(plain)
    except NotRead:
        return Fraction(1), plain
    return (number, rest) if number else (Fraction(1), plain)


def _volume(text: str) -> Fraction | None:
    """Return the ml of what stands in brackets, if that is a volume and nothing else."""
    number, rest = _number(text.strip())
    unit, more = unit_of(rest)
    return number * VOLUMES_ML[unit] if unit in VOLUMES_ML and not more and rest != text.strip() else None
