"""A person's stacks: how each goes, what is to change, and how it was kept."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from intake.domain.schedule import (
    NEEDED,
    ONE_DAY,
    STOPPED,
    Adherence,
    Schedule,
    adherence,
    schedule_on,
    schedule_words,
)
from intake.models import Routine, RoutineDose, RoutineItem, RoutinePlan, User
from intake.reports.plan import adds_ug, amount_of, items_of


@dataclass(frozen=True, slots=True, kw_only=True)
class StackRow:
    """A stack on the page of all: how it goes on a day, what is to change, and how it was kept."""

    routine_id: UUID
    name: str
    words: str
    stopped: bool
    began_on: dt.date
    items: tuple[str, ...]
    adds_ug: int | None  # the known magnesium of one taking
    unknown: int
    changes_on: dt.date | None  # the next plan that begins later
    kept: Adherence | None  # up to the day before: a day is counted when it is over


def stack_rows(user: User, today: dt.date) -> list[StackRow]:
    """Return the person's stacks by name, those that are stopped last. Three queries."""
    plans = defaultdict(list)
    for plan in RoutinePlan.objects.of(user).select_related("routine").order_by("valid_from"):
        plans[plan.routine].append(plan)
    items = items_of(user, [plan for own in plans.values() for plan in own])
    taken: dict[UUID, list[tuple[dt.date, str, str]]] = defaultdict(list)
    doses = RoutineDose.objects.of(user).standing()
    for routine_id, day, occasion, ref in doses.values_list("routine", "day", "occasion", "ref"):
        taken[routine_id].append((day, occasion, ref))
    rows = [_row(routine, own, items, taken[routine.pk], today) for routine, own in plans.items()]
    return sorted(rows, key=lambda row: (row.stopped, row.name.casefold()))


def _row(
    routine: Routine,
    plans: Sequence[RoutinePlan],
    items: Mapping[UUID, list[RoutineItem]],
    taken: Sequence[tuple[dt.date, str, str]],
    today: dt.date,
) -> StackRow:
    schedules = [plan.schedule(items.get(plan.pk, [])) for plan in plans]
    now = schedule_on(schedules, today) or schedules[0]
    of_now = items.get(plans[schedules.index(now)].pk, [])
    ugs = [adds_ug(item) for item in of_now]
    known = [ug for ug in ugs if ug is not None]
    return StackRow(
        routine_id=routine.pk,
        name=routine.name,
        words=schedule_words(now),
        stopped=now.mode == STOPPED,
        began_on=schedules[0].valid_from,
        items=tuple(f"{item.taken_product.name}, {amount_of(item)}" for item in of_now),
        adds_ug=sum(known) if known else None,
        unknown=len(ugs) - len(known),
        changes_on=_changes_on(schedules, now),
        kept=adherence(schedules, taken, today - ONE_DAY),
    )


def _changes_on(schedules: Sequence[Schedule], now: Schedule) -> dt.date | None:
    after = schedules.index(now) + 1
    return schedules[after].valid_from if after < len(schedules) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class StackState:
    """What the form of a stack starts from: its latest plan that is no stop, and when a change begins."""

    routine: Routine
    plan: RoutinePlan
    items: tuple[RoutineItem, ...]
    stopped: bool
    changes_from: dt.date


def stack_state(routine: Routine, today: dt.date) -> StackState:
    """Return how a stack goes, and the day its change is offered from. Three queries.

    That is today; tomorrow if a dose of today is taken already; or the day its latest plan begins.
    """
    user = routine.user
    plans = list(RoutinePlan.objects.of(user).filter(routine=routine).order_by("valid_from"))
    for each in plans:
        each.routine = routine
    going = [each for each in plans if each.mode != STOPPED] or plans
    doses = RoutineDose.objects.of(user).standing().filter(routine=routine, day=today)
    taken_today = doses.exclude(occasion=NEEDED).exists()
    first = today + ONE_DAY if taken_today else today
    return StackState(
        routine=routine,
        plan=going[-1],
        items=tuple(items_of(user, going[-1:]).get(going[-1].pk, ())),
        stopped=plans[-1].mode == STOPPED,
        changes_from=max(first, plans[-1].valid_from),
    )
