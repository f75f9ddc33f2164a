"""PURE: amounts and lists in words."""

import re
from collections.abc import Sequence
from decimal import Decimal

_FRACTIONS = {
    Decimal("0.25"): "¼",
    Decimal("0.5"): "½",
    Decimal("0.75"): "¾",
    Decimal("0.333"): "⅓",
    Decimal("0.667"): "⅔",
    Decimal("0.125"): "⅛",
    Decimal("0.375"): "⅜",
    Decimal("0.625"): "⅝",
    Decimal("0.875"): "⅞",
}
_SHORT = {
    "1/4": "¼", "1/3": "⅓", "1/2": "½", "2/3": "⅔", "3/4": "¾", "1/8": "⅛", "3/8": "⅜", "5/8": "⅝",
    "7/8": "⅞", "1/6": "⅙", "5/6": "⅚",
}  # fmt: skip
_FRACTION = re.compile(r"^((?:[0-9]+ )?)([1-7]/[23468])(?= )")
_LEADING_ONE = re.compile(r"^1 (?=[^\W_])")
_BRACKETS = re.compile(r" \((?!from )[^)]*\)")  # "(from 1 cup)" says what an amount was reckoned by
_MEASURES = frozenset({"g", "ml"})
# Units that take an s; "oz", "tbsp", "medium" and the like stay as they are.
_COUNTED = re.compile(
    r"^(bar|biscuit|bottle|bowl|can|capsule|clove|cookie|cracker|cup|drop|egg|fillet|fruit|handful"
    r"|link|lozenge|muffin|nut|olive|package|packet|piece|pill|portion|roll|sachet|scoop|serving|slice|softgel"
    r"|spear|stalk|strip|tablet|tortilla)(?![a-z])"
)


def quantity_text(quantity: Decimal) -> str:
    """Return a number as people write it: 1.5 gives "1 ½", 0.5 "½", 60.00 "60"."""
    whole, part = divmod(quantity, 1)
    if fraction := _FRACTIONS.get(part):
        return f"{whole:f} {fraction}" if whole else fraction
    return f"{quantity.normalize():f}"


def amount_text(quantity: Decimal, unit: str) -> str:
    """Return one line: (60, "g") "60 g", (2, "1 cup (60 g)") "2 cups", (2, "1/2 cup") "2 × ½ cup".

    Of what stands in brackets only "(from 1 cup)" is kept.
    """
    short = _BRACKETS.sub("", unit)
    short = _FRACTION.sub(lambda found: found[1] + _SHORT.get(found[2], found[2]), short)
    if not short:
        return "" if quantity == 1 else quantity_text(quantity)
    if short in _MEASURES:
        return f"{quantity_text(quantity)} {short}"
    if quantity == 1:
        return short
    if not _LEADING_ONE.match(short):
        return f"{quantity_text(quantity)} × {short}"
    counted = _LEADING_ONE.sub("", short)
    if quantity > 1:
        counted = _COUNTED.sub(r"\1s", counted)
    return f"{quantity_text(quantity)} {counted}"


def stay_text(amount: str, minutes: int | None) -> str:
    """Return an amount with the minutes it stayed on the skin: "250 g for 20 min", "20 min"."""
    if minutes is None:
        return amount
    return f"{amount} for {minutes} min" if amount else f"{minutes} min"


def listed(items: Sequence[str]) -> str:
    """Return names as one reads them: "a", "a and b", "a, b and c". Raises IndexError for none."""
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} and {items[-1]}"
