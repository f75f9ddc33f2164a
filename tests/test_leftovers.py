"""What a killed run of the tests has left is cleared away, and nothing else."""

import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from tests import leftovers, machine

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks for processes in /proc")


@pytest.fixture(autouse=True)
def _notes_of_its_own(monkeypatch, tmp_path):
    monkeypatch.setattr(leftovers, "NOTES", tmp_path / "notes")


@pytest.fixture
def sleeper():
    process = subprocess.Popen(["sleep", "600"], start_new_session=True)
    yield process
    process.kill()
    process.wait()


def gone_run():
    """Return the id of a process that is no more."""
    ended = subprocess.Popen(["true"])
    ended.wait()
    return ended.pid


def noted_by(run, kind, name):
    leftovers.NOTES.mkdir(exist_ok=True)
    (leftovers.NOTES / str(run)).write_text(f"{kind} {name}\n")


def test_processes_of_a_run_that_is_no_more_are_ended(sleeper):
    leftovers.note_process(sleeper.pid)
    (notes,) = leftovers.NOTES.iterdir()
    leftovers.sweep()
    assert sleeper.poll() is None, "this run is not over"

    notes.rename(notes.with_name(str(gone_run())))
    leftovers.sweep()

    assert sleeper.wait(timeout=10) == -9
    assert [*leftovers.NOTES.iterdir()] == []


def test_another_process_by_the_same_id_is_left_alone(sleeper):
    noted_by(gone_run(), "process", f"{sleeper.pid}:1")

    leftovers.sweep()

    assert sleeper.poll() is None
    assert Path(f"/proc/{sleeper.pid}").exists()


@pytest.mark.skipif(machine.postgres_problem() != "", reason="no PostgreSQL")
def test_a_database_of_a_run_that_is_no_more_is_dropped():
    run = gone_run()
    name = f"test_midband_left_{run}"
    with psycopg.connect(machine.POSTGRES_URL, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        noted_by(run, "database", name)

        leftovers.sweep()

        found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchall()
    assert found == []
