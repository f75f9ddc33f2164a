"""NUTTAB: foods without magnesium, whose portions go to the foods of AFCD."""

import csv

import pytest

from foods.sources.records import PortionRecord, Unreadable
from tests.foods.sources.given import opened, put_zip, real

FOODS = (
    "nuttab_index,name,variety,extra_desc,density,quantity_unit\nF1,milk,whole,fresh,1.03,ml\nF2,kale,,,,g\n"
)
SERVINGS = (
    "nuttab_index,name,quantity,quantity_unit,notes\nF1,glass,200,ml,\nF2,leaf,12.5,g,\nF2,leaf,20,g,\n"
)


def test_the_real_tables_hold_foods_without_a_value_and_all_their_servings(tmp_path):
    names = ("nuttab-foods.csv", "nuttab-servings.csv")
    path = put_zip(tmp_path / "nuttab.zip", {name: real(f"afcd/{name}").read_bytes() for name in names})
    with real("afcd/nuttab-foods.csv").open(encoding="utf-8", newline="") as lines:
        table = [*csv.DictReader(lines)]
    dense = {row["nuttab_index"] for row in table if row["density"]}

    _reading, foods, complaints = opened(path)

    assert (len(foods), len(table), complaints) == (1_534, 1_534, [])
    assert {food.magnesium_ug for food in foods} == {None}
    assert {food.key for food in foods if any(p.label == "100 ml" for p in food.portions)} == dense
    assert sum(p.label != "100 ml" for food in foods for p in food.portions) == 375
    beer = next(food for food in foods if food.key == "F000996")
    assert beer.portions[0] == PortionRecord("1 can (375 ml)", 378_750)


def test_the_real_foods_alone_have_the_portion_of_their_density():
    _reading, foods, complaints = opened(real("afcd/nuttab-foods.csv"))

    assert (len(foods), sum(bool(food.portions) for food in foods), complaints) == (1_534, 172, [])


def test_a_name_is_put_together_and_the_food_is_that_of_afcd(tmp_path):
    _reading, foods, _complaints = opened(put_zip(tmp_path / "n.zip", {"f.csv": FOODS, "s.csv": SERVINGS}))

    assert [(food.source, food.key, food.name, food.also) for food in foods] == [
        ("nuttab", "F1", "Milk, whole, fresh", (("afcd", "F1"),)),
        ("nuttab", "F2", "Kale", (("afcd", "F2"),)),
    ]


def test_a_second_weight_under_one_name_carries_it(tmp_path):
    _reading, foods, _complaints = opened(put_zip(tmp_path / "n.zip", {"f.csv": FOODS, "s.csv": SERVINGS}))

    assert foods[1].portions == (PortionRecord("1 leaf", 12_500), PortionRecord("1 leaf (20 g)", 20_000))


def test_a_density_that_is_no_number_is_complained_of_once_and_a_later_run_says_the_same(tmp_path):
    path = put_zip(tmp_path / "n.zip", {"f.csv": FOODS.replace("1.03", "x"), "s.csv": SERVINGS})

    reading, foods, complaints = opened(path)

    assert [food.key for food in foods] == ["F2"]
    assert [complaint.file for complaint in complaints] == ["s.csv", "f.csv"]
    assert [*reading.records(0)] == [*reading.records(0)]


def test_servings_alone_are_refused(tmp_path):
    with pytest.raises(Unreadable, match="the table of the foods is missing"):
        opened(put_zip(tmp_path / "n.zip", {"s.csv": SERVINGS}))
