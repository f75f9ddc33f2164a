"""PURE: a typed amount in the measures that a food has, or which of them it has instead. Never a guess."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from foods.measures.labels import Measure, origin, read_label
from foods.measures.typed import Typed, number_text
from foods.measures.units import METRIC_WEIGHTS, VOLUMES_ML, WEIGHTS_MG, stems

LABEL_LENGTH = 80
NAMED = 4  # so many of a food's portions are named


@dataclass(frozen=True, slots=True)
class Measured:
    """A portion of a food: its label and weight in mg, None where nothing was weighed (a capsule)."""

    label: str
    weight_mg: int | None


@dataclass(frozen=True, slots=True)
class Taken:
    """An amount as it is kept: `quantity_milli` thousandths of `unit`, which weighs `unit_weight_mg`."""

    quantity_milli: int
    unit: str
    unit_weight_mg: int


class UnitMissing(ValueError):
    """There is no such unit; the text is a sentence that says what there is."""

    def __init__(self, unit: str, portions: Sequence[Measured]) -> None:
        self.unit, self.has = unit, tuple(p.label for p in portions if not origin(p.label))
        if any(portion.weight_mg is None for portion in portions):
            by = f"by {self.has[0]}" if self.has[0] else "by number alone"
            super().__init__(f"Unit missing: this is counted {by}, not by {unit}. Give how many.")
            return
        plainly = list(dict.fromkeys(label.partition(",")[0] for label in self.has))[:NAMED]
        give = "one of these, or grams" if plainly else "grams"
        has = ", ".join([*plainly, "100 g"])
        super().__init__(f"Unit missing: this food has no {unit}. It has {has}; give {give}.")


def take(typed: Typed, portions: Iterable[Measured], *, name: str = "") -> Taken:
    """Return a typed amount in weight or in these portions, the preferred first.

    A unit of weight is a weight. A unit that a portion has is that portion, or a part of it. A volume is
    reckoned from another volume of this food, and the unit then says so: "2 tbsp (from 1 cup)". Words of
    the food's `name` may stand in the unit ("2 large eggs"). Raises UnitMissing.
    """
    asked = _asked(typed, name)
    if typed.unit in WEIGHTS_MG and not asked:
        return _weighed(typed)
    known = [(portion, read_label(portion.label)) for portion in portions if portion.weight_mg]
    if found := _of_unit(typed, asked, known):
        return _share_of(typed, *found)
    if typed.unit in VOLUMES_ML and (found := _of_volume(typed, asked, known)):
        return _converted(typed, *found)
    raise UnitMissing(typed.named, [portion for portion, _ in known])


def take_of(number: Fraction, portion: Measured) -> Taken:
    """Return a number of portions, exact: a third of "1 cup" is one "1/3 cup"."""
    return _share_of(Typed(number * read_label(portion.label).number), portion, read_label(portion.label))


def share_of(typed: Typed, label: str) -> Fraction:
    """Return how many of what a label names an amount is: (1 capsule, "2 capsules") gives 1/2.

    For what has no weight of its own, such as a capsule or a glass. Raises UnitMissing.
    """
    measure = read_label(label)
    if typed.bare:
        return typed.number
    if typed.unit == measure.unit and stems(typed.words) <= measure.words:
        return typed.number / measure.number
    sizes = WEIGHTS_MG if typed.unit in WEIGHTS_MG else VOLUMES_ML
    if typed.unit in sizes and measure.unit in sizes and not typed.words:
        return typed.number * sizes[typed.unit] / (measure.number * sizes[measure.unit])
    raise UnitMissing(typed.named, [Measured(label, None)])


def _weighed(typed: Typed) -> Taken:
    if typed.unit in METRIC_WEIGHTS:
        return Taken(_milli(typed.number * WEIGHTS_MG[typed.unit] / 1000), "g", 1000)
    one = WEIGHTS_MG[typed.unit]
    if _is_milli(typed.number):
        return Taken(_milli(typed.number), f"1 {typed.unit}", _whole(one))
    return Taken(1000, f"{number_text(typed.number)} {typed.unit}", _whole(typed.number * one))


def _asked(typed: Typed, name: str) -> frozenset[str]:
    """Return the words that a portion must have; those of the food's name may be missing, but not all."""
    words = stems(typed.words)
    return (words - stems(name)) or (frozenset() if typed.unit else words)


def _of_unit(
    typed: Typed, asked: frozenset[str], known: Sequence[tuple[Measured, Measure]]
) -> tuple[Measured, Measure] | None:
    """Return the portion in the unit asked for: the plainest label first, then the order they came in."""
    fits = [
        (len(measure.words - asked) > 0, place, portion, measure)
        for place, (portion, measure) in enumerate(known)
        if measure.unit == typed.unit and asked <= measure.words and (typed.unit or asked)
    ]
    if not fits:
        return None
    _, _, portion, measure = min(fits, key=lambda fit: fit[:2])
    same = (
        (other, read)
        for _, _, other, read in fits
        if read.words == measure.words and read.number == typed.number
    )
    return next(same, (portion, measure))


def _of_volume(
    typed: Typed, asked: frozenset[str], known: Sequence[tuple[Measured, Measure]]
) -> tuple[Measured, Measure] | None:
    fits = [
        (len(measure.words - asked) > 0, place, portion, measure)
        for place, (portion, measure) in enumerate(known)
        if measure.volume_ml(typed.unit) and asked <= measure.words
    ]
    return min(fits, key=lambda fit: fit[:2])[2:] if fits else None


def _share_of(typed: Typed, portion: Measured, measure: Measure) -> Taken:
    share = typed.number / measure.number
    if _is_milli(share) and (measure.number == 1 or share == 1 or not (measure.unit or measure.rest)):
        return Taken(_milli(share), portion.label, portion.weight_mg or 0)
    rest = typed.words if typed.words and stems(typed.words) == measure.words else measure.rest
    comma = ", " if measure.unit and rest else ""
    text = f"{number_text(typed.number)} {measure.unit}{comma}{rest}"
    return Taken(1000, _label(text, origin(portion.label)), _whole(share * (portion.weight_mg or 0)))


def _converted(typed: Typed, portion: Measured, measure: Measure) -> Taken:
    ml = measure.volume_ml(typed.unit) or Fraction(1)
    share = typed.number * VOLUMES_ML[typed.unit] / ml
    said = origin(portion.label) or f" (from {portion.label})"
    text = f"{number_text(typed.number)} {typed.unit}"
    return Taken(1000, _label(text, said), _whole(share * (portion.weight_mg or 0)))


def _label(text: str, said: str) -> str:
    """Return an amount with where it came from, as far as both have room."""
    if len(text) + len(said) > LABEL_LENGTH and said:
        said = f"{said[: LABEL_LENGTH - len(text) - 2].rstrip()}…)"
    return f"{text}{said}"[:LABEL_LENGTH]


def _is_milli(number: Fraction) -> bool:
    return (number * 1000).denominator == 1


def _milli(number: Fraction) -> int:
    return _whole(number * 1000)


def _whole(number: Fraction) -> int:
    """Return the nearest whole number, half up."""
    return int(number + Fraction(1, 2))
