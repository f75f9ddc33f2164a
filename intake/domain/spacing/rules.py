"""PURE: every rule: classes kept apart by hours, those no gap would do for, those to ask about."""

from intake.domain.references import COPY, SOURCE, Citation, Status
from intake.domain.references.medicine import (
    DIURETICS_REVIEW,
    EMC_4841,
    EMC_12118,
    FDA_2011,
    HIV_INSITE,
)
from intake.domain.spacing.apart import SPACE
from intake.domain.spacing.rule import Mode, Rule

# mode, slug, name, inside a sentence, examples, what is said, sources, status
_NO_GAP: tuple[tuple[Mode, str, str, str, str, str, tuple[Citation, ...], Status], ...] = (
    (
        "avoid",
        "raltegravir",
        "Raltegravir",
        "raltegravir",
        "",
        "Antacids with magnesium and aluminium are not recommended beside it, even hours apart: 6 hours "
        "after one its lowest level was still halved.",
        (HIV_INSITE,),
        SOURCE,
    ),
    (
        "ask",
        "resins",
        "Polystyrene sulfonate resin",
        "the resin",
        "for high potassium",
        "UK product information names an upset of the blood’s acid balance when both are taken.",
        (EMC_4841,),
        SOURCE,
    ),
    (
        "ask",
        "muscle-relaxants",
        "Aminoglycosides; muscle relaxants of an operation",
        "these medicines",
        "gentamicin",
        "An added effect on the muscles is named, mainly for magnesium by injection.",
        (EMC_4841,),
        COPY,
    ),
    (
        "ask",
        "water-tablets",
        "Water tablets: loop or thiazide",
        "water tablets",
        "furosemide, hydrochlorothiazide",
        "They let more magnesium go with the urine; a review doubts that thiazides at the usual amounts "
        "leave too little.",
        (EMC_12118, DIURETICS_REVIEW),
        SOURCE,
    ),
    (
        "ask",
        "potassium-sparing",
        "Water tablets: potassium-sparing",
        "potassium-sparing water tablets",
        "spironolactone, amiloride",
        "They tend to raise magnesium.",
        (DIURETICS_REVIEW,),
        SOURCE,
    ),
    (
        "ask",
        "acid-blockers",
        "Acid blockers (PPIs)",
        "acid blockers",
        "omeprazole, pantoprazole",
        "Low magnesium was reported with those on prescription, mostly after more than a year.",
        (FDA_2011,),
        SOURCE,
    ),
    (
        "ask",
        "antibodies",
        "EGFR antagonists, bevacizumab, nivolumab",
        "these medicines",
        "cetuximab, panitumumab",
        "Magnesium is lost under them, says UK product information.",
        (EMC_12118,),
        SOURCE,
    ),
)

RULES: tuple[Rule, ...] = (
    *SPACE,
    *(
        Rule(
            slug=slug,
            name=name,
            called=called,
            examples=examples,
            mode=mode,
            said=said,
            sources=sources,
            status=status,
        )
        for mode, slug, name, called, examples, said, sources, status in _NO_GAP
    ),
)
_BY_SLUG = {rule.slug: rule for rule in RULES}


def rule_of(slug: str) -> Rule | None:
    """Return the rule of a class of medicines; None if there is none of this name."""
    return _BY_SLUG.get(slug)
