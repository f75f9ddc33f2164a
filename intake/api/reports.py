"""Days and weeks: the same reports as the pages show."""

import re

from drf_spectacular.utils import extend_schema
from rest_framework.response import Response
from rest_framework.views import APIView

from intake.api import answers, shapes
from intake.api.requests import PersonCall
from intake.clock import today_of
from intake.domain.written import day_from
from intake.errors import NotThere
from intake.reports import day_report, week_report

_WEEK = re.compile(r"([0-9]{4})-W([0-9]{2})")


class DayView(APIView):
    """One day."""

    @extend_schema(
        operation_id="days_read",
        summary="Read a day",
        parameters=[shapes.in_path("day", "A date.", "2026-11-22")],
        responses=shapes.responses({200: shapes.DayShape}, 404),
    )
    def get(self, request: PersonCall, day: str) -> Response:
        """A day's totals, the band and the ceiling they are held against, its notes and its entries."""
        date = day_from(day)
        if date is None:
            raise NotThere
        return Response(answers.day(day_report(request.user, date, finished=date < today_of(request.user))))


class WeekView(APIView):
    """One ISO week."""

    @extend_schema(
        operation_id="weeks_read",
        summary="Read a week",
        parameters=[shapes.in_path("week", "An ISO week.", "2026-W47")],
        responses=shapes.responses({200: shapes.WeekShape}, 404),
    )
    def get(self, request: PersonCall, week: str) -> Response:
        """Seven days, their mean over the logged ones, and what the week came from."""
        named = _WEEK.fullmatch(week)
        if named is None:
            raise NotThere
        try:
            report = week_report(request.user, int(named[1]), int(named[2]))
        except ValueError as error:
            raise NotThere from error
        return Response(answers.week(report))
