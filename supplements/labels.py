"""PURE: the lines of a label to elemental magnesium, and what in them cannot be."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from itertools import groupby
from typing import Literal

from supplements.compounds import glycinate_with_oxide

Basis = Literal["elemental", "compound", "percent_dv"]

UG_PER_MG = 1_000
MAX_AMOUNT_UG = 20_000_000_000  # 20 kg of a compound: beyond any tub or bath
MAX_PERCENT_MILLI = 10_000_000_000
MAX_DV_UG = 10_000_000  # 10 g
PERCENT_MILLI_OF_WHOLE = 100_000  # 100 %, in thousandths of a percent

# A stated amount may pass the formula's by a thousandth: labels are rounded.
_SLACK = Decimal("1.001")
# Glycinate with oxide in it: assays of products on sale lie between 18 and 22 % magnesium.
BUFFERED_FRACTION = Decimal("0.2205")
# More than this a serving is more often the weight of the compound than of its magnesium.
PLAUSIBLE_ELEMENTAL_UG = 1_000 * UG_PER_MG
_DV_STEP_MILLI = 1_000  # labels print whole percents


@dataclass(frozen=True, slots=True)
class DailyValue:
    """What 100 % of a label's daily value means, in µg, and who says so."""

    code: str
    name: str
    dv_ug: int
    citation: str


DAILY_VALUES: tuple[DailyValue, ...] = (
    DailyValue("us", "US label", 420_000, "FDA, daily values, rule in force 26 July 2016"),
    DailyValue("us-old", "US label from before the 2016 rule", 400_000, "FDA, daily values before 2016"),
    DailyValue("us-pregnancy", "US label for pregnancy or breastfeeding", 400_000, "FDA, daily values, 2016"),
    DailyValue("eu", "EU label", 375_000, "Regulation (EU) No 1169/2011, Annex XIII"),
    DailyValue("uk", "UK label", 375_000, "as in Regulation (EU) No 1169/2011, Annex XIII"),
)


@dataclass(frozen=True, slots=True)
class LabelLine:
    """A line of a label: one compound, and a weight in µg or a percentage with its daily value.

    `fraction` is the compound's share of magnesium, None where no formula is fixed. `compound_ug` is the
    weight of the compound where a line gives both; `slug` names the form where a line is to be kept.
    """

    compound_name: str
    fraction: Decimal | None
    basis: Basis | str
    amount_ug: int | None = None
    percent_milli: int | None = None
    dv_ug: int | None = None
    compound_ug: int | None = None
    slug: str | None = None


@dataclass(frozen=True, slots=True)
class LabelReading:
    """Elemental magnesium of a serving, µg (None: not known); a sentence for each thing that cannot be."""

    magnesium_ug: int | None
    contradictions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LineAmounts:
    """A line's figures as they are stored: a weight, or thousandths of a percent and the daily value."""

    amount_ug: int | None = None
    percent_milli: int | None = None
    dv_ug: int | None = None


def line_amounts(basis: Basis | str, amount: Decimal, dv_mg: Decimal | None = None) -> LineAmounts:
    """Return what to store for an amount in mg, or in percent where the basis is `percent_dv`.

    Raises ValueError if a percentage comes without its daily value or a weight with one, and if a figure,
    rounded to whole µg or thousandths of a percent, is not above 0 and at most its maximum.
    """
    if basis != "percent_dv":
        if dv_mg is not None:
            raise ValueError("A daily value belongs to a percentage.")
        return LineAmounts(amount_ug=_thousandths(amount, MAX_AMOUNT_UG))
    if dv_mg is None:
        raise ValueError("A percentage needs its daily value.")
    return LineAmounts(
        percent_milli=_thousandths(amount, MAX_PERCENT_MILLI), dv_ug=_thousandths(dv_mg, MAX_DV_UG)
    )


def _thousandths(value: Decimal, limit: int) -> int:
    most = limit // 1_000
    if not value.is_finite() or value > most or (whole := _whole(value * 1_000)) < 1:
        raise ValueError(f"The amount lies above 0 and at most at {most:,}.")
    return whole


def elemental_ug(line: LabelLine) -> int | None:
    """Return the elemental magnesium of a line, µg, rounded half up; None where it cannot be known."""
    if line.basis == "elemental":
        return line.amount_ug
    if line.basis == "percent_dv":
        if line.percent_milli is None or line.dv_ug is None:
            return None
        return _whole(Decimal(line.percent_milli) * line.dv_ug / PERCENT_MILLI_OF_WHOLE)
    if line.amount_ug is None or line.fraction is None:
        return None
    return _whole(line.amount_ug * line.fraction)


def read_lines(lines: Iterable[LabelLine], topical: bool, *, settled: bool = True) -> LabelReading:
    """Return the elemental magnesium of one serving and what in its label cannot be.

    Lines of one compound are one ingredient: its elemental amount wins over its percentage, and both over
    its weight, which then only checks them. Ingredients add up; one unknown makes the sum unknown, as does
    a label without lines. What goes on the skin counts 0 whatever the label says. `settled=False` while which
    of two figures counts is still to be asked: the sentences then do not say that one does.
    """
    if topical:
        return LabelReading(0)
    by_compound = sorted(lines, key=lambda line: line.compound_name)
    ingredients = [
        _ingredient(list(same), settled)
        for _, same in groupby(by_compound, key=lambda line: line.compound_name)
    ]
    known = [item.magnesium_ug for item in ingredients if item.magnesium_ug is not None]
    complete = bool(known) and len(known) == len(ingredients)
    sentences = tuple(sentence for item in ingredients for sentence in item.contradictions)
    return LabelReading(sum(known) if complete else None, sentences)


def _ingredient(lines: Sequence[LabelLine], settled: bool) -> LabelReading:
    elemental = [line for line in lines if line.basis == "elemental"]
    percent = [line for line in lines if line.basis == "percent_dv"]
    counted = elemental or percent or list(lines)
    amounts = [elemental_ug(line) for line in counted]
    total = _sum(amounts)
    if total is None or not (elemental or percent):
        return LabelReading(total)
    weight = _sum(
        [line.amount_ug for line in lines if line.basis == "compound"]
        or [line.compound_ug for line in counted]
    )
    found = _contradictions(counted[0], total, weight)
    if elemental and percent:
        found = [*found, *_percent_contradictions(total, percent, settled)]
    return LabelReading(total, tuple(found))


def _contradictions(line: LabelLine, stated_ug: int, weight_ug: int | None) -> list[str]:
    if weight_ug is not None:
        sentence = _too_much_for(line, stated_ug, weight_ug)
    elif line.basis == "elemental" and stated_ug > PLAUSIBLE_ELEMENTAL_UG:
        sentence = f"{_mg(stated_ug)} mg of magnesium is much for one serving: is this the compound's weight?"
    else:
        sentence = ""
    return [sentence] if sentence else []


def _too_much_for(line: LabelLine, stated_ug: int, weight_ug: int) -> str:
    """Say that a weight of the compound cannot hold the stated magnesium; empty if it can."""
    fraction = Decimal(1) if line.fraction is None else line.fraction
    if stated_ug <= weight_ug * fraction * _SLACK:
        return ""
    fits_ug = _whole(weight_ug * fraction)
    stated, fits = _told_apart(stated_ug, fits_ug)
    if line.fraction is None:
        return f"{_mg(weight_ug)} mg cannot hold {stated} mg of magnesium."
    sentence = f"{_mg(weight_ug)} mg of {_in_words(line.compound_name)} cannot hold {stated} mg of magnesium"
    if "glycinate" in line.compound_name.lower() and stated_ug <= weight_ug * BUFFERED_FRACTION:
        return f"{sentence}; {fits} mg fits the formula{_blend_in_words(Decimal(stated_ug) / weight_ug)}."
    return f"{sentence}; {fits} mg fits the formula."


def _blend_in_words(fraction: Decimal) -> str:
    """Return what oxide would explain a share of magnesium; empty where it explains nothing."""
    try:
        blend = glycinate_with_oxide(fraction)
    except ValueError:
        return ""
    shares = (blend.fraction, blend.oxide_by_weight, blend.oxide_of_magnesium)
    whole, oxide, of_it = (plain((share * 100).quantize(Decimal(1), ROUND_HALF_UP)) for share in shares)
    return (
        f", or it is blended with oxide (“buffered”): {whole} % magnesium means about {oxide} % oxide by "
        f"weight, which brings {of_it} % of it"
    )


def _percent_contradictions(stated_ug: int, percent: Sequence[LabelLine], settled: bool) -> Iterator[str]:
    """Say where a percentage and the milligrams beside it differ by more than a label's rounding."""
    for line in percent:
        reckoned_ug = elemental_ug(line)
        if reckoned_ug is None or line.dv_ug is None or line.percent_milli is None:
            continue
        if abs(reckoned_ug - stated_ug) * PERCENT_MILLI_OF_WHOLE > _DV_STEP_MILLI * line.dv_ug:
            share = plain(Decimal(line.percent_milli) / 1_000)
            stated, by_share = _told_apart(stated_ug, reckoned_ug)
            counts = f"; {stated} mg counts" if settled else ""
            yield f"{share} % of {_mg(line.dv_ug)} mg is {by_share} mg, not {stated} mg{counts}."


def _sum(amounts: Sequence[int | None]) -> int | None:
    known = [amount for amount in amounts if amount is not None]
    return sum(known) if known and len(known) == len(amounts) else None


def _in_words(compound_name: str) -> str:
    """Return a form's name inside a sentence: "Bisglycinate, anhydrous" gives "bisglycinate"."""
    name = compound_name.split(",")[0].strip()
    return name if name[:2] == "L-" else name[:1].lower() + name[1:]


def _mg(ug: int, decimals: int | None = None) -> str:
    """Return mg to read: whole from 10 mg on, else to 0.1, or to the decimals asked for."""
    places = decimals if decimals is not None else (0 if ug >= 10 * UG_PER_MG else 1)
    rounded = (Decimal(ug) / UG_PER_MG).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return plain(rounded)


def plain(value: Decimal) -> str:
    """Return a figure as it is read: "0.25", "1,000"."""
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _told_apart(first_ug: int, second_ug: int) -> tuple[str, str]:
    """Return two different amounts with as few decimals as show that they differ."""
    for decimals in (None, 1, 2):
        pair = _mg(first_ug, decimals), _mg(second_ug, decimals)
        if pair[0] != pair[1]:
            return pair
    return _mg(first_ug, 3), _mg(second_ug, 3)


def _whole(value: Decimal) -> int:
    return int(value.to_integral_value(rounding=ROUND_HALF_UP))
