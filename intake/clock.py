"""The person's own clock: which day and what time it is for them now."""

import datetime as dt

from django.utils import timezone

from intake.domain.day import local_day, local_time
from intake.models import User


def today_of(user: User) -> dt.date:
    """Return the day it is for this person now."""
    return local_day(timezone.now(), user.profile.tz, user.profile.day_starts_at)


def time_of(user: User) -> dt.time:
    """Return the wall-clock time it is for this person now, to the minute."""
    return local_time(timezone.now(), user.profile.tz).replace(second=0, microsecond=0)
