"""What a signed-in request carries, and the day it is about."""

import datetime as dt

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from intake.clock import time_of, today_of
from intake.domain.day import slot_for
from intake.domain.written import day_from
from intake.models import User


class PersonRequest(HttpRequest):
    """A request of somebody signed in, as the middleware leaves it."""

    user: User
    htmx: HtmxDetails


def day_asked(request: PersonRequest) -> dt.date:
    """Return the day the address names as `?day=`, else the day it is for this person."""
    return day_from(request.GET.get("day", "")) or today_of(request.user)


def clock_on(user: User, day: dt.date) -> dict[str, dt.time | str | None]:
    """Return the `now` (None on another day than today) and the `slot` that a new entry gets."""
    now = time_of(user)
    return {"now": now if day == today_of(user) else None, "slot": slot_for(now)}


def seen_figure(magnesium_ug: int | None) -> str:
    """Return what a form carries to say which figure the person saw before it is kept."""
    return "unknown" if magnesium_ug is None else str(magnesium_ug)
