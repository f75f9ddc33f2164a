"""What is done to foods: the verbs of curators, imports and loaders, one module a concern."""

from foods.search import refresh_ranking
from foods.services.builtin import LoadReport, load_builtin
from foods.services.curating import (
    add_portion,
    correct_food,
    restore_food,
    restore_foods,
    retire_food,
    retire_foods,
)

__all__ = [
    "LoadReport",
    "add_portion",
    "correct_food",
    "load_builtin",
    "refresh_ranking",
    "restore_food",
    "restore_foods",
    "retire_food",
    "retire_foods",
]
