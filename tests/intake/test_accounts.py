"""Signing up, in and out; passwords; what a stranger may learn."""

import datetime as dt
import re

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse

from config import settings as shipped
from intake.backends import PersonBackend
from intake.hashers import Argon2id, MaximumLengthValidator
from intake.models import Profile, User
from intake.views.entrance import SignupForm
from tests.factories import make_user

pytestmark = pytest.mark.django_db

PASSWORD = "long enough to sign in"
OTHER = "another one, long enough"
LOGIN, LOGOUT, SIGNUP = "/accounts/login/", "/accounts/logout/", "/accounts/signup/"
RESET, CHANGE = "/accounts/password/reset/", "/accounts/password/change/"
NOON = dt.datetime(2026, 11, 22, 12, 0, tzinfo=dt.UTC)


def sign_in(email, password=PASSWORD, client=None, **headers):
    return (client or Client()).post(LOGIN, {"login": email, "password": password}, **headers)


def errors_of(response):
    return [error for errors in response.context["form"].errors.values() for error in errors]


# Signing up ----------------------------------------------------------------------------------------


def test_signing_up_makes_an_account_with_a_profile_and_signs_in(client):
    answer = client.post(SIGNUP, {"email": " Ada@Example.ORG ", "password1": PASSWORD})

    assert (answer.status_code, answer.url) == (302, reverse("intake:welcome"))
    user = User.objects.get()
    assert user.email == "ada@example.org"
    assert user.profile.welcomed_at is None
    assert client.session["_auth_user_id"] == str(user.pk)
    assert mail.outbox == []


@pytest.mark.parametrize("again", ["ada@example.org", "ADA@EXAMPLE.ORG", " Ada@example.org"])
def test_an_address_has_one_account_whatever_its_case(client, again):
    make_user("ada@example.org")

    answer = client.post(SIGNUP, {"email": again, "password1": PASSWORD})

    assert answer.status_code == 422
    assert "already" in errors_of(answer)[0]
    assert User.objects.count() == 1


def test_two_sign_ups_at_once_make_one_account(client, monkeypatch):
    make_user("ada@example.org")
    monkeypatch.setattr(SignupForm, "validate_unique_email", lambda form, value: value)

    answer = client.post(SIGNUP, {"email": "ada@example.org", "password1": PASSWORD})

    assert answer.status_code == 422
    assert "already" in errors_of(answer)[0]
    assert (User.objects.count(), Profile.objects.count(), EmailAddress.objects.count()) == (1, 1, 0)
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize(
    "step", ["intake.adapters.Profile.objects.get_or_create", "allauth.account.forms.setup_user_email"]
)
def test_a_sign_up_that_fails_half_way_leaves_nothing(client, monkeypatch, step):
    def broken(*args, **kwargs):
        raise IntegrityError("no room")

    monkeypatch.setattr(step, broken)
    client.raise_request_exception = False

    answer = client.post(SIGNUP, {"email": "ada@example.org", "password1": PASSWORD})

    assert answer.status_code == 500
    assert (User.objects.count(), EmailAddress.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("password", "refused"),
    [
        ("", "required"),
        ("elevenchars", "at least 12"),
        ("twelve chars", None),
        ("password1234", "too common"),
        ("1Q2W3E4R5T6Y", "too common"),
        ("x y" * 21 + "z", None),  # 64
        ("ab c" * 32, None),  # 128
        ("ab c" * 32 + "d", "at most 128"),
        ("ab c" * 2500, "at most 128"),
        ("zwölf Zeichen ✓", None),
        ("🜨" * 12, None),
        ("ada@example.org", "similar"),
        ("with a \0 in it", "Null"),
    ],
)
def test_a_password_is_long_and_not_common(client, password, refused):
    answer = client.post(SIGNUP, {"email": "ada@example.org", "password1": password})

    if refused is None:
        assert answer.status_code == 302
        assert sign_in("ada@example.org", password).status_code == 302
    else:
        assert answer.status_code == 422
        assert refused in " ".join(errors_of(answer))
        assert User.objects.count() == 0


def test_no_password_is_shown_again(client):
    answer = client.post(SIGNUP, {"email": "nonsense", "password1": PASSWORD})

    assert PASSWORD not in answer.content.decode()


def test_an_account_made_by_a_curator_has_its_address_in_lower_case():
    user = User(email=" Ada@Example.ORG ")

    user.clean()

    assert user.email == "ada@example.org"


def test_an_account_without_a_profile_gets_one_when_it_comes(django_assert_num_queries):
    user = make_user()
    Profile.objects.all().delete()

    assert PersonBackend().get_user(user.pk).profile.tz == "UTC"
    with django_assert_num_queries(1):
        assert PersonBackend().get_user(user.pk).profile.tz == "UTC"


# How passwords are kept ----------------------------------------------------------------------------


def test_passwords_are_kept_with_argon2id_at_two_passes_and_19_mib():
    kept = Argon2id().encode(PASSWORD, "some salt")

    assert kept.startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$")
    assert shipped.PASSWORD_HASHERS[0] == "intake.hashers.Argon2id"
    assert Argon2id().verify(PASSWORD, kept)


def test_the_longest_password_has_128_characters():
    MaximumLengthValidator().validate("x" * 128)
    with pytest.raises(ValidationError):
        MaximumLengthValidator().validate("x" * 129)


# Signing in and out --------------------------------------------------------------------------------


@pytest.mark.parametrize("email", ["ada@example.org", "ADA@Example.org"])
def test_signing_in_leads_to_today_with_a_new_session(client, email):
    make_user("ada@example.org", PASSWORD)
    client.get(LOGIN)
    client.session.save()
    before = client.session.session_key

    answer = sign_in(email, client=client)

    assert (answer.status_code, answer.url) == (302, reverse("intake:today"))
    assert client.session.session_key != before


def test_a_wrong_password_and_an_unknown_address_read_the_same():
    make_user("ada@example.org", PASSWORD)
    make_user("gone@example.org", PASSWORD, is_active=False)

    answers = [sign_in("ada@example.org", OTHER), sign_in("nobody@example.org", OTHER)]
    answers.append(sign_in("gone@example.org", OTHER))

    assert [answer.status_code for answer in answers] == [422] * 3
    assert len({tuple(errors_of(answer)) for answer in answers}) == 1


def test_a_closed_account_is_told_so_only_with_its_password():
    make_user("gone@example.org", PASSWORD, is_active=False)

    answer = sign_in("gone@example.org")

    assert (answer.status_code, answer.url) == (302, "/accounts/inactive/")


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("/settings/", "/settings/"),
        ("https://evil.example/", "/"),
        ("//evil.example", "/"),
        ("javascript:alert(1)", "/"),
        ("/\\evil.example", "/"),
        ("\0", "/"),
    ],
)
def test_sign_in_leads_on_within_this_site_only(client, target, expected):
    make_user("ada@example.org", PASSWORD)

    answer = client.post(LOGIN, {"login": "ada@example.org", "password": PASSWORD, "next": target})

    assert (answer.status_code, answer.url) == (302, expected)


def test_signing_out_needs_a_post_and_ends_the_session(client):
    client.force_login(make_user())
    cookie = client.cookies["midband_session"].value

    assert client.get(LOGOUT).status_code == 200
    assert client.get(reverse("intake:settings")).status_code == 200
    answer = client.post(LOGOUT)

    assert (answer.status_code, answer.url) == (302, LOGIN)
    assert answer["Clear-Site-Data"] == '"storage"'
    client.cookies["midband_session"] = cookie
    assert client.get(reverse("intake:settings")).status_code == 302


def test_the_eleventh_wrong_try_in_an_hour_is_too_many():
    make_user("ada@example.org", PASSWORD)
    with time_machine.travel(NOON, tick=False):
        tries = [sign_in("ada@example.org", OTHER).status_code for _ in range(10)]
        forged = sign_in("ada@example.org", OTHER, headers={"x-forwarded-for": "192.0.2.1"})
        right = sign_in("ada@example.org")
    with time_machine.travel(NOON + dt.timedelta(minutes=61), tick=False):
        later = sign_in("ada@example.org")

    assert tries == [422] * 10
    assert (forged.status_code, forged["Retry-After"]) == (429, "3600")
    assert right.status_code == 429
    assert later.status_code == 302


def test_signing_in_rightly_uses_up_no_tries():
    make_user("ada@example.org", PASSWORD)

    assert {sign_in("ada@example.org").status_code for _ in range(12)} == {302}


def test_many_sign_ups_from_one_place_are_too_many(client):
    with time_machine.travel(NOON, tick=False):
        tries = [client.post(SIGNUP, {"email": "x"}) for _ in range(21)]

    assert {answer.status_code for answer in tries[:20]} == {422}
    assert (tries[20].status_code, tries[20]["Retry-After"]) == (429, "60")
    assert b"A little slower" in tries[20].content


# The password --------------------------------------------------------------------------------------


def test_a_new_password_signs_out_the_other_devices(client):
    make_user("ada@example.org", PASSWORD)
    other = Client()
    sign_in("ada@example.org", client=client)
    sign_in("ada@example.org", client=other)

    answer = client.post(CHANGE, {"oldpassword": PASSWORD, "password1": OTHER, "password2": OTHER})

    assert answer.status_code == 302
    assert client.get(reverse("intake:settings")).status_code == 200
    assert other.get(reverse("intake:settings")).status_code == 302
    assert sign_in("ada@example.org", OTHER).status_code == 302


@pytest.mark.parametrize(
    ("old", "new", "again", "refused"),
    [
        ("not the one at all", OTHER, OTHER, "not your current password"),
        (PASSWORD, OTHER, OTHER + "x", "same password"),
        (PASSWORD, "short", "short", "at least 12"),
        (PASSWORD, "x" * 129, "x" * 129, "at most 128"),
        ("", "", "", "required"),
    ],
)
def test_a_new_password_is_refused_with_a_reason(client, old, new, again, refused):
    client.force_login(make_user("ada@example.org", PASSWORD))

    answer = client.post(CHANGE, {"oldpassword": old, "password1": new, "password2": again})

    assert answer.status_code == 422
    assert refused in " ".join(errors_of(answer))
    assert User.objects.get().check_password(PASSWORD)


def link_in(message):
    return re.search(r"http://testserver(/\S+)", message.body).group(1)


def open_link(client, link):
    """Return the page behind a mailed link: it hides its key in the session, then shows the form."""
    return client.get(link, follow=True)


def test_a_forgotten_password_is_set_anew_by_a_mailed_link(client):
    make_user("ada@example.org", PASSWORD)

    asked = client.post(RESET, {"email": "ADA@example.org"}, follow=True)
    page = open_link(client, link_in(mail.outbox[0]))
    done = client.post(page.request["PATH_INFO"], {"password1": OTHER, "password2": OTHER}, follow=True)

    assert b"on its way" in asked.content
    assert mail.outbox[0].subject == "Midband: Set a new password"
    assert b"The new password is set" in done.content
    assert sign_in("ada@example.org", OTHER).status_code == 302


def test_a_link_works_once():
    make_user("ada@example.org", PASSWORD)
    client = Client()
    client.post(RESET, {"email": "ada@example.org"})
    link = link_in(mail.outbox[0])
    page = open_link(client, link)
    client.post(page.request["PATH_INFO"], {"password1": OTHER, "password2": OTHER})

    assert b"no longer works" in open_link(Client(), link).content


@pytest.mark.parametrize(("minutes", "works"), [(59, True), (61, False)])
def test_a_link_works_for_an_hour(client, minutes, works):
    make_user("ada@example.org", PASSWORD)
    with time_machine.travel(NOON, tick=False):
        client.post(RESET, {"email": "ada@example.org"})
    with time_machine.travel(NOON + dt.timedelta(minutes=minutes), tick=False):
        page = open_link(Client(), link_in(mail.outbox[0]))

    assert (b"no longer works" not in page.content) is works


@pytest.mark.parametrize(
    "key", ["1-set-password", "zzzzzzzzzzzzz-x", "0-0", "1-" + "x" * 200, "1-%00", "1-%F0%9F%9C%A8"]
)
def test_a_made_up_link_is_refused(client, key):
    answer = client.get(f"{RESET}key/{key}/", follow=True)

    assert b"no longer works" in answer.content


def test_asking_for_a_link_says_the_same_for_an_unknown_address(client):
    make_user("ada@example.org", PASSWORD)

    known = client.post(RESET, {"email": "ada@example.org"})
    unknown = client.post(RESET, {"email": "nobody@example.org"})

    assert (known.status_code, known.url) == (unknown.status_code, unknown.url) == (302, f"{RESET}done/")
    assert "/password/reset/key/" in mail.outbox[0].body
    assert "/password/reset/key/" not in mail.outbox[1].body


def test_six_links_an_hour_are_too_many(client):
    with time_machine.travel(NOON, tick=False):
        tries = [client.post(RESET, {"email": "ada@example.org"}) for _ in range(6)]

    assert [answer.status_code for answer in tries] == [302] * 5 + [429]
    assert tries[5]["Retry-After"] == "60"


def test_a_forged_host_gets_no_mail(client):
    make_user("ada@example.org")

    answer = client.post(RESET, {"email": "ada@example.org"}, headers={"host": "evil.example"})

    assert answer.status_code == 400
    assert mail.outbox == []


# Who may see what ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path",
    [
        LOGIN,
        SIGNUP,
        RESET,
        f"{RESET}done/",
        f"{RESET}key/done/",
        "/accounts/inactive/",
        "/accounts/confirm-email/",
    ],
)
def test_a_stranger_reaches_the_entrance(client, path):
    assert client.get(path).status_code == 200


@pytest.mark.parametrize("path", [CHANGE, "/accounts/email/", "/accounts/password/set/"])
def test_a_stranger_is_sent_to_sign_in(client, path):
    answer = client.get(path)

    assert (answer.status_code, answer.url.split("?")[0]) == (302, LOGIN)


@pytest.mark.parametrize("path", [LOGIN, SIGNUP])
def test_somebody_signed_in_is_sent_on(client, path):
    client.force_login(make_user())

    assert client.get(path).status_code == 302


@pytest.mark.parametrize("path", [LOGIN, SIGNUP, RESET, CHANGE, LOGOUT, f"{RESET}key/1-x/"])
def test_nothing_is_done_without_the_token_of_the_form(path):
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_user("ada@example.org", PASSWORD))

    answer = client.post(path, {"login": "ada@example.org", "password": PASSWORD, "email": "b@example.org"})

    assert answer.status_code == 403
    assert User.objects.count() == 1


def test_signing_up_works_with_the_token_of_the_form():
    client = Client(enforce_csrf_checks=True)
    page = client.get(SIGNUP).content.decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page).group(1)

    answer = client.post(
        SIGNUP, {"email": "ada@example.org", "password1": PASSWORD, "csrfmiddlewaretoken": token}
    )

    assert answer.status_code == 302


@pytest.mark.parametrize("headers", [{"accept": "application/json"}, {"x-requested-with": "XMLHttpRequest"}])
def test_the_pages_speak_html_only(client, headers):
    answer = client.get(LOGIN, headers=headers)

    assert answer["Content-Type"] == "text/html; charset=utf-8"
    assert b"<form" in answer.content


def test_labels_stand_above_fields_and_errors_are_tied_to_them(client):
    page = client.post(SIGNUP, {"email": "x", "password1": ""}).content.decode()

    assert '<label for="id_email">E-mail address</label>' in page
    assert re.search(r'<input type="email"[^>]*aria-describedby="id_email_error"', page)
    assert '<ul class="errorlist" id="id_email_error">' in page
    assert 'aria-describedby="id_password1_helptext id_password1_error"' in page
    assert "placeholder" not in page
