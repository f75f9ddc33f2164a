"""Products of the shared catalogue."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from supplements.models.bounds import fits
from supplements.models.history import recorded
from supplements.models.lines import IngredientLine
from supplements.sources.texts import gtin14

MAX_SERVING_UG = 20_000_000


def validate_gtin(value: str) -> None:
    """Refuse what is no barcode of 14 digits whose last one checks the others."""
    if gtin14(value) != value:
        raise ValidationError("This is no barcode: one of its digits is missing or wrong.")


class LabelThen(models.Model):
    """What a state in a product's history keeps beside its fields: the lines of its label as they were."""

    lines = models.JSONField(null=True)  # as `services.states.told_lines` writes them; None: not kept

    class Meta:
        abstract = True


class Product(models.Model):
    """A product of the shared catalogue. A reformulated product is a new row that `replaces` the old one."""

    class Kind(models.TextChoices):
        """How its magnesium is reckoned."""

        SUPPLEMENT = "supplement", "supplement"
        MEDICINE = "medicine", "medicine"
        TOPICAL = "topical", "on the skin"

    brand = models.CharField(max_length=120, blank=True)
    name = models.CharField(max_length=200)
    serving = models.CharField(max_length=80)
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.SUPPLEMENT)
    magnesium_ug_per_serving = models.BigIntegerField(
        "elemental magnesium a serving, µg", null=True, blank=True, editable=False
    )
    gtin = models.CharField("barcode", max_length=14, blank=True, validators=[validate_gtin])
    off_market = models.BooleanField("off the market", default=False)
    note = models.CharField(max_length=300, blank=True)  # what the label leaves open, in a sentence
    source = models.CharField(max_length=12, blank=True, editable=False)  # empty: a curator's own
    source_key = models.CharField(max_length=40, blank=True, editable=False)
    edition = models.PositiveSmallIntegerField(default=1, editable=False)  # of the same label of the source
    label_on = models.DateField("label of", null=True, blank=True, editable=False)
    as_imported = models.JSONField(null=True, blank=True, editable=False)  # so that a correction is known
    replaces = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by", editable=False
    )
    retired_at = models.DateTimeField(null=True, blank=True)

    history = recorded(bases=[LabelThen], excluded_fields=["as_imported"])

    class Meta:
        constraints = [
            fits("brand", 120, "product_brand_fits"),
            fits("name", 200, "product_name_fits"),
            fits("serving", 80, "product_serving_fits"),
            models.CheckConstraint(
                name="product_magnesium_ug_per_serving_in_range",
                condition=Q(magnesium_ug_per_serving=None)
                | Q(magnesium_ug_per_serving__range=(0, MAX_SERVING_UG)),
                violation_error_message="A serving holds between 0 and 20 000 mg of magnesium.",
            ),
            fits("gtin", 14, "product_gtin_fits"),
            fits("note", 300, "product_note_fits"),
            fits("source", 12, "product_source_fits"),
            fits("source_key", 40, "product_source_key_fits"),
            models.CheckConstraint(
                name="product_source_with_key",
                condition=Q(source="", source_key="") | (~Q(source="") & ~Q(source_key="")),
                violation_error_message="A product of a source has its key there.",
            ),
            models.UniqueConstraint(
                name="product_source_edition",
                fields=["source", "source_key", "edition"],
                condition=~Q(source=""),
            ),
            models.CheckConstraint(
                name="product_replaces_another", condition=Q(replaces=None) | ~Q(replaces=F("pk"))
            ),
        ]
        indexes = [models.Index(fields=["gtin"], name="product_gtin", condition=~Q(gtin=""))]  # a barcode

    def __str__(self) -> str:
        return f"{self.brand} {self.name}".strip()


class Ingredient(IngredientLine):
    """A line of a catalogue product's label."""

    product = models.ForeignKey(Product, models.CASCADE, related_name="ingredients")
    printed = models.CharField("as printed", max_length=200, blank=True)  # "Magnesium (as Aquamin)"

    class Meta(IngredientLine.Meta):
        abstract = False
        constraints = [*IngredientLine.Meta.constraints, fits("printed", 200, "ingredient_printed_fits")]

    def __str__(self) -> str:
        return f"line {self.position} of {self.product_id}"
