"""Builders of DSLD labels, with defaults, in the shape of the real ones."""

import json
from typing import Any


def quantity(
    amount: Any,
    unit="mg",
    *,
    of=1,
    per="Capsule(s)",
    order=1,
    percent=None,
    group="Adults and children 4 or more years of age",
    operator="=",
) -> dict[str, Any]:
    """Return an amount for `of` units of a serving."""
    target = {"name": group, "operator": "=", "percent": percent, "footnote": ""}
    return {
        "servingSizeOrder": order,
        "servingSizeQuantity": of,
        "servingSizeUnit": per,
        "operator": operator,
        "quantity": amount,
        "unit": unit,
        "dailyValueTargetGroup": [] if percent is None else [target],
    }


def row(name="Magnesium", *quantities, forms=(), nested=(), group=None) -> dict[str, Any]:
    """Return a row of ingredients; a number is its amount in mg."""
    amounts = [one if isinstance(one, dict) else quantity(one) for one in quantities]
    return {
        "name": name,
        "category": "mineral",
        "ingredientGroup": name if group is None else group,
        "forms": [{"order": 1, "prefix": "as", "percent": None, "name": form} for form in forms],
        "nestedRows": list(nested),
        "quantity": amounts,
    }


def size(order=1, of=1, unit="Capsule(s)", notes="") -> dict[str, Any]:
    """Return a serving as the label states it."""
    return {"order": order, "minQuantity": of, "maxQuantity": of, "unit": unit, "notes": notes}


def label(*rows, sizes=None, **fields) -> dict[str, Any]:
    """Return a label; without rows it has one of 100 mg of magnesium."""
    return {
        "id": 1000,
        "fullName": "Magnesium",
        "brandName": "Sunny Hollow",
        "upcSku": "0 12345 67890 5",
        "offMarket": 0,
        "entryDate": "2022-06-16",
        "servingSizes": [size()] if sizes is None else sizes,
        "ingredientRows": list(rows) or [row("Magnesium", 100, forms=["Magnesium Oxide"])],
        "otheringredients": {"text": None, "ingredients": []},
    } | fields


def as_bytes(content: Any) -> bytes:
    """Return a label as it stands in a file."""
    return json.dumps(content).encode()
