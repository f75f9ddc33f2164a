"""PURE: the AUSNUT 2011-13 food nutrient table (mg per 100 g of edible portion) to records."""

from foods.sources.cells import Row, items, key_of, name_of, others, plain, reading, value_of
from foods.sources.files import Given
from foods.sources.grids import Grid, Header, grids
from foods.sources.records import FoodRecord, Reading, Release

CODE = AUSNUT = "ausnut"
# That values are per 100 g is from general knowledge of the publication, and so is the exact licence.
RELEASE = Release(
    code=AUSNUT,
    mark="AU",
    dataset="AUSNUT, Australian Food and Nutrient Database",
    release="2011-13",
    licence="CC BY-SA",
    citation="Food Standards Australia New Zealand. AUSNUT 2011-13, food nutrient database. Canberra, 2014.",
    url="https://www.foodstandards.gov.au/",
)


def read(given: Given, release: str | None) -> Reading | None:
    """Return the foods of the table; None if there is no such table. The unit is in the column's name."""
    for grid in grids(given):
        if header := grid.header("AUSNUT_CODE", "eight_dig_d", "magnesium_mg"):
            return _reading(grid, header, release, others(given, [grid]))
    return None


def _reading(grid: Grid, header: Header, release: str | None, unread: list[str]) -> Reading:
    columns = ("AUSNUT_CODE", "eight_dig_d", "three_dig_d", "magnesium_mg")
    code, name, group, magnesium = (header.find(column) for column in columns)

    def make(row: Row) -> FoodRecord | None:
        return FoodRecord(
            source=AUSNUT,
            key=key_of(row[code]),
            name=name_of(row[name]),
            category=plain(row[group]),
            magnesium_ug=value_of(row[magnesium], "mg").ug,
            file=grid.file,
            line=row.line,
        )

    return reading(CODE, RELEASE, release, lambda: items(grid, header.line, make), unread)
