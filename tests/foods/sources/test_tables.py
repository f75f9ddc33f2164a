"""Delimited texts: rows with their lines, and what is refused with its line."""

import tracemalloc

import pytest

from foods.sources.records import Unreadable
from foods.sources.tables import MAX_ROWS, Table

HEADER = b"id,name\n"


def table(*pieces, **options):
    return Table("food.csv", iter(pieces), **options)


def rows(*pieces, **options):
    return [*table(*pieces, **options)]


def test_rows_come_with_the_line_they_begin_at():
    found = rows(b'id,name\r\n1,"two\r\nlines"\r\n\r\n2,"a ""b"""\r\n3,last')

    assert found == [(2, ["1", "two\r\nlines"]), (5, ["2", 'a "b"']), (6, ["3", "last"])]


def test_pieces_may_be_cut_anywhere():
    text = 'id,name\n1,"Crème, brûlée"\n2,b\n'.encode()

    assert all(rows(text[:place], text[place:]) == rows(text) for place in range(1, len(text)))


def test_a_mark_of_utf_8_is_no_part_of_the_first_column():
    assert table(b"\xef\xbb\xbfid,name\n").columns == {"id": 0, "name": 1}


def test_columns_are_found_whatever_their_case_and_the_first_of_two_counts():
    found = table(b"fdc_id,NDB_number,ndb_NUMBER\n")

    assert found.find("ndb_number") == 1
    assert found.find("none", "FDC_ID") == 0
    assert found.find("none") is None
    with pytest.raises(Unreadable, match=r"food\.csv, line 1: there is no column amount or value"):
        found.need("amount", "value")


def test_a_header_may_run_over_two_lines():
    found = table(b'id,"na\nme"\n1,a\n')

    assert (found.columns, [*found]) == ({"id": 0, "na\nme": 1}, [(3, ["1", "a"])])


def test_a_declared_encoding_and_delimiter_are_used():
    assert rows("id;name\n1;Bœuf\n".encode("cp1252"), delimiter=";", encoding="cp1252") == [
        (2, ["1", "Bœuf"])
    ]


def test_only_rows_that_hold_a_word_are_looked_at():
    text = b"id,nutrient\n1,1090\n2,1091\n\n3,304\n4,1090"

    assert [*table(text).holding("1090", ",304")] == [
        (2, ["1", "1090"]),
        (5, ["3", "304"]),
        (6, ["4", "1090"]),
    ]
    assert [*table(text[:20], text[20:]).holding("1090")] == [(2, ["1", "1090"]), (6, ["4", "1090"])]


@pytest.mark.parametrize(
    ("body", "line", "reason"),
    [
        (b"1,a\n2,b\0c\n", 3, "NUL"),
        (b"1,a\n2,b\n3,caf\xe9\n", 4, "UTF-8"),
        (b"1,a\n2," + b"x" * 70_000 + b"\n", 3, "longer than 64 kB"),
        (b"1,a\n" + b"," * 1_000_000, 3, "longer than 64 kB"),
        (b"1,a\n" + b"," * 2_000 + b"\n", 3, "more than 1000 columns"),
        (b'1,a\n2,"open\n' + b"3,c\n" * 40_000, 3, "quote"),
    ],
)
def test_what_is_no_table_is_refused_with_its_line(body, line, reason):
    with pytest.raises(Unreadable, match=reason) as caught:
        rows(HEADER + body)

    assert (caught.value.file, caught.value.line) == ("food.csv", line)


def test_a_row_that_never_ends_is_refused_though_each_of_its_values_is_short():
    pieces = [HEADER + b'1,"\n'] + [b'","\n' * 100_000] * 50

    with pytest.raises(Unreadable, match="more than 64 kB"):
        rows(*pieces)


def test_an_open_quote_in_50_mb_costs_little_memory():
    def pieces():
        yield HEADER + b'1,"open\n'
        for _ in range(50):
            yield b"2,b\n" * 262_144

    tracemalloc.start()
    with pytest.raises(Unreadable, match="quote"):
        rows(*pieces())
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert peak < 60_000_000


def test_an_empty_file_is_refused():
    with pytest.raises(Unreadable, match="empty"):
        table()


def test_the_number_of_rows_is_bounded(monkeypatch):
    monkeypatch.setattr("foods.sources.tables.MAX_ROWS", 3)

    assert len(rows(HEADER + b"1,a\n" * 3)) == 3
    assert MAX_ROWS > 2_000_000
    with pytest.raises(Unreadable, match="more than 3 rows"):
        rows(HEADER + b"1,a\n" * 4)
