"""From the spooled file to staged rows: read and compared outside the transaction, saved inside it.

A reader is kept open in the process between slices; another process, or this one after a stop, opens the
file again and passes over what is saved.
"""

import logging
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from foods.importing import bulk, comparing, spool
from foods.importing.comparing import Compared, Context
from foods.importing.rows import fit, written
from foods.models import Food, FoodImport, ImportProblem, ImportRow, Source
from foods.sources import formats
from foods.sources.records import Complaint, FoodRecord, Reading, Unreadable

logger = logging.getLogger(__name__)

State, Verdict = FoodImport.State, ImportRow.Verdict
KEPT_PROBLEMS = 1_000
MISSING_SLICE = 2_000
_FIELDS = (
    "food_import", "position", "file", "line", "key", "record", "magnesium_ug_per_100g", "verdict",
    "fields", "choices", "reason", "food", "before", "twin", "old_ug_per_100g", "change_ug", "uses",
)  # fmt: skip


@dataclass(slots=True)
class Open:
    """A file that is being read, behind so many of its items, and what comparing needs."""

    reading: Reading
    items: Iterator[FoodRecord | Complaint]
    behind: int
    context: Context


@dataclass(slots=True, kw_only=True)
class Slice:
    """What was read and compared behind `done` items and is not saved yet; `refused` says why it ends."""

    done: int
    items: int = 0
    compared: list[Compared] = field(default_factory=list)
    rows: list[tuple[Any, ...]] = field(default_factory=list)  # of what was compared, as they are staged
    complaints: list[Complaint] = field(default_factory=list)
    ended: bool = False
    refused: str = ""


_open: dict[UUID, Open] = {}


def next_slice(food_import: FoodImport) -> Slice:
    """Read and compare the next thousand items. Writes nothing; reads the database."""
    bulk.analyze_staged(food_import.done)
    found = Slice(done=food_import.done)
    opened, records = _read(food_import, found)
    if opened is None:
        return found
    opened.behind = found.done + found.items
    records = _without_doubles(food_import, records, found)
    start = food_import.cursor.get("records", 0)
    found.compared = comparing.compare([*enumerate(records, start)], opened.context)
    owner = bulk.key(food_import.pk)
    found.rows = [_row(owner, row) for row in found.compared]
    _open[food_import.pk] = opened
    return found


def _read(food_import: FoodImport, found: Slice) -> tuple[Open | None, list[FoodRecord]]:
    """Return the open file and the records of the slice; None and why in `found` where it is refused."""
    context = _context(food_import)
    try:
        spool.require_space()
        opened = _opened(food_import, context)
        return opened, _records(opened, found)
    except Unreadable as error:
        found.refused = str(error)
    except ValidationError as problem:
        found.refused = " ".join(problem.messages)
    except OSError:
        found.refused = "The file that was kept is gone or cannot be read. Bring it in again."
    except Exception as error:  # whatever a file may do to a reader: it is refused, not tried again
        logger.exception("import %s: a reader failed", food_import.pk)
        found.refused = f"{food_import.file_name}: the file is broken ({type(error).__name__})."
    return None, []


def _opened(food_import: FoodImport, context: Context) -> Open:
    opened = _open.pop(food_import.pk, None)
    if opened is not None and opened.behind == food_import.done:
        return opened
    path = spool.path_of(food_import.spool)
    reading = formats.open_source(
        path, food_import.file_name, food_import.cursor.get("release"), spool.scratch_of(food_import.spool)
    )
    return Open(reading, iter(reading.records(food_import.done)), food_import.done, context)


def _context(food_import: FoodImport) -> Context:
    """Return what comparing needs, as the saved rows left it."""
    opened = _open.get(food_import.pk)
    if opened is not None and opened.behind == food_import.done:
        return opened.context
    context = comparing.claims_of(food_import)
    if food_import.state == State.READING:
        context.highest = context.highest or comparing.extremes()
    return context


def _records(opened: Open, found: Slice) -> list[FoodRecord]:
    records = []
    for item in opened.items:
        found.items += 1
        kept = fit(item) if isinstance(item, FoodRecord) else item
        if isinstance(kept, Complaint):
            found.complaints.append(kept)
        else:
            records.append(kept)
        if found.items == bulk.READ_SLICE:
            return records
    found.ended = True
    return records


def _without_doubles(food_import: FoodImport, records: list[FoodRecord], found: Slice) -> list[FoodRecord]:
    """Leave out records that the file has had already, with a complaint."""
    keys = {record.key for record in records}
    rows = ImportRow.objects.filter(bulk.Among("key", keys), food_import=food_import)
    seen = {(said["source"], key) for key, said in rows.values_list("key", "record")} if keys else set()
    kept = []
    for record in records:
        if (record.source, record.key) in seen:
            text = f"Left out: record {record.key} stands in this file already."
            found.complaints.append(Complaint(record.file, record.line, text))
        else:
            seen.add((record.source, record.key))
            kept.append(record)
    return kept


def save_slice(food_import: FoodImport, found: Slice) -> None:
    """Stage what was read, inside the transaction; at the end of the file go on with what is missing."""
    if found.refused:
        refuse(food_import, found.refused)
        return
    bulk.insert(ImportRow, _FIELDS, found.rows)
    _keep_problems(food_import, found.complaints)
    cursor, opened = dict(food_import.cursor), _open.get(food_import.pk)
    if opened is not None and "highest" not in cursor:
        cursor["highest"] = opened.context.highest
        food_import.format, food_import.total = opened.reading.format, opened.reading.total
        food_import.counts = {"releases": [asdict(release) for release in opened.reading.releases]}
        if opened.reading.partial:
            food_import.counts |= {"partial": dict(opened.reading.partial)}
    cursor["records"] = cursor.get("records", 0) + len(found.compared)
    files = sum(said.line is None for said in found.complaints)  # not read at all: none of their rows is
    problems = Counter(problems=len(found.complaints), unread_files=files)
    counts = comparing.counted(found.compared) + problems
    food_import.counts = comparing.added(food_import.counts, counts)
    food_import.done = found.done + found.items
    food_import.cursor = cursor
    if found.ended:
        _finish_reading(food_import)
    food_import.save()


def _finish_reading(food_import: FoodImport) -> None:
    food_import.state = State.COMPARING
    food_import.source = sources_of(food_import)[-1]
    food_import.total = food_import.done
    food_import.cursor |= {"after": 0}


def refuse(food_import: FoodImport, reason: str) -> None:
    """End an import whose file cannot be read; its staged rows and the copy go."""
    food_import.state, food_import.error = State.REFUSED, reason[:500]
    food_import.cursor, food_import.counts = {}, {}
    food_import.save()
    name = food_import.spool
    transaction.on_commit(lambda: spool.remove(name), robust=True)


def _row(owner: Any, row: Compared) -> tuple[Any, ...]:
    record, said = row.record, row.finding
    known = said.known
    return (
        owner, row.position, record.file[:200], record.line, record.key, bulk.json_text(written(record)),
        record.magnesium_ug, said.verdict, bulk.json_text(said.fields), "{}", said.reason[:200],
        known.id if known else None, known.revision_id if known else None, row.twin,
        known.magnesium_ug if known and not known.dead else None,
        said.change_ug if said.verdict not in (Verdict.NEW, Verdict.SAME) else None,
        known.uses if known else 0,
    )  # fmt: skip


def _keep_problems(food_import: FoodImport, complaints: list[Complaint]) -> None:
    room = KEPT_PROBLEMS - food_import.counts.get("problems", 0)
    ImportProblem.objects.bulk_create(
        ImportProblem(
            food_import=food_import, file=said.file[:200], line=said.line, text=_shown(said.text)[:300]
        )
        for said in complaints[: max(room, 0)]
    )


def _shown(text: str) -> str:
    return "".join(c if c.isprintable() else "�" for c in text)


def sources_of(food_import: FoodImport) -> list[Source]:
    """Return the releases that the file brought, made if they are new, oldest first."""
    sources = []
    for release in food_import.counts.get("releases", []):
        said = {name: value for name, value in release.items() if name not in ("code", "release")}
        found, made = Source.objects.get_or_create(
            code=release["code"], release=release["release"], defaults=said
        )
        if made:
            food_import.counts.setdefault("made", []).append(found.pk)
        sources.append(found)
    food_import.counts["sources"] = [source.pk for source in sources]
    return sources


# What the file no longer has -----------------------------------------------------------------------


@dataclass(slots=True, kw_only=True)
class Missing:
    """Foods behind `after` that the file has no record of, as rows to stage; `last` is the last looked at."""

    after: int
    last: int
    rows: list[tuple[Any, ...]]
    ended: bool


def next_missing(food_import: FoodImport) -> Missing:
    """Look through the next foods of the data sets in the file. Writes nothing."""
    spool.remove_scratch(food_import.spool)  # the file was read to its end
    context = _missing_context(food_import)
    after = food_import.cursor["after"]
    codes = {release["code"] for release in food_import.counts["releases"]} - {*_partial(food_import)}
    sources = Source.objects.filter(code__in=codes).values_list("pk", flat=True)
    foods = (
        Food.objects.shown()
        .filter(source_id__in=[*sources], pk__gt=after)
        .order_by("pk")
        .values_list(
            "pk", "source_key", "source__code", "name", "current_id", "current__magnesium_ug_per_100g", "uses"
        )
    )
    found = [*foods[:MISSING_SLICE]]
    owner, position = bulk.key(food_import.pk), food_import.cursor["records"]
    gone = [row for row in found if not _has(context, row[0])]
    rows = [
        (
            owner, position + number, "", None, key, bulk.json_text({"source": code, "name": name}), None,
            Verdict.MISSING, "[]", "{}", "", pk, revision, None, ug, 0, uses,
        )
        for number, (pk, key, code, name, revision, ug, uses) in enumerate(gone)
    ]  # fmt: skip
    return Missing(
        after=after, last=found[-1][0] if found else after, rows=rows, ended=len(found) < MISSING_SLICE
    )


def _partial(food_import: FoodImport) -> dict[str, str]:
    """Return the data sets that the file is not the whole of, by code: nothing of them is missing."""
    said: dict[str, str] = food_import.counts.get("partial", {})
    return said


def _missing_context(food_import: FoodImport) -> Context:
    context = _context(food_import)
    none = Reading(format="", releases=(), records=lambda skip: iter(()))
    _open[food_import.pk] = Open(none, iter(()), food_import.done, context)
    return context


def save_missing(food_import: FoodImport, found: Missing) -> bool:
    """Stage rows of foods that are missing; return whether all foods were looked at."""
    bulk.insert(ImportRow, _FIELDS, found.rows)
    cursor = dict(food_import.cursor)
    cursor |= {"after": found.last, "records": cursor["records"] + len(found.rows)}
    food_import.cursor = cursor
    food_import.counts = comparing.added(food_import.counts, Counter(missing=len(found.rows)))
    if found.ended:
        food_import.counts |= {"compared_at": timezone.now().isoformat()}
        _open.pop(food_import.pk, None)
    return found.ended


def forget(food_import: FoodImport) -> None:
    """Close the file, if this process has it open."""
    _open.pop(food_import.pk, None)


def _has(context: Context, food_id: int) -> bool:
    byte = food_id >> 3
    return byte < len(context.claimed) and bool(context.claimed[byte] & 1 << (food_id & 7))
