"""No input breaks a page: a clear refusal, never a 500, nothing half saved. The same on both databases."""

import datetime as dt

import pytest
from django.urls import reverse

from intake.models import DayMark, Entry, OwnFood, OwnIngredient, OwnProduct
from tests.factories import make_compound, make_food, make_product, make_user

pytestmark = pytest.mark.django_db
MONDAY = dt.date(2026, 11, 16)

NUMBERS = [
    "-1",
    "0",
    "1e30",
    "1" + "0" * 30,
    "NaN",
    "Infinity",
    "-Infinity",
    "abc",
    "1,5,6",
    "0x10",
    "9" * 10_000,
    "\0",
    "１２e９９",
    "--1",
    "1e-30",
    "100001",
]
TEXTS = ["", " ", "x" * 10_000, "a\0b", "ab\u202ecd", "\u2066x\u2069"]
REFERENCES = [
    "0",
    "-1",
    "1e3",
    "9" * 30,
    "' OR 1=1",
    "\0",
    "01930000-0000-7000-8000-000000000001",
    "<b>",
    "x" * 10_000,
    "１",
    "١",
]
DAYS = ["0001-01-01", "9999-12-31", "1899-12-31", "2200-01-02", "2026-02-30", "2026-13-01", "0000-00-00"]


@pytest.fixture
def person(client):
    user = make_user()
    client.force_login(user)
    client.raise_request_exception = True
    return user


def test_a_stranger_amount_of_food_is_refused(client, person):
    food = make_food(portions=[("1 cup", 100)])
    base = {"food": str(food.pk)}

    for number in NUMBERS:
        for field in ({"weight_g": number}, {"portion": food.portions.get().pk, "quantity": number}):
            response = client.post(reverse("intake:add_entry", args=[MONDAY]), base | field)
            assert response.status_code == 422, (number, field)
    assert not Entry.objects.exists()


@pytest.mark.parametrize("field", ["food", "supplement", "portion"])
def test_a_reference_to_nothing_is_refused(client, person, field):
    food = make_food()

    for reference in REFERENCES:
        body = {"food": str(food.pk), "weight_g": "10"} | {field: reference}
        if field == "supplement":
            body.pop("food")
        response = client.post(reverse("intake:add_entry", args=[MONDAY]), body)
        assert response.status_code == 422, reference
    assert not Entry.objects.exists()


@pytest.mark.parametrize("time", ["25:00", "abc", "12:60", "\0", "9" * 1000])
def test_a_time_that_is_none_is_refused(client, person, time):
    body = {"food": str(make_food().pk), "weight_g": "10", "time": time}

    assert client.post(reverse("intake:add_entry", args=[MONDAY]), body).status_code == 422


@pytest.mark.parametrize("slot", ["brunch", "\0", "x" * 10_000, "<b>"])
def test_a_part_of_the_day_that_is_none_is_refused(client, person, slot):
    body = {"food": str(make_food().pk), "weight_g": "10", "slot": slot}

    assert client.post(reverse("intake:add_entry", args=[MONDAY]), body).status_code == 422


@pytest.mark.parametrize("day", DAYS)
def test_an_impossible_day_is_not_there(client, person, day):
    for path in (f"/{day}/", f"/{day}/entries/", f"/{day}/water/", f"/{day}/mark/", f"/{day}/find/?q=a"):
        assert client.get(path).status_code == 404
        assert client.post(path, {"food": "1"}).status_code == 404


@pytest.mark.parametrize(
    "week", ["2026-W54", "2026-W00", "0001-W01", "9999-W52", "2025-W53", "2026-w47", "2026-W4"]
)
def test_an_impossible_week_is_not_there(client, person, week):
    assert client.get(f"/week/{week}/").status_code == 404


@pytest.mark.parametrize("ref", [*REFERENCES[:4], "abc", "1.5", "%00", "%D9%A1", "x" * 2000])
def test_a_food_or_product_that_is_none_is_not_there(client, person, ref):
    assert client.get(f"/foods/{ref}/").status_code == 404
    assert client.get(f"/supplements/{ref}/").status_code == 404


@pytest.mark.parametrize(
    "query",
    [
        "",
        " ",
        "a" * 10_000,
        "\0",
        '"',
        "'",
        "*",
        "NEAR(",
        "a OR b",
        "🌰",
        "\u202e",
        "%",
        "_",
        "(((",
        "a:b",
        "-a",
        "^",
    ],
)
def test_any_search_is_answered(client, person, query):
    for path in (reverse("intake:find", args=[MONDAY]), reverse("intake:supplements")):
        assert client.get(path, {"q": query}).status_code == 200


def test_a_bad_change_changes_nothing(client, person):
    food = make_food()
    client.post(reverse("intake:add_entry", args=[MONDAY]), {"food": str(food.pk), "weight_g": "10"})
    entry = Entry.objects.get()
    path = reverse("intake:entry", args=[entry.pk])

    for number in NUMBERS:
        assert client.post(path, {"version": "1", "quantity": number}).status_code == 422, number
        assert client.post(path, {"version": number, "quantity": "1"}).status_code in {409, 422}, number
    for day in DAYS:
        assert client.post(path, {"version": "1", "quantity": "1", "day": day}).status_code == 422, day
    assert client.post(path, {"version": "7", "quantity": "1"}).status_code == 409
    entry.refresh_from_db()
    assert (entry.version, entry.weight_mg, entry.day) == (1, 10_000, MONDAY)


@pytest.mark.parametrize("mark", ["done", "\0", "x" * 10_000, "<script>"])
def test_a_mark_that_is_none_is_refused(client, person, mark):
    assert client.post(reverse("intake:mark_day", args=[MONDAY]), {"mark": mark}).status_code == 422
    assert not DayMark.objects.exists()


@pytest.mark.parametrize("entry_id", ["", "1", "x" * 10_000, "\0"])
def test_a_glass_without_an_id_is_refused(client, person, entry_id):
    response = client.post(reverse("intake:add_water", args=[MONDAY]), {"entry_id": entry_id})

    assert response.status_code == 422
    assert not Entry.objects.exists()


def own_food(**changes):
    return {
        "food_id": "01930000-0000-7000-8000-000000000009",
        "name": "Soup",
        "magnesium_mg": "10",
        "per": "100g",
        "portion_label": "1 bowl",
        "portion_weight_g": "300",
    } | changes


def test_a_bad_own_food_is_refused(client, person):
    path = reverse("intake:own_food_new")
    bad = [own_food(name=text) for text in TEXTS]
    bad += [own_food(portion_label=text) for text in TEXTS[2:]]
    bad += [own_food(portion_weight_g=number) for number in NUMBERS if number != "100001"]
    bad += [own_food(magnesium_mg=number) for number in NUMBERS if number != "0"]
    bad += [own_food(per="cup"), own_food(per="portion", portion_weight_g="", portion_label="")]
    bad += [own_food(per="portion", magnesium_mg="20000", portion_weight_g="0.001")]

    for body in bad:
        assert client.post(path, body).status_code == 422, body
    assert not OwnFood.objects.exists()


def product(**changes):
    return {
        "product_id": "01930000-0000-7000-8000-000000000008",
        "name": "Bisglycinate",
        "serving": "1 capsule",
        "kind": "supplement",
        "lines-TOTAL_FORMS": "1",
        "lines-INITIAL_FORMS": "0",
        "lines-0-compound": "oxide",
        "lines-0-basis": "elemental",
        "lines-0-amount": "100",
        "lines-0-daily_value": "us",
        "step": "keep",
    } | changes


def test_a_bad_product_is_refused(client, person):
    make_compound()
    path = reverse("intake:product_new")
    bad = [product(name=text) for text in TEXTS] + [product(serving=text) for text in TEXTS]
    bad += [product(**{"lines-0-amount": number}) for number in NUMBERS if number != "100001"]
    bad += [product(**{"lines-0-amount": "100001"})]  # 100 g of magnesium in a capsule
    bad += [product(**{"lines-0-compound": text}) for text in ["gold", "\0", "x" * 10_000, ""]]
    bad += [product(**{"lines-0-basis": "guess"}), product(kind="food")]
    bad += [product(**{"lines-0-basis": "percent_dv", "lines-0-daily_value": "mars"})]
    bad += [product(**{"lines-TOTAL_FORMS": total}) for total in ["-1", "1000", "abc", ""]]

    for body in bad:
        assert client.post(path, body).status_code == 422, body
    assert not OwnProduct.objects.exists()
    assert not OwnIngredient.objects.exists()


def test_markup_in_a_name_is_shown_as_text(client, person):
    client.post(reverse("intake:own_food_new"), own_food(name="<script>alert(1)</script>"))
    food = OwnFood.objects.get()
    client.post(reverse("intake:add_entry", args=[MONDAY]), {"food": str(food.pk), "weight_g": "10"})

    for path in (reverse("intake:day", args=[MONDAY]), reverse("intake:food", args=[food.pk])):
        page = client.get(path).content.decode()
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert" in page


def test_the_same_id_twice_is_one_entry(client, person):
    product = make_product()
    body = {"supplement": str(product.pk), "entry_id": "01930000-0000-7000-8000-000000000007"}
    path = reverse("intake:add_entry", args=[MONDAY])

    assert client.post(path, body).status_code == 302
    assert client.post(path, body).status_code == 302
    assert client.post(path, body | {"quantity": "2"}).status_code == 422
    assert Entry.objects.count() == 1
