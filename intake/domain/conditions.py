"""PURE: conditions that labels and leaflets name; a person may tick them to see what is said."""

from collections.abc import Iterable
from dataclasses import dataclass

from intake.domain.note import Note, Severity
from intake.domain.references import ADULT_AGE, BFR_2017, COPY, SMPC_2016, SOURCE, Citation, Status
from intake.domain.references.medicine import (
    ASPARTATE_LEAFLET,
    LAXATIVE_MONOGRAPH,
    MILK_OF_MAGNESIA,
    MYASTHENIA_REVIEW,
)

LEARN = "careful#conditions"
GFR_ML_MIN = 30  # SMPC_2016: not under this filtration rate
NO_MAXIMUM_UNDER_AGE = 4  # BFR_2017: no maximum can be given for younger children


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """A condition, what its sources say in a sentence, why it is told, and how they were read."""

    slug: str
    name: str
    severity: Severity
    title: str
    text: str
    why: str
    sources: tuple[Citation, ...]
    status: Status

    @property
    def note(self) -> Note:
        """The note of a day on which something was taken."""
        return Note(
            code=f"condition-{self.slug}",
            severity=self.severity,
            title=self.title,
            text=self.text,
            why=self.why,
            source=self.sources[0],
            number="",
            learn=LEARN,
        )


_YOU = "You ticked this condition, so this is told with what you take."

CONDITIONS: tuple[Condition, ...] = (
    Condition(
        slug="kidney",
        name="Kidney disease",
        severity="caution",
        title="With kidney disease",
        text=f"Product information rules magnesium out under a filtration rate (GFR) of {GFR_ML_MIN} ml/min "
        "and asks for care above it.",
        why=f"US labels say to ask a doctor before use, also on a diet that limits magnesium. {_YOU}",
        sources=(SMPC_2016, MILK_OF_MAGNESIA),
        status=SOURCE,
    ),
    Condition(
        slug="conduction",
        name="Heart block, slow heartbeat or another disorder of conduction",
        severity="caution",
        title="With a disorder of the heart’s conduction",
        text="Product information names disorders of conduction, such as a slow heartbeat, as a reason not "
        "to take it.",
        why=f"A German leaflet names heart block. {_YOU}",
        sources=(SMPC_2016, ASPARTATE_LEAFLET),
        status=SOURCE,
    ),
    Condition(
        slug="myasthenia",
        name="Myasthenia gravis or Lambert-Eaton syndrome",
        severity="caution",
        title="With myasthenia gravis",
        text="A review asks for care with magnesium by mouth, since weakness grew worse now and then.",
        why=f"By injection it is avoided. {_YOU}",
        sources=(MYASTHENIA_REVIEW,),
        status=COPY,
    ),
    Condition(
        slug="bowel",
        name="Blocked bowel, or bellyache without a known cause",
        severity="caution",
        title="With a blocked bowel",
        text="A monograph rules laxative magnesium out with a blocked bowel or a bellyache without a known "
        "cause.",
        why=_YOU,
        sources=(LAXATIVE_MONOGRAPH,),
        status=COPY,
    ),
    Condition(
        slug="struvite",
        name="Kidney stones of the struvite kind",
        severity="caution",
        title="With stones of the struvite kind",
        text="Leaflets of Germany and Switzerland name a tendency to such stones as a reason not to take it.",
        why=_YOU,
        sources=(ASPARTATE_LEAFLET,),
        status=SOURCE,
    ),
    Condition(
        slug="diabetes",
        name="Diabetes",
        severity="info",
        title="With diabetes",
        text="Named here out of care, since no source cited has a rule for it; a doctor or pharmacist is the "
        "one to ask before taking magnesium.",
        why=f"The product information cited speaks of kidneys and heart. {_YOU}",
        sources=(SMPC_2016,),
        status=SOURCE,
    ),
    Condition(
        slug="pregnancy",
        name="Pregnant or breastfeeding",
        severity="info",
        title="Pregnant or breastfeeding",
        text="US labels say to ask a health professional, such as a doctor or pharmacist, before use.",
        why=_YOU,
        sources=(MILK_OF_MAGNESIA,),
        status=SOURCE,
    ),
    Condition(
        slug="child",
        name="This diary is for a child",
        severity="caution",
        title="For a child",
        text=f"{BFR_2017.short} gives no maximum for children under {NO_MAXIMUM_UNDER_AGE}, and a doctor or "
        "pharmacist is the one to ask.",
        why=f"Bands and ceilings built in here are for people of {ADULT_AGE} and over. {_YOU}",
        sources=(BFR_2017,),
        status=SOURCE,
    ),
)


_BY_SLUG = {condition.slug: condition for condition in CONDITIONS}


def condition_of(slug: str) -> Condition | None:
    """Return the condition of a name; None if there is none."""
    return _BY_SLUG.get(slug)


def condition_notes(ticked: Iterable[str]) -> tuple[Note, ...]:
    """Return the notes of the conditions ticked, in the order of the list; others are left out."""
    slugs = frozenset(ticked)
    return tuple(condition.note for condition in CONDITIONS if condition.slug in slugs)
