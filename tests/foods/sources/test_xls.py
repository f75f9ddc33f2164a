"""An xls measured by hand: what would be built from it, and what is no xls."""

import struct

import pytest

from foods.sources import workbooks
from foods.sources.records import Unreadable
from foods.sources.workbooks import Workbook
from foods.sources.xls import Size, size_of
from tests.foods.sources.given import real

BOF = (0x809, b"\0\6\5\0")
END = 0xFFFFFFFE


def number(row, column):
    return 0x203, struct.pack("<HHHd", row, column, 0, 1.0)


def label(row, column, index):
    return 0xFD, struct.pack("<HHHI", row, column, 0, index)


def shared(*bodies):
    """Return the record of the shared texts, and what continues it."""
    first, *more = bodies
    return [(0xFC, first), *((0x3C, body) for body in more)]


def xls(*records, length=None):
    """Return a compound file: sector 0 is the table of sectors, 1 the directory, the workbook behind them."""
    stream = b"".join(struct.pack("<HH", kind, len(body)) + body for kind, body in records).ljust(4096, b"\0")
    sectors = -(-len(stream) // 512)
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(24, b"\0") + struct.pack("<HHHH", 62, 3, 0xFFFE, 9)
    header = (
        header.ljust(44, b"\0") + struct.pack("<IIII", 1, 1, 0, 4096) + struct.pack("<IIII", END, 0, END, 0)
    )
    header += struct.pack("<109I", 0, *[0xFFFFFFFF] * 108)
    chain = [END, END, *range(3, sectors + 2), END]
    table = struct.pack(f"<{len(chain)}I", *chain).ljust(512, b"\xff")
    name = "Workbook".encode("utf-16-le").ljust(64, b"\0")
    entry = (
        name + struct.pack("<H", 18) + b"\0" * 50 + struct.pack("<II", 2, length or len(stream)) + b"\0" * 4
    )
    return header + table + entry.ljust(512, b"\0") + stream.ljust(sectors * 512, b"\0")


def test_the_real_workbook_is_as_large_as_its_sheet():
    data = real("ciqual/ciqual_2020_eng.xls").read_bytes()
    sheet = [cells for _, cells in Workbook(data, "c.xls").rows("compo")]

    size = size_of(data, "c.xls")

    assert (size.cells, size.columns) == (len(sheet) * len(sheet[0]), len(sheet[0])) == (242_212, 76)
    texts = sum(len(cell) for row in sheet for cell in row if not cell.replace(".", "").isdigit())
    assert texts <= size.text <= texts * 1.2


def test_sheets_add_up_and_shared_texts_count_as_often_as_they_are_shown():
    texts = struct.pack("<II", 2, 2) + b"\3\0\0abc" + b"\2\0\1" + "µg".encode("utf-16-le")
    data = xls(*shared(texts), BOF, number(0, 0), label(9, 1, 0), label(9, 2, 0), BOF, label(0, 4, 1))

    assert size_of(data, "t.xls") == Size(cells=35, columns=5, text=8)


def test_a_text_goes_on_in_the_next_record_as_that_one_says():
    first = struct.pack("<II", 2, 2) + b"\5\0\0ab"
    runs = b"\4\0\x09" + b"\1\0" + "wide".encode("utf-16-le") + b"\0\0"
    data = xls(
        *shared(first, b"\1" + "cde".encode("utf-16-le") + runs, b"\0\0"), BOF, label(0, 0, 0), label(0, 1, 1)
    )

    assert size_of(data, "t.xls").text == 9


@pytest.mark.parametrize(
    ("records", "message"),
    [
        ([BOF, number(65_535, 255)], "more than 4,000,000 cells"),
        ([BOF, (0xBE, struct.pack("<HHHH", 0, 0, 0, 4_000))], "more than 1,000 columns"),
    ],
)
def test_a_sheet_without_bounds_is_refused_before_it_is_built(records, message):
    with pytest.raises(Unreadable, match=rf"^t\.xls: .*{message}"):
        Workbook(xls(*records), "t.xls")


def test_one_long_text_that_many_cells_show_is_refused(monkeypatch):
    monkeypatch.setattr(workbooks, "MAX_TEXT", 100_000)
    text = struct.pack("<II", 1, 1) + struct.pack("<HB", 9_000, 0) + b"x" * 5_000
    records = [*shared(text, b"\0" + b"x" * 4_000), BOF, *[label(row, 0, 0) for row in range(12)]]

    with pytest.raises(Unreadable, match="more text than a food table"):
        Workbook(xls(*records), "t.xls")


@pytest.mark.parametrize(
    "data",
    [
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        xls(BOF)[:600],
        xls(BOF, length=100),
        xls(BOF, label(0, 0, 7)),
        xls(*shared(struct.pack("<II", 9, 9)), BOF),
        xls(BOF).replace("Workbook".encode("utf-16-le"), "Something".encode("utf-16-le")[:16]),
        xls(BOF)[:516] + struct.pack("<I", 1) + xls(BOF)[520:],  # the directory follows itself
    ],
)
def test_what_is_no_xls_is_refused(data):
    with pytest.raises(Unreadable, match=r"^t\.xls: the spreadsheet is cut off or damaged"):
        Workbook(data, "t.xls")
