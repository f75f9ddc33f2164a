"""Seven days, which of them count, and their mean."""

import datetime as dt
import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.domain.aim import Choice, aim_for
from intake.domain.day import DayTotal
from intake.domain.week import WeekDay, WeekMean, iso_week_days, week_mean, week_name

MONDAY = dt.date(2026, 11, 16)
AIM = aim_for(Choice(), MONDAY)


def day(total, mark=None):
    return WeekDay(day=MONDAY, total=total, aim=AIM, standing=None, mark=mark)


def total(food=0, water=0, added=0, known=1, unknown=0):
    return DayTotal(food_ug=food, water_ug=water, added_ug=added, known=known, unknown=unknown)


@pytest.mark.parametrize(
    ("logged", "mark", "expected"),
    [
        (True, None, True),
        (True, "complete", True),
        (True, "partial", False),
        (True, "not_tracked", False),
        (False, None, False),
        (False, "complete", False),
    ],
)
def test_a_day_counts_if_it_is_logged_and_not_set_aside(logged, mark, expected):
    assert day(total() if logged else None, mark).counts is expected


def test_a_day_not_logged_is_missing_and_never_zero():
    mean = week_mean([day(total(food=300_000)), day(None), day(total(food=100_000), "partial")])

    assert mean == WeekMean(days=1, mean_ug=300_000, food_ug=300_000, water_ug=0, added_ug=0)


def test_a_day_with_nothing_known_has_no_part_in_the_mean():
    assert week_mean([day(total(known=0, unknown=3))]) == WeekMean(days=0)


def test_a_true_zero_has():
    assert week_mean([day(total(food=0)), day(total(food=3))]).mean_ug == 2


def test_no_day_has_no_mean():
    assert week_mean([]) == WeekMean(days=0, mean_ug=None, food_ug=None, water_ug=None, added_ug=None)


def half_up(value):
    return math.floor(value + Fraction(1, 2))


@given(
    st.lists(
        st.tuples(*[st.integers(0, 20_000_000)] * 3, st.sampled_from([None, "complete", "partial"])),
        max_size=7,
    )
)
def test_the_mean_is_the_exact_mean_rounded_once(rows):
    mean = week_mean([day(total(*parts), mark) for *parts, mark in rows])
    counted = [parts for *parts, mark in rows if mark != "partial"]

    assert mean.days == len(counted)
    if counted:
        sums = [sum(column) for column in zip(*counted, strict=True)]
        assert mean.mean_ug == half_up(Fraction(sum(sums), len(counted)))
        assert [mean.food_ug, mean.water_ug, mean.added_ug] == [
            half_up(Fraction(part, len(counted))) for part in sums
        ]


def test_a_week_starts_on_monday():
    days = iso_week_days(2026, 47)

    assert days[0] == MONDAY
    assert days[6] == dt.date(2026, 11, 22)


@pytest.mark.parametrize(
    ("year", "week"), [(2026, 54), (2025, 53), (2026, 0), (2026, -1), (1899, 10), (2200, 1), (10**30, 1)]
)
def test_an_impossible_week_is_refused(year, week):
    with pytest.raises(ValueError, match="."):
        iso_week_days(year, week)


@pytest.mark.parametrize(
    ("date", "name"),
    [
        ("2026-11-22", "2026-W47"),
        ("2027-01-01", "2026-W53"),
        ("2024-12-30", "2025-W01"),
        ("1900-01-01", "1900-W01"),
    ],
)
def test_a_week_s_year_may_differ_from_the_day_s(date, name):
    assert week_name(dt.date.fromisoformat(date)) == name


@given(st.dates(dt.date(1900, 1, 1), dt.date(2199, 12, 29)))
def test_a_day_lies_in_the_week_of_its_name(day):
    year, week = week_name(day).split("-W")

    assert day in iso_week_days(int(year), int(week))
