"""FoodData Central's JSON: downloads of any length, single foods, lists, answers to a search."""

import json
import tracemalloc

import pytest

from foods.sources.formats import open_source
from foods.sources.records import Complaint, PortionRecord, Unreadable
from tests.foods.sources.given import opened, put, put_zip

FOUNDATION = {
    "fdcId": 321358,
    "description": "Hummus, commercial",
    "dataType": "Foundation",
    "foodClass": "FinalFood",
    "ndbNumber": 16158,
    "publicationDate": "4/1/2019",
    "foodCategory": {"id": 16, "code": "1600", "description": "Legumes and Legume Products"},
    "foodNutrients": [
        {"nutrient": {"id": 1089, "number": "303", "unitName": "mg"}, "amount": 2.4},
        {
            "nutrient": {"id": 1090, "number": "304", "name": "Magnesium, Mg", "unitName": "mg"},
            "foodNutrientDerivation": {"code": "A", "description": "Analytical"},
            "amount": 71.1,
            "dataPoints": 11,
            "min": 56.6,
            "max": 82,
        },
    ],
    "foodPortions": [
        {"amount": 2, "measureUnit": {"name": "tablespoon"}, "modifier": "", "gramWeight": 33.9},
        {"amount": 1, "measureUnit": {"name": "undetermined"}, "modifier": "container", "gramWeight": 283},
    ],
}
BRANDED = {
    "fdcId": 2664238,
    "description": "BEEF MADE FROM PLANTS",
    "dataType": "Branded",
    "publicationDate": "11/16/2023",
    "gtinUpc": "816697021002",
    "brandOwner": "Impossible Foods Inc.",
    "brandName": "IMPOSSIBLE",
    "brandedFoodCategory": "Other Meats",
    "servingSize": 113.0,
    "servingSizeUnit": "GRM",
    "householdServingFullText": "4 oz",
    "foodNutrients": [{"nutrient": {"id": 1090, "unitName": "mg"}, "amount": 10.5}],
}
FOUND = {  # as a search answers: another shape of nutrients, in capitals
    **{key: BRANDED[key] for key in ("fdcId", "description", "dataType", "gtinUpc", "servingSizeUnit")},
    "publishedDate": "2023-11-16",
    "foodNutrients": [
        {
            "nutrientId": 1090,
            "nutrientNumber": "304",
            "unitName": "MG",
            "value": 10.5,
            "derivationCode": "LCCS",
        }
    ],
}
SURVEY = {
    "fdcId": 2705383,
    "description": "Milk, human",
    "dataType": "Survey (FNDDS)",
    "foodClass": "Survey",
    "foodCode": 11000000,
    "publicationDate": "10/31/2024",
    "wweiaFoodCategory": {"wweiaFoodCategoryCode": 9602, "wweiaFoodCategoryDescription": "Human milk"},
    "foodNutrients": [{"nutrient": {"id": 1090, "number": "304", "unitName": "mg"}, "amount": 3}],
    "foodPortions": [
        {
            "measureUnit": {"name": "undetermined"},
            "modifier": "10205",
            "portionDescription": "1 cup",
            "gramWeight": 246,
        },
        {
            "measureUnit": {"name": "undetermined"},
            "portionDescription": "Quantity not specified",
            "gramWeight": 0,
        },
    ],
}


def foods_in(tmp_path, value, **options):
    text = value if isinstance(value, str | bytes) else json.dumps(value, **options)
    return opened(put(tmp_path / "foods.json", text))


def test_a_foundation_food_comes_with_all_that_is_said_of_it(tmp_path):
    reading, foods, complaints = foods_in(tmp_path, FOUNDATION, indent=2)

    food = foods[0]
    assert (food.source, food.key, food.name) == ("usda-foundation", "16158", "Hummus, commercial")
    assert (food.magnesium_ug, food.min_ug, food.max_ug, food.n) == (71_100, 56_600, 82_000, 11)
    assert (food.derivation, food.category) == ("Analytical (A)", "Legumes and Legume Products")
    assert {PortionRecord("2 tbsp", 33_900), PortionRecord("1 container", 283_000)} <= set(food.portions)
    assert (reading.format, reading.releases[0].release, complaints) == ("fdc-json", "2019-04-01", [])


def test_a_food_of_the_survey_is_named_by_its_code_and_weighed_as_people_say(tmp_path):
    _reading, foods, complaints = foods_in(tmp_path, {"SurveyFoods": [SURVEY]})

    assert (foods[0].key, foods[0].category, foods[0].magnesium_ug) == ("11000000", "Human milk", 3_000)
    assert foods[0].portions[0] == PortionRecord("1 cup", 246_000)
    assert complaints == []


@pytest.mark.parametrize("food", [BRANDED, FOUND])
def test_nutrients_are_read_in_both_shapes(tmp_path, food):
    _reading, foods, _complaints = foods_in(tmp_path, food)

    assert (foods[0].gtin, foods[0].magnesium_ug) == ("00816697021002", 10_500)


@pytest.mark.parametrize(
    "wrap",
    [
        lambda food: food,
        lambda food: [food],
        lambda food: {"FoundationFoods": [food]},
        lambda food: {"BrandedFoods": [food]},
        lambda food: {"foods": [food]},
        lambda food: {"totalHits": 1, "pageList": [1], "foods": [food], "aggregations": {}},
    ],
)
@pytest.mark.parametrize("indent", [None, 4])
def test_a_food_is_found_under_every_root(tmp_path, wrap, indent):
    _reading, foods, _complaints = foods_in(tmp_path, wrap(FOUNDATION), indent=indent)

    assert [food.key for food in foods] == ["16158"]


def test_files_of_a_zip_are_read_together_and_the_newest_of_one_barcode_counts(tmp_path):
    older = {**BRANDED, "fdcId": 9999999, "publicationDate": "2/16/2023", "description": "OLD"}
    path = put_zip(
        tmp_path / "FoodData_Central_branded_food_json_2024-10-31.zip",
        {"a.json": json.dumps(older), "b.json": json.dumps(BRANDED), "readme.txt": "{"},
    )

    reading, foods, _complaints = opened(path)

    assert [food.name for food in foods] == ["BEEF MADE FROM PLANTS"]
    assert reading.releases[0].release == "2024-10-31"


def test_a_figure_per_100_ml_is_no_figure_per_100_g(tmp_path):
    _reading, foods, complaints = foods_in(tmp_path, {**BRANDED, "servingSizeUnit": "MLT"})

    assert (foods[0].magnesium_ug, foods[0].portions) == (None, ())
    assert "per 100 ml" in complaints[0].text


def test_the_unit_is_what_the_file_names(tmp_path):
    def with_unit(unit):
        row = {"nutrient": {"id": 1090, "unitName": unit}, "amount": 0.5}
        return foods_in(tmp_path, {**BRANDED, "foodNutrients": [row]})

    assert with_unit("G")[1][0].magnesium_ug == 500_000
    assert with_unit("µg")[1][0].magnesium_ug == 1
    _reading, foods, complaints = with_unit("IU")
    assert foods[0].magnesium_ug is None
    assert complaints == [Complaint("foods.json", 1, "“IU” is not known as a unit of weight for magnesium.")]
    assert with_unit(None)[2] == [Complaint("foods.json", 1, "The unit is missing.")]


def test_complaints_name_the_line_on_which_the_food_begins(tmp_path):
    text = json.dumps(
        {"FoundationFoods": [FOUNDATION, {**FOUNDATION, "fdcId": 2, "description": " "}]}, indent=1
    )

    _reading, foods, complaints = foods_in(tmp_path, text)

    line = next(n for n, part in enumerate(text.splitlines(), 1) if '"fdcId": 2,' in part) - 1
    assert [(complaint.line, complaint.text) for complaint in complaints] == [
        (line, "The food has no name that can be shown: it is left out.")
    ]
    assert [food.key for food in foods] == ["16158"]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('{"FoundationFoods": [' + json.dumps(FOUNDATION), "the list of foods is cut short"),
        ('{"FoundationFoods": [' + json.dumps(FOUNDATION)[:-9], "broken or cut short"),
        ('{"FoundationFoods": [' + json.dumps(FOUNDATION) + ", 7]}", "no food stands"),
        ('{"FoundationFoods": [' + "[" * 100_000, "broken or cut short"),
        ('{"FoundationFoods": []}', "no food of Foundation"),
        ('{"FoundationFoods": [\n{"fdcId": 1,\n oops', "broken or cut short"),
        (json.dumps({**FOUNDATION, "dataType": "Experimental"}), "no food of Foundation"),
        (b'{"FoundationFoods": [{"fdcId": 1, "description": "caf\xe9"}]}', "UTF-8"),
        (b'{"FoundationFoods": [\n{"fdcId": 1, "description": "\0"}]}', "line 2: a NUL"),
    ],
)
def test_what_is_broken_is_refused(tmp_path, text, reason):
    with pytest.raises(Unreadable, match=reason) as caught:
        foods_in(tmp_path, text)

    assert caught.value.file == "foods.json"


def test_json_of_something_else_is_not_taken_for_it(tmp_path):
    with pytest.raises(Unreadable, match="no table that Midband knows"):
        foods_in(tmp_path, {"products": [{"magnesium": 3}]})


@pytest.mark.parametrize("skip", [0, 1, 2, 3, 4])
def test_reading_goes_on_from_any_place(tmp_path, skip):
    foods = [{**BRANDED, "fdcId": number, "gtinUpc": str(10**8 + number)} for number in range(1, 4)]
    path = put(tmp_path / "foods.json", json.dumps({"BrandedFoods": foods}))
    reading = open_source(path, path.name)

    assert [food.gtin[-1] for food in reading.records(skip)] == ["1", "2", "3"][skip:]
    assert reading.total == 3


def test_a_long_download_passes_through_little_memory(tmp_path):
    """40 MB of foods, of which one at a time is kept."""
    filling = "INGREDIENTS: " + "x" * 19_000
    with (tmp_path / "foods.json").open("w") as file:
        file.write('{"BrandedFoods": [')
        for number in range(2_000):
            food = {**BRANDED, "fdcId": number, "gtinUpc": str(10**8 + number), "ingredients": filling}
            file.write(f"{',' if number else ''}{json.dumps(food)}\n")
        file.write("]}")

    tracemalloc.start()
    _reading, foods, _complaints = opened(tmp_path / "foods.json")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert len(foods) == 2_000
    assert peak < 20_000_000


def test_a_food_without_end_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("foods.sources.fdc.stream.MAX_FOOD", 3_000_000)

    with pytest.raises(Unreadable, match="longer than 3,000,000"):
        foods_in(tmp_path, '{"BrandedFoods": [{"fdcId": 1, "description": "' + "x" * 8_000_000)
