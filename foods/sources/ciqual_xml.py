"""PURE: the four XML files of Ciqual: foods, groups, constituents and the composition."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any
from xml.parsers import expat

from foods.sources.cells import Item, Skip, Value, key_of, name_of, plain, unit_in, value_of
from foods.sources.files import Given
from foods.sources.records import Complaint, FoodRecord, Unreadable

MAGNESIUM = "10120"
MAX_TEXT = 10_000
_TABLES = {
    "ALIM": "alim_….xml (the foods)",
    "ALIM_GRP": "alim_grp_….xml (the groups)",
    "CONST": "const_….xml (the constituents)",
    "COMPO": "compo_….xml (the composition: the values)",
}


@dataclass(frozen=True, slots=True)
class XmlFiles:
    """The four files by what they hold."""

    given: Given
    members: dict[str, str]

    @property
    def names(self) -> tuple[str, ...]:
        """Return the files' own names."""
        return tuple(PurePosixPath(member).name for member in self.members.values())

    @property
    def place(self) -> str:
        """Return the file to name in a complaint about all of them."""
        return self.members["ALIM"]

    def records(self, source: str) -> Iterator[Item]:
        """Yield the foods with their magnesium.

        Not tried on a real composition file: its layout is as other importers describe it.
        """
        unit = self._unit()
        groups = {
            row["alim_ssgrp_code"]: row["alim_ssgrp_nom_eng"] or row["alim_grp_nom_eng"]
            for _, row in self._rows("ALIM_GRP")
            if row.get("alim_ssgrp_code")
        }
        values = {
            row.get("alim_code", ""): (line, row)
            for line, row in self._rows("COMPO")
            if row.get("const_code") == MAGNESIUM
        }
        file, seen = self.members["ALIM"], set[str]()
        for line, row in self._rows("ALIM"):
            try:
                record = _record(source, file, line, row, groups, values.get(row.get("alim_code", "")), unit)
                if record.key in seen:
                    raise Skip(f"The code {record.key} stands above already.")
                seen.add(record.key)
                yield record
            except Skip as why:
                yield Complaint(file, line, str(why))

    def _unit(self) -> str:
        for line, row in self._rows("CONST"):
            if row.get("const_code") == MAGNESIUM:
                found = unit_in(row.get("const_nom_eng", "")) or unit_in(row.get("const_nom_fr", ""))
                if found is None or found[1] != "100g":
                    raise Unreadable(
                        "magnesium does not say its unit per 100 g.", self.members["CONST"], line
                    )
                return found[0]
        raise Unreadable(f"there is no constituent {MAGNESIUM}, magnesium.", self.members["CONST"])

    def _rows(self, table: str) -> Iterator[tuple[int, dict[str, str]]]:
        member = self.members[table]
        reader = _Elements(member, table)
        for piece in self.given.pieces(member):
            yield from reader.feed(piece)
        yield from reader.feed(b"", last=True)


def read_xml(given: Given) -> XmlFiles | None:
    """Return the four files; None if none is there. Raises Unreadable naming those that are missing."""
    members: dict[str, str] = {}
    for member in given.members():
        if not member.startswith("__MACOSX/") and member.casefold().endswith(".xml"):
            start = given.start(member)
            for table in _TABLES:
                if f"<{table}>".encode() in start:
                    members.setdefault(table, member)
    if not members:
        return None
    if missing := [name for table, name in _TABLES.items() if table not in members]:
        raise Unreadable(
            f"Ciqual comes as four XML files, in one zip or folder; missing: {', '.join(missing)}.",
            next(iter(members.values())),
        )
    return XmlFiles(given, members)


def _record(
    source: str,
    file: str,
    line: int,
    row: dict[str, str],
    groups: dict[str, str],
    compo: tuple[int, dict[str, str]] | None,
    unit: str,
) -> FoodRecord:
    value, low, high, note = Value(), None, None, ""
    if compo:
        _, cells = compo
        value = value_of(cells.get("teneur", ""), unit)
        low, high = (value_of(cells.get(edge, ""), unit, what=edge).ug for edge in ("min", "max"))
        note = f"confidence {cells['code_confiance']}" if cells.get("code_confiance") else ""
    return FoodRecord(
        source=source,
        key=key_of(row.get("alim_code", "")),
        name=name_of(row.get("alim_nom_eng") or row.get("alim_nom_fr", "")),
        category=plain(groups.get(row.get("alim_ssgrp_code", ""), "").strip("- ")),
        magnesium_ug=value.ug,
        min_ug=low,
        max_ug=value.max_ug if value.ug is None else high,
        derivation=plain(value.note or note),
        file=file,
        line=line,
    )


class _Elements:
    """Reads the records of one XML table piece by piece: each is the texts of the elements in it."""

    def __init__(self, file: str, table: str) -> None:
        self._file, self._table = file, table
        self._found: list[tuple[int, dict[str, str]]] = []
        self._row: dict[str, str] | None = None
        self._line, self._field, self._text = 0, "", ""
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._more
        self._parser.StartDoctypeDeclHandler = self._doctype

    def feed(self, piece: bytes, *, last: bool = False) -> list[tuple[int, dict[str, str]]]:
        """Read on, and return the records that are complete now."""
        self._found = []
        try:
            self._parser.Parse(piece, last)
        except (expat.ExpatError, UnicodeError, LookupError, ValueError) as error:
            if isinstance(error, Unreadable):
                raise
            raise Unreadable("the file is not XML from here on.", self._file, self._here()) from None
        return self._found

    def _here(self) -> int:
        return self._parser.CurrentLineNumber

    def _doctype(self, *_about: Any) -> None:
        raise Unreadable(
            "the file declares a document type, which Ciqual does not.", self._file, self._here()
        )

    def _start(self, tag: str, _attributes: dict[str, str]) -> None:
        if tag == self._table:
            self._row, self._line = {}, self._here()
        self._field, self._text = tag, ""

    def _end(self, tag: str) -> None:
        if tag == self._table and self._row is not None:
            self._found.append((self._line, self._row))
            self._row = None
        elif self._row is not None and tag == self._field:
            self._row[tag] = self._text.strip()

    def _more(self, text: str) -> None:
        self._text += text
        if len(self._text) > MAX_TEXT:
            raise Unreadable("an element holds more text than any of Ciqual.", self._file, self._here())
