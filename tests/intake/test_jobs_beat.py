"""A job whose slice takes long to make ready: the lease is renewed meanwhile, unless it was taken over."""

import datetime as dt
import threading

import pytest
from django.utils import timezone

from intake import jobs
from intake.models import Job

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("_in_a_file")]

beaten = threading.Event()


def wait_for_a_beat(job):
    """Make ready: takes until the lease was renewed, or somebody else has the job."""
    if job.payload.get("taken"):
        Job.objects.filter(pk=job.pk).update(lease_until=timezone.now() + dt.timedelta(days=1))
    leased = Job.objects.values_list("lease_until", flat=True)
    before = leased.get(pk=job.pk)
    job.cursor = {"later": beaten.wait(30) and leased.get(pk=job.pk) > before}


def tell(job):
    """A handler: ends when the lease was renewed."""
    if not job.cursor["later"]:
        raise ValueError
    return False


@pytest.fixture(autouse=True)
def _beating(monkeypatch):
    beaten.clear()
    save = jobs._save

    def told(job, **values):
        try:
            save(job, **values)
        finally:
            if threading.current_thread().name == "beat":
                beaten.set()

    monkeypatch.setattr(jobs, "_save", told)
    monkeypatch.setattr(jobs, "BEAT_SECONDS", 0.05)
    monkeypatch.setitem(jobs.HANDLERS, "slow", f"{__name__}.tell")
    monkeypatch.setitem(jobs.PREPARING, "slow", f"{__name__}.wait_for_a_beat")


def test_a_lease_is_renewed_while_a_slice_is_made_ready():
    job = jobs.enqueue(kind="slow")

    jobs.run(job.pk)

    job.refresh_from_db()
    assert (job.state, job.error) == (Job.State.DONE, "")


def test_a_job_that_was_taken_over_meanwhile_is_left_alone():
    job = jobs.enqueue(kind="slow", payload={"taken": True})

    jobs.run(job.pk)

    job.refresh_from_db()
    assert job.state == Job.State.RUNNING
    assert job.lease_until > timezone.now() + jobs.LEASE
