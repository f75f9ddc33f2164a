"""Foods that may be one: the same barcode, or the same name and brand in two sources. Found in slices."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby, pairwise
from operator import itemgetter
from typing import Any, Protocol
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from foods.amounts import mg_text
from foods.background import ask
from foods.models import Food, FoodImport, ImportRow, ReviewItem, Source
from foods.search.listing import listed
from foods.text import folded

GTINS_A_SLICE = 2_000
NAMES_A_SLICE = 5
ROWS_A_SLICE = 20_000  # of an import, looked through for new foods at once
MOST_NEW = 1_000  # of them are held against the others right after publishing
ITEMS_A_SLICE = 500
ALIKE = 50  # foods with the same words that one is held against
NEAR = 10  # per cent within which two values count as near

BROUGHT = (ImportRow.Verdict.NEW, ImportRow.Verdict.DOUBTFUL)

Cursor = dict[str, Any]


class Work(Protocol):
    """What a slice needs of a job."""

    payload: dict[str, Any]
    cursor: Cursor


def review_slice(job: Work) -> bool:
    """Look for suspected duplicates, then weigh the queue anew; return whether there is more.

    A job that names an import looks at the foods which that brought, and at nothing else.
    """
    if import_id := job.payload.get("import"):
        following = _new_foods(UUID(import_id), job.cursor)
    else:
        steps: dict[str, Callable[[Any], Cursor | None]]
        steps = {"gtin": _gtins, "names": _names, "weights": _weights}
        following = steps[job.cursor.get("step", "gtin")](job.cursor.get("after"))
    if following is None:
        return False
    job.cursor = following
    return True


def ask_about_new(food_import: FoodImport) -> None:
    """Ask, in the caller's transaction, for the foods that an import brought to be held against others."""
    ask("review", payload={"import": str(food_import.pk)})


def suspect(pairs: Iterable[tuple[Food, Food, str]], **more: str) -> int:
    """Queue pairs of foods with the reason, once: a pair answered before is not asked again.

    `more` goes into the detail of each: the import that brought a food, with which it leaves the queue again.
    """
    pairs = [(one, other, why) for one, other, why in pairs if one.pk != other.pk]
    ids = {food.pk for one, other, _ in pairs for food in (one, other)}
    known = ReviewItem.objects.filter(kind=ReviewItem.Kind.DUPLICATE, food__in=ids).values_list(
        "food", "other"
    )
    asked = {frozenset(pair) for pair in known}
    new = {}
    for one, other, why in pairs:
        first, second = sorted((one, other), key=lambda food: (food.uses, -food.pk))
        if (pair := frozenset((one.pk, other.pk))) not in asked:
            new[pair] = ReviewItem(
                kind=ReviewItem.Kind.DUPLICATE,
                food=first,
                other=second,
                weight=_weight(first, second),
                detail={"reason": f"{why}; {_values(first, second)}", **more},
            )
    return len(ReviewItem.objects.bulk_create(new.values(), ignore_conflicts=True))


def _weight(one: Food, other: Food) -> int:
    """People who log the lesser one see a figure apart from the rest."""
    return min(one.uses, other.uses)


def _values(one: Food, other: Food) -> str:
    first, second = one.magnesium_ug_per_100g, other.magnesium_ug_per_100g
    if first is None or second is None:
        return "one has no value" if first != second else "neither has a value"
    told = f"{mg_text(first)} and {mg_text(second)} mg"
    near = abs(first - second) * 100 <= NEAR * max(first, second)
    return f"values near: {told}" if near else f"values apart: {told}"


def _gtins(after: tuple[str, int] | None) -> Cursor | None:
    """Hold the foods of the next barcodes against each other; the last of a slice begins the next."""
    gtin, last = after or ("", 0)
    coded = [
        *Food.objects.exclude(gtin="")
        .filter(Q(gtin__gt=gtin) | Q(gtin=gtin, pk__gte=last), gtin__gte=gtin)
        .order_by("gtin", "pk")
        .values_list("gtin", "pk")[:GTINS_A_SLICE]  # the index has it all
    ]
    twice = [pk for _, same in groupby(coded, key=itemgetter(0)) for pk in _several(same)]
    foods = Food.objects.shown().as_seen().filter(pk__in=twice).order_by("gtin", "pk")
    suspect(
        (one, other, f"the same barcode {code}")
        for code, same in groupby(foods, key=lambda food: food.gtin)
        for one, other in pairwise(same)
    )
    return {"step": "gtin", "after": coded[-1]} if len(coded) == GTINS_A_SLICE else {"step": "names"}


def _several(rows: Iterable[tuple[str, int]]) -> list[int]:
    """Return the ids if there is more than one."""
    ids = [pk for _, pk in rows]
    return ids if len(ids) > 1 else []


def _names(after: int | None) -> Cursor | None:
    """Hold the next foods that people log against those with the same words."""
    logged = Food.objects.shown().as_seen().filter(uses__gt=0, pk__gt=after or 0)
    foods = [*logged.order_by("pk")[:NAMES_A_SLICE]]
    suspect(_alike(foods))
    return {"step": "names", "after": foods[-1].pk} if foods else {"step": "weights"}


def _new_foods(import_id: UUID, cursor: Cursor) -> Cursor | None:
    """Hold the next foods that an import brought against those with the same words, a thousand in all.

    Its rows are looked through a part at a time; of larger imports those further down wait until people log
    them, when the daily search finds them.
    """
    after, looked = cursor.get("after", -1), cursor.get("looked", 0)
    rows = ImportRow.objects.filter(food_import=import_id, position__gt=after).order_by("position")
    part = rows.filter(position__lte=after + ROWS_A_SLICE)
    most = min(NAMES_A_SLICE, MOST_NEW - looked)
    found = [*part.filter(verdict__in=BROUGHT).values_list("position", "key", "record")[:most]]
    sources = Source.objects.filter(code__in={record["source"] for _, _, record in found})
    foods = (
        Food.objects.shown()
        .as_seen()
        .filter(
            source__in=[*sources.values_list("pk", flat=True)],
            source_key__in=[key for _, key, _ in found],
            born__food_import=import_id,
        )
    )
    suspect(_alike([*foods]), **{"import": str(import_id)})
    looked += len(found)
    full = len(found) == most
    if looked >= MOST_NEW or (not full and not rows.filter(position__gt=after + ROWS_A_SLICE).exists()):
        return None
    return {"after": found[-1][0] if full else after + ROWS_A_SLICE, "looked": looked}


def _alike(foods: Sequence[Food]) -> Iterator[tuple[Food, Food, str]]:
    """Yield foods, each with one of another source that has the same name and brand, and the reason."""
    alike = {food.pk: set(listed(food.name, ALIKE, whole=True)) for food in foods}
    ids = set[int]().union(*alike.values())
    same: dict[tuple[str, str], list[Food]] = defaultdict(list)
    for other in Food.objects.shown().as_seen().filter(pk__in=ids):
        same[folded(other.name), folded(other.brand)].append(other)
    for food in foods:
        for other in same[folded(food.name), folded(food.brand)]:
            if other.pk in alike[food.pk] and other.source_id != food.source_id:
                yield food, other, "the same name in two sources"


def _weights(after: str | None) -> Cursor | None:
    """Weigh open suspicions by what is logged by now; close those that were settled elsewhere."""
    kinds = [ReviewItem.Kind.DUPLICATE, ReviewItem.Kind.DOUBTFUL]
    found = ReviewItem.objects.filter(state=ReviewItem.State.OPEN, kind__in=kinds).select_related(
        "food", "other"
    )
    items = [*(found.filter(pk__gt=after) if after else found).order_by("pk")[:ITEMS_A_SLICE]]
    for item in items:
        if item.food is not None:
            item.weight = _weight(item.food, item.other) if item.other else item.food.uses
    ReviewItem.objects.bulk_update(items, ["weight"])
    gone = Q(food__retired_at__isnull=False) | Q(food__merged_into__isnull=False)
    gone |= Q(other__retired_at__isnull=False) | Q(other__merged_into__isnull=False)
    over = found.filter(gone, pk__in=[item.pk for item in items]).values("pk")
    ReviewItem.objects.filter(pk__in=[*over.values_list("pk", flat=True)]).update(
        state=ReviewItem.State.ACCEPTED, answer="Settled elsewhere.", closed_at=timezone.now()
    )
    return {"step": "weights", "after": str(items[-1].pk)} if len(items) == ITEMS_A_SLICE else None
