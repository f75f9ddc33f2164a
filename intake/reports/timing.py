"""What a person lists of medicines and conditions, and what it makes of a day."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from intake.domain.conditions import Condition, condition_notes, condition_of
from intake.domain.note import Note
from intake.domain.schedule import ONE_DAY, moment_of, weekdays_text
from intake.domain.spacing import DayLane, Dose, Listed, Rule, day_lane, rule_of
from intake.domain.timing_notes import timing_notes
from intake.models import ADDED, Entry, Kind, ListedMedicine, Profile, TickedCondition, User


@dataclass(frozen=True, slots=True, kw_only=True)
class MedicineRow:
    """A line of the list as its page shows it; `at` is None where no time was said."""

    id: UUID
    rule: Rule
    at: dt.time | None
    weekdays: int

    @property
    def days(self) -> str:
        """The days in words."""
        return weekdays_text(self.weekdays)


@dataclass(frozen=True, slots=True, kw_only=True)
class DayTiming:
    """What timing makes of a day: its lane (None where there is nothing to draw) and its notes."""

    lane: DayLane | None
    notes: tuple[Note, ...]


def medicine_rows(user: User) -> tuple[MedicineRow, ...]:
    """Return the person's list, class by class, the earliest time first. One query."""
    lines = ListedMedicine.objects.of(user)
    rows = [
        MedicineRow(id=line.id, rule=rule, at=line.at, weekdays=line.weekdays)
        for line in lines
        if (rule := rule_of(line.rule))
    ]
    return tuple(sorted(rows, key=lambda row: (row.rule.name, row.at is None, row.at or dt.time.min)))


def conditions_of(user: User) -> tuple[Condition, ...]:
    """Return the conditions the person ticked. One query."""
    slugs = TickedCondition.objects.of(user).values_list("slug", flat=True)
    return tuple(condition for slug in slugs if (condition := condition_of(slug)))


def day_timing(user: User, day: dt.date, entries: Sequence[Entry]) -> DayTiming:
    """Return a day's lane and notes from its entries.

    Asks nothing for a person who lists nothing; else two queries, and one more for the doses of the days
    beside it where a medicine has a time.
    """
    profile: Profile = user.profile
    listed: tuple[Listed, ...] = ()
    notes: list[Note] = []
    if profile.has_timing:
        listed = tuple(Listed(rule=row.rule, at=row.at, weekdays=row.weekdays) for row in medicine_rows(user))
        if any(entry.kind in (*ADDED, Kind.TOPICAL) for entry in entries):
            notes += condition_notes(condition.slug for condition in conditions_of(user))
    added = [entry for entry in entries if entry.kind in ADDED and entry.magnesium_ug != 0]
    beside = _beside(user, day) if any(line.at and line.rule.mode == "space" for line in listed) else ()
    lane = day_lane(
        day,
        tz=added[-1].tz if added else profile.tz,
        starts_at=profile.day_starts_at,
        doses=_doses((*added, *beside), profile.day_starts_at),
        listed=listed,
    )
    shown = bool(lane.timed or lane.spans or any(line.rule.mode == "avoid" for line in lane.listed))
    return DayTiming(lane=lane if shown else None, notes=(*timing_notes(lane), *notes))


def _beside(user: User, day: dt.date) -> Iterable[Entry]:
    """Return the doses with a time of the day before and of the day after."""
    days = (day - ONE_DAY, day + ONE_DAY)
    doses = Entry.objects.of(user).kept().filter(day__in=days, kind__in=ADDED, at__isnull=False)
    return doses.exclude(magnesium_ug=0).only("day", "at", "tz", "label", "magnesium_ug")


def _doses(entries: Iterable[Entry], starts_at: dt.time) -> Iterable[Dose]:
    for entry in entries:
        yield Dose(
            day=entry.day,
            at=None if entry.at is None else moment_of(entry.day, entry.at, entry.tz, starts_at),
            label=entry.label,
            magnesium_ug=entry.magnesium_ug,
        )
