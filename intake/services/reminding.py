"""When a person is to be reminded next: reckoned anew by whatever moves it."""

import datetime as dt
from collections.abc import Iterable, Mapping

from intake.domain.schedule import Schedule, next_moment
from intake.models import Profile, RoutinePlan, User


def settle_reminder(user: User, now: dt.datetime) -> None:
    """Reckon a person's next reminder after `now`. One or three queries."""
    profile = Profile.objects.get(user=user)
    remind_at = None
    if profile.reminders:
        remind_at = next_reminder(profile, schedules_of([user.pk]).get(user.pk, []), now)
    Profile.objects.filter(user=user).update(remind_at=remind_at)
    user.profile.remind_at = remind_at


def next_reminder(
    profile: Profile, stacks: Iterable[list[Schedule]], after: dt.datetime
) -> dt.datetime | None:
    """Return the next moment at which a stack is planned, on the clock of the person's settings."""
    return next_moment(stacks, after, profile.tz, profile.day_starts_at)


def schedules_of(user_ids: Iterable[int]) -> Mapping[int, list[list[Schedule]]]:
    """Return the schedules of each person's stacks, without their products. One query."""
    found: dict[int, dict[object, list[Schedule]]] = {}
    plans = RoutinePlan.objects.filter(user__in=[*user_ids]).order_by("user", "routine", "valid_from")
    for plan in plans:
        stacks = found.setdefault(plan.user_id, {})
        stacks.setdefault(plan.routine_id, []).append(plan.schedule())
    return {user_id: [*stacks.values()] for user_id, stacks in found.items()}
