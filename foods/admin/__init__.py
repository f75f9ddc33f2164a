"""The curators' desk for foods; each module registers its pages."""

from foods.admin import foods as foods
