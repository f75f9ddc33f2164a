"""What a row of the search would log, and where the day would stand after it."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from uuid import UUID

from django.db.models import Q
from django.urls import reverse
from uuid6 import uuid7

from foods.amounts import magnesium_ug_in, rounded
from foods.measures import number_text
from foods.models import Food, Portion
from foods.sources.records import PLAIN
from foods.text import words
from intake.domain.aim import Aim
from intake.domain.band import Standing
from intake.domain.day import DayTotal, sum_day
from intake.domain.wording import amount_text
from intake.domain.written import uuid_from, whole_from
from intake.finding import FoundFood, Portioned, find_foods, find_supplements, shared_portions
from intake.measuring import again
from intake.models import Entry, Kind, OwnProduct, User
from intake.reports import aims, standing_of
from intake.services import GRAM
from supplements.models import Product

RECENT_DAYS = 90  # how far back "your last portion" looks
HUNDRED_GRAMS_MG = 100_000
STARTERS = ("Nuts, almonds", "Bananas, raw", "Spinach, cooked, boiled, drained, without salt")


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundRow:
    """A row that logs itself: one food or product with the amount that would be logged.

    `magnesium_ug` is for that amount, None if not known; `total_after_ug` and `standing_after` are the
    day's after logging it, None where they cannot be said.
    """

    kind: str  # "food", "own_food", "product" or "own_product"
    field: str  # the form's field that takes `ref`: "food" or "supplement"
    ref: str
    entry_id: UUID
    name: str
    brand: str
    detail: str
    portion: str  # id of the portion; empty: `weight_g`, servings, or words such as "2 tbsp"
    quantity: str
    weight_g: Decimal | None
    portion_label: str
    magnesium_ug: int | None
    mark: str
    source_title: str
    last_used: bool
    total_after_ug: int | None
    standing_after: Standing | None
    href: str


@dataclass(frozen=True, slots=True)
class LastAmount:
    """How a food was logged last."""

    quantity: Decimal
    unit: str
    unit_weight_mg: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """The amount that is offered first, as the form takes it: `portion` and `quantity`, or `weight_g`.

    Without a portion and a weight the quantity is in words: "2 tbsp".
    """

    portion: str = ""
    quantity: str = "1"
    weight_g: Decimal | None = None
    weight_mg: int
    label: str
    last_used: bool = False


@dataclass(frozen=True, slots=True)
class _Day:
    """What a row is added to."""

    total: DayTotal
    aim: Aim

    def after(self, ug: int | None) -> tuple[int | None, Standing | None]:
        if ug is None:
            return None, None
        total_ug = (self.total.total_ug or 0) + ug
        return total_ug, standing_of(total_ug, self.aim)


def found_rows(user: User, day: dt.date, query: str, limit: int) -> list[FoundRow]:
    """Return what a query finds, supplements first, each row ready to log on `day`."""
    foods = find_foods(user, query, limit)
    products = find_supplements(user, query, limit) if words(query) else []
    if not foods and not products:
        return []

    logged = Entry.objects.of(user).kept().filter(day=day).values_list("kind", "magnesium_ug")
    stand = _Day(sum_day(logged), aims(user).on(day))
    last = last_amounts(user, day, [food.id for food in foods])
    rows = [_product_row(product, stand) for product in products]
    rows += [_food_row(food, last.get(food.id), stand) for food in foods]
    return rows[:limit]


def starter_rows(aim: Aim) -> list[FoundRow]:
    """Return a few everyday foods for an empty day. One query."""
    # By their source, too: there is no index of names.
    starters = Food.objects.shown().filter(name__in=STARTERS, source__code__in=PLAIN)
    portions = (
        Portion.objects.shown()
        .filter(food__in=starters, position=0)
        .select_related("food__edition", "food__upcoming__source", "food__current__source")
        .order_by("food__name")
    )
    stand = _Day(DayTotal(), aim)
    return [_starter_row(portion, stand) for portion in portions[: len(STARTERS)]]


def _starter_row(portion: Portion, stand: _Day) -> FoundRow:
    revision = portion.food.settle().current
    return _food_row(
        FoundFood(
            id=str(portion.food_id),
            own=False,
            name=portion.food.name,
            brand=portion.food.brand,
            category=portion.food.category,
            source_code=revision.source.code if revision else "",
            source_release=revision.source.release if revision else "",
            source_key=portion.food.source_key,
            mark=revision.source.mark if revision else "",
            magnesium_ug_per_100g=revision.magnesium_ug_per_100g if revision else None,
            portions=shared_portions([portion]),
        ),
        None,
        stand,
    )


def offer_for(name: str, portions: Sequence[Portioned], last: LastAmount | None) -> Offer:
    """Return the last amount of a food, if it can be logged again, else its first portion, or 100 g."""
    if last and (offer := _again(name, portions, last)):
        return offer
    if portions:
        first = portions[0]
        return Offer(portion=first.id, weight_mg=first.weight_mg, label=first.label)
    return Offer(weight_g=Decimal(100), weight_mg=HUNDRED_GRAMS_MG, label="100 g")


def _again(name: str, portions: Sequence[Portioned], last: LastAmount) -> Offer | None:
    quantity = number_text(Fraction(last.quantity))
    label = amount_text(last.quantity, last.unit)
    if last.unit == GRAM:
        weight_mg = rounded(last.quantity * last.unit_weight_mg)
        return Offer(weight_g=last.quantity, weight_mg=weight_mg, label=label, last_used=True)
    if portion := next((p for p in portions if p.label == last.unit), None):
        weight_mg = rounded(last.quantity * portion.weight_mg)
        return Offer(portion=portion.id, quantity=quantity, weight_mg=weight_mg, label=label, last_used=True)
    if words := again(last.quantity, last.unit, name, portions):
        text, amount = words
        label = amount_text(Decimal(amount.quantity_milli) / 1000, amount.unit).partition(" (from ")[0]
        return Offer(quantity=text, weight_mg=amount.weight_mg or 0, label=label, last_used=True)
    return None


def _food_row(food: FoundFood, last: LastAmount | None, stand: _Day) -> FoundRow:
    offer = offer_for(food.name, food.portions, last)
    ug = magnesium_ug_in(offer.weight_mg, food.magnesium_ug_per_100g)
    total_after, standing_after = stand.after(ug)
    return FoundRow(
        kind="own_food" if food.own else "food",
        field="food",
        ref=food.id,
        entry_id=uuid7(),
        name=food.name,
        brand=food.brand,
        detail=food.category,
        portion=offer.portion,
        quantity=offer.quantity,
        weight_g=offer.weight_g,
        portion_label=offer.label,
        magnesium_ug=ug,
        mark="?" if ug is None else food.mark,
        source_title="your own food" if food.own else f"{food.source_code} {food.source_release}",
        last_used=offer.last_used,
        total_after_ug=total_after,
        standing_after=standing_after,
        href=reverse("intake:food", args=[food.id]),
    )


def _product_row(product: OwnProduct | Product, stand: _Day) -> FoundRow:
    own = isinstance(product, OwnProduct)
    ug = 0 if product.kind == Kind.TOPICAL else product.magnesium_ug_per_serving
    total_after, standing_after = stand.after(ug)
    return FoundRow(
        kind="own_product" if own else "product",
        field="supplement",
        ref=str(product.pk),
        entry_id=uuid7(),
        name=product.name,
        brand=product.brand if isinstance(product, Product) else "",
        detail=product.get_kind_display(),
        portion="",
        quantity="1",
        weight_g=None,
        portion_label=product.serving,
        magnesium_ug=ug,
        mark="?" if ug is None else "L",
        source_title="the label",
        last_used=False,
        total_after_ug=total_after,
        standing_after=standing_after,
        href=reverse("intake:product", args=[product.pk]),
    )


def last_amounts(user: User, day: dt.date, refs: Sequence[str]) -> dict[str, LastAmount]:
    """Return how each food was logged last in the 90 days up to `day`, by outside id. One query."""
    own = [ref for ref in refs if uuid_from(ref)]
    shared = [int(ref) for ref in refs if whole_from(ref)]
    rows = (
        Entry.objects.of(user)
        .kept()
        .between(day - dt.timedelta(days=RECENT_DAYS), day)
        .filter(Q(food_revision__food__in=shared) | Q(own_food__in=own), unit_weight_mg__isnull=False)
        .order_by("day", "created_at")
        .values_list("food_revision__food_id", "own_food_id", "quantity_milli", "unit", "unit_weight_mg")
    )
    return {
        str(food_id or own_id): LastAmount(Decimal(milli) / 1000, unit, weight or 0)
        for food_id, own_id, milli, unit, weight in rows
    }
