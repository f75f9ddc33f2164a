"""What days are held against, from a day on."""

import datetime as dt
from collections.abc import Iterable

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from uuid6 import uuid7

from intake.models.bounds import FIRST_DAY, LAST_DAY, MAX_ENTRY_UG, OwnedQuerySet, bounded, fits


class Body(models.TextChoices):
    """Who publishes the reference values."""

    US = "us", "US and Canada (IOM)"
    EFSA = "efsa", "EU (EFSA)"
    UK = "uk", "UK (COMA)"
    DACH = "dach", "Germany, Austria, Switzerland (D-A-CH)"
    NORDIC = "nordic", "Nordic (NNR)"
    WHO = "who", "FAO/WHO"
    JP = "jp", "Japan (MHLW)"
    ANZ = "anz", "Australia and New Zealand (NHMRC)"


class Sex(models.TextChoices):
    """Whose column of the reference table is read."""

    FEMALE = "female", "Female"
    MALE = "male", "Male"


class LifeStage(models.TextChoices):
    """Life stages that have rows of their own."""

    PREGNANT = "pregnant", "Pregnant"
    LACTATING = "lactating", "Breastfeeding"


class Target(models.Model):
    """What a person's days are held against, from a day on."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False)
    valid_from = models.DateField(validators=bounded(FIRST_DAY, LAST_DAY, "This day is out of reach."))
    body = models.CharField("reference body", max_length=8, choices=Body, default=Body.US)
    sex = models.CharField(max_length=6, choices=Sex, null=True, blank=True)  # noqa: DJ001 (None: not said)
    birth_year = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=bounded(1900, 2200, "The year lies between 1900 and 2200.")
    )
    life_stage = models.CharField(max_length=9, choices=LifeStage, null=True, blank=True)  # noqa: DJ001
    ceiling_body = models.CharField(  # noqa: DJ001 (None: the reference body's)
        max_length=8, choices=Body, null=True, blank=True
    )
    low_ug = models.BigIntegerField("own low edge, µg", null=True, blank=True)
    high_ug = models.BigIntegerField("own high edge, µg", null=True, blank=True)
    ceiling_ug = models.BigIntegerField("own ceiling for added magnesium, µg", null=True, blank=True)
    created_at = models.DateTimeField(db_default=Now())

    objects = OwnedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "valid_from"], name="target_user_valid_from"),
            fits("ceiling_body", 8, "target_ceiling_body_fits"),
            models.CheckConstraint(
                name="target_band_in_order",
                # isnull: a CHECK that comes to NULL passes.
                condition=Q(low_ug=None, high_ug=None)
                | Q(
                    low_ug__isnull=False,
                    high_ug__isnull=False,
                    low_ug__gt=0,
                    low_ug__lte=F("high_ug"),
                    high_ug__lte=MAX_ENTRY_UG,
                ),
                violation_error_message="A band needs a low edge above 0 and a high edge not below it.",
            ),
            models.CheckConstraint(
                name="target_ceiling_ug_in_range",
                condition=Q(ceiling_ug=None) | Q(ceiling_ug__range=(1, MAX_ENTRY_UG)),
                violation_error_message="A ceiling lies above 0 and at most at 20 000 mg.",
            ),
            models.CheckConstraint(
                name="target_birth_year_in_range",
                condition=Q(birth_year=None) | Q(birth_year__range=(1900, 2200)),
                violation_error_message="The year lies between 1900 and 2200.",
            ),
        ]

    def __str__(self) -> str:
        return f"target from {self.valid_from}"


def in_force(targets: Iterable[Target], day: dt.date) -> Target | None:
    """Return the last of a person's targets, given earliest first, that began by a day."""
    began = [target for target in targets if target.valid_from <= day]
    return began[-1] if began else None
