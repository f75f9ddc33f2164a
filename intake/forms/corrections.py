"""What a person tells the curators: a wrong value, a food that is missing."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from foods.services.reviewing import ORIGINS, Evidence
from intake.domain.written import day_from, uuid_from, whole_from
from intake.forms.fields import CleanTextField, FigureField
from intake.forms.own import OwnFoodForm

MOST_SEEN = 5_000  # figures that one form can name


class TakeForm(forms.Form):
    """Which figures on offer a button is about: those the page showed, on all days or one."""

    seen = forms.CharField(max_length=100_000)
    day = forms.CharField(required=False, max_length=10)
    applied_id = forms.CharField(required=False, max_length=36)

    def clean_seen(self) -> list[int]:
        """Return the revisions of "12,15"."""
        asked = [whole_from(text) for text in self.cleaned_data["seen"].split(",")[:MOST_SEEN]]
        seen = [pk for pk in asked if pk is not None]
        if len(seen) != len(asked):
            raise ValidationError("Which figures?")
        return seen

    def clean_day(self) -> Any:
        """Return the day, None for all of them."""
        text = self.cleaned_data["day"]
        if text and day_from(text) is None:
            raise ValidationError("Which day?")
        return day_from(text)

    def clean_applied_id(self) -> Any:
        """Return the id that makes the same press the same act; None if there is none."""
        return uuid_from(self.cleaned_data["applied_id"])


class SourceFields(forms.Form):
    """Where a figure stands, and a word to the curators."""

    origin = forms.ChoiceField(label="Where does it say so?", choices=[*ORIGINS.items()])
    where = CleanTextField(
        label="Which one?",
        max_length=200,
        help_text="Such as the brand and the pack, or the name of the table and its year.",
    )
    note = CleanTextField(
        label="Anything else, if you like",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ReportForm(SourceFields):
    """A value that a person thinks wrong, by 100 g or by a portion."""

    contribution_id = forms.UUIDField(widget=forms.HiddenInput)
    magnesium_mg = FigureField(
        label="Magnesium it should be, mg",
        min_value=0,
        max_value=100_000,
        max_digits=9,
        decimal_places=3,
    )
    per = forms.ChoiceField(
        label="This is",
        choices=[("100g", "per 100 g"), ("portion", "per portion")],
        initial="100g",
        widget=forms.RadioSelect,
    )
    grams = FigureField(
        label="The portion weighs, g",
        required=False,
        min_value=Decimal("0.001"),
        max_value=100_000,
        max_digits=9,
        decimal_places=3,
        help_text="Only for a figure per portion.",
    )
    field_order = ("contribution_id", "magnesium_mg", "per", "grams", "origin", "where", "note")

    def clean(self) -> dict[str, Any]:
        """Ask for the weight of a portion where the figure is for one."""
        data = super().clean() or {}
        if data.get("per") == "portion" and "grams" in data and data["grams"] is None:
            self.add_error("grams", "Magnesium per portion needs the weight of the portion.")
        return data

    def evidence(self) -> Evidence:
        """Return what was typed as the services take it."""
        data = self.cleaned_data
        return Evidence(
            magnesium_mg=data["magnesium_mg"],
            grams=data["grams"] if data["per"] == "portion" else None,
            **{name: data[name] for name in ("origin", "where", "note")},
        )


class ProposalForm(OwnFoodForm, SourceFields):
    """A food of one's own that others could use, too."""

    brand = CleanTextField(label="Brand, if it has one", required=False, max_length=120)
    field_order = (
        *("food_id", "name", "brand", "magnesium_mg", "per", "portion_label", "portion_weight_g"),
        *("origin", "where", "note"),
    )

    def values(self) -> dict[str, Any]:
        """Return what `propose_own_food` takes."""
        data = self.cleaned_data
        evidence = Evidence(
            magnesium_mg=data["magnesium_mg"],
            grams=data["portion_weight_g"] if data["per"] == "portion" else None,
            **{name: data[name] for name in ("origin", "where", "note")},
        )
        names = ("food_id", "name", "brand", "portion_label", "portion_weight_g")
        return {name: data[name] for name in names} | {"evidence": evidence}
