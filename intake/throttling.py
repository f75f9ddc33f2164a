"""How often a token may call: so many times in the minute that its first call opened."""

from __future__ import annotations

import math
import time
from typing import TYPE_CHECKING

from django.core.cache import cache
from rest_framework.request import Request
from rest_framework.settings import api_settings
from rest_framework.throttling import BaseThrottle

if TYPE_CHECKING:  # views import the throttles of the settings
    from rest_framework.views import APIView

_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}


class TokenThrottle(BaseThrottle):
    """Counts the calls of one token under `scope`, two cache operations each.

    The count is one atomic step: calls at one moment cannot pass together. Without a token none is counted.
    """

    scope = ""
    timer = staticmethod(time.time)

    def allow_request(self, request: Request, view: APIView) -> bool:
        """Count this call; False if it is one too many."""
        if request.auth is None:
            return True
        limit, seconds = rate_of(self.scope)
        now = self.timer()
        key = f"throttle:{self.scope}:{request.auth.pk}"
        opened: float = cache.get_or_set(key, now, seconds) or now
        if now >= opened + seconds:  # past its end, whatever the cache thinks of it
            cache.set(key, now, seconds)
            opened = now
        self._wait = math.ceil(opened + seconds - now)
        return _counted(f"{key}:{opened}", seconds) <= limit

    def wait(self) -> float:
        """Return the seconds until the next call is welcome, a whole number above 0."""
        return max(self._wait, 1)


class CallThrottle(TokenThrottle):
    """Every call."""

    scope = "calls"


class SearchThrottle(TokenThrottle):
    """Searches, which cost more."""

    scope = "searches"


def rate_of(scope: str) -> tuple[int, int]:
    """Return how many calls, and in how many seconds: "600/min" gives (600, 60)."""
    number, period = str(api_settings.DEFAULT_THROTTLE_RATES[scope]).split("/")
    return int(number), _SECONDS[period[0]]


def _counted(key: str, seconds: int) -> int:
    try:
        return cache.incr(key)
    except ValueError:  # the first call of the window, unless another was quicker
        return 1 if cache.add(key, 1, seconds) else cache.incr(key)
