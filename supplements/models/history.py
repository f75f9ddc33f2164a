"""The history of rows that curators keep: every state, when, and by whom."""

from typing import Any

from django.db import models
from simple_history.models import HistoricalRecords

AUTHOR_LENGTH = 254


def recorded(**options: Any) -> Any:
    """Return the `history` of a model. The author is kept as text: facts refer to no person's row."""
    return HistoricalRecords(
        history_user_id_field=models.CharField(max_length=AUTHOR_LENGTH, blank=True, default=""),
        history_user_getter=_author,
        history_user_setter=_set_author,
        **options,
    )


def _author(record: Any) -> str:
    return str(record.history_user_id)


def _set_author(record: Any, who: Any) -> None:
    record.history_user_id = "" if who is None else str(who)[:AUTHOR_LENGTH]
