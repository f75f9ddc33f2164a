"""What the pages of an import say: what it is, how far it is, what publishing and undoing would do."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from foods.admin.import_page import count
from foods.admin.import_rows import day_text
from foods.importing import tally
from foods.importing.clearing import KEEP_ROWS
from foods.importing.progress import partial
from foods.importing.states import THINNED, UNPUBLISHED, WORKING, allows
from foods.models import FoodImport, ImportRow

State, Verdict = FoodImport.State, ImportRow.Verdict

HEADINGS = {
    State.READING: "Import preview",
    State.COMPARING: "Import preview",
    State.READY: "Import preview",
    State.PUBLISHING: "Publishing",
    State.PUBLISHED: "Published import",
    State.UNDOING: "Undoing",
    State.UNDONE: "Import, undone",
    State.REFUSED: "Refused file",
    State.DISCARDED: "Discarded import",
}
CLOSINGS = {
    State.READY: "Publishing makes new revisions; each can be undone as one batch.",
    State.PUBLISHED: "Undoing brings back every food as it was; corrections made since stay.",
    State.UNDONE: "Every food is as it was. Publishing again compares the file anew first.",
}
KEPT = (
    f"Rows that are the same are kept for {KEEP_ROWS.days} days; after that it can be undone still, but not"
    " published again."
)
MINUTE = 60
TAKEN = (Verdict.NEW, Verdict.CHANGED, Verdict.CONFLICT, Verdict.DOUBTFUL)


@dataclass(frozen=True, slots=True)
class Act:
    """What can be done with a whole import: the word, and what is said and logged when it is done."""

    button: str
    done: str
    logged: str


ACTS = {
    "publish": Act("Publish", "Publishing has begun. Readers see all of it at once.", "Published."),
    "undo": Act("Undo", "Undoing has begun. Readers see all of it at once.", "Undone."),
    "discard": Act("Discard", "Discarded. No food was changed.", "Discarded."),
    "resume": Act("Go on", "Asked for. A worker goes on from where it was.", "Gone on with."),
}


def states(food_import: FoodImport) -> dict[str, Any]:
    """Return what the templates ask of a state."""
    state = food_import.state
    return {
        "working": state in WORKING,
        "open": state in UNPUBLISHED,
        **{f"can_{act}": allows(act, food_import) for act in ("publish", "choose", "undo", "discard")},
        "heading": HEADINGS[State(state)],
        "brought": brought(food_import),
        "closing": closing(food_import),
        "coverage": coverage(food_import),
        "not_whole": not_whole(food_import),
        "thinned": thinned(food_import),
        "effect": effect(food_import),
        "effect_text": changes_text(effect(food_import)),
    }


def closing(food_import: FoodImport) -> str:
    """Say what can still be done with it, and how long its rows are kept."""
    state, said = State(food_import.state), thinned(food_import)
    if said and state == State.UNDONE:
        return f"Every food is as it was. {said} Bring the file in anew to publish it."
    closed = CLOSINGS.get(state, "")
    if state != State.PUBLISHED or not count(food_import, Verdict.SAME):
        return closed
    return f"{closed} {f'{said} It can be undone still, but not published again.' if said else KEPT}"


def thinned(food_import: FoodImport) -> str:
    """Say that rows that were the same are not kept any more, "" while they are."""
    since = food_import.counts.get(THINNED)
    if not since:
        return ""
    day = day_text(dt.datetime.fromisoformat(since))
    return f"Rows that were the same were cleared on {day}."


def not_whole(food_import: FoodImport) -> str:
    """Say why foods that the file lacks are not counted as gone, "" where they are."""
    why = partial(food_import)
    if not why:
        return ""
    return f"No whole release ({'; '.join(why)}): foods that are not in it are not counted as gone."


def brought(food_import: FoodImport) -> str:
    """Say which file it was, how large, who brought it and when."""
    size = (
        f"{food_import.size / 1_000_000:,.1f} MB"
        if food_import.size >= 100_000
        else f"{food_import.size:,} bytes"
    )
    by = f" by {food_import.author}" if food_import.author else ""
    return (
        f"The file is {food_import.file_name}, {size}, brought in{by} on {day_text(food_import.created_at)}."
    )


def effect(food_import: FoodImport) -> int:
    """Return how many foods publishing would bring, change or retire, as chosen so far."""
    gone = count(food_import, Verdict.MISSING) if food_import.retire_missing else 0
    return sum(tally.takes(food_import, verdict) for verdict in TAKEN) + gone


def nothing(food_import: FoodImport) -> str:
    """Say why there is no row to look at, "" while the work goes on."""
    if food_import.state in WORKING or food_import.error or food_import.state == State.DISCARDED:
        return ""
    return "No food would be changed. What is new, and what stays the same, is behind the counts above."


def changes_text(number: int) -> str:
    """Return "258 changes", "1 change"."""
    return f"{number:,} change{'' if number == 1 else 's'}"


def coverage(food_import: FoodImport) -> str:
    """Say in how many rows magnesium and portions are given."""
    counts = food_import.counts
    records, known = int(counts.get("rows", 0)), int(counts.get("magnesium", 0))
    if not records:
        return "So far nothing was read." if food_import.state in WORKING else ""
    so_far = "So far. " if food_import.state in (State.READING, State.COMPARING) else ""
    has = "has" if records - known == 1 else "have"
    without = f" {records - known:,} {has} no value, and none becomes zero." if known < records else ""
    portions = int(counts.get("portions", 0))
    return f"{so_far}Magnesium in {known:,} of {records:,} foods; portions for {portions:,}.{without}"


def progress_texts(done: int, total: int | None, rate: float | None, left: float | None) -> dict[str, str]:
    """Return how far the work is, in words; "" for what is not known yet."""
    return {
        "done_text": f"{done:,}",
        "total_text": "" if total is None else f"{total:,}",
        "rate_text": f"{rate:,.0f} rows a second" if rate else "",
        "left_text": "" if left is None else f"about {_span(left)} left",
    }


def _span(seconds: float) -> str:
    if seconds < 1.5 * MINUTE:
        return f"{max(round(seconds), 1)} s"
    return f"{round(seconds / MINUTE)} min"


def question(food_import: FoodImport, name: str) -> str:
    """Return what the page of an act asks."""
    match name:
        case "publish":
            return f"Publish {changes_text(effect(food_import))}?"
        case "undo":
            return "Undo this import?"
        case "resume":
            return "Go on with this import?"
        case _:
            return "Discard this import?"


def press(food_import: FoodImport, name: str) -> str:
    """Return the word of the button that does it."""
    match name:
        case "publish":
            return f"Publish {changes_text(effect(food_import))}"
        case "resume":
            return ACTS[name].button
        case _:
            return f"{ACTS[name].button} it"


def consequences(food_import: FoodImport, name: str) -> tuple[str, ...]:
    """Say, line by line, what an act would do."""
    match name:
        case "publish":
            return _of_publishing(food_import)
        case "undo":
            return (
                "Readers see every food as it was before, all of it at once.",
                "Corrections that curators made since stay.",
                "Past entries keep the figure they were logged with.",
                "It can be published again.",
            )
        case "resume":
            return (
                "For work that stands still: its job was stopped, or failed.",
                "It goes on from where it was. Work that is going on is left alone.",
            )
        case _:
            return ("No food is changed.", "The file and what was read of it are removed.")


def _of_publishing(food_import: FoodImport) -> tuple[str, ...]:
    new = tally.takes(food_import, Verdict.NEW)
    gone = count(food_import, Verdict.MISSING) if food_import.retire_missing else 0
    changed = effect(food_import) - new - gone
    kept = count(food_import, Verdict.CONFLICT) - tally.takes(food_import, Verdict.CONFLICT)
    lines = (
        f"New foods that come in: {new:,}." if new else "",
        f"Foods that get what the file says: {changed:,}." if changed else "",
        f"Corrections by curators that stay: {kept:,}." if kept else "",
        f"Foods the source no longer has, which go out of search: {gone:,}." if gone else "",
        "Readers see all of it at once, and nothing before.",
        "Past entries keep their figure. People who logged a food that changes are offered the correction.",
        "It can be undone as one batch.",
    )
    return tuple(line for line in lines if line)
