"""PURE: days, ids and whole numbers from their text; what is out of reach or written otherwise is None."""

import datetime as dt
import re
from uuid import UUID

FIRST_DAY = dt.date(1900, 1, 1)
LAST_DAY = dt.date(2200, 1, 1)
KEY_DIGITS = 18  # what every BIGINT holds

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


def in_reach(day: dt.date) -> bool:
    """Say whether a day lies from `FIRST_DAY` to `LAST_DAY`, both included."""
    return FIRST_DAY <= day <= LAST_DAY


def day_from(text: object) -> dt.date | None:
    """Return the day of "2026-11-22"; None if there is no such day, or it is out of reach."""
    if not isinstance(text, str) or not _DAY.fullmatch(text):
        return None
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        return None
    return day if in_reach(day) else None


def uuid_from(text: object) -> UUID | None:
    """Return the UUID of its text with hyphens."""
    return UUID(text) if isinstance(text, str) and _UUID.fullmatch(text) else None


def whole_from(text: str, digits: int = KEY_DIGITS) -> int | None:
    """Return the number of at most so many plain digits, nothing else beside them."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= digits else None
