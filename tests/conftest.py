"""What every test stands on: real databases, quick passwords, no network but loopback."""

import os
import signal

import hypothesis
import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection

from tests import leftovers

# The same examples each time, and no time limit an example could miss on a busy machine.
hypothesis.settings.register_profile("midband", deadline=None, derandomize=True)
hypothesis.settings.load_profile("midband")


def pytest_sessionstart():
    """Clear up after runs that were killed, and end as at Ctrl-C when asked to end."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    leftovers.sweep()


def pytest_sessionfinish():
    """Leave nothing behind, whatever went wrong."""
    leftovers.clear(os.getpid())


@pytest.fixture(scope="session")
def django_db_modify_db_settings():
    """On a server, name the test database after this process: two runs at once do not meet."""
    if connection.vendor != "sqlite":
        name = f"test_midband_{os.getpid()}"
        leftovers.note("database", name)
        connection.settings_dict["TEST"]["NAME"] = name


@pytest.fixture(autouse=True)
def _quick_and_quiet(settings):
    """Hash with MD5, keep mail in memory, serve static files as they are."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STATIC_ROOT = settings.BASE_DIR / "intake" / "static"  # WhiteNoise warns of a missing one
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


@pytest.fixture(autouse=True)
def _nothing_counted():
    """Forget what earlier tests used up of the limits."""
    cache.clear()


@pytest.fixture
def curator(client):
    """A curator, as the command makes one, signed in with `client`."""
    from tests.factories import make_user

    user = make_user("curator@example.org")
    call_command("make_curator", "Curator@Example.org", verbosity=0)
    user.refresh_from_db()
    client.force_login(user)
    return user
