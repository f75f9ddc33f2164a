"""PURE: what comes built in of where a form may be used, by law: only what was read of the lists."""

from dataclasses import dataclass
from typing import Literal

from supplements.evidence import Status, of_families

Use = Literal["food", "supplement"]


@dataclass(frozen=True, slots=True, kw_only=True)
class BuiltinPermit:
    """Whether the law of a place lets some forms be added to foods, or be sold as supplements."""

    code: str
    slugs: tuple[str, ...]
    place: str
    use: Use
    permitted: bool
    remark: str
    citation: str
    url: str = ""
    status: Status = "V1"


PERMITS: tuple[BuiltinPermit, ...] = (
    BuiltinPermit(
        code="eu-food-1925-2006",
        slugs=(
            "carbonate",
            "oxide",
            "hydroxide",
            "acetate",
            "glycerophosphate",
            "phosphate-dibasic-3h2o",
            *of_families("Chloride", "Citrate", "Gluconate", "Lactate", "Sulfate"),
        ),
        place="EU",
        use="food",
        permitted=True,
        remark="May be added to foods in the EU.",
        citation="Regulation (EC) No 1925/2006, Annex II",
        url="https://www.legislation.gov.uk/eur/2006/1925/annex/II",
    ),
    BuiltinPermit(
        code="eu-supplement-2009",
        slugs=("fumarate", "trisilicate"),
        place="EU",
        use="supplement",
        permitted=False,
        remark="Not a permitted form in EU supplements since the end of 2009.",
        citation="Directive 2002/46/EC, forms not carried on after 2009",
    ),
    BuiltinPermit(
        code="gb-threonate-2026",
        slugs=of_families("Threonate"),
        place="Wales",
        use="supplement",
        permitted=True,
        remark="Authorised in Wales in 2026, with 7.2 to 8.3 % magnesium as its purity rule.",
        citation="Wales, SI 2026/56",
        url="https://www.legislation.gov.uk/wsi/2026/56",
    ),
    BuiltinPermit(
        code="england-threonate-2026",
        slugs=of_families("Threonate"),
        place="England",
        use="supplement",
        permitted=True,
        remark="Authorised in England, in force since 13 August 2026.",
        citation="England, statutory instrument of 22 June 2026, as told by the-common-room.co.uk",
        status="V2",
    ),
)
