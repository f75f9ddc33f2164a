"""A second way into an xls, for counting what a table holds: the records of its stream, by hand.

Compound file: [MS-CFB]; records: [MS-XLS] 2.4 (NUMBER, RK, MULRK, LABELSST, SST, CONTINUE). One sheet.
"""

import struct
from collections.abc import Iterator

NUMBER, RK, MULRK, LABELSST, SST, CONTINUE = 0x203, 0x27E, 0xBD, 0xFD, 0xFC, 0x3C


def column(data: bytes, header: str) -> list[float | str]:
    """Return the cells of the column under a header, from the second row on, without the empty ones."""
    records = [*_records(_stream(data))]
    texts = _texts(records)
    cells = {place: value for kind, body in records for place, value in _cells(kind, body, texts)}
    under = next(place for (row, place), value in cells.items() if row == 0 and value == header)
    return [value for (row, place), value in sorted(cells.items()) if place == under and row]


def _stream(data: bytes) -> bytes:
    """Return the stream "Workbook" of a compound file with sectors of 512 bytes."""
    first_directory = struct.unpack_from("<I", data, 48)[0]
    tables = [sector for sector in struct.unpack_from("<109I", data, 76) if sector < 0xFFFFFFFA]
    following = [n for sector in tables for n in struct.unpack_from("<128I", data, 512 * (sector + 1))]

    def chain(sector: int) -> bytes:
        parts = []
        while sector < 0xFFFFFFFA:
            parts.append(data[512 * (sector + 1) : 512 * (sector + 2)])
            sector = following[sector]
        return b"".join(parts)

    directory = chain(first_directory)
    for place in range(0, len(directory), 128):
        entry = directory[place : place + 128]
        if entry[:16] == "Workbook".encode("utf-16-le"):
            return chain(struct.unpack_from("<I", entry, 116)[0])
    raise AssertionError("no stream Workbook")


def _records(stream: bytes) -> Iterator[tuple[int, bytes]]:
    place = 0
    while place + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, place)
        yield kind, stream[place + 4 : place + 4 + size]
        place += 4 + size


def _texts(records: list[tuple[int, bytes]]) -> list[str]:
    """Return the shared texts. One that is cut by a CONTINUE goes on behind a new byte of flags."""
    start = next(place for place, (kind, _) in enumerate(records) if kind == SST)
    blocks = [records[start][1]]
    for kind, body in records[start + 1 :]:
        if kind != CONTINUE:
            break
        blocks.append(body)
    count, block, place, texts = struct.unpack_from("<I", blocks[0], 4)[0], 0, 8, []
    while len(texts) < count:
        if place >= len(blocks[block]):
            block, place = block + 1, 0
        length, flags = struct.unpack_from("<HB", blocks[block], place)
        place += 3
        assert not flags & 0x0C, "rich text is not expected"
        text = ""
        while len(text) < length:
            if place >= len(blocks[block]):
                block, place, flags = block + 1, 1, blocks[block + 1][0]
            width = 2 if flags & 1 else 1
            end = min(len(blocks[block]), place + (length - len(text)) * width)
            text += blocks[block][place:end].decode("utf-16-le" if width == 2 else "latin-1")
            place = end
        texts.append(text)
    return texts


def _cells(kind: int, body: bytes, texts: list[str]) -> Iterator[tuple[tuple[int, int], float | str]]:
    if kind not in (NUMBER, RK, MULRK, LABELSST):
        return
    row, place = struct.unpack_from("<HH", body)
    if kind == NUMBER:
        yield (row, place), struct.unpack_from("<d", body, 6)[0]
    elif kind == LABELSST:
        yield (row, place), texts[struct.unpack_from("<I", body, 6)[0]]
    elif kind == RK:
        yield (row, place), _rk(struct.unpack_from("<I", body, 6)[0])
    else:
        for offset in range(4, len(body) - 2, 6):
            yield (row, place + (offset - 4) // 6), _rk(struct.unpack_from("<I", body, offset + 2)[0])


def _rk(code: int) -> float:
    if code & 2:
        number = float(struct.unpack("<i", struct.pack("<I", code))[0] >> 2)
    else:
        number = struct.unpack("<d", b"\0\0\0\0" + struct.pack("<I", code & 0xFFFFFFFC))[0]
    return number / 100 if code & 1 else number
