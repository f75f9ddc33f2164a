"""The day: its gauge, its entries, and the search that adds to it."""

import datetime as dt

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe
from uuid6 import uuid7

from intake import charts
from intake.clock import today_of
from intake.domain.corrections import Difference
from intake.domain.written import uuid_from
from intake.forms.entries import AddEntryForm
from intake.models import FIRST_DAY, LAST_DAY, Entry, Kind, Profile
from intake.offers import found_rows, starter_rows
from intake.reports import DayReport, EntryRow, day_plan, day_report, offered_difference
from intake.services import glass_of
from intake.views.requests import PersonRequest, clock_on

ONE_DAY = dt.timedelta(days=1)
LIST, PAGE = 8, 20  # rows of a search: what can be seen at once under the field, and on a page of its own


@require_safe
def today(request: PersonRequest) -> HttpResponse:
    """Show the day it is for this person."""
    return render_day(request, today_of(request.user))


@require_safe
def show_day(request: PersonRequest, day: dt.date) -> HttpResponse:
    """Show one day."""
    return render_day(request, day)


@require_safe
def find(request: PersonRequest, day: dt.date) -> HttpResponse:
    """Show what a query finds, each row ready to log on this day: a fragment for htmx, else a page."""
    query = request.GET.get("q", "")[:200]
    context = {
        "query": query,
        "day": day,
        "found": found_rows(request.user, day, query, LIST if request.htmx else PAGE),
        "add_url": reverse("intake:add_entry", args=[day]),
        "section": "day",
        **clock_on(request.user, day),
    }
    return render(request, "intake/_found.html" if request.htmx else "intake/find.html", context)


def render_day(
    request: PersonRequest,
    day: dt.date,
    *,
    form: AddEntryForm | None = None,
    problem: str = "",
    undo: Entry | None = None,
    logged: Entry | None = None,
    moved: Entry | None = None,
    status: int = 200,
) -> HttpResponse:
    """Return the day's page, or its changing part for htmx; `problem` says what was refused.

    `undo`, `logged` and `moved` are the entry that was just deleted, logged or given another day.
    """
    now_day = today_of(request.user)
    report = day_report(request.user, day, finished=day < now_day)
    context = {
        "report": report,
        "gauge": charts.gauge(report.total, report.aim),
        "plan": day_plan(request.user, day, report.rows),
        "lane": charts.lane_chart(report.lane),
        "today": now_day,
        "day": day,
        "is_today": day == now_day,
        "previous": day - ONE_DAY if day > FIRST_DAY else None,
        "following": day + ONE_DAY if day < LAST_DAY else None,
        "starters": starter_rows(report.aim) if not report.rows else [],
        "add_url": reverse("intake:add_entry", args=[day]),
        "water": water_row(report, request.user.profile),
        "water_id": uuid7(),
        "applied_id": uuid7(),
        "profile": request.user.profile,
        "form": form,
        "problem": problem,
        "undo": undo or _undone(request),
        "logged": logged,
        "moved": moved,
        "elsewhere": None if request.htmx else _offered_elsewhere(request, report, now_day),
        "section": "day",
        **clock_on(request.user, day),
    }
    fragment = request.htmx and not request.htmx.boosted
    return render(request, "intake/_day.html" if fragment else "intake/day.html", context, status=status)


def _offered_elsewhere(request: PersonRequest, report: DayReport, now_day: dt.date) -> Difference | None:
    """Return what corrected figures would do to other days, too; asked on the day of today alone."""
    if report.day != now_day:
        return None
    offered = offered_difference(request.user)
    here = sum(offer.difference.entries for offer in report.offers)
    return offered if offered.entries > here else None


def water_row(report: DayReport, profile: Profile) -> EntryRow | None:
    """Return the day's glasses of tap water as the settings name them, if there are any."""
    size, label = glass_of(profile)
    glasses = (row for row in report.rows if (row.kind, row.unit, row.label) == (Kind.WATER, size, label))
    return next(glasses, None)


def _undone(request: PersonRequest) -> Entry | None:
    """Return the entry that was just deleted, when the address names it."""
    entry_id = uuid_from(request.GET.get("undo", ""))
    if entry_id is None:
        return None
    return Entry.objects.of(request.user).filter(id=entry_id, deleted_at__isnull=False).first()
