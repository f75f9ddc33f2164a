"""Foods that may be one: the same barcode, or the same name and brand in two sources. Found in slices."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from itertools import groupby, pairwise
from operator import itemgetter
from typing import Any, Protocol

from django.db.models import Q
from django.utils import timezone

from foods.amounts import mg_text
from foods.models import Food, ReviewItem
from foods.search.listing import listed
from foods.text import folded

GTINS_A_SLICE = 2_000
NAMES_A_SLICE = 5
ITEMS_A_SLICE = 500
ALIKE = 50  # foods with the same words that one is held against
NEAR = 10  # per cent within which two values count as near

Cursor = dict[str, Any]


class Work(Protocol):
    """What a slice needs of a job."""

    cursor: Cursor


def review_slice(job: Work) -> bool:
    """Look for suspected duplicates, then weigh the queue anew; return whether there is more."""
    steps: dict[str, Callable[[Any], Cursor | None]] = {"gtin": _gtins, "names": _names, "weights": _weights}
    step = steps[job.cursor.get("step", "gtin")]
    following = step(job.cursor.get("after"))
    if following is None:
        return False
    job.cursor = following
    return True


def suspect(pairs: Iterable[tuple[Food, Food, str]]) -> int:
    """Queue pairs of foods with the reason, once: a pair answered before is not asked again."""
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
                detail={"reason": f"{why}; {_values(first, second)}"},
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
    foods = Food.objects.shown().filter(pk__in=twice).select_related("current").order_by("gtin", "pk")
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
    foods = [
        *Food.objects.shown()
        .filter(uses__gt=0, pk__gt=after or 0)
        .select_related("current")
        .order_by("pk")[:NAMES_A_SLICE]
    ]
    alike = {food.pk: set(listed(food.name, ALIKE, whole=True)) for food in foods}
    called = Food.objects.filter(pk__in=set().union(*alike.values()))
    same: dict[tuple[str, str], set[int]] = defaultdict(set)
    for pk, name, brand in called.values_list("pk", "name", "brand"):
        same[folded(name), folded(brand)].add(pk)
    pairs = {food.pk: same[folded(food.name), folded(food.brand)] & alike[food.pk] for food in foods}
    wanted = {pk for food_id, found in pairs.items() for pk in found - {food_id}}
    others = Food.objects.shown().filter(pk__in=wanted).select_related("current")
    suspect(
        (food, other, "the same name in two sources")
        for food in foods
        for other in others
        if other.pk in pairs[food.pk] and other.source_id != food.source_id
    )
    return {"step": "names", "after": foods[-1].pk} if foods else {"step": "weights"}


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
