"""Forms of stacks: how one goes from a day on, and taking one."""

import datetime as dt
from collections.abc import Iterable, Sequence
from fractions import Fraction
from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from foods.measures import number_text
from intake.domain.schedule import DAYS, MAX_TIMES, NEEDED, days_of, times_from, weekdays_of
from intake.domain.written import uuid_from
from intake.forms.amounts import AmountField, reckon
from intake.forms.fields import CleanTextField, day_field, time_field, weekdays_field
from intake.measuring import servings_of
from intake.models import OwnProduct, RoutineItem, RoutinePlan
from intake.services import ItemInput, PlanInput
from supplements.models import Product

TIMES = [f"time_{number}" for number in range(1, MAX_TIMES + 1)]
MODES = [(mode.value, mode.label) for mode in (RoutinePlan.Mode.SCHEDULED, RoutinePlan.Mode.AS_NEEDED)]
TAKE, SERVINGS = "take-", "servings-"  # before the id of a product


class StackForm(forms.Form):
    """A stack: its name, its products, and when."""

    routine_id = forms.UUIDField(required=False, widget=forms.HiddenInput)
    name = CleanTextField(
        label="Name",
        max_length=80,
        help_text="Such as “Evening”.",
        error_messages={"required": "Give it a name.", "max_length": "At most 80 characters."},
    )
    mode = forms.ChoiceField(label="When", choices=MODES, widget=forms.RadioSelect, initial=MODES[0][0])
    weekdays = weekdays_field()
    valid_from = day_field(label="From which day", error_messages={"required": "Say from which day."})

    def __init__(self, *args: Any, products: Sequence[Product | OwnProduct], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.products = products
        for number, name in enumerate(TIMES):
            self.fields[name] = time_field("21:00", label="And at" if number else "At")
        for product in products:
            self.fields[f"{TAKE}{product.pk}"] = forms.BooleanField(label=str(product), required=False)
            self.fields[f"{SERVINGS}{product.pk}"] = AmountField(
                label=f"How many × {product.serving}", initial="1"
            )

    def rows(self) -> Iterable[tuple[Product | OwnProduct, forms.BoundField, forms.BoundField]]:
        """Return each product with its tick and its amount."""
        for product in self.products:
            yield product, self[f"{TAKE}{product.pk}"], self[f"{SERVINGS}{product.pk}"]

    def times(self) -> list[forms.BoundField]:
        """Return the fields of the times."""
        return [self[name] for name in TIMES]

    def clean(self) -> dict[str, Any]:
        """Reckon how many servings of each ticked product are meant."""
        data = super().clean() or {}
        items = []
        for product in self.products:
            if not data.get(f"{TAKE}{product.pk}"):
                continue
            of_it = partial(servings_of, unit=product.serving)
            servings = reckon(self, f"{SERVINGS}{product.pk}", of_it)
            items.append(ItemInput(product) if servings is None else ItemInput(product, servings))
        if not items and not self.errors:
            raise ValidationError("Tick at least one product.")
        data["items"] = items
        return data

    def plan(self) -> PlanInput:
        """Return how the stack is to go."""
        said = self.cleaned_data
        return PlanInput(
            items=said["items"],
            mode=said["mode"],
            weekdays=weekdays_of(said["weekdays"]),
            times=[said[name] for name in TIMES if said[name] is not None],
        )

    @staticmethod
    def initial_of(plan: RoutinePlan, items: Iterable[RoutineItem]) -> dict[str, Any]:
        """Return what the form starts from: a plan of the stack."""
        initial: dict[str, Any] = {
            "name": plan.routine.name,
            "mode": plan.mode,
            "weekdays": days_of(plan.weekdays),
            **dict(zip(TIMES, times_from(plan.times), strict=False)),
        }
        for item in items:
            initial |= ticked(item.ref, number_text(Fraction(item.servings)))
        return initial


def ticked(ref: str, servings: str = "1") -> dict[str, Any]:
    """Return what the form starts from for a product that is in the stack."""
    return {f"{TAKE}{ref}": True, f"{SERVINGS}{ref}": servings}


def typed_stack(data: QueryDict) -> dict[str, Any]:
    """Return what was typed, to go on with: nothing of it is judged yet."""
    return {
        **data.dict(),
        "weekdays": [day for day in range(len(DAYS)) if str(day) in data.getlist("weekdays")],
    }


def named_refs(data: QueryDict) -> list[str]:
    """Return the products that a form names, by their outside ids."""
    return [name.removeprefix(SERVINGS) for name in data if name.startswith(SERVINGS)][:200]


class TakeForm(forms.Form):
    """Doses of a stack at one time of a day: each with the id of the entry it becomes."""

    day = day_field()
    occasion = forms.CharField(max_length=6)
    time = time_field()

    def doses(self) -> dict[str, UUID]:
        """Return the ids of the doses that are ticked; one without an id of its own is left out."""
        assert isinstance(self.data, QueryDict)
        ids = {ref: uuid_from(self.data.get(f"entry-{ref}", "")) for ref in self.data.getlist("take")}
        return {ref: entry_id for ref, entry_id in ids.items() if entry_id}

    def time_on(self, today: dt.date, now: dt.time) -> dt.time | None:
        """Return when it was taken: as said, else now on the day of today, else as planned."""
        said = self.cleaned_data
        if said["time"] is not None:
            return dt.time(said["time"].hour, said["time"].minute)
        if said["day"] == today:
            return now
        try:
            return None if said["occasion"] == NEEDED else dt.time.fromisoformat(said["occasion"])
        except ValueError:
            return None


class UndoForm(forms.Form):
    """The entries to take off a day."""

    day = day_field()

    def entry_ids(self) -> list[UUID]:
        """Return the ids of the entries."""
        assert isinstance(self.data, QueryDict)
        return [entry_id for text in self.data.getlist("entry")[:100] if (entry_id := uuid_from(text))]


class ReminderForm(forms.Form):
    """Whether to send reminders."""

    reminders = forms.BooleanField(
        label="Send me an e-mail at the times of my stacks",
        required=False,
        help_text="Off unless you turn it on.",
    )
