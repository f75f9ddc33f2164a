"""Forms of the account and the settings."""

import datetime as dt
import functools
import itertools
from decimal import Decimal
from typing import Any, ClassVar

from allauth.account import forms as allauth_forms
from allauth.account.adapter import get_adapter
from django import forms
from django.core.exceptions import ValidationError

from foods.amounts import mg_from_ug, ug_from_mg
from intake.domain.figures import mg
from intake.domain.references import UNVERIFIED, ceiling_of
from intake.forms.fields import CleanTextField, MilligramField, day_field, time_field
from intake.models import (
    FIRST_DAY,
    MAX_ENTRY_UG,
    Body,
    LifeStage,
    Profile,
    Sex,
    Target,
    User,
    zone_names,
)

SMALLEST_MG = Decimal("0.001")
MOST_MG = mg_from_ug(MAX_ENTRY_UG)
MOST_TAP_WATER_MG_PER_L = Decimal(1000)
PASSWORD_HELP = "At least 12 characters. A few unrelated words in a row do well."  # noqa: S105
DELETE_WORD = "delete"

# Signing up and in ---------------------------------------------------------------------------------


class _Plain:
    """Labels of ours, and no placeholder: a label that goes when one types helps nobody."""

    labels: ClassVar[dict[str, str]] = {}
    helps: ClassVar[dict[str, str]] = {}
    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = self.labels.get(name, field.label)
            field.help_text = self.helps.get(name, "")


class SignupForm(_Plain, allauth_forms.SignupForm):  # type: ignore[misc]
    """An address and a password."""

    labels: ClassVar[dict[str, str]] = {"email": "E-mail address", "password1": "Password"}
    helps: ClassVar[dict[str, str]] = {"password1": PASSWORD_HELP}


class LoginForm(_Plain, allauth_forms.LoginForm):  # type: ignore[misc]
    """The address and the password of an account."""

    labels: ClassVar[dict[str, str]] = {"login": "E-mail address", "password": "Password"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs["autocomplete"] = "username"


class ChangePasswordForm(_Plain, allauth_forms.ChangePasswordForm):  # type: ignore[misc]
    """The old password, and a new one twice."""

    labels: ClassVar[dict[str, str]] = {
        "oldpassword": "Current password",
        "password1": "New password",
        "password2": "New password again",
    }
    helps: ClassVar[dict[str, str]] = {"password1": PASSWORD_HELP}


class ResetPasswordForm(_Plain, allauth_forms.ResetPasswordForm):  # type: ignore[misc]
    """The address that a link is sent to."""

    labels: ClassVar[dict[str, str]] = {"email": "E-mail address"}


class ResetPasswordKeyForm(_Plain, allauth_forms.ResetPasswordKeyForm):  # type: ignore[misc]
    """A new password twice, for who holds a link."""

    labels: ClassVar[dict[str, str]] = {"password1": "New password", "password2": "New password again"}
    helps: ClassVar[dict[str, str]] = {"password1": PASSWORD_HELP}


class DeleteForm(forms.Form):
    """The password and a typed word: what cannot be undone is not done by a slip."""

    password = forms.CharField(
        label="Your password",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    confirmation = forms.CharField(
        label=f"Type “{DELETE_WORD}” to confirm",
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_confirmation(self) -> str:
        """Raise ValidationError if the word is another one."""
        word = str(self.cleaned_data["confirmation"])
        if word.casefold() != DELETE_WORD:
            raise ValidationError(f"Type the word {DELETE_WORD}.")
        return word

    def clean(self) -> dict[str, Any]:
        """Check the password last, and only if the rest is right: tries are counted as at sign-in."""
        cleaned = super().clean() or {}
        if not self.errors and not get_adapter().reauthenticate(self.user, cleaned["password"]):
            self.add_error("password", get_adapter().validation_error("incorrect_password"))
        return cleaned


# What days are held against ------------------------------------------------------------------------


def ceiling_choices() -> list[tuple[str, str]]:
    """Return whose ceiling may be chosen, each with its amount; first that of the reference body."""
    choices = [("", "That of the reference values")]
    for body, label in Body.choices:
        ceiling = ceiling_of(body)
        choices.append((body, f"{label}: {mg(ceiling.added_ug) if ceiling else UNVERIFIED}"))
    return choices


class TargetForm(forms.Form):
    """A reference body and a life stage, or numbers of one's own; each field may be left as it is.

    What must hold between them is checked by `set_target`.
    """

    body = forms.ChoiceField(
        label="Reference values of",
        choices=Body.choices,
        required=False,
        help_text="Whose daily value and ceiling your days are held against.",
    )
    sex = forms.ChoiceField(
        choices=[("", "Not said"), *Sex.choices],
        required=False,
        help_text="Some tables differ; not said takes the higher value.",
    )
    birth_year = forms.IntegerField(
        label="Birth year",
        required=False,
        min_value=FIRST_DAY.year,
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "autocomplete": "bday-year"}),
        help_text="Some tables go by age. Their values here are for people of 18 and over.",
        error_messages={"invalid": "Enter a year, such as 1980."},
    )
    life_stage = forms.ChoiceField(
        label="Life stage", choices=[("", "Neither"), *LifeStage.choices], required=False
    )
    ceiling_body = forms.ChoiceField(
        label="Ceiling for supplements and medicines",
        choices=ceiling_choices,
        required=False,
        help_text="A daily limit or guidance for what is added to food. For people of 18 and over.",
    )
    low_mg = MilligramField(low=SMALLEST_MG, high=MOST_MG, label="Own low edge, mg a day", required=False)
    high_mg = MilligramField(low=SMALLEST_MG, high=MOST_MG, label="Own high edge, mg a day", required=False)
    ceiling_mg = MilligramField(
        low=SMALLEST_MG,
        high=MOST_MG,
        label="Own ceiling for supplements and medicines, mg a day",
        required=False,
    )

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["birth_year"].widget.attrs["max"] = today.year

    def changes(self) -> dict[str, Any]:
        """Return the choice as `set_target` takes it: µg, None for what is not said."""
        said = self.cleaned_data
        return {
            "body": said["body"] or Body.US.value,
            "sex": said["sex"] or None,
            "birth_year": said["birth_year"],
            "life_stage": said["life_stage"] or None,
            "ceiling_body": said["ceiling_body"] or None,
            "low_ug": _ug(said["low_mg"]),
            "high_ug": _ug(said["high_mg"]),
            "ceiling_ug": _ug(said["ceiling_mg"]),
        }

    @staticmethod
    def initial_of(target: Target | None) -> dict[str, Any]:
        """Return what the form starts from: the target in force, or nothing."""
        if target is None:
            return {}
        return {
            "body": target.body,
            "sex": target.sex,
            "birth_year": target.birth_year,
            "life_stage": target.life_stage,
            "ceiling_body": target.ceiling_body,
            "low_mg": _mg(target.low_ug),
            "high_mg": _mg(target.high_ug),
            "ceiling_mg": _mg(target.ceiling_ug),
        }


TARGET_NAMES = {
    "low_ug": "low_mg",
    "high_ug": "high_mg",
    "ceiling_ug": "ceiling_mg",
}


class TargetFromForm(TargetForm):
    """A target, and from which day it holds."""

    valid_from = day_field(label="From which day", required=False)

    def __init__(self, *args: Any, first: bool, **kwargs: Any) -> None:
        """`first`: the person has no target yet."""
        super().__init__(*args, **kwargs)
        self.fields["valid_from"].help_text = (
            "Left empty, your first choice holds for every day."
            if first
            else "Left empty: from today. Earlier days keep what they were held against."
        )


# The day -------------------------------------------------------------------------------------------


@functools.cache
def zone_choices() -> list[tuple[str, Any]]:
    """Return the time zones by continent, UTC first; names without a continent are left out."""
    names = sorted(name for name in zone_names() if "/" in name and not name.startswith("Etc/"))
    groups: list[tuple[str, Any]] = [("UTC", "UTC")]
    for continent, zones in itertools.groupby(names, key=lambda name: name.split("/")[0]):
        groups.append((continent, [(zone, zone.split("/", 1)[1].replace("_", " ")) for zone in zones]))
    return groups


class ZoneForm(forms.Form):
    """Where a person's day is, and when it starts."""

    tz = forms.ChoiceField(
        label="Time zone",
        required=False,
        help_text="Decides only which day is today. What you logged stays on its day.",
    )
    day_starts_at = time_field(
        "04:00",
        label="My day starts at",
        help_text="Before it, “today” is still the day before. 04:00 suits late evenings.",
    )

    def __init__(self, *args: Any, profile: Profile, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["day_starts_at"].initial = profile.day_starts_at
        field = self.fields["tz"]
        field.initial = profile.tz
        assert isinstance(field, forms.ChoiceField)
        choices = zone_choices()
        known = any(profile.tz in {zone for zone, _ in group} for _, group in choices[1:])
        own = [] if known or profile.tz == "UTC" else [(profile.tz, profile.tz)]
        field.choices = [*own, *choices]

    def profile_changes(self) -> dict[str, Any]:
        """Return what was said, as `change_profile` takes it; what was left empty is not among it."""
        said = {name: self.cleaned_data[name] for name in ("tz", "day_starts_at")}
        return {name: value for name, value in said.items() if value not in (None, "")}


class WelcomeForm(TargetForm, ZoneForm):
    """The first-run page: all of it may be skipped. A script guesses the zone while nothing was said."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.is_bound:
            self.fields["tz"].widget.attrs["data-guess-zone"] = True

    def names_a_target(self) -> bool:
        """Say whether anything but the defaults was chosen."""
        return any(
            value is not None for name, value in self.changes().items() if (name, value) != ("body", Body.US)
        )


class DayForm(ZoneForm):
    """The day, the tap and the glass."""

    tap_water_mg_per_l = MilligramField(
        low=Decimal(0),
        high=MOST_TAP_WATER_MG_PER_L,
        unit="mg/l",
        label="Magnesium of your tap water, mg per litre",
        help_text="Your supplier publishes it. 10 mg/l is USDA's figure for tap water in general.",
    )
    glass_ml = forms.IntegerField(
        label="A glass, ml",
        min_value=50,
        max_value=2000,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        help_text="What one press of “a glass of water” logs.",
        error_messages={
            "invalid": "Enter a whole number of ml, such as 250.",
            "min_value": "A glass holds 50 to 2000 ml.",
            "max_value": "A glass holds 50 to 2000 ml.",
        },
    )

    def __init__(self, *args: Any, profile: Profile, **kwargs: Any) -> None:
        super().__init__(*args, profile=profile, **kwargs)
        self.fields["tap_water_mg_per_l"].initial = mg_from_ug(profile.tap_water_ug_per_l)
        self.fields["glass_ml"].initial = profile.glass_ml

    def profile_changes(self) -> dict[str, Any]:
        """Return what was said, as `change_profile` takes it: µg/l and ml."""
        return super().profile_changes() | {
            "tap_water_ug_per_l": ug_from_mg(self.cleaned_data["tap_water_mg_per_l"]),
            "glass_ml": self.cleaned_data["glass_ml"],
        }


class TokenForm(forms.Form):
    """The name of a key to the REST interface."""

    name = CleanTextField(
        label="Name of the token",
        max_length=80,
        help_text="So that you know later which one to revoke: “phone”, “spreadsheet”.",
        error_messages={"required": "Give it a name.", "max_length": "At most 80 characters."},
    )


def _ug(mg: Decimal | None) -> int | None:
    return None if mg is None else ug_from_mg(mg)


def _mg(ug: int | None) -> Decimal | None:
    return None if ug is None else mg_from_ug(ug)
