"""PURE: cells of a food table to values, records and complaints; unknown stays unknown."""

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import chain, islice

from foods.amounts import rounded
from foods.sources.files import Given
from foods.sources.grids import Grid, Header, grids
from foods.sources.measures import LABEL_LENGTH
from foods.sources.records import Complaint, FoodRecord, PortionRecord, Reading, Release, Unreadable
from foods.sources.texts import cut, tidy
from foods.sources.units import magnesium_ug, number, weight_mg

MAX_UG = 100_000_000  # 100 g in 100 g
MAX_WEIGHT_MG = 100_000_000
NAME_LENGTH, TEXT_LENGTH, KEY_LENGTH = 200, 120, 80
_UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
_BELOW = re.compile(r"<\s*(.+)")
# "Mg" is the element, never a unit.
_UNIT = re.compile(r"\((g|G|mg|MG|mcg|MCG|µg|μg|ug|UG)\s*(?:(?:/|per\s)\s*(100 ?g|100 ?m[lL]|serving))?\)$")
_HUNDRED = Decimal(100)

Item = FoodRecord | Complaint


class Skip(ValueError):
    """A row that is left out; the text is the sentence for a curator."""


@dataclass(frozen=True, slots=True)
class Value:
    """What a cell says of magnesium, µg per 100 g: a number, or why there is none and what it lies below."""

    ug: int | None = None
    max_ug: int | None = None
    note: str = ""


class Row:
    """The cells of a row by place; one that is missing is empty."""

    def __init__(self, line: int, values: list[str]) -> None:
        self.line, self._values = line, values

    def __getitem__(self, place: int | None) -> str:
        if place is None or place >= len(self._values):
            return ""
        return self._values[place].strip()

    def __bool__(self) -> bool:
        return any(value.strip() for value in self._values)


def plain(text: str, length: int = TEXT_LENGTH) -> str:
    """Return a text on one line, in NFC, cut to a length. Raises Skip for what cannot be shown."""
    try:
        return cut(tidy(text.translate(_UNSEEN)), length)
    except ValueError as why:
        raise Skip(str(why)[:1].upper() + str(why)[1:]) from None


def name_of(text: str) -> str:
    """Return a food's name. Raises Skip for none, and for one of more than 200 characters."""
    if not (name := plain(text, NAME_LENGTH + 1)):
        raise Skip("The food has no name.")
    if len(name) > NAME_LENGTH:
        raise Skip(f"The name is longer than {NAME_LENGTH} characters.")
    return name


def key_of(text: str) -> str:
    """Return a food's code in its table. Raises Skip for none, and for one of more than 80 characters."""
    if not (key := plain(text, KEY_LENGTH + 1)):
        raise Skip("The food has no code.")
    if len(key) > KEY_LENGTH:
        raise Skip(f"The code is longer than {KEY_LENGTH} characters.")
    return key


def amount_of(text: str, what: str) -> Decimal:
    """Return a number that is not negative. Raises Skip, naming what it is of."""
    found = number(text) if text.isascii() else None
    if found is None:
        raise Skip(f"{what}: “{plain(text, 40)}” is not a number.")
    if found < 0:
        raise Skip(f"{what}: {plain(text, 40)} is below nought.")
    return found


def value_of(text: str, unit: str, *, in_g: Decimal = _HUNDRED, what: str = "Magnesium") -> Value:
    """Return what a cell says, reckoned to 100 g from the amount in `in_g` grams of food.

    Empty and "-" are no value. "< 0,5" is none either: all that is known is what it lies below. "traces" and
    "tr" have no number at all. Raises Skip for anything else, and for more magnesium than food.
    """
    if text in ("", "-"):
        return Value()
    if text.casefold() in ("tr", "tr.", "trace", "traces"):
        return Value(note="traces: below what the source gives as a number")
    if below := _BELOW.fullmatch(text):
        most = _ug(below[1], unit, in_g, what)
        return Value(max_ug=most, note=f"below {below[1].strip()[:20]} {unit}, the least that was measured")
    return Value(_ug(text, unit, in_g, what))


def _ug(text: str, unit: str, in_g: Decimal, what: str) -> int:
    found = amount_of(text, what)
    ug = rounded(Decimal(magnesium_ug(found * _HUNDRED, unit)) / in_g)
    if ug > MAX_UG:
        raise Skip(f"{what}: {text[:20]} {unit} in {in_g.normalize():f} g is more magnesium than food.")
    return ug


def weight_of(text: str, unit: str = "g", what: str = "Weight") -> int:
    """Return a weight in mg, above nought and at most 100 kg. Raises Skip."""
    weight = weight_mg(amount_of(text, what), unit)
    if not 0 < weight <= MAX_WEIGHT_MG:
        raise Skip(f"{what}: {text[:20]} {unit} is no weight of a portion.")
    return weight


def portions_of(found: Iterable[tuple[str, int]]) -> tuple[PortionRecord, ...]:
    """Return portions whose labels are unique: a second weight under one label carries its grams."""
    kept: dict[str, int] = {}
    for label, weight in found:
        if kept.get(label, weight) != weight:
            grams = f" ({(Decimal(weight) / 1000).normalize():f} g)"
            label = label[: LABEL_LENGTH - len(grams)] + grams
        kept.setdefault(label[:LABEL_LENGTH], weight)
    return tuple(PortionRecord(label, weight) for label, weight in kept.items())


def unit_in(header: str) -> tuple[str, str] | None:
    """Return (unit, basis) of a header such as "Magnesium (mg/100g)"; the basis is "" where none is said."""
    if match := _UNIT.search(" ".join(header.split())):
        return match[1].lower(), (match[2] or "").replace(" ", "").lower()
    return None


def magnesium_column(grid: Grid, header: Header) -> tuple[int, str, str]:
    """Return (place, unit, basis) of the one column of magnesium. Raises Unreadable if it is not clear."""
    places = [i for i, name in enumerate(header.names) if re.match(r"(\d+ )?magn[eé]sium\b", name)]
    if not places:
        raise Unreadable("there is no column of magnesium.", grid.file, header.line)
    stated = [(place, *unit) for place in places if (unit := unit_in(header.printed[place]))]
    if len(stated) != 1:
        raise Unreadable(
            "the column of magnesium does not say its unit, such as “(mg)”."
            if not stated
            else "there are two columns of magnesium.",
            grid.file,
            header.line,
        )
    return stated[0]


MAX_FOODS = 500_000  # of one table whose codes are remembered: some 180 MB


def items(
    grid: Grid,
    after: int,
    make: Callable[[Row], FoodRecord | None],
    *,
    encoding: str = "utf-8-sig",
    seen: dict[str, tuple[str, str]] | None = None,
    unique: bool = True,
    renamed: bool = True,
) -> Iterator[Item]:
    """Yield a record or a complaint for each row after a line.

    A code that comes twice with one name counts once; with another name it is another food, whose key is the
    code and a hash of the name. Not `renamed`: there it is a mistake, with its line. `seen` are the codes of
    other files of the same release, and grows. Not `unique`: `make` looks to that itself.
    """
    seen = {} if seen is None else seen
    for line, values in grid.rows(encoding):
        row = Row(line, values)
        if line <= after or not row:
            continue
        try:
            record = make(row)
        except Skip as why:
            yield Complaint(grid.file, line, str(why))
            continue
        if record is None:
            continue
        if not unique:
            yield record
            continue
        if (found := seen.get(record.key)) and found[1] != record.name:
            if not renamed:
                yield Complaint(grid.file, line, _taken(record, *found))
                continue
            record = replace(record, key=_second_key(record))
            found = seen.get(record.key)
        if found:
            yield Complaint(grid.file, line, f"The same food, {record.key}, stands in {found[0]} already.")
            continue
        if len(seen) >= MAX_FOODS:
            raise Unreadable(
                f"there are more than {MAX_FOODS:,} foods in it: bring it in parts.", grid.file, line
            )
        seen[record.key] = (f"{grid.file}, line {line}", record.name)
        yield record


def _taken(record: FoodRecord, where: str, name: str) -> str:
    return f"“{record.name}” is left out: its code {record.key} is that of “{name}” in {where}."


def _second_key(record: FoodRecord) -> str:
    return f"{record.key[:70]}-{hashlib.sha256(record.name.encode()).hexdigest()[:8]}"


def reading(
    format_code: str,
    release: Release,
    told: str | None,
    read: Callable[[], Iterator[Item]],
    unread: Iterable[str] = (),
    partial: str = "",
) -> Reading:
    """Return the reading of one release; the one a curator told wins. `read` starts at the first item.

    `unread` are files that were given with it and hold other tables: each gets a complaint, last of all.
    `partial` says why it is not the whole of the release, if it is not.
    """
    left = [Complaint(file, None, "The file holds another table and was not read.") for file in unread]
    return Reading(
        format=format_code,
        releases=(replace(release, release=told) if told else release,),
        records=lambda skip: islice(chain(read(), left), skip, None),
        partial={release.code: partial} if partial else {},
    )


def others(given: Given, used: Iterable[Grid | None]) -> list[str]:
    """Return the files of a zip or folder that hold none of the grids used."""
    members = {grid.member for grid in used if grid}
    return [member for member in dict.fromkeys(grid.member for grid in grids(given)) if member not in members]
