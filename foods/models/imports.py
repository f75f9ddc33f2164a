"""Imports: a file on its way, its rows laid beside the foods, and the editions that readers see."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from uuid6 import uuid7

from foods.models.tables import MAX_UG_PER_100G, Food, FoodRevision, Source, lengths
from foods.text import validate_text


class FoodImport(models.Model):
    """A file that was given, what was read of it, and how far it is published."""

    class State(models.TextChoices):
        """Where an import stands. READY, PUBLISHED and UNDONE wait for a curator; the rest is work."""

        READING = "reading", "reading"
        COMPARING = "comparing", "comparing"
        READY = "ready", "ready to publish"
        PUBLISHING = "publishing", "publishing"
        PUBLISHED = "published", "published"
        UNDOING = "undoing", "undoing"
        UNDONE = "undone", "undone"
        REFUSED = "refused", "refused"
        DISCARDED = "discarded", "discarded"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    state = models.CharField(max_length=10, choices=State, default=State.READING)
    file_name = models.CharField(max_length=200, validators=[validate_text])  # as the curator knows it
    spool = models.CharField(max_length=200, blank=True, editable=False)  # below settings.SPOOL_DIR
    size = models.BigIntegerField("bytes")
    sha256 = models.CharField("SHA-256", max_length=64)
    format = models.CharField(max_length=40, blank=True)  # a code of foods.sources.formats
    source = models.ForeignKey(Source, models.PROTECT, null=True, blank=True, related_name="+")
    author = models.CharField(max_length=254, blank=True)
    retire_missing = models.BooleanField("retire what this release no longer has", default=False)
    # The step under way, for the bar: rows done, rows in all if known, and when the step began.
    done = models.BigIntegerField(default=0)
    total = models.BigIntegerField(null=True, blank=True)
    step_started_at = models.DateTimeField(null=True, blank=True)
    counts = models.JSONField(default=dict)  # of the comparison, by verdict, and the coverage
    cursor = models.JSONField(default=dict, editable=False)  # how far the step got; saved with its work
    error = models.CharField(max_length=500, blank=True)  # why it was refused, in a sentence
    created_at = models.DateTimeField(db_default=Now())
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            *lengths("food_import", file_name=200, spool=200, sha256=64, format=40, author=254, error=500)
        ]

    def __str__(self) -> str:
        return self.file_name


class Edition(models.Model):
    """One publication of an import, or the undoing of one: all that carries it is seen when it is live.

    `live` is the one switch: an UPDATE of this row is what publishes.
    """

    food_import = models.ForeignKey(FoodImport, models.PROTECT, related_name="editions")
    undoes = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="undone_by")
    live = models.BooleanField(default=False)
    settled = models.BooleanField(default=False)  # nothing is left beside the foods
    created_at = models.DateTimeField(db_default=Now())
    live_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["settled"],
                name="edition_one_unsettled",
                condition=Q(settled=False),
                violation_error_message="Another import is being published or undone.",
            )
        ]

    def __str__(self) -> str:
        return f"edition {self.pk}"


class ImportRow(models.Model):
    """A record as it was read, held against the foods that are there."""

    class Verdict(models.TextChoices):
        """What publishing would do."""

        NEW = "new", "new"
        CHANGED = "changed", "changed"
        SAME = "same", "the same"
        CONFLICT = "conflict", "in conflict with a correction"
        DOUBTFUL = "doubtful", "implausible"
        MISSING = "missing", "gone from the source"

    class Choice(models.TextChoices):
        """What the curator wants; empty is the verdict's default."""

        DEFAULT = "", "default"
        KEEP = "keep", "keep ours"
        TAKE = "take", "take theirs"

    id = models.BigAutoField(primary_key=True)
    food_import = models.ForeignKey(FoodImport, models.CASCADE, related_name="rows", db_index=False)
    position = models.BigIntegerField()  # the order of the file, from 0; missing foods come after
    file = models.CharField(max_length=200, blank=True)
    line = models.BigIntegerField(null=True, blank=True)
    key = models.CharField(max_length=80)
    record = models.JSONField()  # the FoodRecord, as foods.importing.rows writes it
    magnesium_ug_per_100g = models.BigIntegerField(null=True, blank=True)
    verdict = models.CharField(max_length=8, choices=Verdict, blank=True)  # empty: not compared yet
    fields = models.JSONField(default=list)  # names of what differs: magnesium, name, brand, portions ...
    choices = models.JSONField(default=dict)  # by field, of Choice; "" stands for the whole row
    reason = models.CharField(max_length=200, blank=True)  # why it is doubtful, in conflict, or left out
    food = models.ForeignKey(Food, models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    before = models.ForeignKey(  # the revision that readers saw when it was compared
        FoodRevision, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    twin = models.ForeignKey(  # a food of another source that it may be the same as; not matched
        Food, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    old_ug_per_100g = models.BigIntegerField(null=True, blank=True)
    change_ug = models.BigIntegerField(null=True, blank=True)  # size of the change; None: new or the same
    uses = models.PositiveIntegerField(default=0)  # times the food was logged, when compared
    # What publishing laid, for the undoing: the revision, and the food's own fields and portions before.
    revision = models.ForeignKey(
        FoodRevision, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    undo = models.JSONField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["food_import", "position"], name="import_row_position"),
            *lengths("import_row", file=200, key=80, reason=200),
            models.CheckConstraint(
                name="import_row_magnesium_in_range",
                condition=Q(magnesium_ug_per_100g=None)
                | Q(magnesium_ug_per_100g__range=(0, MAX_UG_PER_100G)),
            ),
        ]
        indexes = [
            models.Index(  # a condition that SQLite, too, sees to hold: queries say change_ug__gte=0
                fields=["food_import", "verdict", "-change_ug", "position"],
                name="import_row_verdict",
                condition=Q(change_ug__isnull=False),
            ),
            models.Index(fields=["food_import", "key"], name="import_row_key"),
            models.Index(  # what was laid, for settling and undoing
                fields=["food_import", "position"], name="import_row_laid", condition=Q(undo__isnull=False)
            ),
            models.Index(
                fields=["food_import", "position"], name="import_row_twin", condition=Q(twin__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} at {self.position}"


class ImportProblem(models.Model):
    """What could not be read, with its place; the first thousand of an import are kept, all are counted."""

    food_import = models.ForeignKey(FoodImport, models.CASCADE, related_name="problems")
    file = models.CharField(max_length=200, blank=True)
    line = models.BigIntegerField(null=True, blank=True)
    text = models.CharField(max_length=300)

    class Meta:
        constraints = [*lengths("import_problem", file=200, text=300)]

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.text}"
