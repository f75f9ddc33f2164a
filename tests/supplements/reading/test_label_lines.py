"""Lines in the styles of the US, the EU and the UK: each gives the amount a person reads, or a question."""

import csv
from decimal import Decimal
from pathlib import Path

import pytest

from supplements.labels import read_lines
from supplements.reading import read_text

LINES = Path(__file__).parent.parent / "label_lines.csv"
TENTH = Decimal("0.1")


def rows():
    with LINES.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(line for line in file if not line.startswith("# ")))


def reading(row):
    return read_text(row["text"], country=row["country"] or None)


def mg(ug):
    return (Decimal(ug) / 1000).quantize(TENTH)


def name(row):
    return " ".join(row["text"].split())[:60]


ANSWERED = [row for row in rows() if row["asks"] == "no"]
ASKED = [row for row in rows() if row["asks"] == "yes"]


def test_the_lines_are_many_of_each_country_and_of_both_kinds():
    assert {row["country"] for row in rows()} == {"us", "uk", "eu", ""}
    assert len(ANSWERED) + len(ASKED) == len(rows()) == 200
    assert min(len(ANSWERED), len(ASKED)) >= 40


@pytest.mark.parametrize("row", ANSWERED, ids=name)
def test_a_line_that_says_enough_gives_its_magnesium(row):
    read = reading(row)

    assert read.asks == ()
    assert mg(read.elemental_ug) == Decimal(row["elemental_mg"])


@pytest.mark.parametrize("row", ASKED, ids=name)
def test_a_line_that_leaves_it_open_asks_and_gives_no_figure(row):
    read = reading(row)

    assert read.elemental_ug is None
    assert read.asks != ()
    assert read.lines == ()


@pytest.mark.parametrize("row", ANSWERED, ids=name)
def test_what_is_kept_of_a_line_comes_to_the_same(row):
    read = reading(row)

    assert sum(part.elemental_ug or 0 for part in read.parts) == read.elemental_ug
    if read.lines:
        assert read_lines(read.lines, topical=False).magnesium_ug == read.elemental_ug
        assert all(line.slug for line in read.lines)
    else:
        assert read.elemental_ug == 0


@pytest.mark.parametrize("row", ASKED, ids=name)
def test_every_answer_that_is_offered_settles_its_question(row):
    read = reading(row)

    for ask in read.asks:
        for option in ask.options:
            after = read_text(row["text"], country=row["country"] or None, answers={ask.code: option.value})
            assert ask.code not in {each.code for each in after.asks}
            if len(read.asks) == 1:
                assert after.elemental_ug == option.elemental_ug
