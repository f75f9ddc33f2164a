"""PURE: a delimited text, read row by row: what is no such table is refused with its line."""

import codecs
import csv
import io
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import NamedTuple

from foods.sources.records import Unreadable

MAX_COLUMNS = 1_000
MAX_ROW = 64 * 1024  # bytes of a line, and of a row that quotes carry over several lines
MAX_ROWS = 2_600_000  # rows that are looked at; what `holding` passes over does not count


class Block(NamedTuple):
    """Some whole lines, and the number of the first of them."""

    first: int
    data: bytes


def blocks(file: str, pieces: Iterable[bytes]) -> Iterator[Block]:
    """Cut pieces of a file at the ends of lines, without the mark of UTF-8 that may stand first.

    Raises Unreadable for a NUL and for a line of more than 64 kB.
    """
    line, rest = 1, b""
    for number, piece in enumerate(pieces):
        data = rest + (piece.removeprefix(codecs.BOM_UTF8) if number == 0 else piece)
        cut = data.rfind(b"\n") + 1
        if len(data) - cut > MAX_ROW:
            _check_lines(file, line, data + b"\n")
        data, rest = data[:cut], data[cut:]
        if data:
            _check_lines(file, line, data)
            yield Block(line, data)
            line += data.count(b"\n")
    if rest:
        _check_lines(file, line, rest + b"\n")
        yield Block(line, rest + b"\n")


def _check_lines(file: str, first: int, data: bytes) -> None:
    """Raise Unreadable for a NUL or a line that is too long; looks at a few places of each 64 kB only."""
    if (nul := data.find(b"\0")) >= 0:
        raise Unreadable("a NUL stands in it: this is no text.", file, first + data.count(b"\n", 0, nul))
    start = 0
    while start < len(data):
        end = data.rfind(b"\n", start, start + MAX_ROW + 1)
        if end < 0:
            line = first + data.count(b"\n", 0, start)
            raise Unreadable("the line is longer than 64 kB: this is no such table.", file, line)
        start = end + 1


def decoded(file: str, block: Block, encoding: str) -> str:
    """Return the text of a block. Raises Unreadable with the line of what the encoding does not know."""
    try:
        return block.data.decode(encoding)
    except UnicodeDecodeError as error:
        line = block.first + block.data.count(b"\n", 0, error.start)
        raise Unreadable(f"the text is not in {encoding.upper()}.", file, line) from None


def _lines_with(word: bytes, data: bytes) -> Iterator[int]:
    """Yield where the lines begin that hold a word."""
    place = data.find(word)
    while place >= 0:
        yield data.rfind(b"\n", 0, place) + 1
        place = data.find(word, data.index(b"\n", place))


class Table:
    """A table of a file: its columns, and its rows once.

    `columns` are the places of the names of the header; the first of two of one name counts.
    """

    def __init__(
        self,
        file: str,
        pieces: Iterable[bytes],
        *,
        delimiter: str = ",",
        encoding: str = "utf-8-sig",
        header: bool = True,
    ) -> None:
        self.file = file
        self.columns: dict[str, int] = {}
        self._encoding = "utf-8" if encoding == "utf-8-sig" else encoding
        self._delimiter = delimiter
        self._blocks: Iterator[Block] = blocks(file, pieces)
        self._before = self._given = 0  # lines of the header, rows that the reader gave so far
        if header:
            self._read_header()

    def find(self, *names: str) -> int | None:
        """Return the place of the first of these columns that is there, whatever its case."""
        places = {name.casefold(): place for name, place in reversed(self.columns.items())}
        return next((places[name.casefold()] for name in names if name.casefold() in places), None)

    def need(self, *names: str) -> int:
        """Return the place of the first of these columns that is there. Raises Unreadable if none is."""
        place = self.find(*names)
        if place is None:
            raise Unreadable(f"there is no column {' or '.join(names)}.", self.file, 1)
        return place

    def __iter__(self) -> Iterator[tuple[int, list[str]]]:
        """Yield the line and the values of each row that holds any."""
        self._given = 0
        rows = csv.reader(chain.from_iterable(self._texts()), delimiter=self._delimiter)
        found, end = 0, 0  # `end` counts the lines that are done
        try:
            for values in rows:
                self._given += 1
                if values:
                    found += 1
                    if len(values) > MAX_COLUMNS or found > MAX_ROWS:
                        self._refuse(self._before + end + 1, values)
                    yield self._before + end + 1, values
                end = rows.line_num
        except csv.Error as error:
            raise Unreadable(
                f"the row cannot be read ({error}): is a quote not closed?", self.file, self._before + end + 1
            ) from None

    def holding(self, *words: str) -> Iterator[tuple[int, list[str]]]:
        """Yield the line and the values of those rows alone that hold one of some words; for huge tables.

        A quoted value may not run over the end of its line here.
        """
        wanted = [word.encode() for word in words]
        found = 0
        for block in self._blocks:
            line, done = block.first, 0
            for start in sorted({start for word in wanted for start in _lines_with(word, block.data)}):
                line += block.data.count(b"\n", done, start)
                done = start
                text = self._decoded(Block(line, block.data[start : block.data.index(b"\n", start)]))
                values = next(csv.reader((text,), delimiter=self._delimiter))
                found += 1
                if len(values) > MAX_COLUMNS or found > MAX_ROWS:
                    self._refuse(line, values)
                yield line, values

    def _texts(self) -> Iterator[io.StringIO]:
        """Yield the lines block by block; a row that runs through a whole block is refused."""
        for block in self._blocks:
            before = self._given
            yield io.StringIO(self._decoded(block), newline="\n")
            if self._given == before and len(block.data) > MAX_ROW:
                raise Unreadable(
                    "a row of more than 64 kB begins: is a quote not closed?", self.file, block.first
                )

    def _decoded(self, block: Block) -> str:
        return decoded(self.file, block, self._encoding)

    def _refuse(self, line: int, values: list[str]) -> None:
        if len(values) > MAX_COLUMNS:
            raise Unreadable(f"the row has more than {MAX_COLUMNS} columns.", self.file, line)
        raise Unreadable(f"the table has more than {MAX_ROWS:,} rows.", self.file, line)

    def _read_header(self) -> None:
        """Read the first row, and put back what follows it."""
        block = next(self._blocks, None)
        if block is None:
            raise Unreadable("the file is empty.", self.file)
        lines = io.StringIO(self._decoded(block), newline="\n")
        rows = csv.reader(lines, delimiter=self._delimiter)
        try:
            names = next(rows)
        except csv.Error as error:
            raise Unreadable(f"the row cannot be read ({error}).", self.file, 1) from None
        if len(names) > MAX_COLUMNS:
            self._refuse(1, names)
        for place, name in enumerate(names):
            self.columns.setdefault(name.strip(), place)
        self._before = rows.line_num
        rest = Block(self._before + 1, lines.read().encode(self._encoding))
        self._blocks = chain([rest] if rest.data else [], self._blocks)
