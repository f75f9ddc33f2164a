"""A person's medicines and conditions: listed, taken off the list, erased by themselves."""

import datetime as dt
from collections.abc import Collection
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction

from intake.domain.schedule import EVERY_DAY
from intake.errors import NotThere
from intake.models import ListedMedicine, Profile, TickedCondition, User
from intake.services.steps import check, hold, insert

MAX_LISTED = 60


@transaction.atomic
def list_medicine(
    *, user: User, rule: str, times: Collection[dt.time] = (), weekdays: int = EVERY_DAY
) -> int:
    """List a class of medicines, a line for each time; return how many lines are new.

    Without times it is one line without. A time that stands there already takes the new weekdays. Raises
    ValidationError for a class there is no rule for, no weekday, or a list that is full.
    """
    hold(user)
    lines = ListedMedicine.objects.of(user)
    held = {(line.rule, line.at): line for line in lines.all()}
    asked: list[dt.time | None] = [at.replace(second=0, microsecond=0) for at in times]
    made = 0
    for at in dict.fromkeys(asked or [None]):
        line = held.get((rule, at)) or ListedMedicine(user=user, rule=rule, at=at)
        line.weekdays = weekdays
        check(line)
        if line._state.adding:
            made += 1
            insert(line)
        else:
            line.save(update_fields=["weekdays"])
    if asked:  # a time is known now
        lines.filter(rule=rule, at=None).delete()
    if lines.count() > MAX_LISTED:
        raise ValidationError(f"{MAX_LISTED} lines are enough. Take one off the list first.")
    _mark(user)
    return made


@transaction.atomic
def drop_medicine(*, user: User, medicine_id: UUID) -> None:
    """Take one line off the list. Raises NotThere."""
    hold(user)
    deleted, _ = ListedMedicine.objects.of(user).filter(id=medicine_id).delete()
    if not deleted:
        raise NotThere
    _mark(user)


@transaction.atomic
def erase_medicines(*, user: User) -> int:
    """Erase the whole list of medicines; return how many lines it had."""
    hold(user)
    deleted, _ = ListedMedicine.objects.of(user).delete()
    _mark(user)
    return deleted


@transaction.atomic
def tick_conditions(*, user: User, slugs: Collection[str]) -> None:
    """Keep these conditions and no others; none erases them all. Raises ValidationError for another word."""
    hold(user)
    held = TickedCondition.objects.of(user)
    held.exclude(slug__in=slugs).delete()
    there = set(held.values_list("slug", flat=True))
    for slug in dict.fromkeys(slugs):
        if slug not in there:
            ticked = TickedCondition(user=user, slug=slug)
            check(ticked)
            insert(ticked)
    _mark(user)


def _mark(user: User) -> None:
    """Say on the profile whether a day has anything of this to ask for."""
    used = ListedMedicine.objects.of(user).exists() or TickedCondition.objects.of(user).exists()
    Profile.objects.filter(user=user).update(has_timing=used)
    user.profile.has_timing = used
