"""PURE: a label of the NIH Dietary Supplement Label Database, as its JSON has it.

An amount is for `servingSizeQuantity` units, not for one; a label may have several servings. What stands
under "other ingredients" is no intake, whatever group it is filed under.
"""

import datetime as dt
import json
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any, NoReturn

from supplements.labels import plain
from supplements.sources.dsld_rows import (
    Amount,
    Row,
    count_rows,
    dicts,
    magnesium_amounts,
    names_magnesium,
    row_of,
)
from supplements.sources.records import LabelFile, ProductRecord, Unreadable
from supplements.sources.texts import gtin14, number, tidy

SOURCE = "dsld"
MAX_SERVINGS = 20
_NEEDED: dict[str, tuple[type, ...]] = {
    "id": (int, str),
    "fullName": (str,),
    "servingSizes": (list,),
    "ingredientRows": (list,),
}
_SHORT = {
    "gram": "g",
    "milligram": "mg",
    "milliliter": "ml",
    "ml": "ml",
    "tablespoon": "tbsp",
    "teaspoon": "tsp",
}


def read_label(data: bytes, file: str) -> LabelFile:
    """Return the label of a file: a product for each serving it gives magnesium for.

    Raises Unreadable if it is no DSLD label or its rows make no sense.
    """
    label = _loaded(data, file)
    try:
        rows = [row_of(raw) for raw in label["ingredientRows"]]
        name = tidy(label["fullName"], 200)
        if not name:
            raise ValueError("the label has no name.")
        if not names_magnesium(rows):
            return LabelFile(file=file, name=name)
        return _label_file(label, file, name, rows)
    except (ValueError, TypeError) as problem:
        said = str(problem) if type(problem) is ValueError else "the label cannot be read."
        raise Unreadable(file, said) from None


def _loaded(data: bytes, file: str) -> dict[str, Any]:
    try:
        label = json.loads(data.decode("utf-8-sig"), parse_float=Decimal, parse_constant=_refuse)
    except (ValueError, ArithmeticError, RecursionError):
        raise Unreadable(file, "this is no JSON file, or it is cut short.") from None
    if not isinstance(label, dict):
        raise Unreadable(file, "this is no label of the DSLD: it holds no object.")
    for key, kinds in _NEEDED.items():
        if not isinstance(label.get(key), kinds):
            raise Unreadable(file, f"this is no label of the DSLD: “{key}” is missing or of another kind.")
    return label


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no number.")


def _label_file(label: dict[str, Any], file: str, name: str, rows: Sequence[Row]) -> LabelFile:
    number_ = str(label["id"]).strip()
    if not (number_.isascii() and number_.isdecimal() and len(number_) <= 12):
        raise ValueError("the label's id is no number.")
    records, doubts = [], []
    for place, (order, serving) in enumerate(_servings(label, rows), start=1):
        counted = count_rows(rows, order)
        doubts += counted.doubts
        if not counted.lines and not counted.open:
            continue  # a row that says 0 mg
        record = ProductRecord(
            source=SOURCE,
            key=number_ if place == 1 else f"{number_}-{place}",
            name=name,
            brand=tidy(label.get("brandName"), 120),
            serving=serving,
            gtin=gtin14(label.get("upcSku")),
            off_market=str(label.get("offMarket")) in {"1", "True"},
            label_on=_date(label.get("entryDate")),
            lines=() if counted.open else tuple(counted.lines),
            note=_note(counted.open),
        )
        if not counted.open and record.magnesium_ug is None:
            doubts.append("the weight of a form stands there, but not which hydrate: its magnesium is open.")
        records.append(record)
    return LabelFile(file=file, name=name, records=tuple(records), doubts=tuple(dict.fromkeys(doubts)))


def _note(left_open: Sequence[str]) -> str:
    """Say which rows leave their amount open; "" where none does."""
    rows = ", ".join(dict.fromkeys(left_open))
    return tidy(f"The label gives no amount for {rows}.", 300) if rows else ""


def _servings(label: dict[str, Any], rows: Sequence[Row]) -> Iterator[tuple[int, str]]:
    """Yield order and words of each serving that a row of magnesium has an amount for, in their order."""
    stated = {_order(size): size for size in dicts(label["servingSizes"])}
    given: dict[int, Amount] = {}
    for amount in magnesium_amounts(rows):
        given.setdefault(amount.order, amount)
    if len(given) > MAX_SERVINGS:
        raise ValueError(f"the label has more than {MAX_SERVINGS} servings.")
    if not given:
        yield 1, _words(None, "", stated.get(1, {}))
    for order, amount in sorted(given.items()):
        yield order, _words(amount.size, amount.unit, stated.get(order, {}))


def _order(size: dict[str, Any]) -> int:
    order = number(size.get("order"))
    return 1 if order is None else int(order)


def _words(size: Decimal | None, unit: str, stated: dict[str, Any]) -> str:
    """Return a serving in words: "3 tablets", "12 g (1 Tbsp, 1 scoop)"; "1 serving" if nothing is said."""
    if size is None:
        least, most = number(stated.get("minQuantity")), number(stated.get("maxQuantity"))
        size, unit = (least if least == most else None), unit or tidy(stated.get("unit"), 40)
    bare = unit.removesuffix("(s)").strip().lower()
    if not size or not bare or bare == "np":
        return "1 serving"
    if bare in _SHORT or not unit.endswith("(s)"):
        words = f"{plain(size)} {_SHORT.get(bare, bare)}"
    else:
        words = f"{plain(size)} {bare}{'' if size == 1 else 's'}"
    notes = tidy(stated.get("notes"), 60).replace(")(", ", ").replace(") (", ", ").strip("() ")
    return tidy(f"{words} ({notes})" if notes else words, 80)


def _date(text: Any) -> dt.date | None:
    try:
        return dt.date.fromisoformat(tidy(text, 10))
    except ValueError:
        return None
