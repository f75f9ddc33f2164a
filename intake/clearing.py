"""What is kept no longer than it serves: deleted entries past their undo, ended sessions, imported files."""

import datetime as dt

from django.contrib.sessions.models import Session

from foods.importing import clear_rows, clear_spool
from intake.models import Entry, Job
from intake.services import UNDO_DAYS

ROWS_A_SLICE = 2_000


def clear_slice(job: Job) -> bool:
    """Remove up to 2,000 entries and as many sessions that ended before the job was asked for, the files of
    imports that ended seven days before, and rows that changed nothing of those published thirty days before.

    A removed entry's id is free again: nobody repeats a request after 30 days. Returns whether there is more.
    """
    undone_by = job.created_at - dt.timedelta(days=UNDO_DAYS)
    entries = Entry.objects.filter(deleted_at__lt=undone_by).values_list("pk", flat=True)[:ROWS_A_SLICE]
    sessions = Session.objects.filter(expire_date__lt=job.created_at).values_list("pk", flat=True)
    gone = [*entries], [*sessions[:ROWS_A_SLICE]]
    Entry.objects.filter(pk__in=gone[0]).delete()
    Session.objects.filter(pk__in=gone[1]).delete()
    clear_spool(job.created_at)
    more_rows = clear_rows(job.created_at)
    return more_rows or any(len(keys) == ROWS_A_SLICE for keys in gone)
