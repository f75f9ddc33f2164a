"""PURE: what comes built in of the findings on forms: how much is taken up, how the bowel takes it.

A finding is described with its study, size and result; nothing is ranked. What was not read is not here.
"""

from dataclasses import dataclass
from typing import Literal

from supplements.compounds import BUILTIN

Aspect = Literal["absorption", "tolerance"]
Status = Literal["V1", "V2", "C"]

PUBMED = "https://pubmed.ncbi.nlm.nih.gov/"


@dataclass(frozen=True, slots=True)
class Reading:
    """Where a fact stands, as it is cited in a line and in full, and how it was read."""

    study: str
    citation: str
    url: str = ""
    status: Status = "V1"


@dataclass(frozen=True, slots=True, kw_only=True)
class BuiltinFinding:
    """What one study or body found of some forms; no `slugs`: of magnesium by mouth, whatever the form.

    `n` is how many people, None where the source gives no number or there were none to count.
    """

    code: str
    aspect: Aspect
    reading: Reading
    result: str
    slugs: tuple[str, ...] = ()
    design: str = ""
    n: int | None = None


def of_families(*names: str) -> tuple[str, ...]:
    """Return the slugs of the built-in forms of some families."""
    return tuple(form.slug for form in BUILTIN if form.family in names)


_FIROZ = Reading(
    "Firoz & Graber 2001", "Firoz & Graber, Magnesium Research 2001;14:257", f"{PUBMED}11794633/"
)
_SCHUETTE = Reading("Schuette 1994", "Schuette and others, JPEN 1994;18:430", f"{PUBMED}7815675/")
_FINE = Reading(
    "Fine 1991", "Fine and others, Journal of Clinical Investigation 1991;88:396", f"{PUBMED}1864954/"
)
_EFSA_TAURATE = Reading(
    "EFSA 2009",
    "EFSA, statement on magnesium taurate and acetyl taurate, 2009",
    "https://cris.unibo.it/handle/11585/101817",
)

FINDINGS: tuple[BuiltinFinding, ...] = (
    BuiltinFinding(
        code="firoz-2001-oxide",
        aspect="absorption",
        reading=_FIROZ,
        slugs=("oxide",),
        result="About 4 % of the magnesium in oxide was taken up.",
    ),
    BuiltinFinding(
        code="firoz-2001-salts",
        aspect="absorption",
        reading=_FIROZ,
        slugs=of_families("Chloride", "Lactate", "Aspartate"),
        result="Chloride, lactate and aspartate were taken up alike, and significantly better than oxide.",
    ),
    BuiltinFinding(
        code="walker-2003",
        aspect="absorption",
        reading=Reading(
            "Walker 2003", "Walker and others, Magnesium Research 2003;16:183; its summary was read"
        ),
        slugs=(*of_families("Citrate"), "unspecified-chelate", "oxide"),
        design="randomised trial, 300 mg a day for 60 days",
        n=46,
        result="Citrate and an amino acid chelate were taken up better than oxide.",
    ),
    BuiltinFinding(
        code="citrate-oxide-crossover",
        aspect="absorption",
        reading=Reading("Crossover trial of citrate and oxide", "ProQuest 1864063511; its summary was read"),
        slugs=(*of_families("Citrate"), "oxide"),
        design="crossover trial in people whose stores were filled first",
        n=20,
        result=(
            "After citrate 0.565 mmol more magnesium left with a day's urine than after oxide (0.212 to "
            "0.918)."
        ),
    ),
    BuiltinFinding(
        code="schuette-1994",
        aspect="absorption",
        reading=_SCHUETTE,
        slugs=(*of_families("Glycinate"), "oxide"),
        design="trial with isotopes, in people after removal of part of the small bowel",
        n=12,
        result=(
            "23.5 % of bisglycinate and 22.8 % of oxide were taken up: no difference overall. In the four "
            "who absorbed least it was 23.5 % against 11.8 %."
        ),
    ),
    BuiltinFinding(
        code="fine-1991-dose",
        aspect="absorption",
        reading=_FINE,
        design="measurements of what was taken up from a meal",
        result=(
            "With more magnesium in one meal the share taken up fell from 65 % to 11 %, from nothing added "
            "to 80 mEq (972 mg)."
        ),
    ),
    BuiltinFinding(
        code="fine-1991-acetate",
        aspect="absorption",
        reading=_FINE,
        slugs=("acetate",),
        design="measurements of what was taken up from a meal",
        result="Dissolved acetate was taken up like the magnesium of almonds.",
    ),
    BuiltinFinding(
        code="fine-1991-coated",
        aspect="absorption",
        reading=_FINE,
        slugs=of_families("Chloride"),
        design="measurements of what was taken up from a meal",
        result="From an enteric-coated chloride tablet much less was taken up.",
    ),
    BuiltinFinding(
        code="efsa-2009-taurate",
        aspect="absorption",
        reading=_EFSA_TAURATE,
        slugs=of_families("Taurate"),
        design="opinion of a panel",
        result="Both taurates dissolve, and were expected to be taken up like other salts that do.",
    ),
    BuiltinFinding(
        code="efsa-2018-dimg-malate",
        aspect="absorption",
        reading=Reading("EFSA 2018", "EFSA Journal 2018, 5292"),
        slugs=("dimg-malate",),
        design="opinion of a panel",
        result="The panel could not assess dimagnesium malate as a substance of its own.",
    ),
    BuiltinFinding(
        code="searched-2026",
        aspect="absorption",
        reading=Reading(
            "Search for this page, 2026", "Searched in 2026; a study may have been missed", status="C"
        ),
        slugs=of_families("Malate", "Taurate", "Orotate", "Threonate"),
        design="a search of the literature",
        result="No comparison of how people absorb it was found.",
    ),
    BuiltinFinding(
        code="pardo-2021",
        aspect="absorption",
        reading=Reading("Pardo 2021", "Pardo and others, Nutrition 2021;89:111294", f"{PUBMED}34111673/"),
        design="review of 14 studies",
        result=(
            "Inorganic salts appear to be taken up less than organic ones; the share taken up depends on the "
            "amount; in healthy people without a shortfall every form kept levels up."
        ),
    ),
    BuiltinFinding(
        code="blancquaert-2019",
        aspect="absorption",
        reading=Reading("Blancquaert 2019", "Blancquaert and others, Nutrients 2019;11:1663"),
        design="15 products in the laboratory",
        result="They dissolved very differently: how a product is made matters beside its salt.",
    ),
    BuiltinFinding(
        code="mineral-water",
        aspect="absorption",
        reading=Reading("Trial of mineral waters", "PMID 16582545", f"{PUBMED}16582545/"),
        design="randomised trial, waters with 120 and 281 mg/l",
        n=22,
        result="Magnesium in mineral water was absorbed like that of a capsule.",
    ),
    BuiltinFinding(
        code="schuette-1994-tolerance",
        aspect="tolerance",
        reading=_SCHUETTE,
        slugs=of_families("Glycinate"),
        design="trial in people after removal of part of the small bowel",
        n=12,
        result="Bisglycinate was better tolerated than oxide.",
    ),
    BuiltinFinding(
        code="iom-1997-diarrhoea",
        aspect="tolerance",
        reading=Reading(
            "IOM 1997",
            "Institute of Medicine, Dietary Reference Intakes, 1997, p. 242",
            "http://books.nap.edu/openbook.php?record_id=5776&page=242",
        ),
        design="report of a panel",
        result=(
            "The first sign of too much from supplements and medicines is diarrhoea, with nausea and "
            "cramps. The US limit rests on it, and leaves food out."
        ),
    ),
    BuiltinFinding(
        code="scf-2001-diarrhoea",
        aspect="tolerance",
        reading=Reading(
            "SCF 2001",
            "Scientific Committee on Food 2001, as told in EFSA's opinion on TMDC, 2016",
            status="V2",
        ),
        design="opinion of a panel",
        result="Mild diarrhoea was first seen at 360 to 365 mg a day from supplements.",
    ),
    BuiltinFinding(
        code="bfr-2017-reversible",
        aspect="tolerance",
        reading=Reading(
            "BfR 2017",
            "Bundesinstitut für Risikobewertung, press release 50/2017",
            "",
        ),
        design="opinion of an institute",
        result="With healthy kidneys such diarrhoea passes within one or two days.",
    ),
    BuiltinFinding(
        code="hydroxide-label",
        aspect="tolerance",
        reading=Reading(
            "US label, milk of magnesia",
            "DailyMed, Milk of Magnesia, drug facts",
            "",
        ),
        slugs=("hydroxide",),
        design="label of a medicine",
        result="Its label is that of a medicine: a laxative.",
    ),
)
