"""Spreadsheets from outside: rows as text with their numbers, and what is refused before it is built."""

import datetime as dt

import pytest

from foods.sources import workbooks
from foods.sources.records import Unreadable
from foods.sources.workbooks import Workbook, text_of
from tests.foods.sources.given import real, sheet_xml, xlsx


def rows(data):
    book = Workbook(data, "t.xlsx")
    return [row for sheet in book.sheets() for row in book.rows(sheet)]


def test_cells_read_as_a_person_sees_them():
    assert rows(xlsx([["Food", "mg"], ["Açaí", 12.0], ["Kale", 0.1]])) == [
        (1, ["Food", "mg"]),
        (2, ["Açaí", "12"]),
        (3, ["Kale", "0.1"]),
    ]


def test_rows_keep_their_numbers_below_empty_ones():
    data = xlsx([], parts={"xl/worksheets/sheet1.xml": sheet_xml('<row r="4"><c r="B4"><v>7</v></c></row>')})

    assert rows(data)[-1][0] == 4


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (True, "TRUE"),
        (False, "FALSE"),
        (None, ""),
        (12.0, "12"),
        (1e20, "1e+20"),
        (dt.date(2026, 11, 22), "2026-11-22"),
        (dt.time(7, 30), "07:30:00"),
        ("x", "x"),
    ],
)
def test_a_cell_of_any_kind_is_a_text(cell, expected):
    assert text_of(cell) == expected


def test_a_zip_with_the_parts_of_no_workbook_is_refused():
    with pytest.raises(Unreadable, match="damaged, or protected by a password"):
        Workbook(xlsx([], parts={"xl/workbook.xml": "<workbook/>"}), "t.xlsx").rows("Sheet1").__next__()


def test_a_file_that_is_too_large_is_not_looked_into(monkeypatch):
    monkeypatch.setattr(workbooks, "MAX_BYTES", 1 << 20)

    with pytest.raises(Unreadable, match="larger than 1 MB"):
        Workbook(b"PK\x03\x04" + b"0" * (1 << 20), "t.xlsx")


def test_a_formula_gives_what_it_had_come_to():
    body = '<row r="1"><c r="A1"><f>1+1</f><v>2</v></c></row>'

    assert rows(xlsx([], parts={"xl/worksheets/sheet1.xml": sheet_xml(body)})) == [(1, ["2"])]


@pytest.mark.parametrize(
    "data", [b"", b"PK\x03\x04", b"PK\x03\x04" + b"\0" * 500, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"]
)
def test_what_only_begins_like_a_spreadsheet_is_refused(data):
    with pytest.raises(Unreadable, match=r"^t\.xlsx: the spreadsheet is"):
        Workbook(data, "t.xlsx")


@pytest.mark.parametrize("part", [0.2, 0.5, 0.9])
def test_one_that_is_cut_off_is_refused(part):
    data = xlsx([["Food", "mg"]] * 200)

    with pytest.raises(Unreadable, match="cut off or damaged"):
        Workbook(data[: int(len(data) * part)], "t.xlsx")


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>', "more than 1,000 columns"),
        ('<row r="1048576"><c r="J1048576"><v>1</v></c></row>', "more than 4,000,000 cells"),
        (f"<row>{'<c><v>1</v></c>' * 1_001}</row>", "more than 1,000 columns"),
        ("<row><c></row>", "is not XML"),
    ],
)
def test_a_sheet_without_bounds_is_refused_before_it_is_built(body, message):
    with pytest.raises(Unreadable, match=rf"sheet1\.xml: .*{message}"):
        Workbook(xlsx([], parts={"xl/worksheets/sheet1.xml": sheet_xml(body)}), "t.xlsx")


def test_a_bomb_is_refused_while_it_is_counted():
    with pytest.raises(Unreadable, match="unpacks to far more"):
        Workbook(xlsx([["a"]], parts={"xl/media/image1.bin": "0" * 40_000_000}), "t.xlsx")


def test_one_long_text_that_many_cells_point_at_is_refused(monkeypatch):
    monkeypatch.setattr(workbooks, "MAX_TEXT", 100_000)
    shared = f"<sst><si><t>{'x' * 1_000}</t></si></sst>"
    cells = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 200))

    with pytest.raises(Unreadable, match="more text than a food table"):
        Workbook(
            xlsx([], parts={"xl/sharedStrings.xml": shared, "xl/worksheets/sheet1.xml": sheet_xml(cells)}),
            "t.xlsx",
        )


def test_a_document_type_is_refused():
    laughs = '<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;&b;">]><worksheet>&c;</worksheet>'

    with pytest.raises(Unreadable, match="declares a document type"):
        Workbook(xlsx([], parts={"xl/worksheets/sheet1.xml": laughs}), "t.xlsx")


@pytest.mark.parametrize("share", [0.1, 0.5, 0.95])
def test_a_real_xls_that_is_cut_off_is_refused_or_read_no_further(share):
    data = real("ciqual/ciqual_2020_eng.xls").read_bytes()

    with pytest.raises(Unreadable):
        rows(data[: int(len(data) * share)])


def test_an_xls_with_bytes_turned_over_gives_rows_or_is_refused():
    data = bytearray(real("ciqual/ciqual_2020_eng.xls").read_bytes())
    for place in range(700, len(data), 9_973):
        data[place] ^= 0xFF

    try:
        found = rows(bytes(data))
    except Unreadable:
        return

    assert all(isinstance(cell, str) for _, row in found for cell in row)
