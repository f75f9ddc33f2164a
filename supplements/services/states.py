"""The states of a product: each act leaves one, with the lines of the label, and any can be gone back to."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from supplements.labels import LabelReading, read_lines
from supplements.models import MAX_SERVING_UG, Compound, Ingredient, Product

FIELDS = ("brand", "name", "serving", "kind", "gtin", "off_market", "note")  # that a curator can change
LINE_FIELDS = ("compound_id", "basis", "amount_ug", "percent_milli", "dv_ug", "printed")
REASON_LENGTH = 100

Lines = list[dict[str, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """A product as an act left it; `changes` are (field, before, after), empty where nothing came before.

    `lines` are None where they were not kept. `leads_back`: they were, and something in it is not as now.
    """

    state_id: int
    at: dt.datetime
    author: str
    reason: str
    magnesium_ug: int | None
    lines: Lines | None
    changes: tuple[tuple[str, Any, Any], ...]
    current: bool
    leads_back: bool


def reckon_product(product: Product) -> LabelReading:
    """Read a product's lines, store what a serving holds, and return the reading. It keeps no state.

    Raises ValidationError if a serving would hold more than 20 000 mg.
    """
    with transaction.atomic():
        lines = product.ingredients.select_related("compound").order_by("position", "id")
        reading = read_lines(
            [line.label_line() for line in lines], topical=product.kind == Product.Kind.TOPICAL
        )
        check_serving(reading)
        product.magnesium_ug_per_serving = reading.magnesium_ug
        Product.objects.filter(pk=product.pk).update(magnesium_ug_per_serving=reading.magnesium_ug)
    return reading


def check_serving(reading: LabelReading) -> None:
    """Raise ValidationError if a serving holds more magnesium than a row can say."""
    if reading.magnesium_ug is not None and reading.magnesium_ug > MAX_SERVING_UG:
        raise ValidationError("A serving holds at most 20 000 mg of magnesium.")


def told_lines(lines: Iterable[Ingredient]) -> Lines:
    """Return lines of a label, in their order, as a state keeps them."""
    return [{field: getattr(line, field) for field in LINE_FIELDS} for line in lines]


def lines_of(product: Product) -> Lines:
    """Return the lines of a product as they are, as a state keeps them."""
    return told_lines(product.ingredients.order_by("position", "id"))


def keep_state(
    product: Product, *, author: str, reason: str, lines: Lines | None = None, new: bool = False
) -> None:
    """Add the product, as it is in memory, to its history; its lines are read unless they are given."""
    Product.history.bulk_history_create(
        [product],
        update=not new,
        default_user=author,
        default_change_reason=reason[:REASON_LENGTH],
        custom_historical_attrs={"lines": lines_of(product) if lines is None else lines},
    )


def keep_first_state(product_id: int) -> None:
    """Put the stored state of a product into its history if nothing is there yet."""
    if Product.history.filter(id=product_id).exists():
        return
    if stored := Product.objects.filter(pk=product_id).first():
        keep_state(stored, author="", reason="As it was before", new=True)


def states_of(product: Product) -> list[State]:
    """Return the states of a product, the newest first. Two queries, however many."""
    records = list(Product.history.filter(id=product.pk).order_by("-history_id"))
    names = dict(Compound.objects.values_list("slug", "name"))
    earlier = [*records[1:], None]
    return [
        State(
            state_id=record.history_id,
            at=record.history_date,
            author=record.history_user_id,
            reason=record.history_change_reason or record.get_history_type_display(),
            magnesium_ug=record.magnesium_ug_per_serving,
            lines=record.lines,
            changes=tuple(_changes(before, record, names)) if before else (),
            current=record is records[0],
            leads_back=record.lines is not None and _content(record) != _content(records[0]),
        )
        for record, before in zip(records, earlier, strict=True)
    ]


def revert_product(product_id: int, state_id: int, *, author: str) -> Product:
    """Give a product the fields and the lines it had, as one more state; entries keep their figures.

    Whether it is retired stays. Raises Product.DoesNotExist, ValidationError if that state is not there or
    its lines were not kept, or a form they name is gone.
    """
    with transaction.atomic():
        product = Product.objects.select_for_update().get(pk=product_id)
        record = Product.history.filter(id=product_id, history_id=state_id).first()
        if record is None or record.lines is None:
            raise ValidationError("This state was not kept whole: it cannot be gone back to.")
        slugs = {line["compound_id"] for line in record.lines}
        if gone := sorted(slugs - set(Compound.objects.filter(pk__in=slugs).values_list("pk", flat=True))):
            raise ValidationError(f"It names forms that are no longer there: {', '.join(gone)}.")
        keep_first_state(product_id)
        for field in FIELDS:
            setattr(product, field, getattr(record, field))
        Product.objects.filter(pk=product_id).update(**{field: getattr(product, field) for field in FIELDS})
        put_lines(product, record.lines)
        reckon_product(product)
        reason = f"Back to how it was on {record.history_date:%Y-%m-%d %H:%M} UTC"
        keep_state(product, author=author, reason=reason, lines=record.lines)
    return product


def put_lines(product: Product, lines: Sequence[dict[str, Any]]) -> None:
    """Replace the lines of a product."""
    product.ingredients.all().delete()
    Ingredient.objects.bulk_create(
        Ingredient(product=product, position=position, **line) for position, line in enumerate(lines)
    )


def _content(record: Any) -> list[Any]:
    return [record.lines, *(getattr(record, field) for field in FIELDS)]


def _changes(before: Any, after: Any, names: dict[str, str]) -> Iterator[tuple[str, Any, Any]]:
    fields = (*FIELDS, "magnesium_ug_per_serving", "retired_at")
    for field in fields:
        old, new = getattr(before, field), getattr(after, field)
        if old != new:
            yield field, old, new
    if before.lines is not None and after.lines is not None and before.lines != after.lines:
        yield "lines", _in_words(before.lines, names), _in_words(after.lines, names)


def _in_words(lines: Lines, names: dict[str, str]) -> str:
    return "; ".join(_line_in_words(line, names) for line in lines)


def _line_in_words(line: dict[str, Any], names: dict[str, str]) -> str:
    form = line["printed"] or names.get(line["compound_id"], line["compound_id"])
    if line["percent_milli"] is not None:
        return f"{form}: {line['percent_milli'] / 1_000:g} % of {line['dv_ug'] / 1_000:g} mg"
    weighs = " of the compound" if line["basis"] == "compound" else ""
    return f"{form}: {line['amount_ug'] / 1_000:,.10g} mg{weighs}"
