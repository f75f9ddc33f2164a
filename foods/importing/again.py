"""Comparing staged rows again, where foods have changed since: choices stay, verdicts are made anew."""

from collections import Counter
from dataclasses import dataclass
from uuid import UUID

from foods.importing import bulk, comparing, tally
from foods.importing.comparing import Compared, Context
from foods.importing.rows import read_back
from foods.importing.staged import LAID
from foods.importing.verdicts import Verdict, taken
from foods.models import Edition, FoodImport, ImportRow

COUNTED = ("new", "changed", "same", "conflict", "doubtful", "missing", "rows", "magnesium", "portions",
           "duplicates", "lost", "laid", tally.TAKES)  # fmt: skip
_FIELDS = (
    "verdict", "fields", "reason", "food", "before", "twin", "old_ug_per_100g", "change_ug", "uses", "undo"
)  # fmt: skip


_kept: dict[UUID, tuple[int, Context]] = {}  # by import: behind which position, and what it has claimed


@dataclass(slots=True, kw_only=True)
class Slice:
    """Rows behind `after`, by id, compared again."""

    after: int
    compared: list[tuple[int, Compared]]


def is_due(food_import: FoodImport) -> bool:
    """Say whether another edition was shown since the rows were compared."""
    compared_at = food_import.counts.get("compared_at")
    return not compared_at or Edition.objects.filter(live_at__gt=compared_at).exists()


def begin(food_import: FoodImport) -> None:
    """Forget what was compared, before the first slice."""
    food_import.counts = {name: value for name, value in food_import.counts.items() if name not in COUNTED}


def next_slice(food_import: FoodImport) -> Slice:
    """Compare the next thousand rows again. Writes nothing."""
    after = food_import.cursor["after"]
    rows = (
        ImportRow.objects.filter(food_import=food_import, position__gt=after)
        .exclude(verdict=Verdict.MISSING)
        .order_by("position")
        .values_list("pk", "position", "key", "file", "line", "record")[: bulk.READ_SLICE]
    )
    found = [*rows]
    context = _kept.pop(food_import.pk, None)
    if context is None or context[0] != after:
        context = (after, comparing.claims_of(food_import, after))
    staged = [(position, read_back(key, file, line, said)) for _, position, key, file, line, said in found]
    compared = comparing.compare(staged, context[1])
    if found:
        _kept[food_import.pk] = (found[-1][1], context[1])
    return Slice(after=after, compared=[*zip((row[0] for row in found), compared, strict=True)])


def save_slice(food_import: FoodImport, found: Slice) -> bool:
    """Write the verdicts, in the caller's transaction; return whether all rows were compared."""
    if found.after < 0:
        begin(food_import)
    if not found.compared:
        return _no_missing(food_import)
    bulk.update(ImportRow, _FIELDS, [(pk, *_values(row)) for pk, row in found.compared])
    food_import.counts = comparing.added(
        food_import.counts, comparing.counted([row for _, row in found.compared])
    )
    food_import.cursor |= {"after": found.compared[-1][1].position}
    food_import.done += len(found.compared)
    return False


def _no_missing(food_import: FoodImport) -> bool:
    """Remove rows of missing foods, which are staged anew behind the others; return whether all are gone."""
    rows = ImportRow.objects.filter(food_import=food_import, verdict=Verdict.MISSING).order_by("position")
    ids = [*rows.values_list("pk", flat=True)[:2_000]]
    ImportRow.objects.filter(pk__in=ids).delete()
    food_import.cursor |= {"records": food_import.counts.get("rows", 0)}
    if ids:
        return False
    chosen = ImportRow.objects.filter(food_import=food_import).exclude(choices={})
    more: Counter[str] = Counter()
    for row in chosen.only("verdict", "fields", "reason", "choices").iterator(chunk_size=2_000):
        by_default = bool(taken(row.verdict, row.fields, row.reason, {}))
        more[row.verdict] += tally.is_taken(row) - by_default
    food_import.counts = tally.moved(food_import.counts, more)
    return True


def _values(row: Compared) -> tuple[object, ...]:
    said, known = row.finding, row.finding.known
    return (
        said.verdict,
        bulk.json_text(said.fields),
        said.reason[:200],
        known.id if known else None,
        known.revision_id if known else None,
        row.twin,
        known.magnesium_ug if known and not known.dead else None,
        said.change_ug if said.verdict not in (Verdict.NEW, Verdict.SAME) else None,
        known.uses if known else 0,
        None,
    )


def to_lay(food_import: FoodImport) -> int:
    """Return how many rows laying looks at, from the counts."""
    counts: Counter[str] = Counter({name: food_import.counts.get(name, 0) for name in LAID})
    return counts.total()
