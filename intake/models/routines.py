"""Stacks: what a person plans to take, from a day on, and which entries it became."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from uuid6 import uuid7

from foods.text import validate_text
from intake.domain.schedule import EVERY_DAY, NEEDED, Schedule, times_from
from intake.models.bounds import FIRST_DAY, LAST_DAY, MAX_QUANTITY_MILLI, OwnedQuerySet, fits
from intake.models.diary import Entry
from intake.models.own import OwnProduct
from supplements.models import Product


class Routine(models.Model):
    """A stack: products taken together. How it goes, and since when, stands in its plans."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False)
    name = models.CharField(max_length=80, validators=[validate_text])
    created_at = models.DateTimeField(db_default=Now())

    objects = OwnedQuerySet.as_manager()

    class Meta:
        constraints = [fits("name", 80, "routine_name_fits")]
        indexes = [models.Index(fields=["user", "name"], name="routine_user_name")]

    def __str__(self) -> str:
        return self.name


class RoutinePlan(models.Model):
    """How a stack goes from a day on, until its next plan begins; a past day keeps the plan it had."""

    class Mode(models.TextChoices):
        """Whether it has times."""

        SCHEDULED = "scheduled", "On set days"
        AS_NEEDED = "as_needed", "As needed"
        STOPPED = "stopped", "Stopped"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False)
    routine = models.ForeignKey(Routine, models.CASCADE, related_name="plans")
    valid_from = models.DateField()
    mode = models.CharField(max_length=9, choices=Mode, default=Mode.SCHEDULED)
    weekdays = models.PositiveSmallIntegerField("a bit for each weekday, 1 for Monday", default=EVERY_DAY)
    times = models.CharField(max_length=40, blank=True)  # "08:00 21:00"; empty: at any time

    objects = OwnedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "routine", "valid_from"], name="routine_plan_user_routine_day"
            ),
            fits("times", 40, "routine_plan_times_fits"),
            models.CheckConstraint(
                name="routine_plan_weekdays_in_range",
                condition=Q(weekdays__range=(1, EVERY_DAY)),
                violation_error_message="Choose at least one day of the week.",
            ),
            models.CheckConstraint(
                name="routine_plan_times_of_its_mode",
                condition=Q(mode="scheduled") | Q(times=""),
                violation_error_message="What is taken as needed has no times.",
            ),
            models.CheckConstraint(
                name="routine_plan_valid_from_in_range",
                condition=Q(valid_from__range=(FIRST_DAY, LAST_DAY)),
                violation_error_message="This day is out of reach.",
            ),
        ]

    def __str__(self) -> str:
        return f"plan from {self.valid_from}"

    def schedule(self, items: Sequence["RoutineItem"] = ()) -> Schedule:
        """Return the plan as the rules take it, with the products of its items."""
        return Schedule(
            valid_from=self.valid_from,
            mode=self.mode,
            weekdays=self.weekdays,
            times=times_from(self.times),
            refs=frozenset(item.ref for item in items),
        )


class RoutineItem(models.Model):
    """A product of a plan, and how many servings of it at each time."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False)
    plan = models.ForeignKey(RoutinePlan, models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField(default=0)
    product = models.ForeignKey(Product, models.PROTECT, null=True, blank=True, related_name="+")
    own_product = models.ForeignKey(OwnProduct, models.RESTRICT, null=True, blank=True, related_name="+")
    servings_milli = models.BigIntegerField("servings, in thousandths", default=1000)

    objects = OwnedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "plan", "position"], name="routine_item_user_plan_position"
            ),
            models.CheckConstraint(
                name="routine_item_one_product",
                condition=Q(product=None, own_product__isnull=False)
                | Q(product__isnull=False, own_product=None),
            ),
            models.CheckConstraint(
                name="routine_item_servings_milli_in_range",
                condition=Q(servings_milli__range=(1, MAX_QUANTITY_MILLI)),
                violation_error_message="An amount lies above 0 and at most at 100 000.",
            ),
        ]

    def __str__(self) -> str:
        return f"item {self.position} of {self.plan_id}"

    @property
    def ref(self) -> str:
        """The outside id of its product."""
        return str(self.product_id or self.own_product_id)

    @property
    def servings(self) -> Decimal:
        """How many servings are taken at a time."""
        return Decimal(self.servings_milli) / 1000

    @property
    def taken_product(self) -> Product | OwnProduct:
        """The product, shared or the person's own."""
        found = self.product or self.own_product
        assert found is not None
        return found


class RoutineDoseQuerySet(OwnedQuerySet["RoutineDose"]):
    """Doses of stacks that were taken."""

    def standing(self) -> Self:
        """Keep those that count as taken; `RoutineDose.stands` says the same of a row."""
        return self.filter(entry__user=F("user"), entry__day=F("day"), entry__deleted_at=None)


class RoutineDose(models.Model):
    """A dose of a stack that was taken: which entry it became. It goes with the entry."""

    id = models.BigAutoField(primary_key=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False)
    routine = models.ForeignKey(Routine, models.CASCADE, related_name="+", db_index=False)
    day = models.DateField()
    occasion = models.CharField(max_length=6)  # "21:00", "any", or "needed"
    ref = models.CharField("outside id of the product", max_length=36)
    entry = models.OneToOneField(Entry, models.CASCADE, related_name="+")

    objects = RoutineDoseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "routine", "day", "occasion", "ref"],
                condition=~Q(occasion=NEEDED),
                name="routine_dose_user_once",
            ),
            fits("occasion", 6, "routine_dose_occasion_fits"),
            fits("ref", 36, "routine_dose_ref_fits"),
        ]
        indexes = [
            models.Index(fields=["user", "day"], name="routine_dose_user_day"),
            models.Index(fields=["user", "routine", "day"], name="routine_dose_user_routine"),
            models.Index(fields=["routine"], name="routine_dose_routine"),  # when a stack is deleted
        ]

    def __str__(self) -> str:
        return f"dose of {self.routine_id}, {self.day}"

    @property
    def stands(self) -> bool:
        """Whether it counts as taken: its entry was not taken off the day, nor given another."""
        return self.entry.deleted_at is None and self.entry.day == self.day
