"""What a value may be, and the one door to the rows of a person."""

import datetime as dt
import functools
import zoneinfo
from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models.functions import Length
from django.db.models.lookups import LessThanOrEqual

if TYPE_CHECKING:
    from intake.models.accounts import User

FIRST_DAY = dt.date(1900, 1, 1)
LAST_DAY = dt.date(2200, 1, 1)
MAX_ENTRY_UG = 20_000_000  # 20 g: more than any day of food or laxatives
MAX_WEIGHT_MG = 100_000_000  # 100 kg
MAX_QUANTITY_MILLI = 100_000_000  # 100,000 portions, or 100 kg in g
DEFAULT_TAP_WATER_UG_PER_L = 10_000  # USDA's generic tap water: 1 mg/100 g


@functools.cache
def zone_names() -> frozenset[str]:
    """Return the names of the time zone database, but those that stand for the server's own clock."""
    return frozenset(zoneinfo.available_timezones() - {"localtime", "Factory"})


def validate_zone(value: str) -> None:
    """Refuse a name that is not in the time zone database."""
    if value not in zone_names():
        raise ValidationError("This time zone is not known.")


def fits(field: str, limit: int, name: str) -> models.CheckConstraint:
    """Return the constraint that a text is at most `limit` characters; SQLite minds no other."""
    return models.CheckConstraint(
        name=name,
        condition=LessThanOrEqual(Length(field), limit),
        violation_error_message=f"At most {limit} characters.",
    )


def bounded(low: Any, high: Any, message: str) -> list[Any]:
    """Return the validators of a value from `low` to `high`, both included."""
    return [MinValueValidator(low, message), MaxValueValidator(high, message)]


Row = TypeVar("Row", bound=models.Model)


class OwnedQuerySet(models.QuerySet[Row]):
    """Rows of people: the one door is `of`."""

    def of(self, user: "User") -> Self:
        """Return this person's rows."""
        return self.filter(user=user)
