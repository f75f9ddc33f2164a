"""The week as a chart, a sentence and a table."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from intake import charts
from intake.clock import today_of
from intake.domain.week import week_name
from intake.reports import week_report
from intake.views.requests import PersonRequest


@require_safe
def this_week(request: PersonRequest) -> HttpResponse:
    """Show the week it is for this person."""
    year, number, _ = today_of(request.user).isocalendar()
    return show_week(request, (year, number))


@require_safe
def show_week(request: PersonRequest, week: tuple[int, int]) -> HttpResponse:
    """Show one week."""
    report = week_report(request.user, *week)
    today = today_of(request.user)
    context = {
        "report": report,
        "chart": charts.week_chart(report.days, report.mean),
        "today": today,
        "is_this_week": report.name == week_name(today),
        "section": "week",
    }
    return render(request, "intake/week.html", context)
