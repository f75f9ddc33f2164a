"""A person's diary as files: written by a job slice by slice, put together when it is fetched."""

import csv
import datetime as dt
import io
import tempfile
import zipfile
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import IO, Any
from uuid import UUID

from django.db.models import Q

from foods.amounts import g_from_weight_mg, mg_from_ug
from intake.export_corrections import (
    CONTRIBUTION_COLUMNS,
    CORRECTION_COLUMNS,
    KEPT_COLUMNS,
    contribution_lines,
    correction_lines,
    kept_lines,
)
from intake.export_routines import DOSE_COLUMNS, STACK_COLUMNS, dose_lines, stack_lines
from intake.export_timing import (
    CONDITION_COLUMNS,
    MEDICINE_COLUMNS,
    condition_lines,
    medicine_lines,
)
from intake.jobs import enqueue
from intake.models import DayMark, Entry, ExportPart, Job, User

ROWS_A_SLICE = 2_000
FORMULA_STARTS = tuple("=+-@＝＋－＠\t\r\n\0")  # wide ones count in East Asia

ENTRY_COLUMNS = (
    "id", "day", "time", "time_zone", "part_of_day", "kind", "label", "quantity", "unit", "weight_g",
    "minutes", "magnesium_mg", "source", "source_release", "source_record", "logged_at_utc",
)  # fmt: skip
DAY_COLUMNS = (
    "day", "food_mg", "water_mg", "added_mg", "known_total_mg", "entries_with_value", "entries_without_value",
    "mark", "note",
)  # fmt: skip
README = """Midband: your diary

entries.csv        one line for each thing you logged; what you deleted is not in it
days.csv           one line for each day with an entry or a mark of yours
corrections.csv    one line for each entry that took a corrected figure; before and after per entry
kept.csv           corrected figures that you did not want
contributions.csv  wrong values you reported and foods you proposed, with the answers
stacks.csv         how each stack was planned, from which day on
stack_doses.csv    which entries of entries.csv were a planned dose
medicines.csv      the classes of medicines you list, and when
conditions.csv     the conditions you ticked

All are UTF-8, with commas between the cells and a first line of names.

Units      mg are milligrams of elemental magnesium, g are grams, exact to 0.001.
Unknown    an empty magnesium_mg means the value is not known; 0 means none. A day's known_total_mg
           is the sum of what is known; it and its parts are empty where nothing is.
Added      added_mg is supplements and medicines. What goes on the skin counts 0; minutes says how long
           it stayed there.
Figures    magnesium_mg is the figure as of when you logged it.
Days       day is the date you named, time the clock on your wall, time_zone where that was.
Text       a text that begins with = + - @ or a control character has a ' before it, so that no
           spreadsheet takes it for a formula.
"""


def ask_export(*, user: User) -> Job:
    """Ask for this person's export; one that is under way is returned as it is."""
    return enqueue(kind="export", user=user, dedupe_key=f"export:{user.pk}")


def export_zip(job: Job) -> IO[bytes]:
    """Return the ZIP of a finished export, open at its start; more than 1 MB of it stands on disk.

    Raises ValueError if the export is not finished.
    """
    if job.state != Job.State.DONE or job.user_id is None:
        raise ValueError("This export is not finished.")
    written_at = (job.finished_at or job.created_at).astimezone(dt.UTC).timetuple()[:6]
    parts = ExportPart.objects.filter(user_id=job.user_id, job=job)
    names = parts.order_by("name").values_list("name", flat=True).distinct()
    archive = tempfile.SpooledTemporaryFile(max_size=1_000_000)  # noqa: SIM115 (the caller closes it)
    with zipfile.ZipFile(archive, "w") as files:
        for name in list(names):
            member = zipfile.ZipInfo(name, written_at)
            member.compress_type = zipfile.ZIP_DEFLATED
            with files.open(member, "w") as file:
                contents = parts.filter(name=name).order_by("position").values_list("content", flat=True)
                for content in contents.iterator(chunk_size=1):
                    file.write(content.encode())
    archive.seek(0)
    return archive


def export_slice(job: Job) -> bool:
    """Write the next 2,000 lines of the export as one part; return whether there is more.

    The cursor holds `file`, `position` (of the next part) and `after` (the last line written).
    """
    if job.user_id is None:
        raise ValueError("An export belongs to a person.")
    file, position = job.cursor.get("file", "entries.csv"), job.cursor.get("position", 0)
    columns, lines_after = FILES[file]
    lines, after = lines_after(job.user_id, job.cursor.get("after"), ROWS_A_SLICE)
    text = csv_text(lines, header=columns if position == 0 else ())
    ExportPart.objects.create(user_id=job.user_id, job=job, name=file, position=position, content=text)
    if len(lines) == ROWS_A_SLICE:
        job.cursor = {"file": file, "position": position + 1, "after": after}
        return True
    names = [*FILES]
    if file != names[-1]:
        job.cursor = {"file": names[names.index(file) + 1]}
        return True
    ExportPart.objects.create(user_id=job.user_id, job=job, name="readme.txt", position=0, content=README)
    return False


def csv_text(lines: Iterable[Sequence[Any]], *, header: Sequence[str] = ()) -> str:
    """Return lines of CSV. None is an empty cell, a Decimal is written plainly, a text is made harmless."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    if header:
        writer.writerow(header)
    writer.writerows([_cell(value) for value in line] for line in lines)
    return out.getvalue()


def _cell(value: Any) -> str:
    match value:
        case None:
            return ""
        case Decimal():
            return format(value, "f")
        case str() if value.startswith(FORMULA_STARTS):
            return f"'{value}"
        case _:
            return str(value)


def _entry_lines(
    user_id: int, after: list[str] | None, limit: int
) -> tuple[list[tuple[Any, ...]], list[str] | None]:
    entries = Entry.objects.kept().filter(user_id=user_id)
    if after is not None:
        day, pk = dt.date.fromisoformat(after[0]), UUID(after[1])
        entries = entries.filter(Q(day__gt=day) | Q(day=day, pk__gt=pk))
    found = list(entries.select_related("food_revision__source", "product").order_by("day", "pk")[:limit])
    lines = [_entry_line(entry) for entry in found]
    return lines, [str(found[-1].day), str(found[-1].pk)] if found else None


def _entry_line(entry: Entry) -> tuple[Any, ...]:
    revision = entry.food_revision
    return (
        str(entry.pk),
        entry.day,
        entry.at and entry.at.isoformat(timespec="minutes"),
        entry.tz,
        entry.slot,
        entry.kind,
        entry.label,
        Decimal(entry.quantity_milli) / 1000,
        entry.unit,
        None if entry.weight_mg is None else g_from_weight_mg(entry.weight_mg),
        entry.minutes,
        _mg(entry.magnesium_ug),
        revision and revision.source.dataset,
        revision and revision.source.release,
        revision and revision.source_key,
        entry.created_at.astimezone(dt.UTC).isoformat(timespec="seconds"),
    )


def _day_lines(user_id: int, after: str | None, limit: int) -> tuple[list[tuple[Any, ...]], str | None]:
    entries = Entry.objects.kept().filter(user_id=user_id)
    marks = DayMark.objects.filter(user_id=user_id)
    if after is not None:
        day = dt.date.fromisoformat(after)
        entries, marks = entries.filter(day__gt=day), marks.filter(day__gt=day)
    totals = {row["day"]: row for row in entries.daily().order_by("day")[:limit]}
    marked = {mark.day: mark for mark in marks.order_by("day")[:limit]}
    days = sorted({*totals, *marked})[:limit]
    lines = [_day_line(day, totals.get(day), marked.get(day)) for day in days]
    return lines, str(days[-1]) if days else None


def _day_line(day: dt.date, total: dict[str, Any] | None, mark: DayMark | None) -> tuple[Any, ...]:
    named = (mark.mark, mark.note) if mark else (None, None)
    if total is None:
        return (day, None, None, None, None, 0, 0, *named)
    counts = (total["known"], total["unknown"])
    if not total["known"]:
        return (day, None, None, None, None, *counts, *named)
    food_ug, water_ug, added_ug = total["food_ug"], total["water_ug"], total["added_ug"]
    added_mg = _mg(None if total["unknown_added"] and not added_ug else added_ug)
    return (day, _mg(food_ug), _mg(water_ug), added_mg, _mg(food_ug + water_ug + added_ug), *counts, *named)


def _mg(ug: int | None) -> Decimal | None:
    return None if ug is None else mg_from_ug(ug)


FILES: dict[str, tuple[tuple[str, ...], Any]] = {
    "entries.csv": (ENTRY_COLUMNS, _entry_lines),
    "days.csv": (DAY_COLUMNS, _day_lines),
    "corrections.csv": (CORRECTION_COLUMNS, correction_lines),
    "kept.csv": (KEPT_COLUMNS, kept_lines),
    "contributions.csv": (CONTRIBUTION_COLUMNS, contribution_lines),
    "stacks.csv": (STACK_COLUMNS, stack_lines),
    "stack_doses.csv": (DOSE_COLUMNS, dose_lines),
    "medicines.csv": (MEDICINE_COLUMNS, medicine_lines),
    "conditions.csv": (CONDITION_COLUMNS, condition_lines),
}
