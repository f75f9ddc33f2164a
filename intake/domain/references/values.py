"""PURE: the daily values for adults by body and life stage; what was not read anywhere is not here."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from foods.amounts import UG_PER_MG
from intake.domain.references.bodies import ADULT_AGE, check_body
from intake.domain.references.citations import (
    COMA_1991,
    COMPUTED,
    COPY,
    DACH_2021,
    EFSA_2015,
    IOM_ADULTS,
    IOM_LACTATION,
    IOM_LACTATION_TEENS,
    IOM_PREGNANCY,
    IOM_TEENS,
    MHLW_2025,
    NHMRC_2006,
    NNR_2023,
    SOURCE,
    WHO_2004,
    Citation,
    Status,
)

UNSAID_AGE = 19  # without a birth year, rows that reach this age are an adult's

Kind = Literal["RDA", "RDI", "AI", "RNI", "estimated value"]
Sex = Literal["female", "male"]
Stage = Literal["pregnant", "lactating"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceValue:
    """A body's daily value in µg, what the body calls it, and its EAR in µg where one is held."""

    low_ug: int
    kind: Kind
    ear_ug: int | None
    citation: Citation

    @property
    def basis(self) -> str:
        """What the value is, in short: "RDA, IOM 1997"."""
        return f"{self.kind}, {self.citation.short}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceRow:
    """A row of a body's table: a group in words, its ages (both included, None: no end), its value.

    `status` is that of the row's least well checked figure.
    """

    body: str
    group: str
    sex: Sex
    first_age: int
    last_age: int | None
    life_stage: Stage | None
    value: ReferenceValue
    status: Status

    def holds_at(self, age: int) -> bool:
        """Say whether the row is for this age in years."""
        return self.first_age <= age and (self.last_age is None or age <= self.last_age)

    def reaches(self, age: int) -> bool:
        """Say whether the row is for this age or an older one."""
        return self.last_age is None or age <= self.last_age


# Rows --------------------------------------------------------------------------------------------


# group, sex, first age, last age, life stage, value mg, EAR mg, citation, status
_Cells = tuple[str, Sex, int, int | None, Stage | None, int, int | None, Citation, Status]


def _table(body: str, kind: Kind, rows: Iterable[_Cells]) -> tuple[ReferenceRow, ...]:
    return tuple(_row(body, kind, cells) for cells in rows)


def _row(body: str, kind: Kind, cells: _Cells) -> ReferenceRow:
    group, sex, first_age, last_age, life_stage, low_mg, ear_mg, citation, status = cells
    value = ReferenceValue(
        low_ug=low_mg * UG_PER_MG,
        kind=kind,
        ear_ug=None if ear_mg is None else ear_mg * UG_PER_MG,
        citation=citation,
    )
    return ReferenceRow(
        body=body,
        group=group,
        sex=sex,
        first_age=first_age,
        last_age=last_age,
        life_stage=life_stage,
        value=value,
        status=status,
    )


_US = _table(
    "us",
    "RDA",
    (
        ("men 14-18", "male", 14, 18, None, 410, 340, IOM_TEENS, COPY),
        ("men 19-30", "male", 19, 30, None, 400, 330, IOM_ADULTS, COPY),
        ("men 31 and over", "male", 31, None, None, 420, 350, IOM_ADULTS, COPY),
        ("women 14-18", "female", 14, 18, None, 360, 300, IOM_TEENS, COPY),
        ("women 19-30", "female", 19, 30, None, 310, 255, IOM_ADULTS, COPY),
        ("women 31 and over", "female", 31, None, None, 320, 265, IOM_ADULTS, COPY),
        ("pregnant, 14-18", "female", 14, 18, "pregnant", 400, 335, IOM_PREGNANCY, SOURCE),
        ("pregnant, 19-30", "female", 19, 30, "pregnant", 350, 290, IOM_PREGNANCY, SOURCE),
        ("pregnant, 31-50", "female", 31, 50, "pregnant", 360, 300, IOM_PREGNANCY, SOURCE),
        ("breastfeeding, 14-18", "female", 14, 18, "lactating", 360, 300, IOM_LACTATION_TEENS, COPY),
        ("breastfeeding, 19-30", "female", 19, 30, "lactating", 310, None, IOM_LACTATION, COPY),
        ("breastfeeding, 31-50", "female", 31, 50, "lactating", 320, None, IOM_LACTATION, COPY),
    ),
)
_EFSA = _table(
    "efsa",
    "AI",
    (
        ("men 18 and over", "male", 18, None, None, 350, None, EFSA_2015, SOURCE),
        ("women 18 and over", "female", 18, None, None, 300, None, EFSA_2015, SOURCE),
        ("pregnant", "female", 18, None, "pregnant", 300, None, EFSA_2015, SOURCE),
        ("breastfeeding", "female", 18, None, "lactating", 300, None, EFSA_2015, SOURCE),
    ),
)
_UK = _table(
    "uk",
    "RNI",
    (
        ("men 15-18", "male", 15, 18, None, 300, None, COMA_1991, COPY),
        ("men 19 and over", "male", 19, None, None, 300, None, COMA_1991, COPY),
        ("women 15-18", "female", 15, 18, None, 300, None, COMA_1991, COPY),
        ("women 19 and over", "female", 19, None, None, 270, None, COMA_1991, COPY),
        ("pregnant, 15-18", "female", 15, 18, "pregnant", 300, None, COMA_1991, COPY),
        ("pregnant, 19 and over", "female", 19, None, "pregnant", 270, None, COMA_1991, COPY),
    ),
)
_DACH = _table(
    "dach",
    "estimated value",
    (
        ("men 15-18", "male", 15, 18, None, 330, None, DACH_2021, SOURCE),
        ("men 19 and over", "male", 19, None, None, 350, None, DACH_2021, SOURCE),
        ("women 15-18", "female", 15, 18, None, 260, None, DACH_2021, SOURCE),
        ("women 19 and over", "female", 19, None, None, 300, None, DACH_2021, SOURCE),
        ("pregnant", "female", 18, None, "pregnant", 300, None, DACH_2021, SOURCE),
        ("breastfeeding", "female", 18, None, "lactating", 300, None, DACH_2021, SOURCE),
    ),
)
_NORDIC = _table(
    "nordic",
    "AI",
    (
        ("men 18 and over", "male", 18, None, None, 350, None, NNR_2023, COPY),
        ("women 18 and over", "female", 18, None, None, 300, None, NNR_2023, COPY),
    ),
)
_WHO = _table(
    "who",
    "RNI",
    (
        ("men 10-18", "male", 10, 18, None, 230, None, WHO_2004, COPY),
        ("men 19-65", "male", 19, 65, None, 260, None, WHO_2004, COPY),
        ("men over 65", "male", 66, None, None, 224, None, WHO_2004, COPY),
        ("women 10-18", "female", 10, 18, None, 220, None, WHO_2004, COPY),
        ("women 19-65", "female", 19, 65, None, 220, None, WHO_2004, COPY),
        ("women over 65", "female", 66, None, None, 190, None, WHO_2004, COPY),
        ("pregnant", "female", 18, None, "pregnant", 220, None, WHO_2004, COPY),
        ("breastfeeding", "female", 18, None, "lactating", 270, None, WHO_2004, COPY),
    ),
)
# Pregnancy is the women's row + 40 mg and lactation + 0, as the report's method says; given here up to 64.
_JP = _table(
    "jp",
    "RDA",
    (
        ("men 18-29", "male", 18, 29, None, 340, None, MHLW_2025, COPY),
        ("men 30-49", "male", 30, 49, None, 380, None, MHLW_2025, COPY),
        ("men 50-64", "male", 50, 64, None, 370, None, MHLW_2025, COPY),
        ("men 65-74", "male", 65, 74, None, 350, None, MHLW_2025, COPY),
        ("men 75 and over", "male", 75, None, None, 330, None, MHLW_2025, COPY),
        ("women 18-29", "female", 18, 29, None, 280, None, MHLW_2025, COPY),
        ("women 30-49", "female", 30, 49, None, 290, None, MHLW_2025, COPY),
        ("women 50-64", "female", 50, 64, None, 290, None, MHLW_2025, COPY),
        ("women 65-74", "female", 65, 74, None, 280, None, MHLW_2025, COPY),
        ("women 75 and over", "female", 75, None, None, 270, None, MHLW_2025, COPY),
        ("pregnant, 18-29", "female", 18, 29, "pregnant", 320, None, MHLW_2025, COMPUTED),
        ("pregnant, 30-64", "female", 30, 64, "pregnant", 330, None, MHLW_2025, COMPUTED),
        ("breastfeeding, 18-29", "female", 18, 29, "lactating", 280, None, MHLW_2025, COMPUTED),
        ("breastfeeding, 30-64", "female", 30, 64, "lactating", 290, None, MHLW_2025, COMPUTED),
    ),
)
_ANZ = _table(
    "anz",
    "RDI",
    (
        ("men 14-18", "male", 14, 18, None, 410, 340, NHMRC_2006, COPY),
        ("men 19-30", "male", 19, 30, None, 400, 330, NHMRC_2006, COPY),
        ("men 31 and over", "male", 31, None, None, 420, 350, NHMRC_2006, COPY),
        ("women 14-18", "female", 14, 18, None, 360, None, NHMRC_2006, COPY),
        ("women 19-30", "female", 19, 30, None, 310, None, NHMRC_2006, COPY),
        ("women 31 and over", "female", 31, None, None, 320, None, NHMRC_2006, COPY),
    ),
)
_ROWS = (*_US, *_EFSA, *_UK, *_DACH, *_NORDIC, *_WHO, *_JP, *_ANZ)

# Look-up -----------------------------------------------------------------------------------------


def all_rows() -> tuple[ReferenceRow, ...]:
    """Return every row held, body by body in the order of `BODIES`."""
    return _ROWS


def reference_for(
    body: str, *, sex: str | None, birth_year: int | None, life_stage: str | None, day: dt.date
) -> ReferenceValue | None:
    """Return a body's value for an adult on a day, or None where no checked row is held.

    Age is the day's year less the birth year; under 18 there is none. Without a birth year the highest value
    for adults is taken, without a sex the higher of the two; the EAR is that of the same row. A life stage is
    taken as given, whatever the sex. Raises ValueError for an unknown body.
    """
    check_body(body)
    rows = [row for row in _ROWS if row.body == body and row.life_stage == life_stage]
    if sex is not None and life_stage is None:
        rows = [row for row in rows if row.sex == sex]
    if birth_year is None:
        rows = [row for row in rows if row.reaches(UNSAID_AGE)]
    else:
        age = day.year - birth_year
        rows = [row for row in rows if age >= ADULT_AGE and row.holds_at(age)]
    return max((row.value for row in rows), key=lambda value: value.low_ug, default=None)
