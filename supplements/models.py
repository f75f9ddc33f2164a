"""Forms of magnesium and the products made of them; no row of a person is here."""

from decimal import Decimal

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.db.models.lookups import LessThanOrEqual

from supplements.compounds import magnesium_fraction
from supplements.labels import MAX_AMOUNT_UG, MAX_DV_UG, MAX_PERCENT_MILLI, LabelLine

MAX_SERVING_UG = 20_000_000


def fits(field: str, limit: int, name: str) -> models.CheckConstraint:
    """Return the constraint that a text is at most `limit` characters; SQLite minds no other."""
    return models.CheckConstraint(
        name=name,
        condition=LessThanOrEqual(Length(field), limit),
        violation_error_message=f"At most {limit} characters.",
    )


def validate_formula(value: str) -> None:
    """Refuse a formula that cannot be read or holds no magnesium."""
    try:
        magnesium_fraction(value)
    except ValueError as error:
        raise ValidationError(str(error)) from error


class Compound(models.Model):
    """A form of magnesium; what it holds follows from its formula."""

    class Route(models.TextChoices):
        """How it is used."""

        ORAL = "oral", "swallowed"
        BOTH = "oral+topical", "swallowed or on the skin"
        TOPICAL = "topical", "on the skin"

    slug = models.SlugField(primary_key=True, max_length=40)
    name = models.CharField(max_length=120)
    family = models.CharField(max_length=40)
    formula = models.CharField(max_length=80, blank=True, validators=[validate_formula])  # empty: none fixed
    route = models.CharField(max_length=12, choices=Route, default=Route.ORAL)
    common_rank = models.PositiveSmallIntegerField(null=True, blank=True)  # 1, 2, ...: shown first
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            fits("slug", 40, "compound_slug_fits"),
            fits("name", 120, "compound_name_fits"),
            fits("family", 40, "compound_family_fits"),
            fits("formula", 80, "compound_formula_fits"),
            fits("note", 300, "compound_note_fits"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def magnesium_fraction(self) -> Decimal | None:
        """The share of magnesium by weight, 0 to 1; None where there is no fixed formula."""
        return magnesium_fraction(self.formula) if self.formula else None


class Basis(models.TextChoices):
    """What a label's figure speaks of."""

    ELEMENTAL = "elemental", "magnesium itself"
    COMPOUND = "compound", "the whole compound"
    PERCENT_DV = "percent_dv", "% of the daily value"


class IngredientLine(models.Model):
    """A line of a label, as printed; shared by the catalogue and people's own products."""

    compound = models.ForeignKey(Compound, models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField(default=0)
    basis = models.CharField(max_length=10, choices=Basis)
    amount_ug = models.BigIntegerField(
        "amount, µg",
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(MAX_AMOUNT_UG)],
    )
    percent_milli = models.BigIntegerField(
        "thousandths of a percent",
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(MAX_PERCENT_MILLI)],
    )
    dv_ug = models.BigIntegerField(
        "daily value, µg",
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(MAX_DV_UG)],
    )

    class Meta:
        abstract = True
        constraints = [
            # A comparison with NULL is no refusal to a CHECK: hence isnull beside each range.
            models.CheckConstraint(
                name="%(class)s_amount_fits_basis",
                condition=Q(
                    basis="percent_dv",
                    amount_ug=None,
                    percent_milli__isnull=False,
                    percent_milli__range=(1, MAX_PERCENT_MILLI),
                    dv_ug__isnull=False,
                    dv_ug__range=(1, MAX_DV_UG),
                )
                | Q(
                    basis__in=["elemental", "compound"],
                    amount_ug__isnull=False,
                    amount_ug__range=(1, MAX_AMOUNT_UG),
                    percent_milli=None,
                    dv_ug=None,
                ),
                violation_error_message="A line holds a weight, or a percentage and its daily value.",
            )
        ]

    def label_line(self) -> LabelLine:
        """Return the line as `labels.read_lines` takes it; reads `compound`."""
        return LabelLine(
            compound_name=self.compound.name,
            fraction=self.compound.magnesium_fraction,
            basis=self.basis,
            amount_ug=self.amount_ug,
            percent_milli=self.percent_milli,
            dv_ug=self.dv_ug,
        )


class Product(models.Model):
    """A product of the shared catalogue. A reformulated product is a new row."""

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
    retired_at = models.DateTimeField(null=True, blank=True)

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
        ]

    def __str__(self) -> str:
        return f"{self.brand} {self.name}".strip()


class Ingredient(IngredientLine):
    """A line of a catalogue product's label."""

    product = models.ForeignKey(Product, models.CASCADE, related_name="ingredients")

    class Meta(IngredientLine.Meta):
        abstract = False

    def __str__(self) -> str:
        return f"line {self.position} of {self.product_id}"
