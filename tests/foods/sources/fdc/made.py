"""Small bundles of FoodData Central, made row by row."""

import csv
import io
from collections.abc import Iterable, Mapping
from pathlib import Path

from tests.foods.sources.given import put_zip

FOOD = ("fdc_id", "data_type", "description", "food_category_id", "publication_date")
NUTRIENT = ("id", "fdc_id", "nutrient_id", "amount", "data_points", "derivation_id", "min", "max")
PORTION = (
    *("id", "fdc_id", "seq_num", "amount", "measure_unit_id", "portion_description", "modifier"),
    "gram_weight",
)
BRANDED = (
    *("fdc_id", "brand_owner", "brand_name", "gtin_upc", "serving_size", "serving_size_unit"),
    *("household_serving_fulltext", "branded_food_category"),
)
MAGNESIUM = [
    ("id", "name", "unit_name", "nutrient_nbr", "rank"),
    ("1090", "Magnesium, Mg", "MG", "304", "5500"),
]

Rows = Iterable[Iterable[str]]


def text(rows: Rows) -> str:
    """Return a table with every value in quotes, as FoodData Central writes it."""
    stream = io.StringIO()
    csv.writer(stream, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(rows)
    return stream.getvalue()


def bundle(folder: Path, tables: Mapping[str, Rows | None], name: str = "FDC_csv_2024-10-31.zip") -> Path:
    """Write a zip of tables: where none is given that of one spinach, none at all for None."""
    whole: dict[str, Rows | None] = {
        "food.csv": [FOOD, ("1", "sr_legacy_food", "Spinach, raw", "11", "2019-04-01")],
        "food_nutrient.csv": [NUTRIENT, ("9", "1", "1090", "79", "12", "1", "60", "90")],
        "nutrient.csv": MAGNESIUM,
        "food_portion.csv": [PORTION],
        "measure_unit.csv": [("id", "name"), ("1000", "cup"), ("9999", "undetermined")],
        "sr_legacy_food.csv": [("fdc_id", "NDB_number"), ("1", "11457")],
        **tables,
    }
    return put_zip(folder / name, {key: text(rows) for key, rows in whole.items() if rows is not None})


def branded(folder: Path, foods: Rows, nutrients: Rows, details: Rows) -> Path:
    """Write a bundle of branded foods."""
    return bundle(
        folder,
        {
            "food.csv": [FOOD, *foods],
            "food_nutrient.csv": [NUTRIENT, *nutrients],
            "branded_food.csv": [BRANDED, *details],
            "food_portion.csv": None,
            "measure_unit.csv": None,
            "sr_legacy_food.csv": None,
        },
        "FoodData_Central_branded_food_csv_2024-10-31.zip",
    )
