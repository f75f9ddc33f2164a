"""A product that was replaced: its page leads on, its doses stay, and it is offered no more."""

import datetime as dt

import pytest
from django.urls import reverse

from intake.finding import find_supplements
from intake.services import log_supplement
from supplements.services import reformulate_product
from tests.factories import make_product, make_user

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)
MONDAY = dt.date(2026, 11, 16)


@pytest.fixture
def user(client):
    user = make_user()
    client.force_login(user)
    return user


def test_its_page_leads_to_the_one_in_its_place_and_the_dose_stays(client, user):
    old = make_product("Magnesium", elemental_mg=100)
    entry = log_supplement(user=user, day=MONDAY, product=old).entry
    new = reformulate_product(old, author="", now=NOON)

    page = client.get(reverse("intake:product", args=[old.pk])).content.decode()
    day = client.get(reverse("intake:day", args=[MONDAY])).content.decode()

    assert "no longer offered; past entries keep it" in page
    assert f'href="{reverse("intake:product", args=[new.pk])}"' in page
    assert "In its place now" not in client.get(reverse("intake:product", args=[new.pk])).content.decode()
    entry.refresh_from_db()
    assert (entry.product_id, entry.magnesium_ug) == (old.pk, 100_000)
    assert "Magnesium" in day
    assert find_supplements(user, "magnesium") == [new]
