"""What no honest form sends, through every form of the account and the settings: never a 500."""

import datetime as dt

import pytest
import time_machine
from django.test import Client

from intake.models import ApiToken, Profile, Target, User
from tests.factories import make_user

pytestmark = pytest.mark.django_db

PASSWORD = "long enough to sign in"
NEW_PASSWORD = "another, long enough"
NOON = dt.datetime(2026, 11, 22, 12, 0, tzinfo=dt.UTC)

NUMBERS = [
    "-1", "-0.001", "0", "0.0004", "1e3", "1e-30", "1E+1000", "1e400", "1e1000000", str(10**30), "9" * 5000,
    "NaN", "-nan", "sNaN", "Infinity", "-inf", "0x10", "1_000", "1,000", "1 000", "½", "１２", "٣٥٠", "--5",
    "+", "2147483648", "9223372036854775808", "true", "null", "[]", "{}",
]  # fmt: skip
TEXTS = [
    "", " ", "\t\r\n", "\0", "a\0b", "x" * 10_000, "\u202egnol", "a\u2066b\u2069", "\u200f", "\ufeff",
    "\ud7ff", "\x07bell", "\x7f", "\x85", "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>",
    "{{ 7|add:7 }}", "{% now 'Y' %}", "'; DROP TABLE intake_user; --", "' OR 1=1", "%s%n", "=1+1",
    "../../etc/passwd", "e\u0301" * 40, "a" + "\u0301" * 500, "👩‍🔬", "\U000e0041",
    "\ufffe", "\ue000", "🜨" * 80,
]  # fmt: skip
DATES = [
    "0001-01-01", "9999-12-31", "1899-12-31", "2200-01-02", "0000-00-00", "2026-02-30", "2026-13-01",
    "10000-01-01", "-0001-01-01", "2026-W47-7", "2026-11-22T12:00", "22/11/2026", "today", "２０２６-11-22",
]  # fmt: skip
TIMES = ["24:00", "23:59:60", "25:61", "-1:00", "12", "12:00:00.000001", "noon", "99999:00", "１２:00"]
HOSTILE = [*NUMBERS, *TEXTS, *DATES, *TIMES]

SIGNUP, LOGIN, RESET = "/accounts/signup/", "/accounts/login/", "/accounts/password/reset/"
CHANGE, WELCOME, BAND = "/accounts/password/change/", "/welcome/", "/settings/band/"
DAY, TOKENS, DELETE = "/settings/day/", "/settings/tokens/", "/settings/delete/"

# Every form with what it takes; each field in turn gets each hostile value.
STRANGERS_FORMS = {
    SIGNUP: {"email": "new@example.org", "password1": PASSWORD},
    LOGIN: {"login": "ada@example.org", "password": PASSWORD, "next": "/"},
    RESET: {"email": "ada@example.org"},
}
FORMS = {
    CHANGE: {"oldpassword": PASSWORD, "password1": NEW_PASSWORD, "password2": NEW_PASSWORD},
    WELCOME: {
        "body": "us", "sex": "female", "birth_year": "1980", "life_stage": "", "low_mg": "320",
        "high_mg": "500", "ceiling_mg": "350", "tz": "UTC", "day_starts_at": "04:00",
    },
    BAND: {
        "body": "us", "sex": "", "birth_year": "", "life_stage": "", "low_mg": "", "high_mg": "",
        "ceiling_mg": "350", "valid_from": "2026-11-22",
    },
    DAY: {"tz": "UTC", "day_starts_at": "04:00", "tap_water_mg_per_l": "10", "glass_ml": "250"},
    TOKENS: {"name": "phone"},
    DELETE: {"password": PASSWORD, "confirmation": "no"},
}  # fmt: skip


# What a field is fed alone; a field of no kind is fed texts.
KINDS = {
    "low_mg": NUMBERS, "high_mg": NUMBERS, "ceiling_mg": NUMBERS, "birth_year": NUMBERS, "glass_ml": NUMBERS,
    "tap_water_mg_per_l": NUMBERS, "valid_from": DATES, "day_starts_at": TIMES, "body": TEXTS[:6],
    "sex": TEXTS[:6], "life_stage": TEXTS[:6], "tz": TEXTS[:6],
}  # fmt: skip


def cases(forms):
    """Each field fed alone, and then all fields of a form fed the same."""
    for path, said in forms.items():
        for field in said:
            yield path, [{field: value} for value in KINDS.get(field, TEXTS)]
        yield path, [dict.fromkeys(said, value) for value in HOSTILE]


@pytest.fixture(autouse=True)
def _no_limits(settings, monkeypatch):
    """Let every value through to its form (limits have tests of their own), and draw one zone, not 600."""
    settings.ACCOUNT_RATE_LIMITS = False
    monkeypatch.setattr("intake.forms.accounts.zone_choices", lambda: [("UTC", "UTC")])
    with time_machine.travel(NOON, tick=False):
        yield


def saved():
    """Everything a form here could have changed, but for when a session was last used."""
    return (
        list(User.objects.order_by("pk").values_list("email", "password")),
        list(Profile.objects.order_by("pk").values()),
        list(Target.objects.order_by("pk").values()),
        list(ApiToken.objects.order_by("pk").values()),
    )


def check(answer, before, value):
    """Refused means 422, a reason, and nothing saved; whatever is shown again is harmless."""
    assert answer.status_code in {200, 302, 422}, (value, answer.status_code)
    if answer.status_code == 422:
        assert any(answer.context["form"].errors.values())
        assert saved() == before
        page = answer.content.decode()
        assert "<script>alert" not in page
        assert "<img src=x" not in page


@pytest.mark.parametrize(("path", "values"), [*cases(STRANGERS_FORMS)])
def test_a_strangers_form_takes_or_refuses_anything(path, values):
    make_user("ada@example.org", PASSWORD)
    for value in values:
        before = saved()
        check(Client().post(path, STRANGERS_FORMS[path] | value), before, value)


@pytest.mark.parametrize(("path", "values"), [*cases(FORMS)])
def test_a_persons_form_takes_or_refuses_anything(path, values):
    client = Client()
    client.force_login(make_user(password=PASSWORD))
    for value in values:
        before = saved()

        check(client.post(path, FORMS[path] | value), before, value)

        in_bounds()
        Profile.objects.update(welcomed_at=None)


def in_bounds():
    """What was taken is what the promises allow, on both databases."""
    for target in Target.objects.all():
        assert target.body in {"us", "efsa", "uk", "dach", "nordic", "who", "jp", "anz"}
        assert target.birth_year is None or 1900 <= target.birth_year <= 2026
        assert target.ceiling_ug is None or 1 <= target.ceiling_ug <= 20_000_000
        assert target.low_ug is None or 1 <= target.low_ug <= target.high_ug <= 20_000_000
        assert dt.date(1900, 1, 1) <= target.valid_from <= dt.date(2200, 1, 1)
    for profile in Profile.objects.all():
        assert 0 <= profile.tap_water_ug_per_l <= 1_000_000
        assert 50 <= profile.glass_ml <= 2000
        assert profile.tz == "UTC"
    for token in ApiToken.objects.all():
        assert 0 < len(token.name) <= 80
        assert not set(token.name) & set("\0\x07\x7f\x85\u202e\u2066\u200f\ue000\ufffe")


@pytest.mark.parametrize(
    "value", ["-1", "0.0004", "1E+1000", str(10**30), "NaN", "Infinity", "9" * 5000, "1,200", "20000.001"]
)
@pytest.mark.parametrize("field", ["low_mg", "high_mg", "ceiling_mg"])
def test_a_number_that_cannot_be_is_refused(client, field, value):
    client.force_login(make_user())

    answer = client.post(BAND, {"low_mg": "1", "high_mg": "20000", "ceiling_mg": "350", field: value})

    assert answer.status_code == 422
    assert answer.context["form"].errors[field]


@pytest.mark.parametrize(
    "value", ["\0", "a\0b", "x" * 10_000, "x" * 81, "\u202egnol", "\x07", "\ue000", "", " "]
)
def test_a_name_that_cannot_be_shown_is_refused(client, value):
    client.force_login(make_user())

    answer = client.post(TOKENS, {"name": value})

    assert answer.status_code == 422
    assert answer.context["form"].errors["name"]
    assert not ApiToken.objects.exists()


def test_markup_in_a_name_is_shown_as_it_was_typed(client):
    client.force_login(make_user())

    client.post(TOKENS, {"name": "<b onclick=x>phone</b>"})

    assert ApiToken.objects.get().name == "<b onclick=x>phone</b>"
    assert "&lt;b onclick=x&gt;phone&lt;/b&gt;" in client.get(TOKENS).content.decode()


@pytest.mark.parametrize(
    ("email", "refused"),
    [
        ("x" * 65 + "@example.org", None),
        ("x@" + "e" * 63 + ".org", None),
        (f"x@{'e' * 60}.{'e' * 60}.{'e' * 60}.{'e' * 60}.org", None),  # 250
        (f"x@{'e' * 63}.{'e' * 63}.{'e' * 63}.{'e' * 57}.org", "at most 254"),  # 255
        ("x" * 10_000 + "@example.org", "at most 320"),
        ("ada\0@example.org", "Null"),
        ("ada@ex\u200dample.org", "plain letters"),
        ("ada@exämple.org", "plain letters"),
        ("ada@\u202egro.elpmaxe", "plain letters"),
        ("ädä@example.org", "valid email"),
        ("👩‍🔬@example.org", "valid email"),
        ("ada@example.org\nbcc: eve@example.org", "valid email"),
        ("<script>@example.org", "valid email"),
        ("ada", "valid email"),
        ("", "required"),
    ],
)
def test_an_address_is_plain_and_fits(client, email, refused):
    answer = client.post(SIGNUP, {"email": email, "password1": PASSWORD})

    if refused is None:
        assert answer.status_code == 302
        assert User.objects.get().email == email
    else:
        assert answer.status_code == 422
        assert refused in " ".join(answer.context["form"].errors["email"])
        assert not User.objects.exists()


@pytest.mark.parametrize("path", [*STRANGERS_FORMS, *FORMS])
def test_a_form_without_fields_or_with_each_twice_is_no_500(path):
    client = Client()
    said = STRANGERS_FORMS.get(path) or FORMS[path]
    make_user("ada@example.org", PASSWORD)
    if path in FORMS:
        client.force_login(User.objects.get())

    twice = client.post(path, {name: ["\0", value] for name, value in said.items()})
    empty = client.post(path, {})
    odd = client.post(path, b"\xff\xfe%00=&&&=", content_type="application/x-www-form-urlencoded")
    json = client.post(path, "{", content_type="application/json")

    assert {answer.status_code for answer in (twice, empty, odd, json)} <= {200, 302, 422}


@pytest.mark.parametrize(
    "name", ["user", "user_id", "id", "is_staff", "is_superuser", "welcomed_at", "email", "pk"]
)
def test_nobody_sets_what_a_form_does_not_ask(client, name):
    user = make_user("ada@example.org")
    client.force_login(user)
    before = list(User.objects.values("id", "email", "is_staff", "is_superuser"))

    client.post(BAND, {"ceiling_mg": "350", name: "1"})
    client.post(DAY, FORMS[DAY] | {name: "1"})
    client.post(TOKENS, {"name": "phone", name: "1"})

    assert list(User.objects.values("id", "email", "is_staff", "is_superuser")) == before
    assert Target.objects.get().user_id == user.pk
    assert ApiToken.objects.get().user_id == user.pk
    assert Profile.objects.get(user=user).welcomed_at is None


def test_signing_up_makes_no_staff(client):
    client.post(
        SIGNUP, {"email": "a@example.org", "password1": PASSWORD, "is_staff": "1", "is_superuser": "on"}
    )

    user = User.objects.get()
    assert (user.is_staff, user.is_superuser) == (False, False)
