"""Search over two million foods: as one types, with slips, by barcode; and how well it answers.

`python -m tests.bench.search_at_size`, on BENCH_DATABASE_URL or a scratch SQLite file. In the process itself,
without the web around it; each query beside a SELECT by primary key in the same run.
"""

# ruff: noqa: T201
import gc
import os
import statistics
import time
from random import Random

from tests.bench.__main__ import KEYSTROKES, TASTE, TYPOS, manage, p95, scratch_database, verdict

FOODS = 45_000 if TASTE else 2_000_000
ROUNDS = 1 if TASTE else 5
LIMIT_MS = {"sqlite": 25, "postgresql": 40}
TYPED = (
    "butter field peanut butter", "prairie sky granola bar", "sun terrace greek yogurt strawberry",
    "kibilo potato chips", "organic tomato soup low sodium", "gluten free chocolate chip cookies",
    "maple ridge oat milk vanilla", "salted caramel ice cream", "sea salt dark chocolate",
    "no salt added black beans", "honest orchard apple juice", "copper kettle cooked chips",
)  # fmt: skip


def main() -> None:
    with scratch_database() as url:
        os.environ |= {
            "DATABASE_URL": url,
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "SECRET_KEY": "for one run of the benchmark and nothing else",
        }
        manage("migrate", "--verbosity", "0")
        manage("load_builtin")

        import django

        django.setup()
        fill()
        measure()
        report_golden()


def fill() -> None:
    """Fill up to the number of foods, and say how long a slice of a thousand took."""
    from foods.models import Food
    from foods.search import tables
    from tests.bench.fill_branded import fill_branded

    started = time.perf_counter()
    filled = fill_branded(FOODS - Food.objects.count())
    tables.prepare()
    tables.tidy()
    print(f"{FOODS} foods in {time.perf_counter() - started:.0f} s")
    for name, times in (("search of a slice", filled.search), ("its commit", filled.commits)):
        ordered = sorted(times)
        print(
            f"{name:20} median {statistics.median(times) * 1000:.0f} ms, 99th of 100"
            f" {ordered[len(ordered) * 99 // 100] * 1000:.0f} ms, worst {ordered[-1] * 1000:.0f} ms"
        )


def measure() -> None:
    """Ask everything in turn, beside a SELECT by primary key, and print a line for each kind."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from foods.models import Food
    from foods.search import search_foods

    random = Random(5)
    packaged = [word[:length] for word in TYPED for length in range(2, len(word) + 1)]
    codes = list(Food.objects.exclude(gtin="").filter(pk__lt=30_000).values_list("gtin", flat=True)[:60])
    kinds = {"plain": KEYSTROKES, "packaged": packaged, "typos": TYPOS, "barcodes": codes}
    times: dict[str, list[float]] = {kind: [] for kind in kinds}
    bare: list[float] = []
    asked = [(kind, query) for kind, queries in kinds.items() for query in queries]
    most = dict.fromkeys(kinds, 0)
    for kind, query in asked:
        with CaptureQueriesContext(connection) as captured:
            search_foods(query)
        most[kind] = max(most[kind], len(captured))
    gc.disable()
    for _ in range(ROUNDS):
        random.shuffle(asked)
        for kind, query in asked:
            bare.append(timed_ms(lambda: by_key(random.randrange(1, 10_000))))
            times[kind].append(timed_ms(lambda query=query: search_foods(query)))
    gc.enable()
    times["as one types"] = times["plain"] + times["packaged"] + times["typos"]
    limit = LIMIT_MS[connection.vendor]
    unit = statistics.median(bare)
    print(f"SELECT by primary key  median {unit:.2f} ms, p95 {p95(bare):.2f} ms")
    for kind, taken in times.items():
        print(
            f"{kind:14} median {statistics.median(taken):.1f} ms, p95 {p95(taken):.1f} ms"
            f" ({p95(taken) / unit:.0f} x the SELECT), worst {max(taken):.1f} ms; at most {limit} ms:"
            f" {verdict(p95(taken) <= limit)}; {most.get(kind, 0) or max(most.values())} queries at most"
        )


def by_key(key: int) -> None:
    """Read one food by its key."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM foods_food WHERE id = %s", [key])
        cursor.fetchall()


def timed_ms(act) -> float:
    started = time.perf_counter()
    act()
    return (time.perf_counter() - started) * 1000


def report_golden() -> None:
    """Print how many of the golden queries are answered first, and among five."""
    from foods.search import search_foods
    from tests.foods.test_golden import GOLDEN, answered

    found = {query: search_foods(query, limit=5) for query in GOLDEN}
    first, five = (1 - len(answered(found, count)) / len(GOLDEN) for count in (1, 5))
    print(
        f"golden set of {len(GOLDEN)}: first {first:.1%}, at least 85 %: {verdict(first >= 0.85)};"
        f" among five {five:.1%}, at least 98 %: {verdict(five >= 0.98)}"
    )


if __name__ == "__main__":
    main()
