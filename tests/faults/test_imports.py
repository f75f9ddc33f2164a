"""An import under `kill -9`: readers see the old foods or the new ones, and it ends as if undisturbed."""

import csv
import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

import psycopg
import pytest

from tests import leftovers, machine
from tests.faults.conftest import Installation

pytestmark = pytest.mark.faults

KILLS = 20
ROWS = 1_500
MODULE = "tests.faults.importing"
STATE = "SELECT state FROM foods_foodimport ORDER BY created_at DESC LIMIT 1"
# Grows with each slice that is saved, whatever the slice did.
SAVED = "SELECT state, done, cursor FROM foods_foodimport ORDER BY created_at DESC LIMIT 1"
HEADER = ("code", "name", "category", "magnesium (mg per 100 g)", "portion 1", "portion 1 (g)")


def first_file(path):
    return _write(path, [(n, f"Nutty {n}", n % 400, 100) for n in range(ROWS)])


def second_file(path):
    """Write a later release: half of the values and portions changed, a tenth gone, a third more foods."""
    kept = [(n, f"Nutty {n}", n % 400 + n % 2, 100 + n % 2) for n in range(ROWS) if n % 10]
    doubtful = [(n, f"Heavy {n}", 30_000, 10) for n in range(3 * ROWS, 3 * ROWS + 3)]
    return _write(
        path, [*kept, *((n, f"Brittle {n}", 55, 25) for n in range(ROWS, ROWS * 4 // 3)), *doubtful]
    )


def _write(path, rows):
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)
        writer.writerows((f"K{n}", name, "Nuts", mg, "1 handful", grams) for n, name, mg, grams in rows)
    return path


@pytest.fixture
def spooled(installation, tmp_path):
    installation.manage("import_foods", str(first_file(tmp_path / "first.csv")), "--publish")
    return installation


@pytest.fixture
def twin(spooled, tmp_path):
    """A copy of the installation, for a run that nothing disturbs."""
    url, name = spooled.env["DATABASE_URL"], f"test_midband_faults_{uuid4().hex[:12]}"
    folder = tmp_path / "twin"
    folder.mkdir()
    if url.startswith("sqlite"):
        source = url.removeprefix("sqlite:///")
        with closing(sqlite3.connect(source)) as one, closing(sqlite3.connect(folder / name)) as two:
            one.backup(two)
        copy = Installation(f"sqlite:///{folder}/{name}", folder)
    else:
        leftovers.note("database", name)
        spooled.hang_up()
        with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {urlsplit(url).path[1:]}")
        copy = Installation(urlunsplit(urlsplit(url)._replace(path=f"/{name}")), folder)
    yield copy
    copy.end()
    if not url.startswith("sqlite"):
        with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
            connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def dump(installation):
    done = subprocess.run(
        [sys.executable, "-m", MODULE, "dump"],
        cwd=machine.BASE_DIR, env=installation.env, capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


START = "from foods import importing; from pathlib import Path; "
PUBLISH = (
    START + "from foods.models import FoodImport;"
    "importing.publish(FoodImport.objects.order_by('-created_at')[0]); print(1)"
)


def start(installation, path):
    installation.python(START + f"importing.start_import(Path({str(path)!r}), 'second.csv'); print(1)")


def forget_lease(installation):
    """Let two minutes pass for the lease of a worker that was killed."""
    installation.write("UPDATE intake_job SET lease_until = '2001-01-01 00:00:00' WHERE state = 'running'")


def work_until(installation, expected, chance, kills):
    """Work until the import is as expected, killed at up to `kills` moments; return at how many."""
    killed = 0
    while True:
        worker = installation.spawn("-m", MODULE, "work")
        before, give_up_at = installation.query(SAVED), time.monotonic() + 120
        slices = chance.choice((1, 1, 2))
        while installation.query(STATE)[0][0] != expected and (slices or killed >= kills):
            assert time.monotonic() < give_up_at, installation.said()
            assert worker.poll() is None, installation.said()
            if (now := installation.query(SAVED)) != before:
                before, slices = now, max(slices - 1, 0)
            time.sleep(0.002)
        if installation.query(STATE)[0][0] != expected:
            time.sleep(chance.random() * 0.05)
        os.killpg(worker.pid, signal.SIGKILL)
        worker.wait()
        if installation.query(STATE)[0][0] == expected:
            return killed
        killed += 1
        forget_lease(installation)


def test_an_import_killed_twenty_times_is_seen_whole_or_not_at_all_and_ends_as_if_undisturbed(
    spooled, twin, tmp_path
):
    second, log = second_file(tmp_path / "second.csv"), tmp_path / "reader.txt"
    chance = random.Random(20261122)

    reader = spooled.spawn("-m", MODULE, "read", str(log))
    start(spooled, second)
    killed = work_until(spooled, "ready", chance, KILLS // 3)
    spooled.python(PUBLISH)
    killed += work_until(spooled, "published", chance, KILLS - killed)
    polled = log.read_text().count("\n\n")
    while log.read_text().count("\n\n") < polled + 2:
        assert reader.poll() is None, spooled.said()
        time.sleep(0.05)
    os.killpg(reader.pid, signal.SIGKILL)

    start(twin, second)
    work_until(twin, "ready", chance, 0)
    twin.python(PUBLISH)
    work_until(twin, "published", chance, 0)

    assert killed == KILLS
    assert dump(spooled) == dump(twin)
    seen = {}
    for line in filter(None, log.read_text().splitlines()):
        name, digest, _ = json.loads(line)
        seen.setdefault(name, []).append(digest)
    assert polled > 20
    assert {name: len(states) for name, states in seen.items()} == {
        name: 2 if name in CHANGED else 1 for name in seen
    }


CHANGED = {"foods", "portions", "nutty 5", "brittle 1501", "brittle 1777", "nutty 1333"}


def test_a_command_killed_half_way_goes_on_when_it_is_started_again(spooled, tmp_path):
    second = second_file(tmp_path / "second.csv")
    command = spooled.spawn("manage.py", "import_foods", str(second), "--publish")
    spooled.wait_for("SELECT count(*) FROM foods_foodimport", 2)
    os.killpg(command.pid, signal.SIGKILL)
    command.wait()

    said = spooled.manage("import_foods", str(second), "--publish")

    assert said.splitlines()[-1] == "new 500, changed 750, unchanged 600, missing 0, skipped 3"
    assert spooled.query("SELECT count(*) FROM foods_foodimport") == [(2,)]
    again = spooled.manage("import_foods", str(second), "--publish")
    assert again.splitlines()[-1] == "new 0, changed 0, unchanged 1850, missing 0, skipped 3"


def test_a_command_beside_a_worker_does_the_work_once(spooled, tmp_path):
    second = second_file(tmp_path / "second.csv")
    spooled.spawn("-m", MODULE, "work")
    spooled.spawn("-m", MODULE, "work")

    said = spooled.manage("import_foods", str(second), "--publish")

    assert said.splitlines()[-1] == "new 500, changed 750, unchanged 600, missing 0, skipped 3"
    assert spooled.query("SELECT count(*) FROM foods_food WHERE name LIKE 'Brittle%'") == [(500,)]
