"""Amounts in the pages: fractions and volumes, what is missing and of what kind, the last portion first."""

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse
from uuid6 import uuid7

from foods.models import Portion
from foods.search import reindex
from intake.models import Entry
from intake.offers import found_rows, last_amounts
from intake.services import make_own_food
from tests.factories import make_food, make_product, make_user

pytestmark = pytest.mark.django_db
MONDAY = dt.date(2026, 11, 16)
PORTIONS = [("1 cup", 240), ("1 slice, thin", 25), ("1/2 fillet", 198)]


@pytest.fixture
def person(client):
    user = make_user()
    client.force_login(user)
    return user


@pytest.fixture
def food(person):
    return make_food("Soup, thick", mg_per_100g=50, portions=PORTIONS)


def log(client, food, day=MONDAY, **fields):
    body = {"food": str(food.pk), "entry_id": str(uuid7()), **fields}
    return client.post(reverse("intake:add_entry", args=[day]), body)


def kept():
    """Return the one entry's amount: how many, of what, and the weight and magnesium of it."""
    entry = Entry.objects.get()
    return entry.quantity_milli, entry.unit, entry.weight_mg, entry.magnesium_ug


@pytest.mark.parametrize("field", ["quantity", "weight_g"])
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1/2 cup", (500, "1 cup", 120_000, 60_000)),
        ("0,5 cup", (500, "1 cup", 120_000, 60_000)),
        ("1/3 cup", (1_000, "1/3 cup", 80_000, 40_000)),
        ("2 tbsp", (1_000, "2 tbsp (from 1 cup)", 30_000, 15_000)),
        ("2 slices", (2_000, "1 slice, thin", 50_000, 25_000)),
        ("1 fillet", (1_000, "1 fillet", 396_000, 198_000)),
        ("150 g", (150_000, "g", 150_000, 75_000)),
        ("3 oz", (3_000, "1 oz", 85_050, 42_525)),
    ],
)
def test_a_unit_may_be_typed_where_an_amount_is_asked_for(client, food, field, text, expected):
    assert log(client, food, **{field: text}).status_code == 302

    assert kept() == expected


@pytest.mark.parametrize(
    ("quantity", "expected"),
    [
        ("1 1/2", (1_500, "1 cup", 360_000, 180_000)),
        ("½", (500, "1 cup", 120_000, 60_000)),
        ("1/3", (1_000, "1/3 cup", 80_000, 40_000)),
        ("", (1_000, "1 cup", 240_000, 120_000)),
        ("2 slices", (2_000, "1 slice, thin", 50_000, 25_000)),  # what is typed goes before what is chosen
    ],
)
def test_a_number_is_of_the_portion_chosen(client, food, quantity, expected):
    portion = str(food.portions.get(label="1 cup").pk)

    assert log(client, food, portion=portion, quantity=quantity).status_code == 302

    assert kept() == expected


def test_a_number_in_the_box_of_weights_is_grams(client, food):
    log(client, food, weight_g="28,35")

    assert kept() == (28_350, "g", 28_350, 14_175)


def test_an_own_food_s_portion_is_understood(client, person):
    food = make_own_food(
        user=person,
        name="Porridge",
        magnesium_mg_per_100g=Decimal(40),
        portion_label="1 bowl",
        portion_weight_g=Decimal(300),
    )

    log(client, food, quantity="1/2 bowl")

    assert kept() == (500, "1 bowl", 150_000, 60_000)


def test_servings_of_a_supplement_are_counted_by_their_unit(client, person):
    product = make_product(elemental_mg=100, serving="2 capsules")
    url = reverse("intake:add_entry", args=[MONDAY])

    assert client.post(url, {"supplement": str(product.pk), "quantity": "1 capsule"}).status_code == 302
    refused = client.post(url, {"supplement": str(product.pk), "quantity": "1 cup"})

    assert kept() == (500, "2 capsules", None, 50_000)
    assert "Unit missing: this is counted by 2 capsules, not by cup." in refused.content.decode()


def test_the_same_words_twice_are_one_entry_and_other_words_are_refused(client, food):
    entry_id = str(uuid7())

    first = log(client, food, quantity="2 tbsp", entry_id=entry_id)
    again = log(client, food, quantity="2 tbsp", entry_id=entry_id)
    other = log(client, food, quantity="3 tbsp", entry_id=entry_id)

    assert (first.status_code, again.status_code, other.status_code) == (302, 302, 422)
    assert Entry.objects.count() == 1


# What is missing ---------------------------------------------------------------------------------


def test_a_unit_that_is_missing_is_named_on_the_page_it_was_typed_on(client, person):
    food = make_food("Rye bread", portions=[("1 slice", 32)])

    response = log(client, food, page="food", quantity="1 cup", portion=str(food.portions.get().pk))

    page = response.content.decode()
    assert response.status_code == 422
    assert "Unit missing: this food has no cup. It has 1 slice, 100 g; give one of these, or grams." in page
    assert "Nothing was logged." in page
    assert "<h1>Rye bread</h1>" in page
    assert 'value="1 cup"' in page
    assert "Value missing" not in page
    assert not Entry.objects.exists()


def test_a_value_that_is_missing_is_another_message(client, person):
    food = make_food("Herb tea", mg_per_100g=None, portions=[("1 cup", 240)])

    page = client.get(reverse("intake:food", args=[food.pk])).content.decode()
    logged = log(client, food, page="food", quantity="1/2 cup")

    assert "<b>Value missing</b>" in page
    assert "no magnesium value is known for this food" in page
    assert "Unit missing" not in page
    assert logged.status_code == 302
    assert kept() == (500, "1 cup", 120_000, None)


def test_both_can_be_missing(client, person):
    food = make_food("Herb tea", mg_per_100g=None)

    page = client.get(reverse("intake:food", args=[food.pk])).content.decode()

    assert "Value missing" in page
    assert "Unit missing: this food has no household portion" in page


def test_an_amount_that_cannot_be_read_is_said_on_the_day_where_it_was_typed_there(client, food):
    response = log(client, food, quantity="plenty", portion=str(food.portions.first().pk))

    assert response.status_code == 422
    assert "Write an amount such as 2, 1/2, 1/2 cup or 150 g." in response.content.decode()


def test_the_page_of_another_person_s_food_is_never_shown_for_a_refusal(client, person):
    theirs = make_own_food(user=make_user(), name="Their secret stew", magnesium_mg_per_100g=Decimal(40))

    response = log(client, theirs, page="food", quantity="1 cup")

    assert response.status_code == 422
    assert "secret" not in response.content.decode()


# Editing -----------------------------------------------------------------------------------------


def change(client, text, field="quantity"):
    entry = Entry.objects.get()
    body = {"version": entry.version, "slot": entry.slot, field: text}
    return client.post(reverse("intake:entry", args=[entry.pk]), body)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2", (2_000, "1 cup", 480_000, 240_000)),
        ("1/2", (500, "1 cup", 120_000, 60_000)),
        ("1/3", (1_000, "1/3 cup", 80_000, 40_000)),
        ("1/2 cup", (500, "1 cup", 120_000, 60_000)),
        ("2 tbsp", (1_000, "2 tbsp (from 1 cup)", 30_000, 15_000)),
        ("1 slice", (1_000, "1 slice, thin", 25_000, 12_500)),
        ("150 g", (150_000, "g", 150_000, 75_000)),
    ],
)
def test_an_entry_s_amount_may_be_given_in_any_unit_of_its_food(client, food, text, expected):
    log(client, food, quantity="1 cup")

    assert change(client, text).status_code == 302

    assert kept() == expected


def test_an_entry_keeps_the_weight_its_portion_had(client, food):
    log(client, food, quantity="1 cup")
    Portion.objects.filter(food=food, label="1 cup").update(weight_mg=300_000)

    change(client, "1/2 cup")

    assert kept() == (500, "1 cup", 120_000, 60_000)


def test_an_entry_by_weight_takes_a_portion_and_one_by_words_takes_more_of_them(client, food):
    log(client, food, weight_g="100")
    change(client, "2 tbsp")
    assert kept()[1:3] == ("2 tbsp (from 1 cup)", 30_000)

    change(client, "3 tbsp")

    assert kept() == (1_000, "3 tbsp (from 1 cup)", 45_000, 22_500)


def test_a_glass_of_water_may_be_changed_in_ml(client, person):
    client.post(reverse("intake:add_water", args=[MONDAY]), {"entry_id": str(uuid7())})

    change(client, "300 ml")

    assert kept() == (1_200, "250 ml", 300_000, 3_000)


def test_a_unit_the_food_has_not_is_said_beside_the_entry_and_changes_nothing(client, food):
    log(client, food, quantity="1 cup")

    response = change(client, "1 bagel")

    assert response.status_code == 422
    said = "<li>Unit missing: this food has no bagel. It has 1 cup, 1 slice, 1/2 fillet, 100 g; give one of"
    assert said in response.content.decode()
    assert kept()[0:2] == (1_000, "1 cup")


def test_what_an_entry_was_reckoned_from_is_no_unit_to_choose(client, food):
    log(client, food, quantity="2 tbsp")
    entry = Entry.objects.get()

    shown = client.get(reverse("intake:entry", args=[entry.pk])).content.decode()
    refused = change(client, "1 bagel").content.decode()

    assert "How many × 2 tbsp<" in shown
    assert "It has 1 cup, 1 slice" in refused


def test_the_stale_form_says_what_was_put_in(client, food):
    log(client, food, quantity="1 cup")
    Entry.objects.update(version=5)
    entry = Entry.objects.get()

    for text, said in (("2 tbsp", "2 tbsp"), ("2", "2 cups"), ("1/2", "½ cup")):
        response = client.post(
            reverse("intake:entry", args=[entry.pk]), {"version": 1, "slot": "lunch", "quantity": text}
        )
        assert response.status_code == 409
        assert f"You had put in {said}" in response.content.decode()


@pytest.mark.parametrize(
    ("text", "shown", "whole"),
    [
        ("1/2 cup", "½ cup", "½ cup"),
        ("2 tbsp", "2 tbsp", "2 tbsp (from 1 cup)"),
        ("1/3 cup", "⅓ cup", "⅓ cup"),
        ("2 slices", "2 slices", "2 slices, thin"),
    ],
)
def test_a_row_shows_the_amount_in_short_and_names_it_whole(client, food, text, shown, whole):
    log(client, food, quantity=text)

    page = client.get(reverse("intake:day", args=[MONDAY])).content.decode()

    assert f"<span>{shown}</span>" in page
    assert f'aria-label="Change Soup, thick, {whole}"' in page


# The last portion --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "label", "posted"),
    [
        ("1/2 cup", "½ cup", ("cup", "1/2", None)),
        ("2 tbsp", "2 tbsp", ("", "2 tbsp", None)),
        ("1/3 cup", "⅓ cup", ("", "1/3 cup", None)),
        ("1 fillet", "1 fillet", ("", "1 fillet", None)),
        ("3 oz", "3 oz", ("", "3 oz", None)),
        ("150 g", "150 g", ("", "1", 150)),
    ],
)
def test_the_last_portion_of_a_food_is_offered_first_and_logs_the_same_again(
    client, person, food, text, label, posted
):
    reindex([food.pk])
    log(client, food, quantity="1 cup", day=MONDAY - dt.timedelta(days=5))
    log(client, food, quantity=text)
    first = Entry.objects.order_by("created_at").last()

    (row,) = found_rows(person, MONDAY, "soup", 5)

    cup = str(food.portions.get(label="1 cup").pk)
    assert (row.portion_label, row.last_used) == (label, True)
    assert (row.portion, row.quantity, row.weight_g) == (cup if posted[0] else "", *posted[1:])
    again = {"portion": row.portion, "quantity": row.quantity, "weight_g": row.weight_g or ""}
    log(client, food, **again)
    last = Entry.objects.order_by("created_at").last()
    assert last.pk != first.pk
    assert (last.weight_mg, last.magnesium_ug) == (first.weight_mg, first.magnesium_ug)
    assert row.magnesium_ug == first.magnesium_ug


def test_an_own_food_s_last_portion_is_offered_first(client, person, django_assert_num_queries):
    own = make_own_food(
        user=person,
        name="Porridge",
        magnesium_mg_per_100g=Decimal(40),
        portion_label="1 bowl",
        portion_weight_g=Decimal(300),
    )
    log(client, own, quantity="1/2 bowl")

    (row,) = found_rows(person, MONDAY, "porridge", 5)

    assert (row.portion, row.quantity, row.portion_label, row.last_used) == (
        str(own.pk),
        "1/2",
        "½ bowl",
        True,
    )
    with django_assert_num_queries(1):
        last_amounts(person, MONDAY, [str(own.pk), "1", "2"])


def test_nobody_else_s_last_portion_is_offered(client, person, food):
    log(client, food, quantity="2 tbsp")

    assert last_amounts(make_user(), MONDAY, [str(food.pk)]) == {}


def test_a_last_portion_that_is_gone_gives_way_to_the_first_of_those_there(client, person, food):
    log(client, food, quantity="2 tbsp")
    Portion.objects.filter(food=food, label="1 cup").delete()

    page = client.get(f"{reverse('intake:food', args=[food.pk])}?day={MONDAY}").content.decode()

    assert "2 tbsp" not in page.replace("2 tbsp, 150 g", "")


def test_the_food_s_page_opens_on_the_last_portion_in_one_query_more(
    client, person, food, django_assert_num_queries
):
    log(client, food, quantity="1 1/2 slices")
    url = f"{reverse('intake:food', args=[food.pk])}?day={MONDAY}"

    with django_assert_num_queries(6):  # session, person; food, revisions, portions; the last amount
        page = client.get(url).content.decode()

    slice_, cup = (food.portions.get(label=label).pk for label in ("1 slice, thin", "1 cup"))
    assert f'<option value="{slice_}" selected>1 slice, thin, 25 g, 13 mg (your last)</option>' in page
    assert 'name="quantity" autocomplete="off" autocapitalize="none" value="1 1/2"' in page
    assert page.index(f'<option value="{slice_}"') < page.index(f'<option value="{cup}"')
