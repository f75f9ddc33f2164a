"""A field that understands amounts as people write them: "1/2 cup", "½", "150 g", "2 slices"."""

from collections.abc import Callable
from typing import Any, TypeVar

from django import forms
from django.core.exceptions import ValidationError

from foods.measures import NotRead, Typed, UnitMissing, read_amount

Reckoned = TypeVar("Reckoned")


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


def reckon(form: forms.BaseForm, field: str, by: Callable[[Typed], Reckoned]) -> Reckoned | None:
    """Return what is typed in a field of amounts, reckoned; None for nothing and for what is refused."""
    typed: Typed | None = form.cleaned_data.get(field)
    try:
        return None if typed is None else by(typed)
    except (UnitMissing, ValidationError) as problem:
        form.add_error(field, sentences(problem))
    return None


def sentences(problem: UnitMissing | ValidationError) -> list[str]:
    """Return what is wrong with an amount, in sentences."""
    return problem.messages if isinstance(problem, ValidationError) else [str(problem)]
