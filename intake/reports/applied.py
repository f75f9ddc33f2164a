"""Corrections that a person took or refused: what stands behind an undo."""

import datetime as dt
from dataclasses import dataclass, replace
from uuid import UUID

from django.db.models import Count, Min, Q, QuerySet

from intake.domain.corrections import Difference
from intake.models import Applied, AppliedEntry, Entry, KeptFigure, User
from intake.reports.corrections import (
    MOST_ENTRIES,
    EntryChange,
    difference_of,
    difference_sums,
    entry_change,
)

MOST_RECORDS = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class AppliedReport:
    """One time that a person took new figures; `back` entries of it have their old ones again."""

    id: UUID
    at: dt.datetime
    undone_at: dt.datetime | None
    food: str  # the first by name
    foods: int
    difference: Difference
    back: int
    entries: tuple[EntryChange, ...] = ()


def applied_reports(user: User) -> list[AppliedReport]:
    """Return the times that a person took new figures, the last first, without their entries. One query."""
    records = _summed(user).order_by("-created_at")[:MOST_RECORDS]
    return [_applied(record) for record in records]


def applied_report(user: User, applied_id: UUID) -> AppliedReport | None:
    """Return one time that a person took new figures, with its entries. Three queries."""
    record = _summed(user).filter(pk=applied_id).first()
    if record is None:
        return None
    rows = AppliedEntry.objects.of(user).filter(applied=applied_id).order_by("pk")[:MOST_ENTRIES]
    entries = Entry.objects.of(user).in_bulk([row.entry_id for row in rows])
    changes = tuple(_applied_change(row, entries.get(row.entry_id), record) for row in rows)
    return replace(_applied(record), entries=changes)


def _summed(user: User) -> QuerySet[Applied]:
    back = Count("entries", filter=Q(entries__put_back=True))
    return Applied.objects.of(user).annotate(
        food=Min("entries__after__food__name"),
        foods=Count("entries__after__food", distinct=True),
        back=back,
        **difference_sums("entries__before_ug", "entries__after_ug", "entries"),
    )


def _applied(record: Applied) -> AppliedReport:
    row = vars(record)
    return AppliedReport(
        id=record.pk,
        at=record.created_at,
        undone_at=record.undone_at,
        food=row["food"] or "",
        foods=row["foods"],
        difference=difference_of(row),
        back=row["back"],
    )


def _applied_change(row: AppliedEntry, entry: Entry | None, record: Applied) -> EntryChange:
    if entry is None:
        return EntryChange(
            id=row.entry_id,
            day=None,
            label="",
            amount="",
            before_ug=row.before_ug,
            after_ug=row.after_ug,
            state="gone",
        )
    state = "back" if row.put_back else ""
    if not row.put_back and (record.undone_at or entry.version != row.version):
        state = "changed"
    return entry_change(entry, row.before_ug, row.after_ug, state)


def kept_figures(user: User) -> list[KeptFigure]:
    """Return what a person refused, the last first, each with its `revision.food`. One query."""
    kept = KeptFigure.objects.of(user).select_related("revision__food").order_by("-created_at")
    return [*kept[:MOST_RECORDS]]
