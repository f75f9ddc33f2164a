"""PURE: weights and micrograms: whole numbers inside, Decimal at the edges."""

from decimal import ROUND_HALF_UP, Decimal

UG_PER_MG = 1_000
MG_PER_G = 1_000
MG_PER_100G = 100_000


def ug_from_mg(mg: Decimal) -> int:
    """Return micrograms for milligrams, rounded half up to a whole µg."""
    return rounded(mg * UG_PER_MG)


def mg_from_ug(ug: int) -> Decimal:
    """Return milligrams, exact to 0.001."""
    return Decimal(ug) / UG_PER_MG


def mg_text(ug: int) -> str:
    """Return µg as mg, exact, without trailing zeros: "92.96", "1,106.7"."""
    return f"{mg_from_ug(ug).normalize():,f}"


def weight_mg_from_g(g: Decimal) -> int:
    """Return a weight in mg for a weight in g, rounded half up to a whole mg."""
    return rounded(g * MG_PER_G)


def g_from_weight_mg(weight_mg: int) -> Decimal:
    """Return a weight in g, exact to 0.001."""
    return Decimal(weight_mg) / MG_PER_G


def magnesium_ug_in(weight_mg: int | None, ug_per_100g: int | None) -> int | None:
    """Return the magnesium, µg, in a weight of food, rounded half up; None where either is not known."""
    if weight_mg is None or ug_per_100g is None:
        return None
    return rounded(Decimal(weight_mg) * ug_per_100g / MG_PER_100G)


def rounded(value: Decimal) -> int:
    """Return the nearest whole number, half up."""
    return int(value.to_integral_value(rounding=ROUND_HALF_UP))
