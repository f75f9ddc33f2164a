"""The jobs of an import, a slice at a time: what takes long is made ready first, then saved with its cursor.

A job's row only says that there is work; how far it is stands in the import, saved with the work itself.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol
from uuid import UUID

from foods import search
from foods.importing import acts, again, ahead, bulk, holding, laying, reading, settling, spool, undoing
from foods.importing.rows import kept_cursor
from foods.models import Edition, FoodImport, ImportProblem, ImportRow
from foods.services import duplicates

State = FoodImport.State


class Job(Protocol):
    """What the work needs of a job."""

    payload: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Step:
    """A step of publishing or undoing: what finds the next slice after a place, and what saves it."""

    find: Callable[[FoodImport, int], Any]
    save: Callable[[FoodImport, Any], None]


_ready: dict[UUID, Any] = {}  # what was made ready for the slice that is saved next


# Reading -------------------------------------------------------------------------------------------


def prepare_read(job: Job) -> None:
    """Read and compare the next slice of the file, or look for what it no longer has."""
    bulk.pause()
    food_import = _import(job)
    if food_import is None:
        return
    holding.hold(food_import)
    if food_import.state == State.READING:
        _ready[food_import.pk] = reading.next_slice(food_import)
    elif food_import.state == State.COMPARING:
        _ready[food_import.pk] = reading.next_missing(food_import)


def read_slice(job: Job) -> bool:
    """Stage the slice that was read; return whether there is more. What was read of a file given up goes."""
    food_import = _held(job)
    if food_import is None:
        return False
    found = _ready.pop(food_import.pk, None)
    match food_import.state, found:
        case ((State.DISCARDED | State.REFUSED), _):
            _forget(food_import)
            acts.ask_for(acts.CLEAR, food_import)
        case State.READING, reading.Slice(done=done) if done == food_import.done:
            reading.save_slice(food_import, found)
            return True
        case State.COMPARING, reading.Missing(after=after) if after == food_import.cursor["after"]:
            if reading.save_missing(food_import, found):
                food_import.state, food_import.cursor = State.READY, kept_cursor(food_import)
                _forget(food_import)
            food_import.save()
            return food_import.state == State.COMPARING
        case ((State.READING | State.COMPARING), _):
            return True  # somebody else's slice came between: make ready again
    return False


def clear_slice(job: Job) -> bool:
    """Remove the next rows of an import that was given up; return whether there are more.

    It is a job of its own, in short turns after all others: nothing waits for it.
    """
    food_import = _held(job)
    if food_import is None or food_import.state not in (State.DISCARDED, State.REFUSED):
        return False
    rows = ImportRow.objects.filter(food_import=food_import).order_by("position")
    ids = [*rows.values_list("pk", flat=True)[:2_000]]
    ImportRow.objects.filter(pk__in=ids).delete()
    if not ids and food_import.state == State.DISCARDED:
        ImportProblem.objects.filter(food_import=food_import).delete()
    return bool(ids)


# Publishing ----------------------------------------------------------------------------------------


def prepare_publish(job: Job) -> None:
    """Read the next staged rows, and compare them again where the foods have changed since."""
    _make_ready(job, State.PUBLISHING, PUBLISHING)


def publish_slice(job: Job) -> bool:
    """Do the next slice: compare again, lay beside the foods, switch, move into place, ask for review."""
    return _save_ready(job, State.PUBLISHING, PUBLISHING)


def _rows_to_lay(food_import: FoodImport) -> ahead.Slice:
    spool.require_space()
    return ahead.next_slice(food_import)


def _compare_again(food_import: FoodImport, found: again.Slice) -> None:
    if again.save_slice(food_import, found):
        _go_on(food_import, "missing", 0)


def _look_for_missing(food_import: FoodImport, found: reading.Missing) -> None:
    if reading.save_missing(food_import, found):
        _go_on(food_import, "lay", -1)
        food_import.total = again.to_lay(food_import)


def _lay(food_import: FoodImport, found: ahead.Slice) -> None:
    if not (rows := found.rows):
        edition = _edition(food_import)
        bulk.analyze()
        settling.switch(edition)
        edition.refresh_from_db()
        food_import.published_at = edition.live_at
        _go_on(food_import, "settle", -1)
        return
    laid = dict(food_import.counts.get("laid", {}))
    for name, number in laying.lay(ahead.place_of(food_import), rows, found.new).items():
        laid[name] = laid.get(name, 0) + number
    food_import.counts |= {"laid": laid}
    food_import.cursor |= {"after": rows[-1].position}
    food_import.done += len(rows)


def _settle(food_import: FoodImport, found: list[tuple[int, int]]) -> None:
    edition = _edition(food_import)
    if not found:
        _go_on(food_import, "review", -1)
        return
    settling.settle(edition, [food_id for _, food_id in found])
    food_import.cursor |= {"after": found[-1][0]}


def _review(food_import: FoodImport, found: list[dict[str, Any]]) -> None:
    if found:
        settling.ask_for_review(food_import, found)
        food_import.cursor |= {"after": found[-1]["position"]}
        return
    Edition.objects.filter(pk=food_import.cursor["edition"]).update(settled=True)
    _forget(food_import)
    if food_import.counts.get("laid", {}).get("new"):
        duplicates.ask_about_new(food_import)
    food_import.state = State.PUBLISHED
    food_import.cursor = kept_cursor(food_import)


PUBLISHING = {
    "again": Step(lambda found, _: again.next_slice(found), _compare_again),
    "missing": Step(lambda found, _: reading.next_missing(found), _look_for_missing),
    "lay": Step(lambda found, _: _rows_to_lay(found), _lay),
    "settle": Step(lambda found, after: settling.laid_after(found, after, bulk.lay_slice()), _settle),
    "review": Step(lambda found, after: settling.review_after(found, after, bulk.lay_slice()), _review),
}


# Undoing -------------------------------------------------------------------------------------------


def prepare_undo(job: Job) -> None:
    """Read the next rows that changed a food."""
    _make_ready(job, State.UNDOING, UNDOING)


def undo_slice(job: Job) -> bool:
    """Do the next slice: lay the other way round, switch, move into place, take new foods out of search."""
    return _save_ready(job, State.UNDOING, UNDOING)


def _lay_back(food_import: FoodImport, rows: list[undoing.Laid]) -> None:
    edition = _edition(food_import)
    if not rows:
        settling.switch(edition)
        settling.forget_review(food_import)
        _go_on(food_import, "settle", -1)
        return
    undoing.lay_back(edition, rows)
    food_import.cursor |= {"after": rows[-1].position}
    food_import.done += len(rows)


def _settle_back(food_import: FoodImport, found: list[tuple[int, int]]) -> None:
    if not found:
        _go_on(food_import, "drop", -1)
        return
    settling.settle(_edition(food_import), [food_id for _, food_id in found])
    food_import.cursor |= {"after": found[-1][0]}


def _drop(food_import: FoodImport, found: None) -> None:
    edition = _edition(food_import)
    if edition.undoes_id is not None and (
        dropped := search.drop_edition(edition.undoes_id, bulk.lay_slice())
    ):
        food_import.done += dropped
        return
    Edition.objects.filter(pk=edition.pk).update(settled=True)
    _forget(food_import)
    food_import.state = State.UNDONE
    food_import.cursor = kept_cursor(food_import)


UNDOING = {
    "lay": Step(lambda found, after: undoing.laid_after(found, after, bulk.lay_slice()), _lay_back),
    "settle": Step(lambda found, after: settling.laid_after(found, after, bulk.lay_slice()), _settle_back),
    "drop": Step(lambda *_: None, _drop),
}


# What all of them need -----------------------------------------------------------------------------


def _make_ready(job: Job, state: FoodImport.State, steps: Mapping[str, Step]) -> None:
    """Find what the next slice of an import in this state needs, outside the transaction that saves it."""
    bulk.pause()
    food_import = _import(job)
    if food_import is None or food_import.state != state:
        return
    holding.hold(food_import)
    step, after = food_import.cursor["step"], food_import.cursor["after"]
    _ready[food_import.pk] = (step, after, steps[step].find(food_import, after))


def _save_ready(job: Job, state: FoodImport.State, steps: Mapping[str, Step]) -> bool:
    """Save the slice that was made ready, if the import still stands there; return whether there is more."""
    food_import = _held(job)
    if food_import is None or food_import.state != state:
        return False
    step, after = food_import.cursor["step"], food_import.cursor["after"]
    ready = _ready.pop(food_import.pk, None)
    if ready is None or ready[:2] != (step, after):
        return True
    steps[step].save(food_import, ready[2])
    food_import.save()
    return food_import.state == state


def _forget(food_import: FoodImport) -> None:
    reading.forget(food_import)
    ahead.forget(food_import)
    holding.let_go(food_import)


def _import(job: Job) -> FoodImport | None:
    return FoodImport.objects.filter(pk=UUID(job.payload["import"])).first()


def _held(job: Job) -> FoodImport | None:
    held = FoodImport.objects.select_for_update().filter(pk=UUID(job.payload["import"]))
    return held.first()


def _edition(food_import: FoodImport) -> Edition:
    return Edition.objects.select_related("undoes").get(pk=food_import.cursor["edition"])


def _go_on(food_import: FoodImport, step: str, after: int) -> None:
    food_import.cursor = {**food_import.cursor, "step": step, "after": after}
