"""An import at size: a made-up branded download, read, compared and published while a diary is written.

`python -m tests.bench.import_at_size`, on BENCH_DATABASE_URL or a scratch SQLite file; BENCH_FOODS=2000000
for the size that the targets speak of. Worker and diary are processes of their own, as when it is used.
"""

# ruff: noqa: T201
import json
import os
import resource
import statistics
import subprocess
import sys
import time
from uuid import UUID

from tests.bench.__main__ import BASE_DIR, SCRATCH, TASTE, manage, scratch_database, verdict

FOODS = int(os.environ.get("BENCH_FOODS") or (3_000 if TASTE else 50_000))
MOST_TIMES, MOST_MB, MOST_WRITE_MS, MOST_SCREEN_MS = 5, 400, 250, 300
BETWEEN_WRITES = 0.02  # seconds
QUIET = 1 if TASTE else 4  # seconds of diary with no import, for comparison
SCREENS = 7


def main() -> None:
    with scratch_database() as url:
        SCRATCH.mkdir(parents=True, exist_ok=True)
        os.environ |= {
            "DATABASE_URL": url,
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "SECRET_KEY": "for one run of the benchmark and nothing else",
            "BROKER_URL": "",
        }
        manage("migrate", "--verbosity", "0")
        manage("load_builtin")
        manage("collectstatic", "--noinput", "--verbosity", "0")

        import django

        django.setup()
        measure()


def measure() -> None:
    """Import, and print a line for each promise."""
    from django.db import connection

    from foods import importing
    from tests.bench.bare_tables import bare_load
    from tests.bench.branded import write_fdc

    folder = SCRATCH / "branded_2024-10-31"
    write_fdc(folder, FOODS)
    person = make_writer()
    quiet = Writer(person).after(QUIET)
    found = importing.start_import(folder, folder.name)
    writer = Writer(person)
    read = worked(found.pk)
    found.refresh_from_db()
    screens = first_screens(found.pk)
    importing.publish(found)
    published = worked(found.pk)
    busy = writer.stop()
    found.refresh_from_db()

    rows = found.counts["rows"]
    took = read["seconds"] + published["seconds"]
    print(
        f"\n{connection.vendor}: {FOODS:,} branded foods, {rows:,} records, {found.state}; load {load()}\n"
        f"read and compared      {read['seconds']:.1f} s ({rows / read['seconds']:,.0f} a second)\n"
        f"published              {published['seconds']:.1f} s ({rows / published['seconds']:,.0f} a second)"
    )
    for name, seconds in bare_load(found):
        bound = f", at most {MOST_TIMES} x: {verdict(took <= MOST_TIMES * seconds)}"
        promised = bound if connection.vendor == "postgresql" else ""
        print(f"{name:22} {seconds:.1f} s; the import takes {took / seconds:.1f} x{promised}")
    peak = max(read["mb"], published["mb"])
    print(f"worker's peak memory   {peak:.0f} MB, at most {MOST_MB} MB: {verdict(peak <= MOST_MB)}")
    for name, told in (("reading", read), ("publishing", published)):
        print(f"longest slice written  {told['worst_ms']:.0f} ms, median {told['median_ms']:.0f} ms ({name})")
    print(f"diary write, quiet     {of_times(quiet)}")
    bound = f"at most {MOST_WRITE_MS} ms: {verdict(p99(busy) <= MOST_WRITE_MS)}"
    print(f"diary write, importing {of_times(busy)}; p99 {bound}")
    print(
        f"preview, first screen  {statistics.median(screens):.0f} ms, worst {max(screens):.0f} ms,"
        f" at most {MOST_SCREEN_MS} ms: {verdict(max(screens) <= MOST_SCREEN_MS)}"
    )


def load() -> str:
    """Return what else the machine does, as it counts it."""
    return ", ".join(f"{one:.1f}" for one in os.getloadavg())


def p99(times: list[float]) -> float:
    return sorted(times)[len(times) * 99 // 100]


def of_times(times: list[float]) -> str:
    return (
        f"p50 {statistics.median(times):.0f} ms, p99 {p99(times):.0f} ms, worst {max(times):.0f} ms"
        f" of {len(times)}"
    )


# The worker --------------------------------------------------------------------------------------


def worked(food_import: UUID) -> dict[str, float]:
    """Let a worker of its own do the jobs of an import; return what it says of itself."""
    command = [sys.executable, "-m", __spec__.name, "work", str(food_import)]
    done = subprocess.run(command, cwd=BASE_DIR, check=True, stdout=subprocess.PIPE, text=True)
    told: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return told


def work(food_import: str) -> dict[str, float]:
    """Do the jobs of an import; return how long it took, the transactions of its slices, and the memory."""
    from django.db import transaction
    from django.utils.module_loading import import_string

    from intake import jobs
    from intake.models import Job

    slices: list[float] = []

    def timed(path):
        def handler(job):
            began = time.perf_counter()
            transaction.on_commit(lambda: slices.append((time.perf_counter() - began) * 1000))
            return import_string(path)(job)

        return handler

    for kind in jobs.LONG:
        globals()[f"timed_{kind}"] = timed(jobs.HANDLERS[kind])
        jobs.HANDLERS[kind] = f"{__name__}.timed_{kind}"
    started = time.perf_counter()
    waiting = Job.objects.filter(payload={"import": food_import}, state__in=("queued", "running"))
    while job_id := waiting.values_list("pk", flat=True).first():
        jobs.run(job_id)
    return {
        "seconds": time.perf_counter() - started,
        "worst_ms": max(slices),
        "median_ms": statistics.median(slices),
        "mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


# The diary ---------------------------------------------------------------------------------------


class Writer:
    """A process that writes a person's diary until it is stopped."""

    def __init__(self, person: int) -> None:
        command = [sys.executable, "-m", __spec__.name, "write", str(person)]
        pipe = subprocess.PIPE
        self._process = subprocess.Popen(command, cwd=BASE_DIR, stdin=pipe, stdout=pipe, text=True)
        self._process.stdout.readline()

    def after(self, seconds: float) -> list[float]:
        """Let it write for a time; return the milliseconds of each write."""
        time.sleep(seconds)
        return self.stop()

    def stop(self) -> list[float]:
        """Stop it; return the milliseconds of each write."""
        out, _ = self._process.communicate("stop\n", timeout=60)
        times: list[float] = json.loads(out)
        return times


def make_writer() -> int:
    """Return somebody with a diary."""
    from tests.bench.data import make_person

    return make_person("bench@example.org").pk


def write(person: str) -> list[float]:
    """Log a food again and again until a line comes in; return the milliseconds of each time."""
    import select
    from decimal import Decimal

    from foods.models import Food
    from intake.models import User
    from intake.services import log_food
    from tests.bench.data import LAST_DAY

    user = User.objects.get(pk=person)
    foods = [*Food.objects.readable().order_by("pk")[:200]]
    times: list[float] = []
    log_food(user=user, day=LAST_DAY, food=foods[0], weight_g=Decimal(30))
    print("ready", flush=True)
    while not select.select([sys.stdin], [], [], BETWEEN_WRITES)[0]:
        started = time.perf_counter()
        log_food(user=user, day=LAST_DAY, food=foods[len(times) % 200], weight_g=Decimal(30))
        times.append((time.perf_counter() - started) * 1000)
    return times


# The preview -------------------------------------------------------------------------------------


def first_screens(food_import: UUID) -> list[float]:
    """Return the milliseconds of the import's page, as a curator opens it; the first time is left out."""
    from django.test import Client
    from django.urls import reverse

    from intake.models import User

    curator = User.objects.create_superuser("curator@example.org", None)
    client = Client(headers={"host": "localhost"})
    client.force_login(curator, "intake.backends.PersonBackend")
    address = reverse("admin:foods_foodimport_change", args=[food_import])
    times = []
    for _ in range(SCREENS + 1):
        started = time.perf_counter()
        answer = client.get(address)
        times.append((time.perf_counter() - started) * 1000)
        if answer.status_code != 200:
            raise RuntimeError(f"the import's page answers {answer.status_code}")
    return times[1:]


if __name__ == "__main__":
    if sys.argv[1:]:
        import django

        django.setup()
        act = {"work": work, "write": write}[sys.argv[1]]
        print(json.dumps(act(sys.argv[2])))
    else:
        main()
