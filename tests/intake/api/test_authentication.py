"""Tokens: one query, one answer for every reason, and nothing else lets in."""

import pytest

from intake.models import ApiToken
from intake.services import revoke_token


def test_a_token_lets_its_person_in_with_one_query(api, django_assert_num_queries):
    with django_assert_num_queries(2):  # the token with account and profile; the target
        assert api.get("profile/").status_code == 200


def test_only_a_digest_is_kept(api):
    raw = api.headers["Authorization"].split()[1]

    assert len(raw) >= 43
    assert raw not in str(ApiToken.objects.values_list())


@pytest.mark.parametrize(
    "header",
    [None, "Token", "Token wrong", "Token two words", "Bearer wrong", "Token \xff\xfe", "token x" * 99],
)
def test_without_a_known_token_the_answer_is_401_in_json(nobody, db, header):
    answer = nobody.get("profile/", headers={"Authorization": header} if header else {})

    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == "Token"
    assert set(answer.json()) == {"detail"}


def test_an_inactive_person_and_a_revoked_token_are_401(api, user, stranger):
    user.is_active = False
    user.save()
    revoke_token(user=stranger.user, token_id=ApiToken.objects.of(stranger.user).get().id)

    answers = [caller.get("profile/") for caller in (api, stranger)]

    assert [answer.status_code for answer in answers] == [401, 401]
    assert answers[0].content == answers[1].content


def test_a_session_is_not_enough(nobody, user):
    nobody.client.force_login(user, backend="intake.backends.PersonBackend")

    assert nobody.get("profile/").status_code == 401
