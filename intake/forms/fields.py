"""Fields that several forms share: mg at the edge, one sentence for a bound, errors of services by name."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError

from foods.measures import NotRead, read_amount
from foods.text import clean_text
from intake.domain.schedule import DAYS
from intake.measuring import plain_number
from intake.models import MAX_MINUTES

DAY_FORMAT = "%Y-%m-%d"
SENT_BEFORE = "This form was sent before with other content. Open it again."


class FigureField(forms.DecimalField):
    """A figure with a point or a comma, typed into a field of text: a browser's own may drop the comma."""

    widget = forms.TextInput

    def to_python(self, value: Any) -> Any:
        """Return the number. Raises ValidationError for none, and for a comma of two meanings."""
        text = str(value or "").strip()
        if "," in text:
            try:
                typed = read_amount(text)
            except NotRead as problem:
                raise ValidationError(str(problem)) from problem
            value = str(plain_number(typed.number)) if typed.bare else text
        return super().to_python(value)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Ask for the keys of numbers on a phone."""
        return {**super().widget_attrs(widget), "inputmode": "decimal", "autocomplete": "off"}


class MilligramField(FigureField):
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


class CleanTextField(forms.CharField):
    """A text as `clean_text` keeps it."""

    def clean(self, value: Any) -> str:
        """Return the cleaned text. Raises ValidationError for what no name may hold, or a wrong length."""
        try:
            return str(super().clean(clean_text(str(value or ""))))
        except ValueError as error:
            raise ValidationError(str(error)) from error


def day_field(**options: Any) -> forms.DateField:
    """Return the field of a day."""
    return forms.DateField(
        widget=forms.DateInput(attrs={"type": "date"}, format=DAY_FORMAT),
        input_formats=[DAY_FORMAT],
        error_messages={"invalid": "Enter a day as 2026-11-22."} | options.pop("error_messages", {}),
        **options,
    )


def time_field(example: str = "08:00", **options: Any) -> forms.TimeField:
    """Return the field of a time of the day, which may be left empty."""
    return forms.TimeField(
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        input_formats=["%H:%M", "%H:%M:%S"],
        error_messages={"invalid": f"Enter a time as {example}."},
        **options,
    )


def weekdays_field() -> forms.TypedMultipleChoiceField:
    """Return the field of days of the week, 0 for Monday, as `weekdays_of` takes them."""
    return forms.TypedMultipleChoiceField(
        label="Days; none ticked is every day",
        choices=list(enumerate(DAYS)),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


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
