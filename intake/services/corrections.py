"""Take corrected figures for past entries, put them back, refuse them: each by the person's own act."""

import datetime as dt
from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Exists, F, OuterRef, QuerySet, Subquery

from intake.errors import IdTaken, NotThere
from intake.models import (
    Applied,
    AppliedEntry,
    Entry,
    KeptFigure,
    User,
    offered_entries,
    outdated_revisions,
)
from intake.services.steps import hold, insert

ENTRIES_A_SLICE = 1_000  # one transaction: the rest of the diary waits no longer
NEWEST_FIRST = ("-day", "-created_at", "pk")


def apply_corrections(
    *, user: User, applied_id: UUID, seen: Collection[int], day: dt.date | None = None
) -> Applied:
    """Give past entries the figures the person saw on offer, all of them or those of one day; once an id.

    An entry's magnesium is reckoned once, from its weight as logged, and it gets a new version. Cut off in
    between, what is done is done and on the record, and the rest is still on offer. Raises NotThere if none
    of these figures is on offer any more, IdTaken if the id is another person's.
    """
    outdated = [revision for revision in outdated_revisions(user) if revision.food.current_id in seen]
    entries: QuerySet[Any] = offered_entries(user, outdated)
    entries = entries.filter(now_id__in=seen)
    if day is not None:
        entries = entries.filter(day=day)
    keys = [*entries.order_by(*NEWEST_FIRST).values_list("pk", flat=True)]
    with transaction.atomic():
        hold(user)
        if before := Applied.objects.of(user).filter(id=applied_id).first():
            return before
        applied = Applied(id=applied_id, user=user)
        try:
            insert(applied)
        except IntegrityError:
            raise IdTaken from None
        if not _take_slice(applied, entries.filter(pk__in=keys[:ENTRIES_A_SLICE])):
            raise NotThere
    for start in range(ENTRIES_A_SLICE, len(keys), ENTRIES_A_SLICE):
        _take_slice(applied, entries.filter(pk__in=keys[start : start + ENTRIES_A_SLICE]))
    return applied


@transaction.atomic
def _take_slice(applied: Applied, entries: QuerySet[Entry]) -> int:
    """Give these entries their new figures, as far as they are still on offer; return how many."""
    rows = [_row(entry, applied) for entry in _locked(entries)]
    AppliedEntry.objects.bulk_create(rows)
    taken = AppliedEntry.objects.of(applied.user).filter(applied=applied)
    _give(applied.user, taken.filter(entry_id__in=[row.entry_id for row in rows]), "after")
    return len(rows)


def _locked(entries: QuerySet[Entry]) -> QuerySet[Entry]:
    """Return the entries, the newest first, held until the transaction ends."""
    return entries.order_by(*NEWEST_FIRST).select_for_update(of=("self",))


def _row(entry: Entry, applied: Applied) -> AppliedEntry:
    """Return what is kept of an entry read by `offered_entries`."""
    return AppliedEntry(
        user=applied.user,
        applied=applied,
        entry_id=entry.pk,
        before_id=entry.food_revision_id or 0,  # each of these has one, and is offered another
        after_id=getattr(entry, "now_id", 0),
        before_ug=entry.magnesium_ug,
        after_ug=getattr(entry, "new_ug", None),
        version=entry.version + 1,
    )


def _give(user: User, rows: QuerySet[AppliedEntry], side: str) -> None:
    """Give the entries of these rows the figures of one side of them, "before" or "after". One statement."""
    row = rows.filter(entry_id=OuterRef("pk"))
    Entry.objects.of(user).filter(pk__in=rows.values("entry_id")).update(
        food_revision=Subquery(row.values(side)),
        magnesium_ug=Subquery(row.values(f"{side}_ug")),
        version=F("version") + 1,
    )


@transaction.atomic
def undo_applied(*, user: User, applied_id: UUID, now: dt.datetime) -> Applied:
    """Put back the figures that entries had before; once. Entries changed since, or deleted, are left.

    The rows of the record say afterwards which were `put_back`. Raises NotThere.
    """
    hold(user)
    applied = Applied.objects.of(user).filter(id=applied_id).first()
    if applied is None:
        raise NotThere
    if applied.undone_at is not None:
        return applied
    rows = AppliedEntry.objects.of(user).filter(applied=applied)
    as_left = Entry.objects.of(user).kept().filter(pk=OuterRef("entry_id"), version=OuterRef("version"))
    list(_locked(Entry.objects.of(user).filter(pk__in=rows.values("entry_id"))).values_list("pk"))
    rows.filter(Exists(as_left)).update(put_back=True)
    _give(user, rows.filter(put_back=True), "before")
    applied.undone_at = now
    applied.save(update_fields=["undone_at"])
    return applied


def keep_figures(*, user: User, seen: Collection[int]) -> int:
    """Refuse figures on offer: entries keep theirs, and these are not offered again. Return how many."""
    offered = {revision.food.current_id for revision in outdated_revisions(user)}
    refused = [KeptFigure(user=user, revision_id=pk) for pk in seen if pk in offered]
    KeptFigure.objects.bulk_create(refused, ignore_conflicts=True)
    return len(refused)


def offer_again(*, user: User, revision_id: int) -> None:
    """Offer a figure again that was refused. Raises NotThere."""
    deleted, _ = KeptFigure.objects.of(user).filter(revision=revision_id).delete()
    if not deleted:
        raise NotThere
