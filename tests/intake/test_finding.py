"""One search over shared and own rows, in whatever script a person writes."""

import datetime as dt
from decimal import Decimal

import pytest

from foods.models import Food
from foods.search import reindex
from intake.finding import find_foods, find_supplements
from intake.models import Entry
from intake.offers import found_rows
from intake.services import LineInput, make_own_food, make_own_product
from tests.factories import make_compound, make_food, make_product, make_user

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


def log(user, food, day=22):
    Entry.objects.create(
        user=user,
        day=dt.date(2026, 11, day),
        slot="lunch",
        kind="food",
        label=food.name,
        food_revision=food.current,
    )


def test_what_a_person_logged_lately_comes_first_for_them_and_for_nobody_else(user):
    usual = make_food("Granola, toasted", brand="Sunny Hollow", gtin="00012345678905")
    foods = [make_food(f"Granola, toasted, kind {n}") for n in range(80)]
    reindex([usual.pk, *(food.pk for food in foods)])
    log(user, usual)
    log(make_user(), foods[0])

    assert find_foods(user, "granola")[0].id == str(usual.pk)
    assert str(usual.pk) not in [found.id for found in find_foods(make_user(), "granola")]


def test_of_two_logged_foods_the_more_often_logged_comes_first_and_a_merged_one_counts_for_its_winner(user):
    seldom, often, winner = (make_food("Oat bran, raw") for _ in range(3))
    reindex([seldom.pk, often.pk, winner.pk])
    log(user, seldom)
    for day in (20, 21, 22):
        log(user, often, day)
    Food.objects.filter(pk=often.pk).update(merged_into=winner)

    assert [found.id for found in find_foods(user, "oat bran")] == [str(winner.pk), str(seldom.pk)]


def test_one_that_was_merged_over_a_chain_counts_for_the_end_of_it(user, django_assert_num_queries):
    seldom, often, *chain = (make_food("Oat bran, raw") for _ in range(5))
    reindex([seldom.pk, often.pk, *(food.pk for food in chain)])
    log(user, seldom)
    for day in (20, 21, 22):
        log(user, often, day)
    with django_assert_num_queries(3):
        find_foods(user, "oat bran")
    before = often
    for food in chain:
        Food.objects.filter(pk=before.pk).update(merged_into=food)
        before = food

    assert [found.id for found in find_foods(user, "oat bran")] == [str(before.pk), str(seldom.pk)]


def test_a_search_is_three_queries_however_much_was_logged(user, django_assert_num_queries):
    for number in range(30):
        food = make_food(f"Oat bran {number}")
        reindex([food.pk])
        log(user, food)

    with django_assert_num_queries(3):  # own foods, what was logged, the search
        assert len(find_foods(user, "oat bran")) == 20


@pytest.mark.parametrize("query", ["12345678905", "0012345678905", "0 12345 67890 5"])
def test_a_barcode_finds_its_food(user, query):
    wanted = make_food("Oat bar", brand="Sunny Hollow", gtin="00012345678905")

    assert [found.id for found in find_foods(user, query)] == [str(wanted.pk)]


@pytest.mark.parametrize("query", ["895634000027", "0895634000027", "8 95634 00002 7"])
def test_a_barcode_finds_its_product_in_two_queries(user, query, django_assert_num_queries):
    wanted = make_product("Oxide", gtin="00895634000027")
    make_product("Magnesium 895634000027 mg", gtin="00012345678905")
    make_product("Retired", gtin="00895634000027", retired_at=dt.datetime(2026, 11, 1, tzinfo=dt.UTC))

    with django_assert_num_queries(2):  # the person's own, the catalogue's
        assert find_supplements(user, query) == [wanted]


def test_a_barcode_that_nothing_bears_finds_nothing(user):
    make_product("Oxide")

    assert find_supplements(user, "895634000027") == []


def test_what_is_off_the_market_is_found_after_what_is_not(user):
    gone = make_product("Aurum magnesium", off_market=True)
    sold = make_product("Zinc and magnesium")

    assert find_supplements(user, "magnesium") == [sold, gone]


def test_a_query_without_a_letter_offers_nothing(user):
    line = LineInput(compound=make_compound(), basis="elemental", amount=Decimal(100))
    make_own_product(user=user, name="Oxide", serving="1", lines=[line])

    assert found_rows(user, dt.date(2026, 11, 22), "🥜", 8) == []
