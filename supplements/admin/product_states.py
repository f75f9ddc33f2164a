"""The history of a product: its states, the newest first, and back to any of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse

from supplements.labels import UG_PER_MG
from supplements.models import Product
from supplements.services import State, revert_product, states_of

Desk = ModelAdmin[Product]
NAMES = {
    "gtin": "barcode",
    "off_market": "off the market",
    "magnesium_ug_per_serving": "magnesium a serving",
    "retired_at": "state",
    "lines": "label",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A state as it is shown."""

    state: State
    what: tuple[tuple[str, str, str], ...]  # field, before, after
    magnesium: str
    can_go_back: bool


def show(desk: Desk, request: HttpRequest, object_id: str) -> HttpResponse:
    """Show the states of a product."""
    if not desk.has_view_permission(request):
        raise PermissionDenied
    product = product_or_404(object_id)
    may_change = desk.has_change_permission(request, product)
    lines = [
        Line(
            state=state,
            what=tuple(_worded(state)),
            magnesium=mg_text(state.magnesium_ug),
            can_go_back=may_change and state.leads_back,
        )
        for state in states_of(product)
    ]
    context = desk.admin_site.each_context(request) | {
        "title": f"History of {product}",
        "opts": desk.opts,
        "product": product,
        "lines": lines,
    }
    return TemplateResponse(request, "admin/supplements/product/states.html", context)


def go_back(desk: Desk, request: HttpRequest, object_id: str, state_id: int) -> HttpResponse:
    """Give a product back what it had in a state, as one more state."""
    product = product_or_404(object_id)
    if request.method != "POST":
        raise Http404("No such page.")
    if not desk.has_change_permission(request, product):
        raise PermissionDenied
    try:
        revert_product(product.pk, state_id, author=who(request))
    except ValidationError as problem:
        desk.message_user(request, " ".join(problem.messages), messages.ERROR)
    else:
        desk.message_user(request, f"{product} is as it was then. What was logged stays as it is.")
    return HttpResponseRedirect(reverse("admin:supplements_product_history", args=[product.pk]))


def product_or_404(object_id: str) -> Product:
    """Return a product by the id in an address. Raises Http404."""
    whole = int(object_id) if object_id.isascii() and object_id.isdecimal() and len(object_id) < 19 else 0
    product = Product.objects.filter(pk=whole).first()
    if product is None:
        raise Http404("No such product.")
    return product


def who(request: HttpRequest) -> str:
    """Return the name that stands in the history."""
    return request.user.get_username()


def mg_text(ug: int | None) -> str:
    """Return "100 mg", or "not known"."""
    return "not known" if ug is None else f"{(Decimal(ug) / UG_PER_MG).normalize():f} mg"


def _worded(state: State) -> Iterator[tuple[str, str, str]]:
    for field, before, after in state.changes:
        yield NAMES.get(field, field), _said(field, before), _said(field, after)


def _said(field: str, value: Any) -> str:
    match field:
        case "magnesium_ug_per_serving":
            return mg_text(value)
        case "retired_at":
            return "offered" if value is None else "retired"
        case "off_market":
            return "yes" if value else "no"
    return str(value) or "none"
