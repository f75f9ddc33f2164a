"""Review: what a curator should look at, and the history of what curators did."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from uuid6 import uuid7

from foods.models.tables import Food, FoodRevision, lengths
from foods.text import validate_text


class Change(models.Model):
    """An act of a curator on a food, with what is needed to undo it. Never changed but for `undone_by`."""

    class Act(models.TextChoices):
        """What was done."""

        CORRECT = "correct", "value corrected"
        EDIT = "edit", "name or category edited"
        RETIRE = "retire", "retired"
        RESTORE = "restore", "restored"
        MERGE = "merge", "merged into another"
        UNMERGE = "unmerge", "taken apart again"
        PORTION = "portion", "portion added"
        UNDO = "undo", "undone"

    food = models.ForeignKey(Food, models.PROTECT, related_name="changes")
    act = models.CharField(max_length=8, choices=Act)
    before = models.JSONField(default=dict)  # the fields that were changed, as they were
    after = models.JSONField(default=dict)  # and as they became
    revision = models.ForeignKey(
        FoodRevision, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    batch = models.UUIDField(null=True, blank=True)  # acts of one bulk edit
    author = models.CharField(max_length=254)
    reason = models.CharField(max_length=500, validators=[validate_text])
    undone_by = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="undoes")
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [*lengths("change", author=254, reason=500)]
        indexes = [
            models.Index(fields=["food", "created_at"], name="change_food_created"),
            models.Index(fields=["batch"], name="change_batch", condition=Q(batch__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.act} {self.food_id}"


class ReviewItem(models.Model):
    """Something a curator should look at; ordered by what mending it would do. It knows no person."""

    class Kind(models.TextChoices):
        """Why it is in the queue."""

        MISSING = "missing", "value missing"
        DOUBTFUL = "doubtful", "implausible value"
        DUPLICATE = "duplicate", "suspected duplicate"
        REPORT = "report", "reported by a person"
        PROPOSAL = "proposal", "proposed by a person"

    class State(models.TextChoices):
        """Where it stands."""

        OPEN = "open", "open"
        ACCEPTED = "accepted", "accepted"
        DECLINED = "declined", "declined"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(max_length=9, choices=Kind)
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    food = models.ForeignKey(Food, models.CASCADE, null=True, blank=True, related_name="review_items")
    other = models.ForeignKey(Food, models.CASCADE, null=True, blank=True, related_name="+")  # a duplicate
    weight = models.BigIntegerField(default=0)  # what it would mend: more comes first
    detail = models.JSONField(default=dict)  # by kind: the value reported, the food proposed, the reason
    answer = models.CharField(max_length=500, blank=True, validators=[validate_text])  # the curator's word
    author = models.CharField(max_length=254, blank=True)  # the curator who closed it
    created_at = models.DateTimeField(db_default=Now())
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            *lengths("review_item", answer=500, author=254),
            models.UniqueConstraint(
                fields=["kind", "food"],
                name="review_item_food_once",
                condition=Q(state="open", kind__in=["missing", "doubtful"]),
            ),
            models.UniqueConstraint(
                fields=["food", "other"],
                name="review_item_pair_once",
                condition=Q(state="open", kind="duplicate"),
            ),
        ]
        indexes = [models.Index(fields=["state", "-weight"], name="review_item_queue")]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"
