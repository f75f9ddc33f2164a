"""PURE: an old spreadsheet (xls) measured before a library builds anything from it.

Compound file: [MS-CFB] 2.2 to 2.6; records: [MS-XLS] 2.4, texts 2.5.293 (XLUnicodeRichExtendedString).
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from foods.sources.records import Unreadable

_END = 0xFFFFFFFA  # and above: no sector
_SMALL = 4096  # a shorter stream lies elsewhere; programs pad the workbook to it
_STREAMS = ("Workbook".encode("utf-16-le"), "Book".encode("utf-16-le"))
_BOF, _SST, _CONTINUE, _LABELSST = 0x809, 0xFC, 0x3C, 0xFD
_CELLS = frozenset({0x06, 0xBD, 0xBE, 0xD6, 0x201, 0x203, 0x204, 0x205, 0x27E, _LABELSST})
_SEVERAL = frozenset({0xBD, 0xBE})  # cells of a row in one record, which ends with the last column
_TEXTS = frozenset({0xD6, 0x204, 0x207})  # whose text stands in the record


@dataclass(slots=True)
class Size:
    """How large the sheets are together: cells of their rectangles, columns of the widest, text in all."""

    cells: int = 0
    columns: int = 0
    text: int = 0


def size_of(data: bytes, file: str) -> Size:
    """Return how large the sheets would be. Raises Unreadable for what is no xls."""
    try:
        return _size([*_records(_stream(data))])
    except (struct.error, IndexError, ValueError, StopIteration):
        raise Unreadable("the spreadsheet is cut off or damaged.", file) from None


def _size(records: list[tuple[int, bytes]]) -> Size:
    lengths, size = _lengths(records), Size()
    rows = columns = 0
    for kind, body in records:
        if kind == _BOF:
            size.cells, rows, columns = size.cells + rows * columns, 0, 0
        elif kind in _CELLS:
            row, column = struct.unpack_from("<HH", body)
            if kind in _SEVERAL:
                column = struct.unpack_from("<H", body, len(body) - 2)[0]
            rows, columns = max(rows, row + 1), max(columns, column + 1)
            size.columns = max(size.columns, columns)
        if kind == _LABELSST:
            size.text += lengths[struct.unpack_from("<I", body, 6)[0]]
        elif kind in _TEXTS:
            size.text += len(body)
    size.cells += rows * columns
    return size


def _stream(data: bytes) -> bytes:
    """Return the stream of the workbook out of the compound file."""
    shift, first = struct.unpack_from("<30xH16xI", data)
    size = 1 << shift
    if size not in (512, 4096):
        raise ValueError("no size of a sector")
    following = _following(data, size)
    directory = _chain(data, size, following, first)
    for place in range(0, len(directory), 128):
        entry = directory[place : place + 128]
        if entry[: struct.unpack_from("<H", entry, 64)[0]].removesuffix(b"\0\0") in _STREAMS:
            start, length = struct.unpack_from("<II", entry, 116)
            if length < _SMALL:
                raise ValueError("a workbook is longer")
            return _chain(data, size, following, start)[:length]
    raise ValueError("no workbook")


def _following(data: bytes, size: int) -> list[int]:
    """Return which sector follows each."""
    tables = [*struct.unpack_from("<109I", data, 76)]
    more = struct.unpack_from("<I", data, 68)[0]
    while more < _END and len(tables) <= len(data) // size + 109:
        *part, more = struct.unpack_from(f"<{size // 4}I", data, (more + 1) * size)
        tables += part
    return [
        sector
        for table in tables
        if table < _END
        for sector in struct.unpack_from(f"<{size // 4}I", data, (table + 1) * size)
    ]


def _chain(data: bytes, size: int, following: list[int], sector: int) -> bytes:
    parts: list[bytes] = []
    while sector < _END:
        if len(parts) > len(following):
            raise ValueError("the sectors go round")
        parts.append(data[(sector + 1) * size : (sector + 2) * size])
        sector = following[sector]
    return b"".join(parts)


def _records(stream: bytes) -> Iterator[tuple[int, bytes]]:
    place = 0
    while place + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, place)
        yield kind, stream[place + 4 : place + 4 + size]
        place += 4 + size


def _lengths(records: list[tuple[int, bytes]]) -> list[int]:
    """Return the lengths of the texts that the cells share."""
    start = next((place for place, (kind, _) in enumerate(records) if kind == _SST), None)
    if start is None:
        return []
    parts = [records[start][1]]
    for kind, body in records[start + 1 :]:
        if kind != _CONTINUE:
            break
        parts.append(body)
    texts = _Texts(parts)
    return [texts.next() for _ in range(struct.unpack_from("<I", parts[0], 4)[0])]


class _Texts:
    """The shared texts, one after the other, over the records that continue them."""

    def __init__(self, parts: list[bytes]) -> None:
        self._parts, self._part, self._place = parts, 0, 8

    def next(self) -> int:
        """Pass over a text and return its length in characters."""
        if self._place >= len(self._parts[self._part]):
            self._part, self._place = self._part + 1, 0
        length, flags = struct.unpack("<HB", self._take(3))
        runs = struct.unpack("<H", self._take(2))[0] if flags & 8 else 0
        extra = struct.unpack("<I", self._take(4))[0] if flags & 4 else 0
        self._pass_text(length, flags)
        self._take(4 * runs + extra)
        return int(length)

    def _take(self, count: int) -> bytes:
        """Return bytes that may go on in the next record."""
        taken = b""
        while len(taken) < count:
            piece = self._parts[self._part][self._place : self._place + count - len(taken)]
            if not piece:
                self._part, self._place = self._part + 1, 0
                continue
            taken, self._place = taken + piece, self._place + len(piece)
        return taken

    def _pass_text(self, length: int, flags: int) -> None:
        """Pass over characters of one or two bytes; a record that continues them says anew which."""
        while length:
            width = 2 if flags & 1 else 1
            here = min(length, (len(self._parts[self._part]) - self._place) // width)
            length, self._place = length - here, self._place + here * width
            if length:
                self._part, self._place = self._part + 1, 1
                flags = self._parts[self._part][0]
