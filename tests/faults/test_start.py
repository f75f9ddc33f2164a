"""`manage.py start`: everything comes up together and goes down together, however it ends."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from tests import machine

pytestmark = pytest.mark.faults
in_proc = pytest.mark.skipif(sys.platform != "linux", reason="looks for processes in /proc")


def descendants(pid):
    """Return the ids of a process's children and theirs; Linux only."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [found for child in map(int, children) for found in (child, *descendants(child))]


def living(pids):
    return [pid for pid in pids if Path(f"/proc/{pid}").exists() and _state(pid) != "Z"]


def _state(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except FileNotFoundError:
        return "Z"


def wait_until(true, seconds=40):
    give_up_at = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < give_up_at
        time.sleep(0.05)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def start(installation):
    """`manage.py start` on a free port, with its pages answering."""
    port = free_port()
    installation.env |= {"PORT": str(port)}
    process = installation.spawn("manage.py", "start")
    wait_until(lambda: process.poll() is not None or _answers(port), seconds=90)
    assert process.poll() is None, installation.said()
    yield process, port, installation
    installation.end()


def _answers(port):
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/accounts/login/", timeout=5) as answer:
            return answer.status == 200
    except OSError:
        return False


@in_proc
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_start_ends_with_all_its_processes(start, number):
    process, port, installation = start
    children = descendants(process.pid)
    assert len(children) == 3, "server, its worker process, job worker"

    process.send_signal(number)
    assert process.wait(timeout=20) == 0

    assert living(children) == []
    assert not _answers(port)
    assert f"http://localhost:{port}" in installation.said()
    assert "KeyboardInterrupt" not in installation.said()


@in_proc
def test_nothing_lives_on_when_start_is_killed(start):
    process, _, _ = start
    children = descendants(process.pid)

    process.kill()
    process.wait()

    wait_until(lambda: living(children) == [], seconds=15)


@in_proc
def test_a_child_that_dies_ends_the_rest_and_start_says_so(start):
    process, _, installation = start
    children = descendants(process.pid)
    job_worker = next(
        pid for pid in children if b"work" in Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    )

    os.kill(job_worker, signal.SIGKILL)

    assert process.wait(timeout=20) == 1
    assert "The worker ended by itself" in installation.said()
    assert living(children) == []


def test_a_port_in_use_is_one_clear_sentence():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        done = subprocess.run(
            [sys.executable, "manage.py", "start"],
            cwd=machine.BASE_DIR,
            env=os.environ | {"PORT": str(port), "DATABASE_URL": "sqlite://:memory:"},
            capture_output=True,
            text=True,
            timeout=30,
        )

    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert f"Port {port} cannot be used" in done.stderr
    assert f"PORT={port + 1}" in done.stderr
