"""The curators' desk: forms of magnesium and the products made of them; each module registers its pages."""

from supplements.admin import compounds as compounds
from supplements.admin import evidence as evidence
from supplements.admin import products as products
