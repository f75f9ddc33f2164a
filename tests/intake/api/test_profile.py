"""Settings: partial, all or nothing, effective-dated."""

import pytest

from intake.models import Profile, Target
from intake.services import set_target

FRESH = {
    "body": "us",
    "sex": None,
    "birth_year": None,
    "life_stage": None,
    "ceiling_body": None,
    "tz": "UTC",
    "day_starts_at": "00:00",
    "band": None,
    "ceiling_mg": None,
    "valid_from": None,
}


def test_a_fresh_account_has_the_defaults(api):
    assert api.get("profile/").json() == FRESH


def test_what_is_named_changes_and_the_rest_stays(api):
    first = api.patch("profile/", {"body": "efsa", "sex": "male", "birth_year": 1970, "tz": "Europe/Berlin"})
    second = api.patch("profile/", {"band": {"low_mg": 300.5, "high_mg": 450}, "day_starts_at": "04:00"})

    assert first.status_code == second.status_code == 200
    assert first.json() == FRESH | {
        "body": "efsa",
        "sex": "male",
        "birth_year": 1970,
        "tz": "Europe/Berlin",
        "valid_from": "1900-01-01",
    }
    assert second.json() == first.json() | {
        "band": {"low_mg": 300.5, "high_mg": 450},
        "day_starts_at": "04:00",
        "valid_from": "2026-11-22",
    }
    assert api.get("profile/").json() == second.json()


def test_a_null_band_or_ceiling_is_the_bodys_own_again(api):
    api.patch("profile/", {"band": {"low_mg": 300, "high_mg": 450}, "ceiling_mg": 200})

    back = api.patch("profile/", {"band": None, "ceiling_mg": None, "sex": None}).json()

    assert (back["band"], back["ceiling_mg"]) == (None, None)


def test_a_change_may_say_from_when_it_holds(api):
    api.patch("profile/", {"ceiling_mg": 200})

    dated = api.patch("profile/", {"ceiling_mg": 300, "valid_from": "2026-11-01"})

    assert dated.json()["valid_from"] == "2026-11-01"
    ceilings = {
        day: api.get(f"days/{day}/").json()["ceiling"]["added_mg"] for day in ("2026-10-31", "2026-11-01")
    }
    assert ceilings == {"2026-10-31": 200, "2026-11-01": 300}


@pytest.mark.parametrize(
    ("sent", "ceiling"),
    [
        ({"ceiling_body": "uk"}, {"added_mg": 400, "basis": "EVM 2003"}),
        ({"body": "uk", "ceiling_body": "efsa"}, {"added_mg": 250, "basis": "SCF 2001"}),
        ({"body": "uk", "ceiling_body": None}, {"added_mg": 400, "basis": "EVM 2003"}),
        ({"ceiling_body": "anz"}, None),
        ({"ceiling_body": "uk", "birth_year": 2009}, None),
        ({"ceiling_body": "uk", "ceiling_mg": 100}, {"added_mg": 100, "basis": "your own"}),
    ],
)
def test_the_ceiling_s_body_may_be_another_than_the_band_s(api, sent, ceiling):
    answer = api.patch("profile/", sent)

    assert answer.status_code == 200, answer.content
    assert answer.json()["ceiling_body"] == sent["ceiling_body"]
    assert api.get("days/2026-11-22/").json()["ceiling"] == ceiling


def test_the_settings_of_the_clock_make_no_choice(api):
    answer = api.patch("profile/", {"tz": "Asia/Tokyo", "day_starts_at": "04:00:00"})

    assert answer.json()["valid_from"] is None
    assert not Target.objects.exists()


def test_an_empty_change_changes_nothing(api):
    assert api.patch("profile/", {}).json() == FRESH


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"body": "mars"}, "body"),
        ({"body": None}, "body"),
        ({"body": ["us"]}, "body"),
        ({"sex": "x"}, "sex"),
        ({"sex": ""}, "sex"),
        ({"birth_year": 1899}, "birth_year"),
        ({"birth_year": 2201}, "birth_year"),
        ({"birth_year": "1970"}, "birth_year"),
        ({"birth_year": 1970.5}, "birth_year"),
        ({"birth_year": True}, "birth_year"),
        ({"birth_year": 10**30}, "birth_year"),
        ({"birth_year": 2027}, "birth_year"),
        ({"life_stage": "young"}, "life_stage"),
        ({"birth_year": 2009, "life_stage": "pregnant"}, "life_stage"),
        ({"ceiling_body": "mars"}, "ceiling_body"),
        ({"ceiling_body": ""}, "ceiling_body"),
        ({"tz": "Mars/Olympus"}, "tz"),
        ({"tz": "../etc/passwd"}, "tz"),
        ({"tz": "\x00"}, "tz"),
        ({"tz": ""}, "tz"),
        ({"tz": None}, "tz"),
        ({"day_starts_at": "25:00"}, "day_starts_at"),
        ({"day_starts_at": "4"}, "day_starts_at"),
        ({"band": {}}, "band"),
        ({"band": []}, "band"),
        ({"band": {"low_mg": 300}}, "band"),
        ({"band": {"low_mg": 400, "high_mg": 300}}, "band"),
        ({"band": {"low_mg": 0, "high_mg": 300}}, "band"),
        ({"band": {"low_mg": 1, "high_mg": 10**30}}, "band"),
        ({"band": {"low_mg": 1, "high_mg": 2, "x": 3}}, "band"),
        ({"ceiling_mg": 0}, "ceiling_mg"),
        ({"ceiling_mg": -1}, "ceiling_mg"),
        ({"ceiling_mg": 20_001}, "ceiling_mg"),
        ({"ceiling_mg": "350"}, "ceiling_mg"),
        ({"valid_from": "0001-01-01"}, "valid_from"),
        ({"valid_from": "soon"}, "valid_from"),
        ({"email": "x@example.org"}, "email"),
        ({"user": 1}, "user"),
    ],
)
def test_what_does_not_fit_is_refused_and_nothing_of_it_is_saved(api, user, sent, field):
    answer = api.patch("profile/", {"tz": "Asia/Tokyo", "ceiling_mg": 300} | sent)

    assert answer.status_code == 400, answer.content
    assert field in answer.json()
    assert Profile.objects.get(user=user).tz == "UTC"
    assert not Target.objects.exists()


def test_one_person_cannot_see_or_change_anothers_settings(api, stranger):
    set_target(user=api.user, today=None, low_ug=1, high_ug=2)
    stranger.patch("profile/", {"ceiling_mg": 5})

    assert stranger.get("profile/").json()["band"] is None
    assert api.get("profile/").json()["ceiling_mg"] is None
