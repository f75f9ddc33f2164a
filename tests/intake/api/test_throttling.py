"""So many calls a minute for a token, counted exactly."""

from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import pytest

from intake.throttling import CallThrottle, rate_of


@pytest.fixture
def rates(settings):
    def set_rates(calls, searches):
        rates = {"calls": f"{calls}/min", "searches": f"{searches}/min"}
        settings.REST_FRAMEWORK = {**settings.REST_FRAMEWORK, "DEFAULT_THROTTLE_RATES": rates}

    return set_rates


def statuses(caller, path, times):
    return [caller.get(path).status_code for _ in range(times)]


def test_rates_come_from_the_settings(rates):
    rates(1200, 600)

    assert (rate_of("calls"), rate_of("searches")) == ((1200, 60), (600, 60))


def test_one_call_too_many_is_429_and_says_when_to_come_back(api, rates):
    rates(3, 3)

    answers = [api.get("profile/", headers={"X-Forwarded-For": f"10.0.0.{n}"}) for n in range(4)]

    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert answers[-1].headers["Retry-After"] == "60"
    assert "detail" in answers[-1].json()


def test_searches_have_a_limit_of_their_own(api, rates):
    rates(100, 2)

    assert statuses(api, "foods/?q=", 3) == [200, 200, 429]
    assert statuses(api, "supplements/?q=", 1) == [429]
    assert statuses(api, "profile/", 1) == [200]


def test_a_limit_is_a_tokens_own(api, stranger, rates):
    rates(1, 1)

    assert statuses(api, "profile/", 2) == [200, 429]
    assert statuses(stranger, "profile/", 1) == [200]


def test_after_a_minute_the_count_starts_anew(api, rates, monkeypatch):
    rates(1, 1)
    now = [1000.0]
    monkeypatch.setattr("intake.throttling.TokenThrottle.timer", lambda self: now[0])

    assert statuses(api, "profile/", 2) == [200, 429]
    now[0] += 59.9
    assert api.get("profile/").headers["Retry-After"] == "1"
    now[0] += 0.1
    assert statuses(api, "profile/", 2) == [200, 429]


def test_calls_at_the_same_moment_do_not_pass_together(rates):
    rates(20, 20)
    request = SimpleNamespace(auth=SimpleNamespace(pk="together"))

    with ThreadPoolExecutor(16) as pool:
        passed = sum(pool.map(lambda _: CallThrottle().allow_request(request, None), range(100)))

    assert passed == 20
