"""Targets, settings, keys, and the end of an account."""

import datetime as dt
import hashlib
import secrets
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from uuid6 import uuid7

from intake.domain.references import ADULT_AGE
from intake.errors import NotThere
from intake.models import FIRST_DAY, ApiToken, Entry, Profile, Target, User, in_force
from intake.services.contributions import forget_contributions
from intake.services.reminding import settle_reminder
from intake.services.steps import check, check_day, clean, hold, insert, write

MOVES_REMINDERS = {"tz", "day_starts_at"}


@transaction.atomic
def set_target(*, user: User, today: dt.date, valid_from: dt.date | None = None, **changes: Any) -> Target:
    """Change what days are held against, from `valid_from` on; what is not named stays as it was then.

    Without `valid_from` a first choice holds for every day, a later one from today on.
    Changes: body, sex, birth_year, life_stage, ceiling_body (None: that of `body`), low_ug, high_ug,
    ceiling_ug. Raises ValidationError for a value out of range, a band out of order, a birth year after
    `today`'s, a life stage under 18.
    """
    hold(user)  # two first choices at once are one after the other
    targets = list(Target.objects.of(user).order_by("valid_from"))
    if valid_from is None:
        valid_from = today if targets else FIRST_DAY
    check_day(valid_from, "valid_from")
    target = in_force(targets, valid_from) or Target(user=user)
    if target.valid_from != valid_from:
        target.pk, target.valid_from = uuid7(), valid_from
        target._state.adding = True
    for name, value in changes.items():
        setattr(target, name, value)
    check(target)
    if problems := _problems(target, today):
        raise ValidationError(problems)
    write(target)
    return target


def _problems(target: Target, today: dt.date) -> dict[str, str]:
    """Return what does not fit between the values of a target, by field."""
    found = {}
    low_ug, high_ug, born = target.low_ug, target.high_ug, target.birth_year
    if (low_ug is None) != (high_ug is None):
        found["high_ug" if high_ug is None else "low_ug"] = "A band needs both of its edges."
    elif low_ug is not None and high_ug is not None and low_ug > high_ug:
        found["high_ug"] = "The high edge lies at or above the low edge."
    if born is not None and born > today.year:
        found["birth_year"] = f"The year lies between {FIRST_DAY.year} and {today.year}."
    elif born is not None and target.life_stage and today.year - born < ADULT_AGE:
        found["life_stage"] = (
            f"Life stages are held for people of {ADULT_AGE} and over; set your own numbers."
        )
    return found


@transaction.atomic
def change_profile(*, user: User, **changes: Any) -> Profile:
    """Change the time zone, the start of the day, the tap water, the glass or whether to send reminders.

    Raises ValidationError.
    """
    profile = Profile.objects.get(user=user)
    for name, value in changes.items():
        setattr(profile, name, value)
    check(profile)
    write(profile, only=changes)
    user.profile = profile
    if "reminders" in changes or (profile.reminders and changes.keys() & MOVES_REMINDERS):
        settle_reminder(user, timezone.now())
    return profile


@transaction.atomic
def make_token(*, user: User, name: str, at_most: int | None = None) -> str:
    """Return a new key to the REST interface: shown once, kept only as a digest.

    Raises ValidationError for a name that does not fit, or if the person has `at_most` already.
    """
    hold(user)
    if at_most is not None and ApiToken.objects.of(user).count() >= at_most:
        raise ValidationError(f"You have {at_most} tokens. Revoke one you no longer use first.")
    raw = secrets.token_urlsafe(32)
    insert(ApiToken(user=user, name=clean(name, "name", limit=80), digest=token_digest(raw)))
    return raw


def token_digest(raw: str) -> str:
    """Return what is kept of a key: enough for 256 random bits, no salt needed."""
    return hashlib.sha256(raw.encode()).hexdigest()


def revoke_token(*, user: User, token_id: UUID) -> None:
    """Make a key worthless. Raises NotThere."""
    deleted, _ = ApiToken.objects.of(user).filter(id=token_id).delete()
    if not deleted:
        raise NotThere


def delete_account(*, user: User) -> None:
    """Erase the person and every row of theirs, now."""
    with transaction.atomic():
        User.objects.select_for_update().get(pk=user.pk)  # nothing more is logged from here on
        forget_contributions(user)
        Entry.objects.of(user).delete()  # first: entries restrict the own foods they were logged from
        user.delete()
