"""Take a stack in one act, and undo it in one: each planned dose is logged once, whatever is sent twice."""

import datetime as dt
from collections.abc import Collection, Mapping
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F

from intake.domain.schedule import NEEDED
from intake.errors import Gone, IdTaken, NotThere
from intake.models import Entry, Routine, RoutineDose, RoutineItem, RoutinePlan, User
from intake.services.log import log_supplement
from intake.services.routines import routine_of
from intake.services.steps import check_day, hold, insert

OTHER_PLAN = "This stack is planned otherwise on this day. The page shows how."


@transaction.atomic
def take_stack(
    *,
    user: User,
    routine_id: UUID,
    day: dt.date,
    occasion: str,
    doses: Mapping[str, UUID],
    time: dt.time | None,
) -> list[Entry]:
    """Log the doses of an occasion that are named, by their product and the id of the entry each becomes.

    Return the entries, those of doses taken before among them. Raises NotThere, ValidationError if the plan
    of the day holds no such dose, Gone if an id is that of an entry taken off the day, IdTaken.
    """
    check_day(day)
    hold(user)
    routine = routine_of(user, routine_id)
    items = _planned(routine, day, occasion)
    if not doses:
        raise ValidationError("Choose at least one of the stack.")
    if not doses.keys() <= items.keys():
        raise ValidationError(OTHER_PLAN)
    linked = RoutineDose.objects.of(user).filter(routine=routine, day=day, occasion=occasion)
    before = {dose.entry_id: dose for dose in linked.filter(ref__in=doses).select_related("entry")}
    if occasion == NEEDED:
        before = {key: dose for key, dose in before.items() if key in doses.values()}
    taken = []
    for ref, entry_id in doses.items():
        known = [dose for dose in before.values() if dose.ref == ref]
        if standing := next((dose for dose in known if dose.stands), None):
            taken.append(standing.entry)
            continue
        if entry_id in before:
            raise Gone
        entry = _log(user, items[ref], day, time, entry_id)
        _link(routine, day, occasion, ref, entry)
        taken.append(entry)
    return taken


def _planned(routine: Routine, day: dt.date, occasion: str) -> dict[str, RoutineItem]:
    """Return the items that the plan of the day holds for an occasion. Raises ValidationError if none."""
    plans = RoutinePlan.objects.of(routine.user).filter(routine=routine, valid_from__lte=day)
    plan = plans.order_by("valid_from").last()
    if plan is None:
        raise ValidationError(OTHER_PLAN)
    if occasion not in [each.key for each in plan.schedule().offered_on(day)]:
        raise ValidationError(OTHER_PLAN)
    items = RoutineItem.objects.of(routine.user).filter(plan=plan).order_by("position")
    return {item.ref: item for item in items.select_related("product", "own_product")}


def _log(user: User, item: RoutineItem, day: dt.date, time: dt.time | None, entry_id: UUID) -> Entry:
    logged = log_supplement(
        user=user,
        day=day,
        product=item.taken_product,
        servings=item.servings,
        time=time,
        entry_id=entry_id,
    )
    return logged.entry


def _link(routine: Routine, day: dt.date, occasion: str, ref: str, entry: Entry) -> None:
    """Say which dose an entry is, in place of one that was undone. Raises IdTaken."""
    place = {"user": routine.user, "routine": routine, "day": day, "occasion": occasion, "ref": ref}
    if occasion != NEEDED:
        RoutineDose.objects.of(routine.user).filter(**place).delete()
    try:
        insert(RoutineDose(**place, entry=entry))
    except IntegrityError:  # the entry is a dose of another stack
        raise IdTaken from None


@transaction.atomic
def untake(*, user: User, routine_id: UUID, entry_ids: Collection[UUID], now: dt.datetime) -> int:
    """Take entries of a stack off their day, as deleting each would; return how many. Raises NotThere.

    Each can be brought back for 30 days.
    """
    hold(user)
    doses = RoutineDose.objects.of(user).filter(routine=routine_id, entry__in=entry_ids)
    keys = [*doses.values_list("entry", flat=True)]
    if not keys:
        raise NotThere
    entries = Entry.objects.of(user).kept().filter(pk__in=keys)
    return entries.update(deleted_at=now, version=F("version") + 1)
