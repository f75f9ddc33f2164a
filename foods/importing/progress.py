"""How far an import is, what it would do, and its rows a screen at a time."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from foods.importing import tally
from foods.models import FoodImport, ImportRow

State, Verdict = FoodImport.State, ImportRow.Verdict
STEPS = {
    "again": "Comparing rows",
    "missing": "Comparing rows",
    "lay": "Laying rows",
    "settle": "Settling rows",
    "review": "Settling rows",
    "drop": "Settling rows",
}
PARTIAL = "partial"  # in FoodImport.counts: why the file is not the whole of a release, by code
TWINS = "duplicate"  # beside the verdicts: new foods that may be one of another source
BY_SIZE = (Verdict.CHANGED, Verdict.CONFLICT, Verdict.DOUBTFUL, Verdict.MISSING)


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far the step under way is; `total`, `rate` (rows a second) and `seconds_left` None if not known."""

    step: str
    done: int
    total: int | None
    rate: float | None
    seconds_left: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What an import did, or would do as things are chosen; each record is counted once.

    `unchanged` are foods left as they are: the same, in conflict and kept, or left out by choice. `skipped`
    are records that could not be read, and implausible ones left to the curators' queue; not whole files.
    """

    new: int
    changed: int
    unchanged: int
    missing: int
    skipped: int

    def __str__(self) -> str:
        return (
            f"new {self.new}, changed {self.changed}, unchanged {self.unchanged}, missing {self.missing},"
            f" skipped {self.skipped}"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What an import brings: titles of its releases, counts by verdict, and what it covers.

    `partial` says why the file is not the whole of a release; what it lacks is not counted as missing then.
    """

    titles: tuple[str, ...]
    partial: tuple[str, ...]
    counts: dict[str, int]
    rows: int
    with_magnesium: int
    with_portions: int
    problems: int
    duplicates: int
    summary: Summary
    changed: tuple[ImportRow, ...]
    conflicts: tuple[ImportRow, ...]


def progress(food_import: FoodImport, now: dt.datetime) -> Progress:
    """Return how far the step under way is at `now`."""
    step = {
        State.READING: "Reading rows",
        State.COMPARING: "Comparing rows",
        State.PUBLISHING: STEPS.get(food_import.cursor.get("step", ""), "Laying rows"),
        State.UNDOING: STEPS.get(food_import.cursor.get("step", ""), "Laying rows"),
    }.get(State(food_import.state), "")
    began = food_import.step_started_at
    seconds = (now - began).total_seconds() if began else 0.0
    rate = food_import.done / seconds if step and seconds > 0 and food_import.done else None
    left = None
    if rate and food_import.total is not None:
        left = max(food_import.total - food_import.done, 0) / rate
    return Progress(step=step, done=food_import.done, total=food_import.total, rate=rate, seconds_left=left)


def preview(food_import: FoodImport) -> Preview:
    """Return what an import would do, with the first screens of what differs."""
    counts = food_import.counts
    return Preview(
        titles=tuple(f"{one['dataset']} {one['release']}" for one in counts.get("releases", [])),
        partial=partial(food_import),
        counts={verdict: counts.get(verdict, 0) for verdict in Verdict.values},
        rows=counts.get("rows", 0),
        with_magnesium=counts.get("magnesium", 0),
        with_portions=counts.get("portions", 0),
        problems=counts.get("problems", 0),
        duplicates=counts.get("duplicates", 0),
        summary=summary(food_import),
        changed=tuple(rows_page(food_import, Verdict.CHANGED, None, 50)),
        conflicts=tuple(rows_page(food_import, Verdict.CONFLICT, None, 50)),
    )


def partial(food_import: FoodImport) -> tuple[str, ...]:
    """Return why the file is not the whole of a release, once each; none where it is whole."""
    return tuple(dict.fromkeys(food_import.counts.get(PARTIAL, {}).values()))


def is_whole(food_import: FoodImport) -> bool:
    """Say whether foods can be missing from the file: it is the whole of one release at least."""
    releases = food_import.counts.get("releases", ())
    said = food_import.counts.get(PARTIAL, {})
    return not releases or any(release["code"] not in said for release in releases)


def rows_page(
    food_import: FoodImport, verdict: str, after: tuple[int, int] | None, limit: int
) -> QuerySet[ImportRow]:
    """Return the next rows of a verdict, the largest change first; `after` is (change, position) of the last.

    The verdict "duplicate" stands for new foods that may be one of another source.
    """
    rows = ImportRow.objects.filter(food_import=food_import).select_related("food", "before__source", "twin")
    rows = rows.filter(twin__isnull=False) if verdict == TWINS else rows.filter(verdict=verdict)
    if verdict in BY_SIZE:
        rows = rows.filter(change_ug__gte=0)  # all of them, and what the index asks for
        if after is not None:
            change, position = after
            behind = Q(change_ug__lt=change) | Q(change_ug=change, position__gt=position)
            rows = rows.filter(behind, change_ug__lte=change)
        return rows.order_by("-change_ug", "position")[:limit]
    return rows.filter(position__gt=after[1] if after else -1).order_by("position")[:limit]


def summary(food_import: FoodImport) -> Summary:
    """Return what was done, or would be done as things are chosen."""
    counts = food_import.counts
    doubtful = Counter(bool(row.fields) for row in _doubtful_taken(food_import))
    if food_import.state == State.PUBLISHED:
        laid = counts.get("laid", {})
        new, changed = laid.get("new", 0), laid.get("changed", 0)
    else:
        takes = {verdict: tally.takes(food_import, verdict) for verdict in Verdict.values}
        new = takes[Verdict.NEW] + doubtful[False]
        changed = takes[Verdict.CHANGED] + takes[Verdict.CONFLICT] + doubtful[True]
    left_out = counts.get("doubtful", 0) - doubtful.total()
    return Summary(
        new=new,
        changed=changed,
        unchanged=max(counts.get("rows", 0) - new - changed - left_out, 0),
        missing=counts.get("missing", 0),
        skipped=counts.get("problems", 0) - counts.get("unread_files", 0) + left_out,
    )


def _doubtful_taken(food_import: FoodImport) -> list[ImportRow]:
    rows = ImportRow.objects.filter(food_import=food_import, verdict=Verdict.DOUBTFUL, change_ug__gte=0)
    chosen = rows.exclude(choices={}).only("verdict", "fields", "reason", "choices")
    return [row for row in chosen if tally.is_taken(row)]
