"""PURE: a query that is a barcode: spaces, hyphens and lost or added zeros aside."""

import re

from foods.sources.texts import bare_gtin

_BARCODE = re.compile(r"[\d \-]{8,24}", re.ASCII)


def gtins(query: str) -> tuple[str, ...]:
    """Return the 14 digits that a query of 8 digits or more may mean; nothing for any other text.

    Eight digits are a short code of their own, or a UPC-E, which stands for twelve.
    """
    text = query.strip()
    digits = re.sub(r"[ \-]", "", text) if _BARCODE.fullmatch(text) else ""
    digits = bare_gtin(digits)
    if not 8 <= len(digits) <= 14:
        return ()
    found = (digits.zfill(14),)
    return (*found, _upc_a(digits).zfill(14)) if len(digits) == 8 and digits[0] in "01" else found


def _upc_a(short: str) -> str:
    """Return the twelve digits of a UPC-E, whose sixth digit of six says where the zeros were."""
    system, body, last, check = short[0], short[1:6], short[6], short[7]
    if last in "012":
        middle = f"{body[:2]}{last}0000{body[2:]}"
    elif last == "3":
        middle = f"{body[:3]}00000{body[3:]}"
    elif last == "4":
        middle = f"{body[:4]}00000{body[4]}"
    else:
        middle = f"{body}0000{last}"
    return system + middle + check
