"""A person's own foods, as they type them."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from intake.forms.fields import CleanTextField, FigureField


class OwnFoodForm(forms.Form):
    """A food by 100 g or by a portion; an empty magnesium field means not known."""

    food_id = forms.UUIDField(widget=forms.HiddenInput)
    name = CleanTextField(max_length=200)
    magnesium_mg = FigureField(
        label="Magnesium, mg",
        required=False,
        min_value=0,
        max_value=20_000,
        max_digits=9,
        decimal_places=3,
        help_text="Leave it empty if the label does not say: the entry then stays open, not zero.",
    )
    per = forms.ChoiceField(
        label="This is",
        choices=[("100g", "per 100 g"), ("portion", "per portion")],
        initial="100g",
        widget=forms.RadioSelect,
    )
    portion_label = CleanTextField(
        label="One portion, if you like",
        required=False,
        max_length=80,
        help_text="Such as 1 bar, 1 bowl, 1 slice. It is then offered when you log the food.",
    )
    portion_weight_g = FigureField(
        label="The portion weighs, g",
        required=False,
        min_value=Decimal("0.001"),
        max_value=100_000,
        max_digits=9,
        decimal_places=3,
    )

    def clean(self) -> dict[str, Any]:
        """Ask for what the choice needs, and turn an amount per portion into one per 100 g."""
        data = super().clean() or {}
        if self.errors:
            return data
        weight = data["portion_weight_g"]
        if bool(data["portion_label"]) != (weight is not None):
            raise ValidationError("A portion needs a name and a weight.")
        per_100g = data["magnesium_mg"]
        if data["per"] == "portion":
            if weight is None:
                raise ValidationError("Magnesium per portion needs the weight of the portion.")
            per_100g = None if per_100g is None else per_100g * 100 / weight
        data["magnesium_mg_per_100g"] = per_100g
        return data

    def values(self) -> dict[str, Any]:
        """Return what `make_own_food` takes."""
        names = ("food_id", "name", "magnesium_mg_per_100g", "portion_label", "portion_weight_g")
        return {name: self.cleaned_data[name] for name in names}
