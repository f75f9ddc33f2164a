"""PURE: the rows of a DSLD label to the lines that count, each magnesium once."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from supplements.compounds import BUILTIN, magnesium_fraction
from supplements.labels import MAX_AMOUNT_UG, Basis, plain
from supplements.sources.naming import Says, form_named, form_weighed, is_carrier, says
from supplements.sources.records import LineRecord
from supplements.sources.texts import number, tidy

MAX_DEPTH = 8  # of blends in blends
UG_OF = {"mg": 1_000, "g": 1_000_000, "gram": 1_000_000, "mcg": 1, "µg": 1, "ug": 1, "microgram": 1}
# What 100 % means to an adult: before the rule of 2016, and after it. Labels do not say which.
ADULT_DV_UG = (400_000, 420_000)
_FRACTIONS = {form.slug: magnesium_fraction(form.formula) for form in BUILTIN if form.formula}


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """A row's amount for one serving; `ug` is None where none is provided or its unit is no weight."""

    order: int
    size: Decimal | None
    unit: str
    ug: int | None
    adult_percent: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row of the label: its name and the rows inside it; of magnesium, its forms and amounts too."""

    name: str
    group: str
    nested: tuple["Row", ...] = ()
    forms: tuple[str, ...] = ()
    amounts: tuple[Amount, ...] = ()

    @property
    def printed(self) -> str:
        """The row as the label has it: "Magnesium (as Magnesium Oxide)"."""
        text = f"{self.name} (as {', '.join(self.forms)})" if self.forms else self.name
        return tidy(text, 200)


@dataclass(slots=True)
class Counted:
    """What counts of a label for one serving; `open` names the rows that leave their amount open."""

    lines: list[LineRecord] = field(default_factory=list)
    open: list[str] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """A row of magnesium; `top` where it stands on the label itself, not inside a blend."""

    row: Row
    basis: Says
    ug: int | None
    top: bool


def row_of(raw: Any, depth: int = 0) -> Row:
    """Return a row of `ingredientRows`. Raises ValueError if it is none or rows are nested too deep."""
    if not isinstance(raw, dict) or depth > MAX_DEPTH:
        raise ValueError("its rows of ingredients cannot be read.")
    name, group = tidy(raw.get("name"), 150), tidy(raw.get("ingredientGroup"), 80)
    row = Row(
        name=name, group=group, nested=tuple(row_of(one, depth + 1) for one in raw.get("nestedRows") or ())
    )
    if not says(name, group):  # most rows: what they weigh is not looked at
        return row
    forms = (tidy(form.get("name"), 120) for form in dicts(raw.get("forms")))
    amounts = tuple(_amount(quantity) for quantity in dicts(raw.get("quantity")))
    return replace(row, forms=tuple(filter(None, forms)), amounts=amounts)


def magnesium_amounts(rows: Iterable[Row]) -> Iterator[Amount]:
    """Yield the amounts of each row of magnesium, nested ones too; carriers aside."""
    for row in rows:
        if not is_carrier(row.name, row.forms):
            if says(row.name, row.group):
                yield from row.amounts
            yield from magnesium_amounts(row.nested)


def names_magnesium(rows: Iterable[Row]) -> bool:
    """Say whether any row is of magnesium and no carrier."""
    return any(
        not is_carrier(row.name, row.forms) and (says(row.name, row.group) or names_magnesium(row.nested))
        for row in rows
    )


def count_rows(rows: Iterable[Row], order: int) -> Counted:
    """Return what counts for the serving of that order.

    The label's own row of magnesium is the whole of it: rows in blends only say where it comes from. Without
    one, the rows in blends count, each once; a row that is printed twice is one.
    """
    counted = Counted()
    found = [one for row in rows for one in _found(row, order, top=True)]
    own = [one for one in found if one.top and one.basis == "elemental" and one.ug is not None]
    if own and any(one.basis == "elemental" and not one.top for one in found):
        counted.doubts.append("a blend names magnesium too: only the label's own row is counted.")
    seen: set[tuple[Row, int | None]] = set()
    for one in own or found:
        if (once := (_without_amounts(one.row), one.ug)) in seen:
            counted.doubts.append(f"“{one.row.printed}” is printed twice: it is counted once.")
            continue
        seen.add(once)
        _take(counted, one, order)
    return counted


def _found(row: Row, order: int, *, top: bool) -> list[_Found]:
    """Return the rows of magnesium that count in a row and the rows inside it: of the two, one."""
    if is_carrier(row.name, row.forms):
        return []
    speaks = says(row.name, row.group)
    nested = [one for inner in row.nested for one in _found(inner, order, top=top and bool(speaks))]
    if not speaks:
        return nested
    own = _Found(row=row, basis=_basis(row, speaks, order), ug=_ug(row, order), top=top)
    known = [one for one in nested if one.ug is not None]
    if own.ug is None:
        return nested or [own]
    if own.basis == "elemental":
        told = [one for one in known if "elemental" in one.row.name.lower() and one.basis == "elemental"]
        return told or [own]
    return known or [own]


def _basis(row: Row, speaks: Says, order: int) -> Says:
    """Return what a row's amount is; by its percentage a compound's name may stand for its magnesium."""
    amount = _amount_for(row, order)
    if speaks == "elemental" or amount is None or amount.ug is None or amount.adult_percent is None:
        return speaks
    fraction = _FRACTIONS.get(form_weighed((row.name, *row.forms)), Decimal(0))
    as_magnesium = fits_percent(Decimal(amount.ug), amount.adult_percent)
    return (
        "elemental"
        if as_magnesium and not fits_percent(amount.ug * fraction, amount.adult_percent)
        else speaks
    )


def _take(counted: Counted, one: _Found, order: int) -> None:
    row, amount = one.row, _amount_for(one.row, order)
    if one.ug is None:
        counted.open.append(row.printed)
        return
    if one.ug == 0:
        return
    if one.ug > MAX_AMOUNT_UG:
        raise ValueError(f"“{row.printed}” has an amount that cannot be.")
    texts = (row.name, *row.forms)
    elemental = one.basis == "elemental"
    slug = form_named(texts) if elemental else form_weighed(texts)
    percent = amount.adult_percent if amount else None
    if elemental and percent is not None and not fits_percent(Decimal(one.ug), percent):
        counted.doubts.append(
            f"“{row.printed}”: {plain(Decimal(one.ug) / 1_000)} mg and {plain(percent)} % do not agree."
        )
    basis: Basis = "elemental" if elemental else "compound"
    counted.lines.append(LineRecord(slug=slug, basis=basis, amount_ug=one.ug, printed=row.printed))


def fits_percent(ug: Decimal, percent: Decimal) -> bool:
    """Say whether an amount is that percentage of an adult's daily value, old or new, within 1 of 100."""
    return any(abs(ug * 100 / dv_ug - percent) <= 1 for dv_ug in ADULT_DV_UG)


def _ug(row: Row, order: int) -> int | None:
    amount = _amount_for(row, order)
    return None if amount is None else amount.ug


def _amount_for(row: Row, order: int) -> Amount | None:
    """Return a row's amount for a serving; None where it has none or two that differ."""
    of_order = [amount for amount in row.amounts if amount.order == order]
    return of_order[0] if of_order and len({amount.ug for amount in of_order}) == 1 else None


def _amount(raw: dict[str, Any]) -> Amount:
    quantity, unit = number(raw.get("quantity")), tidy(raw.get("unit"), 40).lower().removesuffix("(s)")
    exact = tidy(raw.get("operator"), 4) in {"", "="}
    ug = None
    if exact and quantity is not None and unit in UG_OF:
        ug = int((quantity * UG_OF[unit]).to_integral_value(ROUND_HALF_UP))
    order = number(raw.get("servingSizeOrder"))
    return Amount(
        order=1 if order is None else int(order),
        size=number(raw.get("servingSizeQuantity")),
        unit=tidy(raw.get("servingSizeUnit"), 40),
        ug=ug,
        adult_percent=next(_adult_percents(raw), None),
    )


def _adult_percents(raw: dict[str, Any]) -> Iterator[Decimal]:
    for target in dicts(raw.get("dailyValueTargetGroup")):
        percent = number(target.get("percent"))
        adult = tidy(target.get("name"), 80).lower().startswith("adults")
        if adult and percent and tidy(target.get("operator"), 4) in {"", "="}:
            yield percent


def _without_amounts(row: Row) -> Row:
    return Row(name=row.name.casefold(), group="", forms=row.forms)


def dicts(raw: Any) -> Iterator[dict[str, Any]]:
    """Yield the objects of a JSON list; nothing of what is none."""
    yield from (one for one in raw if isinstance(one, dict)) if isinstance(raw, list) else ()
