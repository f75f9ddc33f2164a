"""Corrected foods: look at what is offered, take it, put it back, keep one's own."""

from uuid import UUID, uuid5

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe
from uuid6 import uuid7

from intake.clock import today_of
from intake.domain.written import whole_from
from intake.errors import IdTaken, NotThere
from intake.forms.corrections import TakeForm
from intake.reports import applied_report, applied_reports, kept_figures, offer_list, offered_changes
from intake.services import apply_corrections, keep_figures, offer_again, undo_applied
from intake.views.requests import PersonRequest

NOT_ON_OFFER = "That is not on offer any more. The list shows what is."


@require_safe
def show_offers(request: PersonRequest) -> HttpResponse:
    """List what is offered for all days, and what was taken or refused before."""
    context = {
        "offers": offer_list(request.user),
        "applied": applied_reports(request.user),
        "kept": kept_figures(request.user),
        "applied_id": uuid7(),
        "today": today_of(request.user),
        "section": "settings",
    }
    return render(request, "intake/corrections.html", context)


@require_safe
def show_offer(request: PersonRequest, ref: str) -> HttpResponse:
    """Show the entries that one figure is offered for, before and after; 404 if it is not offered."""
    now_id = whole_from(ref)
    offers = offer_list(request.user, now_id) if now_id else None
    if not now_id or offers is None or not offers.foods:
        raise Http404
    context = {
        "row": offers.foods[0],
        "seen": offers.seen,
        "entries": offered_changes(request.user, now_id),
        "applied_id": uuid7(),
        "today": today_of(request.user),
        "section": "settings",
    }
    return render(request, "intake/correction.html", context)


@require_POST
def take(request: PersonRequest) -> HttpResponse:
    """Give past entries the figures the page showed, then show what became of them."""
    form = TakeForm(request.POST)
    if not form.is_valid():
        return _not_on_offer(request)
    asked = form.cleaned_data
    # One id a button of a page: pressed twice it is one act, and another button is another.
    applied_id = uuid5(asked["applied_id"] or uuid7(), f"{sorted(asked['seen'])} {asked['day']}")
    try:
        applied = apply_corrections(
            user=request.user, applied_id=applied_id, seen=asked["seen"], day=asked["day"]
        )
    except (NotThere, IdTaken):
        return _not_on_offer(request)
    return redirect("intake:applied", applied_id=applied.pk)


@require_POST
def keep(request: PersonRequest) -> HttpResponse:
    """Refuse figures on offer: the entries keep theirs."""
    form = TakeForm(request.POST)
    if not form.is_valid() or not keep_figures(user=request.user, seen=form.cleaned_data["seen"]):
        return _not_on_offer(request)
    messages.success(request, "Your entries keep their figures. It stands below, if you change your mind.")
    return redirect("intake:corrections")


@require_POST
def offer(request: PersonRequest) -> HttpResponse:
    """Offer a figure again that was refused."""
    try:
        offer_again(user=request.user, revision_id=whole_from(request.POST.get("seen", "")) or 0)
    except NotThere:
        return _not_on_offer(request)
    return redirect("intake:corrections")


@require_safe
def show_applied(request: PersonRequest, applied_id: UUID) -> HttpResponse:
    """Show the entries that took new figures at one time."""
    report = applied_report(request.user, applied_id)
    if report is None:
        raise Http404
    days = {entry.day for entry in report.entries if entry.day}
    context = {
        "report": report,
        "only_day": days.pop() if len(days) == 1 else None,
        "today": today_of(request.user),
        "section": "settings",
    }
    return render(request, "intake/applied.html", context)


@require_POST
def undo(request: PersonRequest, applied_id: UUID) -> HttpResponse:
    """Put back the figures of one time, then show which are back."""
    try:
        undo_applied(user=request.user, applied_id=applied_id, now=timezone.now())
    except NotThere:
        raise Http404 from None
    return redirect("intake:applied", applied_id=applied_id)


def _not_on_offer(request: PersonRequest) -> HttpResponse:
    messages.info(request, NOT_ON_OFFER)
    return redirect("intake:corrections")
