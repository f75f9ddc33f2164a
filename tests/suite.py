"""`make test`: the suite on SQLite and on PostgreSQL, and in the last lines what could not be run and why.

Both run at the same time where there are two processors, and beside them the faults, which mostly wait; each
on databases, ports and queues of its own.
Run as `python -m tests.suite [--docs] [--done PATHS] [pytest arguments]`; PATHS, in one argument, were run on
SQLite before. With CI=true a thing that is missing is a failure.
"""

# ruff: noqa: T201
import os
import signal
import subprocess
import sys
import tempfile
import time
from typing import IO

from tests import machine

CI = os.environ.get("CI", "").lower() in ("1", "true", "yes")


# These know no database, so once is enough; nor does a page look otherwise on the other one.
PURE = (
    "tests/foods/measures",
    "tests/foods/sources",
    "tests/intake/domain",
    "tests/intake/test_charts.py",
    "tests/intake/test_charts_lane.py",
    "tests/learn/test_markdown.py",
    "tests/learn/test_texts.py",
    "tests/supplements/reading",
    "tests/supplements/sources",
    "tests/supplements/test_blends.py",
    "tests/supplements/test_compounds.py",
    "tests/supplements/test_families.py",
    "tests/supplements/test_kinds.py",
    "tests/supplements/test_labels.py",
    "tests/test_readme.py",
)
# Pages ask the same of both, which the tests of the pages try on both; the curator's path is driven on both.
BROWSER = tuple(
    f"tests/browser/test_{name}.py" for name in ("axe", "paths", "stacks", "supplements", "workbench")
)
ONCE = [*(f"--ignore={path}" for path in (*PURE, *BROWSER)), "-m", "not docs and not looks"]
# A broker stands beside a database server; without one they run on SQLite.
BROKERLESS = ["--ignore=tests/faults/test_brokers.py"]
FAULTS, FAULTLESS = ["tests/faults"], ["--ignore=tests/faults"]
NOTHING_CHOSEN = 5  # pytest's answer when the arguments leave no test


def main(arguments: list[str]) -> int:
    docs = "--docs" in arguments
    extra = [argument for argument in arguments if argument != "--docs"]
    done = []
    if "--done" in extra:
        at = extra.index("--done")
        done = [f"--ignore={path}" for path in extra[at + 1].split()]
        del extra[at : at + 2]
    missing = missing_things()
    notes = []

    sqlite = done if docs else [*done, "-m", "not docs"]
    lanes = [[Run("SQLite", [*sqlite, *extra], bool(extra))]]
    if not docs:
        notes.append("The commands of the documents were not run; `make check` runs them.")
    if not machine.sample_data():
        notes.append(
            "MIDBAND_SAMPLE_DATA names no folder with the real food tables: their importers were tried on"
            " made-up files only, and those tests were skipped."
        )
    problem = machine.postgres_problem()
    if problem:
        missing.append(f"PostgreSQL ({problem}): the suite ran on SQLite alone")
    else:
        lanes = lanes_of_both(sqlite, extra)
        notes.append(
            "What knows no database, how pages look, and most paths in a browser were tried on SQLite alone."
        )
        notes.append("Faults of Redis and RabbitMQ were tried with PostgreSQL alone.")
    failed = not run_all(lanes)

    for line in notes:
        print(f"NOTE     {line}")
    for line in missing:
        print(f"MISSING  {line}.")
    if failed:
        print("RESULT   failed.")
    elif missing and CI:
        print("RESULT   failed: with CI=true nothing may be missing.")
    else:
        print("RESULT   passed" + (", but for what is missing above." if missing else "."))
    return int(failed or (CI and bool(missing)))


def lanes_of_both(sqlite: list[str], extra: list[str]) -> list[list["Run"]]:
    """Return what runs beside one another, each a list of what runs in turn."""
    if extra or os.environ.get("PYTEST_ADDOPTS"):  # a choice of tests: the whole of it on each
        return [
            [Run("SQLite", [*sqlite, *BROKERLESS, *extra], True)],
            [Run("PostgreSQL", [*ONCE, *extra], True)],
        ]
    return [
        [Run("SQLite", [*sqlite, *FAULTLESS])],
        [Run("PostgreSQL", [*ONCE, *FAULTLESS]), Run("SQLite: faults", [*FAULTS, *BROKERLESS])],
        [Run("PostgreSQL: faults", FAULTS)],
    ]


def missing_things() -> list[str]:
    """Return a line for each thing the machine lacks and what is skipped for it."""
    missing = []
    path = machine.chromium() or machine.install_chromium()
    if path:
        os.environ["CHROMIUM"] = path
    else:
        missing.append("Chromium, and Playwright could not install its own: no browser test ran")
    if not machine.answers(machine.REDIS_URL):
        missing.append("Redis at TEST_REDIS_URL: no job was sent through it")
    if not machine.answers(machine.RABBITMQ_URL):
        missing.append("RabbitMQ at TEST_RABBITMQ_URL: no job was sent through it")
    return missing


class Run:
    """The suite, or a part of it, on one database; what is not shown as it runs is shown at its end."""

    def __init__(self, name: str, arguments: list[str], may_be_empty: bool = False) -> None:
        self.name, self.arguments, self.may_be_empty = name, arguments, may_be_empty
        self.output: IO[str] | None = None

    def start(self, *, shown: bool) -> None:
        """Start pytest; its words come at once if `shown`."""
        environment = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
        if self.name.startswith("PostgreSQL"):
            environment["DATABASE_URL"] = machine.POSTGRES_URL
        if shown:
            self._head()
        else:
            self.output = tempfile.TemporaryFile("w+")  # noqa: SIM115 (`end` closes it)
        self.started = time.monotonic()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "pytest", "-q", *self.arguments],
            cwd=machine.BASE_DIR, env=environment, stdout=self.output, stderr=self.output,
        )  # fmt: skip

    def end(self) -> bool:
        """Wait for the end, show what was not shown and return whether it passed."""
        code = self.process.wait()
        seconds = time.monotonic() - self.started
        if self.output is not None:
            self._head()
            self.output.seek(0)
            sys.stdout.write(self.output.read())
            self.output.close()
        print(f"== {self.name}: {seconds:.0f} s ==\n", flush=True)
        return code == 0 or (self.may_be_empty and code == NOTHING_CHOSEN)

    def _head(self) -> None:
        print(f"\n== {self.name} ==", flush=True)


def run_all(lanes: list[list[Run]]) -> bool:
    """Run the lanes, side by side where there is room; return whether all passed."""
    if (os.cpu_count() or 1) == 1:
        lanes = [[run for lane in lanes for run in lane]]
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    waiting, running, passed = [list(lane) for lane in lanes], {}, []
    try:
        while any(waiting) or running:
            for lane, rest in enumerate(waiting):
                if lane not in running and rest:
                    running[lane] = rest.pop(0)
                    running[lane].start(shown=lane == 0)
            time.sleep(0.2)
            for lane in [lane for lane, run in running.items() if run.process.poll() is not None]:
                passed.append(running.pop(lane).end())
    finally:
        for run in running.values():  # at Ctrl-C: they clear up after themselves
            run.process.terminate()
            run.process.wait()
    return all(passed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
