"""The curators' desk: find a food, correct it, retire it, add a portion; nothing is overwritten."""

import re

import pytest
from django.urls import reverse

from foods.models import Food, FoodRevision, Portion, ReviewItem
from foods.search import rebuild, reindex
from foods.services import merge_foods
from tests.factories import make_food, make_source, make_user

pytestmark = pytest.mark.django_db

CHANGELIST = "/admin/foods/food/"


def change_url(food):
    return reverse("admin:foods_food_change", args=[food.pk])


def correct_url(food):
    return reverse("admin:foods_food_correct", args=[food.pk])


def act(client, action, foods, reason="Not eaten any more"):
    """Choose foods in the list, look at what would change, and confirm it."""
    shown = client.post(CHANGELIST, {"action": action, "_selected_action": [food.pk for food in foods]})
    return client.post(
        f"{CHANGELIST}bulk/",
        {
            "act": action,
            "ids": ",".join(str(food.pk) for food in foods),
            "seal": shown.context["shown"].seal,
            "reason": reason,
            "confirm": "1",
        },
    )


def portions_form(**row):
    """Return the post of a change page with one new portion."""
    return {
        "revisions-TOTAL_FORMS": 0,
        "revisions-INITIAL_FORMS": 0,
        "portions-TOTAL_FORMS": 1,
        "portions-INITIAL_FORMS": 0,
        **{f"portions-0-{name}": value for name, value in row.items()},
    }


def test_a_curator_finds_corrects_and_retires_a_food_and_adds_a_portion(client, curator):
    food = make_food("Almonds", mg_per_100g=270, portions=[("1 oz", 28.35)])
    reindex([food.pk, make_food("Bananas").pk])

    found = client.get(CHANGELIST, {"q": "almon"}).content.decode()
    assert "Almonds" in found
    assert "Bananas" not in found
    assert correct_url(food) in client.get(change_url(food)).content.decode()

    corrected = client.post(
        correct_url(food), {"magnesium_mg_per_100g": "257.6", "reason": "Newer analysis"}, follow=True
    )
    assert corrected.redirect_chain == [(reverse("admin:foods_food_sources", args=[food.pk]), 302)]
    page = corrected.content.decode()
    assert "Corrected from 270 to 257.6 mg per 100 g." in page
    assert "Newer analysis" in page
    page = client.get(change_url(food)).content.decode()
    assert page.rindex(">257.6</div>") < page.rindex(">270</div>")
    assert "Newer analysis" in page
    assert "curator@example.org" in page

    client.post(change_url(food), portions_form(label="1 handful", weight_g="30.5"))
    assert list(food.portions.order_by("position").values_list("label", "weight_mg")) == [
        ("1 oz", 28_350),
        ("1 handful", 30_500),
    ]

    act(client, "retire", [food])
    assert Food.objects.get(pk=food.pk).retired_at is not None
    act(client, "restore", [food])
    assert Food.objects.get(pk=food.pk).retired_at is None


def test_a_value_can_be_marked_as_not_known(client, curator):
    food = make_food(mg_per_100g=270)

    client.post(correct_url(food), {"unknown": "on", "reason": "The record was of another food"})

    assert Food.objects.get(pk=food.pk).current.magnesium_ug_per_100g is None


@pytest.mark.parametrize(
    "data",
    [
        {"magnesium_mg_per_100g": "268"},
        {"magnesium_mg_per_100g": "268", "reason": "   "},
        {"magnesium_mg_per_100g": "268", "reason": "x" * 501},
        {"magnesium_mg_per_100g": "268", "reason": "a\x00b"},
        {"magnesium_mg_per_100g": "268", "reason": "a\u202eb"},
        {"reason": "why"},
        {"magnesium_mg_per_100g": "268", "unknown": "on", "reason": "why"},
        {"magnesium_mg_per_100g": "-1", "reason": "why"},
        {"magnesium_mg_per_100g": "100000.1", "reason": "why"},
        {"magnesium_mg_per_100g": "1e30", "reason": "why"},
        {"magnesium_mg_per_100g": "NaN", "reason": "why"},
        {"magnesium_mg_per_100g": "many", "reason": "why"},
        {"magnesium_mg_per_100g": "9" * 10_000, "reason": "why"},
        {"magnesium_mg_per_100g": "270", "reason": "nothing new"},
    ],
)
def test_a_correction_that_cannot_be_is_explained_and_changes_nothing(client, curator, data):
    food = make_food(mg_per_100g=270)

    response = client.post(correct_url(food), data)

    assert response.status_code == 200
    assert "errorlist" in response.content.decode()
    assert food.revisions.count() == 1


@pytest.mark.parametrize(
    "row",
    [
        {"label": "1 oz", "weight_g": "30"},
        {"label": "", "weight_g": "30"},
        {"label": "  ", "weight_g": "30"},
        {"label": "x" * 81, "weight_g": "30"},
        {"label": "1 cup", "weight_g": "0"},
        {"label": "1 cup", "weight_g": "100001"},
        {"label": "1 cup", "weight_g": ""},
        {"label": "a\x00b", "weight_g": "30"},
    ],
)
def test_a_portion_that_cannot_be_is_explained_and_not_added(client, curator, row):
    food = make_food(portions=[("1 oz", 28.35)])

    response = client.post(change_url(food), portions_form(**row))

    assert response.status_code == 200
    assert "errorlist" in response.content.decode()
    assert food.portions.count() == 1


def test_the_same_portion_twice_in_one_form_is_added_at_most_once(client, curator):
    food = make_food()
    form = portions_form(label="1 cup", weight_g="30") | {
        "portions-TOTAL_FORMS": 2,
        "portions-1-label": "1 cup",
        "portions-1-weight_g": "40",
    }

    assert client.post(change_url(food), form).status_code in (200, 302)
    assert food.portions.count() <= 1


def test_what_is_posted_beside_the_new_portion_changes_nothing(client, curator):
    food = make_food("Almonds", mg_per_100g=270, portions=[("1 oz", 28.35)])
    revision, portion = food.current, food.portions.get()
    before = FoodRevision.objects.values().get(pk=revision.pk), Portion.objects.values().get(pk=portion.pk)
    form = {
        "name": "Poison",
        "revisions-TOTAL_FORMS": 1,
        "revisions-INITIAL_FORMS": 1,
        "revisions-0-id": revision.pk,
        "revisions-0-food": food.pk,
        "revisions-0-magnesium_ug_per_100g": 1,
        "revisions-0-DELETE": "on",
        "portions-TOTAL_FORMS": 1,
        "portions-INITIAL_FORMS": 1,
        "portions-0-id": portion.pk,
        "portions-0-food": food.pk,
        "portions-0-label": "1 ton",
        "portions-0-weight_g": "1000",
        "portions-0-DELETE": "on",
    }

    client.post(change_url(food), form)

    assert Food.objects.get(pk=food.pk).name == "Almonds"
    assert before == (
        FoodRevision.objects.values().get(pk=revision.pk),
        Portion.objects.values().get(pk=portion.pk),
    )


def test_foods_revisions_and_sources_are_neither_added_nor_deleted(client, curator):
    food = make_food()
    source = food.source

    for url in (
        f"{CHANGELIST}add/",
        f"{CHANGELIST}{food.pk}/delete/",
        "/admin/foods/source/add/",
        f"/admin/foods/source/{source.pk}/delete/",
    ):
        assert client.post(url, {"post": "yes"}).status_code == 403
    client.post(f"/admin/foods/source/{source.pk}/change/", {"dataset": "Other"})

    source.refresh_from_db()
    assert source.dataset == "USDA SR Legacy"
    assert Food.objects.filter(pk=food.pk).exists()
    assert client.get(f"/admin/foods/foodrevision/{food.current_id}/change/").status_code == 404


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"state": "retired"}, {"Old"}),
        ({"state": "in-use"}, {"Known", "Unknown", "Corrected", "Winner"}),
        ({"magnesium": "unknown"}, {"Unknown"}),
        ({"magnesium": "known"}, {"Known", "Old", "Corrected", "Merged", "Winner"}),
        ({"magnesium": "corrected"}, {"Corrected"}),
        ({"magnesium": "doubtful"}, {"Known"}),
        ({"state": "merged"}, {"Merged"}),
        ({"use": "logged"}, {"Unknown"}),
        ({"use": "never", "magnesium": "corrected"}, {"Corrected"}),
        ({"category": "Nuts"}, {"Known"}),
        ({"q": "know", "category": "Nuts"}, {"Known"}),
        ({"q": "grocer"}, {"Unknown"}),
        ({"q": "retired"}, set()),
    ],
)
def test_the_list_is_filtered(client, curator, query, expected):
    known = make_food("Known", category="Nuts")
    ReviewItem.objects.create(kind="doubtful", food=known)
    make_food("Unknown", mg_per_100g=None, uses=3, brand="Grocer")
    act(client, "retire", [make_food("Old")])
    corrected = make_food("Corrected")
    client.post(correct_url(corrected), {"magnesium_mg_per_100g": "5", "reason": "why"})
    merge_foods(loser=make_food("Merged"), winner=make_food("Winner"), author="c", reason="one")
    rebuild()

    response = client.get(CHANGELIST, query)

    assert {food.name for food in response.context["cl"].result_list} == expected


def queries_of(client, url, django_assert_max_num_queries, limit):
    with django_assert_max_num_queries(limit) as counted:
        assert client.get(url).status_code == 200
    return len(counted)


def test_the_list_asks_as_much_for_fifty_foods_as_for_one(client, curator, django_assert_max_num_queries):
    make_food()
    one = queries_of(client, CHANGELIST, django_assert_max_num_queries, 12)
    for number in range(49):
        make_food(f"Food {number}", source=make_source(release=f"r{number % 3}"))

    assert queries_of(client, CHANGELIST, django_assert_max_num_queries, 12) == one


def test_a_food_page_asks_as_much_for_many_revisions_as_for_one(
    client, curator, django_assert_max_num_queries
):
    food = make_food(mg_per_100g=270)
    one = queries_of(client, change_url(food), django_assert_max_num_queries, 15)
    for number in range(5):
        FoodRevision.objects.create(food=food, source=make_source(release=f"r{number}"))
        Portion.objects.create(food=food, label=f"{number} cups", weight_mg=number + 1)

    assert queries_of(client, change_url(food), django_assert_max_num_queries, 15) == one


@pytest.mark.parametrize("page", ["list", "food", "correct"])
def test_pages_hold_no_inline_script_or_style(client, curator, page):
    food = make_food("<b>Almonds</b>", portions=[("1 oz", 28.35)])
    url = {"list": CHANGELIST, "food": change_url(food), "correct": correct_url(food)}[page]

    response = client.get(url)
    html = response.content.decode()

    assert "script-src 'self'" in response.headers["Content-Security-Policy"]
    assert not re.search(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)[^>]*>", html)
    assert not re.search(r"<[^>]+\s(style|on[a-z]+)=", html)
    assert "<style" not in html
    assert "<b>Almonds" not in html


def test_only_staff_with_rights_reach_the_desk(client):
    food = make_food()
    for user in (None, make_user(), make_user(is_staff=True)):
        if user:
            client.force_login(user)
        for url in (CHANGELIST, change_url(food), correct_url(food)):
            assert client.get(url).status_code in (302, 403)
        client.post(correct_url(food), {"magnesium_mg_per_100g": "5", "reason": "why"})
    assert food.revisions.count() == 1


def test_a_food_that_is_not_there_cannot_be_corrected(client, curator):
    assert client.get(reverse("admin:foods_food_correct", args=[2**40])).status_code == 404
