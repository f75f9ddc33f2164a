"""Entries: add, change, delete, bring back; the day is shown again after each."""

import datetime as dt
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST
from django_htmx.http import retarget

from intake.domain.written import whole_from
from intake.errors import Gone, IdTaken, NotThere, Stale
from intake.finding import food_by_ref
from intake.forms.entries import AddEntryForm, ChangeEntryForm, MarkForm, WaterForm
from intake.forms.fields import add_service_error
from intake.models import Entry
from intake.reports import entry_row
from intake.services import (
    add_glass,
    delete_entry,
    entry_of,
    log_water,
    mark_day,
    restore_entry,
)
from intake.views.day import render_day
from intake.views.food import render_food
from intake.views.requests import PersonRequest

TAKEN = "This was already logged with other content. The day below shows what is saved."
GONE = "This entry was deleted. Search again to log it anew."
STALE = "This was changed in another window. The day below shows what is saved."


@require_POST
def add_entry(request: PersonRequest, day: dt.date) -> HttpResponse:
    """Log one food or supplement, then show the day again; 422 with the reason when it is refused.

    What was put in on the page of the food is shown there again.
    """
    form = AddEntryForm(request.POST, user=request.user)
    if not form.is_valid():
        if form.from_its_page and food_by_ref(request.user, form.data["food"]):
            return render_food(request, form.data["food"], day, form=form)
        return render_day(request, day, form=form, status=422)

    try:
        logged = form.save(day)
    except ValidationError as error:
        return render_day(request, day, problem=" ".join(error.messages), status=422)
    except IdTaken:
        return render_day(request, day, problem=TAKEN, status=422)
    except Gone:
        return render_day(request, day, problem=GONE, status=422)
    return _day_again(request, day, logged=logged.entry)


@require_POST
def add_water(request: PersonRequest, day: dt.date) -> HttpResponse:
    """Log one more glass of tap water: on the day's entry when its version is named, else a new one."""
    form = WaterForm(request.POST)
    if not form.is_valid():
        return render_day(request, day, problem="This glass could not be logged.", status=422)

    entry_id, version = form.cleaned_data["entry_id"], form.cleaned_data["version"]
    try:
        if version is None:
            log_water(user=request.user, day=day, entry_id=entry_id)
        else:
            add_glass(user=request.user, entry_id=entry_id, version=version)
    except ValidationError as error:
        return render_day(request, day, problem=" ".join(error.messages), status=422)
    except (Stale, IdTaken, Gone, NotThere):
        return render_day(request, day, problem=STALE, status=409)
    return _day_again(request, day)


@require_POST
def set_mark(request: PersonRequest, day: dt.date) -> HttpResponse:
    """Say how far the day was logged."""
    form = MarkForm(request.POST)
    if not form.is_valid():
        return render_day(request, day, problem="A day is complete, partial or not tracked.", status=422)

    try:
        mark_day(user=request.user, day=day, mark=form.cleaned_data["mark"] or None)
    except ValidationError as error:
        return render_day(request, day, problem=" ".join(error.messages), status=422)
    return _day_again(request, day)


@require_http_methods(["GET", "HEAD", "POST"])
def entry(request: PersonRequest, entry_id: UUID) -> HttpResponse:
    """Show an entry's form, or change it; 409 with both versions when it was changed elsewhere."""
    saved = _entry_or_404(request, entry_id)
    if request.method != "POST":
        return _show_entry(request, saved, ChangeEntryForm(entry=saved))

    day = saved.day
    form = ChangeEntryForm(request.POST, entry=saved)
    if not form.is_valid():
        return _show_entry(request, saved, form, status=422)
    try:
        changed = form.save(request.user)
    except Stale as stale:
        fresh = ChangeEntryForm(entry=stale.current)
        return _show_entry(
            request,
            stale.current,
            fresh,
            yours={"said": form.said(), "time": form.cleaned_data["time"]},
            status=409,
        )
    except ValidationError as error:
        add_service_error(form, error)
        return _show_entry(request, saved, form, status=422)
    except NotThere:
        raise Http404 from None
    if request.htmx and changed.day != day:  # the page around the fragment is still that of the day before
        return render_day(request, day, moved=changed)
    return _day_again(request, changed.day)


@require_POST
def remove_entry(request: PersonRequest, entry_id: UUID) -> HttpResponse:
    """Take an entry out of the diary and offer to bring it back."""
    saved = _entry_or_404(request, entry_id)
    try:
        delete_entry(
            user=request.user,
            entry_id=entry_id,
            version=_version(request, saved),
            now=timezone.now(),
        )
    except Stale:
        return render_day(request, saved.day, problem=STALE, status=409)
    except NotThere:
        raise Http404 from None
    if request.htmx:
        return render_day(request, saved.day, undo=saved)
    return redirect(f"{reverse('intake:day', args=[saved.day])}?undo={entry_id}")


@require_POST
def bring_back_entry(request: PersonRequest, entry_id: UUID) -> HttpResponse:
    """Undo a deletion."""
    try:
        restored = restore_entry(user=request.user, entry_id=entry_id, now=timezone.now())
    except NotThere:
        raise Http404 from None
    return _day_again(request, restored.day)


def _show_entry(
    request: PersonRequest,
    saved: Entry,
    form: ChangeEntryForm,
    *,
    yours: dict[str, object] | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {"row": entry_row(saved), "form": form, "yours": yours, "day": saved.day, "section": "day"}
    if not request.htmx:
        return render(request, "intake/entry.html", context, status=status)
    fragment = render(request, "intake/_entry_form.html", context, status=status)
    return retarget(fragment, f"#entry-{saved.pk}")  # a change aims at the day, a refusal at its own row


def _day_again(request: PersonRequest, day: dt.date, *, logged: Entry | None = None) -> HttpResponse:
    return render_day(request, day, logged=logged) if request.htmx else redirect("intake:day", day=day)


def _entry_or_404(request: PersonRequest, entry_id: UUID) -> Entry:
    try:
        return entry_of(request.user, entry_id)
    except NotThere:
        raise Http404 from None


def _version(request: PersonRequest, saved: Entry) -> int:
    """Return the version the person saw; a form that names none means the saved one."""
    seen = whole_from(request.POST.get("version", ""), 9)
    return saved.version if seen is None else seen
