"""Medicines and conditions: private lists, what a day makes of them, what they cost, how they are erased."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, transaction
from django.urls import reverse

from intake.domain.schedule import EVERY_DAY
from intake.errors import NotThere
from intake.export_timing import condition_lines, medicine_lines
from intake.models import ListedMedicine, Profile, TickedCondition, User
from intake.reports import conditions_of, day_report, medicine_rows
from intake.services import (
    change_profile,
    delete_account,
    delete_entry,
    drop_medicine,
    erase_medicines,
    list_medicine,
    log_food,
    log_quick,
    make_token,
    tick_conditions,
)
from intake.services.timing import MAX_LISTED
from tests.factories import make_food, make_user

pytestmark = pytest.mark.django_db

SUNDAY = dt.date(2026, 11, 22)
LONG_AGO = dt.date(2020, 1, 5)  # nothing is asked of what is offered elsewhere
ONE_DAY = dt.timedelta(days=1)
EIGHT, NINE, NOON = dt.time(8), dt.time(9), dt.time(12)


@pytest.fixture
def user():
    return make_user()


@pytest.fixture
def person(client, user):
    client.force_login(user)
    return client


def capsule(user, at=NINE, day=SUNDAY, kind="supplement", mg=100):
    value = None if mg is None else Decimal(mg)
    return log_quick(user=user, day=day, kind=kind, label="Capsule", magnesium_mg=value, time=at).entry


def codes(user, day=SUNDAY):
    return [note.code for note in day_report(user, day).notes]


# The lists -----------------------------------------------------------------------------------------


def test_a_class_is_listed_once_for_each_time(user):
    assert list_medicine(user=user, rule="levothyroxine", times=[EIGHT, EIGHT, NOON]) == 2
    assert list_medicine(user=user, rule="levothyroxine", times=[EIGHT], weekdays=0b1) == 0

    rows = [(row.rule.slug, row.at, row.weekdays) for row in medicine_rows(user)]
    assert rows == [("levothyroxine", EIGHT, 1), ("levothyroxine", NOON, EVERY_DAY)]


def test_a_class_without_a_time_is_one_line_until_a_time_is_known(user):
    assert list_medicine(user=user, rule="raltegravir") == 1
    assert list_medicine(user=user, rule="raltegravir") == 0
    assert list_medicine(user=user, rule="raltegravir", times=[dt.time(0)]) == 1

    assert [row.at for row in medicine_rows(user)] == [dt.time(0)]


@pytest.mark.parametrize(
    "wrong", [{"rule": "aspirin"}, {"rule": ""}, {"weekdays": 0}, {"weekdays": 128}, {"rule": "x" * 41}]
)
def test_what_is_not_in_the_list_is_refused(user, wrong):
    with pytest.raises(ValidationError):
        list_medicine(user=user, **({"rule": "iron", "times": [EIGHT]} | wrong))

    assert not ListedMedicine.objects.exists()
    assert not Profile.objects.get(user=user).has_timing


def test_a_list_has_an_end(user):
    times = [dt.time(minute // 60, minute % 60) for minute in range(MAX_LISTED)]
    list_medicine(user=user, rule="iron", times=times)

    with pytest.raises(ValidationError, match="are enough"):
        list_medicine(user=user, rule="digoxin")
    assert ListedMedicine.objects.count() == MAX_LISTED


@pytest.mark.parametrize(
    "row",
    [
        {"rule": "iron", "weekdays": 0},
        {"rule": "iron", "weekdays": 128},
        {"rule": "x" * 41},
    ],
)
def test_the_database_refuses_a_line_that_cannot_be(user, row):
    with pytest.raises((DataError, IntegrityError)), transaction.atomic():
        ListedMedicine.objects.create(user=user, **row)


@pytest.mark.parametrize("at", [None, EIGHT])
def test_the_database_holds_a_line_once(user, at):
    ListedMedicine.objects.create(user=user, rule="iron", at=at)
    ListedMedicine.objects.create(user=make_user(), rule="iron", at=at)

    with pytest.raises(IntegrityError), transaction.atomic():
        ListedMedicine.objects.create(user=user, rule="iron", at=at)


def test_a_line_goes_by_itself_and_nobody_elses(user):
    list_medicine(user=user, rule="iron")
    (row,) = medicine_rows(user)

    with pytest.raises(NotThere):
        drop_medicine(user=make_user(), medicine_id=row.id)
    drop_medicine(user=user, medicine_id=row.id)

    assert medicine_rows(user) == ()


def test_each_list_is_erased_by_itself(user):
    list_medicine(user=user, rule="iron", times=[EIGHT, NOON])
    tick_conditions(user=user, slugs=["kidney"])

    assert erase_medicines(user=user) == 2
    assert [condition.slug for condition in conditions_of(user)] == ["kidney"]
    assert Profile.objects.get(user=user).has_timing
    tick_conditions(user=user, slugs=[])
    assert not TickedCondition.objects.exists()
    assert not Profile.objects.get(user=user).has_timing


def test_what_is_ticked_is_what_is_kept(user):
    tick_conditions(user=user, slugs=["kidney", "diabetes", "kidney"])
    tick_conditions(user=user, slugs=["diabetes", "pregnancy"])

    assert {condition.slug for condition in conditions_of(user)} == {"diabetes", "pregnancy"}
    with pytest.raises(ValidationError):
        tick_conditions(user=user, slugs=["gout"])
    assert TickedCondition.objects.count() == 2


def test_all_of_it_goes_with_the_account(user):
    list_medicine(user=user, rule="iron")
    tick_conditions(user=user, slugs=["kidney"])
    other = make_user()
    list_medicine(user=other, rule="iron")

    delete_account(user=user)

    assert [row.user_id for row in ListedMedicine.objects.all()] == [other.pk]
    assert not TickedCondition.objects.exists()
    assert User.objects.count() == 1


def test_both_lists_are_in_the_export(user):
    list_medicine(user=user, rule="fluoroquinolones", times=[EIGHT], weekdays=0b11)
    list_medicine(user=user, rule="raltegravir")
    tick_conditions(user=user, slugs=["kidney"])

    first, after = medicine_lines(user.pk, None, 1)
    rest, _ = medicine_lines(user.pk, after, 5)

    assert [*first, *rest] == [
        ("Fluoroquinolones", "08:00", "Mon and Tue", "2 hours before or 6 hours after magnesium"),
        ("Raltegravir", None, "every day", ""),
    ]
    assert condition_lines(user.pk, None, 5)[0] == [("Kidney disease",)]
    assert medicine_lines(make_user().pk, None, 5) == ([], None)


# The day -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "mg", "near"),
    [
        ("supplement", 100, True),
        ("medicine", 100, True),
        ("supplement", None, True),
        ("supplement", 0, False),
        ("food", 100, False),
        ("water", 100, False),
        ("topical", 0, False),
    ],
)
def test_only_added_magnesium_is_kept_apart(user, kind, mg, near):
    list_medicine(user=user, rule="levothyroxine", times=[EIGHT])
    capsule(user, kind=kind, mg=mg)

    assert ("dose-near-medicine" in codes(user)) is near


def test_a_food_is_never_near_a_medicine(user):
    list_medicine(user=user, rule="levothyroxine", times=[EIGHT])
    log_food(user=user, day=SUNDAY, food=make_food(), weight_g=Decimal(100), time=EIGHT)

    report = day_report(user, SUNDAY)

    assert "dose-near-medicine" not in codes(user)
    assert report.lane.doses == ()


def test_the_time_that_counts_is_the_one_it_was_taken_at(user):
    list_medicine(user=user, rule="levothyroxine", times=[EIGHT])
    entry = capsule(user, at=NOON)

    assert "dose-near-medicine" not in codes(user)
    delete_entry(user=user, entry_id=entry.id, version=1, now=dt.datetime(2026, 11, 22, 13, tzinfo=dt.UTC))
    capsule(user, at=dt.time(11, 59))
    assert "dose-near-medicine" in codes(user)


@pytest.mark.parametrize(
    ("day", "at", "taken"), [(-ONE_DAY, dt.time(23, 30), dt.time(0, 30)), (ONE_DAY, dt.time(1), dt.time(23))]
)
def test_doses_of_the_days_beside_are_looked_at(user, day, at, taken):
    list_medicine(user=user, rule="levothyroxine", times=[taken])
    capsule(user, at=at, day=SUNDAY + day)

    assert codes(user) == ["dose-near-medicine"]
    assert "dose-near-medicine" in codes(user, SUNDAY + day)


def test_the_night_belongs_to_the_day_the_person_named(user):
    change_profile(user=user, day_starts_at=dt.time(4), tz="Europe/Berlin")
    list_medicine(user=user, rule="levothyroxine", times=[dt.time(23)])
    capsule(user, at=dt.time(1, 30))

    (note,) = [note for note in day_report(user, SUNDAY).notes if note.code == "dose-near-medicine"]

    assert "100 mg at 01:30 came 2 h 30 min after levothyroxine at 23:00" in note.text


def test_conditions_are_told_on_days_with_something_taken(user):
    tick_conditions(user=user, slugs=["kidney", "diabetes"])
    log_food(user=user, day=SUNDAY, food=make_food(), weight_g=Decimal(100))
    assert not any(code.startswith("condition-") for code in codes(user))

    capsule(user)

    assert codes(user)[0] == "condition-kidney"  # a caution stands first
    assert "condition-diabetes" in codes(user)


def test_another_persons_lists_are_not_mine(user):
    other = make_user()
    list_medicine(user=other, rule="levothyroxine", times=[EIGHT])
    tick_conditions(user=other, slugs=["kidney"])
    capsule(user)

    assert codes(user) == ["total-below-band", "ask-a-professional"]
    assert conditions_of(user) == ()


def test_two_capsules_at_one_time_are_a_large_dose(user):
    capsule(user, mg=130)
    assert "large-single-dose" not in codes(user)

    capsule(user, mg=120)

    assert "large-single-dose" in codes(user)


@pytest.mark.parametrize(
    ("lists", "queries"),
    [
        ((), 3),
        (("conditions",), 5),
        (("untimed",), 5),
        (("timed",), 6),
        (("timed", "conditions"), 6),
    ],
)
def test_a_day_asks_for_the_lists_only_of_who_has_them(user, lists, queries, django_assert_num_queries):
    capsule(user)
    if "conditions" in lists:
        tick_conditions(user=user, slugs=["kidney"])
    if "untimed" in lists:
        list_medicine(user=user, rule="levothyroxine")
    if "timed" in lists:
        list_medicine(user=user, rule="levothyroxine", times=[EIGHT, NOON])

    with django_assert_num_queries(queries):
        day_report(user, SUNDAY)


@pytest.mark.parametrize(
    ("rule", "times", "doses", "drawn"),
    [
        (None, (), 0, False),
        (None, (), 1, True),
        ("levothyroxine", (EIGHT,), 0, True),
        ("levothyroxine", (), 0, False),
        ("raltegravir", (), 0, True),
        ("water-tablets", (), 0, False),
    ],
)
def test_the_lane_is_drawn_where_there_is_something_to_draw(user, rule, times, doses, drawn):
    if rule:
        list_medicine(user=user, rule=rule, times=times)
    for _ in range(doses):
        capsule(user)

    assert (day_report(user, SUNDAY).lane is not None) is drawn


# The pages -----------------------------------------------------------------------------------------

TIMING, CARE = "/settings/timing/", "/settings/care/"


def test_a_medicine_is_listed_and_removed_by_hand(person, user):
    answer = person.post(
        TIMING,
        {"rule": "levothyroxine", "first": "07:30", "second": "", "third": "19:00", "weekdays": [0, 6]},
    )

    assert (answer.status_code, answer.url) == (302, TIMING)
    rows = medicine_rows(user)
    assert [(row.at, row.weekdays) for row in rows] == [
        (dt.time(7, 30), 0b1000001),
        (dt.time(19), 0b1000001),
    ]
    page = person.get(TIMING).content.decode()
    assert "Levothyroxine" in page
    assert "4 hours before or after magnesium" in page
    assert "instruction wins" in page
    assert "Stockley" in page
    person.post(reverse("intake:timing_remove", args=[rows[0].id]))
    assert [row.at for row in medicine_rows(user)] == [dt.time(19)]
    person.post(reverse("intake:timing_erase"))
    assert medicine_rows(user) == ()


def test_no_day_ticked_is_every_day(person, user):
    person.post(TIMING, {"rule": "iron"})

    assert [(row.at, row.days) for row in medicine_rows(user)] == [(None, "every day")]


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({}, "rule"),
        ({"rule": "aspirin"}, "rule"),
        ({"rule": "iron", "first": "25:00"}, "first"),
        ({"rule": "iron", "weekdays": ["7"]}, "weekdays"),
        ({"rule": "iron", "weekdays": ["x"]}, "weekdays"),
    ],
)
def test_a_form_that_is_refused_keeps_nothing(person, sent, field):
    answer = person.post(TIMING, sent)

    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert not ListedMedicine.objects.exists()


def test_a_full_list_says_so(person, user):
    times = [dt.time(minute // 60, minute % 60) for minute in range(MAX_LISTED)]
    list_medicine(user=user, rule="iron", times=times)

    answer = person.post(TIMING, {"rule": "digoxin"})

    assert answer.status_code == 422
    assert "are enough" in answer.content.decode()


def test_conditions_are_ticked_told_and_erased(person, user):
    assert person.post(CARE, {"slugs": ["kidney", "child"]}).status_code == 302

    page = person.get(CARE).content.decode()
    assert "30 ml/min" in page
    assert page.count("checked") == 2
    assert person.post(CARE, {"slugs": ["gout"]}).status_code == 422
    assert person.post(reverse("intake:care_erase")).status_code == 302
    assert not TickedCondition.objects.exists()


@pytest.mark.parametrize(
    "name", ["intake:timing_erase", "intake:care_erase"], ids=lambda name: name.partition(":")[2]
)
def test_nothing_is_erased_by_looking(person, name):
    assert person.get(reverse(name)).status_code == 405


def test_the_day_shows_the_lane_and_says_whose_word_wins(person, user):
    list_medicine(user=user, rule="levothyroxine", times=[EIGHT])
    list_medicine(user=user, rule="raltegravir")
    capsule(user)

    page = person.get(f"/{SUNDAY}/").content.decode()

    assert "Through the day" in page
    assert "Levothyroxine, 08:00" in page
    assert "gap 04:00 to 12:00" in page
    assert "no gap is known to do" in page
    assert "100 mg at 09:00, nearer to a medicine than its gap" in page
    assert "instruction wins" in page
    assert page.count("style=") == 0


@pytest.mark.parametrize(("lists", "queries"), [(False, 5), (True, 8)])
def test_the_day_page_asks_little(person, user, lists, queries, django_assert_num_queries):
    capsule(user, day=LONG_AGO)
    if lists:
        list_medicine(user=user, rule="levothyroxine", times=[EIGHT])
        tick_conditions(user=user, slugs=["kidney"])

    with django_assert_num_queries(queries):  # session, person and profile; the day
        person.get(f"/{LONG_AGO}/")


def test_the_interface_tells_the_same_warnings(user, client):
    list_medicine(user=user, rule="levothyroxine", times=[EIGHT])
    capsule(user)
    token = make_token(user=user, name="a program")

    answer = client.get(f"/api/v1/days/{SUNDAY}/", headers={"Authorization": f"Token {token}"}).json()

    first = answer["warnings"][0]
    assert (first["code"], first["severity"]) == ("dose-near-medicine", "caution")
    assert first["source"]["body"] == "Stockley's"
    assert [warning["code"] for warning in answer["warnings"]] == codes(user)


# Whose ceiling ------------------------------------------------------------------------------------

BAND = "/settings/band/"


def test_the_ceiling_s_body_is_chosen_on_the_page_of_the_band(person, user):
    page = person.get(BAND).content.decode()
    assert "Australia and New Zealand (NHMRC): not available until verified" in page
    assert "UK (COMA): 400 mg" in page
    assert "Medicines are counted beside them here." in page

    assert person.post(BAND, {"body": "us", "ceiling_body": "uk"}).status_code == 302

    aim = day_report(user, SUNDAY).aim
    assert (aim.ceiling_ug, aim.ceiling_basis, aim.reference.citation.short) == (
        400_000,
        "EVM 2003",
        "IOM 1997",
    )
    assert "ceiling of UK (COMA)" in person.get(BAND).content.decode()


def test_a_ceiling_that_was_not_checked_is_not_available_yet(person):
    person.post(BAND, {"ceiling_body": "anz"})

    assert "not available until verified" in person.get(BAND).content.decode().split("<form")[0]


def test_a_new_ceiling_does_not_reach_back(person, user):
    person.post(BAND, {"ceiling_body": "uk", "valid_from": "2026-11-22"})

    assert day_report(user, SUNDAY - ONE_DAY).aim.ceiling_ug == 350_000
    assert day_report(user, SUNDAY).aim.ceiling_ug == 400_000
