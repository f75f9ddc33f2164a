"""Forms of the private lists: medicines by class and time, and conditions."""

import datetime as dt
from typing import Any

from django import forms

from intake.domain.conditions import CONDITIONS
from intake.domain.schedule import weekdays_of
from intake.domain.spacing import RULES
from intake.forms.fields import time_field, weekdays_field

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


class MedicineForm(forms.Form):
    """A class of medicines, up to three times a day, and weekdays."""

    rule = forms.ChoiceField(
        label="Medicine, by its class",
        choices=medicine_choices,
        error_messages={"required": "Choose one.", "invalid_choice": "Choose one of the list."},
    )
    first = time_field(label="Time")
    second = time_field(label="And at")
    third = time_field(label="And at")
    weekdays = weekdays_field()

    def listed(self) -> dict[str, Any]:
        """Return what was said, as `list_medicine` takes it."""
        said = self.cleaned_data
        times: list[dt.time] = [said[name] for name in ("first", "second", "third") if said[name] is not None]
        return {
            "rule": said["rule"],
            "times": times,
            "weekdays": weekdays_of(said["weekdays"]),
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
