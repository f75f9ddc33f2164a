"""What a curator should look at next: first what mending would do most good for the days people log.

Missing values are read from the foods themselves, so the queue is never behind; the rest are ReviewItems.
"""

import datetime as dt
import heapq
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from foods.models import Food, ReviewItem, along
from foods.services.steps import any_text, needed_text

PAGE = 50
DEEPEST = 40  # pages: nobody works further down than that
Kind, State = ReviewItem.Kind, ReviewItem.State


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One line of the queue. `item` is None for a missing value, `food` for a food that is proposed."""

    kind: str
    weight: int
    food: Food | None
    other: Food | None = None
    item: ReviewItem | None = None

    @property
    def label(self) -> str:
        """Return the kind in words."""
        return str(Kind(self.kind).label)

    @property
    def name(self) -> str:
        """Return what the food is called, or would be."""
        return self.food.name if self.food else str(self.detail.get("name", "a food"))

    @property
    def detail(self) -> dict[str, object]:
        """Return what is known of it, by key."""
        return self.item.detail if self.item else {}


def tasks(kind: str = "", page: int = 1) -> tuple[list[Task], bool]:
    """Return a page of the queue, what mends most first, and whether there is more. Two queries at most.

    `kind` keeps one kind only. Both sources are read by an index, in the order they are shown.
    """
    page = min(max(page, 1), DEEPEST)
    upto = page * PAGE + 1
    streams: list[Iterable[Task]] = []
    if kind in ("", Kind.MISSING):
        streams.append(_missing(missing_values()[:upto]))
    if kind != Kind.MISSING:
        streams.append(_stored(open_items(kind)[:upto]))
    merged = heapq.merge(*streams, key=lambda task: -task.weight)
    rows = [*islice(merged, (page - 1) * PAGE, upto)]
    return rows[:PAGE], len(rows) > PAGE and page < DEEPEST


def missing_values() -> QuerySet[Food]:
    """Return the foods people log that have no value, most logged first; not those a curator left so."""
    left = ReviewItem.objects.filter(food=OuterRef("pk"), kind=Kind.MISSING, state=State.DECLINED)
    return (
        Food.objects.shown()
        .as_seen()
        .select_related("source")
        .valued(known=False)
        .filter(~Exists(left), uses__gt=0)
        .order_by("-uses")
    )


def open_items(kind: str = "") -> QuerySet[ReviewItem]:
    """Return what waits for an answer, the heaviest first."""
    items = ReviewItem.objects.filter(state=State.OPEN)
    if kind:
        items = items.filter(kind=kind)
    return items.select_related(*along("food"), *along("other")).order_by("-weight")


def next_food(after: int | None, kind: str = "", back: bool = False) -> int | None:
    """Return the food after (or before) one in the first screen of the queue; the first for None."""
    ids = [*dict.fromkeys(task.food.pk for task in tasks(kind)[0] if task.food)]
    if after not in ids:
        return ids[0] if ids else None
    place = ids.index(after) + (-1 if back else 1)
    return ids[place] if 0 <= place < len(ids) else None


@transaction.atomic
def close(item: ReviewItem, *, accepted: bool, author: str, answer: str = "", now: dt.datetime) -> None:
    """Take an item off the queue. Raises ValidationError if somebody was first."""
    closed = ReviewItem.objects.filter(pk=item.pk, state=State.OPEN).update(
        state=State.ACCEPTED if accepted else State.DECLINED,
        author=needed_text("author", author, 254),
        answer=any_text("answer", answer, 500),
        closed_at=now,
    )
    if not closed:
        raise ValidationError("Somebody has answered this already.")


@transaction.atomic
def leave_unknown(*, food: Food, author: str, reason: str) -> ReviewItem:
    """Say that a food has no value to be found: it leaves the queue, and stays without one."""
    kept: ReviewItem = ReviewItem.objects.create(
        kind=Kind.MISSING,
        state=State.DECLINED,
        food=food,
        weight=food.uses,
        author=needed_text("author", author, 254),
        answer=needed_text("reason", reason, 500),
        closed_at=timezone.now(),
    )
    return kept


@transaction.atomic
def close_pair(one: int, other: int, *, accepted: bool, author: str, answer: str) -> int:
    """Take the open suspicions that two foods are one off the queue; return how many there were.

    Raises ValidationError for an empty author.
    """
    return ReviewItem.objects.filter(
        food__in=[one, other], other__in=[one, other], kind=Kind.DUPLICATE, state=State.OPEN
    ).update(
        state=State.ACCEPTED if accepted else State.DECLINED,
        author=needed_text("author", author, 254),
        answer=any_text("answer", answer, 500),
        closed_at=timezone.now(),
    )


def _missing(foods: Iterable[Food]) -> Iterable[Task]:
    return (Task(kind=Kind.MISSING, weight=food.uses, food=food) for food in foods)


def _stored(items: Iterable[ReviewItem]) -> Iterable[Task]:
    for item in items:
        food, other = (found.settle() if found else None for found in (item.food, item.other))
        yield Task(kind=item.kind, weight=item.weight, food=food, other=other, item=item)
