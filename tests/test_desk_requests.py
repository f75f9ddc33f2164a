"""What is asked of the curators' desk is answered or refused, on both databases, and never breaks it."""

import pytest

from foods.search import reindex
from tests.factories import make_compound, make_food, make_product

pytestmark = pytest.mark.django_db
FOODS, PRODUCTS, COMPOUNDS, FINDINGS, PAGES, SECTIONS = (
    "/admin/foods/food/",
    "/admin/supplements/product/",
    "/admin/supplements/compound/",
    "/admin/supplements/finding/",
    "/admin/learn/page/",
    "/admin/learn/section/",
)


@pytest.mark.parametrize(
    "query", ["category=%00", "route__exact=a%00b", "name__regex=(", "name__iregex=a", "a%00=1"]
)
@pytest.mark.parametrize("page", [FOODS, COMPOUNDS, FINDINGS])
def test_a_filter_that_cannot_be_asked_is_refused(client, curator, page, query):
    assert client.get(f"{page}?{query}").status_code == 400


@pytest.mark.parametrize("key", ["%00", "_00", "oxide%00"])
@pytest.mark.parametrize("page", ["change", "history", "delete"])
def test_a_form_whose_key_holds_nul_is_not_there(client, curator, key, page):
    assert client.get(f"{COMPOUNDS}{key}/{page}/").status_code == 404


@pytest.mark.parametrize("row", ["abc", "\0", "9" * 30, ""])
@pytest.mark.parametrize("action", ["retire", "restore"])
@pytest.mark.parametrize("page", [FOODS, PRODUCTS])
def test_an_action_on_what_is_no_row_is_refused(client, curator, page, action, row):
    make_food(), make_product()

    assert client.post(page, {"action": action, "_selected_action": row}).status_code == 400


@pytest.mark.parametrize("row", ["abc", "\0", "9" * 30, ""])
@pytest.mark.parametrize("action", ["withdraw", "show_again"])
def test_an_action_on_what_is_no_finding_is_refused(client, curator, action, row):
    assert client.post(FINDINGS, {"action": action, "_selected_action": row}).status_code == 400


@pytest.mark.parametrize("row", ["abc", "%00", "9" * 30, "0"])
@pytest.mark.parametrize("state", ["abc", "%00", "9" * 30, "0"])
def test_a_state_of_what_is_no_row_is_not_there(client, curator, row, state):
    for page in (COMPOUNDS, FINDINGS, PAGES, SECTIONS):
        assert client.get(f"{page}{row}/history/{state}/").status_code == 404
        assert client.get(f"{page}{row}/history/").status_code in (302, 404)


def test_what_can_be_asked_is_answered(client, curator):
    food = make_food("Almonds", category="Nuts")
    reindex([food.pk])
    make_compound("a_00b")

    assert "Almonds" in client.get(f"{FOODS}?category=Nuts&q=almonds").content.decode()
    assert client.get(f"{COMPOUNDS}a_5F00b/change/").status_code == 200
    assert client.post(FOODS, {"action": "retire", "_selected_action": food.pk}).status_code == 200
    food.refresh_from_db()
    assert food.retired_at is None  # not before it is confirmed, with a reason
