"""Foods, what is known of their magnesium, and their household measures."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length, Now
from django.db.models.lookups import LessThanOrEqual

from foods.models.seen import FoodQuerySet, PortionQuerySet
from foods.text import validate_text

MAX_UG_PER_100G = 100_000_000  # 100 g in 100 g
MAX_WEIGHT_MG = 100_000_000  # 100 kg


def lengths(model: str, **limits: int) -> list[models.CheckConstraint]:
    """Return the constraints that texts are at most so many characters; SQLite minds no others."""
    return [
        models.CheckConstraint(
            name=f"{model}_{field}_fits",
            condition=LessThanOrEqual(Length(field), limit),
            violation_error_message=f"At most {limit} characters.",
        )
        for field, limit in limits.items()
    ]


class Source(models.Model):
    """A release of a data set: where figures come from, and on what terms."""

    code = models.SlugField(max_length=32)
    mark = models.CharField(max_length=4)  # as shown beside a figure: "SR", "FD", "FN", "C"
    dataset = models.CharField(max_length=120)
    release = models.CharField(max_length=40)
    licence = models.CharField(max_length=120)
    citation = models.TextField()
    url = models.URLField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "release"], name="source_code_release"),
            *lengths("source", code=32, mark=4, dataset=120, release=40, licence=120),
        ]

    def __str__(self) -> str:
        return self.dataset if self.code == "curator" else f"{self.dataset} {self.release}"


class Food(models.Model):
    """A food as a person means it; its figures are revisions.

    What an import changes stands beside the food (`upcoming`, `details`, under its `edition`) until that
    edition is live: readers then see it at once, through `settle`, and it is moved into place afterwards.
    """

    source = models.ForeignKey(Source, models.PROTECT, related_name="+")
    source_key = models.CharField(max_length=80)
    name = models.CharField(max_length=200, validators=[validate_text])
    brand = models.CharField(max_length=120, blank=True, validators=[validate_text])
    category = models.CharField(max_length=120, blank=True)
    gtin = models.CharField(max_length=14, blank=True)
    current = models.ForeignKey(
        "FoodRevision", models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    retired_at = models.DateTimeField(null=True, blank=True)
    uses = models.PositiveIntegerField(db_default=0, default=0, editable=False)  # times logged, for search
    # The edition that brought the food; hidden while it is not live. No index: nothing looks foods up by it.
    born = models.ForeignKey(
        "Edition", models.PROTECT, null=True, blank=True, related_name="+", editable=False, db_index=False
    )
    # A change on its way: the edition it belongs to, the revision to come (None: the food goes) and the
    # food's own fields as they will be. All three are empty but while an edition is made and settled.
    edition = models.ForeignKey(
        "Edition", models.PROTECT, null=True, blank=True, related_name="+", editable=False, db_index=False
    )
    upcoming = models.ForeignKey(
        "FoodRevision",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
        db_index=False,
    )
    details = models.JSONField(null=True, blank=True, editable=False)  # of name, brand, category, gtin

    objects = FoodQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "source_key"], name="food_source_key"),
            *lengths("food", source_key=80, name=200, brand=120, category=120, gtin=14),
            models.CheckConstraint(
                name="food_merged_into_another", condition=Q(merged_into=None) | ~Q(merged_into=F("pk"))
            ),
        ]
        indexes = [
            models.Index(fields=["gtin"], name="food_gtin", condition=~Q(gtin="")),  # a barcode
            models.Index(fields=["uses"], name="food_uses", condition=Q(uses__gt=0)),
            # For the curators' list, which reads no food that it does not show.
            models.Index(fields=["category", "id"], name="food_category"),
            models.Index(fields=["id"], name="food_retired", condition=Q(retired_at__isnull=False)),
            # Of the merged ones alone: with all in it SQLite would find by it those that are not, most foods.
            models.Index(fields=["merged_into"], name="food_merged", condition=Q(merged_into__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def magnesium_ug_per_100g(self) -> int | None:
        """The value of its current figure, µg per 100 g; None if it is not known. Read `current` along."""
        return self.current.magnesium_ug_per_100g if self.current else None

    def shown_revisions(self) -> models.QuerySet["FoodRevision"]:
        """Return its figures with their sources, the newest first, as readers see them. Call `settle` before.

        One that an edition has laid beside the food is left out until that edition is live.
        """
        figures = FoodRevision.objects.filter(food=self).select_related("source").order_by("-pk")
        laid = self.upcoming_id
        return figures if laid is None or laid <= (self.current_id or 0) else figures.exclude(pk=laid)

    @property
    def is_hidden(self) -> bool:
        """Whether the edition that brought it is not live: not published yet, or undone."""
        return self.born is not None and not self.born.live

    def settle(self) -> Self:
        """Make this instance, and nothing in the database, what readers see: a live edition's change applied.

        Expects the relations of `readable`.
        """
        if self.edition is not None and self.edition.live:
            if self.upcoming is None:
                self.retired_at = self.retired_at or self.edition.live_at
            else:
                self.current, self.retired_at = self.upcoming, None
            for field, value in (self.details or {}).items():
                setattr(self, field, value)
            self.edition = self.upcoming = self.details = None
        return self


class FoodRevision(models.Model):
    """What is known of a food's magnesium, from one record of one release. Never changed once made."""

    food = models.ForeignKey(Food, models.PROTECT, related_name="revisions")
    source = models.ForeignKey(Source, models.PROTECT, related_name="+")
    source_key = models.CharField("record", max_length=80, blank=True)
    record_name = models.CharField(max_length=200, blank=True)  # the record's own, if not the food's
    magnesium_ug_per_100g = models.BigIntegerField("magnesium, µg per 100 g", null=True, blank=True)
    min_ug = models.BigIntegerField(null=True, blank=True)
    max_ug = models.BigIntegerField(null=True, blank=True)
    n = models.PositiveIntegerField("samples", null=True, blank=True)
    derivation = models.CharField(max_length=120, blank=True)
    author = models.CharField(max_length=254, blank=True)  # a curator's name; empty for a release
    reason = models.CharField(max_length=500, blank=True, validators=[validate_text])
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            *lengths("food_revision", source_key=80, record_name=200, derivation=120, author=254, reason=500),
            models.CheckConstraint(
                name="food_revision_magnesium_ug_per_100g_in_range",
                condition=Q(magnesium_ug_per_100g=None)
                | Q(magnesium_ug_per_100g__range=(0, MAX_UG_PER_100G)),
                violation_error_message="Magnesium lies between 0 and 100 000 mg per 100 g.",
            ),
        ]
        indexes = [
            models.Index(fields=["food", "created_at"], name="food_revision_food_created"),
            # The few of curators, for their list.
            models.Index(fields=["food"], name="food_revision_by_hand", condition=~Q(author="")),
        ]

    def __str__(self) -> str:
        return f"revision {self.pk} of food {self.food_id}"


class Portion(models.Model):
    """A household measure of a food and what it weighs.

    With an `edition` it comes, or goes if `leaving`, when that edition is live.
    """

    food = models.ForeignKey(Food, models.CASCADE, related_name="portions")
    label = models.CharField(max_length=80, validators=[validate_text])
    weight_mg = models.BigIntegerField("weight, mg")
    position = models.PositiveSmallIntegerField(default=0)  # 0: the one that is offered
    author = models.CharField(
        max_length=254, blank=True, db_default="", default=""
    )  # a curator; "": a source
    edition = models.ForeignKey(
        "Edition", models.PROTECT, null=True, blank=True, related_name="+", editable=False, db_index=False
    )
    leaving = models.BooleanField(db_default=False, default=False, editable=False)

    objects = PortionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["food", "label"], name="portion_food_label", condition=Q(leaving=False)
            ),
            models.CheckConstraint(
                name="portion_leaving_with_edition", condition=Q(leaving=False) | Q(edition__isnull=False)
            ),
            *lengths("portion", label=80, author=254),
            models.CheckConstraint(
                name="portion_weight_mg_in_range",
                condition=Q(weight_mg__range=(1, MAX_WEIGHT_MG)),
                violation_error_message="A portion weighs more than 0 g and at most 100 kg.",
            ),
        ]

    def __str__(self) -> str:
        return self.label
