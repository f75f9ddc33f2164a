"""What can be done with an import: begin, choose, publish, undo, discard. A worker does the rest."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from foods.background import ask
from foods.importing import again, reading, spool, tally
from foods.importing.clearing import STANDS_ON
from foods.importing.known import EDITABLE
from foods.importing.rows import kept_cursor
from foods.importing.states import UNPUBLISHED, refusal
from foods.importing.verdicts import MAGNESIUM, PORTIONS, RETIRED
from foods.models import Edition, Food, FoodImport, ImportRow
from foods.text import problem_in

State, Verdict, Choice = FoodImport.State, ImportRow.Verdict, ImportRow.Choice
READ, PUBLISH, UNDO, CLEAR = "import-read", "import-publish", "import-undo", "import-clear"
WORK = {State.READING: READ, State.COMPARING: READ, State.PUBLISHING: PUBLISH, State.UNDOING: UNDO}
AT_ONCE = 100_000  # rows that one statement may change in the time it has
BUSY = "Another import is being published or undone. Wait until that is done, then try again."
BUSY_WITH = (
    "“{name}” is {state}, and only one import may be at a time. Wait until that is done; if it stands still,"
    " go on with it on its own page."
)


def start_import(path: Path, name: str, author: str = "", release: str | None = None) -> FoodImport:
    """Keep a copy of a file, or of a folder of tables, and ask for it to be read.

    The same file again, while it is read or waits to be published, is the import that is there. Raises
    ValidationError if there is no such file, or no room for it.
    """
    kept = spool.keep(path)
    try:
        with transaction.atomic():
            found = _same(kept.sha256, release)
            if found is None:
                found = FoodImport(
                    file_name=_shown(name),
                    spool=kept.name,
                    size=kept.size,
                    sha256=kept.sha256,
                    author=author[:254],
                    step_started_at=timezone.now(),
                    cursor={"release": release} if release else {},
                )
                found.save(force_insert=True)
            if found.state in (State.READING, State.COMPARING):
                ask_for(READ, found)
    except BaseException:
        spool.remove(kept.name)
        raise
    if found.spool != kept.name:
        spool.remove(kept.name)
    return found


def _same(sha256: str, release: str | None) -> FoodImport | None:
    there = FoodImport.objects.filter(sha256=sha256, state__in=UNPUBLISHED).order_by("created_at")
    return next((one for one in there if one.cursor.get("release") == release), None)


def _shown(name: str) -> str:
    """Return a file's name as it is shown: what cannot be shown is left out."""
    return "".join(c for c in name if not problem_in(c) and c.isprintable()).strip()[:200] or "file"


def publish(food_import: FoodImport, author: str = "") -> None:
    """Ask for an import to be published. Readers see all of it at once, when it is laid.

    Where foods were published or undone since it was compared, it is compared again first. Raises
    ValidationError if it is not ready, or while another one is published or undone.
    """
    with transaction.atomic():
        locked = _locked(food_import, "publish")
        edition = _new_edition(locked, None)
        due = locked.state == State.UNDONE or again.is_due(locked)
        locked.counts = {name: value for name, value in locked.counts.items() if name != "laid"}
        total = locked.counts.get("rows", 0) if due else again.to_lay(locked)
        cursor = {
            "step": "again" if due else "lay",
            "after": -1,
            "edition": edition.pk,
            "sources": {source.code: source.pk for source in reading.sources_of(locked)},
            "by": author,
        }
        _begin(locked, State.PUBLISHING, cursor, total, PUBLISH)
    food_import.refresh_from_db()


def undo(food_import: FoodImport, author: str = "") -> None:
    """Ask for a published import to be undone: what it changed goes back, what curators did since stays.

    Raises ValidationError if it is not published, while a later import stands on it, or while a food is
    merged into one that it brought.
    """
    with transaction.atomic():
        locked = _locked(food_import, "undo")
        if later := _standing_on(locked):
            raise ValidationError(f"“{later}” was published later and stands on this one: undo that first.")
        live = locked.editions.get(live=True, undoes=None)
        if merged := Food.objects.filter(merged_into__born=live).select_related("merged_into").first():
            raise ValidationError(
                f"“{merged.name}” was merged into “{merged.merged_into}”, which this import brought:"
                " take the two apart first."
            )
        edition = _new_edition(locked, live)
        laid = locked.counts.get("laid", {})
        total = laid.get("changed", 0) + laid.get("retired", 0)
        cursor = {"step": "lay", "after": -1, "edition": edition.pk, "by": author}
        _begin(locked, State.UNDOING, cursor, total, UNDO)
    food_import.refresh_from_db()


def _standing_on(food_import: FoodImport) -> FoodImport | None:
    """Return a later published import that is about foods this one brought, or changed what it changed."""
    later = FoodImport.objects.filter(state=State.PUBLISHED, published_at__gt=food_import.published_at)
    mine = ImportRow.objects.filter(food_import=food_import, revision__isnull=False)
    for other in later.order_by("-published_at"):
        theirs = ImportRow.objects.filter(food_import=other, food__isnull=False)
        if (
            str(food_import.pk) in other.counts.get(STANDS_ON, ())
            or theirs.filter(food__born__food_import=food_import).exists()
            or theirs.filter(before__in=mine.values("revision"), undo__isnull=False).exists()
        ):
            return other
    return None


def _new_edition(food_import: FoodImport, undoes: Edition | None) -> Edition:
    """Return an edition of its own. Raises ValidationError while another is under way."""
    try:
        with transaction.atomic():
            return Edition.objects.create(food_import=food_import, undoes=undoes)
    except IntegrityError as error:
        raise ValidationError(_busy()) from error


def _busy() -> str:
    other = Edition.objects.filter(settled=False).select_related("food_import").first()
    if other is None:
        return BUSY
    return BUSY_WITH.format(
        name=other.food_import.file_name, state=f"being {'undone' if other.undoes_id else 'published'}"
    )


def _begin(food_import: FoodImport, state: str, cursor: dict[str, Any], total: int, kind: str) -> None:
    food_import.state, food_import.cursor = state, kept_cursor(food_import) | cursor
    food_import.done, food_import.total, food_import.step_started_at = 0, total, timezone.now()
    food_import.save()
    ask_for(kind, food_import)


def resume(food_import: FoodImport) -> None:
    """Ask again for the work on an import that stands still, for its job was stopped or failed.

    It goes on from where it was; a job that is still open is left alone. Raises ValidationError if nothing
    is to be done.
    """
    with transaction.atomic():
        locked = _locked(food_import, "resume")
        ask_for(WORK[State(locked.state)], locked)


def discard(food_import: FoodImport) -> None:
    """Give an import up: its file goes at once, its rows soon. Raises ValidationError if it is published."""
    with transaction.atomic():
        locked = _locked(food_import, "discard")
        locked.state, locked.step_started_at = State.DISCARDED, timezone.now()
        locked.save(update_fields=["state", "step_started_at"])
        transaction.on_commit(lambda: spool.remove(locked.spool), robust=True)
        ask_for(CLEAR, locked)
    food_import.refresh_from_db()


def choose(food_import: FoodImport, row_ids: Sequence[int], field: str, choice: str) -> None:
    """Keep ours or take theirs, of one field ("" for the whole row) of some rows; "" goes by the default.

    Raises ValidationError once the import is published, for a field or a choice there is not.
    """
    if choice not in Choice.values:
        raise ValidationError("Keep ours, or take theirs.")
    if field not in ("", MAGNESIUM, PORTIONS, RETIRED, *EDITABLE):
        raise ValidationError("There is no such field.")
    with transaction.atomic():
        locked, more = _locked(food_import, "choose"), Counter[str]()
        for row in ImportRow.objects.filter(food_import=food_import, pk__in=row_ids):
            more[row.verdict] -= tally.is_taken(row)
            _choose(row, field, choice)
            more[row.verdict] += tally.is_taken(row)
            row.save(update_fields=["choices"])
        locked.counts = tally.moved(locked.counts, more)
        locked.save(update_fields=["counts"])
    food_import.refresh_from_db()


def _choose(row: ImportRow, field: str, choice: str) -> None:
    """Note a choice; one for the whole row stands in place of those for its fields."""
    choices = {} if not field else {name: value for name, value in row.choices.items() if name != field}
    row.choices = {**choices, field: choice} if choice else choices


def choose_all(food_import: FoodImport, verdict: str, choice: str) -> None:
    """Make one choice for all rows of a verdict. Raises ValidationError as `choose` does."""
    if choice not in Choice.values or verdict not in Verdict.values:
        raise ValidationError("Keep ours, or take theirs.")
    if food_import.counts.get(verdict, 0) > AT_ONCE and verdict != Verdict.MISSING:
        raise ValidationError(f"More than {AT_ONCE:,} rows are not chosen at once.")
    with transaction.atomic():
        locked = _locked(food_import, "choose")
        rows = ImportRow.objects.filter(food_import=food_import, verdict=verdict)
        if verdict == Verdict.MISSING:
            locked.retire_missing = choice == Choice.TAKE
            locked.save(update_fields=["retire_missing"])
            rows = rows.exclude(choices={})
            choice = ""
        rows.update(choices={"": choice} if choice else {})
        locked.counts = tally.all_chosen(locked.counts, verdict, choice)
        locked.save(update_fields=["counts"])
    food_import.refresh_from_db()


def _locked(food_import: FoodImport, act: str) -> FoodImport:
    """Lock an import for an act. Raises ValidationError if that cannot be done as it stands."""
    locked = FoodImport.objects.select_for_update().get(pk=food_import.pk)
    if problem := refusal(act, locked):
        raise ValidationError(problem)
    return locked


def ask_for(kind: str, food_import: FoodImport) -> None:
    """Ask for a step of the work on an import, in the caller's transaction; once, while that is open."""
    ask(kind, payload={"import": str(food_import.pk)}, dedupe_key=f"{kind}:{food_import.pk}")
