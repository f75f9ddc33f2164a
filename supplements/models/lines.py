"""A line of a label, shared by the catalogue and people's own products."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from supplements.labels import MAX_AMOUNT_UG, MAX_DV_UG, MAX_PERCENT_MILLI, LabelLine
from supplements.models.compounds import Compound


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
