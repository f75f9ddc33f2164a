"""The tables behind the search: the one place that knows which database it is."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection

from foods.search.wording import Form, Term

CANDIDATES = 60  # read in the order of the standing score, from each of the two looks

# The second look, at all words, is spared where the first, at the head of the name, finds enough.
_SQLITE_CANDIDATES = """
    WITH head AS MATERIALIZED (
        SELECT rowid AS place FROM foods_search_fts WHERE foods_search_fts MATCH %s ORDER BY rowid LIMIT %s
    ), found AS (
        SELECT place FROM head
        UNION
        SELECT place FROM (
            SELECT rowid AS place FROM foods_search_fts
            WHERE foods_search_fts MATCH %s AND (SELECT COUNT(*) FROM head) < %s
            ORDER BY rowid LIMIT %s
        ) AS words
    )
"""
_POSTGRESQL_CANDIDATES = """
    WITH head AS MATERIALIZED (
        SELECT place FROM foods_search WHERE head_vector @@ %s::tsquery ORDER BY place LIMIT %s
    ), found AS (
        SELECT place FROM head
        UNION
        (SELECT place FROM foods_search
         WHERE words_vector @@ %s::tsquery AND (SELECT COUNT(*) FROM head) < %s ORDER BY place LIMIT %s)
    )
"""
_SQLITE_VOCABULARY = """
    SELECT p.value, v.word, v.foods
    FROM json_each(%s) p CROSS JOIN foods_search_vocabulary v
    WHERE v.plain >= p.value AND v.plain < p.value || '{'
"""
_POSTGRESQL_VOCABULARY = """
    SELECT p, v.word, v.foods
    FROM unnest(%s::text[]) p CROSS JOIN LATERAL (
        SELECT word, foods FROM foods_search_vocabulary
        WHERE plain >= p AND plain < p || '{' ORDER BY plain LIMIT 1000
    ) v
"""
# The foods of the places found, with the source of their current value; a row for each portion.
_FOODS = """
    SELECT s.place, f.id, f.name, f.brand, f.category, o.code, o.release, o.mark,
           COALESCE(r.source_key, f.source_key), r.magnesium_ug_per_100g, p.id, p.label, p.weight_mg
    FROM foods_search s
    CROSS JOIN foods_food f
    LEFT JOIN foods_foodrevision r ON r.id = f.current_id
    LEFT JOIN foods_source o ON o.id = COALESCE(r.source_id, f.source_id)
    LEFT JOIN foods_portion p ON p.food_id = f.id
    WHERE s.place {among} AND f.id = s.food_id AND f.retired_at IS NULL AND f.merged_into_id IS NULL
    ORDER BY s.place, p.position, p.id
"""
_SQLITE_FOODS = _SQLITE_CANDIDATES + _FOODS.format(among="IN (SELECT place FROM found)")
_POSTGRESQL_FOODS = _POSTGRESQL_CANDIDATES + _FOODS.format(among="= ANY (ARRAY(SELECT place FROM found))")
_STORED = "SELECT food_id, place, name, head, words FROM foods_search WHERE food_id IN ({})"


def foods(terms: Sequence[Term], count: int) -> list[tuple[Any, ...]]:
    """Return the foods with all words: the first `count` by place with them in the name's head and, where
    those are fewer, the first with them anywhere. Retired and merged ones are left out. One query.

    A row for each portion: place, the food's id, name, brand, category, then code, release, mark and record
    of the source of its current value, that value, and the portion's id, label and weight (None without one).
    """
    if connection.vendor == "sqlite":
        asked = " AND ".join(f"({' OR '.join(map(_fts5, term))})" for term in terms)
        head, everywhere, sql = f"head : ({asked})", f"words : ({asked})", _SQLITE_FOODS
    else:
        head = everywhere = " & ".join(f"({' | '.join(map(_tsquery, term))})" for term in terms)
        sql = _POSTGRESQL_FOODS
    return _rows(sql, [head, count, everywhere, count, count])


def vocabulary(probes: Iterable[str]) -> list[tuple[str, str, int]]:
    """Return (probe, word, foods with it) for the words whose plain form begins with a probe. One query."""
    if connection.vendor == "sqlite":
        return _rows(_SQLITE_VOCABULARY, [json.dumps(list(probes))])
    return _rows(_POSTGRESQL_VOCABULARY, [list(probes)])


def lock() -> None:
    """Let nobody else write the tables until the transaction ends; readers go on."""
    if connection.vendor == "postgresql":
        _run("LOCK TABLE foods_search IN SHARE ROW EXCLUSIVE MODE")


def prepare() -> None:
    """Let the database see how many foods there are: after a bulk load it plans as if for a few."""
    if connection.vendor == "postgresql":
        _run("ANALYZE foods_food, foods_foodrevision, foods_portion, foods_source")


def tidy() -> None:
    """Tell the database that much was written."""
    if connection.vendor == "sqlite":
        _run("INSERT INTO foods_search_fts(foods_search_fts) VALUES ('optimize')")
    else:
        _run("ANALYZE foods_search, foods_search_vocabulary")


def stored(food_ids: Sequence[int]) -> dict[int, tuple[int, str, str, str]]:
    """Return (place, name, head, words) by food id, of those foods that have a row."""
    rows = _rows(_STORED.format(", ".join(["%s"] * len(food_ids)) or "NULL"), list(food_ids))
    return {row[0]: row[1:] for row in rows}


def replace(rows: Sequence[tuple[int, int, str, str, str]]) -> None:
    """Write (place, food id, name, head, words), in place of what these foods had."""
    _run_many("DELETE FROM foods_search WHERE food_id = %s", [(row[1],) for row in rows])
    _run_many(
        "INSERT INTO foods_search (place, food_id, name, head, words) VALUES (%s, %s, %s, %s, %s)", rows
    )


def remove_strays() -> None:
    """Remove the rows of foods that are no more."""
    _run("DELETE FROM foods_search WHERE food_id NOT IN (SELECT id FROM foods_food)")


def add_words(rows: Sequence[tuple[str, str, int]]) -> None:
    """Write (word, plain form, foods); a word that is there stays as it is."""
    _run_many(
        "INSERT INTO foods_search_vocabulary (word, plain, foods) VALUES (%s, %s, %s)"
        " ON CONFLICT (word) DO NOTHING",
        rows,
    )


def replace_words(rows: Sequence[tuple[str, str, int]]) -> None:
    """Write the whole vocabulary, if it is another than before."""
    if sorted(_rows("SELECT word, plain, foods FROM foods_search_vocabulary", [])) != sorted(rows):
        _run("DELETE FROM foods_search_vocabulary")
        add_words(rows)


def _fts5(form: Form) -> str:
    return f'"{form.text}"*' if form.stem == form.text else f'"{form.stem}" OR "{form.text}"*'


def _tsquery(form: Form) -> str:
    return f"'{form.text}':*" if form.stem == form.text else f"'{form.stem}' | '{form.text}':*"


def _rows(sql: str, params: Sequence[Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return list(cursor.fetchall())


def _run(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


def _run_many(sql: str, rows: Sequence[tuple[Any, ...]]) -> None:
    if rows:
        with connection.cursor() as cursor:
            cursor.executemany(sql, rows)
