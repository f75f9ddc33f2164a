"""Forms of magnesium, what was found of them, and the products made of them; no row of a person is here."""

from supplements.models.bounds import fits
from supplements.models.compounds import Compound, validate_formula
from supplements.models.evidence import Fact, FactQuerySet, Finding, Permit, Status
from supplements.models.history import recorded
from supplements.models.lines import Basis, IngredientLine
from supplements.models.products import MAX_SERVING_UG, Ingredient, Product

__all__ = [
    "MAX_SERVING_UG",
    "Basis",
    "Compound",
    "Fact",
    "FactQuerySet",
    "Finding",
    "Ingredient",
    "IngredientLine",
    "Permit",
    "Product",
    "Status",
    "fits",
    "recorded",
    "validate_formula",
]
