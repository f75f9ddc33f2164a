"""PURE: the notes of a day about medicines: too near, no gap that would do, a time that is not known."""

import datetime as dt
from collections.abc import Iterable, Sequence
from zoneinfo import ZoneInfo

from intake.domain.figures import mg
from intake.domain.note import Note
from intake.domain.spacing import WINS, Clash, DayLane, Rule, hours
from intake.domain.wording import listed

LEARN = "careful#medicines"
HOUR = 60


def timing_notes(lane: DayLane) -> tuple[Note, ...]:
    """Return the notes of a day's lane: the medicines too near first, then the rest in the rules' order."""
    return (*_near(lane), *_beside(lane), *_open(lane))


def _near(lane: DayLane) -> Iterable[Note]:
    by_rule: dict[str, list[Clash]] = {}
    for clash in lane.clashes:
        by_rule.setdefault(clash.taking.rule.slug, []).append(clash)
    for clashes in by_rule.values():
        nearest = min(clashes, key=lambda clash: clash.minutes)
        rule = nearest.taking.rule
        yield Note(
            code="dose-near-medicine",
            severity="caution",
            title=f"Close to {rule.called}",
            text=f"{clash_words(nearest, lane)}{_more(len(clashes) - 1)}.",
            why=f"{rule.said} {WINS}",
            source=rule.source,
            number=apart(nearest.minutes),
            learn=LEARN,
        )


def _more(count: int) -> str:
    return f"; {count} more like it" if count else ""


def _beside(lane: DayLane) -> Iterable[Note]:
    """What is listed and has no gap, told on a day with a dose."""
    if not lane.doses:
        return
    for rule in dict.fromkeys(line.rule for line in lane.listed):
        if rule.mode == "avoid":
            yield Note(
                code="medicine-without-gap",
                severity="caution",
                title=f"No gap is known to do for {rule.called}",
                text=f"You took magnesium on a day with {rule.called} in your list, and no number of hours "
                "between them is given.",
                why=f"{rule.said} {WINS}",
                source=rule.source,
                number="",
                learn=LEARN,
            )
        elif rule.mode == "ask":
            yield Note(
                code="medicine-to-ask-about",
                severity="info",
                title=f"Ask about {rule.called}",
                text=f"You list {rule.called}, and a doctor or pharmacist can say what that means for "
                "magnesium.",
                why=f"{rule.said} {WINS}",
                source=rule.source,
                number="",
                learn=LEARN,
            )


def _open(lane: DayLane) -> Iterable[Note]:
    spaced = [line for line in lane.listed if line.rule.mode == "space"]
    untimed = sum(dose.at is None for dose in lane.doses)
    silent = _called(line.rule for line in spaced if line.at is None)
    if not spaced or not lane.doses or not (untimed or silent):
        return
    if untimed:
        count = "A dose has" if untimed == 1 else f"{untimed} doses have"
        text = f"{count} no time, so the gap to {_names(spaced)} is not known."
    else:
        text = f"Your list gives no time for {listed(silent)}, so no gap can be reckoned."
    yield Note(
        code="dose-time-missing",
        severity="info",
        title="A time is missing",
        text=text,
        why="What has no time is left open, not taken as far enough apart.",
        source=None,
        number="",
        learn=LEARN,
    )


def _called(rules: Iterable[Rule]) -> list[str]:
    return list(dict.fromkeys(rule.called for rule in rules))


def _names(lines: Sequence[object]) -> str:
    return "your medicine" if len(lines) == 1 else "your medicines"


# Words ---------------------------------------------------------------------------------------------


def clash_words(clash: Clash, lane: DayLane) -> str:
    """Say how near a dose was: "100 mg at 09:30 came 1 h 30 min after levothyroxine at 08:00, ..."."""
    rule, dose = clash.taking.rule, clash.dose
    amount = "A dose" if dose.magnesium_ug is None else mg(dose.magnesium_ug)
    order = "before" if clash.dose_first else "after"
    between = f"{apart(clash.minutes)} {order}" if clash.minutes else "together with"
    came = "came" if clash.minutes else "was taken"
    limit = "not more than" if rule.more_than else "less than"
    return (
        f"{amount} at {on_the_wall(clash.at, lane)} {came} {between} {rule.called} at "
        f"{on_the_wall(clash.taking.at, lane)}, {limit} the {hours(clash.needed_hours)} that the sources give"
    )


def apart(minutes: int) -> str:
    """Return a gap in words: "1 h 30 min", "4 h", "25 min"."""
    whole, rest = divmod(minutes, HOUR)
    parts = [f"{whole} h"] * bool(whole) + [f"{rest} min"] * bool(rest or not whole)
    return " ".join(parts)


def on_the_wall(moment: dt.datetime, lane: DayLane) -> str:
    """Return a moment as the wall shows it: "23:00", "23:00 the day before", "00:30 the day after"."""
    at = moment.astimezone(ZoneInfo(lane.tz)).strftime("%H:%M")
    if moment < lane.start:
        return f"{at} the day before"
    return at if moment < lane.end else f"{at} the day after"
