"""The first-run page and the settings: what they change, what they cost, whose rows they touch."""

import datetime as dt
import io
import re
import uuid
import zipfile
from decimal import Decimal

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.apps import apps
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from intake.models import (
    FIRST_DAY,
    ApiToken,
    Body,
    DayMark,
    Entry,
    ExportPart,
    Job,
    OwnFood,
    OwnProduct,
    Profile,
    Target,
    User,
)
from intake.services import (
    LineInput,
    log_food,
    make_own_food,
    make_own_product,
    mark_day,
    set_target,
    token_digest,
)
from intake.services import make_token as make_key
from tests.factories import make_compound, make_food, make_user

pytestmark = pytest.mark.django_db

PASSWORD = "long enough to sign in"
NOON = dt.datetime(2026, 11, 22, 12, 0, tzinfo=dt.UTC)
SUNDAY = NOON.date()
WELCOME, BAND, DAY = "/welcome/", "/settings/band/", "/settings/day/"
TIMING, CARE = "/settings/timing/", "/settings/care/"
TOKENS, EXPORT, DELETE = "/settings/tokens/", "/settings/export/", "/settings/delete/"
PAGES = ["/settings/", BAND, DAY, TIMING, CARE, TOKENS, EXPORT, DELETE]


@pytest.fixture(autouse=True)
def _sunday_noon():
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def user():
    return make_user("ada@example.org", PASSWORD)


@pytest.fixture
def client(user):
    client = Client()
    client.force_login(user)
    return client


def errors_of(response):
    return {name: list(errors) for name, errors in response.context["form"].errors.items()}


# Welcome -------------------------------------------------------------------------------------------


def test_the_first_page_may_be_skipped(client, user):
    answer = client.post(WELCOME, {"skip": "1", "low_mg": "nonsense"})

    assert (answer.status_code, answer.url) == (302, reverse("intake:today"))
    profile = Profile.objects.get(user=user)
    assert (profile.welcomed_at, profile.tz) == (NOON, "UTC")
    assert not Target.objects.exists()


@pytest.mark.parametrize(("tz", "kept"), [("Europe/Berlin", "Europe/Berlin"), ("Nowhere/Land", "UTC")])
def test_the_browsers_time_zone_holds_when_the_first_page_is_skipped(client, user, tz, kept):
    client.post(WELCOME, {"skip": "1", "tz": tz})

    profile = Profile.objects.get(user=user)
    assert (profile.welcomed_at, profile.tz) == (NOON, kept)


def test_each_answer_of_the_first_page_may_be_left_out(client, user):
    answer = client.post(WELCOME, {})

    assert answer.status_code == 302
    profile = Profile.objects.get(user=user)
    assert (profile.welcomed_at, profile.tz, profile.day_starts_at) == (NOON, "UTC", dt.time(0))
    assert not Target.objects.exists()


def test_the_defaults_make_no_choice(client):
    client.post(WELCOME, {"body": "us", "tz": "Europe/Vienna", "day_starts_at": "00:00"})

    assert Profile.objects.get().tz == "Europe/Vienna"
    assert not Target.objects.exists()


def test_the_first_choice_holds_for_every_day(client, user):
    answer = client.post(
        WELCOME,
        {
            "body": "efsa",
            "sex": "female",
            "birth_year": "1980",
            "life_stage": "lactating",
            "low_mg": "320",
            "high_mg": "480.5",
            "ceiling_mg": "250",
            "tz": "Europe/Vienna",
            "day_starts_at": "04:00",
        },
    )

    assert answer.status_code == 302
    target = Target.objects.of(user).get()
    assert (target.valid_from, target.body, target.sex) == (FIRST_DAY, "efsa", "female")
    assert (target.birth_year, target.life_stage) == (1980, "lactating")
    assert (target.low_ug, target.high_ug, target.ceiling_ug) == (320_000, 480_500, 250_000)
    profile = Profile.objects.get(user=user)
    assert (profile.tz, profile.day_starts_at) == ("Europe/Vienna", dt.time(4))


def test_the_first_page_is_shown_once(client):
    client.post(WELCOME, {"skip": "1"})

    again = client.post(WELCOME, {"body": "uk"})

    assert client.get(WELCOME).status_code == 302
    assert again.status_code == 302
    assert not Target.objects.exists()


def test_a_refused_first_page_saves_nothing(client, user):
    answer = client.post(WELCOME, {"tz": "Europe/Vienna", "low_mg": "320"})

    assert answer.status_code == 422
    assert errors_of(answer) == {"high_mg": ["A band needs both of its edges."]}
    assert Profile.objects.get(user=user).tz == "UTC"


def test_the_first_page_fails_as_a_whole(client, user, monkeypatch):
    monkeypatch.setattr("intake.views.accounts.set_target", lambda **_: 1 / 0)
    client.raise_request_exception = False

    answer = client.post(WELCOME, {"tz": "Europe/Vienna", "body": "uk"})

    assert answer.status_code == 500
    assert Profile.objects.get(user=user).welcomed_at is None


def test_the_browser_may_guess_the_zone_until_something_was_said(client):
    shown = client.get(WELCOME).content.decode()
    refused = client.post(WELCOME, {"low_mg": "x"}).content.decode()

    assert "data-guess-zone" in shown
    assert "intake/welcome.js" in shown
    assert "data-guess-zone" not in refused


# The band ------------------------------------------------------------------------------------------


def test_a_later_choice_holds_from_today_on(client, user):
    set_target(user=user, today=SUNDAY, body="uk")

    answer = client.post(BAND, {"body": "efsa"})

    assert (answer.status_code, answer.url) == (302, BAND)
    held = list(Target.objects.of(user).order_by("valid_from").values_list("valid_from", "body"))
    assert held == [(FIRST_DAY, "uk"), (SUNDAY, "efsa")]


@pytest.mark.parametrize("from_day", ["2026-11-01", "2027-01-01", "1900-01-01"])
def test_a_choice_may_name_its_first_day(client, user, from_day):
    client.post(BAND, {"body": "efsa", "valid_from": from_day})

    assert Target.objects.of(user).get().valid_from == dt.date.fromisoformat(from_day)


def test_two_choices_for_one_day_are_the_last_of_them(client, user):
    client.post(BAND, {"body": "efsa", "valid_from": "2026-11-22"})
    client.post(BAND, {"body": "uk", "valid_from": "2026-11-22"})

    assert Target.objects.of(user).get().body == "uk"


def test_today_is_the_day_it_is_for_the_person(client, user):
    Profile.objects.update(tz="Pacific/Kiritimati")
    set_target(user=user, today=SUNDAY, body="uk")

    client.post(BAND, {"body": "efsa"})

    assert Target.objects.of(user).filter(valid_from="2026-11-23").exists()


def test_the_form_starts_from_what_is_in_force_and_lists_the_rest(client, user):
    set_target(user=user, today=SUNDAY, body="uk", sex="male", low_ug=320_000, high_ug=480_500)
    set_target(user=user, today=SUNDAY, body="efsa", valid_from=dt.date(2027, 1, 1))

    page = client.get(BAND)
    text = re.sub(r"\s+", " ", page.content.decode())

    assert page.context["form"].initial["body"] == "uk"
    assert 'name="high_mg" value="480.5"' in text
    assert "From 1 January 2027: EU (EFSA), Male" in text
    assert "From the first day <strong>(in force)</strong>: UK (COMA), Male" in text
    assert "band 320 to 480.5 mg (your own)" in text


@pytest.mark.parametrize(
    ("said", "refused"),
    [
        ({"low_mg": "320"}, {"high_mg": ["A band needs both of its edges."]}),
        ({"high_mg": "320"}, {"low_mg": ["A band needs both of its edges."]}),
        (
            {"low_mg": "320", "high_mg": "319.999"},
            {"high_mg": ["The high edge lies at or above the low edge."]},
        ),
        ({"low_mg": "0", "high_mg": "1"}, {"low_mg": ["Between 0.001 and 20000 mg."]}),
        ({"low_mg": "1", "high_mg": "20000.001"}, {"high_mg": ["Between 0.001 and 20000 mg."]}),
        ({"ceiling_mg": "0"}, {"ceiling_mg": ["Between 0.001 and 20000 mg."]}),
        ({"ceiling_mg": "1.0005"}, {"ceiling_mg": ["To 0.001 mg: at most three decimals."]}),
        (
            {"ceiling_mg": "1,200"},
            {"ceiling_mg": ["1,200 can be read in two ways: write 1200, or 1.2."]},
        ),
        ({"ceiling_mg": "a lot"}, {"ceiling_mg": ["Enter a number of mg, such as 350."]}),
        ({"birth_year": "2027"}, {"birth_year": ["The year lies between 1900 and 2026."]}),
        ({"birth_year": "1980.5"}, {"birth_year": ["Enter a year, such as 1980."]}),
        (
            {"birth_year": "2009", "life_stage": "pregnant"},
            {"life_stage": ["Life stages are held for people of 18 and over; set your own numbers."]},
        ),
        ({"valid_from": "1899-12-31"}, {"valid_from": ["This day is out of reach."]}),
        ({"valid_from": "22.11.2026"}, {"valid_from": ["Enter a day as 2026-11-22."]}),
    ],
)
def test_a_choice_that_cannot_be_is_refused_with_a_reason(client, said, refused):
    answer = client.post(BAND, said)

    assert answer.status_code == 422
    assert errors_of(answer) == refused
    assert not Target.objects.exists()


@pytest.mark.parametrize(
    "said",
    [
        {"low_mg": "320", "high_mg": "320"},
        {"low_mg": "0.001", "high_mg": "20000"},
        {"ceiling_mg": "0.001"},
        {"birth_year": "2026"},
        {"birth_year": "2008", "life_stage": "pregnant"},
        *({"body": body} for body in Body.values),
    ],
)
def test_a_choice_at_its_edges_is_taken(client, said):
    assert client.post(BAND, said).status_code == 302
    assert Target.objects.count() == 1


def test_a_figure_may_have_a_comma(client, user):
    client.post(BAND, {"ceiling_mg": "350,5"})

    assert Target.objects.of(user).get().ceiling_ug == 350_500


def test_somebody_under_18_is_told_that_no_band_is_held(client):
    client.post(BAND, {"birth_year": "2010"})

    assert "no band: none is held for these choices" in client.get(BAND).content.decode()


# The day -------------------------------------------------------------------------------------------


def test_the_day_the_tap_and_the_glass_are_saved(client, user):
    said = {"tz": "Europe/Vienna", "day_starts_at": "04:30", "tap_water_mg_per_l": "24.5", "glass_ml": "300"}

    answer = client.post(DAY, said)

    assert (answer.status_code, answer.url) == (302, DAY)
    profile = Profile.objects.get(user=user)
    assert (profile.tz, profile.day_starts_at) == ("Europe/Vienna", dt.time(4, 30))
    assert (profile.tap_water_ug_per_l, profile.glass_ml) == (24_500, 300)
    assert "Saved." in client.get(DAY).content.decode()


@pytest.mark.parametrize(
    ("field", "value", "refused"),
    [
        ("tz", "Europe/Nowhere", "Select a valid choice"),
        ("tz", "localtime", "Select a valid choice"),
        ("tz", "../../etc/passwd", "Select a valid choice"),
        ("day_starts_at", "24:00", "Enter a time as 04:00."),
        ("day_starts_at", "4 am", "Enter a time as 04:00."),
        ("tap_water_mg_per_l", "-0.001", "Between 0 and 1000 mg/l."),
        ("tap_water_mg_per_l", "1000.001", "Between 0 and 1000 mg/l."),
        ("tap_water_mg_per_l", "", "This field is required."),
        ("glass_ml", "49", "A glass holds 50 to 2000 ml."),
        ("glass_ml", "2001", "A glass holds 50 to 2000 ml."),
        ("glass_ml", "250.5", "Enter a whole number of ml, such as 250."),
    ],
)
def test_a_day_that_cannot_be_is_refused_with_a_reason(client, user, field, value, refused):
    said = {"tz": "Europe/Vienna", "day_starts_at": "04:00", "tap_water_mg_per_l": "5", "glass_ml": "200"}

    answer = client.post(DAY, said | {field: value})

    assert answer.status_code == 422
    assert errors_of(answer)[field][0].startswith(refused)
    profile = Profile.objects.get(user=user)
    assert (profile.tz, profile.glass_ml) == ("UTC", 250)


def test_a_zone_without_a_continent_stays_a_choice_where_it_is_set(client):
    Profile.objects.update(tz="EST5EDT")

    answer = client.post(DAY, {"tz": "EST5EDT", "tap_water_mg_per_l": "5", "glass_ml": "200"})

    assert answer.status_code == 302
    assert Profile.objects.get().tz == "EST5EDT"


# Tokens --------------------------------------------------------------------------------------------


def test_a_token_is_shown_once_and_kept_as_a_digest(client, user):
    made = client.post(TOKENS, {"name": "  my phone "})
    raw = re.search(r'id="made" readonly value="([^"]+)"', made.content.decode()).group(1)

    assert made.status_code == 200
    assert "no-store" in made["Cache-Control"]
    token = ApiToken.objects.of(user).get()
    assert (token.name, token.digest) == ("my phone", token_digest(raw))
    assert len(raw) >= 43
    assert raw not in client.get(TOKENS).content.decode()


def test_a_token_is_revoked(client, user):
    make_key(user=user, name="phone")

    answer = client.post(f"{TOKENS}{ApiToken.objects.get().pk}/revoke/")

    assert (answer.status_code, answer.url) == (302, TOKENS)
    assert not ApiToken.objects.exists()


def test_a_person_has_at_most_20_tokens(client, user):
    for _ in range(20):
        make_key(user=user, name="phone")

    answer = client.post(TOKENS, {"name": "one more"})

    assert answer.status_code == 422
    assert ApiToken.objects.count() == 20


# Export --------------------------------------------------------------------------------------------


def finished_export(user):
    job = Job.objects.create(
        user=user, kind="export", state=Job.State.DONE, finished_at=timezone.now(), created_at=timezone.now()
    )
    ExportPart.objects.create(user=user, job=job, name="entries.csv", position=0, content="day,mg\r\n")
    return job


def test_an_export_is_asked_for_and_listed(client, user):
    answer = client.post(EXPORT)

    assert (answer.status_code, answer.url) == (302, EXPORT)
    assert Job.objects.of(user).get().kind == "export"
    assert "waiting" in client.get(EXPORT).content.decode()


def test_a_finished_export_is_a_zip_to_save(client, user):
    job = finished_export(user)

    assert f"/settings/export/{job.pk}/" in client.get(EXPORT).content.decode()
    answer = client.get(f"{EXPORT}{job.pk}/")

    assert answer["Content-Type"] == "application/zip"
    assert answer["Content-Disposition"] == 'attachment; filename="midband-2026-11-22.zip"'
    assert "no-store" in answer["Cache-Control"]
    with zipfile.ZipFile(io.BytesIO(answer.getvalue())) as files:
        assert files.read("entries.csv") == b"day,mg\r\n"


@pytest.mark.parametrize("state", ["queued", "running", "failed", "cancelled"])
def test_an_unfinished_export_is_not_there(client, user, state):
    job = Job.objects.create(user=user, kind="export", state=state)

    assert client.get(f"{EXPORT}{job.pk}/").status_code == 404


def test_another_kind_of_job_is_no_export(client, user):
    job = Job.objects.create(user=user, kind="ranking", state=Job.State.DONE)

    assert client.get(f"{EXPORT}{job.pk}/").status_code == 404


def test_five_exports_a_day_are_enough(client, user):
    for _ in range(5):
        finished_export(user)

    answer = client.post(EXPORT)

    assert (answer.status_code, answer["Retry-After"]) == (429, "86400")
    assert Job.objects.count() == 5


# Deleting ------------------------------------------------------------------------------------------


def full_account(email):
    """Return somebody with a row in every table of a person's."""
    user = make_user(email, PASSWORD)
    own = make_own_food(user=user, name="My bread", magnesium_mg_per_100g=None)
    log_food(user=user, day=SUNDAY, food=own, weight_g=Decimal(100))
    log_food(user=user, day=SUNDAY, food=make_food(), weight_g=Decimal(100))
    line = LineInput(compound=make_compound(), basis="elemental", amount=Decimal(100))
    make_own_product(user=user, name="Mine", serving="1 capsule", lines=[line])
    set_target(user=user, today=SUNDAY, body="uk")
    mark_day(user=user, day=SUNDAY, mark="complete")
    make_key(user=user, name="phone")
    finished_export(user)
    EmailAddress.objects.create(user=user, email=email, primary=True)
    return user


def people_tables():
    """Every model with a key to an account, and the account itself."""
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.fields:
            if field.related_model is User:
                yield model, field.name


def rows_of(user_id):
    return {
        model.__name__: model.objects.filter(**{name: user_id}).count() for model, name in people_tables()
    }


def test_deleting_leaves_no_row_of_the_person_and_all_of_the_others():
    gone, stays = full_account("ada@example.org"), full_account("grace@example.org")
    before = rows_of(stays.pk)
    phone, laptop, other = Client(), Client(), Client()
    for client, user in [(phone, gone), (laptop, gone), (other, stays)]:
        client.force_login(user)

    answer = phone.post(DELETE, {"password": PASSWORD, "confirmation": "Delete"}, follow=True)

    assert answer.redirect_chain == [("/accounts/login/", 302)]
    text = "Your account is deleted, and with it your settings, 2 diary entries, 1 own food, 1 own product"
    assert text in answer.content.decode()
    assert set(rows_of(gone.pk).values()) == {0}
    assert not User.objects.filter(pk=gone.pk).exists()
    assert rows_of(stays.pk) == before
    assert {name for name, count in before.items() if count} >= {
        model.__name__ for model in (Profile, Target, OwnFood, OwnProduct, Entry, DayMark, ApiToken, Job)
    }
    assert laptop.get("/settings/").status_code == 302
    assert other.get("/settings/").status_code == 200
    assert [row.get_decoded()["_auth_user_id"] for row in sessions_of_people()] == [str(stays.pk)]


def sessions_of_people():
    return [row for row in Session.objects.all() if "_auth_user_id" in row.get_decoded()]


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({}, "password"),
        ({"password": PASSWORD}, "confirmation"),
        ({"password": PASSWORD, "confirmation": "yes"}, "confirmation"),
        ({"password": "not the one at all", "confirmation": "delete"}, "password"),
        ({"password": PASSWORD + " ", "confirmation": "delete"}, "password"),
    ],
)
def test_nothing_is_deleted_without_the_password_and_the_word(client, user, said, field):
    log_food(user=user, day=SUNDAY, food=make_food(), weight_g=Decimal(100))

    answer = client.post(DELETE, said)

    assert answer.status_code == 422
    assert field in errors_of(answer)
    assert Entry.objects.of(user).count() == 1


def test_the_password_of_a_deletion_is_not_tried_for_ever(client, user):
    said = {"password": "not the one at all", "confirmation": "delete"}

    tries = [client.post(DELETE, said).status_code for _ in range(11)]
    right = client.post(DELETE, said | {"password": PASSWORD})

    assert tries == [422] * 10 + [429]
    assert (right.status_code, right["Retry-After"]) == (429, "3600")
    assert User.objects.filter(pk=user.pk).exists()


def test_a_deletion_that_fails_half_way_deletes_nothing(user, monkeypatch):
    log_food(user=user, day=SUNDAY, food=make_food(), weight_g=Decimal(100))
    client = Client(raise_request_exception=False)
    client.force_login(user)
    monkeypatch.setattr(User, "delete", lambda self: 1 / 0)

    answer = client.post(DELETE, {"password": PASSWORD, "confirmation": "delete"})

    assert answer.status_code == 500
    assert Entry.objects.of(user).count() == 1


# Every page ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "queries"),
    [
        ("/settings/", 2),
        (BAND, 3),
        (DAY, 2),
        (TIMING, 3),
        (CARE, 3),
        (TOKENS, 3),
        (EXPORT, 3),
        (DELETE, 11),
        (WELCOME, 2),
    ],
)
def test_a_page_costs_a_fixed_number_of_queries(client, user, path, queries, django_assert_num_queries):
    for number in range(3):
        set_target(user=user, today=SUNDAY, body="uk", valid_from=SUNDAY - dt.timedelta(days=number))
        make_key(user=user, name="phone")
        finished_export(user)
    client.get(path)

    with django_assert_num_queries(queries):
        answer = client.get(path)

    assert answer.status_code == 200


@pytest.mark.parametrize("path", PAGES)
def test_a_page_stands_among_the_settings(client, path):
    assert client.get(path).context["section"] == "settings"


@pytest.mark.parametrize("path", [*PAGES, WELCOME, f"{EXPORT}{uuid.UUID(int=1)}/"])
def test_a_stranger_is_sent_to_sign_in(path):
    answer = Client().get(path)

    assert (answer.status_code, answer.url) == (302, f"/accounts/login/?next={path}")


def test_another_persons_rows_are_not_there(client):
    other = make_user()
    make_key(user=other, name="Grace's laptop")
    job = finished_export(other)

    assert client.post(f"{TOKENS}{ApiToken.objects.get().pk}/revoke/").status_code == 404
    assert client.get(f"{EXPORT}{job.pk}/").status_code == 404
    assert client.post(f"{TOKENS}{uuid.UUID(int=1)}/revoke/").status_code == 404
    assert client.get(f"{EXPORT}{uuid.UUID(int=1)}/").status_code == 404
    assert ApiToken.objects.count() == 1
    assert "laptop" not in client.get(TOKENS).content.decode()


@pytest.mark.parametrize(
    "path", [WELCOME, BAND, DAY, TOKENS, EXPORT, DELETE, f"{TOKENS}{uuid.UUID(int=1)}/revoke/"]
)
def test_nothing_is_changed_without_the_token_of_the_form(user, path):
    client = Client(enforce_csrf_checks=True)
    client.force_login(user)

    assert client.post(path, {"name": "x", "skip": "1"}).status_code == 403


@pytest.mark.parametrize("path", [*PAGES, WELCOME])
def test_a_page_answers_to_its_own_methods_only(client, path):
    assert client.put(path).status_code == 405
    assert client.delete(path).status_code == 405


def test_revoking_needs_a_post(client):
    assert client.get(f"{TOKENS}{uuid.UUID(int=1)}/revoke/").status_code == 405
