"""`make test`: the suite on SQLite and on PostgreSQL, and in the last lines what could not be run and why.

Both run at the same time where there are two processors, each on databases, ports and queues of its own.
Run as `python -m tests.suite [--docs] [pytest arguments]`; with CI=true a thing that is missing is a failure.
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
    "tests/supplements/test_compounds.py",
    "tests/supplements/test_labels.py",
    "tests/test_readme.py",
)
ONCE = [*(f"--ignore={path}" for path in PURE), "-m", "not docs and not looks"]
# The longest tests mostly wait, and a broker stands beside a database server; without one they run on SQLite.
BROKERLESS = ["--ignore=tests/faults/test_brokers.py"]
NOTHING_CHOSEN = 5  # pytest's answer when the arguments leave no test


def main(arguments: list[str]) -> int:
    docs = "--docs" in arguments
    extra = [argument for argument in arguments if argument != "--docs"]
    missing = missing_things()
    notes = []

    chosen = {"SQLite": [] if docs else ["-m", "not docs"]}
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
        chosen["PostgreSQL"] = ONCE
        chosen["SQLite"] += BROKERLESS
        notes.append("What knows no database, and how pages look, was tried on SQLite alone.")
        notes.append("Faults of Redis and RabbitMQ were tried with PostgreSQL alone.")
    failed = not run_all([Run(name, [*options, *extra], bool(extra)) for name, options in chosen.items()])

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
    """The suite on one database; one that is not shown while it runs is shown when it has ended."""

    def __init__(self, name: str, arguments: list[str], may_be_empty: bool) -> None:
        self.name, self.arguments, self.may_be_empty = name, arguments, may_be_empty
        self.output: IO[str] | None = None

    def start(self, *, shown: bool) -> None:
        """Start pytest; its words come at once if `shown`."""
        environment = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
        if self.name == "PostgreSQL":
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


def run_all(runs: list[Run]) -> bool:
    """Run them, side by side where there is room; return whether all passed."""
    side_by_side = (os.cpu_count() or 1) > 1
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    passed, begun = [], []
    try:
        for number, each in enumerate(runs):
            each.start(shown=number == 0 or not side_by_side)
            begun.append(each)
            if not side_by_side:
                passed.append(each.end())
        if side_by_side:
            passed = [each.end() for each in runs]
    finally:
        for each in begun:  # at Ctrl-C: they clear up after themselves
            if each.process.poll() is None:
                each.process.terminate()
                each.process.wait()
    return all(passed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
