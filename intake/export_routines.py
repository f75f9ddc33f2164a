"""The lines of an export that tell of stacks: how each was planned, and what was taken of it."""

from typing import Any

from intake.domain.schedule import weekdays_text
from intake.domain.wording import amount_text
from intake.models import RoutineDose, RoutineItem, RoutinePlan

STACK_COLUMNS = ("stack", "from_day", "how", "weekdays", "times", "products")
DOSE_COLUMNS = ("day", "stack", "planned_for", "entry_id")

Lines = tuple[list[tuple[Any, ...]], Any]


def stack_lines(user_id: int, after: str | None, limit: int) -> Lines:
    """Return the next lines of stacks.csv, and the key of the last: one a plan, its products in one cell."""
    plans = RoutinePlan.objects.filter(user_id=user_id).select_related("routine")
    found = [*(plans if after is None else plans.filter(pk__gt=after)).order_by("pk")[:limit]]
    items: dict[Any, list[str]] = {plan.pk: [] for plan in found}
    rows = RoutineItem.objects.filter(user_id=user_id, plan__in=items).order_by("plan", "position")
    for item in rows.select_related("product", "own_product"):
        items[item.plan_id].append(_item_text(item))
    lines = [_plan_line(plan, items[plan.pk]) for plan in found]
    return lines, str(found[-1].pk) if found else None


def _plan_line(plan: RoutinePlan, items: list[str]) -> tuple[Any, ...]:
    days = weekdays_text(plan.weekdays) if plan.mode == RoutinePlan.Mode.SCHEDULED else ""
    return (plan.routine.name, plan.valid_from, plan.mode, days, plan.times, "; ".join(items))


def _item_text(item: RoutineItem) -> str:
    return f"{item.taken_product} ({amount_text(item.servings, item.taken_product.serving)})"


def dose_lines(user_id: int, after: int | None, limit: int) -> Lines:
    """Return the next lines of stack_doses.csv, and the key of the last: what was taken off is left out."""
    doses = RoutineDose.objects.filter(user_id=user_id).standing().select_related("routine")
    found = [*(doses if after is None else doses.filter(pk__gt=after)).order_by("pk")[:limit]]
    lines = [(dose.day, dose.routine.name, dose.occasion, str(dose.entry_id)) for dose in found]
    return lines, found[-1].pk if found else None
