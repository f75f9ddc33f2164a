"""PURE: the share of magnesium in a compound, from its formula."""

from decimal import Decimal
from functools import lru_cache

from molmass import Formula


@lru_cache(maxsize=256)
def magnesium_fraction(formula: str) -> Decimal:
    """Return the share of magnesium by weight, 0 to 1, to six places. Raises ValueError without magnesium."""
    raise NotImplementedError(Formula)
