"""Supplements: one's own products, and the label reader that makes them."""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.forms import BaseFormSet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from uuid6 import uuid7

from intake.errors import IdTaken, NotThere
from intake.finding import find_supplements, product_by_ref
from intake.forms.own import (
    LineForm,
    ProductForm,
    all_compounds,
    kept_lines,
    line_forms,
    seen_mark,
    typed_lines,
)
from intake.models import OwnProduct, Slot
from intake.services import default_kind, make_own_product, read_label, retire_own
from intake.views.requests import PersonRequest, clock_on, day_asked
from supplements.labels import LabelReading
from supplements.models import Product

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


@require_http_methods(["GET", "HEAD", "POST"])
def new_product(request: PersonRequest) -> HttpResponse:
    """Work out what a label says and keep it as a product.

    `step=check` shows what a serving holds, `step=add` gives one more line, `step=keep` saves what was shown:
    a reading that the person has not seen yet is shown first.
    """
    compounds = all_compounds()
    step = request.POST.get("step")
    if request.method != "POST":
        form = ProductForm(initial={"product_id": uuid7(), "name": request.GET.get("name", "")[:200]})
        return _show_form(request, form, line_forms(compounds))
    if step == "add":
        form = ProductForm(initial=request.POST.dict())
        return _show_form(request, form, line_forms(compounds, typed_lines(request.POST)))

    form, formset = ProductForm(request.POST), line_forms(compounds, data=request.POST)
    fits = all([form.is_valid(), formset.is_valid()])
    lines = kept_lines(formset)
    reading = None
    try:
        if lines and formset.is_valid():
            reading = read_label(lines, str(form.data.get("kind", "")))
        if fits and reading and step == "keep" and request.POST.get("seen") == seen_mark(reading):
            product, _ = make_own_product(user=request.user, lines=lines, **form.cleaned_data)
            return redirect("intake:product", ref=str(product.pk))
    except ValidationError as error:
        form.add_error(None, error.messages)
    except IdTaken:
        form.add_error(None, "This form was sent before with other content. Open it again.")
    if formset.is_valid() and not lines:
        form.add_error(None, "Give at least one line of the label.")
    shown = fits if step == "keep" else reading is not None
    for_skin = bool(lines) and default_kind(lines) == Product.Kind.TOPICAL != form.data.get("kind")
    status = 200 if shown and form.is_valid() else 422
    return _show_form(request, form, formset, reading, for_skin=for_skin, status=status)


@require_safe
def show_product(request: PersonRequest, ref: str) -> HttpResponse:
    """Show a product, its lines, and a form to log servings; another person's is not there."""
    product = _product(request, ref)
    own, day = isinstance(product, OwnProduct), day_asked(request)
    lines = product.ingredients.filter(**({"user": request.user} if own else {}))
    context = {
        "product": product,
        "own": own,
        "lines": lines.select_related("compound").order_by("position"),
        "day": day,
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


def _show_form(
    request: PersonRequest,
    form: ProductForm,
    formset: BaseFormSet[LineForm],
    reading: LabelReading | None = None,
    *,
    for_skin: bool = False,
    status: int = 200,
) -> HttpResponse:
    context = {
        "form": form,
        "formset": formset,
        "reading": reading,
        "for_skin": for_skin,
        "seen": reading and seen_mark(reading),
        "section": "supplements",
    }
    template = "intake/_reading.html" if request.htmx else "intake/product_form.html"
    return render(request, template, context, status=status)
