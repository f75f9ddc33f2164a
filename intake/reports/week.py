"""A week: seven days, their mean over the logged ones, and what it came from."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Max, Min, Sum

from intake.domain.aim import Aim
from intake.domain.band import Standing
from intake.domain.day import DayTotal
from intake.domain.week import (
    FIRST_YEAR,
    LAST_YEAR,
    WeekDay,
    WeekMean,
    iso_week_days,
    week_mean,
    week_name,
)
from intake.domain.wording import amount_text
from intake.models import DayMark, Entry, User
from intake.reports.day import day_totals
from intake.reports.targets import aims, standing_of

TOP_SOURCES = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class TopSource:
    """What gave how much in a week; `share` is 0 to 1 of the week's known total."""

    label: str
    kind: str
    magnesium_ug: int
    share: float
    times: int
    amount: str  # "90 g", "3 oz"; empty where the units differ


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekReport:
    """Seven days, their mean over the logged ones, and what the week came from."""

    name: str
    first: dt.date
    last: dt.date
    days: tuple[WeekDay, ...]
    mean: WeekMean
    logged_days: int
    aim: Aim
    standing: Standing | None
    total_ug: int
    top_sources: tuple[TopSource, ...]
    previous: str | None  # None at the edges of what can be named
    following: str | None
    margin_reason: str


def week_report(user: User, year: int, week: int) -> WeekReport:
    """Return an ISO week's report in four queries. Raises ValueError if there is no such week."""
    dates = iso_week_days(year, week)
    first, last = dates[0], dates[-1]
    totals = day_totals(user, first, last)
    targets = aims(user)
    marks = dict(DayMark.objects.of(user).filter(day__range=(first, last)).values_list("day", "mark"))
    days = tuple(_week_day(day, totals.get(day), targets.on(day), marks.get(day)) for day in dates)
    mean = week_mean(days)
    aim = days[-1].aim
    logged = sum(day.counts for day in days)
    total_ug = sum(total.total_ug or 0 for total in totals.values())
    return WeekReport(
        name=week_name(first),
        first=first,
        last=last,
        days=days,
        mean=mean,
        logged_days=logged,
        aim=aim,
        standing=standing_of(mean.mean_ug, aim),
        total_ug=total_ug,
        top_sources=_top_sources(user, first, last, total_ug),
        previous=_neighbour(first - dt.timedelta(days=7)),
        following=_neighbour(last + dt.timedelta(days=1)),
        margin_reason=_margin_reason(logged),
    )


def _neighbour(day: dt.date) -> str | None:
    """Return the week of a day, None where it is out of reach."""
    return week_name(day) if FIRST_YEAR <= day.isocalendar().year <= LAST_YEAR else None


def _week_day(day: dt.date, total: DayTotal | None, aim: Aim, mark: str | None) -> WeekDay:
    standing = standing_of(total.total_ug if total else None, aim)
    return WeekDay(day=day, total=total, aim=aim, standing=standing, mark=mark)


def _margin_reason(logged_days: int) -> str:
    if logged_days < 4:
        return "A week needs 4 logged days before it can say more than its mean."
    return "No day-to-day spread is reckoned yet, so the mean stands without a margin."


def _top_sources(user: User, first: dt.date, last: dt.date, total_ug: int) -> tuple[TopSource, ...]:
    rows = (
        Entry.objects.of(user)
        .kept()
        .between(first, last)
        .filter(magnesium_ug__gt=0)
        .values("label", "kind")
        .annotate(
            ug=Sum("magnesium_ug"),
            times=Count("kind"),
            milli=Sum("quantity_milli"),
            unit_first=Min("unit"),
            unit_last=Max("unit"),
        )
        .order_by("-ug", "label")[:TOP_SOURCES]
    )
    return tuple(
        TopSource(
            label=row["label"],
            kind=row["kind"],
            magnesium_ug=row["ug"],
            share=row["ug"] / total_ug if total_ug else 0.0,
            times=row["times"],
            amount=amount_text(Decimal(row["milli"]) / 1000, row["unit_first"])
            if row["unit_first"] == row["unit_last"] != ""
            else "",
        )
        for row in rows
    )
