"""PURE: the Australian AFCD sheets (per 100 g, liquids per 100 ml, details) to records."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from foods.sources.cells import (
    Item,
    Row,
    Skip,
    items,
    key_of,
    magnesium_column,
    name_of,
    others,
    plain,
    portions_of,
    reading,
    unit_in,
    value_of,
    weight_of,
)
from foods.sources.files import Given
from foods.sources.grids import Grid, Header, grids
from foods.sources.nuttab import CODE as NUTTAB
from foods.sources.nuttab import Servings, density_of, find_servings, servings_of
from foods.sources.records import FoodRecord, Reading, Release, Unreadable

CODE = AFCD = "afcd"
RELEASE = Release(
    code=AFCD,
    mark="AF",
    dataset="Australian Food Composition Database",
    release="1",
    licence="CC BY",
    citation="Food Standards Australia New Zealand. Australian Food Composition Database, release 1. 2019.",
    url="https://www.foodstandards.gov.au/",
)
_ML, _G = re.compile(r"100\s*-?ml", re.IGNORECASE), re.compile(r"100\s*-?g", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sheet:
    """A sheet of values: where magnesium stands, in what unit, and the last line above the foods."""

    grid: Grid
    header: Header
    magnesium: int
    unit: str
    above: int


@dataclass(frozen=True, slots=True)
class _Detail:
    category: str
    derivation: str
    density: Decimal | None  # g per ml


def read(given: Given, release: str | None) -> Reading | None:
    """Return the foods of the sheets; None if there is no sheet of AFCD.

    The same liquids stand in both sheets of values: the one per 100 g counts. A food that is only in the
    sheet per 100 ml is converted by the density in the food details, and left out where they give none.
    """
    solids, liquids, details = None, None, None
    for grid in grids(given):
        if header := grid.header("Public Food Key", "Specific Gravity"):
            details = details or (grid, header)
        elif header := grid.header("Public Food Key", "Food Name"):
            sheet = _sheet(grid, header)
            liquids, solids = (liquids or sheet, solids) if _per_ml(grid) else (liquids, solids or sheet)
    if solids is None and liquids is None:
        if details is None:
            return None
        raise Unreadable(
            "these are food details: the sheet of nutrients per 100 g is missing.", details[0].file
        )
    if solids is None and liquids and details is None:
        raise Unreadable(
            "values are per 100 ml here: the sheet of food details, with the densities, is missing.",
            liquids.grid.file,
        )
    servings = find_servings(given)
    used = [sheet.grid for sheet in (solids, liquids) if sheet]
    used += [found[0] for found in (details, servings) if found]
    return reading(
        CODE,
        RELEASE,
        release,
        lambda: _records(solids, liquids, details, servings),
        others(given, used),
        "" if solids else "the sheet per 100 g is not in it",
    )


def _per_ml(grid: Grid) -> bool:
    """Say whether a sheet is per 100 ml: only its name says so."""
    ml, g = bool(_ML.search(grid.file)), bool(_G.search(grid.file))
    if ml == g:
        raise Unreadable("the name of the sheet has to say per 100 g or per 100 ml.", grid.file)
    return ml


def _sheet(grid: Grid, header: Header) -> _Sheet:
    """Find magnesium and its unit: in its column's name, or in the row under the header as in release 1."""
    under = next(((line, values) for line, values in grid.head if line > header.line), (0, []))
    places = [place for place, name in enumerate(header.names) if name.startswith("magnesium")]
    if len(places) == 1 and not unit_in(header.printed[places[0]]):
        line, units = under
        unit = Row(line, units)[places[0]]
        if unit in ("g", "mg", "ug", "µg") and not Row(line, units)[header.find("Public Food Key")]:
            return _Sheet(grid=grid, header=header, magnesium=places[0], unit=unit, above=line)
    place, unit, _basis = magnesium_column(grid, header)
    return _Sheet(grid=grid, header=header, magnesium=place, unit=unit, above=header.line)


def _records(
    solids: _Sheet | None,
    liquids: _Sheet | None,
    details: tuple[Grid, Header] | None,
    servings: Servings | None,
) -> Iterator[Item]:
    found: dict[str, _Detail] = {}
    if details:
        yield from _read_details(*details, found)
    portions: dict[str, list[tuple[str, int]]] = {}
    if servings:
        densities = {key: detail.density for key, detail in found.items()}
        yield from servings_of(servings, densities, portions)
    done: set[str] = set()
    for sheet, per_ml in ((solids, False), (liquids, True)):
        if sheet is None:
            continue
        for item in _foods(sheet, found, portions, per_ml=per_ml):
            key = item.key if isinstance(item, FoodRecord) else ""
            if key in done and per_ml:
                continue
            done.add(key)
            yield item


def _read_details(grid: Grid, header: Header, found: dict[str, _Detail]) -> Iterator[Item]:
    columns = ("Public Food Key", "Derivation", "Specific Gravity", "Classification Name")
    code, derivation, gravity, group = (header.find(column) for column in columns)

    def keep(row: Row) -> None:
        key = key_of(row[code])
        found[key] = _Detail(plain(row[group]), plain(row[derivation]).casefold(), density_of(row[gravity]))

    yield from items(grid, header.line, keep)


def _foods(
    sheet: _Sheet,
    details: dict[str, _Detail],
    portions: dict[str, list[tuple[str, int]]],
    *,
    per_ml: bool,
) -> Iterator[Item]:
    code, name = sheet.header.find("Public Food Key"), sheet.header.find("Food Name")

    def make(row: Row) -> FoodRecord | None:
        key = key_of(row[code])
        detail = details.get(key, _Detail("", "", None))
        if per_ml and detail.density is None:
            raise Skip("The value is per 100 ml, and the food details give no density.")
        in_g = 100 * detail.density if per_ml and detail.density else Decimal(100)
        volume = [("100 ml", weight_of(str(100 * detail.density)))] if detail.density else []
        return FoodRecord(
            source=AFCD,
            key=key,
            name=name_of(row[name]),
            category=detail.category,
            magnesium_ug=value_of(row[sheet.magnesium], sheet.unit, in_g=in_g).ug,
            derivation=detail.derivation,
            portions=portions_of([*portions.get(key, ()), *volume]),
            also=((NUTTAB, key),),
            file=sheet.grid.file,
            line=row.line,
        )

    yield from items(sheet.grid, sheet.above, make)
