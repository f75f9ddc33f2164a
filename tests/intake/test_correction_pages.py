"""The pages of corrected foods, reports and proposals, as a person walks through them."""

import datetime as dt
from decimal import Decimal

import pytest
import time_machine
from uuid6 import uuid7

from foods.models import ReviewItem
from foods.services import correct_food
from foods.services.reviewing import close_item
from intake.models import Applied, Contribution, Entry, KeptFigure, OwnFood
from intake.reports import offer_list
from intake.services import log_food
from tests.factories import make_food, make_user

pytestmark = pytest.mark.django_db

MONDAY = dt.date(2026, 11, 16)
NOON = dt.datetime(2026, 11, 22, 12, 0, tzinfo=dt.UTC)
DAY, LIST = "/2026-11-16/", "/corrections/"


@pytest.fixture(autouse=True)
def _noon():
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def person(client):
    user = make_user()
    client.force_login(user)
    return user


def log(user, food, day=MONDAY, grams=100):
    return log_food(user=user, day=day, food=food, weight_g=Decimal(grams)).entry


def correct(food, mg):
    value = None if mg is None else Decimal(mg)
    return correct_food(food=food, magnesium_mg_per_100g=value, author="ada", reason="read off the label")


def page(client, path, **data):
    answer = client.get(path, data)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_person_is_offered_a_correction_takes_it_and_puts_it_back(client, person):
    spinach = make_food("Spinach, boiled", mg_per_100g=87)
    entry = log(person, spinach)
    now = correct(spinach, 82)

    day = page(client, DAY)
    assert "the table now says 82 mg per 100 g; your entry keeps 87." in day
    assert "1 past entry" in page(client, "/")
    listed = page(client, LIST)
    assert "read off the label" in listed
    assert "−5 mg" in listed

    taken = client.post(f"{LIST}take/", {"seen": now.pk, "day": "2026-11-16", "applied_id": str(uuid7())})
    assert "1 entry has the corrected figure now: −5 mg." in page(client, taken.url)
    entry.refresh_from_db()
    assert entry.magnesium_ug == 82_000
    assert "the table now says" not in page(client, DAY)
    assert "past entry" not in page(client, "/")

    undone = client.post(f"{taken.url}undo/")
    assert "1 entry has its earlier figure again." in page(client, undone.url)
    entry.refresh_from_db()
    assert entry.magnesium_ug == 87_000
    assert "the table now says 82 mg" in page(client, DAY)


def test_the_same_button_twice_is_one_act_and_another_button_is_another(client, person):
    foods = [make_food(name, mg_per_100g=87) for name in ("Spinach", "Kale")]
    for food in foods:
        log(person, food)
    first, second = (correct(food, 82) for food in foods)
    form = {"applied_id": str(uuid7())}

    answers = [client.post(f"{LIST}take/", form | {"seen": pk}).url for pk in (first.pk, first.pk, second.pk)]

    assert answers[0] == answers[1] != answers[2]
    assert Applied.objects.count() == 2
    assert set(Entry.objects.values_list("magnesium_ug", flat=True)) == {82_000}


def test_everything_is_taken_with_one_button(client, person):
    for number in range(3):
        food = make_food(f"food {number}", mg_per_100g=50)
        log(person, food)
        correct(food, 60 + number)
    seen = offer_list(person).seen
    assert f'value="{seen}"' in page(client, LIST)

    client.post(f"{LIST}take/", {"seen": seen, "applied_id": str(uuid7())})

    assert "Nothing is offered at the moment." in page(client, LIST)


def test_keeping_ones_own_is_remembered_and_can_be_taken_back(client, person):
    spinach = make_food("Spinach", mg_per_100g=87)
    log(person, spinach)
    now = correct(spinach, None)

    client.post(f"{LIST}keep/", {"seen": now.pk})
    listed = page(client, LIST)
    assert "Nothing is offered" in listed
    assert "Where you kept yours" in listed
    assert client.get(f"{LIST}{now.pk}/").status_code == 404

    client.post(f"{LIST}offer/", {"seen": now.pk})
    assert not KeptFigure.objects.exists()
    assert "no value any more (−87 mg)" in page(client, LIST)


@pytest.mark.parametrize("seen", ["", "x", "0", "-1", "1,,2", "9" * 30, "１", "1" * 200_000, "\0"])
@pytest.mark.parametrize("verb", ["take", "keep", "offer"])
def test_what_no_form_sends_changes_nothing(client, person, verb, seen):
    log(person, make_food())

    answer = client.post(f"{LIST}{verb}/", {"seen": seen, "day": "2026-02-30", "applied_id": "x"})

    assert (answer.status_code, answer.url) == (302, LIST)
    assert not Applied.objects.exists()
    assert not KeptFigure.objects.exists()


@pytest.mark.parametrize("ref", ["0", "x", "9" * 19, "１", "-1"])
def test_a_figure_that_is_not_offered_is_404(client, person, ref):
    assert client.get(f"{LIST}{ref}/").status_code == 404


@pytest.mark.parametrize("foods", [1, 20])
def test_pages_ask_the_same_however_much_is_offered(client, person, django_assert_num_queries, foods):
    now = None
    for number in range(foods):
        food = make_food(f"food {number}", mg_per_100g=50)
        log(person, food)
        now = correct(food, 60)

    session = 2
    with django_assert_num_queries(session + 3):
        page(client, DAY)
    with django_assert_num_queries(session + 5 + 2):  # what is offered; what was taken, what was refused
        page(client, LIST)
    with django_assert_num_queries(session + 5 + 3):  # what is offered; the entries of it
        page(client, f"{LIST}{now.pk}/")
    with django_assert_num_queries(session + 3 + 1 + 3):  # the day, the starters; what other days are offered
        page(client, "/")


@pytest.mark.parametrize(("foods", "more"), [(3, False), (5, True)])
def test_the_day_stays_calm_however_much_was_corrected(client, person, foods, more):
    for number in range(foods):
        food = make_food(f"food {number}", mg_per_100g=50)
        log(person, food)
        correct(food, 60)

    day = page(client, DAY)

    assert day.count("the table now says") == 3
    assert ("2 more of this day stand under" in day) is more


# Reports and proposals -----------------------------------------------------------------------------


def report(**changed):
    typed = {"contribution_id": str(uuid7()), "magnesium_mg": "41", "per": "portion", "grams": "50"}
    return typed | {"origin": "label", "where": "Acme, 200 g pack", "note": "new recipe"} | changed


def test_a_report_waits_and_is_answered(client, person):
    food = make_food("Oat drink", mg_per_100g=10)
    assert "Report a wrong value" in page(client, f"/foods/{food.pk}/")
    assert "Curators read" in page(client, f"/foods/{food.pk}/report/")

    answer = client.post(f"/foods/{food.pk}/report/", report())

    assert answer.url == "/settings/contributions/"
    assert "Waiting for a curator" in page(client, answer.url)
    item = ReviewItem.objects.get()
    assert (item.kind, item.detail["ug_per_100g"]) == ("report", 82_000)
    correct(food, 82)
    close_item(item=item, accepted=True, answer="The new pack says so.", author="ada")
    listed = page(client, answer.url)
    assert "The value is now 82 mg per 100 g." in listed
    assert "The new pack says so." in listed


def test_a_second_report_of_a_food_waits_for_the_first(client, person):
    food = make_food(mg_per_100g=10)
    client.post(f"/foods/{food.pk}/report/", report())

    again = client.post(f"/foods/{food.pk}/report/", report())

    assert again.status_code == 422
    assert "You have reported this food" in again.content.decode()
    assert Contribution.objects.count() == ReviewItem.objects.count() == 1


@pytest.mark.parametrize(
    "changed",
    [
        {"magnesium_mg": ""},
        {"magnesium_mg": "-1"},
        {"magnesium_mg": "NaN"},
        {"magnesium_mg": "1e9"},
        {"grams": ""},
        {"grams": "0"},
        {"where": ""},
        {"where": "a\0b"},
        {"where": "\u202egnol"},
        {"note": "x" * 501},
        {"origin": "gossip"},
        {"contribution_id": "x"},
        {"magnesium_mg": "99999", "grams": "1"},
        {"magnesium_mg": "5"},  # what the table says already
    ],
)
def test_a_report_that_cannot_be_is_refused(client, person, changed):
    food = make_food(mg_per_100g=10)

    answer = client.post(f"/foods/{food.pk}/report/", report(**changed))

    assert answer.status_code == 422
    assert any(answer.context["form"].errors.values())
    assert not ReviewItem.objects.exists()


def test_only_a_shared_food_that_is_shown_can_be_reported(client, person):
    own = OwnFood.objects.create(user=person, name="mine")
    retired = make_food(retired_at=NOON)
    for ref in (own.pk, retired.pk, 0, "x"):
        assert client.get(f"/foods/{ref}/report/").status_code == 404


def proposal(**changed):
    typed = {"food_id": str(uuid7()), "name": "Acme bar", "brand": "Acme", "magnesium_mg": "30"}
    typed |= {"per": "portion", "portion_label": "1 bar", "portion_weight_g": "40"}
    return typed | {"origin": "label", "where": "the wrapper", "note": ""} | changed


def test_a_proposal_is_ones_own_at_once_and_everybodys_when_accepted(client, person):
    found = page(client, f"{DAY}find/", q="acme bar")
    assert "/foods/propose/?name=acme%20bar" in found
    assert "acme bar" in page(client, "/foods/propose/", name="acme bar")

    answer = client.post("/foods/propose/", proposal())

    own = OwnFood.objects.get()
    assert answer.url == f"/foods/{own.pk}/"
    assert (own.magnesium_ug_per_100g, own.portion_weight_mg) == (75_000, 40_000)
    assert "Acme bar" in page(client, f"{DAY}find/", q="acme bar")
    client.force_login(make_user())
    assert "Nothing found" in page(client, f"{DAY}find/", q="acme bar")

    item = close_item(item=ReviewItem.objects.get(), accepted=True, answer="", author="ada")
    assert "Acme bar" in page(client, f"{DAY}find/", q="acme bar")
    client.force_login(person)
    sent = Contribution.objects.get()
    assert "Use the shared one from now on" in page(client, "/settings/contributions/")
    answer = client.post(f"/settings/contributions/{sent.pk}/use/")
    assert answer.url == f"/foods/{item.food_id}/"
    own.refresh_from_db()
    assert own.retired_at == NOON
    assert "Use the shared one" not in page(client, "/settings/contributions/")


def test_a_proposal_can_be_withdrawn_until_it_is_answered(client, person):
    client.post("/foods/propose/", proposal())
    sent = Contribution.objects.get()

    assert client.post(f"/settings/contributions/{sent.pk}/withdraw/").status_code == 302

    assert not ReviewItem.objects.exists()
    assert OwnFood.objects.count() == 1
    assert client.post(f"/settings/contributions/{sent.pk}/withdraw/").status_code == 404


def test_a_refusal_gives_its_reason(client, person):
    client.post("/foods/propose/", proposal())
    close_item(
        item=ReviewItem.objects.get(), accepted=False, answer="It is there as Acme crunch.", author="ada"
    )

    listed = page(client, "/settings/contributions/")

    assert "Declined." in listed
    assert "It is there as Acme crunch." in listed


def test_the_list_of_what_was_sent_is_one_query(client, person, django_assert_max_num_queries):
    for _ in range(5):
        client.post("/foods/propose/", proposal())
        client.post(f"/foods/{make_food(mg_per_100g=1).pk}/report/", report())

    with django_assert_max_num_queries(3):
        page(client, "/settings/contributions/")


@pytest.mark.parametrize("author", ["ada@example.org", "ada"])
def test_no_page_that_people_see_names_the_curator(client, person, author):
    spinach = make_food("Spinach, boiled", mg_per_100g=87)
    log(person, spinach)
    now = correct_food(
        food=spinach, magnesium_mg_per_100g=Decimal(82), author=author, reason="read off the label"
    )

    for path in (f"/foods/{spinach.pk}/", DAY, LIST, f"{LIST}{now.pk}/"):
        shown = page(client, path)
        assert "ada" not in shown.replace("adaptive", ""), path
    assert "A curator’s correction" in page(client, f"/foods/{spinach.pk}/")
    assert "by a curator: read off the label. " in page(client, LIST)
