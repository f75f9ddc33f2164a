"""What a person types about an entry, to values the services take."""

import datetime as dt
from decimal import Decimal
from fractions import Fraction
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError

from foods.measures import Typed, UnitMissing, number_text
from intake.domain.wording import amount_text
from intake.finding import food_by_ref, portion_by_ref, product_by_ref
from intake.forms.amounts import AmountField, reckon, sentences
from intake.forms.fields import day_field, minutes_field, time_field
from intake.measuring import amount_of, changed_amount, plain_number, servings_of
from intake.models import Entry, Kind, Mark, Slot, User
from intake.services import GRAM, Logged, change_entry, log_food, log_supplement


def _reference(**options: Any) -> forms.CharField:
    return forms.CharField(required=False, max_length=36, **options)


def _short(unit: str) -> str:
    """Return a unit without what it was reckoned from: "2 tbsp (from 1 cup)" gives "2 tbsp"."""
    return unit.partition(" (from ")[0]


def _counted(quantity: Typed | None, portion: object) -> bool:
    """Say whether the amount stands in the box of the portions, by a unit or by a portion that is chosen."""
    return portion is not None or (quantity is not None and not quantity.bare)


class AddEntryForm(forms.Form):
    """A food or a supplement and how much of it; `save` logs it."""

    entry_id = forms.UUIDField(required=False, widget=forms.HiddenInput)
    food = _reference(widget=forms.HiddenInput)
    supplement = _reference(widget=forms.HiddenInput)
    portion = _reference()
    quantity = AmountField(label="How much")
    weight_g = AmountField(label="Weight, g")
    minutes = minutes_field()
    time = time_field()
    slot = forms.ChoiceField(required=False, choices=[("", "by the time"), *Slot.choices])

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    @property
    def from_its_page(self) -> bool:
        """Whether the page of a food asks, and what was put in there is to be seen again."""
        return self.data.get("page") == "food" and len(self.data.get("food", "")) <= 36

    def clean(self) -> dict[str, Any]:
        """Find what is logged; another person's food is no food."""
        data = super().clean() or {}
        if self.errors:
            return data
        if bool(data["food"]) == bool(data["supplement"]):
            raise ValidationError("Choose a food or a supplement.")
        if data["supplement"]:
            data["product"] = product_by_ref(self.user, data["supplement"])
            if data["product"] is None:
                raise ValidationError("This supplement is not there any more.")
            serving = data["product"].serving
            data["reckoned"] = reckon(self, "quantity", lambda typed: servings_of(typed, serving))
            return data
        data["found"] = food_by_ref(self.user, data["food"])
        if data["found"] and str(data["found"].pk) != data["food"] and self._sent_before(data["entry_id"]):
            data["found"] = food_by_ref(self.user, data["food"], retired=True)  # merged since
        if data["found"] is None:
            raise ValidationError("This food is not there any more.")
        data["measure"] = portion_by_ref(data["found"], data["portion"]) if data["portion"] else None
        if data["portion"] and data["measure"] is None:
            self.add_error("portion", "This food has no such portion.")
            return data
        field = "quantity" if _counted(data["quantity"], data["measure"]) else "weight_g"
        if field == "weight_g" and data["weight_g"] is None:
            self.add_error("weight_g", "Say how much: a portion, or a weight in g.")
        data["reckoned"] = reckon(self, field, lambda typed: amount_of(typed, data["found"], data["measure"]))
        return data

    def _sent_before(self, entry_id: UUID | None) -> bool:
        return entry_id is not None and Entry.objects.of(self.user).filter(id=entry_id).exists()

    def save(self, day: dt.date) -> Logged:
        """Log it on `day`. Raises ValidationError, IdTaken, Gone as the services do."""
        data = self.cleaned_data
        common = {
            "user": self.user,
            "day": day,
            "time": data["time"],
            "slot": data["slot"] or None,
            "entry_id": data["entry_id"],
        }
        if data["supplement"]:
            servings = data["reckoned"] or Decimal(1)
            return log_supplement(
                product=data["product"], servings=servings, minutes=data["minutes"], **common
            )
        if data["reckoned"] is not None:
            return log_food(food=data["found"], amount=data["reckoned"], **common)
        if data["measure"] is not None:
            quantity = plain_number(data["quantity"].number) if data["quantity"] else Decimal(1)
            return log_food(food=data["found"], portion=data["measure"], quantity=quantity, **common)
        return log_food(food=data["found"], weight_g=plain_number(data["weight_g"].number), **common)


class ChangeEntryForm(forms.Form):
    """An entry's amount, time and day; `version` is the one the person saw."""

    version = forms.IntegerField(min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput)
    quantity = AmountField(label="Amount")
    weight_g = AmountField(label="or in g")
    minutes = minutes_field()
    day = day_field(required=False)
    time = time_field()
    slot = forms.ChoiceField(label="Part of the day", required=False, choices=Slot.choices)

    def __init__(self, *args: Any, entry: Entry, **kwargs: Any) -> None:
        initial = {
            "version": entry.version,
            "quantity": number_text(Fraction(entry.quantity_milli, 1000)),
            "minutes": entry.minutes,
            "day": entry.day,
            "time": entry.at,
            "slot": entry.slot,
        }
        super().__init__(*args, **{"initial": initial, **kwargs})
        self.entry = entry
        if entry.unit:
            weighed = entry.unit in {"g", "ml", "mg"}
            self.fields["quantity"].label = (
                f"Amount, {entry.unit}" if weighed else f"How many × {_short(entry.unit)}"
            )
        if entry.kind != Kind.FOOD or not (entry.food_revision_id or entry.own_food_id) or entry.unit == GRAM:
            del self.fields["weight_g"]
        if entry.kind != Kind.TOPICAL:
            del self.fields["minutes"]

    @property
    def foods_own(self) -> bool:
        """Whether the amount is one of a food, which may be given in any of its measures."""
        return bool(self.entry.food_revision_id or self.entry.own_food_id)

    def said(self) -> str:
        """Return the amount as the person put it in, with the unit it was meant in."""
        for field, unit in (("weight_g", GRAM), ("quantity", self.entry.unit)):
            typed = self.cleaned_data.get(field)
            if typed:
                plain = amount_text(plain_number(typed.number), unit)
                return plain if typed.bare else str(self.data.get(field, "")).strip()
        return ""

    def clean(self) -> dict[str, Any]:
        """Reckon the amount in the measures of what was logged."""
        data = super().clean() or {}
        field = "weight_g" if data.get("weight_g") else "quantity"
        typed = data.get(field)
        if self.errors or typed is None:
            return data
        try:
            data |= self._reckoned(typed, field)
        except (UnitMissing, ValidationError) as problem:
            self.add_error(field, sentences(problem))
        return data

    def _reckoned(self, typed: Typed, field: str) -> dict[str, Any]:
        """Return what `change_entry` is asked for. Raises UnitMissing, ValidationError."""
        if field == "weight_g" and typed.bare:
            return {"change": {"weight_g": plain_number(typed.number)}}
        if not self.foods_own:
            return {"change": {"quantity": servings_of(typed, self.entry.unit)}}
        amount = changed_amount(typed, self.entry)
        return {"change": {"amount": amount} if amount else {"quantity": plain_number(typed.number)}}

    def save(self, user: User) -> Entry:
        """Change what differs. Raises ValidationError, NotThere, Stale as `change_entry` does."""
        data = self.cleaned_data
        changes: dict[str, Any] = {"day": data["day"], "slot": data["slot"] or None, **data.get("change", {})}
        for name in ("time", "minutes"):
            if name in self.data and name in self.fields:
                changes[name] = data[name]
        return change_entry(user=user, entry_id=self.entry.id, version=data["version"], **changes)


class WaterForm(forms.Form):
    """One more glass: a new entry, or one more on the entry of the day that is there."""

    entry_id = forms.UUIDField()
    version = forms.IntegerField(required=False, min_value=1, max_value=2**31 - 1)


class MarkForm(forms.Form):
    """How far the day was logged; empty takes the mark away."""

    mark = forms.ChoiceField(required=False, choices=[("", "no mark"), *Mark.choices])
