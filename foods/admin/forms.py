"""What a curator types about a food, to values that the services take."""

from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget

from foods.amounts import UG_PER_MG
from foods.models import MAX_UG_PER_100G, Food
from foods.services.bulk import BulkEdit
from foods.text import validate_text

REASON_HELP = "It stands in the history of the food."


def _reason(help_text: str = REASON_HELP) -> forms.CharField:
    return forms.CharField(
        max_length=500,
        validators=[validate_text],
        widget=AdminTextareaWidget(attrs={"rows": 3}),
        help_text=help_text,
    )


class CorrectionForm(forms.Form):
    """A new value, or that none is known, and why."""

    magnesium_mg_per_100g = forms.DecimalField(
        label="Magnesium, mg per 100 g",
        required=False,
        min_value=0,
        max_value=MAX_UG_PER_100G // UG_PER_MG,
        decimal_places=3,
    )
    unknown = forms.BooleanField(label="The value is not known", required=False)
    reason = _reason("What is corrected and from which source; people see it beside the figure.")
    seen = forms.CharField(required=False, max_length=60, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """Ask for a value or for "not known", not both."""
        data = self.cleaned_data
        value, unknown = data.get("magnesium_mg_per_100g"), data.get("unknown")
        if "magnesium_mg_per_100g" in data and (value is None) != bool(unknown):
            self.add_error("magnesium_mg_per_100g", "Give a value, or tick that it is not known.")
        return data


class EditForm(forms.ModelForm[Food]):
    """What a food is called and where it is filed, and why that changes; `values` for the service."""

    reason = _reason()
    seen = forms.CharField(required=False, max_length=60, widget=forms.HiddenInput)

    class Meta:
        model = Food
        fields = ("name", "brand", "category")


class BulkForm(forms.Form):
    """What is done to all foods of a list."""

    act = forms.ChoiceField(
        label="What is done",
        choices=[
            ("category", "Set the category"),
            ("replace", "Replace words"),
            ("retire", "Retire: keep out of search"),
            ("restore", "Restore: put back into search"),
        ],
    )
    field = forms.ChoiceField(
        label="Replace in", required=False, choices=[("name", "name"), ("brand", "brand")]
    )
    find = forms.CharField(label="What is replaced", required=False, max_length=200, strip=False)
    text = forms.CharField(
        label="New text",
        required=False,
        max_length=200,
        strip=False,
        validators=[validate_text],
        help_text="The new category, or what the words become.",
    )
    ids = forms.CharField(widget=forms.HiddenInput, max_length=20_000)

    def clean_ids(self) -> list[int]:
        """Return the ids of the foods."""
        given = [part for part in str(self.cleaned_data["ids"]).split(",") if part]
        if not given or not all(part.isascii() and part.isdecimal() and len(part) < 19 for part in given):
            raise forms.ValidationError("Choose the foods in the list again.")
        return [int(part) for part in given]

    def edit(self) -> BulkEdit:
        """Return what was asked for."""
        data = self.cleaned_data
        return BulkEdit(act=data["act"], field=data["field"] or "name", find=data["find"], text=data["text"])
