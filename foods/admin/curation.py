"""A food's value, name or place corrected by hand; and what the pages of the workbench share."""

from typing import Any

from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied, ValidationError
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import urlencode

from foods.admin.forms import CorrectionForm, EditForm
from foods.admin.wording import mg_text
from foods.models import Food
from foods.services import correct_food, edit_food
from foods.services.held import state_of

Desk = ModelAdmin[Food]


def may_view(desk: Desk, request: HttpRequest) -> None:
    """Raise PermissionDenied unless the foods may be looked at."""
    if not desk.has_view_permission(request):
        raise PermissionDenied


def may_change(desk: Desk, request: HttpRequest) -> None:
    """Raise PermissionDenied unless the foods may be changed."""
    if not desk.has_change_permission(request):
        raise PermissionDenied


def food_or_404(food_id: int) -> Food:
    """Return a food as readers see it, with its sources. Raises Http404."""
    food = Food.objects.as_seen().select_related("source", "merged_into").filter(pk=food_id).first()
    if food is None:
        raise Http404("No such food.")
    return food


def whole_or_404(text: str) -> int:
    """Return an id that an address or a form carries. Raises Http404 for anything else."""
    if not (text.isascii() and text.isdecimal() and len(text) < 19):
        raise Http404("No such row.")
    return int(text)


def who(request: HttpRequest) -> str:
    """Return the name that stands in the history."""
    return request.user.get_username()


def page(desk: Desk, request: HttpRequest, template: str, **context: Any) -> TemplateResponse:
    """Return a page of the desk."""
    shared = desk.admin_site.each_context(request) | {
        "opts": desk.opts,
        "may_change": desk.has_change_permission(request),
    }
    return TemplateResponse(request, f"admin/foods/food/{template}.html", shared | context)


def sources_url(food_id: int, asked: QueryDict | None = None) -> str:
    """Return the address of a food's own page at the desk; `asked` may say which queue it is looked at in."""
    address = reverse("admin:foods_food_sources", args=[food_id])
    return f"{address}?{urlencode({'queue': str(asked['queue'])})}" if asked and "queue" in asked else address


def correct(desk: Desk, request: HttpRequest, food_id: int) -> HttpResponse:
    """Ask for a new value and the reason, then give the food a new revision."""
    food = food_or_404(food_id)
    may_change(desk, request)
    form = CorrectionForm(request.POST or None, initial={"seen": state_of(food)})
    if request.method == "POST" and form.is_valid() and _corrected(desk, request, food, form):
        return HttpResponseRedirect(sources_url(food.pk, request.GET))
    return page(
        desk,
        request,
        "correct",
        title=f"Correct the magnesium of {food.name}",
        verb="Correct",
        food=food,
        current=mg_text(food.magnesium_ug_per_100g),
        form=form,
        back=sources_url(food.pk, request.GET),
    )


def _corrected(desk: Desk, request: HttpRequest, food: Food, form: CorrectionForm) -> bool:
    before = mg_text(food.magnesium_ug_per_100g)
    try:
        revision = correct_food(
            food=food,
            magnesium_mg_per_100g=form.cleaned_data["magnesium_mg_per_100g"],
            author=who(request),
            reason=form.cleaned_data["reason"],
            seen=form.cleaned_data["seen"] or None,
        )
    except ValidationError as problem:
        return _told(form, food, problem)
    message = f"Corrected from {before} to {mg_text(revision.magnesium_ug_per_100g)} mg per 100 g."
    desk.message_user(request, message)
    return True


def edit(desk: Desk, request: HttpRequest, food_id: int) -> HttpResponse:
    """Ask for name, brand and category and the reason, then change them."""
    food = food_or_404(food_id)
    may_change(desk, request)
    form = EditForm(
        request.POST or None,
        initial={
            "name": food.name,
            "brand": food.brand,
            "category": food.category,
            "seen": state_of(food),
        },
    )
    if request.method == "POST" and form.is_valid():
        try:
            edit_food(
                food=food,
                **{field: form.cleaned_data[field] for field in ("name", "brand", "category", "reason")},
                author=who(request),
                seen=form.cleaned_data["seen"] or None,
            )
        except ValidationError as problem:
            _told(form, food, problem)
        else:
            desk.message_user(request, f"Changed: {food.name}.")
            return HttpResponseRedirect(sources_url(food.pk, request.GET))
    return page(
        desk,
        request,
        "correct",
        title=f"Name and category of {food.name}",
        verb="Save",
        food=food,
        form=form,
        back=sources_url(food.pk, request.GET),
    )


def _told(form: Form | EditForm, food: Food, problem: ValidationError) -> bool:
    """Show the problem; what was typed stays, and the next try is against the food as it is now."""
    form.add_error(None, problem.messages)
    form.data = dict(form.data.items()) | {"seen": state_of(food_or_404(food.pk))}
    return False
