"""What an import brought, loaded once more into bare copies of its tables: what the database itself needs."""

import re
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from django.db import connection

from foods.models import Edition, FoodImport

_OF_FOODS = "food_id IN (SELECT id FROM foods_food WHERE born_id = {edition})"
TABLES = {  # the rows of the import in each
    "foods_importrow": "food_import_id = '{owner}'",
    "foods_food": "born_id = {edition}",
    "foods_foodrevision": _OF_FOODS,
    "foods_portion": _OF_FOODS,
    "foods_search": _OF_FOODS,
}
PIECE = 1 << 18
ROWS = 10_000


def bare_load(food_import: FoodImport) -> Iterator[tuple[str, float]]:
    """Yield (what was done, seconds it took)."""
    edition = Edition.objects.get(food_import=food_import, live=True).pk
    owner = food_import.pk.hex if connection.vendor == "sqlite" else str(food_import.pk)
    queries = {
        table: f"SELECT * FROM {table} WHERE {where.format(edition=edition, owner=owner)}"  # noqa: S608
        for table, where in TABLES.items()
    }
    with tempfile.TemporaryDirectory() as folder:
        if connection.vendor == "sqlite":
            yield "bare executemany", _in_sqlite(queries, Path(folder) / "bare.sqlite3")
            return
        copies = {table: _dumped(query, Path(folder) / table) for table, query in queries.items()}
        yield "COPY, indexes kept", sum(_copied(table, path, "kept") for table, path in copies.items())
        yield "COPY, then indexes", sum(_copied(table, path, "then") for table, path in copies.items())


# PostgreSQL --------------------------------------------------------------------------------------


def _dumped(query: str, path: Path) -> Path:
    with connection.cursor() as cursor, path.open("wb") as file:
        cursor.execute("SET statement_timeout = 0")
        with cursor.copy(f"COPY ({query}) TO STDOUT") as copy:
            for piece in copy:
                file.write(piece)
    return path


def _copied(table: str, path: Path, indexes: str) -> float:
    """COPY a file into a table of the same columns; its indexes are kept meanwhile, or made then."""
    like = "INCLUDING ALL" if indexes == "kept" else "INCLUDING ALL EXCLUDING INDEXES"
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE bare (LIKE {table} {like})")
        cursor.execute("SELECT indexdef FROM pg_indexes WHERE tablename = %s", [table])
        made = [definition for (definition,) in cursor.fetchall()]
        started = time.perf_counter()
        with path.open("rb") as file, cursor.copy("COPY bare FROM STDIN") as copy:
            while piece := file.read(PIECE):
                copy.write(piece)
        if indexes == "then":
            for definition in made:
                cursor.execute(re.sub(r"INDEX \S+ ON \S+", "INDEX ON bare", definition))
        took = time.perf_counter() - started
        cursor.execute("DROP TABLE bare")
    return took


# SQLite ------------------------------------------------------------------------------------------


def _in_sqlite(queries: dict[str, str], path: Path) -> float:
    """Insert the rows into a file of their own, with the same indexes and triggers; one commit a table."""
    bare = sqlite3.connect(path, isolation_level=None)
    bare.executescript("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -20000")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND tbl_name NOT LIKE 'foods_search_fts_%%'"
            " AND (tbl_name IN (%s, %s, %s, %s, %s) OR name = 'foods_search_fts')"
            " ORDER BY type = 'trigger', type = 'index', rowid",
            [*TABLES],
        )
        for (definition,) in cursor.fetchall():
            bare.execute(definition)
        took = 0.0
        for table, query in queries.items():
            cursor.execute(query)
            marks = ", ".join(["?"] * len(cursor.description))
            bare.execute("BEGIN")
            while rows := cursor.fetchmany(ROWS):
                started = time.perf_counter()
                bare.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)  # noqa: S608
                took += time.perf_counter() - started
            started = time.perf_counter()
            bare.execute("COMMIT")
            took += time.perf_counter() - started
    bare.close()
    return took
