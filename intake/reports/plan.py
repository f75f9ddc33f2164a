"""What was planned for a day, and what of it was taken. Planned is never counted."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from uuid6 import uuid7

from intake.domain.day import local_day
from intake.domain.schedule import NEEDED, STOPPED, Occasion, moment_of
from intake.domain.wording import amount_text
from intake.models import RoutineDose, RoutineItem, RoutinePlan, User
from intake.reports.day import EntryRow
from intake.services.amounts import serving_ug
from intake.services.steps import times


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedDose:
    """A product of a stack at one time of a day; `magnesium_ug` is what it would add, None if not known.

    `entry_id` is that of the entry it became or, while it is not taken, of the one it would become.
    """

    ref: str
    label: str
    amount: str
    magnesium_ug: int | None
    entry_id: UUID
    taken: bool = False
    taken_at: dt.time | None = None
    apart: bool = False  # the same product was logged on this day, but not as a dose that stands here


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedStack:
    """A stack at one time of a day; `occasion` says which, `at` is None where it has no time."""

    routine_id: UUID
    name: str
    occasion: str
    at: dt.time | None
    doses: tuple[PlannedDose, ...]

    @property
    def as_needed(self) -> bool:
        """Whether it is taken as needed: nothing of it is planned, and none of it can be missed."""
        return self.occasion == NEEDED

    @property
    def open(self) -> tuple[PlannedDose, ...]:
        """The doses that are not taken."""
        return tuple(dose for dose in self.doses if not dose.taken)

    @property
    def taken(self) -> tuple[PlannedDose, ...]:
        """The doses that are."""
        return tuple(dose for dose in self.doses if dose.taken)

    @property
    def adds_ug(self) -> int | None:
        """What taking the rest would add as far as it is known, in µg; None if nothing of it is."""
        known = [dose.magnesium_ug for dose in self.open if dose.magnesium_ug is not None]
        return sum(known) if known else None

    @property
    def unknown(self) -> int:
        """How many of the rest have no value."""
        return sum(dose.magnesium_ug is None for dose in self.open)

    @property
    def apart(self) -> bool:
        """Whether one of the rest was logged on this day already, apart from a stack."""
        return any(dose.apart for dose in self.open)


@dataclass(frozen=True, slots=True, kw_only=True)
class DayPlan:
    """What was planned for a day, earliest first, what has no time last, and then what is taken as needed."""

    day: dt.date
    stacks: tuple[PlannedStack, ...]

    @property
    def planned(self) -> int:
        """How many doses were planned."""
        return sum(len(stack.doses) for stack in self.stacks if not stack.as_needed)

    @property
    def taken(self) -> int:
        """How many of them were taken."""
        return sum(len(stack.taken) for stack in self.stacks if not stack.as_needed)


def day_plan(user: User, day: dt.date, rows: Iterable[EntryRow] = ()) -> DayPlan:
    """Return what the person's stacks planned for a day; `rows` are the day's entries. Three queries at most.

    None is asked for a person who never made a stack.
    """
    if not user.profile.has_stacks:
        return DayPlan(day=day, stacks=())
    plans = _plans_on(user, day)
    if not plans:
        return DayPlan(day=day, stacks=())
    items = items_of(user, plans)
    taken = defaultdict(list)
    doses = RoutineDose.objects.of(user).standing().filter(day=day).select_related("entry")
    for dose in doses.order_by("entry__created_at", "pk"):
        taken[dose.routine_id, dose.occasion, dose.ref].append(dose)
    planned = [(plan, occasion) for plan in plans for occasion in plan.schedule().offered_on(day)]
    linked = {
        dose.entry_id
        for plan, occasion in planned
        for item in items[plan.pk]
        for dose in taken.get((plan.routine_id, occasion.key, item.ref), [])
    }
    apart = {row.source.key for row in rows if row.source.code == "label" and row.id not in linked}
    stacks = [_stack(plan, occasion, items[plan.pk], taken, apart) for plan, occasion in planned]
    stacks.sort(key=lambda stack: (stack.as_needed, stack.at is None, stack.at or dt.time.min, stack.name))
    return DayPlan(day=day, stacks=tuple(stacks))


def is_waiting(user: User, moment: dt.datetime) -> bool:
    """Say whether something is planned for a moment, on the person's own clock, that is not taken yet."""
    profile = user.profile
    day = local_day(moment, profile.tz, profile.day_starts_at)
    return any(
        stack.open
        and stack.at is not None
        and moment_of(day, stack.at, profile.tz, profile.day_starts_at) == moment
        for stack in day_plan(user, day).stacks
    )


def _plans_on(user: User, day: dt.date) -> list[RoutinePlan]:
    """Return the plan of each stack that holds on a day."""
    plans = RoutinePlan.objects.of(user).filter(valid_from__lte=day).order_by("valid_from")
    latest = {plan.routine_id: plan for plan in plans.select_related("routine")}
    return [plan for plan in latest.values() if plan.mode != STOPPED]


def _stack(
    plan: RoutinePlan,
    occasion: Occasion,
    items: Sequence[RoutineItem],
    taken: Mapping[tuple[UUID, str, str], list[RoutineDose]],
    apart: set[str | None],
) -> PlannedStack:
    doses = []
    for item in items:
        known = taken.get((plan.routine_id, occasion.key, item.ref), [])
        doses += [_dose(item, dose) for dose in known]
        if not known or occasion.key == NEEDED:
            doses.append(_dose(item, None, apart=occasion.key != NEEDED and item.ref in apart))
    return PlannedStack(
        routine_id=plan.routine_id,
        name=plan.routine.name,
        occasion=occasion.key,
        at=occasion.at,
        doses=tuple(doses),
    )


def _dose(item: RoutineItem, dose: RoutineDose | None, *, apart: bool = False) -> PlannedDose:
    return PlannedDose(
        ref=item.ref,
        label=item.taken_product.name,
        amount=amount_of(item),
        magnesium_ug=dose.entry.magnesium_ug if dose else adds_ug(item),
        entry_id=dose.entry_id if dose else uuid7(),
        taken=dose is not None,
        taken_at=dose.entry.at if dose else None,
        apart=apart,
    )


def items_of(user: User, plans: Iterable[RoutinePlan]) -> Mapping[UUID, list[RoutineItem]]:
    """Return the items of each plan, in order, with their products. One query."""
    items = RoutineItem.objects.of(user).filter(plan__in=[plan.pk for plan in plans]).order_by("position")
    found = defaultdict(list)
    for item in items.select_related("product", "own_product"):
        found[item.plan_id].append(item)
    return found


def amount_of(item: RoutineItem) -> str:
    """Return how much of its product an item is, in words: "2 capsules"."""
    return amount_text(item.servings, item.taken_product.serving)


def adds_ug(item: RoutineItem) -> int | None:
    """Return what an item would add, in µg; None if the label does not say, 0 for what goes on the skin."""
    return times(serving_ug(item.taken_product), item.servings_milli)
