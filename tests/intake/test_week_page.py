"""The week's page: what went above the ceiling is said in words and by a shape."""

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse

from intake.services import log_supplement
from tests.factories import make_product, make_user

pytestmark = pytest.mark.django_db
MONDAY = dt.date(2026, 11, 16)


@pytest.mark.parametrize(("pill_mg", "said"), [(350, False), (351, True)])
def test_a_day_over_the_ceiling_is_said_in_words(client, pill_mg, said):
    user = make_user()
    client.force_login(user)
    product = make_product(elemental_mg=pill_mg)
    log_supplement(user=user, day=MONDAY, product=product, servings=Decimal(1))

    page = client.get(reverse("intake:week", args=["2026-W47"])).content.decode()

    assert ("over the ceiling" in page, "▲" in page) == (said, said)
