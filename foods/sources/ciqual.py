"""PURE: the French Ciqual table (workbook, semicolon CSV, XML) to records; mg per 100 g."""

import re

from foods.sources.cells import (
    Row,
    Value,
    items,
    key_of,
    magnesium_column,
    name_of,
    others,
    plain,
    reading,
    value_of,
)
from foods.sources.ciqual_xml import read_xml
from foods.sources.files import Given
from foods.sources.grids import Grid, Header, grids
from foods.sources.records import FoodRecord, Reading, Release, Unreadable

CODE = CIQUAL = "ciqual"
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?:[_-](\d\d)[_-](\d\d))?(?!\d)")
# (code, name, group, sub-group): the workbook in English and in French; then the CSV up to 2013, whose names
# of columns are from general knowledge.
_COLUMNS = (
    ("alim_code", "alim_nom_eng", "alim_grp_nom_eng", "alim_ssgrp_nom_eng"),
    ("alim_code", "alim_nom_fr", "alim_grp_nom_fr", "alim_ssgrp_nom_fr"),
    ("ORIGFDCD", "ORIGFDNM", "ORIGGPFR", "ORIGGPFR"),
)


def read(given: Given, release: str | None) -> Reading | None:
    """Return the foods of the table; None if it is another one.

    "-" and empty are no value. "< 0,5" is none either, with what it lies below as the most it can be;
    "traces" is none. The year is in the file's name alone. Raises Unreadable for XML files without the
    composition.
    """
    if files := read_xml(given):
        told = release or _year(given.name, *files.names)
        return reading(
            CODE, _release(told, files.place), None, lambda: files.records(CIQUAL), others(given, ())
        )
    for grid in grids(given):
        for columns in _COLUMNS:
            if header := grid.header(*columns[:2]):
                told = release or _year(given.name, grid.file)
                unread = others(given, [grid])
                return _reading(grid, header, columns, _release(told, grid.file), unread)
    return None


def _reading(
    grid: Grid, header: Header, columns: tuple[str, ...], release: Release, unread: list[str]
) -> Reading:
    code, name, group, subgroup = (header.find(column) for column in columns)
    magnesium, unit, basis = magnesium_column(grid, header)
    if basis != "100g":
        raise Unreadable("the column of magnesium does not say “/100g”.", grid.file, header.line)

    def make(row: Row) -> FoodRecord | None:
        found: Value = value_of(row[magnesium], unit)
        category = row[subgroup] if row[subgroup] not in ("", "-") else row[group].strip("-")
        return FoodRecord(
            source=CIQUAL,
            key=key_of(row[code]),
            name=name_of(row[name]),
            category=plain(category),
            magnesium_ug=found.ug,
            max_ug=found.max_ug,
            derivation=plain(found.note),
            file=grid.file,
            line=row.line,
        )

    encoding = "utf-8-sig" if grid.utf8 else "cp1252"
    return reading(CODE, release, None, lambda: items(grid, header.line, make, encoding=encoding), unread)


def _year(*names: str) -> str | None:
    """Return "2020" or "2025-11-03" out of the first name that has one."""
    match = next((match for name in names if (match := _YEAR.search(name))), None)
    return "-".join(part for part in match.groups() if part) if match else None


def _release(release: str | None, file: str) -> Release:
    if not release:
        raise Unreadable("the file does not say which year of Ciqual it is: name the release.", file)
    return Release(
        code=CIQUAL,
        mark="CI",
        dataset="Ciqual, French food composition table",
        release=release,
        licence="Licence Ouverte / Open Licence (Etalab)",
        citation=f"Anses. Ciqual French food composition table, {release}.",
        url="https://ciqual.anses.fr/",
    )
