"""The private lists: medicines with their times, and conditions; each is erased by itself."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from intake.domain.conditions import condition_notes
from intake.errors import NotThere
from intake.forms.fields import add_service_error
from intake.forms.timing import ConditionsForm, MedicineForm
from intake.reports import conditions_of, medicine_rows
from intake.services import drop_medicine, erase_medicines, list_medicine, tick_conditions
from intake.views.requests import PersonRequest


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def settings_timing(request: PersonRequest) -> HttpResponse:
    """Show the person's list of medicines and their gaps, and add to it."""
    form = MedicineForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            list_medicine(user=request.user, **form.listed())
        except ValidationError as error:
            add_service_error(form, error)
        else:
            messages.success(request, "It is in your list.")
            return redirect("intake:settings_timing")
    return _page(request, "intake/settings/timing.html", form, rows=medicine_rows(request.user))


@require_POST
def timing_remove(request: PersonRequest, medicine_id: UUID) -> HttpResponse:
    """Take one line off the list; 404 for any other person's."""
    try:
        drop_medicine(user=request.user, medicine_id=medicine_id)
    except NotThere as error:
        raise Http404 from error
    messages.success(request, "It is off your list, and erased.")
    return redirect("intake:settings_timing")


@require_POST
def timing_erase(request: PersonRequest) -> HttpResponse:
    """Erase the list of medicines."""
    erase_medicines(user=request.user)
    messages.success(request, "Your list is erased.")
    return redirect("intake:settings_timing")


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def settings_care(request: PersonRequest) -> HttpResponse:
    """Show the conditions with the notes of those ticked, and keep what is ticked."""
    ticked = conditions_of(request.user)
    initial = {"slugs": [condition.slug for condition in ticked]}
    form = ConditionsForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_bound and form.is_valid():
        tick_conditions(user=request.user, slugs=form.cleaned_data["slugs"])
        messages.success(request, "Saved.")
        return redirect("intake:settings_care")
    notes = condition_notes(condition.slug for condition in ticked)
    return _page(request, "intake/settings/care.html", form, notes=notes)


@require_POST
def care_erase(request: PersonRequest) -> HttpResponse:
    """Erase every condition that was ticked."""
    tick_conditions(user=request.user, slugs=())
    messages.success(request, "Nothing is ticked any more; what was is erased.")
    return redirect("intake:settings_care")


def _page(
    request: PersonRequest, template: str, form: MedicineForm | ConditionsForm, **context: Any
) -> HttpResponse:
    """Return a page with its form: 422 if the form was refused."""
    status = 422 if form.is_bound else 200
    return render(request, template, {"form": form, "section": "settings", **context}, status=status)
