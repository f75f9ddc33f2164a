"""PURE: the published values for adults by body and life stage, each with its source and how it was checked.

Values are mg of elemental magnesium a day, as printed; what leaves this package is in µg. A value that could
not be read in its source or in a copy of it is not here, so it is answered with None.
"""

from intake.domain.references.bodies import ADULT_AGE, BODIES, check_body
from intake.domain.references.ceilings import (
    HIGH_EDGE,
    UNVERIFIED,
    CeilingValue,
    HighEdge,
    all_ceilings,
    ceiling_for,
    ceiling_of,
)
from intake.domain.references.citations import (
    BFR_2017,
    COMPUTED,
    COPY,
    SCF_1993,
    SMPC_2016,
    SOURCE,
    Citation,
    Status,
)
from intake.domain.references.sources import SOURCES
from intake.domain.references.values import (
    UNSAID_AGE,
    Kind,
    ReferenceRow,
    ReferenceValue,
    Sex,
    Stage,
    all_rows,
    reference_for,
)

__all__ = [
    "ADULT_AGE",
    "BFR_2017",
    "BODIES",
    "COMPUTED",
    "COPY",
    "HIGH_EDGE",
    "SCF_1993",
    "SMPC_2016",
    "SOURCE",
    "SOURCES",
    "UNSAID_AGE",
    "UNVERIFIED",
    "CeilingValue",
    "Citation",
    "HighEdge",
    "Kind",
    "ReferenceRow",
    "ReferenceValue",
    "Sex",
    "Stage",
    "Status",
    "all_ceilings",
    "all_rows",
    "ceiling_for",
    "ceiling_of",
    "check_body",
    "reference_for",
]
