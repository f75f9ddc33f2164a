"""What we hold of the foods that records are about, as readers see it: a few queries a slice."""

from collections import defaultdict
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, field
from typing import Any

from django.db.models import F, Q, QuerySet

from foods.importing.bulk import Among
from foods.models import Change, Edition, Food, FoodRevision, ImportRow, Portion, Source
from foods.sources.records import FoodRecord

CURATOR = "curator"
EDITABLE = ("name", "brand", "category", "gtin")
_COLUMNS = (
    "id", "source__code", "source_key", "name", "brand", "category", "gtin", "uses", "retired_at",
    "merged_into_id", "born_id", "born__live", "edition__live", "edition__live_at", "details",
    "current_id", "current__source__code", "current__magnesium_ug_per_100g",
    "upcoming_id", "upcoming__source__code", "upcoming__magnesium_ug_per_100g",
)  # fmt: skip


@dataclass(slots=True, kw_only=True)
class Known:
    """A food as readers see it; `dead` if they do not, since the edition that brought it was undone."""

    id: int
    code: str
    key: str
    name: str
    brand: str
    category: str
    gtin: str
    uses: int
    retired: bool
    by_curator: bool  # who retired it: a curator, or an import
    merged: bool
    dead: bool
    pending: bool  # a change is on its way that readers do not see yet, or that is not in place yet
    revision_id: int | None
    revision_code: str
    magnesium_ug: int | None
    said: dict[str, int | None] = field(default_factory=dict)  # what data sets said last before that, by code
    corrected: int | None = None  # what a release said that a curator corrected
    edited: dict[str, str] = field(default_factory=dict)  # what curators edited, as it was before
    portions: list[tuple[str, int]] = field(default_factory=list)  # of sources, in order
    labels: set[str] = field(default_factory=set)  # of portions by curators


def foods_of(records: Sequence[FoodRecord]) -> list[Known | None]:
    """Return for each record the food it is about: by its own key, else by the first of `also` there is."""
    named = _by_name({(record.source, record.key) for record in records})
    others = {name for record in records if (record.source, record.key) not in named for name in record.also}
    if others:
        named |= _by_name(others)
    found = [
        next((named[name] for name in ((record.source, record.key), *record.also) if name in named), None)
        for record in records
    ]
    look_closer([known for known in found if known is not None])
    return found


def _by_name(names: Iterable[tuple[str, str]]) -> dict[tuple[str, str], Known]:
    """Return foods by (code of the data set, key); two queries."""
    keys: dict[str, list[str]] = defaultdict(list)
    for code, key in names:
        keys[code].append(key)
    sources = defaultdict(list)
    for pk, code in Source.objects.filter(code__in=keys).values_list("pk", "code"):
        sources[code].append(pk)
    wanted = Q()
    for code, pks in sources.items():
        wanted |= Q(Among("source_key", keys[code]), source_id__in=pks)
    if not wanted:
        return {}
    found: dict[tuple[str, str], Known] = {}
    for known in _all_known(Food.objects.filter(wanted).order_by("pk")):
        found.setdefault((known.code, known.key), known)
    return found


def by_id(ids: Iterable[int]) -> dict[int, Known]:
    """Return foods by id."""
    return {known.id: known for known in _all_known(Food.objects.filter(Among("pk", ids)))}


def _all_known(foods: QuerySet[Food]) -> list[Known]:
    rows = [*foods.values(*_COLUMNS)]
    retired = {row["retired_at"] for row in rows} - {None}
    by_imports = Edition.objects.filter(live_at__in=retired) if retired else Edition.objects.none()
    gone_at = frozenset(by_imports.values_list("live_at", flat=True))
    return [_known(row, gone_at) for row in rows]


def _known(row: dict[str, Any], gone_at: Set[object]) -> Known:
    live, born_id, retired_at = row["edition__live"], row["born_id"], row["retired_at"]
    known = Known(
        id=row["id"],
        code=row["source__code"],
        key=row["source_key"],
        **{name: row[name] for name in (*EDITABLE, "uses")},
        retired=retired_at is not None,
        by_curator=retired_at is not None and retired_at not in gone_at,
        merged=row["merged_into_id"] is not None,
        dead=born_id is not None and not row["born__live"],
        pending=live is not None,
        revision_id=row["current_id"],
        revision_code=row["current__source__code"] or "",
        magnesium_ug=row["current__magnesium_ug_per_100g"],
    )
    if live:
        known.retired, known.by_curator = row["upcoming_id"] is None, False
        if row["upcoming_id"] is not None:
            known.revision_id, known.revision_code = row["upcoming_id"], row["upcoming__source__code"]
            known.magnesium_ug = row["upcoming__magnesium_ug_per_100g"]
        for name, value in (row["details"] or {}).items():
            setattr(known, name, value)
    return known


def look_closer(foods: Sequence[Known]) -> None:
    """Fill in portions, what curators edited, and what data sets said before; four queries or so."""
    by_food = {known.id: known for known in foods}
    if not by_food:
        return
    portions = Portion.objects.shown().filter(Among("food_id", by_food)).order_by("food_id", "position", "pk")
    for known in by_food.values():
        known.portions, known.labels = [], set()
    for food_id, label, weight_mg, author in portions.values_list("food_id", "label", "weight_mg", "author"):
        if author:
            by_food[food_id].labels.add(label)
        else:
            by_food[food_id].portions.append((label, weight_mg))
    _add_edits(by_food)
    _add_figures(by_food)


def _add_edits(by_food: dict[int, Known]) -> None:
    acts = (Change.Act.EDIT, Change.Act.RETIRE, Change.Act.MERGE)
    edits = Change.objects.filter(Among("food_id", by_food), act__in=acts, undone_by=None)
    for food_id, before in edits.order_by("pk").values_list("food_id", "before"):
        for name in EDITABLE:
            if isinstance(before.get(name), str):
                by_food[food_id].edited.setdefault(name, before[name])


def _add_figures(by_food: dict[int, Known]) -> None:
    """Note what each data set said last, before the figure that is shown, where that is of another one."""
    wanted = [known.id for known in by_food.values() if known.revision_code != known.code or known.edited]
    figures = FoodRevision.objects.filter(Among("food_id", wanted)).order_by("pk")
    rows = [*figures.values_list("pk", "food_id", "source__code", "source_key", "magnesium_ug_per_100g")]
    undone = _undone([(pk, key) for pk, _, _, key, _ in rows])
    for pk, food_id, code, _, ug in rows:
        known = by_food[food_id]
        if pk in undone or known.revision_id is None or pk >= known.revision_id:
            continue
        known.said[code] = ug
        if code != CURATOR:
            known.corrected = ug


def _undone(figures: Sequence[tuple[int, str]]) -> set[int]:
    """Return those of (revision, its record's key) that an import brought which was undone."""
    keys = {key for _, key in figures if key}
    if not keys:
        return set()
    laid = ImportRow.objects.filter(
        Among("key", keys),
        Among("revision_id", [pk for pk, _ in figures]),
        food_import__state="undone",
    )
    return {pk for pk in laid.values_list("revision_id", flat=True) if pk is not None}


def twins_of(records: Sequence[FoodRecord]) -> dict[str, int]:
    """Return foods of other data sets that have a record's barcode, by barcode. One query."""
    gtins = {record.gtin: record.source for record in records if record.gtin}
    if not gtins:
        return {}
    same = Food.objects.shown().filter(Among("gtin", gtins)).exclude(gtin="").annotate(code=F("source__code"))
    found: dict[str, int] = {}
    for pk, gtin, code in same.order_by("pk").values_list("pk", "gtin", "code"):
        if code != gtins[gtin]:
            found.setdefault(gtin, pk)
    return found
