"""Stacks: the page of all, the form of one, taking one and undoing it, and reminders."""

import datetime as dt
from collections.abc import Sequence
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from uuid6 import uuid7

from intake.clock import time_of, today_of
from intake.domain.written import in_reach
from intake.errors import Gone, IdTaken, NotThere
from intake.forms.fields import SENT_BEFORE, add_service_error
from intake.forms.routines import (
    ReminderForm,
    StackForm,
    TakeForm,
    UndoForm,
    named_refs,
    ticked,
    typed_stack,
)
from intake.models import Routine
from intake.reports import StackState, stack_rows, stack_state
from intake.services import (
    change_profile,
    change_routine,
    make_routine,
    remove_routine,
    routine_of,
    stop_routine,
    take_stack,
    untake,
)
from intake.shelf import shelf
from intake.views.day import render_day
from intake.views.requests import PersonRequest

MOVED_ON = "This was logged before and taken off since. The day below shows what is saved."
TO_COME = "This day is still to come. What is planned for it stands below."
form_page = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def stacks(request: PersonRequest) -> HttpResponse:
    """Show the person's stacks: how each goes, and how it was kept."""
    today = today_of(request.user)
    context = {"rows": stack_rows(request.user, today), "today": today, "section": "supplements"}
    return render(request, "intake/stacks.html", context)


@form_page
def new_stack(request: PersonRequest) -> HttpResponse:
    """Make a stack; `step=find` looks for more products and keeps what was typed."""
    today = today_of(request.user)
    start: dict[str, Any] = {"routine_id": uuid7(), "valid_from": today}
    refs = [request.GET["add"]] if "add" in request.GET else []
    for ref in refs:
        start |= ticked(ref)
    return _stack_page(request, today, start, refs)


@form_page
def show_stack(request: PersonRequest, routine_id: UUID) -> HttpResponse:
    """Show a stack, and change how it goes from a day on; another person's is not there."""
    today = today_of(request.user)
    try:
        state = stack_state(routine_of(request.user, routine_id), today)
    except NotThere:
        raise Http404 from None
    start = {**StackForm.initial_of(state.plan, state.items), "valid_from": state.changes_from}
    return _stack_page(request, today, start, [item.ref for item in state.items], state)


def _stack_page(
    request: PersonRequest,
    today: dt.date,
    start: dict[str, Any],
    refs: Sequence[str],
    state: StackState | None = None,
) -> HttpResponse:
    post, query = request.POST, request.POST.get("q", "")[:200]
    asked = [*refs, *named_refs(post)]
    if request.method != "POST" or post.get("step") == "find":
        products = shelf(request.user, today, refs=asked, query=query)
        initial = start | (typed_stack(post) if request.method == "POST" else {})
        return _show(request, StackForm(initial=initial, products=products), state, query)
    form = StackForm(post, products=shelf(request.user, today, refs=asked))
    if not form.is_valid():
        return _show(request, form, state, status=422)
    try:
        saved = _save(request, form, today, state)
    except ValidationError as error:
        add_service_error(form, error)
        return _show(request, form, state, status=422)
    except IdTaken:
        form.add_error(None, SENT_BEFORE)
        return _show(request, form, state, status=422)
    messages.success(request, f"Saved: {saved.name}.")
    return redirect("intake:stacks")


def _save(request: PersonRequest, form: StackForm, today: dt.date, state: StackState | None) -> Routine:
    said = form.cleaned_data
    common = {
        "user": request.user,
        "name": said["name"],
        "plan": form.plan(),
        "today": today,
        "now": timezone.now(),
        "valid_from": said["valid_from"],
    }
    if state is None:
        return make_routine(routine_id=said["routine_id"], **common)
    return change_routine(routine_id=state.routine.pk, **common)


def _show(
    request: PersonRequest, form: StackForm, state: StackState | None, query: str = "", status: int = 200
) -> HttpResponse:
    context = {"form": form, "state": state, "query": query, "section": "supplements"}
    return render(request, "intake/stack_form.html", context, status=status)


@require_POST
def stop_stack(request: PersonRequest, routine_id: UUID) -> HttpResponse:
    """Plan nothing of a stack from today on."""
    try:
        stop_routine(
            user=request.user, routine_id=routine_id, today=today_of(request.user), now=timezone.now()
        )
    except NotThere:
        raise Http404 from None
    messages.success(request, "Stopped from today on. What was planned before stays as it was.")
    return redirect("intake:stacks")


@require_POST
def delete_stack(request: PersonRequest, routine_id: UUID) -> HttpResponse:
    """Throw a stack away with all its plans."""
    try:
        remove_routine(user=request.user, routine_id=routine_id, now=timezone.now())
    except NotThere:
        raise Http404 from None
    messages.success(request, "Deleted. What you took stays in the diary.")
    return redirect("intake:stacks")


# Taking --------------------------------------------------------------------------------------------


@require_POST
def take(request: PersonRequest, routine_id: UUID) -> HttpResponse:
    """Log the ticked doses of a stack, then show the day again; 422 with the reason when it is refused."""
    form, today = TakeForm(request.POST), today_of(request.user)
    _known_or_404(request, routine_id)
    if not form.is_valid() or not in_reach(form.cleaned_data["day"]):
        return render_day(request, today, problem="This stack could not be logged.", status=422)
    day = form.cleaned_data["day"]
    problem = TO_COME if day > today else ""
    if not problem:
        try:
            take_stack(
                user=request.user,
                routine_id=routine_id,
                day=day,
                occasion=form.cleaned_data["occasion"],
                doses=form.doses(),
                time=form.time_on(today, time_of(request.user)),
            )
        except NotThere:
            raise Http404 from None
        except ValidationError as error:
            problem = " ".join(error.messages)
        except (Gone, IdTaken):
            problem = MOVED_ON
    if problem:
        return render_day(request, day, problem=problem, status=422)
    return _day_again(request, day)


@require_POST
def undo_take(request: PersonRequest, routine_id: UUID) -> HttpResponse:
    """Take doses of a stack off their day again."""
    form = UndoForm(request.POST)
    day = form.cleaned_data["day"] if form.is_valid() else today_of(request.user)
    try:
        untake(user=request.user, routine_id=routine_id, entry_ids=form.entry_ids(), now=timezone.now())
    except NotThere:
        raise Http404 from None
    return _day_again(request, day if in_reach(day) else today_of(request.user))


def _day_again(request: PersonRequest, day: dt.date) -> HttpResponse:
    return render_day(request, day) if request.htmx else redirect("intake:day", day=day)


def _known_or_404(request: PersonRequest, routine_id: UUID) -> None:
    try:
        routine_of(request.user, routine_id)
    except NotThere:
        raise Http404 from None


# Reminders -----------------------------------------------------------------------------------------


@form_page
def settings_reminders(request: PersonRequest) -> HttpResponse:
    """Turn reminders by e-mail on or off."""
    user = request.user
    posted = request.POST if request.method == "POST" else None
    form = ReminderForm(posted, initial={"reminders": user.profile.reminders})
    if form.is_bound and form.is_valid():
        change_profile(user=user, reminders=form.cleaned_data["reminders"])
        messages.success(request, "Saved.")
        return redirect("intake:settings_reminders")
    profile = user.profile
    next_at = profile.remind_at and profile.remind_at.astimezone(ZoneInfo(profile.tz)).replace(tzinfo=None)
    context = {"form": form, "profile": profile, "next_at": next_at, "section": "settings"}
    return render(request, "intake/settings/reminders.html", context)
