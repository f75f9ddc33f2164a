"""Installations of their own for processes to run in: a scratch database each, on the suite's engine."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

import psycopg
import pytest
from django.conf import settings as django_settings

from tests import leftovers, machine

PATIENCE = 120  # seconds until a wait is given up: how quick a busy machine is, is not what is tested


class Installation:
    """A database with its processes; `end` stops what still runs."""

    def __init__(self, database_url: str, folder: Path) -> None:
        self.folder = folder
        self.processes: list[subprocess.Popen[bytes]] = []
        self.asking: psycopg.Connection | None = None  # kept: a poll is not to cost the server a process
        self.env = {key: value for key, value in os.environ.items() if key not in ("BROKER_URL", "PORT")}
        self.env |= {
            "DATABASE_URL": database_url,
            "SECRET_KEY": "only for this test, and long enough to be one of those",
            "DJANGO_SETTINGS_MODULE": "tests.faults.settings",
            "TEST_QUEUE": f"midband-test-{uuid4().hex[:12]}",
            "TEST_VAR": str(folder),
        }

    def manage(self, *arguments: str) -> str:
        """Run a command to its end and return what it printed."""
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=machine.BASE_DIR, env=self.env, capture_output=True, text=True, timeout=300,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def python(self, code: str):
        """Run code with the models at hand; return what its last line printed, as JSON."""
        prelude = "import json; from intake import exports, jobs; from intake.models import *; "
        return json.loads(self.manage("shell", "--no-imports", "-c", prelude + code).splitlines()[-1])

    def spawn(self, *command: str) -> subprocess.Popen[bytes]:
        """Start a process of the checkout; its words go to a file in the folder."""
        with (self.folder / f"process{len(self.processes)}.log").open("wb") as log:
            process = subprocess.Popen(
                [sys.executable, *command],
                cwd=machine.BASE_DIR, env=self.env, stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip
        self.processes.append(process)
        leftovers.note_process(process.pid)
        return process

    def said(self) -> str:
        """Return all that the processes wrote."""
        return "\n".join(log.read_text() for log in sorted(self.folder.glob("*.log")))

    def query(self, sql: str):
        """Return the rows of a query, asked past Django."""
        url = self.env["DATABASE_URL"]
        if url.startswith("sqlite"):
            with closing(sqlite3.connect(url.removeprefix("sqlite:///"), timeout=20)) as connection:
                return connection.execute(sql).fetchall()
        if self.asking is None or self.asking.closed or self.asking.broken:
            self.asking = psycopg.connect(url, autocommit=True)
        return self.asking.execute(sql).fetchall()

    def hang_up(self) -> None:
        """Let go of the server's database, which can only be copied or dropped when nobody is connected."""
        if self.asking is not None:
            self.asking.close()

    def write(self, sql: str) -> None:
        """Carry out a statement, past Django too."""
        url = self.env["DATABASE_URL"]
        if url.startswith("sqlite"):
            with closing(sqlite3.connect(url.removeprefix("sqlite:///"), timeout=20)) as connection:
                connection.execute(sql)
                connection.commit()
        else:
            with psycopg.connect(url) as connection:
                connection.execute(sql)

    def wait_for(self, sql: str, expected, seconds: float = PATIENCE) -> None:
        """Wait until the first cell of a query is as expected; fail with what the processes said."""
        give_up_at = time.monotonic() + seconds
        while (found := next((row[0] for row in self.query(sql)), None)) != expected:
            assert time.monotonic() < give_up_at, f"{sql}: {found!r}\n{self.said()}"
            time.sleep(0.05)

    def wait_to_hear(self, words: str, seconds: float = PATIENCE) -> None:
        """Wait until a process has said this; fail with what they said."""
        give_up_at = time.monotonic() + seconds
        while words not in self.said():
            assert time.monotonic() < give_up_at, self.said()
            time.sleep(0.05)

    def end(self) -> None:
        """Kill what still runs, each process with its children."""
        self.hang_up()
        for process in self.processes:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _on_sqlite() -> bool:
    return django_settings.DATABASES["default"]["ENGINE"].endswith("sqlite3")


def _on_server(sql: str) -> None:
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
        connection.execute(sql)


@pytest.fixture(scope="session")
def filled(tmp_path_factory):
    """A database with the built-in data, to make copies of: a file, or the name of one on the server."""
    folder = tmp_path_factory.mktemp("filled")
    name = f"test_midband_faults_{uuid4().hex[:12]}"
    if _on_sqlite():
        made, url = folder / "midband.sqlite3", f"sqlite:///{folder}/midband.sqlite3"
    else:
        made, url = name, urlunsplit(urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}"))
        leftovers.note("database", name)
        _on_server(f"CREATE DATABASE {name}")
    try:
        template = Installation(url, folder)
        template.manage("migrate", "--skip-checks", "--verbosity", "0")
        template.manage("load_builtin")
        yield made
    finally:
        if not _on_sqlite():
            _on_server(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


@pytest.fixture
def installation(filled, tmp_path):
    """A database of its own with the built-in data and no person."""
    name = f"test_midband_faults_{uuid4().hex[:12]}"
    if _on_sqlite():
        with closing(sqlite3.connect(filled)) as source, closing(sqlite3.connect(tmp_path / name)) as copy:
            source.backup(copy)
        made = Installation(f"sqlite:///{tmp_path}/{name}", tmp_path)
    else:
        leftovers.note("database", name)
        _on_server(f"CREATE DATABASE {name} TEMPLATE {filled}")
        server = urlsplit(os.environ["DATABASE_URL"])
        made = Installation(urlunsplit(server._replace(path=f"/{name}")), tmp_path)
    try:
        yield made
    finally:
        made.end()
        if not _on_sqlite():
            _on_server(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
