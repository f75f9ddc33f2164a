"""A caller with a token, and a moment at which all of these tests happen."""

import datetime as dt
import json

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client

from intake.services import make_token
from tests.factories import make_user

NOON = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)
JSON = "application/json"


class Caller:
    """Calls the interface as one person; `user` is None for nobody."""

    def __init__(self, user):
        self.user = user
        self.client = Client(raise_request_exception=True)
        self.headers = {}
        if user is not None:
            self.headers["Authorization"] = f"Token {make_token(user=user, name='test')}"

    def call(self, method, path, body=None, *, raw=None, content_type=JSON, headers=None):
        """Send `body` as JSON, or `raw` as it is."""
        data = raw if raw is not None else b"" if body is None else json.dumps(body)
        return self.client.generic(
            method, f"/api/v1/{path}", data, content_type, headers={**self.headers, **(headers or {})}
        )

    def get(self, path, **options):
        return self.call("GET", path, **options)

    def post(self, path, body=None, **options):
        return self.call("POST", path, body, **options)

    def put(self, path, body=None, **options):
        return self.call("PUT", path, body, **options)

    def patch(self, path, body=None, **options):
        return self.call("PATCH", path, body, **options)

    def delete(self, path, body=None, **options):
        return self.call("DELETE", path, body, **options)


@pytest.fixture(autouse=True)
def _noon():
    cache.clear()
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def user(db):
    return make_user()


@pytest.fixture
def api(user):
    return Caller(user)


@pytest.fixture
def stranger(db):
    return Caller(make_user())


@pytest.fixture
def nobody():
    return Caller(None)
