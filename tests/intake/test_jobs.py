"""Jobs: asked for once, claimed once, saved slice by slice, given up after five tries."""

import datetime as dt
import itertools
import logging
import socket
import threading
import time
from uuid import uuid4

import pytest
from django.db import transaction

from intake import jobs
from intake.models import DayMark, Job
from intake.tending import retry
from tests.factories import make_user

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 11, 22, 10, 30, tzinfo=dt.UTC)
SECOND = dt.timedelta(seconds=1)
FIRST_DAY = dt.date(2026, 1, 1)


def clock():
    return NOW


def mark_three_days(job):
    """A handler: marks three days, one a slice."""
    done = job.cursor.get("done", 0)
    DayMark.objects.create(user_id=job.user_id, day=FIRST_DAY + dt.timedelta(days=done), mark="complete")
    if job.payload.get("fails_at") == done:
        raise ValueError("a person's words")
    job.cursor = {"done": done + 1}
    return done < 2


@pytest.fixture(autouse=True)
def _marking(monkeypatch):
    monkeypatch.setitem(jobs.HANDLERS, "marks", f"{__name__}.mark_three_days")
    monkeypatch.setitem(jobs.KEEP, "marks", dt.timedelta(hours=1))


def marked_days(user):
    return [mark.day for mark in DayMark.objects.of(user).order_by("day")]


# Asking ------------------------------------------------------------------------------------------


def test_a_job_is_written_with_its_cause_or_not_at_all():
    user = make_user()

    with pytest.raises(RuntimeError), transaction.atomic():  # noqa: PT012
        jobs.enqueue(kind="marks", user=user)
        raise RuntimeError

    assert not Job.objects.of(user).exists()


def test_a_kind_that_no_handler_knows_is_refused():
    with pytest.raises(KeyError):
        jobs.enqueue(kind="unheard-of")


def test_the_same_key_is_one_job_until_it_is_done():
    user = make_user()
    first = jobs.enqueue(kind="marks", user=user, dedupe_key="marks:1")
    second = jobs.enqueue(kind="marks", user=user, dedupe_key="marks:1")
    jobs.run(first.pk, clock=clock)
    third = jobs.enqueue(kind="marks", user=user, dedupe_key="marks:1")

    assert first == second
    assert third != first


def test_a_period_has_one_job_even_after_it_is_done(monkeypatch):
    monkeypatch.setattr(jobs, "PERIODIC", {"marks": "%Y-%m-%dT%H"})

    for minute in (0, 1, 59):
        jobs.tick(NOW.replace(minute=minute))
        Job.objects.filter(kind="marks").update(state="done", finished_at=NOW)
    jobs.tick(NOW.replace(hour=11))

    assert sorted(Job.objects.values_list("dedupe_key", flat=True)) == [
        "marks:2026-11-22T10",
        "marks:2026-11-22T11",
    ]


def test_a_message_holds_the_id_and_nothing_else(settings, monkeypatch):
    sent = []
    settings.BROKER_URL = "memory://"
    monkeypatch.setattr("intake.tasks.run_job.apply_async", lambda args, **options: sent.append(args))
    job = jobs.enqueue(kind="marks", user=make_user(), payload={"days": 3})

    assert jobs.send(job.pk)

    assert sent == [(str(job.pk),)]


def test_nothing_is_sent_before_the_commit_and_nothing_where_no_broker_is_set(
    settings, monkeypatch, django_capture_on_commit_callbacks
):
    sent = []
    monkeypatch.setattr(jobs, "send", sent.append)

    with django_capture_on_commit_callbacks(execute=True):
        jobs.enqueue(kind="marks")
    settings.BROKER_URL = "memory://"
    with django_capture_on_commit_callbacks(execute=True):
        job = jobs.enqueue(kind="marks")
        assert sent == []
    _wait_for_nudges()

    assert sent == [job.pk]


@pytest.mark.parametrize("scheme", ["redis", "amqp"])
@pytest.mark.parametrize("listens", [False, True], ids=["refused", "silent"])
def test_a_broker_that_is_away_costs_the_request_nothing_and_the_job_no_more_than_a_tick(
    settings, monkeypatch, caplog, django_capture_on_commit_callbacks, scheme, listens
):
    from config.celery import app

    with socket.socket() as broker:
        broker.bind(("127.0.0.1", 0))
        if listens:
            broker.listen()
        settings.BROKER_URL = f"{scheme}://127.0.0.1:{broker.getsockname()[1]}//"
        monkeypatch.setattr(app.conf, "broker_url", settings.BROKER_URL)
        monkeypatch.setattr(app.conf, "broker_write_url", settings.BROKER_URL)
        started = time.monotonic()
        with django_capture_on_commit_callbacks(execute=True):
            job = jobs.enqueue(kind="marks", user=make_user(email="words@example.org"))
        took = time.monotonic() - started
        _wait_for_nudges()
        given_up_after = time.monotonic() - started

    assert Job.objects.get(pk=job.pk).state == Job.State.QUEUED
    assert took < 0.5
    assert given_up_after < 5
    assert str(job.pk) in caplog.text
    assert "words" not in caplog.text


def _wait_for_nudges():
    for thread in threading.enumerate():
        if thread.name == "nudge":
            thread.join(timeout=10)


# Claiming ----------------------------------------------------------------------------------------


def test_a_job_is_claimed_once_until_its_lease_is_over():
    job = jobs.enqueue(kind="marks", user=make_user())

    assert jobs.claim(job.pk, NOW).attempts == 1
    assert jobs.claim(job.pk, NOW) is None
    assert jobs.claim(job.pk, NOW + jobs.LEASE) is None
    assert jobs.claim(job.pk, NOW + jobs.LEASE + SECOND).attempts == 2


@pytest.mark.parametrize("state", [Job.State.DONE, Job.State.FAILED, Job.State.CANCELLED])
def test_a_job_that_ended_is_never_claimed(state):
    job = jobs.enqueue(kind="marks", user=make_user())
    Job.objects.filter(pk=job.pk).update(state=state)

    assert jobs.claim(job.pk, NOW) is None
    assert jobs.run_due(NOW) == 0


def test_a_job_that_is_not_there_is_left_alone():
    assert jobs.run(uuid4(), clock=clock) is None


def test_a_worker_that_lost_its_lease_saves_nothing_more():
    user = make_user()
    job = jobs.enqueue(kind="marks", user=user)
    slow = jobs.claim(job.pk, NOW)
    later = NOW + jobs.LEASE + SECOND
    jobs.run(job.pk, clock=lambda: later)

    with pytest.raises(jobs.LeaseLost), transaction.atomic():  # noqa: PT012
        DayMark.objects.create(user=user, day=dt.date(2026, 12, 24), mark="partial")
        jobs.renew(slow, later)

    assert len(marked_days(user)) == 3
    assert Job.objects.get(pk=job.pk).state == Job.State.DONE


# Working -----------------------------------------------------------------------------------------


def test_every_slice_is_done_once_and_in_order():
    user = make_user()
    job = jobs.enqueue(kind="marks", user=user)

    assert jobs.run_due(NOW, clock=clock) == 1

    job.refresh_from_db()
    assert marked_days(user) == [FIRST_DAY + dt.timedelta(days=day) for day in range(3)]
    assert (job.state, job.finished_at, job.lease_until) == (Job.State.DONE, NOW, None)


def test_a_job_goes_on_from_its_last_saved_slice():
    user = make_user()
    job = jobs.enqueue(kind="marks", user=user)
    jobs.run(job.pk, clock=clock, stopping=lambda: True)
    assert len(marked_days(user)) == 1

    jobs.run(job.pk, clock=clock)

    assert len(marked_days(user)) == 3


def test_a_job_lets_others_have_their_turn():
    user = make_user()
    job = jobs.enqueue(kind="marks", user=user)
    times = iter([NOW, NOW, NOW + jobs.TURN + SECOND])

    jobs.run(job.pk, clock=lambda: next(times))

    job.refresh_from_db()
    assert (job.state, job.cursor, job.attempts) == (Job.State.QUEUED, {"done": 1}, 0)


def test_a_slice_that_fails_leaves_nothing_and_is_tried_five_times(caplog):
    caplog.set_level(logging.INFO)
    user = make_user()
    job = jobs.enqueue(kind="marks", user=user, payload={"fails_at": 1}, dedupe_key="marks:1")

    worked = sum(
        jobs.run_due(now, clock=lambda now=now: now) for now in (NOW + SECOND * s for s in range(120))
    )

    job.refresh_from_db()
    assert worked == jobs.MAX_ATTEMPTS
    assert len(marked_days(user)) == 1
    assert (job.state, job.error, job.dedupe_key) == (Job.State.FAILED, "ValueError", None)
    assert "words" not in caplog.text


def test_a_job_that_failed_waits_longer_each_time():
    job = jobs.enqueue(kind="marks", user=make_user(), payload={"fails_at": 0})
    jobs.run(job.pk, clock=clock)

    assert jobs.claim(job.pk, NOW + SECOND) is None
    assert jobs.claim(job.pk, NOW + SECOND * 3) is not None


def test_a_job_whose_workers_all_died_is_given_up():
    job = jobs.enqueue(kind="marks", user=make_user(), dedupe_key="marks:1")
    now = NOW
    for _ in range(jobs.MAX_ATTEMPTS):
        assert jobs.claim(job.pk, now)
        now += jobs.LEASE + SECOND

    assert jobs.claim(job.pk, now) is None
    assert jobs.run_due(now) == 0

    job.refresh_from_db()
    assert (job.state, job.dedupe_key) == (Job.State.FAILED, None)
    assert job.error


def test_one_bad_job_does_not_stop_the_others():
    bad = jobs.enqueue(kind="marks", user=make_user(), payload={"fails_at": 0})
    good = jobs.enqueue(kind="marks", user=make_user())

    assert jobs.run_due(NOW, clock=clock) == 2

    assert Job.objects.get(pk=bad.pk).state == Job.State.QUEUED
    assert Job.objects.get(pk=good.pk).state == Job.State.DONE


def test_a_stopping_worker_starts_nothing_new():
    jobs.enqueue(kind="marks", user=make_user())

    assert jobs.run_due(NOW, clock=clock, stopping=lambda: True) == 0


def test_what_is_old_is_removed_by_the_tick(monkeypatch):
    monkeypatch.setattr(jobs, "PERIODIC", {})
    old, new = jobs.enqueue(kind="marks"), jobs.enqueue(kind="marks")
    Job.objects.filter(pk=old.pk).update(state="done", finished_at=NOW - dt.timedelta(hours=1, seconds=1))
    Job.objects.filter(pk=new.pk).update(state="done", finished_at=NOW - dt.timedelta(minutes=59))

    jobs.tick(NOW)

    assert list(Job.objects.all()) == [new]


def test_the_tick_nudges_what_waits_and_what_was_left_behind(settings, monkeypatch):
    monkeypatch.setattr(jobs, "PERIODIC", {})
    settings.BROKER_URL = "memory://"
    sent = []
    monkeypatch.setattr(jobs, "send", lambda job_id: sent.append(job_id) or True)
    waiting, left, working = (jobs.enqueue(kind="marks") for _ in range(3))
    jobs.claim(left.pk, NOW - jobs.LEASE - SECOND)
    jobs.claim(working.pk, NOW)

    jobs.tick(NOW)

    assert set(sent) == {waiting.pk, left.pk}


# Long jobs beside short ones ---------------------------------------------------------------------


def note_kind(job):
    """A handler: notes its kind; the first long one sees a short job come, and each takes two slices."""
    ran.append(job.kind)
    if ran.count("import-read") == 1 and not Job.objects.filter(kind="marks").exists():
        jobs.enqueue(kind="marks", payload={"late": True})
    job.cursor = {"done": job.cursor.get("done", 0) + 1}
    return job.kind == "import-read" and job.cursor["done"] < 2


ran: list[str] = []


@pytest.fixture
def _noting(monkeypatch):
    ran.clear()
    for kind in ("marks", "import-read", "export"):
        monkeypatch.setitem(jobs.HANDLERS, kind, f"{__name__}.note_kind")
        monkeypatch.delitem(jobs.PREPARING, kind, raising=False)


@pytest.mark.usefixtures("_noting")
def test_a_long_job_lets_all_others_go_first_and_those_that_come_meanwhile_too():
    imports = [jobs.enqueue(kind="import-read") for _ in range(2)]
    jobs.enqueue(kind="export")
    Job.objects.filter(pk__in=[job.pk for job in imports]).update(created_at=NOW - dt.timedelta(hours=1))
    times = itertools.count()
    turn = jobs.TURN + SECOND

    assert jobs.run_due(NOW, clock=lambda: NOW + next(times) * turn) == 4

    assert ran == ["export", "import-read", "marks", "import-read"]
    assert Job.objects.filter(kind="import-read", state=Job.State.QUEUED).count() == 2


@pytest.mark.usefixtures("_noting")
def test_a_long_job_that_was_put_back_waits_behind_the_other():
    first, second = (jobs.enqueue(kind="import-read") for _ in range(2))
    Job.objects.filter(pk=first.pk).update(created_at=NOW - dt.timedelta(hours=2))
    Job.objects.filter(pk=second.pk).update(created_at=NOW - dt.timedelta(hours=1))
    jobs.run(first.pk, clock=clock, stopping=lambda: True)

    jobs.run_due(NOW + SECOND, clock=lambda: NOW + SECOND)

    done = Job.objects.filter(kind="import-read").order_by("finished_at")
    assert {job.state for job in done} == {Job.State.DONE}
    assert ran[:1] + ran[-3:] == ["import-read"] * 4


def test_a_job_that_failed_can_go_on_from_its_last_saved_slice():
    user = make_user()
    job = jobs.enqueue(kind="marks", user=user, payload={"fails_at": 1})
    for second in range(120):
        jobs.run_due(NOW + SECOND * second, clock=lambda second=second: NOW + SECOND * second)
    assert Job.objects.get(pk=job.pk).state == Job.State.FAILED

    Job.objects.filter(pk=job.pk).update(payload={})
    assert retry([job.pk], NOW) == 1
    jobs.run(job.pk, clock=clock)

    assert len(marked_days(user)) == 3
    assert Job.objects.get(pk=job.pk).state == Job.State.DONE
