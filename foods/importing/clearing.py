"""What of imports is kept no longer than it serves: copies of files, and rows that changed nothing."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from foods.importing import spool
from foods.importing.states import ENDED, THINNED
from foods.models import FoodImport, ImportRow

KEEP_ROWS = dt.timedelta(days=30)  # after publishing: then it can be undone, and not be published again
ROWS_A_SLICE = 5_000
STANDS_ON = "stands_on"  # in FoodImport.counts: imports that brought foods which rows that went were about
_AFTER = "thin"  # in FoodImport.cursor: behind which position rows are looked at next


def clear_spool(now: dt.datetime) -> int:
    """Remove copies of files whose import ended seven days before `now`, and strays; return how many."""
    ended = FoodImport.objects.exclude(spool="").filter(state__in=ENDED, step_started_at__lt=now - spool.KEEP)
    removed = 0
    for pk, name in ended.values_list("pk", "spool"):
        spool.remove(name)
        removed += FoodImport.objects.filter(pk=pk).update(spool="")
    kept = set(FoodImport.objects.exclude(spool="").values_list("spool", flat=True))
    for stray in [*spool.strays(kept, (now - spool.KEEP).timestamp())]:
        stray.unlink(missing_ok=True)
        removed += 1
    return removed


@transaction.atomic
def clear_rows(now: dt.datetime) -> bool:
    """Look at the next 5,000 rows of imports published 30 days before `now`; remove those that were the same.

    What changed a food stays, for undoing, and so do new, doubted and missing ones, which the page shows.
    Returns whether there is more to look at.
    """
    due = Q(cursor__has_key=_AFTER) | ~Q(counts__has_key=THINNED)
    published = FoodImport.objects.filter(
        due, state=FoodImport.State.PUBLISHED, published_at__lt=now - KEEP_ROWS
    )
    food_import = published.select_for_update().order_by("published_at").first()
    if food_import is None:
        return False
    _thin(food_import, now)
    return True


def _thin(food_import: FoodImport, now: dt.datetime) -> None:
    after = food_import.cursor.get(_AFTER, -1)
    rows = ImportRow.objects.filter(food_import=food_import, position__gt=after).order_by("position")
    places = [*rows.values_list("position", flat=True)[:ROWS_A_SLICE]]
    cursor = {name: value for name, value in food_import.cursor.items() if name != _AFTER}
    counts: dict[str, Any] = {THINNED: "", **food_import.counts}
    if places:
        same = _same(rows.filter(position__lte=places[-1]))
        counts[STANDS_ON] = sorted({*counts.get(STANDS_ON, []), *_brought_by(same)})
        gone, _ = same.order_by().delete()
        counts[THINNED] = counts[THINNED] or (now.date().isoformat() if gone else "")
        cursor[_AFTER] = places[-1]
    food_import.cursor, food_import.counts = cursor, counts
    food_import.save(update_fields=["cursor", "counts"])


def _same(rows: QuerySet[ImportRow]) -> QuerySet[ImportRow]:
    """Return the rows that neither undoing nor the page needs."""
    return rows.filter(
        verdict=ImportRow.Verdict.SAME, undo__isnull=True, revision__isnull=True, twin__isnull=True
    )


def _brought_by(rows: QuerySet[ImportRow]) -> set[str]:
    """Return the imports that brought the foods of rows: those cannot be undone under this one."""
    brought = rows.filter(food__born__isnull=False).order_by()
    return {str(pk) for pk in brought.values_list("food__born__food_import", flat=True).distinct()}
