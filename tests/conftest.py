"""What every test stands on: real databases, quick passwords, no network but loopback."""

import hypothesis
import pytest
from django.core.cache import cache

# The same examples each time, and no time limit an example could miss on a busy machine.
hypothesis.settings.register_profile("midband", deadline=None, derandomize=True)
hypothesis.settings.load_profile("midband")


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
