"""A food: where every figure of it comes from, and a form to log it."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from uuid6 import uuid7

from foods.amounts import magnesium_ug_in
from foods.models import Food, FoodRevision, Portion
from foods.services import winner_food
from intake.errors import IdTaken, NotThere
from intake.finding import Portioned, food_by_ref, portions_of, shared_portions
from intake.forms.entries import AddEntryForm
from intake.forms.fields import SENT_BEFORE
from intake.forms.own import OwnFoodForm
from intake.models import OwnFood, Slot
from intake.offers import Offer, last_amounts, offer_for
from intake.services import make_own_food, retire_own
from intake.views.requests import PersonRequest, clock_on, day_asked


@dataclass(frozen=True, slots=True, kw_only=True)
class PortionRow:
    """A portion with its magnesium, None if not known."""

    id: str
    label: str
    weight_mg: int
    magnesium_ug: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FoodPage:
    """What the page tells of a food, shared or the person's own."""

    ref: str
    own: bool
    name: str
    brand: str
    category: str
    retired: bool
    winner: Food | None  # what it is merged into
    magnesium_ug_per_100g: int | None
    revisions: tuple[FoodRevision, ...]  # newest first; none for an own food
    current_id: int | None
    portions: tuple[PortionRow, ...]

    def measures(self) -> tuple[Portioned, ...]:
        """Return the portions as they can be logged."""
        return tuple(Portioned(id=p.id, label=p.label, weight_mg=p.weight_mg) for p in self.portions)


@dataclass(frozen=True, slots=True, kw_only=True)
class LogBoxes:
    """What stands in the boxes that log a food; `last` names the ones that hold the person's last amount."""

    quantity: str = "1"
    portion: str = ""
    weight_g: str = "100"
    last: str = ""

    @classmethod
    def first(cls, offer: Offer) -> "LogBoxes":
        """Return what is offered: the last amount, else the food's first portion."""
        if offer.weight_g is not None:
            weight = f"{offer.weight_g.normalize():f}"
            return cls(weight_g=weight, last="weight" if offer.last_used else "")
        last = "portion" if offer.last_used else ""
        return cls(quantity=offer.quantity, portion=offer.portion, last=last)

    @classmethod
    def again(cls, form: AddEntryForm) -> "LogBoxes":
        """Return what was put in and refused."""
        given = {name: str(form.data.get(name) or "")[:80] for name in ("quantity", "portion", "weight_g")}
        return cls(**{name: text for name, text in given.items() if text})


@require_safe
def show_food(request: PersonRequest, ref: str) -> HttpResponse:
    """Show a food with the source of each figure; another person's own food is not there."""
    return render_food(request, ref, day_asked(request))


def render_food(
    request: PersonRequest, ref: str, day: dt.date, *, form: AddEntryForm | None = None
) -> HttpResponse:
    """Return a food's page; with a `form` that was refused, what was put in and why, as a 422."""
    food = _food_page(request, ref)
    last = last_amounts(request.user, day, [food.ref]).get(food.ref)
    context = {
        "food": food,
        "day": day,
        "entry_id": uuid7(),
        "slots": Slot.choices,
        "section": "day",
        "log": LogBoxes.again(form) if form else LogBoxes.first(offer_for(food.name, food.measures(), last)),
        "form": form,
        **clock_on(request.user, day),
    }
    return render(request, "intake/food.html", context, status=422 if form else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def new_own_food(request: PersonRequest) -> HttpResponse:
    """Make a food of one's own."""
    initial = {"food_id": uuid7(), "name": request.GET.get("name", "")[:200]}
    form = OwnFoodForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            food = make_own_food(user=request.user, **form.values())
            return redirect("intake:food", ref=str(food.pk))
        except ValidationError as error:
            form.add_error(None, error.messages)
        except IdTaken:
            form.add_error(None, SENT_BEFORE)
    context = {"form": form, "section": "day"}
    return render(request, "intake/own_food_form.html", context, status=422 if form.errors else 200)


@require_POST
def retire_own_food(request: PersonRequest, food_id: UUID) -> HttpResponse:
    """Take an own food out of the search; past entries stay as they are."""
    try:
        retire_own(user=request.user, model=OwnFood, row_id=food_id, now=timezone.now())
    except NotThere:
        raise Http404 from None
    return redirect("intake:today")


def _food_page(request: PersonRequest, ref: str) -> FoodPage:
    food = food_by_ref(request.user, ref, retired=True)
    if food is None:
        raise Http404
    return _own_page(food) if isinstance(food, OwnFood) else _shared_page(food)


def _own_page(own: OwnFood) -> FoodPage:
    return FoodPage(
        ref=str(own.pk),
        own=True,
        name=own.name,
        brand="",
        category="",
        retired=own.retired_at is not None,
        winner=None,
        magnesium_ug_per_100g=own.magnesium_ug_per_100g,
        revisions=(),
        current_id=None,
        portions=_portion_rows(portions_of(own), own.magnesium_ug_per_100g),
    )


def _shared_page(food: Food) -> FoodPage:
    per_100g = food.magnesium_ug_per_100g
    portions = Portion.objects.shown().filter(food=food).order_by("position", "pk")
    return FoodPage(
        ref=str(food.pk),
        own=False,
        name=food.name,
        brand=food.brand,
        category=food.category,
        retired=food.retired_at is not None or food.merged_into_id is not None or food.is_hidden,
        winner=winner_food(food),
        magnesium_ug_per_100g=per_100g,
        revisions=tuple(food.shown_revisions()),
        current_id=food.current_id,
        portions=_portion_rows(shared_portions(portions), per_100g),
    )


def _portion_rows(portions: tuple[Portioned, ...], ug_per_100g: int | None) -> tuple[PortionRow, ...]:
    return tuple(
        PortionRow(
            id=portion.id,
            label=portion.label,
            weight_mg=portion.weight_mg,
            magnesium_ug=magnesium_ug_in(portion.weight_mg, ug_per_100g),
        )
        for portion in portions
    )
