"""Days and weeks in the shape of the contract."""

import datetime as dt
from decimal import Decimal

import pytest

from intake.services import log_food, log_quick, log_supplement, mark_day, set_target
from tests.factories import make_food, make_product

SUNDAY = dt.date(2026, 11, 22)
DAY_PART = {
    "day",
    "total_mg",
    "food_mg",
    "water_mg",
    "added_mg",
    "unknown_count",
    "band",
    "ceiling",
    "standing",
    "mark",
}


def log(user, day, mg, kind="food", label="Soup"):
    log_quick(user=user, day=day, kind=kind, label=label, magnesium_mg=None if mg is None else Decimal(mg))


def test_a_day_holds_its_two_totals_against_band_and_ceiling(api, user):
    set_target(user=user, today=SUNDAY, low_ug=300_000, high_ug=400_000, ceiling_ug=250_000)
    log_food(user=user, day=SUNDAY, food=make_food(mg_per_100g=100), weight_g=Decimal("120.5"))
    log_supplement(user=user, day=SUNDAY, product=make_product(elemental_mg=200))
    log(user, SUNDAY, "2.5", "water")
    log(user, SUNDAY, None)
    mark_day(user=user, day=SUNDAY, mark="partial")

    day = api.get("days/2026-11-22/").json()

    entries, warnings = day.pop("entries"), day.pop("warnings")
    assert day == {
        "day": "2026-11-22",
        "total_mg": 323.0,
        "food_mg": 120.5,
        "water_mg": 2.5,
        "added_mg": 200.0,
        "unknown_count": 1,
        "band": {"low_mg": 300.0, "high_mg": 400.0, "basis": day["band"]["basis"]},
        "ceiling": {"added_mg": 250.0, "basis": day["ceiling"]["basis"]},
        "standing": "within",
        "mark": "partial",
    }
    assert len(entries) == 4
    assert "values-missing" in {warning["code"] for warning in warnings}
    assert all(set(warning) == {"code", "severity", "text", "source"} for warning in warnings)
    assert all(
        warning["source"] is None or set(warning["source"]) == {"body", "title", "year", "url"}
        for warning in warnings
    )


@pytest.mark.parametrize(("pill", "expected"), [(350, False), (351, True)])
def test_added_magnesium_alone_meets_the_ceiling(api, user, pill, expected):
    log(user, SUNDAY, 500)
    log(user, SUNDAY, pill, "supplement")

    codes = {warning["code"] for warning in api.get("days/2026-11-22/").json()["warnings"]}

    assert ("added-over-ceiling" in codes) is expected


def test_a_day_without_entries_has_no_total(api):
    day = api.get("days/2026-11-22/").json()

    assert (day["total_mg"], day["standing"], day["entries"], day["warnings"]) == (None, None, [], [])


def test_a_day_of_unknown_values_has_no_total(api, user):
    log(user, SUNDAY, None)

    day = api.get("days/2026-11-22/").json()

    assert (day["total_mg"], day["standing"], day["unknown_count"]) == (None, None, 1)


def test_an_entry_reads_the_same_in_its_day(api, user):
    log_food(user=user, day=SUNDAY, food=make_food(), weight_g=Decimal(30), time=dt.time(8, 30))

    entry = api.get("days/2026-11-22/").json()["entries"][0]

    assert entry == api.get(f"entries/{entry['id']}/").json()


@pytest.mark.parametrize(
    "day",
    [
        "2026-13-01",
        "2026-02-30",
        "0001-01-01",
        "9999-12-31",
        "2026-1-1",
        "20261122",
        "２０２６-11-22",
        "x",
        "%00",
        "1" * 400,
    ],
)
def test_an_impossible_day_is_404(api, day):
    assert api.get(f"days/{day}/").json() == {"detail": "Not found."}


def test_a_week_has_a_mean_over_its_logged_days(api, user):
    monday = SUNDAY - dt.timedelta(days=6)
    for offset, mg in enumerate([300, 400, None, 900]):
        log(user, monday + dt.timedelta(days=offset), mg, label=f"Soup {mg}")
    mark_day(user=user, day=monday + dt.timedelta(days=3), mark="partial")

    week = api.get("weeks/2026-W47/").json()

    assert set(week) == {
        "week",
        "days",
        "logged_days",
        "mean_mg",
        "margin_mg",
        "probability_adequate",
        "reason",
        "top_sources",
    }
    assert len(week["days"]) == 7
    assert [day is None for day in week["days"]] == [False] * 4 + [True] * 3
    assert set(week["days"][0]) == DAY_PART
    assert [day and day["total_mg"] for day in week["days"]][:4] == [300, 400, None, 900]
    assert (week["logged_days"], week["mean_mg"]) == (3, 350)
    assert (week["margin_mg"], week["probability_adequate"]) == (None, None)
    assert week["reason"]
    assert week["top_sources"][0] == {"label": "Soup 900", "magnesium_mg": 900, "share": 0.5625}


@pytest.mark.parametrize("week", ["2026-W53", "2026-W54", "2026-W00", "2021-W53"])
def test_a_year_has_its_own_number_of_weeks(api, week):
    assert api.get(f"weeks/{week}/").status_code == (200 if week == "2026-W53" else 404)


@pytest.mark.parametrize("week", ["2026-47", "2026-W7", "0001-W01", "9999-W52", "２０２６-W47", "x", "%00"])
def test_an_impossible_week_is_404(api, week):
    assert api.get(f"weeks/{week}/").json() == {"detail": "Not found."}


@pytest.mark.parametrize(("path", "queries"), [("days/2026-11-22/", 4), ("weeks/2026-W47/", 5)])
@pytest.mark.parametrize("entries", [1, 40])
def test_the_number_of_queries_does_not_grow(api, user, django_assert_num_queries, path, queries, entries):
    food = make_food()
    for _ in range(entries):
        log_food(user=user, day=SUNDAY, food=food, weight_g=Decimal(30))

    with django_assert_num_queries(queries):
        assert api.get(path).status_code == 200
