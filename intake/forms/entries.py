"""What a person types about an entry, to values the services take."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from intake.finding import food_by_ref, portion_by_ref, product_by_ref
from intake.models import Entry, Kind, Mark, Slot, User
from intake.services import GRAM, Logged, change_entry, log_food, log_supplement

MOST = Decimal(100_000)


def _reference(**options: Any) -> forms.CharField:
    return forms.CharField(required=False, max_length=36, **options)


def _amount(label: str, **options: Any) -> forms.DecimalField:
    return forms.DecimalField(
        label=label,
        required=False,
        min_value=Decimal("0.001"),
        max_value=MOST,
        max_digits=9,
        decimal_places=3,
        widget=forms.NumberInput(attrs={"inputmode": "decimal", "step": "any"}),
        **options,
    )


class AddEntryForm(forms.Form):
    """A food or a supplement and how much of it; `save` logs it."""

    entry_id = forms.UUIDField(required=False, widget=forms.HiddenInput)
    food = _reference(widget=forms.HiddenInput)
    supplement = _reference(widget=forms.HiddenInput)
    portion = _reference()
    quantity = _amount("How many")
    weight_g = _amount("Weight, g")
    time = forms.TimeField(required=False, input_formats=["%H:%M", "%H:%M:%S"])
    slot = forms.ChoiceField(required=False, choices=[("", "by the time"), *Slot.choices])

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

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
            return data
        data["found"] = food_by_ref(self.user, data["food"])
        if data["found"] is None:
            raise ValidationError("This food is not there any more.")
        data["measure"] = portion_by_ref(data["found"], data["portion"]) if data["portion"] else None
        if data["portion"] and data["measure"] is None:
            self.add_error("portion", "This food has no such portion.")
        elif data["measure"] is None and data["weight_g"] is None:
            self.add_error("weight_g", "Say how much: a portion, or a weight in g.")
        return data

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
        quantity = data["quantity"] or Decimal(1)
        if data["supplement"]:
            return log_supplement(product=data["product"], servings=quantity, **common)
        if data["measure"] is not None:
            return log_food(food=data["found"], portion=data["measure"], quantity=quantity, **common)
        return log_food(food=data["found"], weight_g=data["weight_g"], **common)


class ChangeEntryForm(forms.Form):
    """An entry's amount, time and day; `version` is the one the person saw."""

    version = forms.IntegerField(min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput)
    quantity = _amount("Amount")
    weight_g = _amount("or in g")
    day = forms.DateField(
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d"],
    )
    time = forms.TimeField(
        required=False,
        input_formats=["%H:%M", "%H:%M:%S"],
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    slot = forms.ChoiceField(label="Part of the day", required=False, choices=Slot.choices)

    def __init__(self, *args: Any, entry: Entry, **kwargs: Any) -> None:
        initial = {
            "version": entry.version,
            "quantity": (Decimal(entry.quantity_milli) / 1000).normalize(),
            "day": entry.day,
            "time": entry.at,
            "slot": entry.slot,
        }
        super().__init__(*args, **{"initial": initial, **kwargs})
        self.entry = entry
        if entry.unit:
            weighed = entry.unit in {"g", "ml", "mg"}
            self.fields["quantity"].label = f"Amount, {entry.unit}" if weighed else f"How many × {entry.unit}"
        if entry.kind != Kind.FOOD or not (entry.food_revision_id or entry.own_food_id) or entry.unit == GRAM:
            del self.fields["weight_g"]

    def save(self, user: User) -> Entry:
        """Change what differs. Raises ValidationError, NotThere, Stale as `change_entry` does."""
        data = self.cleaned_data
        changes: dict[str, Any] = {"day": data["day"], "slot": data["slot"] or None}
        if "time" in self.data:
            changes["time"] = data["time"]
        if data.get("weight_g") is not None:
            changes["weight_g"] = data["weight_g"]
        elif data["quantity"] is not None:
            changes["quantity"] = data["quantity"]
        return change_entry(user=user, entry_id=self.entry.id, version=data["version"], **changes)


class WaterForm(forms.Form):
    """One more glass: a new entry, or one more on the entry of the day that is there."""

    entry_id = forms.UUIDField()
    version = forms.IntegerField(required=False, min_value=1, max_value=2**31 - 1)


class MarkForm(forms.Form):
    """How far the day was logged; empty takes the mark away."""

    mark = forms.ChoiceField(required=False, choices=[("", "no mark"), *Mark.choices])
