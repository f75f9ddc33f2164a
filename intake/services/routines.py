"""Stacks: make one, change it from a day on, stop it, throw it away. What was planned before stays."""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from uuid6 import uuid7

from intake.domain.schedule import EVERY_DAY, MAX_TIMES, times_text
from intake.errors import IdTaken, NotThere
from intake.models import OwnProduct, Profile, Routine, RoutineItem, RoutinePlan, User
from intake.services.reminding import settle_reminder
from intake.services.steps import check, check_day, clean, contents, hold, insert, milli, write
from supplements.models import Product

MAX_ITEMS = 20
MAX_ROUTINES = 50

Mode = RoutinePlan.Mode

_PLAN = ("valid_from", "mode", "weekdays", "times")
_ITEM = ("product_id", "own_product_id", "servings_milli")


@dataclass(frozen=True, slots=True)
class ItemInput:
    """A product of a stack, and how many servings of it at each time."""

    product: Product | OwnProduct
    servings: Decimal = Decimal(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanInput:
    """How a stack is to go: `weekdays` with a bit for each day, 1 for Monday; no times: at any time."""

    items: Sequence[ItemInput]
    mode: str = Mode.SCHEDULED
    weekdays: int = EVERY_DAY
    times: Collection[dt.time] = field(default=())


@transaction.atomic
def make_routine(
    *,
    user: User,
    name: str,
    plan: PlanInput,
    today: dt.date,
    now: dt.datetime,
    valid_from: dt.date | None = None,
    routine_id: UUID | None = None,
) -> Routine:
    """Return a new stack that begins on `valid_from`, else today; the same id, name and plan are that one.

    Raises ValidationError, IdTaken if the id stands for something else.
    """
    hold(user)
    routine = Routine(id=routine_id or uuid7(), user=user, name=clean(name, "name", limit=80))
    if before := Routine.objects.of(user).filter(id=routine.id).first():
        if before.name != routine.name or not _began_so(before, plan, valid_from):
            raise IdTaken
        return before
    if Routine.objects.of(user).count() >= MAX_ROUTINES:
        raise ValidationError(f"You have {MAX_ROUTINES} stacks. Delete one you no longer use first.")
    check(routine)
    try:
        insert(routine)
    except IntegrityError:
        raise IdTaken from None
    _put_plan(routine, plan, valid_from or today)
    _keep_flag(user, True)
    settle_reminder(user, now)
    return routine


@transaction.atomic
def change_routine(
    *,
    user: User,
    routine_id: UUID,
    name: str,
    plan: PlanInput,
    today: dt.date,
    now: dt.datetime,
    valid_from: dt.date | None = None,
) -> Routine:
    """Let a stack go otherwise from `valid_from` on, else from today; the days before keep their plan.

    What was to change later than that is replaced. Raises NotThere, ValidationError, also for a past day.
    """
    hold(user)
    routine = routine_of(user, routine_id)
    valid_from = valid_from or today
    if valid_from < today:
        raise ValidationError({"valid_from": "What was planned on past days stays: from today on, or later."})
    routine.name = clean(name, "name", limit=80)
    check(routine)
    write(routine, only=["name"])
    _put_plan(routine, plan, valid_from)
    settle_reminder(user, now)
    return routine


@transaction.atomic
def stop_routine(*, user: User, routine_id: UUID, today: dt.date, now: dt.datetime) -> None:
    """Plan nothing of a stack from today on. Raises NotThere."""
    hold(user)
    _put_plan(routine_of(user, routine_id), PlanInput(items=(), mode=Mode.STOPPED), today)
    settle_reminder(user, now)


@transaction.atomic
def remove_routine(*, user: User, routine_id: UUID, now: dt.datetime) -> None:
    """Throw a stack away with all its plans; what was taken stays in the diary. Raises NotThere."""
    hold(user)
    routine_of(user, routine_id).delete()
    _keep_flag(user, Routine.objects.of(user).exists())
    settle_reminder(user, now)


def routine_of(user: User, routine_id: UUID) -> Routine:
    """Return a person's stack. Raises NotThere."""
    routine: Routine | None = Routine.objects.of(user).filter(id=routine_id).first()
    if routine is None:
        raise NotThere
    return routine


def _put_plan(routine: Routine, asked: PlanInput, valid_from: dt.date) -> None:
    """Save how a stack goes from a day on, in place of what was to begin on that day or later."""
    check_day(valid_from, "valid_from")
    RoutinePlan.objects.of(routine.user).filter(routine=routine, valid_from__gte=valid_from).delete()
    plan, items = _rows(routine, asked, valid_from)
    check(plan)
    insert(plan)
    RoutineItem.objects.bulk_create(items)


def _began_so(routine: Routine, asked: PlanInput, valid_from: dt.date | None) -> bool:
    """Say whether the first plan of a stack is the one that is asked for."""
    plans = RoutinePlan.objects.of(routine.user).filter(routine=routine)
    first = plans.earliest("valid_from")
    items = RoutineItem.objects.of(routine.user).filter(plan=first).order_by("position")
    plan, asked_items = _rows(routine, asked, valid_from or first.valid_from)
    return contents([first], _PLAN) == contents([plan], _PLAN) and (
        contents(items, _ITEM) == contents(asked_items, _ITEM)
    )


def _rows(
    routine: Routine, asked: PlanInput, valid_from: dt.date
) -> tuple[RoutinePlan, Sequence[RoutineItem]]:
    """Return a plan and its items as they are kept. Raises ValidationError."""
    times = asked.times if asked.mode == Mode.SCHEDULED else ()
    if len(set(times)) > MAX_TIMES:
        raise ValidationError({"times": f"At most {MAX_TIMES} times a day."})
    plan = RoutinePlan(
        user=routine.user,
        routine=routine,
        valid_from=valid_from,
        mode=asked.mode,
        weekdays=asked.weekdays,
        times=times_text(times),
    )
    return plan, [] if asked.mode == Mode.STOPPED else list(_items(plan, asked.items))


def _items(plan: RoutinePlan, asked: Sequence[ItemInput]) -> Iterable[RoutineItem]:
    if not 0 < len(asked) <= MAX_ITEMS:
        raise ValidationError({"items": f"A stack holds 1 to {MAX_ITEMS} products."})
    if len({str(item.product.pk) for item in asked}) < len(asked):
        raise ValidationError({"items": "Each product stands in a stack once; give it more servings."})
    for position, item in enumerate(asked):
        product = item.product
        yield RoutineItem(
            user=plan.user,
            plan=plan,
            position=position,
            product=product if isinstance(product, Product) else None,
            own_product=product if isinstance(product, OwnProduct) else None,
            servings_milli=milli(item.servings, "items"),
        )


def _keep_flag(user: User, has_stacks: bool) -> None:
    Profile.objects.filter(user=user).update(has_stacks=has_stacks)
    user.profile.has_stacks = has_stacks
