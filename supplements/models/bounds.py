"""What the tables refuse: a database holds no text longer than its column says."""

from django.db import models
from django.db.models.functions import Length
from django.db.models.lookups import LessThanOrEqual


def fits(field: str, limit: int, name: str) -> models.CheckConstraint:
    """Return the constraint that a text is at most `limit` characters; SQLite minds no other."""
    return models.CheckConstraint(
        name=name,
        condition=LessThanOrEqual(Length(field), limit),
        violation_error_message=f"At most {limit} characters.",
    )
