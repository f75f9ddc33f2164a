"""PURE: the NUTTAB tables of foods and of servings to records: names, densities and portions."""

from collections.abc import Iterator
from decimal import Decimal

from foods.sources.cells import (
    Item,
    Row,
    Skip,
    amount_of,
    items,
    key_of,
    name_of,
    others,
    plain,
    portions_of,
    reading,
    weight_of,
)
from foods.sources.files import Given
from foods.sources.grids import Grid, Header, grids
from foods.sources.records import FoodRecord, Reading, Release, Unreadable

CODE = NUTTAB = "nuttab"
RELEASE = Release(
    code=NUTTAB,
    mark="NT",
    dataset="NUTTAB, Nutrient Tables for Use in Australia",
    release="2019",
    licence="CC BY",
    citation="Food Standards Australia New Zealand. NUTTAB: foods and servings.",
    url="https://www.foodstandards.gov.au/",
)

Servings = tuple[Grid, Header]


def read(given: Given, release: str | None) -> Reading | None:
    """Return the foods of the table; None if there is neither the table of foods nor that of servings.

    The table has no magnesium: its foods have no value, and their portions go to the foods of AFCD, whose
    keys are the same. Raises Unreadable if the servings stand alone.
    """
    servings = find_servings(given)
    for grid in grids(given):
        if header := grid.header("nuttab_index", "name", "variety", "density"):
            unread = others(given, [grid, servings[0] if servings else None])
            return _reading(grid, header, servings, release, unread)
    if servings:
        raise Unreadable("these are servings: the table of the foods is missing.", servings[0].file)
    return None


def find_servings(given: Given) -> Servings | None:
    """Return the table of servings, if there is one."""
    for grid in grids(given):
        header = grid.header("nuttab_index", "name", "quantity", "quantity_unit")
        if header and header.find("density") is None:
            return grid, header
    return None


def density_of(text: str) -> Decimal | None:
    """Return g per ml; None for an empty cell and for 0, which is written where there is none."""
    return amount_of(text, "Density") or None if text else None


def servings_of(
    servings: Servings, densities: dict[str, Decimal | None], portions: dict[str, list[tuple[str, int]]]
) -> Iterator[Item]:
    """Add each serving to the portions of its food, and yield a complaint for each that cannot be weighed."""
    grid, header = servings
    columns = ("nuttab_index", "name", "quantity", "quantity_unit")
    code, name, quantity, unit = (header.find(column) for column in columns)

    def keep(row: Row) -> None:
        key, label = key_of(row[code]), f"1 {plain(row[name])}"
        if label == "1 ":
            raise Skip("The serving has no name.")
        if row[unit] == "ml":
            if not (density := densities.get(key)):
                raise Skip("The serving is in ml, and no density is given.")
            volume = amount_of(row[quantity], "Serving")
            portion = (f"{label} ({volume.normalize():f} ml)", weight_of(str(volume * density)))
        elif row[unit] == "g":
            portion = (label, weight_of(row[quantity], what="Serving"))
        else:
            raise Skip(f"“{plain(row[unit], 20)}” is no unit of a serving that is known: g or ml.")
        portions.setdefault(key, []).append(portion)

    yield from items(grid, header.line, keep)


def _reading(
    grid: Grid, header: Header, servings: Servings | None, release: str | None, unread: list[str]
) -> Reading:
    code, density = header.find("nuttab_index"), header.find("density")
    names = [header.find(column) for column in ("name", "variety", "extra_desc")]

    def make(row: Row) -> FoodRecord | None:
        key, weight = key_of(row[code]), density_of(row[density])
        name = name_of(", ".join(row[place] for place in names if row[place]))
        volume = [("100 ml", weight_of(str(100 * weight)))] if weight else []
        return FoodRecord(
            source=NUTTAB,
            key=key,
            name=name[:1].upper() + name[1:],
            portions=portions_of([*portions.get(key, ()), *volume]),
            also=(("afcd", key),),
            file=grid.file,
            line=row.line,
        )

    portions: dict[str, list[tuple[str, int]]] = {}

    def records() -> Iterator[Item]:
        portions.clear()
        if servings:
            yield from servings_of(servings, dict(_densities(grid, header)), portions)
        yield from items(grid, header.line, make)

    return reading(CODE, RELEASE, release, records, unread)


def _densities(grid: Grid, header: Header) -> Iterator[tuple[str, Decimal | None]]:
    """Yield what can be read; what cannot is complained of when its food is read."""
    code, density = header.find("nuttab_index"), header.find("density")
    for line, values in grid.rows("utf-8-sig"):
        row = Row(line, values)
        if line > header.line:
            try:
                yield row[code], density_of(row[density])
            except Skip:
                continue
