"""What a person did about corrected foods: took the new figure, kept the old one, or told the curators."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, When
from django.db.models.functions import Now
from uuid6 import uuid7

from foods.amounts import MG_PER_100G
from foods.models import Food, FoodRevision, ReviewItem
from foods.text import validate_text
from intake.models.bounds import MAX_ENTRY_UG, OwnedQuerySet, fits
from intake.models.diary import Entry, EntryQuerySet
from intake.models.own import OwnFood

if TYPE_CHECKING:
    from intake.models.accounts import User

UG = "magnesium_ug_per_100g"


class Applied(models.Model):
    """One time that a person took new figures for past entries; undone at most once."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False)
    created_at = models.DateTimeField(db_default=Now())
    undone_at = models.DateTimeField(null=True, blank=True)

    objects = OwnedQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["user", "created_at"], name="applied_user_created")]

    def __str__(self) -> str:
        return f"applied {self.pk}"


class AppliedEntry(models.Model):
    """An entry before and after it took a new figure: what its undoing needs.

    It names the entry without a foreign key: an entry is cleared 30 days after its deletion, this stays.
    """

    id = models.BigAutoField(primary_key=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False)
    applied = models.ForeignKey(Applied, models.CASCADE, related_name="entries")
    entry_id = models.UUIDField()
    before = models.ForeignKey(FoodRevision, models.PROTECT, related_name="+")
    after = models.ForeignKey(FoodRevision, models.PROTECT, related_name="+")
    before_ug = models.BigIntegerField("magnesium before, µg", null=True, blank=True)
    after_ug = models.BigIntegerField("magnesium after, µg", null=True, blank=True)
    version = models.PositiveIntegerField()  # of the entry after it
    put_back = models.BooleanField(default=False)  # after an undo: False means it was changed in between

    objects = OwnedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "applied", "entry_id"], name="applied_entry_user_once")
        ]

    def __str__(self) -> str:
        return f"entry {self.entry_id} in {self.applied_id}"


class KeptFigure(models.Model):
    """A figure that a person does not want for their past entries: it is not offered again."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False)
    revision = models.ForeignKey(FoodRevision, models.PROTECT, related_name="+")  # the one refused
    created_at = models.DateTimeField(db_default=Now())

    objects = OwnedQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "revision"], name="kept_figure_user_revision")]

    def __str__(self) -> str:
        return f"not revision {self.revision_id}"


class Contribution(models.Model):
    """A report or a proposal of a person's: the one link from them to an item of the curators' queue."""

    class Kind(models.TextChoices):
        """What was sent."""

        REPORT = "report", "a wrong value"
        PROPOSAL = "proposal", "a new food"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False)
    kind = models.CharField(max_length=8, choices=Kind)
    label = models.CharField("the food's name as of then", max_length=200, validators=[validate_text])
    item = models.ForeignKey(ReviewItem, models.PROTECT, related_name="+")
    food = models.ForeignKey(Food, models.PROTECT, null=True, blank=True, related_name="+")  # of a report
    own_food = models.ForeignKey(OwnFood, models.CASCADE, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(db_default=Now())

    objects = OwnedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "item"], name="contribution_user_item"),
            fits("label", 200, "contribution_label_fits"),
            models.CheckConstraint(
                name="contribution_of_its_kind",
                condition=Q(kind="report", food__isnull=False, own_food=None)
                | Q(kind="proposal", food=None, own_food__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["user", "created_at"], name="contribution_user_created")]

    def __str__(self) -> str:
        return f"{self.kind}: {self.label}"


def figure_now(food: str, field: str = "pk") -> Case:
    """Return a field of the revision that readers see of a food; `food` is the path that leads to it."""
    live = Q((f"{food}__edition__live", True), (f"{food}__upcoming__isnull", False))
    return Case(When(live, then=F(f"{food}__upcoming__{field}")), default=F(f"{food}__current__{field}"))


def outdated_revisions(user: "User") -> list[FoodRevision]:
    """Return the figures that entries of the person hold and whose food has another value now. Two queries.

    Each with its `food` as readers see it, whose `current` is the figure on offer. What the person refused,
    or is the same value again, is left out.
    """
    held = Entry.objects.of(user).kept().filter(food_revision__isnull=False)  # by an index of this shape
    # Asked by itself: planners overrate how many figures one person's entries hold, and would read all foods.
    keys = [*held.order_by().values_list("food_revision", flat=True).distinct()]
    other = Q(now_ug__lt=F(UG)) | Q(now_ug__gt=F(UG)) | Q(("now_ug", None), (f"{UG}__isnull", False))
    moved = Q(food__current__lt=F("pk")) | Q(food__current__gt=F("pk")) | Q(food__edition__isnull=False)
    found = (
        FoodRevision.objects.filter(moved, pk__in=keys)  # few: the rest is asked of these alone
        .alias(now_id=figure_now("food"), now_ug=figure_now("food", UG))
        .filter(other | Q(("now_ug__isnull", False), (UG, None)), now_id__isnull=False)
        .filter(~Exists(KeptFigure.objects.of(user).filter(revision=OuterRef("now_id"))))
        .select_related("food__edition", "food__upcoming", "food__current")
    )
    for revision in found:
        revision.food.settle()
    return [*found]


def offered_entries(user: "User", outdated: Sequence[FoodRevision]) -> EntryQuerySet:
    """Return the person's entries with one of these figures that can take the one of now.

    Each with `now_id`, the revision readers see, and `new_ug`, its magnesium by it, rounded half up as when
    it was logged; a weight that would hold more than an entry can is left out.
    """
    per_100g = figure_now("food_revision__food", UG)
    rounded = (F("weight_mg") * per_100g * 2 + MG_PER_100G) / (2 * MG_PER_100G)
    return (
        Entry.objects.of(user)
        .kept()
        .filter(food_revision__in=[revision.pk for revision in outdated])
        .annotate(now_id=figure_now("food_revision__food"), new_ug=rounded)
        .filter(Q(new_ug=None) | Q(new_ug__lte=MAX_ENTRY_UG))
    )
