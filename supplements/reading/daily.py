"""What a percentage on a label is a percentage of, and whether it agrees with an amount."""

import re
from dataclasses import dataclass
from decimal import Decimal

from supplements.labels import DAILY_VALUES
from supplements.reading.vocabulary import DV_ANY, DV_EU, DV_US

_BY_CODE = {value.code: value for value in DAILY_VALUES}
_EU_WORDS = re.compile(rf"(?<![a-z])(?:{DV_EU})(?![a-z])")
_NAMED = re.compile(rf"(?<![a-z])(?:{DV_US}|{DV_EU}|{DV_ANY})(?![a-z])")
_MOTHERS = re.compile(r"pregnan|lactat|prenatal|breastfe|nursing")
_CHILDREN = re.compile(r"child|kids|toddler|infant|bab(?:y|ies)|years")
_CHILDREN_UG = (80_000, 75_000)  # FDA, daily values, 2016: 1 to 3 years, infants
_STEP = Decimal(1)  # labels print whole percents
_RELATIVE = Decimal("0.02")


@dataclass(frozen=True, slots=True)
class Daily:
    """The daily values a text's percentages may speak of, µg, likeliest first; `sure`: the first does."""

    values_ug: tuple[int, ...]
    sure: bool
    named: bool = False  # the text says DV, NRV or the like

    @classmethod
    def of(cls, low: str, country: str | None) -> "Daily":
        """Return the daily values for a folded text: NRV is 375 mg anywhere, DV 420 mg on a US label."""
        named = bool(_NAMED.search(low))
        eu, us, old = (_BY_CODE[code].dv_ug for code in ("eu", "us", "us-old"))
        if country in ("eu", "uk") or _EU_WORDS.search(low):
            return cls((eu,), sure=True, named=named)
        if country != "us":
            return cls((us, old, eu), sure=False, named=named)
        if _MOTHERS.search(low):
            return cls((_BY_CODE["us-pregnancy"].dv_ug, us), sure=True, named=named)
        return cls((us, old, *(_CHILDREN_UG if _CHILDREN.search(low) else ())), sure=True, named=named)

    def agreeing(self, percent: Decimal, elemental_ug: int) -> int | None:
        """Return the daily value of which an amount is this percentage, to a label's rounding; else None."""
        slack = max(_STEP, percent * _RELATIVE)
        for dv_ug in self.values_ug:
            if abs(percent - Decimal(elemental_ug) * 100 / dv_ug) <= slack:
                return dv_ug
        return None


def part_ug(percent: Decimal, dv_ug: int) -> int:
    """Return a percentage of a daily value, µg, rounded half up."""
    return int(percent * dv_ug / 100 + Decimal("0.5"))


def options() -> list[tuple[str, str]]:
    """Return the daily values to choose from, each with its code."""
    return [(value.code, f"{value.name}: 100 % is {value.dv_ug // 1_000} mg") for value in DAILY_VALUES]


def chosen_ug(code: str) -> int:
    """Return the daily value of a code, µg."""
    return _BY_CODE[code].dv_ug
