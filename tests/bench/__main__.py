"""Run as `python -m tests.bench`: a scratch database, a server, seven interleaved rounds, a table of ratios.

On SQLite under var/bench/, or with BENCH_DATABASE_URL on a scratch database made on that PostgreSQL server.
Single times depend on the machine and its other work; the ratios are what is promised.
"""

# ruff: noqa: E402, T201
import gc
import http.client
import itertools
import json
import os
import shutil
import socket
import statistics
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from urllib.parse import urlencode, urlsplit, urlunsplit
from uuid import uuid4

BASE_DIR = Path(__file__).resolve().parent.parent.parent
SCRATCH = BASE_DIR / "var" / "bench"
TASTE = bool(os.environ.get("BENCH_TASTE"))  # see that it runs; the figures mean nothing
ROUNDS, REQUESTS, WARM_UP = (1, 5, 1) if TASTE else (9, 60, 15)
BENCH_NAME = "midband_bench"

TYPED = (
    "pumpkin seeds", "spinach boiled", "whole milk", "almonds", "dark chocolate", "rye bread", "oatmeal",
    "banana", "avocado", "eggs fried", "chicken breast", "brown rice", "tofu", "salmon", "yogurt plain",
    "black beans",
)  # fmt: skip
KEYSTROKES = [word[:length] for word in TYPED for length in range(2, len(word) + 1)]
TYPOS = [
    "almnd", "pumpkn seeds", "spinnach", "chiken breast", "bannana", "avacado", "yoghrt", "brocoli", "salmn",
    "choclate dark", "lentls", "oatmeel", "potatos", "cashws", "hazelnutt", "tomatoe",
]  # fmt: skip


@dataclass
class Measured:
    """One thing measured: how to ask for it, against what, and the times in ms of each round."""

    name: str
    ask: object
    against: str = ""
    target: float = 0
    max_queries: int = 0
    rounds: list[list[float]] = field(default_factory=list)
    queries: int = 0

    def ratios(self, other: "Measured", of) -> float:
        """Return the median over the rounds of the ratio of a statistic."""
        return statistics.median(
            of(ours) / of(bare) for ours, bare in zip(self.rounds, other.rounds, strict=True)
        )


def p95(times: list[float]) -> float:
    return statistics.quantiles(times, n=20)[18]


class Asker:
    """Sends requests over one connection that is kept open."""

    def __init__(self, port: int, headers: dict[str, str]) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        self.headers = headers

    def __call__(self, method: str, path: str, body=None, **headers: str):
        """Return the milliseconds and the response. Raises RuntimeError unless the answer is a good one."""
        sent = None if body is None else json.dumps(body)
        all_headers = self.headers | headers | ({"Content-Type": "application/json"} if sent else {})
        started = time.perf_counter()
        self.connection.request(method, path, body=sent, headers=all_headers)
        response = self.connection.getresponse()
        content = response.read()
        took = (time.perf_counter() - started) * 1000
        if response.status not in (200, 201):
            raise RuntimeError(f"{method} {path}: {response.status} {content[:300]!r}")
        return took, response


def main() -> None:
    started = time.monotonic()
    with scratch_database() as url:
        os.environ |= {
            "DATABASE_URL": url,
            "DJANGO_SETTINGS_MODULE": "tests.bench.settings",
            "SECRET_KEY": "for one run of the benchmark and nothing else",
            "BROKER_URL": "",
        }
        manage("migrate", "--verbosity", "0")
        loading = timed(lambda: manage("load_builtin"))

        import django

        django.setup()
        from tests.bench import data

        person = data.fill(days=30, others=10) if TASTE else data.fill()
        sizes = totals_in_one_query(person)
        port = free_port()
        with server(port) as first_page:
            measured = measure(port, person)
        report(measured, url, loading, first_page, sizes)
    print(f"Took {time.monotonic() - started:.0f} s.")


def measure(port: int, person) -> dict[str, Measured]:
    """Warm up, count queries, then run the rounds: one request of each in turn, so noise falls on all."""
    api = {"Authorization": f"Token {person.token}"}
    page = {"Cookie": f"midband_session={person.session}", "Accept": "text/html"}
    ids = itertools.cycle(map(str, person.food_ids[:2000:7]))
    Random(5).shuffle(KEYSTROKES)
    words, typos = itertools.cycle(KEYSTROKES), itertools.cycle(TYPOS)
    days = itertools.cycle(f"/2026-{month:02}-{day:02}/" for month in range(1, 11) for day in (3, 14, 25))
    weeks = itertools.cycle(f"/week/2026-W{week:02}/" for week in range(2, 47))

    def search(query):
        return "GET", "/api/v1/foods/?" + urlencode({"q": query, "limit": 20}), None

    def found(query):
        return "GET", "/2026-11-20/find/?" + urlencode({"q": query}), None

    def put():
        return "PUT", f"/api/v1/entries/{uuid4()}/", {"day": "2026-11-20", "food": next(ids), "weight_g": 30}

    things = [
        Measured("bare JSON", lambda: ("GET", f"/bench/json/?id={next(ids)}", None)),
        Measured("search", lambda: search(next(words)), "bare JSON", 4),
        Measured("search, one typo", lambda: search(next(typos)), "bare JSON", 8),
        Measured("save an entry (PUT)", put, "bare JSON", 6),
        Measured("bare JSON page", lambda: ("GET", f"/bench/json-page/?id={next(ids)}", None)),
        Measured("page: list as typed", lambda: found(next(words)), "bare JSON page", 4),
        Measured("page: list, one typo", lambda: found(next(typos)), "bare JSON page", 8),
        Measured("bare page", lambda: ("GET", f"/bench/page/?id={next(ids)}", None)),
        Measured("day page", lambda: ("GET", next(days), None), "bare page", 4, 6),
        Measured("week page", lambda: ("GET", next(weeks), None), "bare page", 4, 6),
    ]
    askers = {thing.name: Asker(port, page if "page" in thing.name else api) for thing in things}
    for name in ("page: list as typed", "page: list, one typo"):
        askers[name] = Asker(port, page | {"HX-Request": "true"})
    for thing in things:
        _, answer = askers[thing.name](*thing.ask(), **{"X-Count-Queries": "1"})
        thing.queries = int(answer.headers["X-Queries"])
        for _ in range(WARM_UP):
            askers[thing.name](*thing.ask())
    gc.disable()
    for _ in range(ROUNDS):
        for thing in things:
            thing.rounds.append([])
        for _ in range(REQUESTS):
            for thing in things:
                thing.rounds[-1].append(askers[thing.name](*thing.ask())[0])
    gc.enable()
    return {thing.name: thing for thing in things}


def report(measured, url, loading, first_page, sizes) -> None:
    """Print the table, each line with its target and whether it is met."""
    print(f"\n{urlsplit(url).scheme}; {ROUNDS} interleaved rounds of {REQUESTS} requests each, in turn")
    print(f"{'':22}{'median':>9}{'p95':>9}{'p95 ratio':>11}{'median ratio':>14}{'target':>8}{'queries':>9}")
    for thing in measured.values():
        median = statistics.median(map(statistics.median, thing.rounds))
        line = f"{thing.name:22}{median:>6.1f} ms{statistics.median(map(p95, thing.rounds)):>6.1f} ms"
        if thing.against:
            bare = measured[thing.against]
            ratio = thing.ratios(bare, p95)
            line += f"{ratio:>9.1f} x{thing.ratios(bare, statistics.median):>12.1f} x{thing.target:>6.0f} x"
            line += f"{thing.queries:>9}   {verdict(ratio <= thing.target)}"
            if thing.max_queries:
                line += (
                    f"; at most {thing.max_queries} queries: {verdict(thing.queries <= thing.max_queries)}"
                )
        else:
            line += f"{'':>33}{thing.queries:>9}"
        print(line)
    print(
        f"\nten years of totals    {sizes['ms']:.0f} ms for {sizes['days']} days of {sizes['entries']} "
        f"entries, {sizes['queries']} query: {verdict(sizes['queries'] == 1)}"
    )
    print(f"built-in data loaded   {loading:.1f} s, at most 10 s: {verdict(loading <= 10)}")
    print(f"server to first page   {first_page:.1f} s")


def verdict(met: bool) -> str:
    return "within target" if met else "OVER"


def totals_in_one_query(person) -> dict[str, float]:
    """Return how long ten years of day totals take, over how much, in how many queries."""
    import datetime as dt

    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from intake.models import Entry
    from intake.reports import day_totals
    from tests.bench import data

    first = data.LAST_DAY - dt.timedelta(days=data.DAYS)
    day_totals(person.user, first, data.LAST_DAY)
    with CaptureQueriesContext(
        connection,
    ) as captured:
        started = time.perf_counter()
        days = len(day_totals(person.user, first, data.LAST_DAY))
        took = (time.perf_counter() - started) * 1000
    entries = Entry.objects.of(person.user).count()
    return {"ms": took, "days": days, "entries": entries, "queries": len(captured)}


@contextmanager
def scratch_database():
    """Make an empty database, and take it away again if it is on a server."""
    server_url = os.environ.get("BENCH_DATABASE_URL")
    if not server_url:
        shutil.rmtree(SCRATCH, ignore_errors=True)
        SCRATCH.mkdir(parents=True)
        yield f"sqlite:///{SCRATCH / 'bench.sqlite3'}"
        return
    import psycopg

    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {BENCH_NAME} WITH (FORCE)")
        connection.execute(f"CREATE DATABASE {BENCH_NAME}")
        try:
            yield urlunsplit(urlsplit(server_url)._replace(path=f"/{BENCH_NAME}"))
        finally:
            connection.execute(f"DROP DATABASE IF EXISTS {BENCH_NAME} WITH (FORCE)")


@contextmanager
def server(port: int):
    """Serve as `manage.py start` does; give the seconds until the first page came."""
    from intake.management.commands.start import gunicorn_command

    started = time.monotonic()
    process = subprocess.Popen(gunicorn_command(port), cwd=BASE_DIR, stdin=subprocess.PIPE)
    try:
        while True:
            try:
                Asker(port, {})("GET", "/accounts/login/")
                break
            except OSError:
                if process.poll() is not None:
                    sys.exit("The server did not start.")
                time.sleep(0.02)
        yield time.monotonic() - started
    finally:
        process.terminate()
        process.wait(timeout=40)


def manage(*arguments: str) -> None:
    subprocess.run([sys.executable, "manage.py", *arguments], cwd=BASE_DIR, check=True)


def timed(act) -> float:
    started = time.monotonic()
    act()
    return time.monotonic() - started


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


if __name__ == "__main__":
    main()
