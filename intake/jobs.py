"""Background work from a table: asked for in a transaction, claimed by one UPDATE, saved slice by slice.

A job may be run twice, late, or killed at any moment: its work and its cursor are saved together, and a
worker whose lease was taken over cannot save anything more.
"""

import contextlib
import datetime as dt
import logging
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection, transaction
from django.db.models import Case, F, When
from django.utils import timezone
from django.utils.module_loading import import_string

from intake.models import WAITING_SINCE, Job, User

logger = logging.getLogger(__name__)

LEASE = dt.timedelta(seconds=120)  # a slice takes far less
TURN = dt.timedelta(seconds=20)  # then others have theirs; a Celery worker that stops waits for 30 s
MAX_ATTEMPTS = 5  # at one slice
SEND_SECONDS = 2
BEAT_SECONDS = 30.0  # between renewals of the lease while a slice is made ready
PAUSE_SECONDS = 0.05  # after a slice on SQLite: who waits for its one lock looks for it every 0.1 s at most

Clock = Callable[[], dt.datetime]

# A handler does one slice of (job), inside a transaction: it saves the work, moves job.cursor and returns
# whether there is more to do.
HANDLERS = {
    "export": "intake.exports.export_slice",
    "ranking": "intake.ranking.refresh_slice",
    "clearing": "intake.clearing.clear_slice",
    "review": "foods.services.duplicates.review_slice",
    "reminders": "intake.reminders.remind_slice",
    "reminder": "intake.reminders.close_reminder",
    "import-read": "foods.importing.work.read_slice",
    "import-publish": "foods.importing.work.publish_slice",
    "import-undo": "foods.importing.work.undo_slice",
    "import-clear": "foods.importing.work.clear_slice",
}
# What goes before each slice, outside its transaction: it takes long, and others may write meanwhile.
PREPARING = {
    "reminder": "intake.reminders.send_reminder",
    "import-read": "foods.importing.work.prepare_read",
    "import-publish": "foods.importing.work.prepare_publish",
    "import-undo": "foods.importing.work.prepare_undo",
}
LONG = ("import-read", "import-publish", "import-undo")  # these let all others go first
LAST = ("import-clear",)  # and these let those, too: nobody waits for them
TURNS = {"import-clear": dt.timedelta(seconds=2)}  # of what would keep others waiting for nothing
PERIODIC = {  # one job for each value of these, in UTC
    "ranking": "%Y-%m-%dT%H",
    "clearing": "%Y-%m-%d",
    "review": "%Y-%m-%d",
}
WHEN_DUE = {"reminders": "intake.reminders.due"}  # asked for at a tick at which this says so, one at a time
KEEP = {  # then row and result are removed
    "export": dt.timedelta(hours=24),
    "ranking": dt.timedelta(days=7),
    "clearing": dt.timedelta(days=7),
    "review": dt.timedelta(days=7),
    "reminders": dt.timedelta(hours=1),
    "reminder": dt.timedelta(hours=24),
    "import-read": dt.timedelta(days=90),
    "import-publish": dt.timedelta(days=90),
    "import-undo": dt.timedelta(days=90),
    "import-clear": dt.timedelta(days=7),
}


class LeaseLost(Exception):
    """Another worker has taken the job over, or it was cancelled; what this one did since is rolled back."""


# Asking ------------------------------------------------------------------------------------------


def enqueue(
    *,
    kind: str,
    user: User | None = None,
    payload: dict[str, Any] | None = None,
    dedupe_key: str | None = None,
) -> Job:
    """Write a job in the caller's transaction; a worker hears of it after the commit.

    With a `dedupe_key` that a job holds, that job is returned instead. A key is let go when its job ends,
    but a periodic job keeps it, so a period has one row. Raises KeyError if no handler knows the kind.
    """
    if kind not in HANDLERS:
        raise KeyError(kind)
    values = {"kind": kind, "user": user, "payload": payload or {}}
    if dedupe_key is None:
        job, made = Job.objects.create(**values), True
    else:
        job, made = Job.objects.get_or_create(dedupe_key=dedupe_key, defaults=values)
    if made:
        transaction.on_commit(lambda: nudge(job.pk), robust=True)
    return job


def nudge(job_id: UUID) -> None:
    """Send the id, and nothing else, through the broker if one is set, without waiting for it.

    A broker that is slow, frozen or gone costs the caller nothing; the tick makes up for what was not sent.
    """
    if settings.BROKER_URL:
        threading.Thread(target=send, args=(job_id,), name="nudge").start()


def send(job_id: UUID) -> bool:
    """Send the id through the broker and return whether it took it; gives up after about two seconds."""
    from intake.tasks import run_job

    try:
        with run_job.app.connection_for_write(
            connect_timeout=SEND_SECONDS, transport_options=_quick_to_fail()
        ) as connection:
            run_job.apply_async((str(job_id),), connection=connection, retry=False)
    except Exception as error:  # whatever a broker can do wrong: the row is there
        logger.warning("job %s was not sent, the tick will see to it: %s", job_id, type(error).__name__)
        return False
    return True


def _quick_to_fail() -> dict[str, Any]:
    options: dict[str, Any] = {
        "max_retries": 1,
        "interval_start": 0,
        "interval_step": 0.1,
        "interval_max": 0.1,
    }
    if settings.BROKER_URL.startswith("redis"):
        options |= {"socket_timeout": SEND_SECONDS, "socket_connect_timeout": SEND_SECONDS}
    return options


def tick(now: dt.datetime) -> None:
    """Ask for what is periodic or due, clear what is old, and nudge what waits or was left behind."""
    for kind, period in PERIODIC.items():
        with transaction.atomic():
            enqueue(kind=kind, dedupe_key=f"{kind}:{now.astimezone(dt.UTC).strftime(period)}")
    for kind, is_due in WHEN_DUE.items():
        if import_string(is_due)(now):
            with transaction.atomic():
                enqueue(kind=kind, dedupe_key=kind)
    for kind, keep in KEEP.items():
        Job.objects.filter(kind=kind, finished_at__lt=now - keep).delete()
    give_up(now)
    if settings.BROKER_URL:
        for job_id in Job.objects.due(now).values_list("pk", flat=True)[:1000]:
            if not send(job_id):
                break


# Working -----------------------------------------------------------------------------------------


def claim(job_id: UUID, now: dt.datetime) -> Job | None:
    """Return the job, leased for 120 s from `now`; None if it is not due or another worker was first."""
    lease_until = now + LEASE
    claimed = (
        Job.objects.due(now)
        .filter(pk=job_id, attempts__lt=MAX_ATTEMPTS)
        .update(state=Job.State.RUNNING, attempts=F("attempts") + 1, lease_until=lease_until)
    )
    if claimed != 1:
        return None
    job: Job | None = Job.objects.filter(pk=job_id, lease_until=lease_until).first()
    return job


def renew(job: Job, now: dt.datetime) -> None:
    """Save the cursor, lease for 120 s more, count attempts anew. Raises LeaseLost if it is not ours."""
    _save(job, lease_until=now + LEASE, cursor=job.cursor, attempts=1)
    job.lease_until, job.attempts = now + LEASE, 1


def run(
    job_id: UUID, *, clock: Clock = timezone.now, stopping: Callable[[], bool] = lambda: False
) -> Job | None:
    """Work on a job until it ends, a turn of 20 s is over or `stopping()`; return it, None if not claimed.

    An error in a slice is logged by its class alone and the job waits for another attempt, up to five.
    Raises whatever the database raises when the outcome cannot be saved; the lease then runs out.
    """
    started = clock()
    job = claim(job_id, started)
    if job is None:
        return None
    try:
        handler = import_string(HANDLERS[job.kind])
        prepare = import_string(PREPARING[job.kind]) if job.kind in PREPARING else None
        while True:
            if prepare is not None:
                with _beating(job, clock):
                    prepare(job)
            with transaction.atomic():
                more = handler(job)
                if more:
                    renew(job, clock())
                else:
                    _end(job, Job.State.DONE, clock())
            if not more:
                return job
            if prepare is None:  # what has a preparation leaves the lock alone meanwhile
                _let_others_write()
            now = clock()
            if stopping() or now - started > TURNS.get(job.kind, TURN):
                _save(job, state=Job.State.QUEUED, attempts=0, lease_until=now)
                if settings.BROKER_URL:
                    send(job.pk)  # not in a thread: a Celery child may end, and its threads with it
                return job
    except LeaseLost:
        logger.warning("job %s (%s) was taken over by another worker, or cancelled", job.pk, job.kind)
    except Exception as error:  # any handler's: one bad job must not stop the others
        _fail(job, type(error).__name__, clock())
    return job


def _let_others_write() -> None:
    """Leave SQLite's one lock alone for a moment: slices without a gap would keep every diary waiting."""
    if connection.vendor == "sqlite":
        time.sleep(PAUSE_SECONDS)


@contextlib.contextmanager
def _beating(job: Job, clock: Clock) -> Iterator[None]:
    """Renew the lease from a thread now and then: what is made ready may take longer than a lease lasts."""
    over = threading.Event()

    def beat() -> None:
        while not over.wait(BEAT_SECONDS):
            try:
                lease_until = clock() + LEASE
                _save(job, lease_until=lease_until)
                job.lease_until = lease_until
            except (LeaseLost, DatabaseError, InterfaceError) as error:  # saving the slice will tell
                logger.warning("job %s: the lease was not renewed: %s", job.pk, type(error).__name__)
            finally:
                connection.close()

    beating = threading.Thread(target=beat, name="beat", daemon=True)
    beating.start()
    try:
        yield
    finally:
        over.set()
        beating.join()


def run_due(
    now: dt.datetime, *, clock: Clock = timezone.now, stopping: Callable[[], bool] = lambda: False
) -> int:
    """Run each job that is due at `now` for a turn, and return how many were worked on.

    Long ones come after all others, and what is asked for meanwhile is not kept waiting by more than one
    turn of them; else who waited longest is first.
    """
    give_up(now)
    worked: list[UUID] = []
    tried: list[UUID] = []
    while not stopping():
        waiting = Job.objects.due(now).filter(attempts__lt=MAX_ATTEMPTS).exclude(pk__in=tried)
        long_last = Case(When(kind__in=LONG, then=1), When(kind__in=LAST, then=2), default=0)
        job_id = waiting.order_by(long_last, WAITING_SINCE, "pk").values_list("pk", flat=True).first()
        if job_id is None:
            break
        tried.append(job_id)
        worked += [job_id] if run(job_id, clock=clock, stopping=stopping) else []
    return len(worked)


def give_up(now: dt.datetime) -> int:
    """Fail the jobs whose worker died at the last attempt; return how many."""
    over = list(Job.objects.due(now).filter(attempts__gte=MAX_ATTEMPTS))
    for job in over:
        if job.state == Job.State.RUNNING:
            with contextlib.suppress(LeaseLost):
                _end(job, Job.State.FAILED, now, error="The worker stopped half way, five times.")
    return len(over)


def _end(job: Job, state: Job.State, now: dt.datetime, error: str = "") -> None:
    """Close the job and let its key go, so the same may be asked for again; a period's row keeps its key.

    What failed keeps its cursor: it can be tried again from there.
    """
    closed: dict[str, Any] = {"state": state, "finished_at": now, "lease_until": None, "error": error}
    if job.kind not in PERIODIC:
        closed["dedupe_key"] = None
    if state == Job.State.DONE:
        closed["cursor"] = {}
    _save(job, **closed)
    for name, value in closed.items():
        setattr(job, name, value)


def _fail(job: Job, error: str, now: dt.datetime) -> None:
    """Put the job back, to be tried later, or fail it after the last attempt."""
    logger.error("job %s (%s), attempt %s: %s", job.pk, job.kind, job.attempts, error)
    try:
        if job.attempts < MAX_ATTEMPTS:
            later = now + dt.timedelta(seconds=2**job.attempts)
            _save(job, state=Job.State.QUEUED, lease_until=later, error=error)
        else:
            _end(job, Job.State.FAILED, now, error=error)
    except LeaseLost:
        logger.warning("job %s (%s) was taken over by another worker, or cancelled", job.pk, job.kind)


def _save(job: Job, **values: Any) -> None:
    """Write to the row if its lease is still the one we hold: leases only grow, so no two are the same."""
    held = Job.objects.filter(pk=job.pk, state=Job.State.RUNNING, lease_until=job.lease_until)
    if held.update(**values) != 1:
        raise LeaseLost
