"""AUSNUT 2011-13: one table, mg in the name of its column."""

import pytest

from foods.sources.records import Unreadable
from tests.foods.sources.given import opened, put, real

TEXT = "AUSNUT_CODE,eight_dig_d,three_dig_d,magnesium_mg\n11101001,Tea,Tea,0\n11101002,Chai,Tea,\n"


def test_the_real_table_holds_what_a_count_from_the_right_gives():
    path = real("afcd/AUSNUT_2011-13_AUSNUT.csv")
    lines = path.read_text("utf-8").splitlines()[1:]
    cells = [line.rsplit(",", 16)[1] for line in lines]  # no text stands right of magnesium

    reading, foods, complaints = opened(path)

    assert len(lines) == 5_740
    assert [food.magnesium_ug for food in foods] == [int(cell) * 1_000 for cell in cells]
    assert sum(food.magnesium_ug == 0 for food in foods) == cells.count("0") == 114
    assert (complaints, len({food.key for food in foods})) == ([], 5_740)
    assert reading.releases[0].release == "2011-13"


def test_nought_is_a_value_and_empty_is_none(tmp_path):
    _reading, foods, _complaints = opened(put(tmp_path / "a.csv", TEXT))

    assert [(food.key, food.name, food.category, food.magnesium_ug) for food in foods] == [
        ("11101001", "Tea", "Tea", 0),
        ("11101002", "Chai", "Tea", None),
    ]


def test_a_column_without_its_unit_is_not_this_table(tmp_path):
    with pytest.raises(Unreadable, match="no table that Midband knows"):
        opened(put(tmp_path / "a.csv", TEXT.replace("magnesium_mg", "magnesium")))


@pytest.mark.parametrize("cell", ["1e999", "NaN", "１２", "-1", "five", "1e9"])
def test_what_is_no_amount_is_left_out_with_its_line(tmp_path, cell):
    _reading, foods, complaints = opened(put(tmp_path / "a.csv", TEXT + f"3,Cola,Drinks,{cell}\n"))

    assert (len(foods), [complaint.line for complaint in complaints]) == (2, [4])
