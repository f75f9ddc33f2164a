"""Background work as a curator sees it: where each job stands, whose it is never said; try again, or stop."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Min
from django.urls import reverse

from foods.models import FoodImport
from intake.domain.written import uuid_from
from intake.jobs import LAST, LONG, PERIODIC, nudge
from intake.models import WAITING_SINCE, Job

TOO_LONG = dt.timedelta(seconds=120)  # then a worker should have come
WORDS = {
    "export": "Export of a diary",
    "ranking": "Search ranking",
    "clearing": "Clearing of what was deleted",
    "review": "Search for duplicates",
    "reminders": "Reminders: who is due",
    "reminder": "A reminder by e-mail",
    "import-read": "Import: read and compare",
    "import-publish": "Import: publish",
    "import-undo": "Import: undo",
    "import-clear": "Import: clear what was read",
}
UNITS = ((86_400, "day"), (3_600, "h"), (60, "min"), (1, "s"))
OPEN, ENDED = (Job.State.QUEUED, Job.State.RUNNING), (Job.State.FAILED, Job.State.CANCELLED)


@dataclass(frozen=True, slots=True, kw_only=True)
class JobRow:
    """A job as a curator sees it; nothing in it tells whose it is."""

    id: UUID
    title: str
    href: str  # of its import; "" for what has no page
    state: str
    stands: str  # when it is due, how late it is, or when it ended
    late: bool
    age: str
    attempts: int
    error: str
    progress: str
    can_retry: bool
    can_cancel: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class JobCounts:
    """How many jobs are in each state, and since when the one waits that was due first."""

    by_state: Mapping[str, int]
    oldest: dt.timedelta | None

    @property
    def alert(self) -> str:
        """What to say when nobody seems to work, "" otherwise."""
        if self.oldest is None or self.oldest <= TOO_LONG:
            return ""
        return f"The oldest waiting job has waited for {span_text(self.oldest)}. Is a worker running?"


def job_counts(now: dt.datetime) -> JobCounts:
    """Return the counts and the longest wait. Two queries."""
    counted = Job.objects.values_list("state").annotate(number=Count("pk")).order_by()
    since = Job.objects.due(now).aggregate(first=Min(WAITING_SINCE))["first"]
    return JobCounts(by_state=dict(counted), oldest=since and now - since)


def job_rows(jobs: Iterable[Job], now: dt.datetime, *, imports: bool) -> list[JobRow]:
    """Return jobs for the page, their imports with how far they are, linked if `imports`. One query."""
    listed = list(jobs)
    ids = [key for job in listed if job.kind in LONG + LAST and (key := uuid_from(job.payload.get("import")))]
    found = FoodImport.objects.in_bulk(ids) if ids else {}
    return [_row(job, found.get(uuid_from(job.payload.get("import"))), now, imports) for job in listed]


def _row(job: Job, food_import: FoodImport | None, now: dt.datetime, link: bool) -> JobRow:
    stands, late = standing(job.state, job.lease_until, job.created_at, job.finished_at, now)
    href = ""
    if food_import is not None and link:
        href = reverse("admin:foods_foodimport_change", args=[food_import.pk])
    return JobRow(
        id=job.pk,
        title=WORDS.get(job.kind, job.kind),
        href=href,
        state=job.get_state_display(),
        stands=stands,
        late=late,
        age=span_text(now - job.created_at),
        attempts=job.attempts,
        error=job.error,
        progress=_progress(job, food_import),
        can_retry=job.state in ENDED,
        can_cancel=job.state in OPEN,
    )


def standing(
    state: str,
    lease_until: dt.datetime | None,
    created_at: dt.datetime,
    finished_at: dt.datetime | None,
    now: dt.datetime,
) -> tuple[str, bool]:
    """Return when a job is due or ended, in words, and whether it is late."""
    if state not in OPEN:
        return (f"{span_text(now - finished_at)} ago" if finished_at else ""), False
    since = lease_until or created_at
    if state == Job.State.RUNNING and since >= now:
        return "a worker has it", False
    if since > now:
        return f"due in {span_text(since - now)}", False
    late = now - since > TOO_LONG
    if state == Job.State.RUNNING:
        return f"its worker went silent; due for {span_text(now - since)}", late
    return f"{'late, ' if late else ''}due for {span_text(now - since)}", late


def _progress(job: Job, food_import: FoodImport | None) -> str:
    """Say how far an import is; how much a person's export holds is nobody's business."""
    if food_import is None:
        return ""
    if job.state not in OPEN:
        return food_import.file_name
    of = f" of {food_import.total:,}" if food_import.total else ""
    return f"{food_import.file_name}: {food_import.done:,}{of} rows"


def span_text(span: dt.timedelta) -> str:
    """Return a time in its largest unit: "8 s", "12 min", "3 h", "2 days"."""
    seconds = max(int(span.total_seconds()), 0)
    size, unit = next((each for each in UNITS if seconds >= each[0]), UNITS[-1])
    number = seconds // size
    return f"{number} {unit}{'s' if unit == 'day' and number != 1 else ''}"


# Acts ---------------------------------------------------------------------------------------------


def retry(job_ids: Sequence[UUID], now: dt.datetime) -> int:
    """Let jobs that failed or were cancelled be tried anew, from where they were; return how many."""
    put_back = 0
    for job_id in job_ids:
        with transaction.atomic():
            changed = Job.objects.filter(pk=job_id, state__in=ENDED).update(
                state=Job.State.QUEUED, attempts=0, error="", finished_at=None, lease_until=now
            )
            if changed:
                transaction.on_commit(_nudging(job_id), robust=True)
        put_back += changed
    return put_back


def cancel(job_ids: Sequence[UUID], now: dt.datetime) -> int:
    """Stop jobs that wait or run; return how many.

    A worker that has one cannot save its next slice, since the lease it holds is not there any more. The
    cursor stays, so the job may be tried again; the key is let go, so the same may be asked for.
    """
    ended: dict[str, Any] = {"state": Job.State.CANCELLED, "finished_at": now, "lease_until": None}
    open_jobs = Job.objects.filter(pk__in=job_ids, state__in=OPEN)
    stopped = open_jobs.exclude(kind__in=PERIODIC).update(**ended, dedupe_key=None)
    return stopped + open_jobs.filter(kind__in=PERIODIC).update(**ended)


def _nudging(job_id: UUID) -> Any:
    return lambda: nudge(job_id)
