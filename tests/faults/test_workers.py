"""Workers: two at once, killed half way, stopped politely, with the database gone and back."""

import signal
import time

import psycopg
import pytest

from tests import machine

pytestmark = pytest.mark.faults

SEED = """
import datetime as dt
user = User.objects.create_user('person@example.org', 'long enough to sign in')
first = dt.date(2016, 1, 1)
Entry.objects.bulk_create([
    Entry(user=user, day=first + dt.timedelta(days=n // 10), slot='lunch', kind='food', label=f'entry {n}',
          digest='0', magnesium_ug=None if n % 7 == 0 else n) for n in range(ENTRIES)], batch_size=1000)
job = exports.ask_export(user=user)
print(json.dumps(str(job.pk)))
"""


def seed(entries):
    """Return code that makes a person with entries, asks for their export and prints the job's id."""
    return SEED.replace("ENTRIES", str(entries))


STATE = "SELECT state FROM intake_job WHERE kind = 'export'"
PARTS = "SELECT count(*) FROM intake_exportpart"
WHOLE = """
import hashlib, zipfile
job = Job.objects.get(kind='export')
archive = zipfile.ZipFile(exports.export_zip(job))
text = archive.read('entries.csv').decode()
print(json.dumps([text.count(chr(10)), len(set(text.splitlines())), job.attempts]))
"""
CANCEL = """
from django.utils import timezone
from intake.tending import cancel
print(cancel([Job.objects.get(kind='export').pk], timezone.now()))
"""
WORK = """
import tests.faults.slow
from django.core.management import call_command
call_command('work')
"""


def slow_worker(installation):
    """Start `manage.py work` as the environment wants it slowed."""
    return installation.spawn("manage.py", "shell", "--no-imports", "-c", WORK)


def test_two_workers_do_a_job_once(installation):
    installation.python(seed(9_000))

    for _ in range(2):
        installation.spawn("manage.py", "work")
    installation.wait_for(STATE, "done")

    assert installation.python(WHOLE) == [9_001, 9_001, 1]


def test_a_worker_killed_half_way_is_followed_by_another_with_the_same_result(installation):
    installation.python(seed(20_000))
    installation.env["TEST_SLICE_SECONDS"] = "0.3"
    worker = slow_worker(installation)
    installation.wait_for(f"SELECT ({PARTS}) >= 3", 1)

    worker.kill()
    worker.wait()
    (before,) = installation.query(PARTS)[0]
    assert 3 <= before < 11
    assert installation.query(STATE)[0][0] == "running"

    installation.python(
        "import datetime as dt; from django.utils import timezone;"
        "late = timezone.now() + jobs.LEASE + dt.timedelta(seconds=5);"
        "print(jobs.run_due(late, clock=lambda: late))"
    )

    assert installation.query(STATE)[0][0] == "done"
    assert installation.python(WHOLE)[:2] == [20_001, 20_001]


def test_what_others_write_gets_in_between_the_slices_of_a_long_job(installation):
    installation.env["TEST_SLICE_SECONDS"] = "0.3"
    installation.python(seed(20_000))
    slow_worker(installation)
    installation.wait_for(f"SELECT ({PARTS}) >= 1", 1)

    installation.write("UPDATE intake_user SET is_active = true")

    assert installation.query(STATE) == [("running",)]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_worker_asked_to_stop_hands_its_job_back(installation, number):
    installation.python(seed(20_000))
    installation.env["TEST_SLICE_SECONDS"] = "0.3"
    worker = slow_worker(installation)
    installation.wait_for(f"SELECT ({PARTS}) >= 2", 1)

    asked_at = time.monotonic()
    worker.send_signal(number)
    assert worker.wait(timeout=10) == 0

    assert time.monotonic() - asked_at < 5
    assert installation.query(STATE)[0][0] == "queued"
    assert "Traceback" not in installation.said()
    installation.manage("work", "--once")
    assert installation.python(WHOLE) == [20_001, 20_001, 1]


def test_a_job_that_is_stopped_is_let_go_by_its_worker_and_can_be_tried_again(installation, tmp_path):
    hold = tmp_path / "hold"
    hold.touch()
    installation.env["TEST_HOLD"] = str(hold)
    installation.python(seed(20_000))
    slow_worker(installation)
    installation.wait_for(PARTS, 1)

    assert installation.python(CANCEL) == 1
    hold.unlink()
    installation.wait_to_hear("or cancelled")

    assert installation.query(PARTS) == [(1,)]
    assert installation.query(STATE) == [("cancelled",)]

    installation.python(CANCEL.replace("cancel", "retry"))
    installation.wait_for(STATE, "done")

    assert installation.python(WHOLE)[:2] == [20_001, 20_001]


def test_a_worker_outlives_a_database_that_is_briefly_away(installation):
    if installation.env["DATABASE_URL"].startswith("sqlite"):
        pytest.skip("SQLite is a file beside the worker; only a server can be away")
    name = installation.env["DATABASE_URL"].rsplit("/", 1)[1]
    worker = installation.spawn("manage.py", "work")
    installation.wait_for("SELECT state FROM intake_job WHERE kind = 'ranking'", "done")

    installation.hang_up()
    with psycopg.connect(machine.POSTGRES_URL, autocommit=True) as connection:
        connection.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name]
        )
        time.sleep(4)
        connection.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")
    installation.python(seed(100))
    installation.wait_for(STATE, "done")

    assert worker.poll() is None
    assert "the database is away" in installation.said()
