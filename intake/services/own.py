"""A person's own foods and products."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from uuid6 import uuid7

from foods.amounts import ug_from_mg, weight_mg_from_g
from intake.errors import IdTaken, NotThere
from intake.models import Kind, OwnFood, OwnIngredient, OwnProduct, User
from intake.services.steps import check, clean, contents, finite, insert
from supplements.kinds import KindProposal, proposed_kind
from supplements.labels import LabelLine, LabelReading, line_amounts, read_lines
from supplements.models import Compound
from supplements.services import check_serving

MAX_LINES = 40

Own = TypeVar("Own", OwnFood, OwnProduct)


def make_own_food(
    *,
    user: User,
    name: str,
    magnesium_mg_per_100g: Decimal | None,
    portion_label: str = "",
    portion_weight_g: Decimal | None = None,
    food_id: UUID | None = None,
) -> OwnFood:
    """Return a new food of the person's own, or the one made before under this id with the same content.

    Raises ValidationError, IdTaken if the id stands for something else, whoever holds it.
    """
    per_100g = None
    if magnesium_mg_per_100g is not None:
        per_100g = ug_from_mg(finite(magnesium_mg_per_100g, "magnesium_mg_per_100g"))
    weight_mg = None
    if portion_weight_g is not None:
        weight_mg = weight_mg_from_g(finite(portion_weight_g, "portion_weight_g"))
    food = OwnFood(
        id=food_id or uuid7(),
        user=user,
        name=clean(name, "name"),
        magnesium_ug_per_100g=per_100g,
        portion_label=clean(portion_label, "portion_label", limit=80, empty=True),
        portion_weight_mg=weight_mg,
    )
    return _insert_own(food)


@dataclass(frozen=True, slots=True, kw_only=True)
class LineInput:
    """A label's line as a person gives it; `amount` is mg, or the percentage for `percent_dv`."""

    compound: Compound
    basis: str
    amount: Decimal
    dv_mg: Decimal | None = None


def label_lines(lines: Sequence[LineInput]) -> list[LabelLine]:
    """Return a person's lines as the rules take them. Raises ValidationError."""
    return [_row(line, position).label_line() for position, line in enumerate(lines)]


def read_label(lines: Sequence[LineInput], kind: str) -> LabelReading:
    """Return the elemental magnesium of one serving, and what does not agree. Raises ValidationError."""
    return _read([_row(line, position) for position, line in enumerate(lines)], kind)


def _read(rows: Sequence[OwnIngredient], kind: str) -> LabelReading:
    reading = read_lines([row.label_line() for row in rows], topical=kind == Kind.TOPICAL)
    check_serving(reading)
    return reading


def make_own_product(
    *,
    user: User,
    name: str,
    serving: str,
    lines: Sequence[LineInput],
    kind: str | None = None,
    product_id: UUID | None = None,
) -> tuple[OwnProduct, LabelReading]:
    """Return a new product of the person's own, or the one made before, and the reading of its label.

    `kind=None`: what its forms suggest. Raises ValidationError, IdTaken if the id stands for something else,
    whoever holds it.
    """
    if not 0 < len(lines) <= MAX_LINES:
        raise ValidationError({"ingredients": f"A product has 1 to {MAX_LINES} lines."})
    kind = kind or kind_of(lines, serving).kind
    rows = [_row(line, position) for position, line in enumerate(lines)]
    reading = _read(rows, kind)
    product = OwnProduct(
        id=product_id or uuid7(),
        user=user,
        name=clean(name, "name"),
        kind=kind,
        serving=clean(serving, "serving", limit=80),
        magnesium_ug_per_serving=reading.magnesium_ug,
    )
    for row in rows:
        row.user, row.product = user, product
    with transaction.atomic():
        saved = _insert_own(product)
        if saved is product:
            OwnIngredient.objects.bulk_create(rows)
        elif contents(_lines_of(saved), _LINE) != contents(rows, _LINE):
            raise IdTaken
    return saved, reading


def kind_of(lines: Sequence[LineInput], serving: str) -> KindProposal:
    """Return what a product probably is, by its forms and its serving, unless the person says otherwise."""
    forms = {line.compound for line in lines}
    on_the_skin = {form.slug for form in forms if form.route == Compound.Route.TOPICAL}
    return proposed_kind({form.slug for form in forms}, on_the_skin, serving)


def retire_own(
    *, user: User, model: type[OwnFood] | type[OwnProduct], row_id: UUID, now: dt.datetime
) -> None:
    """Take an own food or product out of the search; what was logged from it stays. Raises NotThere."""
    if model.objects.of(user).filter(id=row_id, retired_at=None).update(retired_at=now) != 1:
        raise NotThere


def _row(line: LineInput, position: int) -> OwnIngredient:
    """Return a line as it is kept. Raises ValidationError if its figures do not fit each other."""
    try:
        amounts = line_amounts(line.basis, line.amount, line.dv_mg)
    except ValueError as error:
        raise ValidationError({"ingredients": str(error)}) from error
    return OwnIngredient(
        compound=line.compound,
        position=position,
        basis=line.basis,
        amount_ug=amounts.amount_ug,
        percent_milli=amounts.percent_milli,
        dv_ug=amounts.dv_ug,
    )


_CONTENT = {
    OwnFood: ("name", "magnesium_ug_per_100g", "portion_label", "portion_weight_mg"),
    OwnProduct: ("name", "kind", "serving", "magnesium_ug_per_serving"),
}
_LINE = ("compound_id", "basis", "amount_ug", "percent_milli", "dv_ug")


def _insert_own(row: Own) -> Own:
    """Return the saved row, or the one saved before under this id. Raises IdTaken if that is another."""
    check(row)
    try:
        insert(row)
    except IntegrityError:
        saved: Own | None = type(row).objects.of(row.user).filter(id=row.id).first()
        names = _CONTENT[type(row)]
        if saved is None or contents([saved], names) != contents([row], names):
            raise IdTaken from None
        return saved
    return row


def _lines_of(product: OwnProduct) -> Iterable[OwnIngredient]:
    return OwnIngredient.objects.of(product.user).filter(product=product).order_by("position")
