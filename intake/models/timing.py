"""What a person lists to be shown gaps and notes: classes of medicines with times, and conditions.

Kept for that alone, and erased by themselves. `Profile.has_timing` says whether there is any of it, so that a
day asks for it only then; the services keep it true.
"""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from uuid6 import uuid7

from intake.domain.conditions import condition_of
from intake.domain.schedule import EVERY_DAY
from intake.domain.spacing import rule_of
from intake.models.bounds import OwnedQuerySet, bounded, fits


def validate_rule(slug: str) -> None:
    """Refuse a class of medicines that there is no rule for."""
    if rule_of(slug) is None:
        raise ValidationError("Choose one of the list.")


def validate_condition(slug: str) -> None:
    """Refuse a condition that is not in the list."""
    if condition_of(slug) is None:
        raise ValidationError("Choose one of the list.")


class ListedMedicine(models.Model):
    """A class of medicines that a person takes, at one time of the day or without one."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False)
    rule = models.CharField("class", max_length=40, validators=[validate_rule])
    at = models.TimeField("time", null=True, blank=True)  # local wall clock; None: not said
    weekdays = models.PositiveSmallIntegerField(
        "a bit for each weekday, 1 for Monday",
        default=EVERY_DAY,
        validators=bounded(1, EVERY_DAY, "Choose at least one day of the week."),
    )
    created_at = models.DateTimeField(db_default=Now())

    objects = OwnedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "rule", "at"],
                name="listed_medicine_user_rule_at",
                violation_error_message="This stands in your list already.",
            ),
            models.UniqueConstraint(  # NULLs are never equal
                fields=["user", "rule"],
                condition=Q(at=None),
                name="listed_medicine_user_rule_untimed",
                violation_error_message="This stands in your list already.",
            ),
            fits("rule", 40, "listed_medicine_rule_fits"),
            models.CheckConstraint(
                name="listed_medicine_weekdays_in_range",
                condition=Q(weekdays__range=(1, EVERY_DAY)),
                violation_error_message="Choose at least one day of the week.",
            ),
        ]

    def __str__(self) -> str:
        return f"listed medicine {self.pk}"


class TickedCondition(models.Model):
    """A condition that a person ticked to see what is said about it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False)
    slug = models.CharField("condition", max_length=40, validators=[validate_condition])
    created_at = models.DateTimeField(db_default=Now())

    objects = OwnedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "slug"], name="ticked_condition_user_slug"),
            fits("slug", 40, "ticked_condition_slug_fits"),
        ]

    def __str__(self) -> str:
        return f"ticked condition {self.pk}"
