"""What a value may be, and the one door to the rows of a person."""

import functools
import zoneinfo
from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from foods.models import MAX_WEIGHT_MG
from intake.domain.written import FIRST_DAY, LAST_DAY
from supplements.models import fits

if TYPE_CHECKING:
    from intake.models.accounts import User

__all__ = [
    "DEFAULT_TAP_WATER_UG_PER_L",
    "FIRST_DAY",
    "LAST_DAY",
    "MAX_ENTRY_UG",
    "MAX_MINUTES",
    "MAX_QUANTITY_MILLI",
    "MAX_WEIGHT_MG",
    "OwnedQuerySet",
    "Row",
    "bounded",
    "fits",
    "validate_zone",
    "zone_names",
]

MAX_ENTRY_UG = 20_000_000  # 20 g: more than any day of food or laxatives
MAX_MINUTES = 24 * 60  # on the skin
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


def bounded(low: Any, high: Any, message: str) -> list[Any]:
    """Return the validators of a value from `low` to `high`, both included."""
    return [MinValueValidator(low, message), MaxValueValidator(high, message)]


Row = TypeVar("Row", bound=models.Model)


class OwnedQuerySet(models.QuerySet[Row]):
    """Rows of people: the one door is `of`."""

    def of(self, user: "User") -> Self:
        """Return this person's rows."""
        return self.filter(user=user)
