"""Reports: two totals, one rule, past days as they were, few queries."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from intake.domain.day import sum_day
from intake.models import Entry, Kind
from intake.reports import day_report, day_totals, week_report
from intake.services import (
    delete_entry,
    log_food,
    log_quick,
    log_supplement,
    log_water,
    mark_day,
    set_target,
)
from tests.factories import make_food, make_product, make_user

pytestmark = pytest.mark.django_db
MONDAY = dt.date(2026, 11, 16)
NOON = dt.datetime(2026, 11, 16, 12, tzinfo=dt.UTC)


@pytest.fixture
def user():
    return make_user()


def quick(user, day, kind, mg):
    return log_quick(user=user, day=day, kind=kind, label=f"{kind} {mg}", magnesium_mg=mg).entry


def test_a_day_adds_up_by_kind_and_counts_what_is_unknown(user):
    log_food(user=user, day=MONDAY, food=make_food(mg_per_100g=550), weight_g=Decimal(20))
    log_food(user=user, day=MONDAY, food=make_food(mg_per_100g=None), weight_g=Decimal(20))
    log_water(user=user, day=MONDAY)
    log_supplement(user=user, day=MONDAY, product=make_product(elemental_mg=100))
    log_supplement(user=user, day=MONDAY, product=make_product(elemental_mg=900, kind="topical"))

    total = day_report(user, MONDAY).total

    assert (total.food_ug, total.water_ug, total.added_ug) == (110_000, 2_500, 100_000)
    assert (total.total_ug, total.unknown) == (212_500, 1)


@pytest.mark.parametrize(("pill_mg", "expected"), [(350, False), (351, True)])
def test_only_added_magnesium_meets_the_ceiling(user, pill_mg, expected):
    log_food(user=user, day=MONDAY, food=make_food(mg_per_100g=100), weight_g=Decimal(400))
    log_supplement(user=user, day=MONDAY, product=make_product(elemental_mg=pill_mg), servings=Decimal(1))

    codes = [note.code for note in day_report(user, MONDAY).notes]

    assert ("added-over-ceiling" in codes) is expected


def test_a_day_without_entries_says_nothing(user):
    report = day_report(user, MONDAY)

    assert (report.total.total_ug, report.standing, report.notes, report.meals) == (None, None, (), ())


def test_a_corrected_food_leaves_the_past_as_it_was(user):
    food = make_food(mg_per_100g=270)
    log_food(user=user, day=MONDAY, food=food, weight_g=Decimal(100))
    food.current = food.revisions.create(source=food.source, magnesium_ug_per_100g=1_000)
    food.save()

    assert day_report(user, MONDAY).total.total_ug == 270_000


def test_deleted_entries_do_not_count(user):
    entry = quick(user, MONDAY, "food", Decimal(50))
    delete_entry(user=user, entry_id=entry.id, version=1, now=NOON)

    assert day_totals(user, MONDAY, MONDAY) == {}


def test_entries_stand_by_part_of_the_day_and_time(user):
    for time in (dt.time(12), dt.time(9), dt.time(8)):
        log_quick(user=user, day=MONDAY, kind="food", label=f"{time:%H}", magnesium_mg=Decimal(1), time=time)

    meals = day_report(user, MONDAY).meals

    assert [(meal.slot, [row.label for row in meal.rows]) for meal in meals] == [
        ("breakfast", ["08", "09"]),
        ("lunch", ["12"]),
    ]


def test_a_new_band_does_not_recolour_the_past(user):
    later = MONDAY + dt.timedelta(days=7)
    quick(user, MONDAY, "food", Decimal(330))
    quick(user, later, "food", Decimal(330))
    set_target(user=user, today=MONDAY, low_ug=300_000, high_ug=500_000)
    set_target(user=user, today=later, low_ug=400_000, high_ug=500_000)

    assert day_report(user, MONDAY).standing == "within"
    assert day_report(user, later).standing == "below"


def test_a_first_choice_holds_for_all_earlier_days(user):
    set_target(user=user, today=MONDAY, sex="female", birth_year=1985)

    assert day_report(user, dt.date(2020, 1, 1)).aim.band.low_ug == 320_000


def test_a_choice_with_a_day_leaves_the_days_before_it_alone(user):
    set_target(user=user, today=MONDAY, valid_from=MONDAY, low_ug=100_000, high_ug=200_000)

    assert day_report(user, MONDAY - dt.timedelta(days=1)).aim.own_band is False
    assert day_report(user, MONDAY).aim.own_band is True


def test_another_persons_entries_are_not_counted(user):
    quick(make_user(), MONDAY, "food", Decimal(330))

    assert day_totals(user, MONDAY, MONDAY) == {}


def test_a_week_is_seven_days_and_its_mean_is_over_the_logged_ones(user):
    quick(user, MONDAY, "food", Decimal(300))
    quick(user, MONDAY + dt.timedelta(days=1), "food", Decimal(400))
    quick(user, MONDAY + dt.timedelta(days=2), "food", Decimal(10))
    mark_day(user=user, day=MONDAY + dt.timedelta(days=2), mark="partial")
    quick(user, MONDAY + dt.timedelta(days=7), "food", Decimal(999))

    report = week_report(user, 2026, 47)

    assert [day.total and day.total.total_ug for day in report.days] == [300_000, 400_000, 10_000] + [
        None
    ] * 4
    assert (report.logged_days, report.mean.mean_ug) == (2, 350_000)
    assert (report.name, report.previous, report.following) == ("2026-W47", "2026-W46", "2026-W48")


def test_the_sources_of_a_week_are_ordered_by_what_they_gave(user):
    food = make_food(name="Oats", mg_per_100g=100)
    for offset in range(3):
        log_food(user=user, day=MONDAY + dt.timedelta(days=offset), food=food, weight_g=Decimal(60))
    quick(user, MONDAY, "supplement", Decimal(100))

    sources = week_report(user, 2026, 47).top_sources

    assert [(s.label, s.magnesium_ug, s.times, s.amount) for s in sources] == [
        ("Oats", 180_000, 3, "180 g"),
        ("supplement 100", 100_000, 1, ""),
    ]
    assert sum(source.share for source in sources) == pytest.approx(1)


@pytest.mark.parametrize("entries", [1, 40])
def test_a_day_is_three_queries_however_many_entries(user, entries, django_assert_num_queries):
    for _ in range(entries):
        log_food(user=user, day=MONDAY, food=make_food(), weight_g=Decimal(1))

    with django_assert_num_queries(3):
        day_report(user, MONDAY)


@pytest.mark.parametrize("days", [1, 7])
def test_a_week_is_four_queries_however_many_entries(user, days, django_assert_num_queries):
    for offset in range(days):
        log_food(user=user, day=MONDAY + dt.timedelta(days=offset), food=make_food(), weight_g=Decimal(1))

    with django_assert_num_queries(4):
        week_report(user, 2026, 47)


def test_ten_years_are_one_query(user, django_assert_num_queries):
    quick(user, MONDAY, "food", Decimal(1))

    with django_assert_num_queries(1):
        assert list(day_totals(user, dt.date(2016, 1, 1), dt.date(2026, 12, 31))) == [MONDAY]


ITEMS = st.lists(
    st.tuples(st.sampled_from([kind.value for kind in Kind]), st.none() | st.integers(0, 20_000_000)),
    max_size=8,
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(items=ITEMS)
def test_the_database_sums_as_the_pure_rule_does(user, items):
    items = [(kind, 0 if kind == "topical" else ug) for kind, ug in items]
    Entry.objects.of(user).delete()
    Entry.objects.bulk_create(
        Entry(user=user, day=MONDAY, slot="lunch", kind=kind, label="x", magnesium_ug=ug, digest="")
        for kind, ug in items
    )

    expected = sum_day(items)
    summed = day_totals(user, MONDAY, MONDAY)

    assert summed == ({MONDAY: expected} if items else {})
    assert day_report(user, MONDAY).total == expected


def test_a_day_says_how_many_supplements_have_no_value(user):
    quick(user, MONDAY, "food", None)
    quick(user, MONDAY, "supplement", None)
    quick(user, MONDAY, "medicine", None)
    quick(user, MONDAY, "topical", None)

    total = day_totals(user, MONDAY, MONDAY)[MONDAY]

    assert (total.unknown, total.unknown_added, total.known) == (3, 2, 1)
    assert total == day_report(user, MONDAY).total


@pytest.mark.parametrize(
    ("year", "week", "previous", "following"),
    [
        (1900, 1, None, "1900-W02"),
        (2199, 52, "2199-W51", None),
        (2020, 53, "2020-W52", "2021-W01"),
        (2026, 53, "2026-W52", "2027-W01"),
    ],
)
def test_a_week_names_the_weeks_beside_it_that_there_are(user, year, week, previous, following):
    report = week_report(user, year, week)

    assert (report.previous, report.following) == (previous, following)
