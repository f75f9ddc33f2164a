"""Log a food, a supplement, a glass, a figure: once, whatever is sent twice."""

import datetime as dt
import hashlib
import json
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import IntegrityError
from uuid6 import uuid7

from foods.amounts import MG_PER_G, magnesium_ug_in, mg_from_ug, rounded
from foods.models import Food, Portion
from intake.domain.day import slot_for
from intake.errors import Gone, IdTaken
from intake.models import Entry, Kind, OwnFood, OwnProduct, Profile, Slot, User
from intake.services.amounts import GRAM, Amount, check_entry, food_amount, quick_ug, serving_ug
from intake.services.steps import clean, insert, milli, times
from supplements.models import Product


@dataclass(frozen=True, slots=True)
class Logged:
    """An entry, and whether this call made it (False: the same was logged before)."""

    entry: Entry
    created: bool


def log_food(
    *,
    user: User,
    day: dt.date,
    food: Food | OwnFood,
    weight_g: Decimal | None = None,
    portion: Portion | OwnFood | None = None,
    quantity: Decimal = Decimal(1),
    amount: Amount | None = None,
    time: dt.time | None = None,
    slot: str | None = None,
    entry_id: UUID | None = None,
) -> Logged:
    """Log a weight, a number of portions, or an `amount` reckoned before, of a food with its figure of now.

    Raises ValidationError if neither or both are given or an amount is out of range, IdTaken or Gone
    as `_log_once` does.
    """
    reckoned = amount is not None
    amount = amount or food_amount(weight_g, portion, quantity)
    own_food = food if isinstance(food, OwnFood) else None
    revision = food.current if isinstance(food, Food) else None
    figures = own_food or revision
    entry = Entry(
        kind=Kind.FOOD,
        label=food.name,
        magnesium_ug=magnesium_ug_in(amount.weight_mg, figures.magnesium_ug_per_100g) if figures else None,
        food_revision=revision,
        own_food=own_food,
        **amount.fields(),
    )
    body = {"food": str(food.pk), "portion": portion and str(portion.pk)}
    if reckoned and amount.unit != GRAM:
        body["measure"] = amount.unit
    return _log_once(entry, user=user, day=day, time=time, slot=slot, entry_id=entry_id, body=body)


def log_supplement(
    *,
    user: User,
    day: dt.date,
    product: Product | OwnProduct,
    servings: Decimal = Decimal(1),
    minutes: int | None = None,
    time: dt.time | None = None,
    slot: str | None = None,
    entry_id: UUID | None = None,
) -> Logged:
    """Log servings of a supplement, medicine or topical product; the last counts 0.

    `minutes` is how long it stayed on the skin. Raises ValidationError if the servings or the minutes do not
    fit, IdTaken or Gone as `_log_once` does.
    """
    per_serving = serving_ug(product)
    amount = Amount(quantity_milli=milli(servings, "servings"), unit=product.serving)
    entry = Entry(
        kind=product.kind,
        label=str(product)[:200],
        unit_magnesium_ug=per_serving,
        magnesium_ug=times(per_serving, amount.quantity_milli),
        product=product if isinstance(product, Product) else None,
        own_product=product if isinstance(product, OwnProduct) else None,
        minutes=minutes,
        **amount.fields(),
    )
    body = {"supplement": str(product.pk)} | _stayed(minutes)
    return _log_once(entry, user=user, day=day, time=time, slot=slot, entry_id=entry_id, body=body)


def log_quick(
    *,
    user: User,
    day: dt.date,
    kind: str,
    label: str,
    magnesium_mg: Decimal | None,
    amount: Amount | None = None,
    minutes: int | None = None,
    time: dt.time | None = None,
    slot: str | None = None,
    entry_id: UUID | None = None,
) -> Logged:
    """Log a name with its magnesium in mg (None: not known); topical counts 0 whatever is said.

    `amount` is how much of it, and the magnesium that of one unit of it; `minutes` how long it stayed on the
    skin. Raises ValidationError, IdTaken or Gone as `_log_once` does.
    """
    per_unit = quick_ug(kind, magnesium_mg)
    amount = amount or Amount(quantity_milli=1000, unit="")
    entry = Entry(
        kind=kind,
        label=clean(label, "label"),
        unit_magnesium_ug=per_unit,
        magnesium_ug=times(per_unit, amount.quantity_milli),
        minutes=minutes,
        **amount.fields(),
    )
    body = {"label": entry.label, "magnesium_ug": per_unit} | _stayed(minutes)
    if amount.unit not in ("", GRAM):
        body["measure"] = amount.unit
    return _log_once(entry, user=user, day=day, time=time, slot=slot, entry_id=entry_id, body=body)


def log_water(
    *, user: User, day: dt.date, glasses: Decimal = Decimal(1), entry_id: UUID | None = None
) -> Logged:
    """Log glasses of tap water, by the glass and the tap water of the person's settings."""
    profile = user.profile
    unit, label = glass_of(profile)
    per_glass = rounded(Decimal(profile.tap_water_ug_per_l) * profile.glass_ml / 1000)
    amount = Amount(
        quantity_milli=milli(glasses, "glasses"),
        unit=unit,
        unit_weight_mg=profile.glass_ml * MG_PER_G,
    )
    entry = Entry(
        kind=Kind.WATER,
        label=label,
        unit_magnesium_ug=per_glass,
        magnesium_ug=times(per_glass, amount.quantity_milli),
        **amount.fields(),
    )
    body = {"water_ug": per_glass}
    return _log_once(entry, user=user, day=day, time=None, slot=Slot.ALL_DAY, entry_id=entry_id, body=body)


def _stayed(minutes: int | None) -> dict[str, Any]:
    return {} if minutes is None else {"minutes": minutes}


def glass_of(profile: Profile) -> tuple[str, str]:
    """Return unit and label of a glass of tap water: "250 ml", "Tap water, 10 mg/l"."""
    mg_per_l = mg_from_ug(profile.tap_water_ug_per_l).normalize()
    return f"{profile.glass_ml} ml", f"Tap water, {mg_per_l:f} mg/l"


def _log_once(
    entry: Entry,
    *,
    user: User,
    day: dt.date,
    time: dt.time | None,
    slot: str | None,
    entry_id: UUID | None,
    body: dict[str, Any],
) -> Logged:
    """Save a new entry, or find that it was saved before.

    Raises ValidationError if a value is out of range, IdTaken if the id stands for something else
    (or for somebody else's entry), Gone if the entry of this id was deleted.
    """
    entry.id = entry_id or uuid7()
    entry.user = user
    entry.day = day
    entry.at = time
    entry.tz = user.profile.tz
    entry.slot = slot or slot_for(time)
    asked = body | {
        "kind": str(entry.kind),
        "day": day.isoformat(),
        "time": time and time.isoformat(),
        "slot": slot and str(slot),
        "quantity_milli": entry.quantity_milli,
        "unit": entry.unit if entry.unit == GRAM else "",
    }
    entry.digest = _digest(asked)
    check_entry(entry)
    try:
        insert(entry)
    except IntegrityError:
        return _logged_before(entry)
    return Logged(entry, created=True)


def _logged_before(entry: Entry) -> Logged:
    saved = Entry.objects.of(entry.user).filter(id=entry.id).first()
    if saved is None:
        raise IdTaken from None
    if saved.deleted_at is not None:
        raise Gone from None
    if saved.digest != entry.digest:
        raise IdTaken from None
    return Logged(saved, created=False)


def _digest(body: dict[str, Any]) -> str:
    text = json.dumps(body, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
