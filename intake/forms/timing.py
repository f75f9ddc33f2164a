"""Forms of the private lists: medicines by class and time, and conditions."""

import datetime as dt
from typing import Any

from django import forms

from intake.domain.conditions import CONDITIONS
from intake.domain.schedule import DAYS, EVERY_DAY
from intake.domain.spacing import RULES
from intake.forms.accounts import TIME_FORMATS

GROUPS = (("space", "Kept apart by hours"), ("avoid", "No gap is known to do"), ("ask", "To ask about"))
LAST = "other"  # stands at the end of its group


def medicine_choices() -> list[tuple[str, Any]]:
    """Return the classes by what is known of them, by name, with examples."""
    groups: list[tuple[str, Any]] = [("", "Choose one")]
    for mode, title in GROUPS:
        rules = sorted(
            (rule for rule in RULES if rule.mode == mode), key=lambda rule: (rule.slug == LAST, rule.name)
        )
        names = [
            (rule.slug, f"{rule.name} ({rule.examples})" if rule.examples else rule.name) for rule in rules
        ]
        groups.append((title, names))
    return groups


def _time(label: str) -> forms.TimeField:
    return forms.TimeField(
        label=label,
        required=False,
        input_formats=TIME_FORMATS,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"invalid": "Enter a time as 08:00."},
    )


class MedicineForm(forms.Form):
    """A class of medicines, up to three times a day, and weekdays."""

    rule = forms.ChoiceField(
        label="Medicine, by its class",
        choices=medicine_choices,
        error_messages={"required": "Choose one.", "invalid_choice": "Choose one of the list."},
    )
    first = _time("Time")
    second = _time("And at")
    third = _time("And at")
    weekdays = forms.TypedMultipleChoiceField(
        label="Days; none ticked is every day",
        choices=list(enumerate(DAYS)),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def listed(self) -> dict[str, Any]:
        """Return what was said, as `list_medicine` takes it."""
        said = self.cleaned_data
        times: list[dt.time] = [said[name] for name in ("first", "second", "third") if said[name] is not None]
        return {
            "rule": said["rule"],
            "times": times,
            "weekdays": sum(1 << bit for bit in set(said["weekdays"])) or EVERY_DAY,
        }


class ConditionsForm(forms.Form):
    """Conditions to see the notes of."""

    slugs = forms.MultipleChoiceField(
        label="Conditions",
        choices=[(condition.slug, condition.name) for condition in CONDITIONS],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Choose among the list."},
    )
