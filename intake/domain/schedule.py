"""PURE: stacks over time: on which days and at which times each is planned, and the moments these are."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from intake.domain.wording import listed

SCHEDULED, AS_NEEDED, STOPPED = "scheduled", "as_needed", "stopped"

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
EVERY_DAY, WORKDAYS, WEEKEND = 0b1111111, 0b0011111, 0b1100000  # bit 0 is Monday
MAX_TIMES = 4
ANY_TIME = "any"  # the one occasion of a day that has no time
NEEDED = "needed"  # taken as needed: never planned
ONE_DAY = dt.timedelta(days=1)
WEEK = 7


@dataclass(frozen=True, slots=True)
class Occasion:
    """One time a stack is planned on a day; `at` is None where any time will do."""

    key: str  # "21:00", "any", or "needed"
    at: dt.time | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """How a stack goes from a day on, until the next one of it begins.

    `weekdays` has a bit for each day it is planned on, bit 0 for Monday; the days are those the person
    names, not the calendar's. Without `times` it is planned once, at any time. `refs` are its products.
    """

    valid_from: dt.date
    mode: str = SCHEDULED
    weekdays: int = EVERY_DAY
    times: tuple[dt.time, ...] = ()
    refs: frozenset[str] = frozenset()

    @property
    def occasions(self) -> tuple[Occasion, ...]:
        """The occasions of a day it is planned on, earliest first."""
        if self.mode != SCHEDULED:
            return ()
        return tuple(Occasion(time_key(at), at) for at in self.times) or (Occasion(ANY_TIME, None),)

    def occasions_on(self, day: dt.date) -> tuple[Occasion, ...]:
        """Return the occasions of a day."""
        return self.occasions if is_among(self.weekdays, day) else ()

    def offered_on(self, day: dt.date) -> tuple[Occasion, ...]:
        """Return what can be taken on a day: its occasions, or the one of what is taken as needed."""
        return (Occasion(NEEDED, None),) if self.mode == AS_NEEDED else self.occasions_on(day)


def time_key(at: dt.time) -> str:
    """Return a time as it stands in a key: "21:00"."""
    return at.strftime("%H:%M")


def times_from(text: str) -> tuple[dt.time, ...]:
    """Return the times of "08:00 21:00", as `times_text` writes them. Raises ValueError for another text."""
    return tuple(dt.time.fromisoformat(word) for word in text.split())


def times_text(times: Iterable[dt.time]) -> str:
    """Return times as they are kept: each once, to the minute, earliest first."""
    return " ".join(sorted({time_key(at) for at in times}))


def weekdays_of(days: Iterable[int]) -> int:
    """Return a bit for each day, 0 for Monday; none is every day."""
    return sum(1 << day for day in set(days)) or EVERY_DAY


def is_among(weekdays: int, day: dt.date) -> bool:
    """Say whether a day is among those of the bits."""
    return bool(weekdays >> day.weekday() & 1)


def days_of(weekdays: int) -> list[int]:
    """Return the days of the bits, 0 for Monday."""
    return [day for day in range(WEEK) if weekdays >> day & 1]


def weekdays_text(weekdays: int) -> str:
    """Return days in words: "every day", "Monday to Friday", "Mon, Wed and Fri"."""
    whole = {EVERY_DAY: "every day", WORKDAYS: "Monday to Friday", WEEKEND: "Saturday and Sunday"}
    return whole.get(weekdays) or listed([DAYS[day] for day in days_of(weekdays)])


def schedule_words(schedule: Schedule) -> str:
    """Return a schedule in words: "every day at 08:00 and 21:00", "as needed", "stopped"."""
    if schedule.mode != SCHEDULED:
        return {AS_NEEDED: "as needed", STOPPED: "stopped"}[schedule.mode]
    at = f" at {listed([time_key(time) for time in schedule.times])}" if schedule.times else ", at any time"
    return weekdays_text(schedule.weekdays) + at


def schedule_on(schedules: Sequence[Schedule], day: dt.date) -> Schedule | None:
    """Return how a stack goes on a day, of its schedules given earliest first; None before the first."""
    began = [schedule for schedule in schedules if schedule.valid_from <= day]
    return began[-1] if began else None


# Taken of planned ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Adherence:
    """How many of the doses planned from `since` to `until`, both included, were taken."""

    since: dt.date
    until: dt.date
    planned: int
    taken: int


def adherence(
    schedules: Sequence[Schedule], taken: Iterable[tuple[dt.date, str, str]], until: dt.date
) -> Adherence | None:
    """Return what was taken of what was planned since a stack began; None if nothing was planned by `until`.

    `taken` are (day, occasion, product). A dose that the plan of its day does not hold counts on neither
    side; nor do days before the first schedule, days that are stopped, and what is taken as needed.
    """
    planned = 0
    for number, schedule in enumerate(schedules):
        ends = schedules[number + 1].valid_from - ONE_DAY if number + 1 < len(schedules) else until
        days = count_days(schedule.valid_from, min(ends, until), schedule.weekdays)
        planned += days * len(schedule.occasions) * len(schedule.refs)
    if not planned:
        return None
    counted = sum(day <= until and _holds(schedules, day, key, ref) for day, key, ref in set(taken))
    return Adherence(since=schedules[0].valid_from, until=until, planned=planned, taken=counted)


def count_days(first: dt.date, last: dt.date, weekdays: int) -> int:
    """Return how many days from `first` to `last`, both included, are among the weekdays; 0 if none are."""
    weeks, rest = divmod(max((last - first).days + 1, 0), WEEK)
    odd = sum(weekdays >> (first.weekday() + after) % WEEK & 1 for after in range(rest))
    return weeks * weekdays.bit_count() + odd


def _holds(schedules: Sequence[Schedule], day: dt.date, key: str, ref: str) -> bool:
    schedule = schedule_on(schedules, day)
    if schedule is None or ref not in schedule.refs:
        return False
    return any(occasion.key == key for occasion in schedule.occasions_on(day))


# Moments -------------------------------------------------------------------------------------------


def moment_of(day: dt.date, at: dt.time, tz: str, starts_at: dt.time) -> dt.datetime:
    """Return the moment, in UTC, at which a wall shows a time of a day that begins at `starts_at`.

    A time before that stands on the next date. One that the clocks skip is moved on by what they skip; of
    one they show twice it is the first.
    """
    date = day + ONE_DAY if at < starts_at else day
    return dt.datetime.combine(date, at, ZoneInfo(tz)).astimezone(dt.UTC)


def next_moment(
    stacks: Iterable[Sequence[Schedule]], after: dt.datetime, tz: str, starts_at: dt.time
) -> dt.datetime | None:
    """Return the first moment after a given one at which a stack is planned, in UTC; None if there is none.

    `stacks` are the schedules of each stack, earliest first. What has no time has no moment.
    """
    found = [
        moment
        for schedules in stacks
        for day in _days_to_look_at(schedules, after.astimezone(ZoneInfo(tz)).date())
        if (schedule := schedule_on(schedules, day))
        for occasion in schedule.occasions_on(day)
        if occasion.at and (moment := moment_of(day, occasion.at, tz, starts_at)) > after
    ]
    return min(found, default=None)


def _days_to_look_at(schedules: Sequence[Schedule], today: dt.date) -> Iterable[dt.date]:
    """Return the day before, today and a week after them, and the first week of what begins later."""
    later = [schedule.valid_from for schedule in schedules if schedule.valid_from > today]
    for first in (today - ONE_DAY, *later):
        for after in range(WEEK + 2):
            yield first + after * ONE_DAY
