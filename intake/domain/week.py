"""PURE: seven days, which of them count, and their mean."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from intake.domain.aim import Aim
from intake.domain.band import Standing
from intake.domain.day import DayTotal
from intake.domain.written import FIRST_DAY, LAST_DAY

PARTIAL = "partial"
NOT_TRACKED = "not_tracked"
FIRST_YEAR = FIRST_DAY.year
LAST_YEAR = LAST_DAY.year - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekDay:
    """A day of a week: its total (None: nothing logged), what it is held against, and the person's mark."""

    day: dt.date
    total: DayTotal | None
    aim: Aim
    standing: Standing | None
    mark: str | None = None

    @property
    def counts(self) -> bool:
        """Whether the day was logged and is not marked partial or not tracked."""
        return self.total is not None and self.mark not in (PARTIAL, NOT_TRACKED)

    @property
    def over_ceiling(self) -> bool:
        """Whether added magnesium went above the day's ceiling; on it is not above."""
        ceiling_ug = self.aim.ceiling_ug
        return self.total is not None and ceiling_ug is not None and self.total.added_ug > ceiling_ug


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekMean:
    """Means in µg over `days` days that count and have a known value; None over no day."""

    days: int
    mean_ug: int | None = None
    food_ug: int | None = None
    water_ug: int | None = None
    added_ug: int | None = None


def week_mean(days: Iterable[WeekDay]) -> WeekMean:
    """Return means over the days that count and have a known value, each rounded once, half up, to 1 µg."""
    totals = [day.total for day in days if day.counts and day.total is not None]
    totals = [total for total in totals if total.total_ug is not None]
    count = len(totals)
    if not count:
        return WeekMean(days=0)
    food = sum(total.food_ug for total in totals)
    water = sum(total.water_ug for total in totals)
    added = sum(total.added_ug for total in totals)
    return WeekMean(
        days=count,
        mean_ug=_half_up(food + water + added, count),
        food_ug=_half_up(food, count),
        water_ug=_half_up(water, count),
        added_ug=_half_up(added, count),
    )


def iso_week_days(year: int, week: int) -> tuple[dt.date, ...]:
    """Return the seven days of an ISO week, Monday first.

    Raises ValueError for a week the year does not have, or a year outside 1900 to 2199.
    """
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"year out of reach: {year}")
    return tuple(dt.date.fromisocalendar(year, week, weekday) for weekday in range(1, 8))


def week_name(day: dt.date) -> str:
    """Return the ISO week of a day: "2026-W47"."""
    year, week, _ = day.isocalendar()
    return f"{year:04}-W{week:02}"


def _half_up(total: int, count: int) -> int:
    return (2 * total + count) // (2 * count)
