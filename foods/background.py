"""How foods ask for background work; the settings name who does it, since this app knows no worker."""

from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string


def ask(kind: str, *, payload: dict[str, Any], dedupe_key: str | None = None) -> None:
    """Ask for a job of this kind in the caller's transaction. Raises KeyError if no worker knows the kind."""
    import_string(settings.BACKGROUND)(kind=kind, payload=payload, dedupe_key=dedupe_key)
