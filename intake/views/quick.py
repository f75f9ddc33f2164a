"""Logged in one step: something on the skin, which counts 0; a laxative or an antacid, which counts."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods
from uuid6 import uuid7

from foods.amounts import mg_from_ug
from intake.domain.told import vocabulary
from intake.errors import Gone, IdTaken
from intake.forms.fields import add_service_error
from intake.forms.quick import MEDICINES, MedicineForm, SkinForm
from intake.models import Kind, OwnProduct
from intake.views.entries import GONE, TAKEN
from intake.views.requests import PersonRequest, clock_on, day_asked, seen_figure
from supplements.models import Compound

MOST_OWN = 200


@require_http_methods(["GET", "HEAD", "POST"])
def log_on_skin(request: PersonRequest) -> HttpResponse:
    """Log a bath, a spray or a cream: logged, and counted 0."""
    own = OwnProduct.objects.of(request.user).filter(kind=Kind.TOPICAL, retired_at=None)
    products = list(own.order_by("name", "pk")[:MOST_OWN])
    if request.method != "POST":
        return _show(request, "intake/quick_skin.html", SkinForm(initial=_when(request), products=products))
    form = SkinForm(request.POST, products=products)
    if form.is_valid():
        try:
            logged = form.save(request.user)
            return redirect("intake:day", day=logged.entry.day)
        except ValidationError as error:
            add_service_error(form, error)
        except (IdTaken, Gone) as problem:
            form.add_error(None, TAKEN if isinstance(problem, IdTaken) else GONE)
    return _show(request, "intake/quick_skin.html", form, status=422)


@require_http_methods(["GET", "HEAD", "POST"])
def log_medicine(request: PersonRequest) -> HttpResponse:
    """Log a laxative or an antacid; what one dose holds is shown first."""
    compounds = Compound.objects.in_bulk([*MEDICINES])
    template = "intake/quick_medicine.html"
    if request.method != "POST":
        initial = _when(request) | {"doses": "1"}
        return _show(request, template, MedicineForm(initial=initial, compounds=compounds))
    form = MedicineForm(request.POST, compounds=compounds)
    reading, seen = None, ""
    if form.is_valid():
        try:
            reading = form.reading()
            dose_ug = reading.magnesium_ug
            seen = seen_figure(dose_ug)
            if request.POST.get("step") == "log" and request.POST.get("seen") == seen:
                logged = form.save(request.user, None if dose_ug is None else mg_from_ug(dose_ug))
                return redirect("intake:day", day=logged.entry.day)
        except ValidationError as error:
            add_service_error(form, error)
        except (IdTaken, Gone) as problem:
            form.add_error(None, TAKEN if isinstance(problem, IdTaken) else GONE)
    shown = {"reading": reading, "seen": seen} if reading and form.is_valid() else {}
    return _show(request, template, form, status=200 if shown else 422, **shown)


def _bath() -> dict[str, str]:
    """Return what a bath's Epsom salt puts into the water, as the Learn pages tell it."""
    figures = vocabulary().figures
    return {name: figures[f"epsom.{name}"] for name in ("bath", "magnesium", "hundredth")}


def _when(request: PersonRequest) -> dict[str, Any]:
    day = day_asked(request)
    return {"entry_id": uuid7(), "day": day, "time": clock_on(request.user, day)["now"]}


def _show(
    request: PersonRequest, template: str, form: SkinForm | MedicineForm, status: int = 200, **more: Any
) -> HttpResponse:
    context = {"form": form, "section": "supplements", "epsom": _bath(), **more}
    return render(request, template, context, status=status)
