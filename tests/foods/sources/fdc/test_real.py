"""The real files of FoodData Central, held against figures that are counted in another way here."""

import csv
import io
import json
import re
import zipfile
from decimal import Decimal
from functools import cache

import pytest

from foods.sources.records import Unreadable
from tests.foods.sources.given import opened, put_zip, real

FOUNDATION = {
    "2019-04-02": "usda_fdc/FoodData_Central_foundation_food_csv_2019-04-02.zip",
    "2024-10-31": "usda_fdc/FoodData_Central_foundation_food_csv_2024-10-31.zip",
}


@cache
def records_of(name):
    """Return what the reader makes of a file, read once for all tests."""
    return opened(real(name))


@cache
def tables_of(path):
    """Return the tables of a zip as lists of dicts, by the standard library alone."""
    with zipfile.ZipFile(path) as zipped:
        return {
            name.rpartition("/")[2]: [*csv.DictReader(io.StringIO(zipped.read(name).decode()))]
            for name in zipped.namelist()
            if re.search(r"(^|/)(food|foundation_food|food_nutrient|food_portion)\.csv$", name)
        }


@pytest.mark.parametrize(
    ("release", "foods", "known", "with_portions"), [("2019-04-02", 92, 92, 72), ("2024-10-31", 316, 304, 85)]
)
def test_a_foundation_bundle_holds_what_a_plain_reading_counts(release, foods, known, with_portions):
    path = real(FOUNDATION[release])
    tables = tables_of(path)
    current = {row["fdc_id"] for row in tables["foundation_food.csv"]}
    names = {
        row["fdc_id"]: " ".join(row["description"].split())  # one name holds a doubled space
        for row in tables["food.csv"]
        if row["fdc_id"] in current
    }
    values = {
        row["fdc_id"]: row
        for row in tables["food_nutrient.csv"]
        if row["nutrient_id"] == "1090" and row["fdc_id"] in current
    }
    weights = [row for row in tables["food_portion.csv"] if row["fdc_id"] in current]

    reading, records, complaints = records_of(FOUNDATION[release])

    assert (len(current), len(values), len({row["fdc_id"] for row in weights})) == (
        foods,
        known,
        with_portions,
    )
    assert (len(records), reading.total, complaints) == (foods, foods, [])
    assert sorted(record.name for record in records) == sorted(names.values())
    assert {r.name: r.magnesium_ug for r in records if r.magnesium_ug is not None} == {
        names[key]: int(Decimal(row["amount"]) * 1_000) for key, row in values.items()
    }
    assert sum(record.n or 0 for record in records) == sum(
        int(row["data_points"] or 0) for row in values.values()
    )
    assert sum(bool(record.portions) for record in records) == with_portions
    given = {(names[row["fdc_id"]], int(Decimal(row["gram_weight"]) * 1_000)) for row in weights}
    assert given <= {(record.name, portion.weight_mg) for record in records for portion in record.portions}
    assert [(r.code, r.release) for r in reading.releases] == [("usda-foundation", release)]


def test_superseded_foundation_foods_are_no_foods():
    tables = tables_of(real(FOUNDATION["2024-10-31"]))
    typed = [row for row in tables["food.csv"] if row["data_type"] == "foundation_food"]

    _reading, records, _complaints = records_of(FOUNDATION["2024-10-31"])

    assert (len(typed), len(typed) - len(records)) == (387, 71)


def test_figures_of_the_reference_are_those_of_the_bundle():
    _reading, records, _complaints = records_of(FOUNDATION["2024-10-31"])
    by_key = {record.key: record for record in records}

    assert (by_key["11457"].name, by_key["11457"].magnesium_ug) == ("Spinach, mature", 92_960)
    assert by_key["09040"].magnesium_ug == 28_000
    assert ("usda-sr28", "11457") in by_key["11457"].also
    assert by_key["16158"].portions[0].label == "2 tbsp"


def test_the_same_food_has_the_same_key_in_both_releases():
    old, new = ({record.name: record.key for record in records_of(path)[1]} for path in FOUNDATION.values())
    both = old.keys() & new.keys()

    assert len(both) > 40
    assert [name for name in both if old[name] != new[name] and old[name].isdigit()] == []


@pytest.mark.parametrize(
    ("name", "missing"),
    [
        ("usda_fdc/sr_legacy_csv_2018-04_partial", r"food_nutrient\.csv"),
        ("usda_fdc/FoodData_Central_Supporting_Data_csv_2022-10-28.zip", r"food\.csv"),
        ("usda_fdc/fndds_food_portion_2024-10-31.csv", r"food\.csv"),
        ("usda_branded_sample", r"food\.csv"),
        ("usda_branded_sample/czechitas_branded_food.csv", r"food\.csv"),
        ("usda_branded_sample/czechitas_food_nutrient.csv", r"food\.csv"),
    ],
)
def test_what_is_incomplete_is_refused_by_the_name_of_what_is_missing(name, missing):
    with pytest.raises(Unreadable, match=f"{missing} is missing"):
        opened(real(name))


def sample(name):
    with real(f"usda_branded_sample/czechitas_{name}.csv").open(encoding="utf-8", newline="") as lines:
        return [*csv.reader(lines)]


def test_the_branded_sample_under_its_own_names_holds_what_a_plain_reading_counts(tmp_path):
    """The sample's three tables are of different foods: 23 stand in both of those that make one."""
    foods, details, nutrients = sample("food_other"), sample("branded_food"), sample("food_nutrient")
    listed = {row[0]: row for row in details[1:]}
    branded = [row for row in foods[1:] if row[1] == "branded_food"]
    whole = [row for row in branded if row[0] in listed]
    values = {row[1]: row for row in nutrients[1:] if row[2] == "1090" and row[1] in {r[0] for r in whole}}

    path = put_zip(
        tmp_path / "sample.zip",
        {
            "food.csv": as_csv([foods[0], *branded]),
            "branded_food.csv": as_csv(details),
            "food_nutrient.csv": as_csv(nutrients),
        },
    )
    _reading, records, complaints = opened(path)

    assert (len(branded), len(whole), len(values)) == (4_827, 23, 1)
    assert sorted(record.gtin for record in records) == sorted(listed[row[0]][4].zfill(14) for row in whole)
    left_out = [c for c in complaints if "does not list the food" in c.text]
    cut = [c for c in complaints if "name is longer than 200" in c.text]
    assert len(left_out) == len(branded) - len(whole)
    assert len(cut) == sum(len(" ".join(row[2].split())) > 200 for row in branded)
    assert len(complaints) == len(left_out) + len(cut)
    assert [record.magnesium_ug for record in records if record.magnesium_ug is not None] == [
        int(Decimal(row[3]) * 1_000) for row in values.values()
    ]


def as_csv(rows):
    stream = io.StringIO()
    csv.writer(stream).writerows(rows)
    return stream.getvalue()


def test_every_answer_of_the_api_is_one_food():
    folder = real("usda_fdc/api_json")
    for path in sorted(folder.glob("*.json")):
        said = json.loads(path.read_text(), parse_float=Decimal)
        magnesium = [row["amount"] for row in said["foodNutrients"] if row["nutrient"]["id"] == 1090]

        _reading, foods, complaints = opened(path)

        assert (len(foods), complaints) == (1, [])
        assert foods[0].name == said["description"]
        assert foods[0].gtin == said.get("gtinUpc", "").zfill(14).replace("0" * 14, "")
        assert foods[0].magnesium_ug == (int(magnesium[0] * 1_000) if magnesium else None)


def test_the_answers_of_the_api_together_keep_the_newest_of_each_food():
    folder = real("usda_fdc/api_json")
    said = [json.loads(path.read_text()) for path in folder.glob("*.json")]

    _reading, foods, _complaints = opened(folder)

    assert len(foods) == len({food.get("gtinUpc", food.get("ndbNumber")) for food in said}) == 5
    assert len(said) == 7
