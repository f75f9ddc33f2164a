"""Rows of an import as the desk shows them: old -> new, the change, where each figure comes from."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from foods.admin.wording import change_text, record_text, source_text
from foods.amounts import mg_text
from foods.importing.verdicts import LOST, MAGNESIUM, PORTIONS, taken
from foods.models import Food, FoodRevision, ImportRow

Verdict = ImportRow.Verdict

WORDS = {MAGNESIUM: "value", "gtin": "barcode"}  # of fields, where the name is not the word
BAR_PERCENT = 48  # of the drawing, to either side of its middle


@dataclass(frozen=True, slots=True, kw_only=True)
class Switch:
    """One field of a row that a curator decides: ours or theirs, and which it is now."""

    field: str
    word: str
    ours: str
    theirs: str
    take: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A change drawn beside a middle line; percent of the drawing."""

    x: str
    width: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownRow:
    """A row of an import; texts are ready to show, "" where there is nothing to say."""

    id: int
    name: str
    fresh: bool  # a food we do not have yet
    note: str
    line: str
    records: tuple[str, ...]
    old: str | None  # mg per 100 g; None: no value
    new: str | None
    change: str
    moved: bool  # both values are known
    stays: bool  # the value is not among what differs
    bar: Bar | None
    derivation: str
    uses: int
    take: bool
    switches: tuple[Switch, ...]
    last_release: str | None
    corrected_on: str
    reason: str


def mg(ug: int | None) -> str | None:
    """Return µg as mg, exact: "1,106.7"; None stays None."""
    return None if ug is None else mg_text(ug)


def takes(row: ImportRow, field: str = "") -> bool:
    """Say whether publishing would take the field, or anything of the row, from the source."""
    fields = taken(row.verdict, row.fields, row.reason, row.choices)
    return field in fields if field else bool(fields)


def becomes(row: ImportRow) -> int | None:
    """Return the value as it would be, µg per 100 g: the record's, where that is what differs or is new."""
    if row.food_id is None or MAGNESIUM in row.fields:
        return row.magnesium_ug_per_100g
    return row.old_ug_per_100g


def change_of(row: ImportRow) -> int | None:
    """Return the change in µg per 100 g, None where either value is not known."""
    new = becomes(row)
    return None if row.old_ug_per_100g is None or new is None else new - row.old_ug_per_100g


def shown_rows(
    rows: Sequence[ImportRow], *, largest_ug: int, last: Mapping[int, FoodRevision]
) -> tuple[ShownRow, ...]:
    """Return the rows to show; bars are drawn to one scale, `last` holds what releases said by food."""
    return tuple(_shown(row, largest_ug, last) for row in rows)


def last_of_releases(food_ids: Iterable[int]) -> dict[int, FoodRevision]:
    """Return by food the newest revision that no curator made; one query."""
    found = FoodRevision.objects.filter(food_id__in=[*food_ids], author="").order_by("pk")
    return {revision.food_id: revision for revision in found}


def _shown(row: ImportRow, largest_ug: int, last: Mapping[int, FoodRevision]) -> ShownRow:
    food, before, change = row.food, row.before, change_of(row)
    release = last.get(row.food_id) if row.food_id is not None else None
    corrected = before is not None and before.author
    return ShownRow(
        id=row.pk,
        name=food.name if food else str(row.record.get("name", row.key)),
        fresh=food is None,
        note=_note(row, food, change),
        line=f"{row.line:,}" if row.line else "",
        records=_records(row, before),
        old=mg(row.old_ug_per_100g),
        new=mg(becomes(row)),
        change=_change_word(row),
        moved=bool(change),
        stays=_stays(row),
        bar=_bar(change, largest_ug),
        derivation=_derivation(row, before),
        uses=row.uses,
        take=takes(row),
        switches=_switches(row, food),
        last_release=mg(release.magnesium_ug_per_100g) if release else None,
        corrected_on=day_text(before.created_at) if before is not None and corrected else "",
        reason=before.reason if before is not None and corrected else "",
    )


def _stays(row: ImportRow) -> bool:
    return bool(row.fields) and MAGNESIUM not in row.fields


def _records(row: ImportRow, before: FoodRevision | None) -> tuple[str, ...]:
    old = before.source_key if before is not None else ""
    keys = dict.fromkeys((old,) if row.verdict == Verdict.MISSING and old else (old, row.key))
    return tuple(filter(None, map(record_text, keys)))


def _note(row: ImportRow, food: Food | None, change: int | None) -> str:
    if row.reason:
        return "Old value stays unless taken" if row.reason == LOST else row.reason
    if change is not None and row.old_ug_per_100g and abs(change) * 2 > row.old_ug_per_100g:
        return "Larger than half the old value"
    others = [WORDS.get(field, field) for field in row.fields if field != MAGNESIUM]
    return f"Also {_listed(others)}" if others and change else _listed(others).capitalize()


def _listed(words: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))


def _change_word(row: ImportRow) -> str:
    if row.food_id is None:
        return "new food"
    if _stays(row):
        return ""
    return change_text(row.old_ug_per_100g, becomes(row)) or "none"


def _bar(change: int | None, largest_ug: int) -> Bar | None:
    if not change or not largest_ug:
        return None
    width = max(BAR_PERCENT * min(abs(change) / largest_ug, 1.0), 1.0)
    return Bar(x=f"{50 if change > 0 else 50 - width:.1f}%", width=f"{width:.1f}%")


def _derivation(row: ImportRow, before: FoodRevision | None) -> str:
    if row.verdict == Verdict.MISSING:
        return source_text(before.source) if before is not None else ""
    record = row.record
    if record.get("magnesium_ug") is None:
        return "not measured"
    derivation = str(record.get("derivation", ""))
    said = (derivation[:1].lower() + derivation[1:], f"n {record['n']}" if record.get("n") else "")
    return ", ".join(filter(None, said))


def _switches(row: ImportRow, food: Food | None) -> tuple[Switch, ...]:
    return tuple(
        Switch(
            field=field,
            word=WORDS.get(field, field),
            ours=_ours(row, food, field),
            theirs=_theirs(row, field),
            take=takes(row, field),
        )
        for field in row.fields
    )


def _ours(row: ImportRow, food: Food | None, field: str) -> str:
    if field == MAGNESIUM:
        return mg(row.old_ug_per_100g) or "no value"
    if field == PORTIONS:
        return PORTIONS
    return str(getattr(food, field, "")) or "none"


def _theirs(row: ImportRow, field: str) -> str:
    if field == MAGNESIUM:
        return mg(row.magnesium_ug_per_100g) or "no value"
    if field == PORTIONS:
        return "theirs"
    return str(row.record.get(field, "")) or "none"


def place_of(row: ImportRow) -> str:
    """Return where a record stands: "food.csv, line 1,204"."""
    return f"{row.file}, line {row.line:,}" if row.line else row.file


def day_text(at: dt.datetime) -> str:
    """Return a day as it stands beside a correction: "3 Oct 2026"."""
    return f"{at.day} {at:%b %Y}"
