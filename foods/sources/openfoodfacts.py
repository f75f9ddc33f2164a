"""PURE: the two tab separated exports of Open Food Facts to records; a barcode is the key."""

import re
from collections.abc import Callable, Iterator
from decimal import Decimal

from foods.sources.cells import (
    MAX_WEIGHT_MG,
    Item,
    Row,
    Skip,
    Value,
    amount_of,
    items,
    name_of,
    others,
    plain,
    reading,
    value_of,
    weight_of,
)
from foods.sources.files import Given
from foods.sources.grids import Grid, Header, grids
from foods.sources.records import FoodRecord, PortionRecord, Reading, Release
from foods.sources.texts import bare_gtin
from foods.sources.units import number

CODE = OFF = "openfoodfacts"
RELEASE = Release(
    code=OFF,
    mark="OF",
    dataset="Open Food Facts",
    release="undated export",
    licence="ODbL 1.0, share alike: kept apart, never merged into the built-in data",
    citation="Open Food Facts contributors. Export of the Open Food Facts database, ODbL 1.0.",
    url="https://world.openfoodfacts.org/",
)
_GRAMS = re.compile(r"(\d+(?:[.,]\d+)?)\s*(?:g|gr|grams?|grammes?)\b", re.IGNORECASE)
_VOLUME = re.compile(r"\d\s*(?:ml|cl|dl|l|litres?|liters?|litros?|fl\.? ?oz)\b", re.IGNORECASE)
_NAME = "product_name"
MOST_DIGITS = 24  # of a barcode with zeros added


def read(given: Given, release: str | None) -> Reading | None:
    """Return the products of an export; None if it is another table.

    `magnesium_100g` is in grams, as the export's documentation says; the producers' export has a value and
    its unit. A product sold by volume is per 100 ml: it has no value, since no density is given. Products
    without magnesium are foods without a value.
    """
    exports = [(grid, header) for grid in grids(given) if (header := _header(grid))]
    if not exports:
        return None

    def records() -> Iterator[Item]:
        seen: set[str] = set()
        for grid, header in exports:
            yield from items(grid, header.line, _maker(grid, header, seen), unique=False)

    unread = others(given, [grid for grid, _ in exports])
    return reading(CODE, RELEASE, release, records, unread, "an export holds what was asked for")


def _header(grid: Grid) -> Header | None:
    values = ("magnesium_100g",), ("magnesium_value", "magnesium_unit")
    return next((found for names in values if (found := grid.header("code", "brands", *names))), None)


def gtin14(code: str) -> str:
    """Return a barcode as 14 digits; "" for one that is none: another length, a wrong check digit.

    Of more than 14 digits those in front have to be zeros, which some tables add.
    """
    if not (code.isascii() and code.isdigit()) or not 8 <= len(code) <= MOST_DIGITS:
        return ""
    if len(code := bare_gtin(code)) > 14:
        return ""
    digits = [int(digit) for digit in code.zfill(14)]
    total = sum(digit * (3 if place % 2 == 0 else 1) for place, digit in enumerate(digits))
    return code.zfill(14) if total % 10 == 0 and any(digits) else ""


def _maker(grid: Grid, header: Header, seen: set[str]) -> Callable[[Row], FoodRecord | None]:
    at = header.find
    others = (place for place, name in enumerate(header.names) if name.startswith(f"{_NAME}_"))
    names = [at(_NAME), at(f"{_NAME}_en"), *others]

    def make(row: Row) -> FoodRecord | None:
        code = bare_gtin(row[at("code")])
        if not code.isascii() or not code.isdigit() or len(code) > 14:
            raise Skip(f"“{plain(code, 40)}” is no barcode.")
        key = (gtin := gtin14(code)) or f"off{code}"
        name, found = name_of(next((row[place] for place in names if row[place]), "")), _value(row, header)
        if key in seen:
            raise Skip(f"The barcode {code} stands above already.")
        seen.add(key)
        return FoodRecord(
            source=OFF,
            key=key,
            name=name,
            brand=plain(row[at("brands")].split(",")[0]),
            category=_category(row[at("categories")]),
            gtin=gtin,
            magnesium_ug=found.ug,
            derivation=plain(found.note or ("label" if found.ug is not None else "")),
            portions=_portions(row, header),
            file=grid.file,
            line=row.line,
        )

    return make


def _category(text: str) -> str:
    """Return the narrowest category, the last one, without the mark of its language."""
    return plain(re.sub(r"^[a-z]{2}:", "", text.split(",")[-1].strip()))


def _value(row: Row, header: Header) -> Value:
    place = header.find("magnesium_100g")
    text, unit = row[place], "g"
    if place is None:
        text, unit = row[header.find("magnesium_value")], row[header.find("magnesium_unit")]
    if not text:
        return Value()
    if unit not in ("g", "mg", "µg", "mcg", "ug"):
        raise Skip(f"Magnesium is given as {plain(text, 20)} without a unit that is known.")
    per = row[header.find("nutrition_data_per")] if place is None else "100g"
    if per == "serving":
        serving = _serving_mg(row, header)
        if serving is None:
            raise Skip("Magnesium is given per serving, and the serving has no weight.")
        return value_of(text, unit, in_g=Decimal(serving) / 1000)
    if per not in ("100g", "100ml", ""):
        raise Skip(f"Magnesium is given per “{plain(per, 20)}”, which is not known.")
    if per == "100ml" or _by_volume(row, header):
        value_of(text, unit)
        return Value(note=f"{plain(text, 20)} {unit} per 100 ml, and no density is given")
    return value_of(text, unit)


def _by_volume(row: Row, header: Header) -> bool:
    texts = (row[header.find("quantity")], row[header.find("serving_size")])
    return any(_VOLUME.search(text) for text in texts) and not any(_GRAMS.search(text) for text in texts)


def _serving_mg(row: Row, header: Header) -> int | None:
    """Return the weight of a serving, if its text names exactly one and the number beside it agrees."""
    weights = _GRAMS.findall(row[header.find("serving_size")])
    if len(weights) != 1 or "/" in row[header.find("serving_size")]:
        return None
    stated = number(row[header.find("serving_quantity")]) if row[header.find("serving_quantity")] else None
    grams = amount_of(weights[0], "Serving")
    if stated is not None and stated != grams:
        return None
    return weight_of(weights[0]) if 0 < grams * 1000 <= MAX_WEIGHT_MG and round(grams * 1000) else None


def _portions(row: Row, header: Header) -> tuple[PortionRecord, ...]:
    weight = _serving_mg(row, header)
    if weight is None:
        return ()
    return (PortionRecord(f"1 serving ({(Decimal(weight) / 1000).normalize():f} g)", weight),)
