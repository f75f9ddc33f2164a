"""Many rows at once: the one place of the import that knows which database it is."""

import datetime as dt
import json
import time
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db import connection, models, transaction
from django.db.models import F, Lookup

READ_SLICE = 1_000  # records staged at once
PAUSE_SECONDS = 0.01  # between slices on SQLite, for the diary to have the one lock


Rows = tuple[type[models.Model], Sequence[str], Sequence[Sequence[Any]]]  # table, fields, values

_encoder = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))  # making one costs more than using it


_DRAW_IDS = """
    SELECT MIN(id), MAX(id)
    FROM (SELECT nextval((SELECT pg_get_serial_sequence(%s, 'id'))) id FROM generate_series(1, %s)) drawn
"""
IDS_AT_ONCE = 10_000


class Among(Lookup[Any]):
    """Whether a field is one of many values: they go as one parameter, so that a thousand cost no more."""

    lookup_name = "among"
    prepare_rhs = False

    def __init__(self, field: str, values: Iterable[Any]) -> None:
        super().__init__(F(field), [*values])

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        """Return the condition for PostgreSQL."""
        left, params = self.process_lhs(compiler, connection)
        return f"{left} = ANY(%s)", [*params, self.rhs]

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> tuple[str, Any]:
        """Return the condition for SQLite."""
        left, params = self.process_lhs(compiler, connection)
        among = f"{left} IN (SELECT value FROM json_each(%s))"  # noqa: S608
        return among, [*params, json_text(self.rhs)]


def lay_slice() -> int:
    """Return how many rows are laid at once: on SQLite few, since nobody else can write meanwhile."""
    return 400 if connection.vendor == "sqlite" else 1_000


def pause() -> None:
    """Let others have SQLite's one lock for writing; nothing to wait for elsewhere."""
    if connection.vendor == "sqlite":
        time.sleep(PAUSE_SECONDS)


def key(value: UUID) -> Any:
    """Return a UUID as the database's driver takes it."""
    return value.hex if connection.vendor == "sqlite" else value


def json_text(value: Any) -> str:
    """Return JSON as it is stored."""
    return _encoder.encode(value)


def new_ids(model: type[models.Model], count: int) -> Sequence[int]:
    """Return ids for so many rows that the caller's transaction inserts. On SQLite it holds the lock."""
    if not count:
        return ()
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
            row = cursor.fetchone()
            last = row[0] if row else 0
            return range(last + 1, last + 1 + count)
        while True:  # until nobody draws from it meanwhile: ids that are left out are no matter
            cursor.execute(_DRAW_IDS, [f'"{table}"', count])
            first, last = cursor.fetchone()
            if last - first + 1 == count:
                return range(first, last + 1)


class Ids:
    """Ids of a table, drawn many at once and for good, so that rows can be made before they are written."""

    def __init__(self, model: type[models.Model]) -> None:
        self._model = model
        self._free: Sequence[int] = range(0)

    def take(self, count: int) -> Sequence[int]:
        """Return so many ids that nobody else has. What was drawn and not taken is left out."""
        if len(self._free) < count:
            self._free = _drawn(self._model, max(count, IDS_AT_ONCE))
        taken, self._free = self._free[:count], self._free[count:]
        return taken


def _drawn(model: type[models.Model], count: int) -> Sequence[int]:
    if connection.vendor != "sqlite":
        return new_ids(model, count)
    name = model._meta.db_table
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [name])
        if (row := cursor.fetchone()) is None:
            cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [name, count])
        else:
            cursor.execute("UPDATE sqlite_sequence SET seq = seq + %s WHERE name = %s", [count, name])
        last: int = row[0] if row else 0
    return range(last + 1, last + 1 + count)


def works_ahead() -> bool:
    """Say whether a thread may make the next rows ready: while PostgreSQL works, Python has time."""
    return connection.vendor == "postgresql"


def insert(model: type[models.Model], fields: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Insert rows of values in the order of `fields`, ready for the driver; other columns have a default."""
    if not rows:
        return
    table = connection.ops.quote_name(model._meta.db_table)
    columns = ", ".join(connection.ops.quote_name(_column(model, field)) for field in fields)
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            marks = ", ".join(["%s"] * len(fields))
            cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", rows)  # noqa: S608
            return
        with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)


def insert_circle(ones: Rows, others: Rows, field: str) -> None:
    """Insert `ones` that point with `field` at `others`, which point back; both begin with their id.

    SQLite looks through whole tables for each row inserted while a reference is open, so there the
    references are set last; PostgreSQL would write each row twice for that, and checks at the end anyway.
    """
    (model, fields, rows), (_, _, ends) = ones, others
    pairs = [(row[0], end[0]) for row, end in zip(rows, ends, strict=True)]
    if connection.vendor == "sqlite":
        insert(*ones)
        insert(*others)
        update(model, (field,), pairs)
    else:
        insert(model, (*fields, field), [(*row, end) for row, (_, end) in zip(rows, pairs, strict=True)])
        insert(*others)


def update(model: type[models.Model], fields: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Set `fields` of rows by id: each of `rows` is the id, then the values in their order."""
    if not rows:
        return
    table = connection.ops.quote_name(model._meta.db_table)
    names = [connection.ops.quote_name(_column(model, field)) for field in fields]
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            sets = ", ".join(f"{name} = %s" for name in names)
            sql = f"UPDATE {table} SET {sets} WHERE id = %s"  # noqa: S608
            cursor.executemany(sql, [(*row[1:], row[0]) for row in rows])
            return
        arrays = ", ".join(f"%s::{_cast(model, field)}[]" for field in ("id", *fields))
        sets = ", ".join(f"{name} = v.{name}" for name in names)
        cursor.execute(
            f"UPDATE {table} SET {sets} FROM unnest({arrays}) v(id, {', '.join(names)})"  # noqa: S608
            f" WHERE {table}.id = v.id",
            [[*column] for column in zip(*rows, strict=True)],
        )


def analyze() -> None:
    """Let PostgreSQL see how many foods there are: after much was laid it plans as if for a few."""
    _analyze("foods_food, foods_foodrevision, foods_portion, foods_importrow")


def analyze_staged(done: int) -> None:
    """Let PostgreSQL see how many rows are staged, each time that they have doubled.

    Without it the search for doubled records reads all rows of the import for each slice: its own look
    comes when a table has long outgrown the last one.
    """
    slices = done // READ_SLICE
    if slices and not slices & (slices - 1):
        _analyze("foods_importrow")


def _analyze(tables: str) -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"ANALYZE {tables}")


def lock_foods(ids: Iterable[int]) -> None:
    """Hold these foods until the transaction ends, in the order of their ids."""
    wanted = sorted(ids)
    if wanted and connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM foods_food WHERE id = ANY(%s) ORDER BY id FOR UPDATE", [wanted])


def _column(model: type[models.Model], field: str) -> str:
    return str(model._meta.get_field(field).column)  # type: ignore[union-attr]


def _cast(model: type[models.Model], field: str) -> str:
    found = model._meta.get_field(field)
    if isinstance(found, models.CharField):
        return "text"
    return str(found.rel_db_type(connection) if found.primary_key else found.db_type(connection))  # type: ignore[union-attr]


def moment(value: dt.datetime | None) -> Any:
    """Return a moment as the database's driver takes it."""
    return None if value is None else connection.ops.adapt_datetimefield_value(value)
