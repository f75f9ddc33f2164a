"""Laying an import beside the foods, under an edition that is not live: readers see none of it."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from foods import search
from foods.importing import bulk, fresh
from foods.importing.fresh import PORTION, REVISION, New, Place, Values
from foods.importing.known import EDITABLE, Known, by_id, look_closer
from foods.importing.staged import Staged
from foods.importing.verdicts import MAGNESIUM, PORTIONS, RETIRED, Verdict, finding, new_portions
from foods.models import Food, FoodRevision, ImportRow, Portion
from foods.sources.records import FoodRecord


def lay(place: Place, rows: Sequence[Staged], new: New) -> Counter[str]:
    """Lay rows, in the caller's transaction; return how many are new, changed, retired and kept.

    A food that is no longer as it was when it was compared is left to whoever changed it.
    """
    wanted = [row for row in rows if row.taken]
    counts = Counter(kept=len(rows) - len(wanted))
    fresh.save(new, place.edition)
    held = [row for row in wanted if row.food_id is not None]
    bulk.lock_foods(row.food_id for row in held if row.food_id is not None)
    foods = by_id(row.food_id for row in held if row.food_id is not None)
    look_closer([*foods.values()])
    pairs = [(row, foods[row.food_id]) for row in held if row.food_id is not None]
    revived = [(row, known) for row, known in pairs if row.is_new and known.dead]
    gone = [(row, known) for row, known in pairs if _goes(row, known)]
    changed = [(row, known) for row, known in pairs if _changes(place, row, known)]
    _revive(place, revived)
    _retire(place, gone)
    _change(place, changed)
    counts.update(new=len(new.foods) + len(revived), changed=len(changed), retired=len(gone))
    counts["kept"] += len(held) - len(revived) - len(gone) - len(changed)
    return counts


def _goes(row: Staged, known: Known) -> bool:
    return row.verdict == Verdict.MISSING and not (
        known.retired or known.merged or known.dead or known.pending
    )


def _changes(place: Place, row: Staged, known: Known) -> bool:
    if not row.fields or known.dead or known.pending or known.revision_id != row.before_id:
        return False
    now = finding(row.record, known, place.highest)
    return now.verdict == row.verdict and now.fields == row.fields


# Foods that are there ------------------------------------------------------------------------------


def _revive(place: Place, pairs: Sequence[tuple[Staged, Known]]) -> None:
    """Bring foods back that an undone edition had brought: nobody sees them, so they are written in place."""
    if not pairs:
        return
    stale = [(row, known) for row, known in pairs if known.magnesium_ug != row.record.magnesium_ug]
    revisions = dict(
        zip((known.id for _, known in stale), bulk.new_ids(FoodRevision, len(stale)), strict=True)
    )
    bulk.insert(
        FoodRevision,
        REVISION,
        [fresh.figure(place, revisions[known.id], known.id, row.record, "") for row, known in stale],
    )
    bulk.update(
        Food,
        ("name", "brand", "category", "gtin", "current", "born"),
        [
            (
                known.id, row.record.name, row.record.brand, row.record.category, row.record.gtin,
                revisions.get(known.id, known.revision_id), place.edition,
            )
            for row, known in pairs
        ],
    )  # fmt: skip
    ids = [known.id for _, known in pairs]
    Portion.objects.filter(food_id__in=ids, author="").delete()
    bulk.insert(
        Portion,
        PORTION,
        [
            portion
            for row, known in pairs
            for portion in fresh.portions(
                known.id, [one for one in row.record.portions if one.label not in known.labels], None
            )
        ],
    )
    search.reindex(ids)


def _retire(place: Place, pairs: Sequence[tuple[Staged, Known]]) -> None:
    bulk.update(
        Food,
        ("edition", "upcoming", "details"),
        [(food.id, place.edition, None, None) for _, food in pairs],
    )
    bulk.update(ImportRow, ("undo",), [(row.id, bulk.json_text({"gone": True})) for row, _ in pairs])


def _change(place: Place, pairs: Sequence[tuple[Staged, Known]]) -> None:
    figures = [(row, known) for row, known in pairs if MAGNESIUM in row.taken and row.revision_id is None]
    made = dict(zip((row.id for row, _ in figures), bulk.new_ids(FoodRevision, len(figures)), strict=True))
    bulk.insert(
        FoodRevision,
        REVISION,
        [
            fresh.figure(place, made[row.id], known.id, row.record, _own_name(row.record, known))
            for row, known in figures
        ],
    )
    foods, undo, leaving, coming = [], [], [], []
    for row, known in pairs:
        revision = made.get(row.id, row.revision_id) if MAGNESIUM in row.taken else None
        details = {name: getattr(row.record, name) for name in row.taken if name in EDITABLE}
        back: dict[str, Any] = {}
        if details:
            back |= {"was": {name: getattr(known, name) for name in details}, "set": details}
        if RETIRED in row.taken:
            back["retired"] = True
        if PORTIONS in row.taken:
            gone, come = _exchanged(place, row.record, known)
            back["portions"] = [[label, weight_mg] for label, weight_mg in known.portions] if gone else None
            back["added"] = [portion[1] for portion in come]
            leaving += [known.id] if gone else []
            coming += come
        foods.append((known.id, place.edition, revision or known.revision_id, bulk.json_text(details)))
        undo.append((row.id, revision, bulk.json_text(back)))
    bulk.update(Food, ("edition", "upcoming", "details"), foods)
    bulk.update(ImportRow, ("revision", "undo"), undo)
    Portion.objects.filter(food_id__in=leaving, author="").update(edition_id=place.edition, leaving=True)
    bulk.insert(Portion, PORTION, coming)


def _own_name(record: FoodRecord, known: Known) -> str:
    return "" if record.name == known.name else record.name


def _exchanged(place: Place, record: FoodRecord, known: Known) -> tuple[bool, list[Values]]:
    """Return whether the sources' portions go, and those that come: a food's own source replaces them."""
    if known.code != record.source:
        last = Portion.objects.filter(food_id=known.id).count()
        return False, fresh.portions(known.id, new_portions(record, known), place.edition, last)
    kept = [portion for portion in record.portions if portion.label not in known.labels]
    return True, fresh.portions(known.id, kept, place.edition)
