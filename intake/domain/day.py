"""PURE: the sum of a day, and which day and which part of it a moment belongs to."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

FOOD = "food"
WATER = "water"
ADDED = ("supplement", "medicine")
TOPICAL = "topical"

ALL_DAY = "all_day"
# The hour from which each part of the day counts; before the first of them it is night.
SLOT_STARTS = (
    (dt.time(4), "breakfast"),
    (dt.time(11), "lunch"),
    (dt.time(15), "snack"),
    (dt.time(17), "dinner"),
    (dt.time(21), "evening"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DayTotal:
    """The known magnesium of a day in µg by kind, and how many entries have a value and have none.

    `unknown_added` says how many of those without one are supplements or medicines: what they hold may
    reach the ceiling.
    """

    food_ug: int = 0
    water_ug: int = 0
    added_ug: int = 0  # supplements and medicines
    known: int = 0
    unknown: int = 0
    unknown_added: int = 0

    @property
    def total_ug(self) -> int | None:
        """The sum of what is known, in µg; None when nothing is known."""
        if self.known == 0:
            return None
        return self.food_ug + self.water_ug + self.added_ug

    @property
    def entries(self) -> int:
        """How many entries the day has."""
        return self.known + self.unknown


def sum_day(items: Iterable[tuple[str, int | None]]) -> DayTotal:
    """Return the total of entries given as (kind, magnesium in µg or None when not known).

    What goes on the skin counts 0 and as known, whatever it says. Raises ValueError for an unknown kind.
    """
    food = water = added = known = unknown = unknown_added = 0
    for kind, magnesium_ug in items:
        ug = 0 if kind == TOPICAL else magnesium_ug
        if ug is None:
            unknown += 1
            unknown_added += kind in ADDED
            ug = 0
        else:
            known += 1
        if kind == FOOD:
            food += ug
        elif kind == WATER:
            water += ug
        elif kind in ADDED:
            added += ug
        elif kind != TOPICAL:
            raise ValueError(f"no such kind of entry: {kind}")
    return DayTotal(
        food_ug=food,
        water_ug=water,
        added_ug=added,
        known=known,
        unknown=unknown,
        unknown_added=unknown_added,
    )


def local_day(now: dt.datetime, tz: str, starts_at: dt.time) -> dt.date:
    """Return the day a person is in: the date on their wall, or the one before it until `starts_at`.

    Only the clock on the wall is read, so a day of 23 or 25 hours needs no care. Raises ValueError if `now`
    is naive, and KeyError (ZoneInfoNotFoundError) for a zone that does not exist.
    """
    wall = _wall(now, tz)
    return wall.date() - dt.timedelta(days=1) if wall.time() < starts_at else wall.date()


def local_time(now: dt.datetime, tz: str) -> dt.time:
    """Return the time on a person's wall. Raises as `local_day` does."""
    return _wall(now, tz).time()


def slot_for(at: dt.time | None) -> str:
    """Return the part of the day a time lies in, its first minute included; "all_day" without a time."""
    if at is None:
        return ALL_DAY
    slot = "night"
    for start, name in SLOT_STARTS:
        if at >= start:
            slot = name
    return slot


def _wall(now: dt.datetime, tz: str) -> dt.datetime:
    if now.tzinfo is None:
        raise ValueError("a moment needs its zone")
    return now.astimezone(ZoneInfo(tz))
