"""PURE: micrograms as the milligrams a person reads; the one place where a figure is rounded."""

from decimal import ROUND_HALF_UP, Decimal

from foods.amounts import UG_PER_MG
from intake.domain.band import Band


def number(ug: int, places: int = 0) -> str:
    """Return µg as mg without the unit, rounded half up to at most `places` decimals: "312", "1,240"."""
    return f"{_round(ug, places).normalize():,f}"


def mg(ug: int, places: int = 0) -> str:
    """Return µg as mg in words, rounded half up to at most `places` decimals: "312 mg"."""
    return f"{number(ug, places)} mg"


def total_number(total_ug: int, band: Band | None) -> str:
    """Return a day's total as mg without the unit; outside the band it never reads as if on the edge."""
    if band is not None and total_ug < band.low_ug:
        return number_beside(total_ug, band.low_ug)
    if band is not None and total_ug > band.high_ug:
        return number_beside(total_ug, band.high_ug)
    return number(total_ug)


def total_shown(total_ug: int, band: Band | None) -> str:
    """Return a day's total as mg in words; outside the band it never reads as if on the edge."""
    return f"{total_number(total_ug, band)} mg"


def number_beside(ug: int, edge_ug: int) -> str:
    """Return a value in whole mg, with decimals where rounding would move it to the edge or over it."""
    edge = _round(edge_ug, 3)
    side = (ug > edge_ug) - (ug < edge_ug)
    places = next(places for places in range(4) if _side(_round(ug, places), edge) == side)
    return number(ug, places)


def beside(ug: int, edge_ug: int) -> tuple[str, str]:
    """Return a value, as `number_beside` does, and the exact edge it is held against, as mg in words."""
    return f"{number_beside(ug, edge_ug)} mg", mg(edge_ug, 3)


def _round(ug: int, places: int) -> Decimal:
    return (Decimal(ug) / UG_PER_MG).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def _side(value: Decimal, edge: Decimal) -> int:
    return (value > edge) - (value < edge)
