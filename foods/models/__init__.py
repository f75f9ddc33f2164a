"""Foods and what is known of their magnesium, imports and review; no row of a person is here."""

from foods.models.imports import Edition, FoodImport, ImportProblem, ImportRow
from foods.models.review import Change, ReviewItem
from foods.models.seen import FoodQuerySet, along
from foods.models.tables import (
    MAX_UG_PER_100G,
    MAX_WEIGHT_MG,
    Food,
    FoodRevision,
    Portion,
    Source,
    lengths,
)

__all__ = [
    "MAX_UG_PER_100G",
    "MAX_WEIGHT_MG",
    "Change",
    "Edition",
    "Food",
    "FoodImport",
    "FoodQuerySet",
    "FoodRevision",
    "ImportProblem",
    "ImportRow",
    "Portion",
    "ReviewItem",
    "Source",
    "along",
    "lengths",
]
