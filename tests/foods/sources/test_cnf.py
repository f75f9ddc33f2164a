"""Health Canada's common foods: per serving, cp1252, headings between the rows, files without magnesium."""

import csv
from decimal import ROUND_HALF_UP, Decimal

import pytest

from foods.sources.records import PortionRecord, Unreadable
from tests.foods.sources.given import opened, put, put_zip, real

FOLDER = "cnf/common_foods_2008"
SNACKS = (
    ",,,,\n"
    '"Nutrient Value of Some Common Foods, 2008 Edition",,,,\n'
    "SNACKS,,,,\n"
    "Food name,Measure,Weight ,Energy,Magnesium\n"
    ",,g,kcal,mg\n"
    "POPCORN,,,,\n"
    "Air-popped,250mL,8,32,11\n"
    '"Popcorn, caramel",250ml,37,160,tr\n'
    "CHIPS,,,,\n"
    '"Potato chips, plain",1,40,1,\n'
    '"Pad Thaï", 1/2 ,50,1,20\n'
)


def snacks(tmp_path, text=SNACKS):
    return put(tmp_path / "nutrient_value_snacks_2008-eng.csv", text.encode("cp1252"))


def counted():
    """Count by hand: a food has a name and a weight or measure; magnesium is found by the header's words."""
    foods = values = portions = ug = 0
    for path in sorted(real(FOLDER).iterdir()):
        with path.open(encoding="cp1252", newline="") as lines:
            table = [*csv.reader(lines)]
        start = next(place for place, row in enumerate(table) if row[0].startswith("Food name"))
        column = table[start].index("Magnesium") if "Magnesium" in table[start] else None
        for row in table[start + 1 :]:
            if row[0].strip() and (row[1].strip() or row[2].strip()):
                foods += 1
                portions += bool(row[2].strip())
                if column and row[column].strip() not in ("", "tr"):
                    values += 1
                    exact = Decimal(row[column]) * 100_000 / Decimal(row[2])
                    ug += int(exact.quantize(Decimal(1), ROUND_HALF_UP))
    return foods, values, portions, ug


def test_the_seventeen_real_files_hold_what_a_count_by_hand_gives():
    reading, foods, complaints = opened(real(FOLDER))

    assert counted() == (
        len(foods),
        sum(food.magnesium_ug is not None for food in foods),
        sum(bool(food.portions) for food in foods),
        sum(food.magnesium_ug or 0 for food in foods),
    )
    assert (len(foods), sum(food.magnesium_ug is not None for food in foods)) == (1_099, 968)
    assert (len({food.key for food in foods}), complaints) == (1_099, [])
    assert len({(food.name, food.file) for food in foods}) == 1_099
    assert reading.releases[0].licence == "Open Government Licence - Canada"


@pytest.mark.parametrize(("name", "count"), [("fish_and_shellfish", 61), ("eggs_and_egg_dishes", 11)])
def test_a_real_file_without_magnesium_gives_foods_without_a_value(name, count):
    _reading, foods, complaints = opened(real(f"{FOLDER}/nutrient_value_{name}_2008-eng.csv"))

    assert (len(foods), complaints) == (count, [])
    assert {food.magnesium_ug for food in foods} == {None}
    assert all(food.portions for food in foods)


def test_the_real_file_without_a_row_of_units_is_in_mg_as_the_publication_says():
    _reading, foods, _complaints = opened(real(f"{FOLDER}/nutrient_value_baked_2008-eng.csv"))

    assert (len(foods), sum(food.magnesium_ug is not None for food in foods)) == (92, 89)
    assert foods[0].magnesium_ug == 17_647  # 9 mg in 51 g


def test_a_value_per_serving_becomes_one_per_100_g_and_the_measure_a_portion(tmp_path):
    _reading, foods, complaints = opened(snacks(tmp_path))

    assert [(food.name, food.magnesium_ug, food.portions[0], food.line) for food in foods] == [
        ("Air-popped (popcorn)", 137_500, PortionRecord("250 ml", 8_000), 7),
        ("Popcorn, caramel", None, PortionRecord("250 ml", 37_000), 8),
        ("Potato chips, plain", None, PortionRecord("1 piece", 40_000), 10),
        ("Pad Thaï", 40_000, PortionRecord("1/2 of a whole one", 50_000), 11),
    ]
    assert [food.derivation for food in foods[:3]] == [
        "11 mg in 8 g, as printed",
        "traces: below what the source gives as a number",
        "",
    ]
    assert complaints == []


def test_keys_stay_when_another_file_comes_first(tmp_path):
    again = put_zip(tmp_path / "z.zip", {"a.csv": SNACKS.replace("SNACKS", "SOUPS").encode("cp1252")})

    alone = {food.name: food.key for food in opened(snacks(tmp_path))[1]}
    soups = [food.name for food in opened(again)[1]]

    assert alone["Pad Thaï"].startswith("pad-tha")
    assert soups[0] == "Air-popped (soup, popcorn)"


@pytest.mark.parametrize(
    ("row", "text"),
    [
        ("Iced coffee,250mL, ,211,7", "The value is per serving, and the serving has no weight."),
        ("Iced coffee,250mL,0,211,7", "Weight: 0 g is no weight of a portion."),
        ("Iced coffee,250mL,250,211,1e999", "Magnesium: “1e999” is not a number."),
        ("Iced coffee,250mL,-5,211,7", "Weight: -5 is below nought."),
    ],
)
def test_a_serving_that_cannot_be_reckoned_is_left_out_with_its_reason(tmp_path, row, text):
    _reading, foods, complaints = opened(snacks(tmp_path, SNACKS + row + "\n"))

    assert (len(foods), [(complaint.line, complaint.text) for complaint in complaints]) == (4, [(12, text)])


def test_a_serving_without_weight_and_without_a_value_is_a_food(tmp_path):
    _reading, foods, complaints = opened(snacks(tmp_path, SNACKS + "Iced coffee,250mL, ,211,\n"))

    assert (foods[4].name, foods[4].magnesium_ug, foods[4].portions, complaints) == (
        "Iced coffee",
        None,
        (),
        [],
    )


def test_another_unit_under_magnesium_is_refused(tmp_path):
    with pytest.raises(
        Unreadable, match=r"snacks_2008-eng\.csv, line 5: the unit under magnesium is “g”, not mg"
    ):
        opened(snacks(tmp_path, SNACKS.replace(",,g,kcal,mg", ",,g,kcal,g")))


def test_a_table_of_another_title_is_not_this_one(tmp_path):
    with pytest.raises(Unreadable, match="no table that Midband knows"):
        opened(snacks(tmp_path, SNACKS.replace("Nutrient Value of Some Common Foods", "My own foods")))


def test_the_same_food_twice_counts_once(tmp_path):
    twice = {"a.csv": SNACKS.encode("cp1252"), "b.csv": SNACKS.encode("cp1252")}

    _reading, foods, complaints = opened(put_zip(tmp_path / "z.zip", twice))

    assert (len(foods), len(complaints)) == (4, 4)
    assert "stands in a.csv, line 7 already" in complaints[0].text
