"""PURE: what was given as plain grids of text, whether it came as CSV, xls, xlsx, in a zip or a folder."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import PurePosixPath

from foods.sources.files import Given
from foods.sources.records import Unreadable
from foods.sources.workbooks import MAX_BYTES, Workbook, is_workbook, is_xlsx

HEAD_ROWS = 30
MAX_GRIDS = 100
_TEXTS = (".csv", ".tsv", ".txt")
_BOOKS = (".xls", ".xlsx")
_DELIMITERS = ",;\t"
_START = 1 << 16

Rows = Iterator[tuple[int, list[str]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """Where the table of a grid begins: the line of its header, and the places of its columns by name."""

    line: int
    names: tuple[str, ...]  # folded
    printed: tuple[str, ...]  # as they stand there: "Mg" is an element, "mg" a unit

    def find(self, *names: str) -> int | None:
        """Return the place of the first of these columns that is there, whatever its case."""
        return next((self.names.index(folded(name)) for name in names if folded(name) in self.names), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A table of text. `file` names it, with its sheet, and `member` without; `rows` reads in an encoding."""

    file: str
    member: str
    head: tuple[tuple[int, list[str]], ...]
    rows: Callable[[str], Rows]
    delimiter: str = ""  # "" for a sheet of a spreadsheet
    utf8: bool = True  # whether its beginning is UTF-8

    def header(self, *names: str) -> Header | None:
        """Return the first row near the top that holds all these names as columns."""
        wanted = {folded(name) for name in names}
        for line, values in self.head:
            if wanted <= set(found := tuple(folded(value) for value in values)):
                return Header(line=line, names=found, printed=tuple(values))
        return None


def folded(name: str) -> str:
    """Return a column's name for comparing: small letters, single spaces."""
    return " ".join(name.split()).casefold()


def grids(given: Given) -> tuple[Grid, ...]:
    """Return the grids of what was given: opened once, however many formats ask. Raises Unreadable."""
    found: tuple[Grid, ...] | None = given.kept.get("grids")
    if found is None:
        found = given.kept["grids"] = tuple(islice(_grids(given), MAX_GRIDS))
    return found


def _grids(given: Given) -> Iterator[Grid]:
    members = given.members()
    if given.is_zip and is_xlsx(members):
        yield from _sheets(given.path.stat().st_size, given.path.read_bytes, given.name)
        return
    alone = not (given.is_zip or given.is_folder)
    for member in members:
        name = PurePosixPath(member).name
        if member.startswith("__MACOSX/") or name.startswith((".", "~$")):
            continue
        suffix = PurePosixPath(name).suffix.casefold()
        if (alone or suffix in _BOOKS) and (is_workbook(given.start(member, 8)) or suffix == ".xlsx"):
            yield from _book(given, member)
        elif alone or suffix in _TEXTS:
            yield _text(given, member)


def _book(given: Given, member: str) -> Iterator[Grid]:
    yield from _sheets(0, lambda: given.bytes(member, MAX_BYTES), member)


def _sheets(size: int, read: Callable[[], bytes], file: str) -> Iterator[Grid]:
    if size > MAX_BYTES:
        raise Unreadable(f"the spreadsheet is larger than {MAX_BYTES >> 20} MB.", file)
    book = Workbook(read(), file)
    for sheet in book.sheets():
        yield Grid(
            file=f"{file}, sheet {sheet}",
            member=file,
            head=tuple(islice(book.rows(sheet), HEAD_ROWS)),
            rows=lambda _encoding, sheet=sheet: book.rows(sheet),  # type: ignore[misc]
        )


def _text(given: Given, member: str) -> Grid:
    start = given.start(member, _START)
    delimiter = _delimiter(start)
    encoding, head = _head(given, member, delimiter)
    return Grid(
        file=member,
        member=member,
        head=head,
        rows=lambda encoding: iter(given.table(member, delimiter=delimiter, encoding=encoding, header=False)),
        delimiter=delimiter,
        utf8=encoding == "utf-8-sig",
    )


def _delimiter(start: bytes) -> str:
    """Return what stands equally often in most of the first lines, outside of quotes."""
    text = re.sub(r'"[^"]*"', "", start.decode("utf-8", "replace"))
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")][:HEAD_ROWS]

    def even(delimiter: str) -> tuple[int, int]:
        counts = Counter(count for line in lines if (count := line.count(delimiter)))
        return max(((often, count) for count, often in counts.items()), default=(0, 0))

    return max(_DELIMITERS, key=even)


def _head(given: Given, member: str, delimiter: str) -> tuple[str, tuple[tuple[int, list[str]], ...]]:
    """Read the first rows as UTF-8, else as cp1252, which knows nearly every byte: to tell the format."""
    try:
        encoding = "utf-8-sig"
        table = given.table(member, delimiter=delimiter, encoding=encoding, header=False)
        return encoding, tuple(islice(table, HEAD_ROWS))
    except Unreadable:
        encoding = "cp1252"
        table = given.table(member, delimiter=delimiter, encoding=encoding, header=False)
        return encoding, tuple(islice(table, HEAD_ROWS))
