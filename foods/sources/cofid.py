"""PURE: the UK's CoFID, sheet "1.4 Inorganics" (mg per 100 g, three header rows), to records."""

from foods.sources.cells import Row, Value, items, key_of, name_of, others, plain, reading, value_of
from foods.sources.files import Given
from foods.sources.grids import Grid, Header, grids
from foods.sources.records import FoodRecord, Reading, Release, Unreadable

CODE = COFID = "cofid"
# The second header row holds the codes of the nutrients. That MG is mg per 100 g of edible portion is from
# the publication's own list of codes, not from the sheet.
_MAGNESIUM, _UNIT = "MG", "mg"
# Groups by the first letter of their code, from general knowledge of the publication.
GROUPS = {
    "A": "Cereals and cereal products",
    "B": "Milk and milk products",
    "C": "Eggs",
    "D": "Vegetables",
    "F": "Fruit",
    "G": "Nuts and seeds",
    "H": "Herbs and spices",
    "I": "Baby foods",
    "J": "Fish and fish products",
    "M": "Meat and meat products",
    "O": "Fats and oils",
    "P": "Beverages",
    "Q": "Alcoholic beverages",
    "S": "Sugars, preserves and snacks",
    "W": "Soups, sauces and miscellaneous foods",
}
RELEASE = Release(
    code=COFID,
    mark="UK",
    dataset="McCance and Widdowson's Composition of Foods Integrated Dataset",
    release="2021",
    licence="Open Government Licence v3.0",
    citation=(
        "Public Health England. McCance and Widdowson's The Composition of Foods Integrated Dataset 2021. "
        "Contains public sector information licensed under the Open Government Licence v3.0."
    ),
    url="https://www.gov.uk/government/publications/composition-of-foods-integrated-dataset-cofid",
)


def read(given: Given, release: str | None) -> Reading | None:
    """Return the foods of the sheet of minerals; None if there is no sheet of CoFID.

    Raises Unreadable if only other sheets are there: they hold no magnesium.
    """
    sheets = [
        (grid, header)
        for grid in grids(given)
        if (header := grid.header("Food Code", "Food Name", "Main data references"))
    ]
    for grid, header in sheets:
        place = _place(grid, header)
        if place is not None:
            return _reading(grid, header, place, release, others(given, [sheet for sheet, _ in sheets]))
    if sheets:
        raise Unreadable(
            "this is a sheet of CoFID without magnesium: the sheet of minerals (1.4 Inorganics), with the "
            "code MG in its second row, is missing.",
            sheets[0][0].file,
        )
    return None


def _place(grid: Grid, header: Header) -> int | None:
    codes = next((values for line, values in grid.head if line > header.line), [])
    return codes.index(_MAGNESIUM) if _MAGNESIUM in codes else None


def _reading(grid: Grid, header: Header, magnesium: int, release: str | None, unread: list[str]) -> Reading:
    columns = ("Food Code", "Food Name", "Description", "Group")
    code, name, about, group = (header.find(column) for column in columns)

    def make(row: Row) -> FoodRecord | None:
        if row.line <= header.line + 2 and not row[code]:
            return None  # the codes and the full names of the nutrients
        found = _value(row[magnesium])
        return FoodRecord(
            source=COFID,
            key=key_of(row[code]),
            name=name_of(row[name]),
            category=GROUPS.get(row[group][:1], ""),
            magnesium_ug=found.ug,
            derivation=plain(found.note or row[about]),
            file=grid.file,
            line=row.line,
        )

    return reading(CODE, RELEASE, release, lambda: items(grid, header.line, make), unread)


def _value(text: str) -> Value:
    """Read a cell: "Tr" is a trace, "N" a significant amount that no reliable figure is known of."""
    if text == "N":
        return Value(note="N: in significant quantities, but there is no reliable figure")
    return value_of(text, _UNIT)
