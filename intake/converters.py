"""Days and weeks in addresses; what is impossible is no address."""

import datetime as dt

from intake.domain.week import iso_week_days, week_name
from intake.domain.written import day_from


class DayConverter:
    """`2026-11-22` and the date."""

    regex = "[0-9]{4}-[0-9]{2}-[0-9]{2}"

    def to_python(self, value: str) -> dt.date:
        """Return the date. Raises ValueError if there is no such day, or it is out of reach."""
        day = day_from(value)
        if day is None:
            raise ValueError(value)
        return day

    def to_url(self, value: dt.date) -> str:
        """Return the address of a date."""
        return value.isoformat()


class WeekConverter:
    """`2026-W47` and (2026, 47)."""

    regex = "[0-9]{4}-W[0-9]{2}"

    def to_python(self, value: str) -> tuple[int, int]:
        """Return the ISO year and week. Raises ValueError if there is no such week."""
        year, week = int(value[:4]), int(value[6:])
        iso_week_days(year, week)
        return year, week

    def to_url(self, value: str | tuple[int, int]) -> str:
        """Return the address of a week given by name or by year and number."""
        return value if isinstance(value, str) else week_name(iso_week_days(*value)[0])
