"""Forms of magnesium; what a form holds follows from its formula."""

from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import models

from supplements.compounds import compound_mg_per_100mg_magnesium, magnesium_fraction, molar_mass
from supplements.models.bounds import fits
from supplements.models.history import recorded


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

    history = recorded()

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

    @property
    def molar_mass_g_per_mol(self) -> Decimal | None:
        """The molar mass, g/mol; None where there is no fixed formula."""
        return molar_mass(self.formula) if self.formula else None

    @property
    def compound_mg_per_100mg_magnesium(self) -> Decimal | None:
        """How many mg of it hold 100 mg of magnesium; None where there is no fixed formula."""
        return compound_mg_per_100mg_magnesium(self.formula) if self.formula else None
