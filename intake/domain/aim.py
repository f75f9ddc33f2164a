"""PURE: from what a person chose to what a day is held against."""

import datetime as dt
from dataclasses import dataclass

from intake.domain.band import Band
from intake.domain.references import (
    HIGH_EDGE,
    Citation,
    ReferenceValue,
    ceiling_for,
    ceiling_of,
    reference_for,
)

OWN = "your own"
NOT_AVAILABLE = "not available"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What a person chose: bodies and life stage, own band edges and own ceiling in µg; None is not said."""

    body: str = "us"
    sex: str | None = None
    birth_year: int | None = None
    life_stage: str | None = None
    ceiling_body: str | None = None  # None: the body's own
    low_ug: int | None = None
    high_ug: int | None = None
    ceiling_ug: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Aim:
    """The band and the ceiling of a day, in µg, with where each comes from.

    `reference` and `ear_ug` are the body's, with an own band too. `high_citation` is that of the built-in
    high edge, a convention; None with an own band or without a band.
    """

    band: Band | None
    band_basis: str
    reference: ReferenceValue | None
    ear_ug: int | None
    high_citation: Citation | None
    own_band: bool
    ceiling_ug: int | None
    ceiling_basis: str
    ceiling_covers: str
    ceiling_citation: Citation | None
    own_ceiling: bool
    ceiling_medicines: bool = False
    ceiling_intakes: int = 1
    ceiling_unverified: bool = False


def aim_for(choice: Choice, day: dt.date) -> Aim:
    """Return what a day is held against: a person's own numbers where set, else the body's."""
    reference = reference_for(
        choice.body, sex=choice.sex, birth_year=choice.birth_year, life_stage=choice.life_stage, day=day
    )
    ceiling_body = choice.ceiling_body or choice.body
    ceiling = ceiling_for(ceiling_body, birth_year=choice.birth_year, day=day)
    own_ceiling = choice.ceiling_ug is not None

    own_band = False
    band, band_basis, high_citation = None, NOT_AVAILABLE, None
    if choice.low_ug is not None and choice.high_ug is not None:
        own_band = True
        band, band_basis = Band(low_ug=choice.low_ug, high_ug=choice.high_ug), OWN
    elif reference is not None:
        band = Band(low_ug=reference.low_ug, high_ug=max(HIGH_EDGE.high_ug, reference.low_ug))
        band_basis, high_citation = reference.basis, HIGH_EDGE.citation

    if own_ceiling:
        ceiling_ug, ceiling_basis = choice.ceiling_ug, OWN
    elif ceiling is not None:
        ceiling_ug, ceiling_basis = ceiling.added_ug, ceiling.citation.short
    else:
        ceiling_ug, ceiling_basis = None, NOT_AVAILABLE
    return Aim(
        band=band,
        band_basis=band_basis,
        reference=reference,
        ear_ug=None if reference is None else reference.ear_ug,
        high_citation=high_citation,
        own_band=own_band,
        ceiling_ug=ceiling_ug,
        ceiling_basis=ceiling_basis,
        ceiling_covers="" if own_ceiling or ceiling is None else ceiling.covers,
        ceiling_citation=None if own_ceiling or ceiling is None else ceiling.citation,
        own_ceiling=own_ceiling,
        ceiling_medicines=not own_ceiling and ceiling is not None and ceiling.medicines,
        ceiling_intakes=1 if own_ceiling or ceiling is None else ceiling.intakes,
        ceiling_unverified=not own_ceiling and ceiling_of(ceiling_body) is None,
    )
