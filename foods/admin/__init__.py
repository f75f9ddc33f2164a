"""The curators' desk for foods; each module registers its pages."""

from foods.admin import foods as foods
from foods.admin import imports as imports
