"""What a person sent to the curators, and what became of it."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from foods.models import Food, ReviewItem
from intake.models import Contribution, User

MOST = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A report or a proposal as its sender sees it; `food` is the one reported, or the one made of it."""

    id: UUID
    kind: str
    state: str  # "open", "accepted" or "declined"
    label: str
    ug_per_100g: int | None  # as the person gave it
    sent_at: dt.datetime
    answer: str
    food: Food | None
    own_food_id: UUID | None  # of a proposal
    own_in_use: bool

    @property
    def now_ug(self) -> int | None:
        """Return what the shared food says now, µg per 100 g."""
        return self.food.magnesium_ug_per_100g if self.food else None


def contributions(user: User) -> list[Sent]:
    """Return what a person sent, the last first. One query."""
    found = Contribution.objects.of(user).select_related(
        "own_food",
        *("food__edition", "food__current", "food__upcoming"),
        *("item__food__edition", "item__food__current", "item__food__upcoming"),
    )
    return [_sent(row) for row in found.order_by("-created_at", "pk")[:MOST]]


def _sent(row: Contribution) -> Sent:
    food = row.food or (row.item.food if row.item.state == ReviewItem.State.ACCEPTED else None)
    return Sent(
        id=row.pk,
        kind=row.kind,
        state=row.item.state,
        label=row.label,
        ug_per_100g=row.item.detail.get("ug_per_100g"),
        sent_at=row.created_at,
        answer=row.item.answer,
        food=food.settle() if food else None,
        own_food_id=row.own_food_id,
        own_in_use=row.own_food is not None and row.own_food.retired_at is None,
    )
