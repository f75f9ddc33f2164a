"""The tables behind the search, told apart by database; `foods.search` keeps them.

No model stands for them: nothing else reads them, and all in them is made again by `rebuild`. There is no
foreign key to the foods: the search joins them anyway, and a bulk delete need not wait for it.
"""

from django.db import migrations, models

# place orders foods by standing score, best first; head and words are folded words with spaces between.
SQLITE = (
    """
    CREATE TABLE foods_search (
        place INTEGER PRIMARY KEY,
        food_id INTEGER NOT NULL UNIQUE,
        name TEXT NOT NULL,
        head TEXT NOT NULL,
        words TEXT NOT NULL
    )
    """,
    # The rowid is the place, so a search in this order may stop early.
    """
    CREATE VIRTUAL TABLE foods_search_fts USING fts5(
        head, words, content='foods_search', content_rowid='place',
        tokenize='ascii', detail='column', prefix='1 2 3'
    )
    """,
    """
    CREATE TRIGGER foods_search_added AFTER INSERT ON foods_search BEGIN
        INSERT INTO foods_search_fts(rowid, head, words) VALUES (new.place, new.head, new.words);
    END
    """,
    """
    CREATE TRIGGER foods_search_removed AFTER DELETE ON foods_search BEGIN
        INSERT INTO foods_search_fts(foods_search_fts, rowid, head, words)
        VALUES ('delete', old.place, old.head, old.words);
    END
    """,
    """
    CREATE TABLE foods_search_vocabulary (
        word TEXT PRIMARY KEY,
        plain TEXT NOT NULL,
        foods INTEGER NOT NULL
    ) WITHOUT ROWID
    """,
    "CREATE INDEX foods_search_vocabulary_plain ON foods_search_vocabulary (plain)",
)
POSTGRESQL = (
    """
    CREATE TABLE foods_search (
        place bigint PRIMARY KEY,
        food_id bigint NOT NULL UNIQUE,
        name text NOT NULL,
        head text NOT NULL,
        words text NOT NULL,
        head_vector tsvector NOT NULL
            GENERATED ALWAYS AS (array_to_tsvector(string_to_array(head, ' '))) STORED,
        words_vector tsvector NOT NULL
            GENERATED ALWAYS AS (array_to_tsvector(string_to_array(words, ' '))) STORED
    )
    """,
    "CREATE INDEX foods_search_head ON foods_search USING gin (head_vector) WITH (fastupdate = off)",
    "CREATE INDEX foods_search_words ON foods_search USING gin (words_vector) WITH (fastupdate = off)",
    """
    CREATE TABLE foods_search_vocabulary (
        word text COLLATE "C" PRIMARY KEY,
        plain text COLLATE "C" NOT NULL,
        foods integer NOT NULL
    )
    """,
    "CREATE INDEX foods_search_vocabulary_plain ON foods_search_vocabulary (plain)",
)


def create(apps, schema_editor):
    """Make the tables of this database."""
    statements = SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL
    for statement in statements:
        schema_editor.execute(statement)


def drop(apps, schema_editor):
    """Drop them; triggers and indexes go with them."""
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TABLE foods_search_fts")
    schema_editor.execute("DROP TABLE foods_search")
    schema_editor.execute("DROP TABLE foods_search_vocabulary")


class Migration(migrations.Migration):
    dependencies = [("foods", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="food",
            name="uses",
            field=models.PositiveIntegerField(db_default=0, default=0, editable=False),
        ),
        migrations.RunPython(create, drop),
    ]
