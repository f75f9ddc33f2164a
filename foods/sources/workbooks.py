"""PURE: the rows of a spreadsheet (xlsx, xls), measured before anything is built from it."""

import datetime as dt
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any
from xml.parsers import expat

from python_calamine import CalamineSheet, CalamineWorkbook

from foods.sources.records import Unreadable
from foods.sources.xls import size_of

MAX_BYTES = 64 << 20  # of the file itself; the largest table known has 5 MB
MAX_UNPACKED = 256 << 20
MAX_RATIO = 200
MAX_COLUMNS = 1_000
MAX_CELLS = 4_000_000  # of the rectangle from A1 to the last cell of a sheet
MAX_TEXT = 64 << 20  # characters of all text cells together
_SLICE = 1 << 16
_RATIO_FROM = 1 << 20  # a small part may pack well
_CELL = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
_OWN_PART = "[content_types].xml"


def is_workbook(head: bytes, members: tuple[str, ...] = ()) -> bool:
    """Say whether a file that begins so is a spreadsheet; a zip is one by the names in it."""
    return head.startswith(_OLE) or (head.startswith(_ZIP) and is_xlsx(members))


def is_xlsx(members: tuple[str, ...]) -> bool:
    """Say whether a zip with these members is a spreadsheet."""
    names = {name.casefold() for name in members}
    return _OWN_PART in names and any(name.startswith("xl/workbook") for name in names)


class Workbook:
    """A spreadsheet held as bytes. Raises Unreadable, with the file and where it can be told the sheet."""

    def __init__(self, data: bytes, file: str) -> None:
        self.file = file
        if len(data) > MAX_BYTES:
            raise Unreadable(f"the spreadsheet is larger than {MAX_BYTES >> 20} MB.", file)
        if data.startswith(_ZIP):
            _measure(data, file)
        else:
            _measure_xls(data, file)
        self._book = _guarded(lambda: CalamineWorkbook.from_filelike(io.BytesIO(data)), file)

    def sheets(self) -> tuple[str, ...]:
        """Return the names of the sheets, in order."""
        return tuple(self._book.sheet_names)

    def rows(self, sheet: str) -> Iterator[tuple[int, list[str]]]:
        """Yield each row of a sheet as (its number, from 1; its cells as text, "" for an empty one)."""
        where = f"{self.file}, sheet {sheet}"
        found: CalamineSheet = _guarded(lambda: self._book.get_sheet_by_name(sheet), where)
        _, columns = found.end or (0, 0)
        if columns >= MAX_COLUMNS:
            raise Unreadable(f"the sheet has more than {MAX_COLUMNS:,} columns.", where)
        cells, line = _guarded(found.iter_rows, where), 0  # from row 1, empty ones before the first too
        while (row := _guarded(lambda: next(cells, None), where)) is not None:
            line += 1
            yield line, [text_of(cell) for cell in row]


def text_of(cell: Any) -> str:
    """Return a cell as a person reads it: a whole number without its ".0", a date in ISO."""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, (dt.date, dt.time)):
        return cell.isoformat()
    return "" if cell is None else str(cell)


def _guarded(step: Any, where: str) -> Any:
    """Run one step of the library. It is native code: a panic of its own is no Exception."""
    try:
        return step()
    except (Unreadable, KeyboardInterrupt, SystemExit, GeneratorExit):
        raise
    except BaseException as error:
        raise Unreadable("the spreadsheet is damaged, or protected by a password.", where) from error


def _measure_xls(data: bytes, file: str) -> None:
    size = size_of(data, file)
    if size.columns > MAX_COLUMNS:
        raise Unreadable(f"a sheet has more than {MAX_COLUMNS:,} columns.", file)
    if size.cells > MAX_CELLS:
        raise Unreadable(f"the sheets span more than {MAX_CELLS:,} cells.", file)
    if size.text > MAX_TEXT:
        raise Unreadable("the spreadsheet holds more text than a food table does.", file)


def _measure(data: bytes, file: str) -> None:
    """Unpack every part once, counting, and keep none: size, ratio, cells and text stay within the limits."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = sorted(
                archive.infolist(), key=lambda part: "sharedstrings" not in part.filename.casefold()
            )
            left, texts = MAX_UNPACKED, _Texts()
            for part in parts:
                left -= _measure_part(archive, part, left, texts, file)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError) as error:
        raise Unreadable("the spreadsheet is cut off or damaged.", file) from error


class _Texts:
    """The lengths of the texts that cells point at, and the sum of what they point at."""

    def __init__(self) -> None:
        self.lengths: list[int] = []
        self.total = 0


def _measure_part(
    archive: zipfile.ZipFile, part: zipfile.ZipInfo, left: int, texts: _Texts, file: str
) -> int:
    name = part.filename.casefold()
    ruler = _Ruler(texts, f"{file}, {part.filename}") if name.endswith((".xml", ".rels")) else None
    size = 0
    with archive.open(part) as stream:
        while chunk := stream.read(_SLICE):
            size += len(chunk)
            if size > left or (size > _RATIO_FROM and size > MAX_RATIO * max(part.compress_size, 1)):
                raise Unreadable("the spreadsheet unpacks to far more than it should.", file)
            if ruler:
                ruler.feed(chunk)
    if ruler:
        ruler.feed(b"", last=True)
    return size


class _Ruler:
    """Reads one XML part and measures it: its furthest cell and its texts."""

    def __init__(self, texts: _Texts, where: str) -> None:
        self._texts, self._where = texts, where
        self._row = self._column = self._last_row = self._last_column = 0
        self._length: int | None = None  # of the shared text being read
        self._index: str | None = None  # of the cell's shared text
        self._shared = self._value = False
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text
        self._parser.StartDoctypeDeclHandler = self._doctype

    def feed(self, chunk: bytes, *, last: bool = False) -> None:
        """Read on."""
        try:
            self._parser.Parse(chunk, last)
        except expat.ExpatError as error:
            raise Unreadable("a part of the spreadsheet is not XML.", self._where) from error

    def _doctype(self, *_about: Any) -> None:
        raise Unreadable("a part of the spreadsheet declares a document type, which none needs.", self._where)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        if name == "row":
            self._row, self._column = self._row + 1, 0
            if attributes.get("r", "").isdigit() and len(attributes["r"]) < 9:
                self._row = int(attributes["r"])
        elif name == "c":
            self._place(attributes.get("r", ""))
            self._shared = attributes.get("t") == "s"
        elif name == "si":
            self._length = 0
        elif name == "v":
            self._value, self._index = True, ""

    def _end(self, tag: str) -> None:
        name = tag.rpartition(":")[2]
        if name == "si" and self._length is not None:
            self._texts.lengths.append(self._length)
            self._length = None
        elif name == "v":
            if self._shared and self._index and self._index.isdigit() and len(self._index) < 9:
                lengths, index = self._texts.lengths, int(self._index)
                self._count(lengths[index] if index < len(lengths) else 0)
            self._value = False

    def _text(self, text: str) -> None:
        if self._length is not None:
            self._length += len(text)
        elif self._value and self._shared:
            self._index = (self._index or "") + text[:9]
        else:
            self._count(len(text))

    def _count(self, length: int) -> None:
        self._texts.total += length
        if self._texts.total > MAX_TEXT:
            raise Unreadable("the spreadsheet holds more text than a food table does.", self._where)

    def _place(self, reference: str) -> None:
        self._column += 1
        if match := _CELL.fullmatch(reference):
            self._column, self._row = _column(match[1]), int(match[2])
        self._last_row = max(self._last_row, self._row)
        self._last_column = max(self._last_column, self._column)
        if self._last_column > MAX_COLUMNS:
            raise Unreadable(f"row {self._row} has more than {MAX_COLUMNS:,} columns.", self._where)
        if self._last_row * self._last_column > MAX_CELLS:
            raise Unreadable(f"the sheet spans more than {MAX_CELLS:,} cells.", self._where)


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
