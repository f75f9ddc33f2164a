"""What tests make beside their own folder, by name: a run that was killed is cleared up by the next."""

import contextlib
import os
import signal
import tempfile
from pathlib import Path

import kombu
import psycopg
import redis

from tests import machine

NOTES = Path(tempfile.gettempdir()) / f"midband-tests-{os.getuid()}"  # a file for each run, named by its id


def note(kind: str, name: str) -> None:
    """Note a database, a queue or a process, before it is made where that is possible."""
    NOTES.mkdir(mode=0o700, exist_ok=True)
    with (NOTES / str(os.getpid())).open("a") as notes:
        notes.write(f"{kind} {name}\n")


def note_process(pid: int) -> None:
    """Note a process by its id and the moment it started, since ids are used again; Linux only."""
    if started := _started(pid):
        note("process", f"{pid}:{started}")


def sweep() -> None:
    """Clear away what runs that are no more have left."""
    for notes in NOTES.glob("[0-9]*"):
        if not Path(f"/proc/{notes.name}").exists() and Path("/proc/self").exists():
            clear(int(notes.name))


def clear(run: int) -> None:
    """Clear away what a run has noted; what it cleared itself is no matter."""
    notes = NOTES / str(run)
    with contextlib.suppress(FileNotFoundError):
        noted = [line.split() for line in notes.read_text().splitlines()]
        for kind in CLEARING:  # processes first: they hold the others
            for name in (name for found, name in noted if found == kind):
                CLEARING[kind](name)
        notes.unlink()


def end_process(name: str) -> None:
    """Kill a process, with its group if it leads one, if it is still the one that was noted."""
    pid, started = name.split(":")
    if _started(int(pid)) != started:
        return
    with contextlib.suppress(ProcessLookupError):
        kill = os.killpg if os.getpgid(int(pid)) == int(pid) else os.kill
        kill(int(pid), signal.SIGKILL)


def drop_database(name: str) -> None:
    """Drop a database of PostgreSQL, whoever is connected."""
    if not machine.postgres_problem():
        with psycopg.connect(machine.POSTGRES_URL, autocommit=True) as connection:
            connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def drop_queue(name: str) -> None:
    """Remove a queue, its exchange and its keys from both brokers."""
    if machine.answers(machine.REDIS_URL):
        with redis.Redis.from_url(machine.REDIS_URL) as client:
            for key in client.scan_iter(f"{name}:*"):
                client.delete(key)
    if machine.answers(machine.RABBITMQ_URL):
        with kombu.Connection(machine.RABBITMQ_URL) as connection:
            connection.default_channel.queue_delete(name)
            connection.default_channel.exchange_delete(name)


def _started(pid: int) -> str:
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[19]
    return ""


CLEARING = {"process": end_process, "database": drop_database, "queue": drop_queue}
