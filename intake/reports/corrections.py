"""Corrections on offer: the past entries that hold another figure than the table does now."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, F, Max, Min, OuterRef, Q, QuerySet, Sum

from foods.amounts import magnesium_ug_in
from foods.models import Change, FoodRevision, Source
from intake.domain.corrections import Difference, added_up, difference
from intake.domain.wording import amount_text
from intake.models import (
    MAX_ENTRY_UG,
    Entry,
    EntryQuerySet,
    KeptFigure,
    User,
    figure_now,
    offered_entries,
    outdated_revisions,
)

MOST_FOODS = 200  # drawn of a list: those that move most
MOST_ENTRIES = 400  # drawn of a food or a record: the newest


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A food whose table says another value now, and what taking it would do to past entries."""

    now_id: int  # the revision on offer
    food_id: int
    name: str
    old: tuple[int | None, ...]  # µg per 100 g that entries keep; None: no value
    now_ug: int | None  # µg per 100 g that the table says now
    difference: Difference


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where a figure comes from, and who put it in use and why: a curator, else both texts are empty."""

    source: Source
    record: str
    author: str
    reason: str
    at: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class FoodOffer:
    """An offer with the days it is about, and who or what changed the figure and why."""

    offer: Offer
    origin: Origin
    days: int
    first: dt.date
    last: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferList:
    """All that is offered to a person, those foods first that move most."""

    foods: tuple[FoodOffer, ...]
    difference: Difference

    @property
    def seen(self) -> str:
        """Return what a form carries to say which figures the person saw: "12,15"."""
        return ",".join(str(row.offer.now_id) for row in self.foods)

    @property
    def drawn(self) -> tuple[FoodOffer, ...]:
        """Return what a page draws of it."""
        return self.foods[:MOST_FOODS]


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryChange:
    """An entry before and after. `state` is of a record: "", "changed" since, "back" as it was, or "gone"."""

    id: UUID
    day: dt.date | None
    label: str
    amount: str
    before_ug: int | None
    after_ug: int | None
    state: str = ""


# What is offered -----------------------------------------------------------------------------------


def with_offers(entries: EntryQuerySet, user: User) -> EntryQuerySet:
    """Read along, in the same query, what `day_offers` looks at."""
    food = "food_revision__food"
    refused = KeptFigure.objects.of(user).filter(revision=OuterRef("now_id"))
    return (
        entries.alias(now_id=figure_now(food))
        .annotate(refused=Exists(refused))
        .select_related(f"{food}__edition", f"{food}__current", f"{food}__upcoming")
    )


def day_offers(entries: Iterable[Entry]) -> tuple[Offer, ...]:
    """Return what is offered for entries read by `with_offers`, one offer a food. No query."""
    offers: dict[int, Offer] = {}
    for offer in filter(None, map(_offer_for, entries)):
        before = offers.get(offer.now_id)
        offers[offer.now_id] = _joined(before, offer) if before else offer
    return tuple(offers.values())


def _offer_for(entry: Entry) -> Offer | None:
    old = entry.food_revision
    if old is None or getattr(entry, "refused", True):
        return None
    food = old.food.settle()
    now = food.current
    if now is None or now.magnesium_ug_per_100g == old.magnesium_ug_per_100g:
        return None
    after_ug = magnesium_ug_in(entry.weight_mg, now.magnesium_ug_per_100g)
    if (after_ug or 0) > MAX_ENTRY_UG:
        return None
    return _offer(now, food.name, [old], difference(entry.magnesium_ug, after_ug))


def _joined(one: Offer, other: Offer) -> Offer:
    old = tuple(dict.fromkeys([*one.old, *other.old]))
    return replace(one, old=old, difference=one.difference + other.difference)


def _offer(now: FoodRevision, name: str, old: Sequence[FoodRevision], moves: Difference) -> Offer:
    return Offer(
        now_id=now.pk,
        food_id=now.food_id,
        name=name,
        old=tuple(dict.fromkeys(revision.magnesium_ug_per_100g for revision in old)),
        now_ug=now.magnesium_ug_per_100g,
        difference=moves,
    )


def offered_difference(user: User) -> Difference:
    """Return what all offers of a person come to. Two queries where there is none, else three."""
    outdated = outdated_revisions(user)
    if not outdated:
        return Difference()
    return difference_of(
        offered_entries(user, outdated).aggregate(**difference_sums("magnesium_ug", "new_ug"))
    )


def offer_list(user: User, now_id: int | None = None) -> OfferList:
    """Return all that is offered to a person, or one figure of it: five queries, two where there is none."""
    outdated = [row for row in outdated_revisions(user) if now_id in (None, row.food.current_id)]
    if not outdated:
        return OfferList(foods=(), difference=Difference())
    entries: QuerySet[Any, Any] = offered_entries(user, outdated)
    groups = (
        entries.order_by()
        .values("now_id")
        .annotate(
            days=Count("day", distinct=True),
            first=Min("day"),
            last=Max("day"),
            **difference_sums("magnesium_ug", "new_ug"),
        )
    )
    by_now: dict[int, list[FoodRevision]] = {}
    for revision in outdated:
        by_now.setdefault(revision.food.current_id or 0, []).append(revision)
    origins = _origins([rows[0] for rows in by_now.values()])
    foods = [
        _food_offer(by_now[row["now_id"]], origins[row["now_id"]], row)
        for row in groups
        if row["now_id"] in by_now  # but for a figure that changed between the two queries
    ]
    foods.sort(key=lambda row: (-row.offer.difference.size_ug, row.offer.name))
    parts, total = added_up([row.offer.difference for row in foods])
    shown = [
        replace(row, offer=replace(row.offer, difference=part))
        for row, part in zip(foods, parts, strict=True)
    ]
    return OfferList(foods=tuple(shown), difference=total)


def _food_offer(old: Sequence[FoodRevision], origin: Origin, row: dict[str, Any]) -> FoodOffer:
    food = old[0].food
    assert food.current is not None  # it is what is offered
    offer = _offer(food.current, food.name, old, difference_of(row))
    return FoodOffer(offer=offer, origin=origin, days=row["days"], first=row["first"], last=row["last"])


def _origins(outdated: Sequence[FoodRevision]) -> dict[int, Origin]:
    """Return by revision on offer where it comes from. Two queries."""
    offered = [revision.food.current for revision in outdated if revision.food.current]
    sources = Source.objects.in_bulk({now.source_id for now in offered})
    acts = Change.objects.filter(food__in=[now.food_id for now in offered], after__has_key="current")
    made = {act.after["current"]: act for act in acts.order_by("pk")}  # the last act that led to a figure
    return {now.pk: _origin(now, sources[now.source_id], made.get(now.pk)) for now in offered}


def _origin(now: FoodRevision, source: Source, act: Change | None) -> Origin:
    if act is None:
        return Origin(
            source=source, record=now.source_key, author=now.author, reason=now.reason, at=now.created_at
        )
    return Origin(
        source=source, record=now.source_key, author=act.author, reason=act.reason, at=act.created_at
    )


def offered_changes(user: User, now_id: int) -> tuple[EntryChange, ...]:
    """Return the entries that a figure is offered for, before and after, newest first, up to 400."""
    outdated = [row for row in outdated_revisions(user) if row.food.current_id == now_id]
    entries = offered_entries(user, outdated).order_by("-day", "-created_at", "pk")[:MOST_ENTRIES]
    return tuple(entry_change(entry, entry.magnesium_ug, getattr(entry, "new_ug", None)) for entry in entries)


def entry_change(entry: Entry, before_ug: int | None, after_ug: int | None, state: str = "") -> EntryChange:
    """Return an entry with its µg before and after."""
    return EntryChange(
        id=entry.pk,
        day=entry.day,
        label=entry.label,
        amount=amount_text(Decimal(entry.quantity_milli) / 1000, entry.unit),
        before_ug=before_ug,
        after_ug=after_ug,
        state=state,
    )


# Sums ----------------------------------------------------------------------------------------------


def difference_sums(before: str, after: str, counted: str = "kind") -> dict[str, Any]:
    """Return the aggregates of a Difference over two columns of µg."""
    gains = Q((before, None), (f"{after}__isnull", False))
    loses = Q((after, None), (f"{before}__isnull", False))
    return {
        "entries_count": Count(counted),
        "change_ug": Sum(F(after) - F(before), default=0),
        "gained": Count(counted, filter=gains),
        "gained_ug": Sum(after, filter=gains, default=0),
        "lost": Count(counted, filter=loses),
        "lost_ug": Sum(before, filter=loses, default=0),
    }


def difference_of(row: dict[str, Any]) -> Difference:
    """Return what the aggregates of `difference_sums` came to."""
    names = ("change_ug", "gained", "gained_ug", "lost", "lost_ug")
    return Difference(entries=row["entries_count"], **{name: int(row[name]) for name in names})
