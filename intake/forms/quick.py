"""What is logged in one step: something on the skin, a laxative or an antacid."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from foods.measures import Typed
from intake.domain.written import in_reach
from intake.forms.amounts import AmountField, reckon
from intake.forms.fields import CleanTextField, day_field, minutes_field, time_field
from intake.measuring import free_amount, milligrams_of, plain_number, servings_of
from intake.models import Kind, OwnProduct, User
from intake.services import (
    Amount,
    LineInput,
    Logged,
    log_quick,
    log_supplement,
    milli,
    quick_ug,
    read_label,
)
from supplements.labels import LabelReading
from supplements.models import Basis, Compound

OTHER = "other"
ON_THE_SKIN = {
    "epsom-bath": "Epsom salt bath",
    "epsom-feet": "Epsom salt foot soak",
    "flakes-bath": "Magnesium chloride bath",
    "flakes-feet": "Magnesium chloride foot soak",
    "spray": "Magnesium spray or oil",
    "cream": "Magnesium cream",
}
# What labels call each form, and the form; the first is the commonest of its kind.
MEDICINES = {
    "hydroxide": "Milk of magnesia",
    "citrate-tri-anhyd": "Citrate solution",
    "citrate-mono": "Citrate solution, monomagnesium",
    "sulfate-7h2o": "Epsom salt, swallowed",
    "sulfate": "Dry magnesium sulfate, swallowed",
    "trisilicate": "Magnesium trisilicate",
    "carbonate-basic-light": "Magnesium carbonate antacid",
    "salicylate-4h2o": "Magnesium salicylate",
}


class WhenForm(forms.Form):
    """An id made by the page, the day and the time."""

    entry_id = forms.UUIDField(widget=forms.HiddenInput)
    day = day_field()
    time = time_field()

    def clean_day(self) -> Any:
        """Return the day. Raises ValidationError if it is out of reach."""
        if not in_reach(self.cleaned_data["day"]):
            raise ValidationError("This day is out of reach.")
        return self.cleaned_data["day"]

    def when(self, user: User) -> dict[str, Any]:
        """Return what every log_* takes."""
        return {"user": user, **{name: self.cleaned_data[name] for name in ("entry_id", "day", "time")}}


class SkinForm(WhenForm):
    """Something on the skin: what, how much, how long. It counts 0, and no field says otherwise."""

    what = forms.ChoiceField(label="What it was")
    name = CleanTextField(
        label="Its name, if you like",
        required=False,
        max_length=200,
        help_text="Needed for something else; for the rest it stands in place of the words above.",
    )
    amount = AmountField(label="How much", help_text="With its unit: 250 g, 20 ml, 8 sprays.")
    minutes = minutes_field()
    field_order = ("entry_id", "what", "name", "amount", "minutes", "day", "time")

    def __init__(self, *args: Any, products: Sequence[OwnProduct], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.products = {str(product.pk): product for product in products}
        yours = [(key, f"{product.name} ({product.serving})") for key, product in self.products.items()]
        self.fields["what"].choices = [  # type: ignore[attr-defined]
            ("", "choose"),
            *([("Your own", yours)] if yours else []),
            ("On the skin", [*ON_THE_SKIN.items(), (OTHER, "Something else")]),
        ]

    def clean(self) -> dict[str, Any]:
        """Read the amount in the product's measures, or as it is typed."""
        data = super().clean() or {}
        if self.errors:
            return data
        if data["what"] == OTHER and not data["name"]:
            self.add_error("name", "What was it?")
        product = self.products.get(data["what"])
        if product is not None:
            data["servings"] = reckon(self, "amount", lambda typed: servings_of(typed, product.serving))
        else:
            data["taken"] = reckon(self, "amount", free_amount)
        return data

    def save(self, user: User) -> Logged:
        """Log it. Raises ValidationError, IdTaken, Gone as the services do."""
        data = self.cleaned_data
        when = self.when(user) | {"minutes": data["minutes"]}
        if product := self.products.get(data["what"]):
            return log_supplement(product=product, servings=data["servings"] or Decimal(1), **when)
        label = data["name"] or ON_THE_SKIN[data["what"]]
        return log_quick(kind=Kind.TOPICAL, label=label, magnesium_mg=None, amount=data["taken"], **when)


class MedicineForm(WhenForm):
    """A laxative or an antacid: what one dose is said to hold, and how many doses."""

    what = forms.ChoiceField(label="What it is")
    name = CleanTextField(label="Its name, if you like", required=False, max_length=200)
    basis = forms.ChoiceField(
        label="The label gives, for one dose",
        required=False,
        choices=[(Basis.ELEMENTAL, "magnesium itself"), (Basis.COMPOUND, "the weight of the compound")],
        widget=forms.RadioSelect,
    )
    amount = AmountField(
        label="How much, mg",
        help_text="Or with its unit: 1.2 g. Empty if the label does not say: it is logged as unknown.",
    )
    doses = AmountField(label="How many doses")
    field_order = ("entry_id", "what", "name", "basis", "amount", "doses", "day", "time")

    def __init__(self, *args: Any, compounds: dict[str, Compound], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.compounds = compounds
        self.fields["what"].choices = [  # type: ignore[attr-defined]
            ("", "choose"),
            *((slug, _named(name, compounds[slug])) for slug, name in MEDICINES.items() if slug in compounds),
            (OTHER, "Another one"),
        ]

    def clean(self) -> dict[str, Any]:
        """Reckon `weight_mg` of a dose (None: not known), and `count`, thousandths of doses."""
        data = super().clean() or {}
        if self.errors:
            return data
        if data["what"] == OTHER and not data["name"]:
            self.add_error("name", "What is it?")
        if data["amount"] and not data["basis"]:
            self.add_error("basis", "Say what the figure speaks of: it changes what it comes to.")
        if data["what"] == OTHER and data["basis"] == Basis.COMPOUND:
            self.add_error("basis", "The formula is not known here: give the label’s own magnesium.")
        data["weight_mg"] = reckon(self, "amount", milligrams_of)
        data["count"] = reckon(self, "doses", _count) or 1000
        return data

    def reading(self) -> LabelReading:
        """Return what one dose holds. Raises ValidationError if it cannot be."""
        data = self.cleaned_data
        if data["weight_mg"] is None:
            return LabelReading(None)
        if data["what"] == OTHER:
            return LabelReading(quick_ug(Kind.MEDICINE, data["weight_mg"]))
        compound = self.compounds[data["what"]]
        line = LineInput(compound=compound, basis=data["basis"], amount=data["weight_mg"])
        return read_label([line], Kind.MEDICINE)

    def save(self, user: User, magnesium_mg: Decimal | None) -> Logged:
        """Log it with the magnesium of one dose. Raises ValidationError, IdTaken, Gone as the services do."""
        data = self.cleaned_data
        return log_quick(
            kind=Kind.MEDICINE,
            label=data["name"] or MEDICINES[data["what"]],
            magnesium_mg=magnesium_mg,
            amount=Amount(quantity_milli=data["count"], unit="1 dose"),
            **self.when(user),
        )


def _count(typed: Typed) -> int:
    if not typed.bare and typed.named not in ("dose", "doses"):
        raise ValidationError("How many doses: a number.")
    return milli(plain_number(typed.number), "doses")


def _named(name: str, form: Compound) -> str:
    fraction = form.magnesium_fraction
    return name if fraction is None else f"{name}, {fraction * 100:.1f} % magnesium"
