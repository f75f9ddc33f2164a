"""PURE: the arithmetic of a label's lines, written out so that it can be checked by hand."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from intake.domain.figures import number
from supplements.compounds import magnesium_fraction, molar_mass, written
from supplements.labels import LabelLine, elemental_ug

MAGNESIUM_G_MOL = molar_mass("Mg")
_MOST_PLACES = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class LineSum:
    """A line of a label reckoned through. `formula` and `share` are empty where the sum needs none.

    `counts` is False for a weight that only checks the label's own amount.
    """

    name: str
    formula: str
    share: str  # "24.305 ÷ 172.423 = 14.1 %"
    words: str  # "500 mg × 14.1 % = 70.5 mg"
    counts: bool


@dataclass(frozen=True, slots=True)
class Split:
    """A weight of a compound and the magnesium in it, µg."""

    magnesium_ug: int
    compound_ug: int

    @property
    def has_room(self) -> bool:
        """Whether the part that is not magnesium is wide enough to be named inside a bar."""
        return self.magnesium_ug * 2 <= self.compound_ug

    @property
    def rest_ug(self) -> int:
        """What is not magnesium, µg."""
        return self.compound_ug - self.magnesium_ug


def line_sums(lines: Sequence[LabelLine], formulas: Sequence[str]) -> tuple[LineSum, ...]:
    """Return the sum of each line; `formulas` are those of its forms, in the same order."""
    ranks = {"elemental": 0, "percent_dv": 1, "compound": 2}
    best: dict[str, int] = {}
    for line in lines:
        best[line.compound_name] = min(ranks[line.basis], best.get(line.compound_name, 2))
    return tuple(
        _line_sum(line, formula, counts=ranks[line.basis] == best[line.compound_name])
        for line, formula in zip(lines, formulas, strict=True)
    )


def split_of(lines: Sequence[LabelLine]) -> Split | None:
    """Return weight and magnesium of a label with one line that gives the compound's weight."""
    if len(lines) != 1 or lines[0].basis != "compound" or lines[0].amount_ug is None:
        return None
    magnesium_ug = elemental_ug(lines[0])
    return None if magnesium_ug is None else Split(magnesium_ug, lines[0].amount_ug)


def _line_sum(line: LabelLine, formula: str, *, counts: bool) -> LineSum:
    shown, share = "", ""
    holds_ug = elemental_ug(line)
    if line.basis == "elemental":
        words = f"{_mg(line.amount_ug)} mg, as the label gives it"
    elif line.basis == "percent_dv":
        words = f"{_mg(line.percent_milli)} % × {_mg(line.dv_ug)} mg = {_mg(holds_ug, 1)} mg"
    elif line.fraction is None:
        words = f"{_mg(line.amount_ug)} mg of it: no fixed formula, so no sum"
    else:
        percent = _percent(line.amount_ug or 0, line.fraction)
        shown, share = written(formula), _share(formula, percent)
        words = f"{_mg(line.amount_ug)} mg × {percent} % = {_mg(holds_ug, 1)} mg"
    return LineSum(name=line.compound_name, formula=shown, share=share, words=words, counts=counts)


def _share(formula: str, percent: str) -> str:
    mass = molar_mass(formula)
    atoms = int((magnesium_fraction(formula) * mass / MAGNESIUM_G_MOL).to_integral_value())
    times = f"{atoms} × " if atoms > 1 else ""
    return f"{times}{MAGNESIUM_G_MOL} ÷ {mass} = {percent} %"


def _percent(amount_ug: int, fraction: Decimal) -> str:
    """Return a share in percent with as many decimals as make the sum that is shown come out."""
    holds = number(int((amount_ug * fraction).to_integral_value(ROUND_HALF_UP)), 1)
    percent = fraction * 100
    for places in range(1, _MOST_PLACES):
        shown = percent.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
        if number(int((amount_ug * shown / 100).to_integral_value(ROUND_HALF_UP)), 1) == holds:
            return f"{shown}"
    return f"{percent.quantize(Decimal(1).scaleb(-_MOST_PLACES), ROUND_HALF_UP)}"


def _mg(ug: int | None, places: int = 3) -> str:
    return "?" if ug is None else number(ug, places)
