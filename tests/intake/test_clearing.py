"""Clearing: what can no longer be undone goes, what can stays, and nobody else's rows with it."""

import datetime as dt
from decimal import Decimal

import pytest
from django.contrib.sessions.models import Session

from intake import clearing, jobs
from intake.models import Entry, Job
from intake.services import delete_entry, log_quick
from tests.factories import make_user

pytestmark = pytest.mark.django_db
MONDAY = dt.date(2026, 11, 16)
NOW = dt.datetime(2026, 11, 16, 12, tzinfo=dt.UTC)


def clear_at(now):
    job = Job.objects.create(kind="clearing", created_at=now)
    jobs.run(job.pk, clock=lambda: now)
    job.refresh_from_db()
    return job


def log(user, label, deleted_at=None):
    entry = log_quick(user=user, day=MONDAY, kind="food", label=label, magnesium_mg=Decimal(1)).entry
    if deleted_at:
        delete_entry(user=user, entry_id=entry.id, version=1, now=deleted_at)


def test_entries_go_when_they_can_no_longer_be_undone(monkeypatch):
    monkeypatch.setattr(clearing, "ROWS_A_SLICE", 2)
    user = make_user()
    log(user, "kept")
    log(user, "can be undone", NOW - dt.timedelta(days=30))
    for number in range(5):
        log(user, f"past {number}", NOW - dt.timedelta(days=30, seconds=1))

    job = clear_at(NOW)

    assert job.state == Job.State.DONE
    assert set(Entry.objects.values_list("label", flat=True)) == {"kept", "can be undone"}


def test_sessions_go_when_they_have_ended():
    for key, ends in (("over", NOW - dt.timedelta(seconds=1)), ("open", NOW + dt.timedelta(days=1))):
        Session.objects.create(session_key=key, session_data="", expire_date=ends)

    clear_at(NOW)

    assert list(Session.objects.values_list("session_key", flat=True)) == ["open"]


def test_a_day_is_cleared_once():
    jobs.tick(NOW)
    jobs.tick(NOW + dt.timedelta(hours=1))
    jobs.tick(NOW + dt.timedelta(days=1))

    assert Job.objects.filter(kind="clearing").count() == 2
