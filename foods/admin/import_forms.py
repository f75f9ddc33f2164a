"""What curators send about imports: a file, and their choices."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from foods.models import ImportRow
from foods.text import clean_text

MAX_ROWS = 200  # on one page
_SWITCH = re.compile(r"choice-([0-9]{1,18})-([a-z_]{1,20})")
_CHOICES = (ImportRow.Choice.KEEP, ImportRow.Choice.TAKE)


class UploadForm(forms.Form):
    """A file, and the release where the file does not name it."""

    file = forms.FileField(
        label="File",
        max_length=200,
        error_messages={"required": "Choose a file.", "empty": "This file is empty."},
    )
    release = forms.CharField(
        label="Release",
        max_length=40,
        required=False,
    )

    def clean_release(self) -> str:
        """Return the release as one clean line."""
        try:
            return clean_text(self.cleaned_data["release"])
        except ValueError as problem:
            raise ValidationError(str(problem)) from problem


def choices_of(data: QueryDict) -> list[tuple[int, str, str]]:
    """Return what was chosen on a page, as (row, field, choice); field "" is the row as a whole.

    A row of `row` that is not in `take` is left out. Raises ValidationError for what no page sends.
    """
    rows, taken = _numbers(data.getlist("row")), set(_numbers(data.getlist("take")))
    chosen: list[tuple[int, str, str]] = [
        (row, "", ImportRow.Choice.TAKE if row in taken else ImportRow.Choice.KEEP) for row in rows
    ]
    for name, value in data.items():
        if found := _SWITCH.fullmatch(name):
            chosen.append((int(found[1]), found[2], _choice(value)))
    if len(chosen) > MAX_ROWS * 4:
        raise ValidationError("That is more than one page holds.")
    return chosen


def _choice(value: Any) -> str:
    if value not in _CHOICES:
        raise ValidationError("Keep ours or take theirs.")
    return str(value)


def _numbers(values: list[str]) -> list[int]:
    if not all(re.fullmatch(r"[0-9]{1,18}", value) for value in values):
        raise ValidationError("That is no row of this import.")
    return [int(value) for value in values]
