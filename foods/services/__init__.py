"""What is done to foods: the verbs of curators, imports and loaders, one module a concern."""

from foods.search import refresh_ranking
from foods.services.builtin import LoadReport, load_builtin
from foods.services.curating import (
    add_portion,
    correct_food,
    edit_food,
    restore_food,
    retire_food,
    take_value,
)
from foods.services.history import undo_batch, undo_change
from foods.services.leading import winner_food, winner_of, winners_of
from foods.services.merging import merge_foods, unmerge_food

__all__ = [
    "LoadReport",
    "add_portion",
    "correct_food",
    "edit_food",
    "load_builtin",
    "merge_foods",
    "refresh_ranking",
    "restore_food",
    "retire_food",
    "take_value",
    "undo_batch",
    "undo_change",
    "unmerge_food",
    "winner_food",
    "winner_of",
    "winners_of",
]
