"""The lines of an export that tell of corrected foods: what was taken, what was refused, what was sent."""

import datetime as dt
from typing import Any

from django.db.models import QuerySet

from foods.amounts import mg_from_ug
from intake.models import AppliedEntry, Contribution, KeptFigure

CORRECTION_COLUMNS = (
    "applied_at_utc", "entry_id", "food", "magnesium_mg_before", "magnesium_mg_after",
    "per_100g_mg_before", "per_100g_mg_after", "undone_at_utc", "put_back",
)  # fmt: skip
KEPT_COLUMNS = ("food", "per_100g_mg_refused", "refused_at_utc")
CONTRIBUTION_COLUMNS = (
    "sent_at_utc", "kind", "food", "per_100g_mg", "brand", "portion", "from", "which", "note", "state",
    "answer",
)  # fmt: skip

Lines = tuple[list[tuple[Any, ...]], Any]


def correction_lines(user_id: int, after: int | None, limit: int) -> Lines:
    """Return the next lines of corrections.csv, and the key of the last."""
    rows = AppliedEntry.objects.filter(user_id=user_id).select_related("applied", "before__food", "after")
    found = _next(rows, after, limit)
    return [
        (
            _utc(row.applied.created_at),
            str(row.entry_id),
            row.before.food.name,
            _mg(row.before_ug),
            _mg(row.after_ug),
            _mg(row.before.magnesium_ug_per_100g),
            _mg(row.after.magnesium_ug_per_100g),
            _utc(row.applied.undone_at),
            "yes" if row.put_back else "",
        )
        for row in found
    ], found[-1].pk if found else None


def kept_lines(user_id: int, after: str | None, limit: int) -> Lines:
    """Return the next lines of kept.csv, and the key of the last."""
    rows = KeptFigure.objects.filter(user_id=user_id).select_related("revision__food")
    found = _next(rows, after, limit)
    return [
        (row.revision.food.name, _mg(row.revision.magnesium_ug_per_100g), _utc(row.created_at))
        for row in found
    ], str(found[-1].pk) if found else None


def contribution_lines(user_id: int, after: str | None, limit: int) -> Lines:
    """Return the next lines of contributions.csv, and the key of the last."""
    rows = Contribution.objects.filter(user_id=user_id).select_related("item")
    found = _next(rows, after, limit)
    return [_contribution_line(row) for row in found], str(found[-1].pk) if found else None


def _contribution_line(row: Contribution) -> tuple[Any, ...]:
    detail = row.item.detail
    return (
        _utc(row.created_at),
        row.kind,
        row.label,
        _mg(detail.get("ug_per_100g")),
        *(detail.get(key, "") for key in ("brand", "portion_label", "origin", "where", "note")),
        row.item.state,
        row.item.answer,
    )


def _next(rows: "QuerySet[Any]", after: Any, limit: int) -> list[Any]:
    """Return the rows after a key, in the order of their keys."""
    return [*(rows if after is None else rows.filter(pk__gt=after)).order_by("pk")[:limit]]


def _mg(ug: int | None) -> Any:
    return None if ug is None else mg_from_ug(ug)


def _utc(at: dt.datetime | None) -> str | None:
    return at.astimezone(dt.UTC).isoformat(timespec="seconds") if at else None
