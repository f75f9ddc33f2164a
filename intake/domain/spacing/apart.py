"""PURE: the classes kept apart by hours, each with the longest gap among the sources that name it."""

from collections.abc import Iterable

from intake.domain.references import COPY, SOURCE, Citation, Status
from intake.domain.references.medicine import (
    CIPROFLOXACIN,
    DHHS_2017,
    EMC_4841,
    EMC_12118,
    GABAPENTIN_LABEL,
    HIV_GUIDE,
    ODS_FACTS,
    STOCKLEY,
)
from intake.domain.spacing.rule import Rule

# slug, name, inside a sentence, examples, hours before, hours after, what is said, sources, status
_Cells = tuple[str, str, str, str, int, int, str, tuple[Citation, ...], Status]

_APART = "UK product information asks for 3 to 4 hours between the two."
_LESS = (
    "UK product information says that magnesium may lower its uptake, and asks for 2 to 4 hours beside an "
    "antacid with magnesium."
)


def _apart(rows: Iterable[_Cells]) -> tuple[Rule, ...]:
    return tuple(
        Rule(
            slug=slug,
            name=name,
            called=called,
            examples=examples,
            mode="space",
            said=said,
            sources=sources,
            status=status,
            hours_before=before,
            hours_after=after,
            more_than=slug == "elvitegravir",
        )
        for slug, name, called, examples, before, after, said, sources, status in rows
    )


SPACE: tuple[Rule, ...] = _apart(
    (
        (
            "levothyroxine",
            "Levothyroxine",
            "levothyroxine",
            "thyroid hormone",
            4,
            4,
            "Stockley’s asks for 4 hours between the two; UK product information names it, too.",
            (STOCKLEY, EMC_4841),
            COPY,
        ),
        (
            "fluoroquinolones",
            "Fluoroquinolones",
            "the fluoroquinolone",
            "ciprofloxacin, levofloxacin, moxifloxacin",
            2,
            6,
            "The antibiotic is taken 2 hours before magnesium or 6 hours after it: minutes after an antacid "
            "15 % of ciprofloxacin was taken up; 6 hours after one, as much as without it.",
            (CIPROFLOXACIN,),
            COPY,
        ),
        (
            "tetracyclines",
            "Tetracyclines",
            "the tetracycline",
            "doxycycline, minocycline",
            3,
            6,
            "UK product information asks for 2 to 3 hours or more; NIH ODS has the antibiotic 2 hours before "
            "magnesium, or 4 to 6 hours after it.",
            (ODS_FACTS, EMC_12118),
            COPY,
        ),
        (
            "bisphosphonates",
            "Bisphosphonates",
            "the bisphosphonate",
            "alendronate, risedronate",
            4,
            4,
            "UK product information asks for 3 to 4 hours between the two; NIH ODS for at least 2.",
            (EMC_12118, ODS_FACTS),
            COPY,
        ),
        (
            "gabapentin",
            "Gabapentin",
            "gabapentin",
            "",
            4,
            4,
            "Its US label has it 2 hours after an antacid; UK product information that names it asks for 2 "
            "to 4 hours beside one.",
            (EMC_4841, GABAPENTIN_LABEL),
            COPY,
        ),
        (
            "dolutegravir",
            "Dolutegravir",
            "dolutegravir",
            "Tivicay, Triumeq, Dovato",
            2,
            6,
            "It is taken 2 hours before magnesium or 6 hours after it.",
            (DHHS_2017, HIV_GUIDE),
            SOURCE,
        ),
        (
            "dolutegravir-rilpivirine",
            "Dolutegravir with rilpivirine",
            "dolutegravir with rilpivirine",
            "Juluca",
            4,
            6,
            "It is taken 4 hours before magnesium or 6 hours after it.",
            (HIV_GUIDE, DHHS_2017),
            SOURCE,
        ),
        (
            "elvitegravir",
            "Elvitegravir with cobicistat",
            "elvitegravir",
            "",
            2,
            2,
            "The guideline asks for more than 2 hours between the two.",
            (DHHS_2017,),
            SOURCE,
        ),
        ("iron", "Iron", "iron", "iron tablets", 4, 4, _APART, (EMC_12118,), SOURCE),
        ("penicillamine", "Penicillamine", "penicillamine", "", 4, 4, _APART, (EMC_12118,), SOURCE),
        ("nitrofurantoin", "Nitrofurantoin", "nitrofurantoin", "", 4, 4, _APART, (EMC_12118,), SOURCE),
        ("nitroxoline", "Nitroxoline", "nitroxoline", "", 4, 4, _APART, (EMC_12118,), SOURCE),
        ("quinidine", "Quinidine", "quinidine", "", 4, 4, _APART, (EMC_12118,), SOURCE),
        ("eltrombopag", "Eltrombopag", "eltrombopag", "", 4, 4, _APART, (EMC_12118,), SOURCE),
        (
            "aminoquinolines",
            "Aminoquinolines",
            "the aminoquinoline",
            "chloroquine",
            4,
            4,
            _APART,
            (EMC_12118, EMC_4841),
            SOURCE,
        ),
        ("digoxin", "Digoxin", "digoxin", "", 4, 4, _LESS, (EMC_4841,), SOURCE),
        ("mycophenolate", "Mycophenolate", "mycophenolate", "", 4, 4, _LESS, (EMC_4841,), SOURCE),
        ("rosuvastatin", "Rosuvastatin", "rosuvastatin", "", 4, 4, _LESS, (EMC_4841,), SOURCE),
        (
            "azoles",
            "Azole antifungals",
            "the azole antifungal",
            "itraconazole, ketoconazole",
            4,
            4,
            _LESS,
            (EMC_4841,),
            SOURCE,
        ),
        ("phenytoin", "Phenytoin", "phenytoin", "", 4, 4, _LESS, (EMC_4841,), SOURCE),
        (
            "ace-inhibitors",
            "ACE inhibitors",
            "the ACE inhibitor",
            "ramipril, lisinopril",
            4,
            4,
            _LESS,
            (EMC_4841,),
            SOURCE,
        ),
        (
            "other",
            "Another medicine by mouth",
            "the other medicine",
            "one that is not in this list",
            4,
            4,
            "For any medicine UK product information asks for 2 to 3 hours, beside an antacid with magnesium "
            "for 2 to 4.",
            (EMC_4841, EMC_12118),
            SOURCE,
        ),
    )
)
