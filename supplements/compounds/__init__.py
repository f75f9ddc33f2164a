"""PURE: the share of magnesium in a compound, from its formula; the forms that come built in, by family."""

from supplements.compounds.blends import Blend, glycinate_with_oxide
from supplements.compounds.builtin import BUILTIN, BuiltinCompound, Route
from supplements.compounds.families import Family, Form, families
from supplements.compounds.formula import (
    MAX_FORMULA_LENGTH,
    compound_mg_per_100mg_magnesium,
    magnesium_fraction,
    molar_mass,
    written,
)

__all__ = [
    "BUILTIN",
    "MAX_FORMULA_LENGTH",
    "Blend",
    "BuiltinCompound",
    "Family",
    "Form",
    "Route",
    "compound_mg_per_100mg_magnesium",
    "families",
    "glycinate_with_oxide",
    "magnesium_fraction",
    "molar_mass",
    "written",
]
