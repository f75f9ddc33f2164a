"""Tell the curators: report a wrong value, propose a food, and see what became of it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from uuid6 import uuid7

from foods.models import Food
from intake import services
from intake.errors import IdTaken, NotThere
from intake.finding import food_by_ref
from intake.forms.corrections import ProposalForm, ReportForm
from intake.forms.fields import SENT_BEFORE, add_service_error
from intake.reports import contributions
from intake.views.requests import PersonRequest, day_asked

form_page = require_http_methods(["GET", "HEAD", "POST"])


@form_page
def report_value(request: PersonRequest, ref: str) -> HttpResponse:
    """Report a wrong value of a shared food; 404 for any other."""
    food = food_by_ref(request.user, ref)
    if not isinstance(food, Food):
        raise Http404
    form = ReportForm(request.POST or None, initial={"contribution_id": uuid7()})
    if form.is_bound and form.is_valid():
        sent = form.cleaned_data["contribution_id"]
        if _done(form, _reporting(request, food, form, sent)):
            messages.success(request, "Thank you. It waits for a curator; nothing changes until then.")
            return redirect("intake:settings_contributions")
    return _page(request, "intake/report_form.html", form, food=food, day=day_asked(request))


def _reporting(request: PersonRequest, food: Food, form: ReportForm, sent: UUID) -> Callable[[], object]:
    return lambda: services.report_food(
        user=request.user, food=food, evidence=form.evidence(), contribution_id=sent
    )


@form_page
def propose(request: PersonRequest) -> HttpResponse:
    """Make a food of one's own and propose it for everybody."""
    initial = {"food_id": uuid7(), "name": request.GET.get("name", "")[:200]}
    form = ProposalForm(request.POST or None, initial=initial)
    if form.is_bound and form.is_valid():
        values = form.values()
        if _done(form, lambda: services.propose_own_food(user=request.user, **values)):
            messages.success(request, "It is yours to log from now on, and waits for a curator.")
            return redirect("intake:food", ref=str(values["food_id"]))
    return _page(request, "intake/proposal_form.html", form)


@require_safe
def show_contributions(request: PersonRequest) -> HttpResponse:
    """List what the person sent, and the answers."""
    context = {"sent": contributions(request.user), "section": "settings"}
    return render(request, "intake/settings/contributions.html", context)


@require_POST
def withdraw(request: PersonRequest, contribution_id: UUID) -> HttpResponse:
    """Take back what was not answered yet; 404 for anything else."""
    try:
        services.withdraw(user=request.user, contribution_id=contribution_id)
    except NotThere:
        raise Http404 from None
    messages.success(request, "Withdrawn; no curator sees it any more.")
    return redirect("intake:settings_contributions")


@require_POST
def use_shared(request: PersonRequest, contribution_id: UUID) -> HttpResponse:
    """Log the shared food from now on in place of one's own."""
    try:
        food = services.use_shared(user=request.user, contribution_id=contribution_id, now=timezone.now())
    except NotThere:
        raise Http404 from None
    messages.success(request, "The search offers the shared food from now on. Past entries stay as they are.")
    return redirect("intake:food", ref=str(food.pk))


def _done(form: forms.Form, act: Callable[[], object]) -> bool:
    """Run a service; show what it refuses on the form, and say whether it was done."""
    try:
        act()
    except ValidationError as error:
        add_service_error(form, error)
        return False
    except IdTaken:
        form.add_error(None, SENT_BEFORE)
        return False
    return True


def _page(request: PersonRequest, template: str, form: forms.Form, **context: Any) -> HttpResponse:
    """Return a page with its form: 422 if the form was refused."""
    status = 422 if form.is_bound else 200
    return render(request, template, {"form": form, "section": "day", **context}, status=status)
