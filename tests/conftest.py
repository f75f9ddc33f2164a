"""What every test stands on: real databases, quick passwords, no network but loopback."""

import pytest


@pytest.fixture(autouse=True)
def _quick_and_quiet(settings):
    """Hash with MD5, keep mail in memory, serve static files as they are."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
