"""Fields that several forms share: mg at the edge, one sentence for a bound, errors of services by name."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError

from foods.text import clean_text
from intake.models import MAX_MINUTES


class MilligramField(forms.DecimalField):
    """Milligrams from `low` to `high`, both included, to 0.001; None where nothing was typed."""

    def __init__(self, *, low: Decimal, high: Decimal, unit: str = "mg", **kwargs: Any) -> None:
        bounds = f"Between {low.normalize():f} and {high.normalize():f} {unit}."
        errors = {
            "invalid": f"Enter a number of {unit}, such as 350.",
            "min_value": bounds,
            "max_value": bounds,
            "max_decimal_places": f"To 0.001 {unit}: at most three decimals.",
        }
        super().__init__(
            min_value=low,
            max_value=high,
            decimal_places=3,
            error_messages=errors | kwargs.pop("error_messages", {}),
            **kwargs,
        )
        self.widget.attrs["inputmode"] = "decimal"


class CleanTextField(forms.CharField):
    """A text as `clean_text` keeps it."""

    def clean(self, value: Any) -> str:
        """Return the cleaned text. Raises ValidationError for what no name may hold, or a wrong length."""
        try:
            return str(super().clean(clean_text(str(value or ""))))
        except ValueError as error:
            raise ValidationError(str(error)) from error


def minutes_field() -> forms.IntegerField:
    """Return the field of how long something stayed on the skin."""
    return forms.IntegerField(
        label="Minutes on the skin",
        required=False,
        min_value=1,
        max_value=MAX_MINUTES,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"), "Whole minutes, from 1 to 1 440 of them."
        ),
    )


def add_service_error(
    form: forms.BaseForm, error: ValidationError, renamed: Mapping[str, str] | None = None
) -> None:
    """Show what a service refused beside the field it speaks of, `renamed` from its word to the form's."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for name, errors in error.error_dict.items():
        field = (renamed or {}).get(name, name)
        form.add_error(field if field in form.fields and field != NON_FIELD_ERRORS else None, errors)
