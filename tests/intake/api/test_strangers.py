"""Every address of the interface: 401 for nobody, 404 for somebody else, JSON for all."""

import datetime as dt
import uuid
from decimal import Decimal

import pytest
from django.urls import get_resolver

from intake.models import Entry
from intake.services import LineInput, log_quick, make_own_food, make_own_product
from tests.factories import make_compound

DAY_DATE = dt.date(2026, 11, 22)
DAY = DAY_DATE.isoformat()
OPEN = {"schema", "docs", "nowhere"}
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")


def addresses():
    """Yield (name, path) for each address of the interface, ids filled in."""
    resolver = next(each for each in get_resolver().url_patterns if str(each.pattern) == "api/v1/")
    for pattern in resolver.url_patterns:
        if pattern.name not in OPEN:
            values = {"food_id": "1", "entry_id": str(uuid.UUID(int=1)), "day": DAY, "week": "2026-W47"}
            path = str(pattern.pattern)
            for name in pattern.pattern.converters:
                path = path.replace(f"<str:{name}>", values[name])
            yield pattern.name, path


def test_nobody_gets_in_anywhere(nobody, db):
    for _, path in addresses():
        for method in METHODS:
            answer = nobody.call(method, path, {})
            assert answer.status_code == 401, (method, path)
            assert "detail" in answer.json()


def test_a_method_that_is_not_there_is_405_in_json(api):
    for name, path in addresses():
        allowed = api.call("OPTIONS", path).headers["Allow"]
        for method in METHODS:
            if method not in allowed:
                answer = api.call(method, path, {})
                assert (name, answer.status_code) == (name, 405)
                assert "detail" in answer.json()


@pytest.mark.parametrize("path", ["", "nothing/", "entries/a/b/", "foods/1/2/"])
@pytest.mark.parametrize("method", METHODS)
def test_an_address_that_is_not_there_is_404_in_json(api, nobody, path, method):
    for caller in (api, nobody):
        answer = caller.call(method, path, {})
        assert (answer.status_code, answer.json()) == (404, {"detail": "Not found."})


@pytest.mark.parametrize(
    ("method", "body"),
    [
        ("GET", None),
        ("PATCH", {"version": 1, "magnesium_mg": 1}),
        ("PATCH", {"version": 1, "quantity": 2}),
        ("DELETE", {"version": 1}),
    ],
)
def test_anothers_entry_is_as_one_that_is_not_there(api, stranger, method, body):
    entry = log_quick(user=api.user, day=DAY_DATE, kind="food", label="Soup", magnesium_mg=Decimal(7)).entry

    theirs = stranger.call(method, f"entries/{entry.id}/", body)
    missing = stranger.call(method, f"entries/{uuid.uuid4()}/", body)

    assert theirs.status_code == missing.status_code == 404
    assert theirs.content == missing.content
    assert api.get(f"entries/{entry.id}/").json()["magnesium_mg"] == 7


def test_anothers_food_and_product_cannot_be_read_or_logged(api, stranger):
    food = make_own_food(user=api.user, name="Bread", magnesium_mg_per_100g=Decimal(60))
    line = LineInput(compound=make_compound(), basis="elemental", amount=Decimal(100))
    product, _ = make_own_product(user=api.user, name="Mine", serving="1", lines=[line])

    answers = [
        stranger.get(f"foods/{food.pk}/"),
        stranger.post("entries/", {"day": DAY, "food": str(food.pk), "weight_g": 10}),
        stranger.post("entries/", {"day": DAY, "supplement": str(product.pk)}),
    ]

    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1
    assert not Entry.objects.exists()


def test_anothers_days_are_empty(api, stranger):
    log_quick(user=api.user, day=DAY_DATE, kind="food", label="Soup", magnesium_mg=Decimal(7))

    assert stranger.get(f"days/{DAY}/").json()["entries"] == []
    assert stranger.get("weeks/2026-W47/").json()["days"] == [None] * 7


def test_answers_are_kept_out_of_caches_and_other_origins(api):
    answer = api.get("profile/", headers={"Origin": "https://elsewhere.example"})

    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Content-Type"] == "application/json"
    assert "Access-Control-Allow-Origin" not in answer.headers
