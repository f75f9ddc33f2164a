"""Glycinate with oxide blended in ("buffered"): what a share above the formula's implies."""

from dataclasses import dataclass
from decimal import Decimal

from supplements.compounds.formula import magnesium_fraction

GLYCINATE, OXIDE = "Mg(C2H4NO2)2", "MgO"


@dataclass(frozen=True, slots=True, kw_only=True)
class Blend:
    """How much oxide such a blend holds: by weight, and of its magnesium; shares from 0 to 1."""

    fraction: Decimal
    oxide_by_weight: Decimal
    oxide_of_magnesium: Decimal


def glycinate_with_oxide(fraction: Decimal) -> Blend:
    """Return the blend of bisglycinate and oxide that holds this share of magnesium.

    Raises ValueError for a share that the two cannot have together: below bisglycinate's, above oxide's.
    """
    pure, oxide = magnesium_fraction(GLYCINATE), magnesium_fraction(OXIDE)
    if not pure <= fraction <= oxide:
        raise ValueError("No blend of bisglycinate and oxide holds that.")
    by_weight = (fraction - pure) / (oxide - pure)
    return Blend(
        fraction=fraction, oxide_by_weight=by_weight, oxide_of_magnesium=by_weight * oxide / fraction
    )
