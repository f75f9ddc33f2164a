"""PURE: the ceilings for added magnesium, what each covers, and the convention that ends the band."""

import datetime as dt
from dataclasses import dataclass

from foods.amounts import UG_PER_MG
from intake.domain.references.bodies import ADULT_AGE, BODIES, check_body
from intake.domain.references.citations import (
    BFR_2017,
    COPY,
    EVM_2003,
    IOM_CEILING,
    MHLW_2025,
    NNR_2023,
    SCF_1993,
    SCF_2001,
    SOURCE,
    WHO_CEILING,
    Citation,
    Status,
)

UNVERIFIED = "not available until verified"


@dataclass(frozen=True, slots=True, kw_only=True)
class CeilingValue:
    """A body's upper value for added magnesium in µg a day, and what it covers in words.

    `medicines` says that `covers` speaks of them; here they always count toward it. `intakes` is over how
    many intakes a day, at least, the body spreads it. `is_limit` is False for mere guidance.
    """

    added_ug: int
    covers: str
    citation: Citation
    status: Status
    medicines: bool = False
    intakes: int = 1
    is_limit: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class HighEdge:
    """The high edge where a person sets none: a convention, not a limit of any body."""

    high_ug: int
    basis: str
    citation: Citation


HIGH_EDGE = HighEdge(high_ug=500 * UG_PER_MG, basis="a convention", citation=SCF_1993)

# No checked row for Australia and New Zealand.
_CEILINGS = {
    "us": CeilingValue(
        added_ug=350 * UG_PER_MG,
        covers="supplements and medicines",
        medicines=True,
        citation=IOM_CEILING,
        status=COPY,
    ),
    "efsa": CeilingValue(
        added_ug=250 * UG_PER_MG,
        covers=(
            "readily dissociable salts in supplements; what is added to fortified foods and drinks belongs "
            "to it too, but food tables do not give that share, so it is not counted here"
        ),
        citation=SCF_2001,
        status=COPY,
    ),
    "uk": CeilingValue(
        added_ug=400 * UG_PER_MG,
        covers="supplements; it is a guidance level, not a limit",
        citation=EVM_2003,
        status=COPY,
        is_limit=False,
    ),
    "dach": CeilingValue(
        added_ug=250 * UG_PER_MG,
        covers="supplements in Germany, spread over at least two intakes a day",
        citation=BFR_2017,
        status=SOURCE,
        intakes=2,
    ),
    "nordic": CeilingValue(
        added_ug=250 * UG_PER_MG,
        covers="supplements",
        citation=NNR_2023,
        status=COPY,
    ),
    "who": CeilingValue(
        added_ug=350 * UG_PER_MG,
        covers=(
            "soluble magnesium in foods and drinking water for adolescents and adults; "
            "only supplements and medicines are counted here"
        ),
        medicines=True,
        citation=WHO_CEILING,
        status=COPY,
    ),
    "jp": CeilingValue(
        added_ug=350 * UG_PER_MG,
        covers="sources other than ordinary food",
        medicines=True,
        citation=MHLW_2025,
        status=COPY,
    ),
}


def all_ceilings() -> tuple[tuple[str, CeilingValue], ...]:
    """Return (body, ceiling) for each body that has a checked one, in the order of `BODIES`."""
    return tuple((body, _CEILINGS[body]) for body in BODIES if body in _CEILINGS)


def ceiling_of(body: str) -> CeilingValue | None:
    """Return a body's ceiling for adults; None where no checked one is held. Raises ValueError."""
    check_body(body)
    return _CEILINGS.get(body)


def ceiling_for(body: str, *, birth_year: int | None, day: dt.date) -> CeilingValue | None:
    """Return a body's ceiling for added magnesium on a day; None under 18 or where no checked one is held.

    Raises ValueError for an unknown body.
    """
    ceiling = ceiling_of(body)
    if birth_year is not None and day.year - birth_year < ADULT_AGE:
        return None
    return ceiling
