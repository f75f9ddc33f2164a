"""The looks of the search: one statement each, told apart by database."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from foods.search.rows import EDITION, HEAD, ID_BITS, PACKAGED, PLAIN
from foods.search.tables import fetch
from foods.search.wording import Form, Term

CANDIDATES = 60  # read of each shelf, in the order of the standing score

# What must not be found: foods that an edition brought which is not live. Normally there is none.
_HIDDEN = """
    hidden AS (
        SELECT COALESCE({joined}, '') AS lexemes FROM foods_search_edition s
        JOIN foods_edition e ON e.id = s.edition_id WHERE NOT e.live
    )
"""
_SQLITE_HIDDEN = _HIDDEN.format(joined=f"group_concat(' NOT \"{EDITION}' || s.edition_id || '\"', '')")
_POSTGRESQL_HIDDEN = _HIDDEN.format(joined=f"string_agg(' & !{EDITION}' || s.edition_id, '')")

# One look: the first foods by place on one shelf, spared where those before found enough. SQLite reads the
# index in that order and stops; it is not kept from looking by a condition, only by having nothing to look
# for. PostgreSQL collects what matches, so a shelf is looked at only when little can match there.
_SQLITE_LOOK = """
    {name} AS MATERIALIZED (
        SELECT rowid AS place FROM foods_search_fts
        WHERE foods_search_fts MATCH CASE WHEN {wanted} THEN %s || (SELECT lexemes FROM hidden) ELSE '""' END
        ORDER BY rowid LIMIT %s
    )
"""
_POSTGRESQL_LOOK = """
    {name} AS MATERIALIZED (
        SELECT place FROM foods_search
        WHERE lexemes @@ (%s || (SELECT lexemes FROM hidden))::tsquery AND {wanted}
        ORDER BY place LIMIT %s
    )
"""
# The largest shelf is looked at twice: for whole words first, then with the last word unfinished. All that
# have a beginning would be too many to collect, so the first that have the other words are gone through.
_SQLITE_UNFINISHED = """
    {name} AS MATERIALIZED (
        SELECT s.place FROM (
            SELECT rowid AS place FROM foods_search_fts
            WHERE foods_search_fts MATCH
                CASE WHEN {wanted} THEN %s || (SELECT lexemes FROM hidden) ELSE '""' END
            ORDER BY rowid LIMIT 2000
        ) AS o
        CROSS JOIN foods_search s
        WHERE s.place = o.place
          AND EXISTS (SELECT 1 FROM json_each(%s) n WHERE instr(' ' || s.lexemes || ' ', n.value))
        LIMIT %s
    )
"""
_POSTGRESQL_UNFINISHED = """
    {name} AS MATERIALIZED (
        SELECT place FROM (
            SELECT place, lexemes FROM foods_search
            WHERE lexemes @@ (%s || (SELECT lexemes FROM hidden))::tsquery AND {wanted} LIMIT 2000
        ) AS o
        WHERE lexemes @@ %s::tsquery ORDER BY place LIMIT %s
    )
"""
SHORT = 3  # words with fewer letters are not looked up on the largest shelf
_LOOKS = (HEAD, PLAIN, *PACKAGED, PACKAGED[-1])
_WHOLE, _UNFINISHED = len(_LOOKS) - 2, len(_LOOKS) - 1
_MIDDLE = len(_LOOKS) - 3  # from here on only the last word may be unfinished

# The foods of the places found as readers see them (`Food.settle`), with the source of their value; a row for
# each portion that is shown (`Portion.objects.shown`).
_FOODS = f"""
    SELECT c.place, f.id, f.name, f.brand, f.category,
           CASE WHEN e.id IS NOT NULL THEN CAST(f.details AS text) END,
           o.code, o.release, o.mark, COALESCE(r.source_key, f.source_key), r.magnesium_ug_per_100g,
           p.id, p.label, p.weight_mg
    FROM found c
    CROSS JOIN foods_food f
    LEFT JOIN foods_edition b ON b.id = f.born_id
    LEFT JOIN foods_edition e ON e.id = f.edition_id AND e.live
    LEFT JOIN foods_foodrevision r
        ON r.id = CASE WHEN e.id IS NULL THEN f.current_id ELSE f.upcoming_id END
    LEFT JOIN foods_source o ON o.id = COALESCE(r.source_id, f.source_id)
    LEFT JOIN foods_portion p ON p.food_id = f.id AND (
        p.edition_id IS NULL OR p.leaving <> (SELECT q.live FROM foods_edition q WHERE q.id = p.edition_id)
    )
    WHERE f.id = c.place & {2**ID_BITS - 1} AND f.merged_into_id IS NULL
      AND (b.id IS NULL OR b.live)
      AND CASE WHEN e.id IS NULL THEN f.retired_at IS NULL ELSE f.upcoming_id IS NOT NULL END
    ORDER BY c.place, p.position, p.id
"""  # noqa: S608


_FEW = "(SELECT COUNT(*) FROM {}) < %s"
_AND = "{name} AS MATERIALIZED (SELECT place FROM {before} UNION {more})"


def _looks(hidden: str, look: str, last: str, own: str) -> str:
    """Return the statement that looks at one shelf after the other until there is enough."""
    parts, before = [hidden, "none_yet AS (SELECT CAST(0 AS bigint) AS place WHERE 1 = 0)"], "none_yet"
    for number in range(len(_LOOKS)):
        shape = last if number == _UNFINISHED else look
        parts.append(shape.format(name=f"s{number}", wanted=_FEW.format(before)))
        parts.append(_AND.format(name=f"a{number}", before=before, more=f"SELECT place FROM s{number}"))  # noqa: S608
        before = f"a{number}"
    parts.append(_AND.format(name="found", before=before, more=own))
    return f"WITH {', '.join(parts)} {_FOODS}"


_BY_WORDS = {
    "sqlite": _looks(
        _SQLITE_HIDDEN,
        _SQLITE_LOOK,
        _SQLITE_UNFINISHED,
        "SELECT place FROM foods_search WHERE food_id IN (SELECT value FROM json_each(%s))",
    ),
    "postgresql": _looks(
        _POSTGRESQL_HIDDEN,
        _POSTGRESQL_LOOK,
        _POSTGRESQL_UNFINISHED,
        "SELECT place FROM foods_search WHERE food_id = ANY(%s::bigint[])",
    ),
}
_BY_GTIN = f"""
    WITH found AS (SELECT id AS place FROM foods_food WHERE gtin IN (%s, %s) AND NOT gtin = '' LIMIT 100)
    {_FOODS}
"""  # noqa: S608
_COMMONEST = """
    SELECT w.word FROM foods_search_vocabulary w
    WHERE w.plain >= {probe} AND w.plain < {probe} || '{{' AND w.foods > 0 ORDER BY w.foods DESC LIMIT 8
"""
_VOCABULARY = {
    "sqlite": f"""
        SELECT p.value, v.word, v.foods FROM json_each(%s) p CROSS JOIN foods_search_vocabulary v
        WHERE v.word IN ({_COMMONEST.format(probe="p.value")})
    """,  # noqa: S608
    "postgresql": f"""
        SELECT p, v.word, v.foods FROM unnest(%s::text[]) p
        CROSS JOIN LATERAL ({_COMMONEST.replace("w.word", "w.word, w.foods").format(probe="p")}) v
    """,  # noqa: S608
}


def by_words(terms: Sequence[Term], count: int, also: Sequence[int] = ()) -> list[tuple[Any, ...]]:
    """Return the foods with all words, as readers see them, and those of `also`, in one query.

    They are the first `count` by place of each shelf: plain foods with the words in the head of their name,
    then plain foods with them anywhere, then packaged ones; a shelf is left out when those before have
    `count`.

    A row for each portion: place, the food's id, name, brand, category, details on their way as JSON, then
    code, release, mark and record of the source of its value, that value, and the portion's id, label and
    weight (None without one).
    """
    sqlite = connection.vendor == "sqlite"
    params: list[Any] = []
    for number, shelf in enumerate(_LOOKS):
        if number == _UNFINISHED:
            asked, held = _unfinished(terms, shelf, sqlite=sqlite)
            params += [count, asked, held, count] if sqlite else [asked, count, held, count]
        else:
            asked = _asked(*_told(terms, number), shelf)
            params += [count, asked, count] if sqlite else [asked, count, count]
    return fetch(_BY_WORDS[connection.vendor], [*params, json.dumps(also) if sqlite else list(also)])


def by_gtin(gtins: Sequence[str]) -> list[tuple[Any, ...]]:
    """Return the foods of one or two barcodes, in rows as `by_words`; the places are only ids. One query."""
    return fetch(_BY_GTIN, [gtins[0], gtins[-1]])


def vocabulary(probes: Iterable[str]) -> list[tuple[str, str, int]]:
    """Return (probe, word, foods with it) for the commonest words whose plain form begins with a probe.

    One query.
    """
    sqlite = connection.vendor == "sqlite"
    return fetch(_VOCABULARY[connection.vendor], [json.dumps(list(probes)) if sqlite else list(probes)])


@dataclass(frozen=True, slots=True)
class _Signs:
    """How a database writes what is looked for."""

    word: str
    more: str  # after a word that need not be finished
    either: str
    both: str
    nothing: str


_SIGNS = {
    "sqlite": _Signs('"{}"', "*", " OR ", " AND ", '""'),
    "postgresql": _Signs("'{}'", ":*", " | ", " & ", "'-'"),
}


def _told(terms: Sequence[Term], number: int) -> tuple[Sequence[Term], Sequence[Term]]:
    """Return the words to look for in a look, and which of them as whole words; nothing where a word is so
    short that too many foods have its beginning: the last look sees to those.
    """
    if number < _MIDDLE:
        return terms, []
    if number == _MIDDLE:
        single = len(terms) > 1 and len(terms[-1][0].text) < 2
        return ([], []) if single else (terms, terms[:-1])
    return (terms, terms) if len(_long(terms)) == len(terms) else ([], [])


def _asked(terms: Sequence[Term], whole: Sequence[Term], shelf: str) -> str:
    """Return what to look for on a shelf, in the database's own signs: the beginnings of words, or the words
    as they are for the `whole` ones.
    """
    signs = _SIGNS[connection.vendor]

    def reading(form: Form, more: str) -> str:
        text = signs.word.format(shelf + form.text) + more
        return text if form.stem == form.text else signs.word.format(shelf + form.stem) + signs.either + text

    parts = (
        signs.either.join(reading(form, "" if term in whole else signs.more) for form in term)
        for term in terms
    )
    return f"({signs.both.join(f'({part})' for part in parts)})" if terms else signs.nothing


def _unfinished(terms: Sequence[Term], shelf: str, *, sqlite: bool) -> tuple[str, str]:
    """Return what to look for of the long words but the last, and what a food must hold one of."""
    others, last = _long(terms[:-1]), terms[-1:]
    asked = _asked(others or _long(last), others, shelf)
    if not sqlite:
        return asked, _asked(last, [], shelf)
    forms = [form for term in last for form in term]
    held = [f" {shelf}{form.text}" for form in forms] + [f" {shelf}{form.stem} " for form in forms]
    return asked, json.dumps(held)


def _long(terms: Sequence[Term]) -> list[Term]:
    return [term for term in terms if len(term[0].text) >= SHORT]
