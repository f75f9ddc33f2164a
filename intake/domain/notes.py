"""PURE: the notes of a day: one small function a note, and the list of them in the order they are shown.

A note informs: it says what the number was, why it is told and where the reason stands. It gives no verdict
on a person and no advice on amounts.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from intake.domain.aim import Aim
from intake.domain.day import DayTotal
from intake.domain.doses import Intakes
from intake.domain.figures import beside, mg, total_shown
from intake.domain.note import FOR_EVERYBODY, Note
from intake.domain.references import BFR_2017, SMPC_2016, ceiling_of
from intake.domain.wording import listed

_BFR = ceiling_of("dach")
assert _BFR is not None
LARGE_DOSE_UG = _BFR.added_ug  # BfR 2017: 250 mg a day at most in supplements, over at least two intakes
NAMED_LABELS = 3
_WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


@dataclass(frozen=True, slots=True, kw_only=True)
class DayFacts:
    """What the notes of a day are made from.

    `intakes` are those of supplements and medicines. `unknown_labels` holds one label for each entry without
    a value. `finished` says that the day is over; a day marked partial is not. `added_or_topical` says that a
    supplement, a medicine or something for the skin was logged, with a value or not.
    """

    total: DayTotal
    aim: Aim
    intakes: Intakes = field(default_factory=Intakes)
    unknown_labels: tuple[str, ...] = ()
    finished: bool = True
    life_stage: str | None = None
    added_or_topical: bool = False


def notes_for(facts: DayFacts) -> tuple[Note, ...]:
    """Return the notes of a day in the order they are shown; none for a day without entries."""
    if facts.total.entries == 0:
        return ()
    return tuple(note for rule in RULES if (note := rule(facts)) is not None)


def added_over_ceiling(facts: DayFacts) -> Note | None:
    """Added magnesium is above the ceiling; food and water never count here."""
    ceiling_ug, added_ug, aim = facts.aim.ceiling_ug, facts.total.added_ug, facts.aim
    if ceiling_ug is None or added_ug <= ceiling_ug:
        return None
    whose = "your own ceiling" if aim.own_ceiling else f"the {aim.ceiling_basis} ceiling"
    covers = "You set this ceiling." if aim.own_ceiling else f"This ceiling is for {aim.ceiling_covers}."
    if not aim.own_ceiling and not aim.ceiling_medicines:
        covers += " Medicines with magnesium are counted beside them here."
    shown, edge = beside(added_ug, ceiling_ug)
    return Note(
        code="added-over-ceiling",
        severity="caution",
        title="Added magnesium is above the ceiling",
        text=f"Supplements and medicines came to {shown}, above {whose} of {edge}.",
        why=f"{covers} Food and water are not counted toward it.",
        source=aim.ceiling_citation,
        number=shown,
        learn="band#ceiling",
    )


def large_single_dose(facts: DayFacts) -> Note | None:
    """250 mg or more of supplements and medicines were taken at one time."""
    largest_ug = facts.intakes.largest_ug
    if largest_ug < LARGE_DOSE_UG:
        return None
    shown, edge = beside(largest_ug, LARGE_DOSE_UG)
    return Note(
        code="large-single-dose",
        severity="notice",
        title="A large amount at once",
        text=f"{shown} of added magnesium came at one time; {BFR_2017.short} speaks of {edge} a day at most, "
        "over at least two intakes.",
        why="The share absorbed falls as the amount taken at once rises (Fine 1991, J Clin Invest 88:396).",
        source=BFR_2017,
        number=shown,
        learn="careful#splitting",
    )


def added_in_one_intake(facts: DayFacts) -> Note | None:
    """Where the ceiling is meant over several intakes, all came in one that held more than its part."""
    aim, largest_ug = facts.aim, facts.intakes.largest_ug
    if aim.ceiling_ug is None or aim.ceiling_intakes < 2 or facts.intakes.count != 1 or not facts.finished:
        return None
    if largest_ug * aim.ceiling_intakes <= aim.ceiling_ug or largest_ug >= LARGE_DOSE_UG:
        return None
    shown = mg(largest_ug)
    return Note(
        code="added-in-one-intake",
        severity="info",
        title="All in one intake",
        text=f"The day’s {shown} of added magnesium came at one time; the {aim.ceiling_basis} ceiling is "
        f"meant over at least {_WORDS[aim.ceiling_intakes]} intakes.",
        why=f"Told above half of the {mg(aim.ceiling_ug, 3)}. The share absorbed falls as the amount taken "
        "at once rises (Fine 1991, J Clin Invest 88:396).",
        source=aim.ceiling_citation,
        number=shown,
        learn="careful#splitting",
    )


def total_above_band(facts: DayFacts) -> Note | None:
    """The known total is above the band."""
    band, total_ug = facts.aim.band, facts.total.total_ug
    if band is None or total_ug is None or total_ug <= band.high_ug:
        return None
    shown = total_shown(total_ug, band)
    why = (
        "You set this edge. It is about the total; what is added has a ceiling of its own."
        if facts.aim.own_band
        else "The high edge is a convention: none of the bodies cited here sets an upper limit for total "
        "magnesium. What is added has a ceiling of its own."
    )
    return Note(
        code="total-above-band",
        severity="notice",
        title="Above your band",
        text=f"{_came_to(facts, shown)}; your band ends at {mg(band.high_ug, 3)}.",
        why=why,
        source=facts.aim.high_citation,
        number=shown,
        learn="band#high",
    )


def total_below_band(facts: DayFacts) -> Note | None:
    """The known total is below the band; soft, since one day says little."""
    band, total_ug, aim = facts.aim.band, facts.total.total_ug, facts.aim
    if band is None or total_ug is None or total_ug >= band.low_ug:
        return None
    shown = total_shown(total_ug, band)
    return Note(
        code="total-below-band",
        severity="info",
        title="Below your band" if facts.finished else "Below your band so far",
        text=f"{_came_to(facts, shown)}; your band starts at {mg(band.low_ug, 3)}.",
        why=f"Where the band starts: {aim.band_basis}. Intake differs from day to day, so one day says "
        "little and the mean of a week says more.",
        source=None if aim.own_band or aim.reference is None else aim.reference.citation,
        number=shown,
        learn="band#low",
    )


def values_missing(facts: DayFacts) -> Note | None:
    """Some entries have no value: they are open, not zero."""
    unknown, total_ug = facts.total.unknown, facts.total.total_ug
    if unknown == 0:
        return None
    names, several = _named(facts.unknown_labels, unknown)
    rest = (
        "nothing is known of this day yet"
        if total_ug is None
        else f"the day holds at least {total_shown(total_ug, facts.aim.band)}"
    )
    count = _WORDS[unknown] if unknown < len(_WORDS) else f"{unknown:,}"
    return Note(
        code="values-missing",
        severity="info",
        title=f"{count.capitalize()} {'item has' if unknown == 1 else 'items have'} no magnesium value",
        text=f"{names} {'are' if several else 'is'} left open, not counted as zero, and {rest}.",
        why="A source without a figure for magnesium does not say that there is none.",
        source=None,
        number=f"{unknown:,} {'item' if unknown == 1 else 'items'}",
        learn="food",
    )


def ask_a_professional(facts: DayFacts) -> Note | None:
    """Something was taken or put on the skin, or a life stage is set."""
    if not facts.added_or_topical and facts.life_stage is None:
        return None
    return Note(
        code=FOR_EVERYBODY,
        severity="info",
        title="Ask a professional first",
        text="With kidney disease, a heart rhythm problem, diabetes, pregnancy or breastfeeding, or any "
        "medicines, ask a doctor or pharmacist before taking magnesium.",
        why="The product information cited names kidney disease, slow heart conduction and other medicines; "
        "the rest is named out of care.",
        source=SMPC_2016,
        number="",
        learn="careful#conditions",
    )


RULES: tuple[Callable[[DayFacts], Note | None], ...] = (
    added_over_ceiling,
    large_single_dose,
    added_in_one_intake,
    total_above_band,
    total_below_band,
    values_missing,
    ask_a_professional,
)


def _came_to(facts: DayFacts, shown: str) -> str:
    least = facts.total.unknown > 0
    if facts.finished:
        return f"The day came to {'at least ' if least else ''}{shown}"
    return f"{'At least ' if least else ''}{shown} so far"


def _named(labels: tuple[str, ...], unknown: int) -> tuple[str, bool]:
    """Return up to three names and how many more entries there are, and whether the whole is a plural."""
    names = list(dict.fromkeys(labels))[:NAMED_LABELS]
    more = unknown - sum(label in names for label in labels)
    if more > 0:
        names.append(f"{more:,} more" if names else f"{more:,} {'item' if more == 1 else 'items'}")
    return listed(names), len(names) > 1 or more > 1
