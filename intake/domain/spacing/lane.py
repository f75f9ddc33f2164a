"""PURE: a day's doses of added magnesium beside the medicines of its list, by the moments they were taken.

Moments are aware and compared as such: the gap between two times is what a stopwatch would count, on a day of
23 or 25 hours, too.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from intake.domain.schedule import EVERY_DAY, ONE_DAY, is_among, moment_of
from intake.domain.spacing.rule import Rule


@dataclass(frozen=True, slots=True, kw_only=True)
class Dose:
    """A supplement or medicine with magnesium, as logged on a day; `at` is None where no time was said."""

    day: dt.date
    at: dt.datetime | None
    label: str
    magnesium_ug: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A line of a person's list: a class of medicines, a time on the wall (None: not said), weekdays.

    `weekdays` has a bit for each day, bit 0 for Monday; days are those the person names.
    """

    rule: Rule
    at: dt.time | None
    weekdays: int = EVERY_DAY

    def is_on(self, day: dt.date) -> bool:
        """Say whether the line is for this day."""
        return is_among(self.weekdays, day)


@dataclass(frozen=True, slots=True, kw_only=True)
class Taking:
    """A medicine at a moment, by the list."""

    rule: Rule
    day: dt.date
    at: dt.datetime

    @property
    def starts(self) -> dt.datetime:
        """From when magnesium is kept away."""
        return self.at - dt.timedelta(hours=self.rule.hours_after or 0)

    @property
    def ends(self) -> dt.datetime:
        """Until when magnesium is kept away."""
        return self.at + dt.timedelta(hours=self.rule.hours_before or 0)

    def is_near(self, moment: dt.datetime) -> bool:
        """Say whether magnesium at a moment is nearer than the gap; at the gap itself it is not."""
        if self.rule.mode != "space":
            return False
        if self.rule.more_than:
            return self.starts <= moment <= self.ends
        return self.starts < moment < self.ends


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """The part of a day that a medicine keeps magnesium out of; `taking` may lie on the day beside it."""

    taking: Taking
    start: dt.datetime
    end: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Clash:
    """A dose nearer to a medicine than its gap."""

    taking: Taking
    dose: Dose
    at: dt.datetime  # of the dose

    @property
    def minutes(self) -> int:
        """How far apart they are."""
        return int(abs(self.at - self.taking.at).total_seconds()) // 60

    @property
    def dose_first(self) -> bool:
        """Whether magnesium came first."""
        return self.at < self.taking.at

    @property
    def needed_hours(self) -> int:
        """The gap there is for this order."""
        rule = self.taking.rule
        return (rule.hours_after if self.dose_first else rule.hours_before) or 0


@dataclass(frozen=True, slots=True, kw_only=True)
class DayLane:
    """A day from its first moment to its end, with what was taken and what the list keeps apart.

    `doses` are those of the day, the earliest first and those without a time last. `spans` have a gap that
    reaches into the day. A clash has its dose or its medicine on the day. `listed` are the lines for the day.
    """

    day: dt.date
    tz: str
    start: dt.datetime
    end: dt.datetime
    doses: tuple[Dose, ...]
    spans: tuple[Span, ...]
    clashes: tuple[Clash, ...]
    listed: tuple[Listed, ...]

    @property
    def timed(self) -> tuple[tuple[dt.datetime, Dose], ...]:
        """The doses that have a time."""
        return tuple((dose.at, dose) for dose in self.doses if dose.at is not None)


def day_lane(
    day: dt.date, *, tz: str, starts_at: dt.time, doses: Iterable[Dose], listed: Sequence[Listed]
) -> DayLane:
    """Return the lane of a day. `doses` are those of the day and of the days beside it.

    The day runs from `starts_at` on the wall to the same time of the next, in the zone `tz`.
    """
    given = tuple(doses)
    days = (day - ONE_DAY, day, day + ONE_DAY)
    takings = sorted(
        (
            Taking(rule=line.rule, day=on, at=moment_of(on, line.at, tz, starts_at))
            for on in days
            for line in listed
            if line.at is not None and line.is_on(on)
        ),
        key=lambda taking: taking.at,
    )
    start, end = (moment_of(on, starts_at, tz, starts_at) for on in days[1:])
    return DayLane(
        day=day,
        tz=tz,
        start=start,
        end=end,
        doses=tuple(sorted((dose for dose in given if dose.day == day), key=_by_time)),
        spans=tuple(
            Span(taking=taking, start=max(taking.starts, start), end=min(taking.ends, end))
            for taking in takings
            if taking.rule.mode == "space" and taking.starts < end and taking.ends > start
        ),
        clashes=tuple(
            Clash(taking=taking, dose=dose, at=dose.at)
            for taking in takings
            for dose in given
            if dose.at is not None and day in (dose.day, taking.day) and taking.is_near(dose.at)
        ),
        listed=tuple(line for line in listed if line.is_on(day)),
    )


def _by_time(dose: Dose) -> tuple[bool, dt.datetime]:
    return dose.at is None, dose.at or dt.datetime.min.replace(tzinfo=dt.UTC)
