"""A field that understands amounts as people write them: "1/2 cup", "½", "150 g", "2 slices"."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from foods.measures import NotRead, Typed, read_amount


class AmountField(forms.Field):
    """A number, with or without a unit; None where nothing was typed."""

    def __init__(self, **options: Any) -> None:
        widget = forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"})
        super().__init__(**{"required": False, "widget": widget, **options})

    def to_python(self, value: Any) -> Typed | None:
        """Return the amount. Raises ValidationError with a sentence for what is none."""
        text = str(value or "").strip()
        if not text:
            return None
        try:
            return read_amount(text)
        except NotRead as problem:
            raise ValidationError(str(problem)) from problem
