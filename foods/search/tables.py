"""The tables behind the search as they are written; `foods.search.looks` reads them.

These two modules are the one place that knows which database it is.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection

from foods.search.rows import EDITION, Row

_STORED = {
    "sqlite": "SELECT food_id, place, lexemes FROM foods_search WHERE food_id IN ({})",
    "postgresql": "SELECT food_id, place, array_to_string(tsvector_to_array(lexemes), ' ')"
    " FROM foods_search WHERE food_id IN ({})",
}
_COPY = "COPY foods_search (food_id, place, lexemes) FROM STDIN"
_ADD_WORDS = """
    INSERT INTO foods_search_vocabulary (word, plain, foods) VALUES (%s, %s, %s)
    ON CONFLICT (word) DO UPDATE SET foods = foods_search_vocabulary.foods + excluded.foods
"""
_ADD_WORDS_AT_ONCE = _ADD_WORDS.replace(
    "VALUES (%s, %s, %s)", "SELECT * FROM unnest(%s::text[], %s::text[], %s::integer[])"
)
_OF_EDITION = {
    "sqlite": "SELECT food_id FROM foods_search WHERE place IN"
    " (SELECT rowid FROM foods_search_fts WHERE foods_search_fts MATCH %s LIMIT %s)",
    "postgresql": "SELECT food_id FROM foods_search WHERE lexemes @@ %s::tsquery LIMIT %s",
}


def lock() -> None:
    """Let nobody else write the tables until the transaction ends; readers go on."""
    if connection.vendor == "postgresql":
        run("LOCK TABLE foods_search IN SHARE ROW EXCLUSIVE MODE")


def prepare() -> None:
    """Let the database see how many foods there are: after a bulk load it plans as if for a few."""
    if connection.vendor == "postgresql":
        run("ANALYZE foods_food, foods_foodrevision, foods_portion, foods_source")


def tidy() -> None:
    """Tell the database that much was written."""
    if connection.vendor == "postgresql":
        run("ANALYZE foods_search, foods_search_vocabulary")


def stored(food_ids: Sequence[int]) -> dict[int, Row]:
    """Return the rows by food id, of those foods that have one."""
    sql = _STORED[connection.vendor].format(", ".join(["%s"] * len(food_ids)) or "NULL")
    return {food_id: (place, food_id, lexemes) for food_id, place, lexemes in fetch(sql, list(food_ids))}


def stored_between(first: int, last: int) -> list[int]:
    """Return the ids from `first` to `last`, both included, that have a row."""
    sql = "SELECT food_id FROM foods_search WHERE food_id BETWEEN %s AND %s"
    return [food_id for (food_id,) in fetch(sql, [first, last])]


def remove(rows: Sequence[Row]) -> None:
    """Remove rows that are there, given as they are stored."""
    key = "place" if connection.vendor == "sqlite" else "food_id"
    ids = sorted(row[0] if connection.vendor == "sqlite" else row[1] for row in rows)  # FTS5 wants it so
    _run_many(f"DELETE FROM foods_search WHERE {key} = %s", [(one,) for one in ids])  # noqa: S608


def add(rows: Sequence[Row]) -> None:
    """Write rows of foods that have none. In the order of their places: FTS5 is slow with any other."""
    rows = sorted(rows)
    if connection.vendor == "sqlite":
        _run_many("INSERT INTO foods_search (place, food_id, lexemes) VALUES (%s, %s, %s)", rows)
    elif rows:
        with connection.cursor() as cursor, cursor.copy(_COPY) as copy:
            for place, food_id, lexemes in rows:
                copy.write_row((food_id, place, lexemes))


def of_edition(edition_id: int, limit: int) -> list[int]:
    """Return foods with a row that an edition brought."""
    lexeme = f"{EDITION}{edition_id}"
    asked = f'"{lexeme}"' if connection.vendor == "sqlite" else f"'{lexeme}'"
    return [food_id for (food_id,) in fetch(_OF_EDITION[connection.vendor], [asked, limit])]


def note_edition(edition_id: int) -> None:
    """Keep in mind that an edition has rows: while it is not live they must not be found."""
    _run_many(
        "INSERT INTO foods_search_edition (edition_id) VALUES (%s) ON CONFLICT (edition_id) DO NOTHING",
        [(edition_id,)],
    )


def forget_edition(edition_id: int) -> None:
    """Forget an edition that has no rows any more."""
    _run_many("DELETE FROM foods_search_edition WHERE edition_id = %s", [(edition_id,)])


def add_words(rows: Iterable[tuple[str, str, int]]) -> None:
    """Add (word, plain form, foods): `foods` more, or fewer if negative, have the word."""
    ordered = sorted(rows)
    if connection.vendor == "sqlite":
        _run_many(_ADD_WORDS, ordered)
    elif ordered:
        with connection.cursor() as cursor:
            cursor.execute(_ADD_WORDS_AT_ONCE, [list(column) for column in zip(*ordered, strict=True)])


def all_words() -> dict[str, int]:
    """Return how many foods have each word."""
    return dict(fetch("SELECT word, foods FROM foods_search_vocabulary", []))


def fetch(sql: str, params: Sequence[Any]) -> list[Any]:
    """Return the rows of a query."""
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return list(cursor.fetchall())


def run(sql: str) -> None:
    """Run a statement without parameters."""
    with connection.cursor() as cursor:
        cursor.execute(sql)


def _run_many(sql: str, rows: Sequence[tuple[Any, ...]]) -> None:
    if rows:
        with connection.cursor() as cursor:
            cursor.executemany(sql, rows)
