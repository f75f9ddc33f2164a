"""One search over shared and own rows, in whatever script a person writes."""

import datetime as dt
from decimal import Decimal

import pytest

from intake.finding import find_foods, find_supplements
from intake.offers import found_rows
from intake.services import LineInput, make_own_food, make_own_product
from tests.factories import make_compound, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def user():
    return make_user()


@pytest.mark.parametrize(
    ("name", "query"), [("חומוס ביתי", "חומ"), ("Гречка", "греч"), ("豆腐", "豆腐"), ("Šššopska", "sss")]
)
def test_an_own_food_is_found_in_its_own_script(user, name, query):
    food = make_own_food(user=user, name=name, magnesium_mg_per_100g=Decimal(40))
    make_own_food(user=user, name="Something else", magnesium_mg_per_100g=None)

    assert [found.id for found in find_foods(user, query)] == [str(food.pk)]


def test_an_own_product_is_found_in_its_own_script_and_others_are_not(user):
    line = LineInput(compound=make_compound(), basis="elemental", amount=Decimal(100))
    product, _ = make_own_product(user=user, name="מגנזיום", serving="1", lines=[line])
    make_own_product(user=user, name="Oxide", serving="1", lines=[line])

    assert find_supplements(user, "מגנ") == [product]


def test_a_query_without_a_letter_offers_nothing(user):
    line = LineInput(compound=make_compound(), basis="elemental", amount=Decimal(100))
    make_own_product(user=user, name="Oxide", serving="1", lines=[line])

    assert found_rows(user, dt.date(2026, 11, 22), "🥜", 8) == []
