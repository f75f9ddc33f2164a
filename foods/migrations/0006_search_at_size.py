"""The search tables for millions of foods: a food's words carry the shelf it stands on (foods.search.rows).

What was there is turned over in place: all of it were plain foods.
"""

from importlib import import_module

from django.db import migrations

# lexemes: words with their shelf before them, sorted, with spaces between.
SQLITE = (
    "DROP TABLE foods_search_fts",
    "DROP TRIGGER foods_search_added",
    "DROP TRIGGER foods_search_removed",
    "ALTER TABLE foods_search RENAME TO foods_search_before",
    """
    CREATE TABLE foods_search (
        place INTEGER PRIMARY KEY,
        food_id INTEGER NOT NULL UNIQUE,
        lexemes TEXT NOT NULL
    )
    """,
    # The rowid is the place, so a look in this order may stop early. Merges are spread over the writes.
    """
    CREATE VIRTUAL TABLE foods_search_fts USING fts5(
        lexemes, content='foods_search', content_rowid='place', tokenize='ascii', detail='none'
    )
    """,
    """
    CREATE TRIGGER foods_search_added AFTER INSERT ON foods_search BEGIN
        INSERT INTO foods_search_fts(rowid, lexemes) VALUES (new.place, new.lexemes);
    END
    """,
    """
    CREATE TRIGGER foods_search_removed AFTER DELETE ON foods_search BEGIN
        INSERT INTO foods_search_fts(foods_search_fts, rowid, lexemes)
        VALUES ('delete', old.place, old.lexemes);
    END
    """,
    """
    INSERT INTO foods_search (place, food_id, lexemes)
    SELECT place, food_id, '0' || replace(head, ' ', ' 0') || ' 1' || replace(words, ' ', ' 1')
    FROM foods_search_before ORDER BY place
    """,
    "DROP TABLE foods_search_before",
    "CREATE TABLE foods_search_edition (edition_id INTEGER PRIMARY KEY)",
)
POSTGRESQL = (
    "ALTER TABLE foods_search RENAME TO foods_search_before",
    """
    CREATE TABLE foods_search (
        food_id bigint NOT NULL,
        place bigint NOT NULL,
        lexemes tsvector NOT NULL
    )
    """,
    """
    INSERT INTO foods_search (food_id, place, lexemes)
    SELECT food_id, place, array_to_tsvector(array_remove(string_to_array(
        '0' || replace(head, ' ', ' 0') || ' 1' || replace(words, ' ', ' 1'), ' '), ''))
    FROM foods_search_before
    """,
    "DROP TABLE foods_search_before",
    "ALTER TABLE foods_search ADD CONSTRAINT foods_search_pkey PRIMARY KEY (food_id)",
    "CREATE INDEX foods_search_lexemes ON foods_search USING gin (lexemes) WITH (fastupdate = off)",
    "CREATE TABLE foods_search_edition (edition_id bigint PRIMARY KEY)",
)


def turn_over(apps, schema_editor):
    """Make the tables of this database anew."""
    statements = SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL
    for statement in statements:
        schema_editor.execute(statement)


def turn_back(apps, schema_editor):
    """Make the tables of before, empty: `foods.search.rebuild` of that version fills them."""
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TABLE foods_search_fts")
    schema_editor.execute("DROP TABLE foods_search_edition")
    schema_editor.execute("DROP TABLE foods_search")
    schema_editor.execute("DROP TABLE foods_search_vocabulary")
    import_module("foods.migrations.0002_search").create(apps, schema_editor)


class Migration(migrations.Migration):
    dependencies = [("foods", "0005_import_engine")]

    operations = [migrations.RunPython(turn_over, turn_back)]
