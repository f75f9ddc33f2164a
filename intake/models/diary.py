"""Entries and the marks of days."""

import datetime as dt
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import Now
from uuid6 import uuid7

from foods.models import FoodRevision
from foods.text import validate_text
from intake.models.bounds import (
    FIRST_DAY,
    LAST_DAY,
    MAX_ENTRY_UG,
    MAX_MINUTES,
    MAX_QUANTITY_MILLI,
    MAX_WEIGHT_MG,
    OwnedQuerySet,
    fits,
)
from intake.models.own import OwnFood, OwnProduct
from supplements.models import Product


class Kind(models.TextChoices):
    """What an entry is; the last three are not food or drink."""

    FOOD = "food", "Food"
    WATER = "water", "Water"
    SUPPLEMENT = "supplement", "Supplement"
    MEDICINE = "medicine", "Medicine"
    TOPICAL = "topical", "On the skin"


ADDED = (Kind.SUPPLEMENT, Kind.MEDICINE)


class Slot(models.TextChoices):
    """The part of the day an entry stands under, in the order of the page."""

    BREAKFAST = "breakfast", "Breakfast"
    LUNCH = "lunch", "Lunch"
    SNACK = "snack", "Snack"
    DINNER = "dinner", "Dinner"
    EVENING = "evening", "Evening"
    NIGHT = "night", "Night"
    ALL_DAY = "all_day", "All day"


class EntryQuerySet(OwnedQuerySet["Entry"]):
    """The diary, read in a chain."""

    def kept(self) -> Self:
        """Leave out what was deleted."""
        return self.filter(deleted_at=None)

    def between(self, first: dt.date, last: dt.date) -> Self:
        """Return entries of the days from `first` to `last`, both included."""
        return self.filter(day__range=(first, last))

    def daily(self) -> QuerySet[Any, dict[str, Any]]:
        """One row a day: `day`, `food_ug`, `water_ug`, `added_ug`, `known` and `unknown` entries.

        `unknown_added` of the unknown ones are supplements and medicines.
        """
        rows: QuerySet[Any, Any] = (
            self.kept()
            .values("day")
            .annotate(
                food_ug=Sum("magnesium_ug", filter=Q(kind=Kind.FOOD), default=0),
                water_ug=Sum("magnesium_ug", filter=Q(kind=Kind.WATER), default=0),
                added_ug=Sum("magnesium_ug", filter=Q(kind__in=ADDED), default=0),
                known=Count("magnesium_ug"),
                unknown=Count("kind", filter=Q(magnesium_ug=None)),
                unknown_added=Count("kind", filter=Q(magnesium_ug=None, kind__in=ADDED)),
            )
            .order_by()
        )
        return rows


class Entry(models.Model):
    """Something a person ate, drank or took, with its magnesium as of then."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False)
    day = models.DateField()  # as the person named it
    at = models.TimeField("time", null=True, blank=True)  # local wall clock; None: not said
    tz = models.CharField(max_length=64, default="UTC")
    slot = models.CharField(max_length=9, choices=Slot)
    kind = models.CharField(max_length=12, choices=Kind)
    label = models.CharField(max_length=200, validators=[validate_text])
    quantity_milli = models.BigIntegerField("how many units, in thousandths", default=1000)
    unit = models.CharField("unit as entered", max_length=80, blank=True)  # "g", "1 oz", "1 capsule"
    unit_weight_mg = models.BigIntegerField("weight of one unit, mg", null=True, blank=True)
    unit_magnesium_ug = models.BigIntegerField("magnesium of one unit, µg", null=True, blank=True)
    weight_mg = models.BigIntegerField("weight, mg", null=True, blank=True)
    magnesium_ug = models.BigIntegerField("magnesium, µg", null=True, blank=True)  # None: not known
    minutes = models.PositiveSmallIntegerField("minutes on the skin", null=True, blank=True)
    food_revision = models.ForeignKey(FoodRevision, models.PROTECT, null=True, blank=True, related_name="+")
    product = models.ForeignKey(Product, models.PROTECT, null=True, blank=True, related_name="+")
    own_food = models.ForeignKey(OwnFood, models.RESTRICT, null=True, blank=True, related_name="+")
    own_product = models.ForeignKey(OwnProduct, models.RESTRICT, null=True, blank=True, related_name="+")
    digest = models.CharField(max_length=64, editable=False)  # of the body it was first made from
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(db_default=Now())
    deleted_at = models.DateTimeField(null=True, blank=True)

    objects = EntryQuerySet.as_manager()

    class Meta:
        constraints = [
            fits("label", 200, "entry_label_fits"),
            fits("unit", 80, "entry_unit_fits"),
            models.CheckConstraint(
                name="entry_magnesium_ug_in_range",
                condition=Q(magnesium_ug=None) | Q(magnesium_ug__range=(0, MAX_ENTRY_UG)),
                violation_error_message="Magnesium lies between 0 and 20 000 mg.",
            ),
            models.CheckConstraint(
                name="entry_topical_counts_zero",
                condition=~Q(kind="topical") | Q(magnesium_ug=0),
                violation_error_message="What goes on the skin is logged and counts 0.",
            ),
            models.CheckConstraint(
                name="entry_minutes_on_the_skin",
                condition=Q(minutes=None) | Q(kind="topical", minutes__range=(1, MAX_MINUTES)),
                violation_error_message="Minutes belong to what goes on the skin: 1 to 1 440 of them.",
            ),
            models.CheckConstraint(
                name="entry_weight_mg_in_range",
                condition=Q(weight_mg=None) | Q(weight_mg__range=(1, MAX_WEIGHT_MG)),
                violation_error_message="A weight lies above 0 g and at most at 100 kg.",
            ),
            models.CheckConstraint(
                name="entry_quantity_milli_in_range",
                condition=Q(quantity_milli__range=(1, MAX_QUANTITY_MILLI)),
                violation_error_message="An amount lies above 0 and at most at 100 000.",
            ),
            models.CheckConstraint(
                name="entry_day_in_range",
                condition=Q(day__range=(FIRST_DAY, LAST_DAY)),
                violation_error_message="This day is out of reach.",
            ),
        ]
        # Covers `daily` on both databases; SQLite drops include=.
        indexes = [
            models.Index(fields=["user", "day", "deleted_at", "kind", "magnesium_ug"], name="entry_user_day"),
            # Which figures a person's entries hold: what a correction is offered by. deleted_at is always
            # NULL here; SQLite would look for it in the table.
            models.Index(
                fields=["user", "food_revision", "deleted_at"],
                name="entry_user_revision",
                condition=Q(food_revision__isnull=False, deleted_at=None),
            ),
            # Few rows: for the daily clearing of what can no longer be undone.
            models.Index(fields=["deleted_at"], name="entry_deleted", condition=Q(deleted_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"entry {self.pk}"


class Mark(models.TextChoices):
    """What the person says of a day's log."""

    COMPLETE = "complete", "complete"
    PARTIAL = "partial", "partial"
    NOT_TRACKED = "not_tracked", "not tracked"


class DayMark(models.Model):
    """How far a day was logged, in the person's own word."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False)
    day = models.DateField()
    mark = models.CharField(max_length=11, choices=Mark)
    note = models.CharField(max_length=500, blank=True, validators=[validate_text])

    objects = OwnedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "day"], name="day_mark_user_day"),
            fits("note", 500, "day_mark_note_fits"),
            models.CheckConstraint(
                name="day_mark_day_in_range",
                condition=Q(day__range=(FIRST_DAY, LAST_DAY)),
                violation_error_message="This day is out of reach.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day}: {self.mark}"
