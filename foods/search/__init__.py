"""The one door to food search: as one types, on both databases, generic and common foods first.

A query's words are looked up by their beginnings, shelf by shelf, plain foods first, in the order of a
standing score; what comes back is ordered again by how well the name fits. Only when nothing is found are the
words mended, against the vocabulary of all names.
"""

from foods.search.asking import MAX_LIMIT, FoodHit, PortionChoice, matches, search_foods
from foods.search.keeping import (
    Made,
    add_made,
    drop_edition,
    make_rows,
    rebuild,
    refresh_ranking,
    reindex,
)
from foods.search.rows import NewFood

__all__ = [
    "MAX_LIMIT",
    "FoodHit",
    "Made",
    "NewFood",
    "PortionChoice",
    "add_made",
    "drop_edition",
    "make_rows",
    "matches",
    "rebuild",
    "refresh_ranking",
    "reindex",
    "search_foods",
]
