"""Logged in one step: something on the skin, which counts 0; a laxative or an antacid, which counts."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods
from uuid6 import uuid7

from foods.amounts import mg_from_ug
from intake.errors import Gone, IdTaken
from intake.forms.fields import add_service_error
from intake.forms.quick import MEDICINES, MedicineForm, SkinForm
from intake.models import Kind, OwnProduct
from intake.views.entries import GONE, TAKEN
from intake.views.requests import PersonRequest, clock_on, day_asked
from supplements.compounds import magnesium_fraction
from supplements.labels import LabelReading
from supplements.models import Compound

MOST_OWN = 200
EPSOM_SALT = "MgSO4.7H2O"
BATH_MG = 250_000


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
    reading = None
    if form.is_valid():
        try:
            reading = form.reading()
            if request.POST.get("step") == "log" and request.POST.get("seen") == _seen(reading):
                dose_ug = reading.magnesium_ug
                logged = form.save(request.user, None if dose_ug is None else mg_from_ug(dose_ug))
                return redirect("intake:day", day=logged.entry.day)
        except ValidationError as error:
            add_service_error(form, error)
        except (IdTaken, Gone) as problem:
            form.add_error(None, TAKEN if isinstance(problem, IdTaken) else GONE)
    shown = {"reading": reading, "seen": _seen(reading)} if reading and form.is_valid() else {}
    return _show(request, template, form, status=200 if shown else 422, **shown)


def _seen(reading: LabelReading | None) -> str:
    if reading is None:
        return ""
    return "unknown" if reading.magnesium_ug is None else str(reading.magnesium_ug)


def _bath() -> dict[str, int]:
    """Return what a bath's Epsom salt puts into the water, by its formula."""
    dissolved_mg = int(BATH_MG * magnesium_fraction(EPSOM_SALT))
    return {"bath_mg": BATH_MG, "dissolved_mg": dissolved_mg, "hundredth_ug": dissolved_mg * 10}


def _when(request: PersonRequest) -> dict[str, Any]:
    day = day_asked(request)
    return {"entry_id": uuid7(), "day": day, "time": clock_on(request.user, day)["now"]}


def _show(
    request: PersonRequest, template: str, form: SkinForm | MedicineForm, status: int = 200, **more: Any
) -> HttpResponse:
    context = {"form": form, "section": "supplements", **_bath(), **more}
    return render(request, template, context, status=status)
