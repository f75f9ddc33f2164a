"""AFCD: per 100 g, liquids per 100 ml by the source's own density, portions of the table of servings."""

import csv
from decimal import Decimal

import pytest

from foods.sources.records import PortionRecord, Unreadable
from tests.foods.sources.given import opened, put, put_zip, real, xlsx

VALUES = '"Public Food Key",Classification,"Food Name","Magnesium (Mg)"\n,,,mg\n'
DETAILS = '"Public Food Key",Derivation,Name,"Specific Gravity","Classification Name"\n'
SERVINGS = "nuttab_index,name,quantity,quantity_unit,notes\n"


def rows(name):
    with real(f"afcd/{name}").open(encoding="utf-8", newline="") as lines:
        return [*csv.DictReader(lines)]


def files(**more):
    """Return milk in both sheets, with its details, and syrup in the one per 100 ml alone."""
    return {
        "values-per100g.csv": f"{VALUES}F1,1,Milk,11\n",
        "liquids-per100ml.csv": f"{VALUES}F1,1,Milk,11.3\nF2,1,Syrup,26\n",
        "food-details.csv": f"{DETAILS}F1,Analysed,Milk,1.03,Dairy\nF2,Recipe,Syrup,1.3,Sugars\n",
        **more,
    }


def test_the_real_folder_holds_what_a_plain_reading_counts():
    values = [row for row in rows("food-nutrients-per100g.csv") if row["Public Food Key"]]
    heavy = {row["Public Food Key"] for row in rows("food-details.csv") if float(row["Specific Gravity"])}
    served = {row["nuttab_index"] for row in rows("nuttab-servings.csv")}

    reading, foods, complaints = opened(real("afcd"))

    assert (len(values), len(heavy), len(served)) == (1_534, 172, 347)
    assert {food.key: food.magnesium_ug for food in foods} == {
        row["Public Food Key"]: round(float(row["Magnesium (Mg)"]) * 1_000) for row in values
    }
    assert sum(food.magnesium_ug == 0 for food in foods) == 39
    assert {food.key for food in foods if food.portions} == heavy | served
    assert len(heavy | served) == 491
    assert [(complaint.file, complaint.text) for complaint in complaints] == [
        ("AUSNUT_2011-13_AUSNUT.csv", "The file holds another table and was not read."),
        ("nuttab-foods.csv", "The file holds another table and was not read."),
    ]
    assert [(release.code, release.release) for release in reading.releases] == [("afcd", "1")]


def test_the_sheet_per_100_g_stands_alone_without_details():
    _reading, foods, complaints = opened(real("afcd/food-nutrients-per100g.csv"))

    assert (len(foods), complaints, sum(bool(food.portions) for food in foods)) == (1_534, [], 0)
    assert (foods[0].name, foods[0].magnesium_ug, foods[0].line) == (
        "Cardamom seed, dried, ground",
        229_000,
        3,
    )


def test_the_real_liquids_with_the_details_are_the_values_per_100_g_but_for_rounding(tmp_path):
    names = ("liquids-per100ml.csv", "food-details.csv")
    path = put_zip(tmp_path / "afcd.zip", {name: real(f"afcd/{name}").read_bytes() for name in names})
    per_100g = {row["Public Food Key"]: row["Magnesium (Mg)"] for row in rows("food-nutrients-per100g.csv")}
    density = {row["Public Food Key"]: Decimal(row["Specific Gravity"]) for row in rows("food-details.csv")}

    _reading, foods, complaints = opened(path)

    assert (len(foods), complaints) == (172, [])
    for row in [row for row in rows("liquids-per100ml.csv") if row["Public Food Key"]]:
        food = next(food for food in foods if food.key == row["Public Food Key"])
        assert food.magnesium_ug == round(Decimal(row["Magnesium (Mg)"]) * 1000 / density[food.key])
    near = [abs(food.magnesium_ug - 1_000 * int(per_100g[food.key])) <= 1_000 for food in foods]
    assert near.count(True) >= 165


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("food-details.csv", "the sheet of nutrients per 100 g is missing"),
        ("liquids-per100ml.csv", "the sheet of food details, with the densities, is missing"),
        ("nuttab-servings.csv", "the table of the foods is missing"),
    ],
)
def test_a_real_sheet_that_cannot_stand_alone_is_refused(name, message):
    with pytest.raises(Unreadable, match=rf"{name}: .*{message}"):
        opened(real(f"afcd/{name}"))


def test_the_value_per_100_g_wins_and_a_liquid_of_its_own_is_converted_by_its_density(tmp_path):
    _reading, foods, _complaints = opened(put_zip(tmp_path / "afcd.zip", files()))

    assert [(food.key, food.magnesium_ug, food.category, food.derivation) for food in foods] == [
        ("F1", 11_000, "Dairy", "analysed"),
        ("F2", 20_000, "Sugars", "recipe"),
    ]
    assert foods[1].portions == (PortionRecord("100 ml", 130_000),)
    assert foods[1].also == (("nuttab", "F2"),)


@pytest.mark.parametrize("density", ["0", ""])
def test_a_liquid_without_a_density_is_left_out_with_the_reason(tmp_path, density):
    details = f"{DETAILS}F1,Analysed,Milk,1.03,Dairy\nF2,Recipe,Syrup,{density},Sugars\n"

    _reading, foods, complaints = opened(put_zip(tmp_path / "a.zip", files(**{"food-details.csv": details})))

    assert [food.key for food in foods] == ["F1"]
    assert [(complaint.file, complaint.line, complaint.text) for complaint in complaints] == [
        ("liquids-per100ml.csv", 4, "The value is per 100 ml, and the food details give no density.")
    ]


def test_servings_are_weighed_and_those_in_ml_by_the_density(tmp_path):
    servings = (
        f"{SERVINGS}F1,carton,600.0,ml,x\nF1,glass,250,g,x\nF9,can,375,ml,x\nF1,cup,1,cup,x\nF1,,5,g,x\n"
    )

    _reading, foods, complaints = opened(put_zip(tmp_path / "a.zip", files(**{"servings.csv": servings})))

    assert foods[0].portions == (
        PortionRecord("1 carton (600 ml)", 618_000),
        PortionRecord("1 glass", 250_000),
        PortionRecord("100 ml", 103_000),
    )
    assert [(complaint.line, complaint.text) for complaint in complaints] == [
        (4, "The serving is in ml, and no density is given."),
        (5, "“cup” is no unit of a serving that is known: g or ml."),
        (6, "The serving has no name."),
    ]


def test_mg_in_the_name_of_the_column_is_the_element_and_the_row_below_has_the_unit(tmp_path):
    text = f"{VALUES}F1,1,Milk,0.011\n".replace(",,,mg", ",,,g")

    _reading, foods, _complaints = opened(put(tmp_path / "per100g.csv", text))

    assert foods[0].magnesium_ug == 11_000


def test_without_a_row_of_units_the_column_has_to_say_it(tmp_path):
    text = f"{VALUES}F1,1,Milk,11\n".replace(",,,mg\n", "")

    with pytest.raises(Unreadable, match=r"per100g\.csv, line 1: .*does not say its unit"):
        opened(put(tmp_path / "per100g.csv", text))
    text = text.replace("Magnesium (Mg)", "Magnesium (Mg) (mg)")
    assert opened(put(tmp_path / "per100g.csv", text))[1][0].magnesium_ug == 11_000


def test_a_sheet_whose_name_does_not_say_per_what_is_refused(tmp_path):
    with pytest.raises(Unreadable, match="has to say per 100 g or per 100 ml"):
        opened(put(tmp_path / "values.csv", f"{VALUES}F1,1,Milk,11\n"))


def test_a_workbook_says_it_in_the_names_of_its_sheets(tmp_path):
    table = [["Public Food Key", "Food Name", "Magnesium (Mg) (mg)"], ["F1", "Milk", 11.0]]

    _reading, foods, _complaints = opened(
        put(tmp_path / "r2.xlsx", xlsx(table, sheet="All foods per 100g")), "2"
    )

    assert [(food.key, food.magnesium_ug, food.line) for food in foods] == [("F1", 11_000, 2)]
