"""Small steps that every verb takes: check, clean, insert, write."""

import datetime as dt
from collections.abc import Iterable, Sequence
from decimal import Decimal
from enum import Enum
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction

from foods.amounts import rounded
from foods.services.steps import any_text, needed_text
from intake.domain.written import in_reach
from intake.errors import refused
from intake.models import MAX_QUANTITY_MILLI, Profile, User


class AsItWas(Enum):
    """What a change leaves alone, where None is a value of its own."""

    AS_IT_WAS = "as it was"


AS_IT_WAS = AsItWas.AS_IT_WAS


def clean(value: str, field: str, *, limit: int = 200, empty: bool = False) -> str:
    """Return a text as it is kept. Raises ValidationError, under `field`, if it does not fit."""
    return (any_text if empty else needed_text)(field, value, limit)


def finite(value: Decimal, field: str) -> Decimal:
    """Return the number. Raises ValidationError, under `field`, for NaN and infinity."""
    if not value.is_finite():
        raise ValidationError({field: "Enter a number."})
    return value


def milli(value: Decimal, field: str) -> int:
    """Return thousandths, rounded half up. Raises ValidationError if not above 0 or too much."""
    if not 0 < finite(value, field) <= MAX_QUANTITY_MILLI // 1000:
        raise ValidationError({field: "An amount lies above 0 and at most at 100 000."})
    milli = rounded(value * 1000)
    if milli == 0:
        raise ValidationError({field: "This amount is too small to keep."})
    return milli


def times(per_unit_ug: int | None, quantity_milli: int) -> int | None:
    """Return the µg of a quantity, rounded half up; None where one unit's is not known."""
    return None if per_unit_ug is None else rounded(Decimal(per_unit_ug) * quantity_milli / 1000)


def check_day(day: dt.date, field: str = "day") -> None:
    """Raise ValidationError, under `field`, if the day is out of reach."""
    if not in_reach(day):
        raise ValidationError({field: "This day is out of reach."})


def hold(user: User) -> None:
    """Make this transaction the only one that holds the person, until it ends: what is read stays true."""
    Profile.objects.select_for_update().get(user=user)


def check(row: models.Model) -> None:
    """Validate the fields; foreign keys were read, so they are not asked for again."""
    keys = [field.name for field in row._meta.fields if field.is_relation]
    row.clean_fields(exclude=keys)


def insert(row: models.Model) -> None:
    """INSERT one row. Raises ValidationError for a broken CHECK, IntegrityError for a taken key."""
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        if message := refused(type(row), error):
            raise message from error
        raise


def contents(rows: Iterable[models.Model], names: Sequence[str]) -> list[list[Any]]:
    """Return what rows hold in these fields, to see whether two are the same."""
    return [[getattr(row, name) for name in names] for row in rows]


def write(row: models.Model, *, only: Iterable[str] | None = None) -> None:
    """INSERT or UPDATE one row; `only` these fields, so others may change at the same time.

    Raises ValidationError for a broken CHECK.
    """
    try:
        with transaction.atomic():
            row.save(update_fields=only)
    except IntegrityError as error:
        raise refused(type(row), error) or error from error
