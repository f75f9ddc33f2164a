"""PURE: who published the daily values and the ceilings, and where each figure stands."""

from dataclasses import dataclass
from typing import Literal

Status = Literal["read in the source", "read in a copy", "computed"]

SOURCE: Status = "read in the source"
COPY: Status = "read in a copy"
COMPUTED: Status = "computed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """Where a figure stands: body, title, year, table or page, and an address ("" where none was opened)."""

    body: str
    title: str
    year: int
    table: str = ""
    url: str = ""

    @property
    def short(self) -> str:
        """Body and year: "IOM 1997"."""
        return f"{self.body} {self.year}"


_IOM_TITLE = "Dietary Reference Intakes for Calcium, Phosphorus, Magnesium, Vitamin D and Fluoride"
_IOM_BOOK = "http://books.nap.edu/openbook.php?record_id=5776"


def _iom(table: str, page: int | None = None) -> Citation:
    url = f"{_IOM_BOOK}&page={page}" if page else _IOM_BOOK
    return Citation(body="IOM", title=_IOM_TITLE, year=1997, table=table, url=url)


IOM_ADULTS = _iom("magnesium: EAR and RDA of adults, in copies")
IOM_TEENS = _iom("magnesium: EAR at 14 to 18 years, p. 219; RDA in copies", 219)
IOM_PREGNANCY = _iom("magnesium: EAR and RDA in pregnancy, p. 239", 239)
IOM_LACTATION_TEENS = _iom("magnesium: EAR in lactation at 14 to 18 years, p. 242; RDA in copies", 242)
IOM_LACTATION = _iom("magnesium: RDA in lactation, in copies")
IOM_CEILING = _iom("magnesium: what the upper intake level rests on, p. 242; its figure in copies", 242)
EFSA_2015 = Citation(
    body="EFSA",
    title="Scientific Opinion on Dietary Reference Values for magnesium",
    year=2015,
    table="adequate intakes, EFSA Journal 13(7):4186",
    url="http://www.efsa.europa.eu/en/efsajournal/pub/4186",
)
SCF_2001 = Citation(
    body="SCF",
    title="Tolerable upper intake level of magnesium, kept in EFSA's compilations",
    year=2001,
    table="upper level for readily dissociable magnesium salts, in copies",
)
SCF_1993 = Citation(
    body="SCF",
    title="Acceptable range of intakes, Scientific Committee for Food of the European Community",
    year=1993,
    table="magnesium, adults: 150 to 500 mg a day in total, in a copy",
)
COMA_1991 = Citation(
    body="COMA",
    title="Dietary reference values for the United Kingdom, report 41",
    year=1991,
    table="reference nutrient intakes of magnesium, in copies",
)
EVM_2003 = Citation(
    body="EVM",
    title="Upper levels for vitamins and minerals, as given by the NHS",
    year=2003,
    table="guidance level for supplemental magnesium, in copies",
)
DACH_2021 = Citation(
    body="D-A-CH",
    title="Reference values for nutrient intake",
    year=2021,
    table="magnesium: estimated values for an adequate intake",
)
BFR_2017 = Citation(
    body="BfR",
    title="Magnesium in food supplements, press release 50/2017",
    year=2017,
    table="maximum daily amount in food supplements",
    url="https://www.eurekalert.org/pub_releases/2017-12/bfif-bam121817.php",
)
NNR_2023 = Citation(
    body="NNR",
    title="Nordic Nutrition Recommendations",
    year=2023,
    table="magnesium: adequate intakes and upper level, in a copy",
)
WHO_2004 = Citation(
    body="FAO/WHO",
    title="Vitamin and mineral requirements in human nutrition, second edition",
    year=2004,
    table="recommended nutrient intakes of magnesium, annex 1, in a copy",
)
WHO_CEILING = Citation(
    body="FAO/WHO",
    title="Vitamin and mineral requirements in human nutrition, second edition",
    year=2004,
    table="magnesium: upper tolerable levels, in a copy; its edition was not checked",
)
MHLW_2025 = Citation(
    body="MHLW",
    title="Dietary Reference Intakes for Japanese, 2025",
    year=2025,
    table="magnesium: method on p. 272; values by sex and age in copies",
    url="https://wic-net.com/material/document/17222/272",
)
NHMRC_2006 = Citation(
    body="NHMRC",
    title="Nutrient Reference Values for Australia and New Zealand",
    year=2006,
    table="magnesium, version 1.2 of 2017; values in copies",
    url="https://www.eatforhealth.gov.au/nutrient-reference-values/nutrients/magnesium",
)
SMPC_2016 = Citation(
    body="MHRA",
    title="Magnaspartate, summary of product characteristics",
    year=2016,
    table="contraindications and interactions",
    url="https://www.rxreasoner.com/monographs/magnaspartate/precautions",
)
