"""The lines of an export that tell of the private lists: medicines by class, and conditions."""

from typing import Any
from uuid import UUID

from intake.domain.conditions import condition_of
from intake.domain.schedule import weekdays_text
from intake.domain.spacing import rule_of
from intake.models import ListedMedicine, TickedCondition

MEDICINE_COLUMNS = ("class", "time", "days", "gap")
CONDITION_COLUMNS = ("condition",)

Lines = tuple[list[tuple[Any, ...]], str | None]


def medicine_lines(user_id: int, after: str | None, limit: int) -> Lines:
    """Return the next lines of medicines.csv, and the key of the last."""
    rows = ListedMedicine.objects.filter(user_id=user_id)
    found = list((rows if after is None else rows.filter(pk__gt=UUID(after))).order_by("pk")[:limit])
    return [_medicine_line(row) for row in found], str(found[-1].pk) if found else None


def _medicine_line(row: ListedMedicine) -> tuple[Any, ...]:
    rule = rule_of(row.rule)
    at = None if row.at is None else row.at.isoformat("minutes")
    return (rule.name if rule else row.rule, at, weekdays_text(row.weekdays), rule and rule.gap)


def condition_lines(user_id: int, after: str | None, limit: int) -> Lines:
    """Return the next lines of conditions.csv, and the key of the last."""
    rows = TickedCondition.objects.filter(user_id=user_id)
    found = list((rows if after is None else rows.filter(pk__gt=UUID(after))).order_by("pk")[:limit])
    lines = [(condition.name if (condition := condition_of(row.slug)) else row.slug,) for row in found]
    return lines, str(found[-1].pk) if found else None
