"""What a signed-in request carries, and the person's own clock."""

import datetime as dt

from django.http import HttpRequest
from django.utils import timezone
from django_htmx.middleware import HtmxDetails

from intake.domain.day import local_day, local_time, slot_for
from intake.models import FIRST_DAY, LAST_DAY, User


class PersonRequest(HttpRequest):
    """A request of somebody signed in, as the middleware leaves it."""

    user: User
    htmx: HtmxDetails


def today_of(user: User) -> dt.date:
    """Return the day it is for this person now."""
    return local_day(timezone.now(), user.profile.tz, user.profile.day_starts_at)


def day_asked(request: PersonRequest) -> dt.date:
    """Return the day the address names as `?day=`, else the day it is for this person."""
    try:
        day = dt.date.fromisoformat(request.GET.get("day", ""))
    except ValueError:
        return today_of(request.user)
    return day if FIRST_DAY <= day <= LAST_DAY else today_of(request.user)


def clock_on(user: User, day: dt.date) -> dict[str, dt.time | str | None]:
    """Return the `now` (None on another day than today) and the `slot` that a new entry gets."""
    now = time_of(user)
    return {"now": now if day == today_of(user) else None, "slot": slot_for(now)}


def time_of(user: User) -> dt.time:
    """Return the wall-clock time it is for this person now, to the minute."""
    return local_time(timezone.now(), user.profile.tz).replace(second=0, microsecond=0)
