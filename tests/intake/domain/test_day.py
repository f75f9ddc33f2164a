"""The sum of a day, and which day and part of it a moment belongs to."""

import datetime as dt
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.domain.day import DayTotal, local_day, local_time, slot_for, sum_day

KINDS = ("food", "water", "supplement", "medicine", "topical")
MIDNIGHT, FOUR = dt.time(0), dt.time(4)

items = st.lists(st.tuples(st.sampled_from(KINDS), st.none() | st.integers(0, 20_000_000)), max_size=60)


def test_a_day_of_nothing_has_no_total():
    total = sum_day([])

    assert total == DayTotal()
    assert total.total_ug is None
    assert total.entries == 0


def test_each_kind_is_summed_apart():
    total = sum_day(
        [("food", 300_000), ("water", 15_000), ("supplement", 100_000), ("medicine", 50_000), ("food", None)]
    )

    assert total == DayTotal(food_ug=300_000, water_ug=15_000, added_ug=150_000, known=4, unknown=1)
    assert total.total_ug == 465_000
    assert total.entries == 5


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        ([("food", None)], None),
        ([("food", 0)], 0),
        ([("food", None), ("water", 0)], 0),
        ([("topical", 0)], 0),
    ],
)
def test_unknown_is_not_zero(entries, expected):
    assert sum_day(entries).total_ug == expected


@pytest.mark.parametrize("says_ug", [None, 0, 24_650_000])
def test_what_goes_on_the_skin_counts_zero_and_as_known(says_ug):
    assert sum_day([("topical", says_ug)]) == DayTotal(known=1)


def test_an_unknown_kind_is_refused():
    with pytest.raises(ValueError, match="no such kind of entry: patch"):
        sum_day([("patch", 1)])


@given(items)
def test_the_sum_is_the_naive_sum(entries):
    total = sum_day(entries)
    counted = [(kind, 0 if kind == "topical" else ug) for kind, ug in entries]
    known = [ug for _, ug in counted if ug is not None]

    assert total.total_ug == (sum(known) if known else None)
    assert total.added_ug == sum(ug or 0 for kind, ug in counted if kind in ("supplement", "medicine"))
    assert (total.known, total.unknown) == (len(known), len(entries) - len(known))


@given(items, items)
def test_the_order_of_entries_does_not_matter(first, second):
    assert sum_day(first + second) == sum_day(second + first)


@pytest.mark.parametrize(
    ("at", "slot"),
    [
        ("00:00", "night"),
        ("03:59:59", "night"),
        ("04:00", "breakfast"),
        ("10:59:59", "breakfast"),
        ("11:00", "lunch"),
        ("14:59:59", "lunch"),
        ("15:00", "snack"),
        ("16:59:59", "snack"),
        ("17:00", "dinner"),
        ("20:59:59", "dinner"),
        ("21:00", "evening"),
        ("23:59:59", "evening"),
    ],
)
def test_a_time_lies_in_one_part_of_the_day(at, slot):
    assert slot_for(dt.time.fromisoformat(at)) == slot


def test_without_a_time_an_entry_belongs_to_all_day():
    assert slot_for(None) == "all_day"


@pytest.mark.parametrize(
    ("now", "tz", "starts_at", "day"),
    [
        ("2026-11-22T15:40+00:00", "UTC", MIDNIGHT, "2026-11-22"),
        ("2026-11-22T03:59+00:00", "UTC", FOUR, "2026-11-21"),
        ("2026-11-22T04:00+00:00", "UTC", FOUR, "2026-11-22"),
        # clocks go forward from 02:00 to 03:00: 04:00 comes three hours after midnight
        ("2026-03-29T01:59+00:00", "Europe/Berlin", FOUR, "2026-03-28"),
        ("2026-03-29T02:00+00:00", "Europe/Berlin", FOUR, "2026-03-29"),
        # clocks go back from 03:00 to 02:00: 04:00 comes five hours after midnight
        ("2026-10-25T02:59+00:00", "Europe/Berlin", FOUR, "2026-10-24"),
        ("2026-10-25T03:00+00:00", "Europe/Berlin", FOUR, "2026-10-25"),
        # a shift of half an hour, forward from 02:00 to 02:30
        ("2026-10-03T15:30+00:00", "Australia/Lord_Howe", dt.time(2, 30), "2026-10-04"),
        ("2026-10-03T15:29+00:00", "Australia/Lord_Howe", dt.time(2, 30), "2026-10-03"),
        # the zone that is first in a day
        ("2026-11-21T10:00+00:00", "Pacific/Kiritimati", MIDNIGHT, "2026-11-22"),
        ("2026-11-21T09:59+00:00", "Pacific/Kiritimati", MIDNIGHT, "2026-11-21"),
        # Apia went from 29 to 31 December
        ("2011-12-30T09:59+00:00", "Pacific/Apia", MIDNIGHT, "2011-12-29"),
        ("2011-12-30T10:00+00:00", "Pacific/Apia", MIDNIGHT, "2011-12-31"),
    ],
)
def test_a_day_is_the_one_on_the_wall(now, tz, starts_at, day):
    assert local_day(dt.datetime.fromisoformat(now), tz, starts_at) == dt.date.fromisoformat(day)


def test_the_time_on_the_wall_has_no_zone():
    now = dt.datetime(2026, 11, 22, 14, 40, tzinfo=dt.UTC)

    assert local_time(now, "Europe/Berlin") == dt.time(15, 40)


def test_a_moment_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="needs its zone"):
        local_day(dt.datetime(2026, 11, 22), "UTC", MIDNIGHT)  # noqa: DTZ001
    with pytest.raises(ValueError, match="needs its zone"):
        local_time(dt.datetime(2026, 11, 22), "UTC")  # noqa: DTZ001


def test_a_zone_that_does_not_exist_is_refused():
    with pytest.raises(ZoneInfoNotFoundError):
        local_day(dt.datetime(2026, 11, 22, tzinfo=dt.UTC), "Europe/Nowhere", MIDNIGHT)


@given(
    st.datetimes(dt.datetime(1970, 1, 2), dt.datetime(2199, 12, 30), timezones=st.just(dt.UTC)),
    st.sampled_from(
        [
            "UTC",
            "Europe/Berlin",
            "Australia/Lord_Howe",
            "Pacific/Kiritimati",
            "Pacific/Apia",
            "America/New_York",
        ]
    ),
    st.times(),
)
def test_a_day_is_the_wall_s_date_or_the_one_before(now, tz, starts_at):
    wall = now.astimezone(ZoneInfo(tz))
    day = local_day(now, tz, starts_at)

    assert wall.date() - day in (dt.timedelta(0), dt.timedelta(days=1))
    assert (day == wall.date()) is (local_time(now, tz) >= starts_at)
