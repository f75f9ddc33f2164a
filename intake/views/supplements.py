"""Supplements: the list, a product with its label, and taking one's own out of the list."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe
from uuid6 import uuid7

from intake.errors import NotThere
from intake.finding import find_supplements, product_by_ref
from intake.measuring import units_of
from intake.models import OwnProduct, Slot
from intake.services import retire_own
from intake.views.requests import PersonRequest, clock_on, day_asked
from supplements.models import Product
from supplements.services import newer_product

MOST_SHOWN = 200


@require_safe
def list_supplements(request: PersonRequest) -> HttpResponse:
    """Show the person's own products, and the catalogue's that fit a query."""
    query = request.GET.get("q", "")[:200]
    products = find_supplements(request.user, query, MOST_SHOWN)
    day = day_asked(request)
    context = {
        "products": [(product, isinstance(product, OwnProduct), uuid7()) for product in products],
        "query": query,
        "day": day,
        "section": "supplements",
        **clock_on(request.user, day),
    }
    return render(request, "intake/supplements.html", context)


@require_safe
def show_product(request: PersonRequest, ref: str) -> HttpResponse:
    """Show a product, its lines, and a form to log servings; another person's is not there."""
    product = _product(request, ref)
    own, day = isinstance(product, OwnProduct), day_asked(request)
    lines = product.ingredients.filter(**({"user": request.user} if own else {}))
    newer = newer_product(product) if isinstance(product, Product) and product.retired_at else None
    context = {
        "product": product,
        "own": own,
        "newer": newer,
        "lines": lines.select_related("compound").order_by("position"),
        "day": day,
        "measures": " or ".join(units_of(product.serving)),
        "entry_id": uuid7(),
        "slots": Slot.choices,
        "section": "supplements",
        **clock_on(request.user, day),
    }
    return render(request, "intake/product.html", context)


@require_POST
def retire_product(request: PersonRequest, product_id: UUID) -> HttpResponse:
    """Take an own product out of the lists; past entries stay as they are."""
    try:
        retire_own(user=request.user, model=OwnProduct, row_id=product_id, now=timezone.now())
    except NotThere:
        raise Http404 from None
    return redirect("intake:supplements")


def _product(request: PersonRequest, ref: str) -> OwnProduct | Product:
    product = product_by_ref(request.user, ref, retired=True)
    if product is None:
        raise Http404
    return product
