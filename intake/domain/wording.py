"""PURE: amounts in words."""

import re
from decimal import Decimal

_FRACTIONS = {
    Decimal("0.25"): "¼",
    Decimal("0.5"): "½",
    Decimal("0.75"): "¾",
    Decimal("0.333"): "⅓",
    Decimal("0.667"): "⅔",
}
_LEADING_ONE = re.compile(r"^1 (?=\S)")
_BRACKETS = re.compile(r" \([^)]*\)")
_MEASURES = frozenset({"g", "ml"})


def quantity_text(quantity: Decimal) -> str:
    """Return a number as people write it: 1.5 gives "1 ½", 0.5 "½", 60.00 "60"."""
    whole, part = divmod(quantity, 1)
    if fraction := _FRACTIONS.get(part):
        return f"{whole:f} {fraction}" if whole else fraction
    return f"{quantity.normalize():f}"


def amount_text(quantity: Decimal, unit: str) -> str:
    """Return an amount on one line: (60, "g") "60 g", (2, "1 oz (85 seeds)") "2 oz", (2, "1/2 cup") "2 × 1/2 cup"."""
    short = _BRACKETS.sub("", unit)
    if not short:
        return "" if quantity == 1 else quantity_text(quantity)
    if short in _MEASURES:
        return f"{quantity_text(quantity)} {short}"
    if quantity == 1:
        return short
    if _LEADING_ONE.match(short):
        return f"{quantity_text(quantity)} {_LEADING_ONE.sub('', short)}"
    return f"{quantity_text(quantity)} × {short}"
