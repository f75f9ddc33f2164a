"""A food: where every figure of it comes from, and a form to log it."""

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
from intake.errors import IdTaken, NotThere
from intake.finding import Portioned, food_by_ref, portions_of, shared_portions
from intake.forms.own import OwnFoodForm
from intake.models import OwnFood, Slot
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
    magnesium_ug_per_100g: int | None
    revisions: tuple[FoodRevision, ...]  # newest first; none for an own food
    current_id: int | None
    portions: tuple[PortionRow, ...]


@require_safe
def show_food(request: PersonRequest, ref: str) -> HttpResponse:
    """Show a food with the source of each figure; another person's own food is not there."""
    day = day_asked(request)
    context = {
        "food": _food_page(request, ref),
        "day": day,
        "entry_id": uuid7(),
        "slots": Slot.choices,
        "section": "day",
        **clock_on(request.user, day),
    }
    return render(request, "intake/food.html", context)


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
            form.add_error(None, "This form was sent before with other content. Open it again.")
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
        magnesium_ug_per_100g=own.magnesium_ug_per_100g,
        revisions=(),
        current_id=None,
        portions=_portion_rows(portions_of(own), own.magnesium_ug_per_100g),
    )


def _shared_page(food: Food) -> FoodPage:
    revisions = food.revisions.select_related("source").order_by("-created_at", "-id")
    per_100g = food.current.magnesium_ug_per_100g if food.current else None
    portions = Portion.objects.shown().filter(food=food).order_by("position", "pk")
    return FoodPage(
        ref=str(food.pk),
        own=False,
        name=food.name,
        brand=food.brand,
        category=food.category,
        retired=food.retired_at is not None or food.merged_into_id is not None,
        magnesium_ug_per_100g=per_100g,
        revisions=tuple(revisions),
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
