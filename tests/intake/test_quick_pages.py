"""Logged in one step: what goes on the skin counts 0, whatever is typed; a laxative or an antacid counts."""

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse
from uuid6 import uuid7

from intake.models import Entry
from intake.reports import day_report
from intake.services import LineInput, make_own_product
from supplements.models import Compound
from supplements.services import load_builtin_compounds
from tests.factories import make_user

pytestmark = pytest.mark.django_db
MONDAY = dt.date(2026, 11, 16)
SKIN, MEDICINE = "intake:log_on_skin", "intake:log_medicine"


@pytest.fixture
def person(client):
    load_builtin_compounds()
    user = make_user()
    client.force_login(user)
    return user


def skin(**changes):
    return {
        "entry_id": str(uuid7()),
        "what": "epsom-feet",
        "amount": "250 g",
        "minutes": "20",
        "day": "2026-11-16",
        "time": "21:30",
    } | changes


def medicine(**changes):
    return {
        "entry_id": str(uuid7()),
        "what": "hydroxide",
        "basis": "compound",
        "amount": "1200",
        "doses": "1",
        "day": "2026-11-16",
        "time": "21:30",
    } | changes


# On the skin ---------------------------------------------------------------------------------------


def test_a_foot_soak_is_logged_with_amount_and_minutes_and_counts_nothing(client, person):
    response = client.post(reverse(SKIN), skin())

    entry = Entry.objects.get()
    assert response["Location"] == reverse("intake:day", args=[MONDAY])
    assert (entry.kind, entry.label, entry.minutes) == ("topical", "Epsom salt foot soak", 20)
    assert (entry.weight_mg, entry.magnesium_ug, entry.at) == (250_000, 0, dt.time(21, 30))
    report = day_report(person, MONDAY)
    assert (report.total.added_ug, report.rows[0].amount) == (0, "250 g for 20 min")


@pytest.mark.parametrize(
    ("amount", "shown"),
    [("250 g", "250 g"), ("0.5 kg", "500 g"), ("20 ml", "20 ml"), ("8 sprays", "8 sprays"), ("", "")],
)
def test_the_amount_stands_as_it_was_meant(client, person, amount, shown):
    client.post(reverse(SKIN), skin(amount=amount, minutes=""))

    assert day_report(person, MONDAY).rows[0].amount == shown


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"amount": "250"}, "Say the unit, too"),
        ({"minutes": "0"}, "from 1 to 1 440"),
        ({"minutes": "1441"}, "from 1 to 1 440"),
        ({"what": ""}, "This field is required"),
        ({"what": "other"}, "What was it?"),
        ({"what": "pill"}, "valid choice"),
        ({"day": "1066-10-14"}, "out of reach"),
        ({"amount": "lots"}, "Write an amount"),
    ],
)
def test_what_cannot_be_is_said(client, person, change, said):
    response = client.post(reverse(SKIN), skin(**change))

    assert response.status_code == 422
    assert said in response.content.decode()
    assert not Entry.objects.exists()


@pytest.mark.parametrize("minutes", ["1", "1440"])
def test_a_minute_and_a_whole_day_are_taken(client, person, minutes):
    client.post(reverse(SKIN), skin(minutes=minutes))

    assert Entry.objects.get().minutes == int(minutes)


def test_no_field_makes_it_count(client, person):
    client.post(reverse(SKIN), skin(magnesium_mg="100", kind="supplement"))

    assert Entry.objects.get().magnesium_ug == 0
    page = client.get(reverse(SKIN)).content.decode()
    assert "counts 0 mg" in page
    assert "24.7 g of magnesium" in page


def test_ones_own_flakes_are_offered_and_another_persons_are_not(client, person):
    flakes = Compound.objects.get(slug="sulfate-7h2o")
    line = LineInput(compound=flakes, basis="compound", amount=Decimal(1000))
    mine, _ = make_own_product(user=person, name="My salt", serving="1 cup (200 g)", lines=[line])
    theirs, _ = make_own_product(user=make_user(), name="Their salt", serving="1 cup", lines=[line])

    page = client.get(reverse(SKIN)).content.decode()
    assert ("My salt" in page, "Their salt" in page) == (True, False)

    assert client.post(reverse(SKIN), skin(what=str(theirs.pk))).status_code == 422
    client.post(reverse(SKIN), skin(what=str(mine.pk), amount="100 g"))
    entry = Entry.objects.get()
    assert (entry.own_product_id, entry.quantity_milli, entry.magnesium_ug) == (mine.pk, 500, 0)
    assert entry.minutes == 20


# Medicines -----------------------------------------------------------------------------------------


def test_milk_of_magnesia_is_seen_first_and_counts_as_added(client, person):
    body = medicine()

    first = client.post(reverse(MEDICINE), body)
    assert "<b>500.1</b> mg elemental" in first.content.decode()
    assert not Entry.objects.exists()

    client.post(reverse(MEDICINE), body | {"step": "log", "seen": first.context["seen"]})
    entry = Entry.objects.get()
    assert (entry.kind, entry.label, entry.unit) == ("medicine", "Milk of magnesia", "1 dose")
    assert day_report(person, MONDAY).total.added_ug == entry.magnesium_ug == 500_107


@pytest.mark.parametrize(
    ("change", "seen"),
    [
        ({"basis": "elemental", "amount": "500"}, "500000"),
        ({"amount": "1.2 g"}, "500107"),
        ({"what": "sulfate-7h2o", "amount": "10 g"}, "986110"),
        ({"what": "citrate-tri-anhyd", "amount": "1745"}, "282050"),
        ({"what": "other", "name": "Syrup", "basis": "elemental", "amount": "80"}, "80000"),
        ({"amount": "", "basis": ""}, "unknown"),
    ],
)
def test_a_dose_is_reckoned_by_its_form(client, person, change, seen):
    response = client.post(reverse(MEDICINE), medicine(**change))

    assert response.context["seen"] == seen


def test_doses_multiply_what_one_holds(client, person):
    client.post(reverse(MEDICINE), medicine(doses="2", step="log", seen="500107"))

    assert Entry.objects.get().magnesium_ug == 1_000_214


def test_without_an_amount_it_is_logged_as_unknown(client, person):
    client.post(reverse(MEDICINE), medicine(amount="", basis="", step="log", seen="unknown"))

    assert Entry.objects.get().magnesium_ug is None


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"basis": ""}, "Say what the figure speaks of"),
        ({"amount": "15 ml"}, "in mg or g"),
        ({"what": "other"}, "What is it?"),
        ({"what": "other", "name": "Syrup"}, "The formula is not known here"),
        ({"doses": "0"}, "above 0"),
        ({"doses": "2 spoons"}, "How many doses"),
        ({"amount": "100 g"}, "20 000 mg"),
        ({"what": "oxide"}, "valid choice"),
    ],
)
def test_what_no_dose_can_be_is_said(client, person, change, said):
    response = client.post(reverse(MEDICINE), medicine(**change, step="log", seen="500107"))

    assert response.status_code == 422
    assert said in response.content.decode()
    assert not Entry.objects.exists()


@pytest.mark.parametrize(
    ("name", "body"),
    [(SKIN, skin()), (MEDICINE, medicine(step="log", seen="500107"))],
)
def test_the_same_form_sent_twice_is_one_entry(client, person, name, body):
    other = {"minutes": "30"} if name == SKIN else {"doses": "2"}

    statuses = [client.post(reverse(name), sent).status_code for sent in (body, body, body | other)]

    assert statuses == [302, 302, 422]
    assert Entry.objects.count() == 1


def test_both_pages_need_a_fixed_number_of_queries(client, person, django_assert_num_queries):
    for name in (SKIN, MEDICINE):
        with django_assert_num_queries(3):  # session, person with profile, products or forms
            client.get(reverse(name))
