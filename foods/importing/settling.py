"""From beside the foods into place: the switch that readers see, and the moving in afterwards."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Case, Exists, F, OuterRef, Value, When
from django.utils import timezone

from foods import search
from foods.importing import bulk
from foods.models import Edition, Food, FoodImport, ImportRow, Portion, ReviewItem

Kind, Verdict = ReviewItem.Kind, ImportRow.Verdict


def switch(edition: Edition) -> None:
    """Show the edition: the one UPDATE. An undoing hides the edition it undoes in the same statement."""
    now = timezone.now()
    both = [edition.pk] if edition.undoes_id is None else [edition.pk, edition.undoes_id]
    Edition.objects.filter(pk__in=both).update(
        live=Case(When(pk=edition.pk, then=Value(True)), default=Value(False)),
        live_at=Case(When(pk=edition.pk, then=Value(now)), default=F("live_at")),
    )


def hidden_sources() -> set[int]:
    """Return the releases that readers do not see: all that named them are imports that are not shown."""
    shown, made = set[int](), set[int]()
    live = Exists(Edition.objects.filter(food_import=OuterRef("pk"), undoes=None, live=True))
    for counts, is_live in FoodImport.objects.annotate(live=live).values_list("counts", "live"):
        named = set(counts.get("sources", []))
        if is_live:
            shown |= named
        else:
            made |= named & set(counts.get("made", []))
    return made - shown


def laid_after(food_import: FoodImport, after: int, limit: int) -> list[tuple[int, int]]:
    """Return (position, food) of the next rows that were laid on foods that are there."""
    rows = ImportRow.objects.filter(food_import=food_import, position__gt=after, undo__isnull=False)
    return [
        (position, food_id)
        for position, food_id in rows.order_by("position").values_list("position", "food_id")[:limit]
        if food_id is not None
    ]


def settle(edition: Edition, ids: Sequence[int]) -> None:
    """Move what a live edition says of these foods into place, in the caller's transaction."""
    bulk.lock_foods(ids)
    foods = Food.objects.filter(pk__in=ids, edition=edition).readable()
    moved = [food.settle() for food in foods]
    bulk.update(
        Food,
        ("name", "brand", "category", "gtin", "current", "retired_at", "edition", "upcoming", "details"),
        [
            (
                food.pk, food.name, food.brand, food.category, food.gtin, food.current_id,
                bulk.moment(food.retired_at), None, None, None,
            )
            for food in moved
        ],
    )  # fmt: skip
    portions = Portion.objects.filter(food_id__in=ids, edition=edition)
    portions.filter(leaving=True).delete()
    portions.update(edition=None)
    search.reindex([food.pk for food in moved])


def review_after(food_import: FoodImport, after: int, limit: int) -> list[dict[str, Any]]:
    """Return the next rows that a curator should look at: implausible ones, and suspected duplicates."""
    fields = ("position", "verdict", "key", "record", "reason", "food_id", "twin_id", "uses")
    rows = ImportRow.objects.filter(food_import=food_import, position__gt=after)
    doubtful = rows.filter(verdict=Verdict.DOUBTFUL, change_ug__gte=0)
    doubtful = doubtful.order_by("position").values(*fields)[:limit]
    twins = rows.filter(twin__isnull=False).order_by("position").values(*fields)[:limit]
    both = {row["position"]: row for row in [*doubtful, *twins]}
    return [both[position] for position in sorted(both)][:limit]


def ask_for_review(food_import: FoodImport, rows: Sequence[dict[str, Any]]) -> None:
    """Put rows into the curators' queue; what stands there already is not put twice."""
    items = []
    for row in rows:
        detail = {
            "import": str(food_import.pk),
            "source": row["record"]["source"],
            "key": row["key"],
            "name": row["record"]["name"],
            "magnesium_ug": row["record"].get("magnesium_ug"),
            "reason": row["reason"],
        }
        if row["verdict"] == Verdict.DOUBTFUL:
            items.append(
                ReviewItem(kind=Kind.DOUBTFUL, food_id=row["food_id"], weight=row["uses"], detail=detail)
            )
        if row["twin_id"] is not None and (food := _food_of(row)) is not None:
            items.append(
                ReviewItem(kind=Kind.DUPLICATE, food_id=food, other_id=row["twin_id"], detail=detail)
            )
    ReviewItem.objects.bulk_create(items, ignore_conflicts=True)


def _food_of(row: dict[str, Any]) -> int | None:
    found = Food.objects.filter(source__code=row["record"]["source"], source_key=row["key"])
    return found.values_list("pk", flat=True).first()


def forget_review(food_import: FoodImport) -> None:
    """Take what an import put into the queue, and nobody has looked at, out again."""
    ReviewItem.objects.filter(
        state=ReviewItem.State.OPEN,
        kind__in=(Kind.DOUBTFUL, Kind.DUPLICATE),
        detail__import=str(food_import.pk),
    ).delete()
