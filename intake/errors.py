"""What can be refused, apart from a value that does not validate (django's ValidationError)."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models


class DiaryError(Exception):
    """The base of what the services refuse."""


class NotThere(DiaryError):
    """No such row, or it is another person's: the same to whoever asks."""


class IdTaken(DiaryError):
    """The id stands for another content already, whoever holds it."""


class Gone(DiaryError):
    """The entry of this id was deleted."""


class Stale(DiaryError):
    """The row was changed since it was read; `current` is how it stands now."""

    def __init__(self, current: Any) -> None:
        super().__init__("changed since it was read")
        self.current = current


def refused(model: type[models.Model], error: IntegrityError) -> ValidationError | None:
    """Return a broken CHECK of `model` as the message a person can read; None for any other error."""
    diag = getattr(error.__cause__, "diag", None)
    named = getattr(diag, "constraint_name", None) or str(error)
    for constraint in model._meta.constraints:
        if isinstance(constraint, models.CheckConstraint) and constraint.name in named:
            return ValidationError(constraint.get_violation_error_message())
    return None
