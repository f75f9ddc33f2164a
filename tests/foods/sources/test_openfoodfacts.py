"""Open Food Facts: grams in one export, a value with its unit in the other, per 100 ml nothing."""

import csv

import pytest

from foods.sources.openfoodfacts import gtin14
from foods.sources.records import PortionRecord
from tests.foods.sources.given import opened, put, real

SEARCH = "openfoodfacts/openfoodfacts_search_export_454rows.tsv"
PRODUCER = "openfoodfacts/openfoodfacts_producer_export_429rows.tsv"
CODE = "3770017070002"
OLD = "code\tproduct_name\tquantity\tbrands\tcategories\tserving_size\tserving_quantity\tmagnesium_100g\n"
NEW = "code\tproduct_name_fr\tbrands\tserving_size\tnutrition_data_per\tmagnesium_value\tmagnesium_unit\n"


def table(name):
    with real(name).open(encoding="utf-8", newline="") as lines:
        return [*csv.DictReader(lines, delimiter="\t")]


def old(tmp_path, *cells):
    return opened(put(tmp_path / "off.tsv", OLD + "\t".join(cells) + "\n"))


def new(tmp_path, *cells):
    return opened(put(tmp_path / "off.tsv", NEW + "\t".join(cells) + "\n"))


def test_the_real_search_export_has_three_magnesium_rows_of_which_one_is_by_volume():
    rows = table(SEARCH)
    with_magnesium = {row["code"]: row["magnesium_100g"] for row in rows if row["magnesium_100g"]}

    reading, foods, complaints = opened(real(SEARCH))

    named = sum(bool(row["product_name"].strip()) for row in rows)
    assert (len(rows), len(foods), len(complaints), named) == (454, 442, 12, 442)
    assert with_magnesium == {"0819377000120": "0.08", "3770017070002": "0.5", "3068320055008": "0.0026"}
    assert {food.key[1:]: food.magnesium_ug for food in foods if food.magnesium_ug is not None} == {
        "0819377000120": 80_000,
        "3770017070002": 500_000,
    }
    water = next(food for food in foods if food.key == "03068320055008")
    assert (water.magnesium_ug, water.derivation) == (None, "0.0026 g per 100 ml, and no density is given")
    assert "never merged" in reading.releases[0].licence


def test_the_real_producer_export_has_one_magnesium_row():
    rows = table(PRODUCER)
    names = [column for column in rows[0] if column.startswith("product_name")]
    named = [row for row in rows if any(row[name].strip() for name in names)]

    _reading, foods, complaints = opened(real(PRODUCER))

    assert (len(rows), len(named), len(foods), len(complaints)) == (429, 428, 428, 1)
    assert [
        (food.name, food.gtin, food.magnesium_ug, food.portions)
        for food in foods
        if food.magnesium_ug is not None
    ] == [
        (
            "Whole wheat Con Masa Madre",
            "07501000111459",
            24_000,
            (PortionRecord("1 serving (29.6 g)", 29_600),),
        )
    ]
    assert [row["magnesium_value"] + row["magnesium_unit"] for row in rows if row["magnesium_value"]] == [
        "0.024g"
    ]


def test_both_real_exports_in_one_folder_are_read():
    _reading, foods, _complaints = opened(real("openfoodfacts"))

    assert len(foods) == 428 + 442


def test_a_product_has_its_barcode_as_key_its_narrowest_category_and_its_serving(tmp_path):
    _reading, foods, _complaints = old(
        tmp_path, CODE, "Spiruline", "100 G", "A,B", "Algae,en:spirulina", "6 g", "6", "0.5"
    )

    assert [(f.key, f.gtin, f.brand, f.category, f.magnesium_ug, f.portions) for f in foods] == [
        (
            "03770017070002",
            "03770017070002",
            "A",
            "spirulina",
            500_000,
            (PortionRecord("1 serving (6 g)", 6_000),),
        )
    ]


@pytest.mark.parametrize(
    ("quantity", "serving", "expected"),
    [
        ("50 cl", "", None),
        ("1 L", "", None),
        ("", "250 ml", None),
        ("", "1 glass (250 ml / 258 g)", 500_000),
        ("100 g", "", 500_000),
        ("", "", 500_000),
    ],
)
def test_what_is_sold_by_volume_has_no_value_without_a_density(tmp_path, quantity, serving, expected):
    _reading, foods, _complaints = old(tmp_path, CODE, "X", quantity, "B", "C", serving, "", "0.5")

    assert [food.magnesium_ug for food in foods] == [expected]


@pytest.mark.parametrize(
    ("per", "serving", "value", "unit", "expected"),
    [
        ("100g", "", "0.024", "g", 24_000),
        ("100g", "", "24", "mg", 24_000),
        ("100g", "", "24000", "µg", 24_000),
        ("serving", "30 g", "24", "mg", 80_000),
        ("100ml", "", "24", "mg", None),
        ("100g", "", "", "", None),
    ],
)
def test_the_unit_and_the_basis_are_taken_by_name(tmp_path, per, serving, value, unit, expected):
    _reading, foods, complaints = new(tmp_path, CODE, "X", "B", serving, per, value, unit)

    assert ([food.magnesium_ug for food in foods], complaints) == ([expected], [])


@pytest.mark.parametrize(
    ("cells", "text"),
    [
        ((CODE, "X", "B", "", "100g", "5", ""), "Magnesium is given as 5 without a unit that is known."),
        ((CODE, "X", "B", "", "100g", "5", "IU"), "Magnesium is given as 5 without a unit that is known."),
        (
            (CODE, "X", "B", "1 bar", "serving", "5", "mg"),
            "Magnesium is given per serving, and the serving has no weight.",
        ),
        ((CODE, "X", "B", "", "box", "5", "mg"), "Magnesium is given per “box”, which is not known."),
        ((CODE, "X", "B", "", "100g", "1e999", "mg"), "Magnesium: “1e999” is not a number."),
        (("x12", "X", "B", "", "100g", "5", "mg"), "“x12” is no barcode."),
        ((CODE, "", "B", "", "100g", "5", "mg"), "The food has no name."),
    ],
)
def test_a_row_that_does_not_say_it_all_is_left_out_with_the_reason(tmp_path, cells, text):
    _reading, foods, complaints = new(tmp_path, *cells)

    assert (foods, [(complaint.line, complaint.text) for complaint in complaints]) == ([], [(2, text)])


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("3770017070002", "03770017070002"),
        ("03770017070002", "03770017070002"),
        ("40111445", "00000040111445"),
        ("3770017070003", ""),
        ("1234", ""),
        ("00000000", ""),
        ("３770017070002", ""),
        ("", ""),
    ],
)
def test_a_barcode_is_one_if_its_check_digit_fits(code, expected):
    assert gtin14(code) == expected


def test_a_shop_s_own_number_is_a_key_and_no_barcode(tmp_path):
    _reading, foods, _complaints = old(tmp_path, "1234", "X", "", "B", "C", "", "", "")

    assert [(food.key, food.gtin) for food in foods] == [("off1234", "")]


@pytest.mark.parametrize(
    ("size", "quantity"),
    [("2/3 gr", "0"), ("30 g", "31"), ("250 ml", "250"), ("10 g, 20 g", "10"), ("0 g", "0")],
)
def test_a_serving_whose_weight_is_not_clear_is_no_portion(tmp_path, size, quantity):
    _reading, foods, _complaints = old(tmp_path, CODE, "X", "", "B", "C", size, quantity, "")

    assert [food.portions for food in foods] == [()]
