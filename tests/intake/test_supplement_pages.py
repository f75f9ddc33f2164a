"""Products from a label: the amount is worked out and seen before anything is saved."""

import datetime as dt

import pytest
from django.urls import reverse

from intake.models import Entry, OwnProduct
from supplements.services import load_builtin_compounds
from tests.factories import make_product, make_user

pytestmark = pytest.mark.django_db
MONDAY = dt.date(2026, 11, 16)


@pytest.fixture
def person(client):
    load_builtin_compounds()
    user = make_user()
    client.force_login(user)
    return user


def label(*lines, **changes):
    """A label's form as posted; a line is (compound, basis, amount) or with the daily value's code."""
    data = {
        "product_id": "01930000-0000-7000-8000-000000000008",
        "name": "Evening capsules",
        "serving": "1 capsule",
        "kind": "supplement",
        "lines-TOTAL_FORMS": str(len(lines)),
        "lines-INITIAL_FORMS": "0",
    }
    for number, (compound, basis, amount, *rest) in enumerate(lines):
        data |= {
            f"lines-{number}-compound": compound,
            f"lines-{number}-basis": basis,
            f"lines-{number}-amount": amount,
            f"lines-{number}-daily_value": rest[0] if rest else "us",
        }
    return data | changes


@pytest.mark.parametrize(
    ("line", "shown", "ug"),
    [
        (("bisglycinate", "elemental", "100"), "100", 100_000),
        (("oxide", "compound", "500"), "301.5", 301_520),
        (("citrate-tri-anhyd", "percent_dv", "24", "us"), "100.8", 100_800),
        (("citrate-tri-anhyd", "percent_dv", "24", "eu"), "90", 90_000),
    ],
)
def test_a_label_is_worked_out_seen_and_kept(client, person, line, shown, ug):
    path = reverse("intake:product_new")

    seen = client.post(path, label(line, step="check"))
    assert shown in seen.content.decode()
    assert not OwnProduct.objects.exists()

    kept = client.post(path, label(line, step="keep", seen=seen.context["seen"]))
    product = OwnProduct.objects.get()
    assert kept["Location"] == reverse("intake:product", args=[product.pk])
    assert product.magnesium_ug_per_serving == pytest.approx(ug, abs=5)


def test_what_was_not_seen_is_shown_first(client, person):
    line = ("bisglycinate", "elemental", "100")

    for seen in ({}, {"seen": "99000"}):
        response = client.post(reverse("intake:product_new"), label(line, step="keep", **seen))
        assert response.status_code == 200
        assert response.context["seen"] == "100000"
    assert not OwnProduct.objects.exists()


def test_a_contradiction_is_pointed_out(client, person):
    lines = [("bisglycinate", "elemental", "500"), ("bisglycinate", "compound", "500")]

    page = client.post(reverse("intake:product_new"), label(*lines, step="check")).content.decode()

    assert "cannot hold 500 mg" in page


def test_a_form_without_formula_needs_the_labels_own_amount(client, person):
    line = ("unspecified-chelate", "compound", "500")

    response = client.post(reverse("intake:product_new"), label(line, step="check"))

    assert response.context["reading"].magnesium_ug is None
    assert "no value" in response.content.decode()


def test_another_line_keeps_what_was_typed(client, person):
    response = client.post(
        reverse("intake:product_new"), label(("oxide", "compound", "5o0"), name="Two salts", step="add")
    )

    page = response.content.decode()
    assert response.status_code == 200
    assert ('value="5o0"' in page, 'value="Two salts"' in page) == (True, True)
    assert 'name="lines-TOTAL_FORMS" value="2"' in page


def test_ten_lines_are_the_most(client, person):
    lines = [("oxide", "compound", "1")] * 10

    page = client.post(reverse("intake:product_new"), label(*lines, step="add")).content.decode()

    assert 'name="lines-TOTAL_FORMS" value="10"' in page


def test_a_product_on_the_skin_is_logged_and_counts_nothing(client, person):
    product = make_product(name="Flakes", kind="topical", elemental_mg=900)

    client.post(reverse("intake:add_entry", args=[MONDAY]), {"supplement": str(product.pk), "quantity": "2"})

    entry = Entry.objects.get()
    assert (entry.kind, entry.magnesium_ug) == ("topical", 0)


def test_a_retired_product_leaves_the_list_and_stays_in_the_diary(client, person):
    line = ("bisglycinate", "elemental", "100")
    client.post(reverse("intake:product_new"), label(line, step="keep", seen="100000"))
    product = OwnProduct.objects.get()
    client.post(reverse("intake:add_entry", args=[MONDAY]), {"supplement": str(product.pk)})

    client.post(reverse("intake:product_retire", args=[product.pk]))

    assert "Evening capsules" not in client.get(reverse("intake:supplements")).content.decode()
    assert "Evening capsules" in client.get(reverse("intake:day", args=[MONDAY])).content.decode()


def test_the_list_is_few_queries_however_many_products(client, person, django_assert_max_num_queries):
    for number in range(30):
        make_product(name=f"Product {number}")

    with django_assert_max_num_queries(5):
        client.get(reverse("intake:supplements"))


def test_a_form_for_the_bath_asks_whether_it_is_swallowed(client, person):
    line = ("sulfate-7h2o", "compound", "1000")
    path = reverse("intake:product_new")

    assert "used in a bath" in client.post(path, label(line, step="check")).content.decode()
    on_the_skin = client.post(path, label(line, kind="topical", step="check"))
    assert "used in a bath" not in on_the_skin.content.decode()
    assert on_the_skin.context["reading"].magnesium_ug == 0
