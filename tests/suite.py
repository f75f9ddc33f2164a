"""`make test`: the suite on SQLite, then on PostgreSQL, and in the last lines what could not be run and why.

Run as `python -m tests.suite [--docs] [pytest arguments]`; with CI=true a thing that is missing is a failure.
"""

# ruff: noqa: T201
import os
import subprocess
import sys
import time

from tests import machine

CI = os.environ.get("CI", "").lower() in ("1", "true", "yes")


def main(arguments: list[str]) -> int:
    docs = "--docs" in arguments
    extra = [argument for argument in arguments if argument != "--docs"]
    missing = missing_things()
    notes = []

    failed = not run("SQLite", [] if docs else ["-m", "not docs"], extra, database_url=None)
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
        failed |= not run("PostgreSQL", ["-m", "not docs"], extra, database_url=machine.POSTGRES_URL)

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


def run(name: str, which: list[str], extra: list[str], *, database_url: str | None) -> bool:
    """Run pytest on one database; return whether it passed."""
    print(f"\n== {name} ==", flush=True)
    environment = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    if database_url:
        environment["DATABASE_URL"] = database_url
    started = time.monotonic()
    command = [sys.executable, "-m", "pytest", "-q", *which, *extra]
    passed = subprocess.run(command, cwd=machine.BASE_DIR, env=environment).returncode == 0
    print(f"== {name}: {time.monotonic() - started:.0f} s ==\n", flush=True)
    return passed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
