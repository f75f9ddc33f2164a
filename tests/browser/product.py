"""The product as `make run` starts it, on a database of its own, for the tests and the pictures."""

import contextlib
import itertools
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass

import psycopg

from tests import leftovers, machine

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]
PASSWORD = "seven quiet magnesium seeds"
STARTS_WITHIN = 300
_numbers = itertools.count(1)


@dataclass
class Server:
    """Where the product answers, and the environment its commands run in."""

    url: str
    environment: dict

    def manage(self, *arguments):
        """Run a command on the server's database and return what it printed."""
        return subprocess.run(
            [sys.executable, "manage.py", *arguments],
            env=self.environment,
            cwd=machine.BASE_DIR,
            check=True,
            capture_output=True,
            text=True,
        ).stdout

    def demo(self, email, days):
        """Make a demo account."""
        self.manage("demo", "--email", email, "--password", PASSWORD, "--days", str(days))


@contextlib.contextmanager
def running(folder):
    """Start the product with an empty database in `folder`, or on the PostgreSQL of DATABASE_URL."""
    port = free_port()
    with scratch_database(folder) as database_url:
        environment = os.environ | {
            "PORT": str(port),
            "DATABASE_URL": database_url,
            "LOG_LEVEL": "WARNING",
            "DJANGO_SETTINGS_MODULE": "tests.scratch_settings",
            "TEST_VAR": str(folder),
        }
        process = subprocess.Popen(
            [sys.executable, "manage.py", "start"], env=environment, cwd=machine.BASE_DIR
        )
        leftovers.note_process(process.pid)
        try:
            wait_for(f"http://localhost:{port}/accounts/login/", process)
            yield Server(f"http://localhost:{port}", environment)
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(timeout=60)


@contextlib.contextmanager
def scratch_database(folder):
    """Give the URL of an empty database and drop it afterwards."""
    named = os.environ.get("DATABASE_URL", "")
    if not named.startswith("postgres"):
        yield f"sqlite:///{folder / 'midband.sqlite3'}"
        return
    name = f"midband_browser_{os.getpid()}_{next(_numbers)}"
    leftovers.note("database", name)
    with psycopg.connect(named, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    try:
        yield named.rsplit("/", 1)[0] + f"/{name}"
    finally:
        with psycopg.connect(named, autocommit=True) as connection:
            connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def free_port():
    """Return a port nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(url, process):
    """Return when the address answers. Raises RuntimeError if the server ends or takes too long."""
    until = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < until:
        if process.poll() is not None:
            raise RuntimeError("The server ended before it answered.")
        with contextlib.suppress(OSError), urllib.request.urlopen(url, timeout=2) as answer:
            if answer.status == 200:
                return
        time.sleep(0.2)
    raise RuntimeError(f"The server did not answer within {STARTS_WITHIN} s.")


def sign_in(page, email):
    """Sign in through the page; it stands on the day then."""
    page.goto("/accounts/login/")
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(lambda url: "/accounts/" not in url)
