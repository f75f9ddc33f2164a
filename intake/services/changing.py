"""Change, delete and bring back entries; mark days."""

import datetime as dt
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction

from foods.amounts import magnesium_ug_in
from foods.models import Portion
from intake.domain.day import slot_for
from intake.errors import NotThere, Stale, refused
from intake.models import DayMark, Entry, Kind, Mark, OwnFood, User
from intake.services.amounts import Amount, check_entry, food_amount, quick_ug
from intake.services.steps import AS_IT_WAS, AsItWas, check_day, clean, hold, milli, times

UNDO_DAYS = 30


def change_entry(
    *,
    user: User,
    entry_id: UUID,
    version: int,
    day: dt.date | None = None,
    time: dt.time | AsItWas | None = AS_IT_WAS,
    slot: str | None = None,
    quantity: Decimal | None = None,
    weight_g: Decimal | None = None,
    portion: Portion | OwnFood | None = None,
    amount: Amount | None = None,
    label: str | None = None,
    magnesium_mg: Decimal | AsItWas | None = AS_IT_WAS,
    minutes: int | AsItWas | None = AS_IT_WAS,
) -> Entry:
    """Change what is named; the magnesium is reckoned anew from the pinned figure.

    `amount` is one reckoned before from the food's measures. Raises NotThere, Stale if `version` is not the
    saved one, ValidationError if a value does not fit the entry or its bounds.
    """
    entry = entry_of(user, entry_id)
    if entry.version != version:
        raise Stale(entry)
    entry.day = day or entry.day
    if not isinstance(time, AsItWas):
        entry.at = time
        entry.slot = slot or slot_for(time)
    entry.slot = slot or entry.slot
    if not isinstance(minutes, AsItWas):
        entry.minutes = minutes
    if label is not None or not isinstance(magnesium_mg, AsItWas):
        _change_quick(entry, label, magnesium_mg)
    if amount is not None or quantity is not None or weight_g is not None or portion is not None:
        _change_amount(entry, quantity, weight_g, portion, amount)
    check_entry(entry)
    return _save_changed(entry, version)


def add_glass(*, user: User, entry_id: UUID, version: int) -> Entry:
    """Log one glass more on an entry of water.

    Raises NotThere, also for an entry of another kind, Stale, and ValidationError as `change_entry` does.
    """
    entry = entry_of(user, entry_id)
    if entry.kind != Kind.WATER:
        raise NotThere
    glasses = Decimal(entry.quantity_milli) / 1000 + 1
    return change_entry(user=user, entry_id=entry_id, version=version, quantity=glasses)


def _change_quick(entry: Entry, label: str | None, magnesium_mg: Decimal | AsItWas | None) -> None:
    if any((entry.food_revision_id, entry.own_food_id, entry.product_id, entry.own_product_id)):
        raise ValidationError("The name and the figure of this entry come from what it was logged from.")
    if label is not None:
        entry.label = clean(label, "label")
    if not isinstance(magnesium_mg, AsItWas):
        entry.unit_magnesium_ug = quick_ug(entry.kind, magnesium_mg)
        entry.magnesium_ug = times(entry.unit_magnesium_ug, entry.quantity_milli)


def _change_amount(
    entry: Entry,
    quantity: Decimal | None,
    weight_g: Decimal | None,
    portion: Portion | OwnFood | None,
    amount: Amount | None,
) -> None:
    figures = entry.food_revision or entry.own_food
    if amount is not None:
        if figures is None:
            raise ValidationError({"quantity": "This entry is not counted by weight."})
    elif weight_g is None and portion is None and quantity is not None:
        amount = Amount(
            quantity_milli=milli(quantity, "quantity"), unit=entry.unit, unit_weight_mg=entry.unit_weight_mg
        )
    elif figures is None:
        raise ValidationError({"weight_g": "This entry is not counted by weight."})
    else:
        amount = food_amount(weight_g, portion, Decimal(1) if quantity is None else quantity)
    for name, value in amount.fields().items():
        setattr(entry, name, value)
    entry.magnesium_ug = (
        magnesium_ug_in(amount.weight_mg, figures.magnesium_ug_per_100g)
        if figures
        else times(entry.unit_magnesium_ug, amount.quantity_milli)
    )


_CHANGEABLE = (
    "day",
    "at",
    "slot",
    "label",
    "quantity_milli",
    "unit",
    "unit_weight_mg",
    "unit_magnesium_ug",
    "weight_mg",
    "magnesium_ug",
    "minutes",
)


def _save_changed(entry: Entry, version: int, **fields: Any) -> Entry:
    """Write what may change in one conditional UPDATE. Raises Stale if somebody was quicker."""
    values = fields or {name: getattr(entry, name) for name in _CHANGEABLE}
    try:
        with transaction.atomic():
            changed = (
                Entry.objects.of(entry.user)
                .filter(id=entry.id, version=version, deleted_at=None)
                .update(version=version + 1, **values)
            )
    except IntegrityError as error:
        raise refused(Entry, error) or error from error
    if changed != 1:
        raise Stale(entry_of(entry.user, entry.id))
    entry.version = version + 1
    return entry


def delete_entry(*, user: User, entry_id: UUID, version: int, now: dt.datetime) -> None:
    """Take an entry out of the diary; `restore_entry` brings it back for 30 days. Raises NotThere, Stale."""
    entry = entry_of(user, entry_id)
    if entry.version != version:
        raise Stale(entry)
    _save_changed(entry, version, deleted_at=now)


def restore_entry(*, user: User, entry_id: UUID, now: dt.datetime) -> Entry:
    """Bring a deleted entry back. Raises NotThere if it was not deleted in the last 30 days."""
    changed = (
        Entry.objects.of(user)
        .filter(id=entry_id, deleted_at__gte=now - dt.timedelta(days=UNDO_DAYS))
        .update(deleted_at=None, version=models.F("version") + 1)
    )
    if changed != 1:
        raise NotThere
    return entry_of(user, entry_id)


def entry_of(user: User, entry_id: UUID) -> Entry:
    """Return a person's entry with what it was logged from. Raises NotThere."""
    entry: Entry | None = (
        Entry.objects.of(user)
        .kept()
        .filter(id=entry_id)
        .select_related("food_revision__source", "own_food", "user__profile")
        .first()
    )
    if entry is None:
        raise NotThere
    return entry


@transaction.atomic
def mark_day(*, user: User, day: dt.date, mark: str | None, note: str | None = None) -> None:
    """Say how far a day was logged; None takes the mark away. `note=None` leaves the note as it was.

    Raises ValidationError.
    """
    check_day(day)
    hold(user)  # marked in one window, cleared in another: one after the other
    marks = DayMark.objects.of(user).filter(day=day)
    if mark is None:
        marks.delete()
        return
    if mark not in Mark.values:
        raise ValidationError({"mark": "A day is complete, partial or not tracked."})
    defaults: dict[str, Any] = {"mark": mark}
    if note is not None:
        defaults["note"] = clean(note, "note", limit=500, empty=True)
    DayMark.objects.update_or_create(user=user, day=day, defaults=defaults)
