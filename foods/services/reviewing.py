"""What people send to the curators' queue: a value they think wrong, a food they miss; and the answers.

An item knows no person. Its `detail` holds, beside the keys named at each function, `said` (the figure as
typed: `mg`, `per` and, for a portion, `grams`), `origin` (a key of ORIGINS), `where` and `note`.
"""

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from foods import search
from foods.amounts import MG_PER_100G, mg_from_ug, rounded, ug_from_mg, weight_mg_from_g
from foods.models import MAX_UG_PER_100G, MAX_WEIGHT_MG, Food, FoodRevision, Portion, ReviewItem
from foods.services import queue
from foods.services.curating import correct_food, curators_source
from foods.services.steps import any_text, food_text, needed_text

ORIGINS = {
    "label": "the label of the product",
    "table": "a food table or database",
    "maker": "the maker’s website or an answer of theirs",
    "other": "something else",
}
Kind, State = ReviewItem.Kind, ReviewItem.State


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A figure as a person gives it, and where they have it from."""

    magnesium_mg: Decimal | None  # None: a proposal may have no value
    grams: Decimal | None = None  # the weight it is for; None: 100 g
    origin: str = "label"
    where: str = ""  # which label, which table
    note: str = ""

    def ug_per_100g(self) -> int | None:
        """Return the figure in µg per 100 g, rounded half up. Raises ValidationError if it cannot be."""
        if self.magnesium_mg is None:
            return None
        grams = Decimal(100) if self.grams is None else self.grams
        if not grams.is_finite() or not Decimal("0.001") <= grams <= MAX_WEIGHT_MG // 1000:
            raise ValidationError({"grams": "A portion weighs more than 0 g and at most 100 kg."})
        if not self.magnesium_mg.is_finite() or not 0 <= self.magnesium_mg <= 100_000:
            raise ValidationError({"magnesium_mg": "Magnesium lies between 0 and 100 000 mg."})
        ug = rounded(Decimal(ug_from_mg(self.magnesium_mg)) * MG_PER_100G / weight_mg_from_g(grams))
        if ug > MAX_UG_PER_100G:
            raise ValidationError({"magnesium_mg": "That is more than 100 g of magnesium in 100 g."})
        return ug

    def detail(self) -> dict[str, object]:
        """Return it as an item keeps it. Raises ValidationError for what cannot be."""
        if self.origin not in ORIGINS:
            raise ValidationError({"origin": "Choose where the figure stands."})
        said: dict[str, str] = {"per": "100g" if self.grams is None else "portion"}
        if self.magnesium_mg is not None:
            said["mg"] = f"{self.magnesium_mg:f}"
        if self.grams is not None:
            said["grams"] = f"{self.grams:f}"
        return {
            "ug_per_100g": self.ug_per_100g(),
            "said": said,
            "origin": self.origin,
            "where": any_text("where", self.where, 200),
            "note": any_text("note", self.note, 500),
        }


def report_value(*, food: Food, evidence: Evidence) -> ReviewItem:
    """Put a value that a person thinks wrong into the queue: the more logged and the more off, the heavier.

    `detail` has `ug_per_100g` as reported, and `revision` and `shown_ug_per_100g` as the person saw them.
    Raises ValidationError for no figure, the figure it has already, or texts that cannot be kept.
    """
    detail = evidence.detail()
    reported, shown = evidence.ug_per_100g(), food.magnesium_ug_per_100g
    if reported is None:
        raise ValidationError({"magnesium_mg": "How much does it say?"})
    if reported == shown:
        raise ValidationError({"magnesium_mg": "The food has this value already."})
    if not detail["where"]:
        raise ValidationError({"where": "This is needed: a curator looks it up."})
    item: ReviewItem = ReviewItem.objects.create(
        kind=Kind.REPORT,
        food=food,
        weight=(food.uses + 1) * max(1, abs(reported - (shown or 0)) // 10_000),
        detail=detail | {"revision": food.current_id, "shown_ug_per_100g": shown},
    )
    return item


def propose_food(
    *,
    name: str,
    brand: str = "",
    portion_label: str = "",
    portion_weight_mg: int | None = None,
    evidence: Evidence,
) -> ReviewItem:
    """Put a food that a person misses into the queue.

    `detail` has `name`, `brand`, `ug_per_100g`, `portion_label` and `portion_weight_mg`. Raises
    ValidationError.
    """
    named = {"name": food_text("name", name), "brand": food_text("brand", brand)}
    portion = {"portion_label": any_text("portion_label", portion_label, 80) if portion_weight_mg else ""}
    detail = evidence.detail() | named | portion | {"portion_weight_mg": portion_weight_mg}
    item: ReviewItem = ReviewItem.objects.create(kind=Kind.PROPOSAL, weight=1, detail=detail)
    return item


@transaction.atomic
def close_item(*, item: ReviewItem, accepted: bool, answer: str, author: str) -> ReviewItem:
    """Answer a report or a proposal; the person reads the answer.

    Accepting a proposal makes the shared food from what was proposed, unless the item names one already.
    Accepting a report leaves the value to the curator: `accept_report` takes the one reported. Raises
    ValidationError if somebody answered first, or without a reason for a no.
    """
    if not accepted and not answer.strip():
        raise ValidationError({"answer": "A no needs a reason: the person reads it."})
    queue.close(item, accepted=accepted, author=author, answer=answer, now=timezone.now())
    if accepted and item.kind == Kind.PROPOSAL and item.food is None:
        item.food = _make_food(item, author=author, answer=answer)
        item.save(update_fields=["food"])
    item.refresh_from_db()
    return item


@transaction.atomic
def accept_report(*, item: ReviewItem, answer: str, author: str) -> FoodRevision:
    """Give the food the value that was reported, and close the item. Raises ValidationError."""
    if item.kind != Kind.REPORT or item.food is None:
        raise ValidationError("This is not a report of a value.")
    close_item(item=item, accepted=True, answer=answer, author=author)
    origin = ORIGINS[str(item.detail["origin"])]
    return correct_food(
        food=item.food,
        magnesium_mg_per_100g=mg_from_ug(int(item.detail["ug_per_100g"])),
        author=author,
        reason=answer.strip() or f"Reported by a person, from {origin}.",
    )


def _make_food(item: ReviewItem, *, author: str, answer: str) -> Food:
    """Make a shared food of a proposal, with its figure, its portion and its place in the search."""
    source = curators_source()
    detail = item.detail
    food = Food.objects.create(
        source=source, source_key=f"proposal-{item.pk}", name=detail["name"], brand=detail["brand"]
    )
    food.current = FoodRevision.objects.create(
        food=food,
        source=source,
        magnesium_ug_per_100g=detail["ug_per_100g"],
        derivation=f"from {ORIGINS[detail['origin']]}",
        author=needed_text("author", author, 254),
        reason=answer.strip() or "Proposed by a person and looked up.",
    )
    food.save(update_fields=["current"])
    if detail["portion_weight_mg"] and detail["portion_label"]:
        Portion.objects.create(
            food=food, label=detail["portion_label"], weight_mg=detail["portion_weight_mg"], author=author
        )
    search.reindex([food.pk])
    return food


@transaction.atomic
def forget_items(ids: Collection[UUID]) -> None:
    """Withdraw what was not answered yet, and erase the words of the person from the rest.

    A food that was made of a proposal, or a value that was taken, stays: it is the curator's now.
    """
    items = ReviewItem.objects.select_for_update().filter(pk__in=ids, kind__in=[Kind.REPORT, Kind.PROPOSAL])
    items.filter(state=State.OPEN).delete()
    for item in items.exclude(state=State.OPEN):
        item.detail = {key: item.detail[key] for key in ("ug_per_100g", "origin") if key in item.detail}
        item.answer = ""
        item.save(update_fields=["detail", "answer"])
