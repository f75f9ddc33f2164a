"""The bodies the interface takes, and what must hold between their fields."""

from decimal import Decimal
from functools import cache
from typing import Any

from rest_framework import serializers
from rest_framework.request import Request

from intake.api.fields import (
    THOUSANDTH,
    Clock,
    Day,
    Key,
    Lines,
    Number,
    OneOf,
    Ref,
    StrictSerializer,
    Text,
    Whole,
)
from intake.models import (
    MAX_ENTRY_UG,
    MAX_MINUTES,
    MAX_QUANTITY_MILLI,
    MAX_WEIGHT_MG,
    Body,
    Kind,
    LifeStage,
    Sex,
    Slot,
)
from intake.services import MAX_LINES
from supplements.models import Basis, Product
from supplements.reading import COUNTRIES, MAX_TEXT

MAX_G = Decimal(MAX_WEIGHT_MG) / 1000
MAX_MG = Decimal(MAX_ENTRY_UG) / 1000
MAX_QUANTITY = Decimal(MAX_QUANTITY_MILLI) / 1000

_ONE_SOURCE = "Name a food, a supplement, or a kind with a label."
_FOOD_KEYS = {"food", "weight_g", "portion", "quantity"}
_SUPPLEMENT_KEYS = {"supplement", "servings", "minutes"}
_QUICK_KEYS = {"kind", "label", "magnesium_mg", "minutes"}


def checked(body: type[StrictSerializer], request: Request) -> dict[str, Any]:
    """Return the values of a request's body. Raises ValidationError."""
    values: dict[str, Any] = _reader(body).run_validation(request.data)
    return values


@cache
def _reader(body: type[StrictSerializer]) -> StrictSerializer:
    """Return the one reader of a kind of body: it keeps nothing of what it read, and is slow to make."""
    return body()


def _amount(**options: Any) -> Number:
    return Number(THOUSANDTH, MAX_QUANTITY, required=False, **options)


class EntryBody(StrictSerializer):
    """What to log: a food, a supplement, or a name with its magnesium. A null is as if it were not there."""

    null_is_absent = True

    id = Key(required=False, help_text="Made by the client; the same body under the same id is saved once.")
    day = Day()
    time = Clock(required=False, help_text="Local wall-clock time.")
    slot = OneOf(Slot.choices, required=False, help_text="Follows from the time if not given.")
    food = Ref(required=False, help_text="With exactly one of weight_g and portion.")
    weight_g = Number(THOUSANDTH, MAX_G, required=False)
    portion = Ref(required=False, help_text="An id among the food's portions.")
    quantity = _amount(help_text="How many portions; 1 if not given.")
    supplement = Ref(required=False)
    servings = _amount(help_text="1 if not given.")
    kind = OneOf(Kind.choices, required=False, help_text="With label, for what is in no table.")
    label = Text(max_length=200, required=False)  # type: ignore[assignment]
    magnesium_mg = Number(
        0,
        MAX_MG,
        required=False,
        help_text="Null or absent: not known. Topical counts 0.",
    )
    minutes = Whole(
        min_value=1, max_value=MAX_MINUTES, required=False, help_text="On the skin; only of what is topical."
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Return the values if they speak of one thing. Raises ValidationError."""
        given = set(attrs) - {"id", "day", "time", "slot"}
        if "food" in given:
            _only(given, _FOOD_KEYS)
            _weight_or_portion(attrs)
        elif "supplement" in given:
            _only(given, _SUPPLEMENT_KEYS)
        elif "kind" in given or "label" in given:
            _only(given, _QUICK_KEYS)
            if missing := [name for name in ("kind", "label") if name not in given]:
                raise serializers.ValidationError({name: ["This is needed."] for name in missing})
        else:
            raise serializers.ValidationError(_ONE_SOURCE)
        return attrs


class EntryChange(StrictSerializer):
    """What to change; what is not named stays. Only time, magnesium_mg and minutes can be set to null."""

    null_is_absent = True

    version = Whole(
        min_value=1, max_value=2**31 - 1, required=False, help_text="The version that was read; or If-Match."
    )
    day = Day(required=False)
    time = Clock(required=False, allow_null=True)
    slot = OneOf(Slot.choices, required=False)
    weight_g = Number(THOUSANDTH, MAX_G, required=False)
    portion = Ref(required=False)
    quantity = _amount(help_text="How many portions.")
    servings = _amount(help_text="Of a supplement.")
    label = Text(  # type: ignore[assignment]
        max_length=200, required=False, help_text="Only of an entry that was logged by name."
    )
    magnesium_mg = Number(
        0,
        MAX_MG,
        required=False,
        allow_null=True,
        help_text="Only of an entry that was logged by name; null: not known.",
    )
    minutes = Whole(
        min_value=1,
        max_value=MAX_MINUTES,
        required=False,
        allow_null=True,
        help_text="On the skin; only of what is topical. Null takes them away.",
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Return the values if the amount is said in one way. Raises ValidationError."""
        if "servings" in attrs:
            _only({"servings"} | set(attrs) & _FOOD_KEYS, {"servings"})
        if "weight_g" in attrs:
            _weight_or_portion(attrs)
        return attrs


class EntryVersion(StrictSerializer):
    """The version that was read."""

    version = Whole(min_value=1, max_value=2**31 - 1, required=False, help_text="Or an If-Match header.")


class IngredientBody(StrictSerializer):
    """A line of a label."""

    null_is_absent = True

    compound = Ref(help_text="An id of compounds/.")
    amount_mg = Number(THOUSANDTH, Decimal(10_000_000), help_text="For percent_dv: the percentage.")
    basis = OneOf(Basis.choices)
    dv_mg = Number(
        THOUSANDTH,
        Decimal(10_000),
        required=False,
        help_text="The daily value a percentage speaks of.",
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Return the line if a daily value stands just where a percentage does. Raises ValidationError."""
        if (attrs["basis"] == Basis.PERCENT_DV) != ("dv_mg" in attrs):
            raise serializers.ValidationError({"dv_mg": ["This goes with percent_dv, and is needed there."]})
        return attrs


class ProductBody(StrictSerializer):
    """A supplement of one's own, as its label reads."""

    null_is_absent = True

    id = Key(required=False, help_text="Made by the client; the same id twice is one product.")
    name = Text(max_length=200)
    serving = Text(max_length=80, help_text="Such as 1 capsule.")
    kind = OneOf(
        Product.Kind.choices,
        required=False,
        help_text="If not given, as its forms suggest: a laxative is a medicine, Epsom salt topical.",
    )
    ingredients = serializers.ListField(child=IngredientBody(), min_length=1, max_length=MAX_LINES)


class LabelBody(StrictSerializer):
    """A label's line, or a whole panel with its line breaks."""

    null_is_absent = True

    text = Lines(max_length=MAX_TEXT)
    country = OneOf(
        COUNTRIES,
        required=False,
        help_text="Fixes what 100 % means: 420 mg in the US, 375 mg in the EU and UK.",
    )


class BandBody(StrictSerializer):
    """An own band for total magnesium, both edges included."""

    low_mg = Number(THOUSANDTH, MAX_MG)
    high_mg = Number(THOUSANDTH, MAX_MG)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Return the band if it is in order. Raises ValidationError."""
        if attrs["low_mg"] > attrs["high_mg"]:
            raise serializers.ValidationError({"high_mg": ["The high edge is below the low edge."]})
        return attrs


class ProfileBody(StrictSerializer):
    """What to change; what is not named stays. A null band or ceiling means the body's own value."""

    body = OneOf(Body.choices, required=False)
    sex = OneOf(Sex.choices, required=False, allow_null=True)
    birth_year = Whole(min_value=1900, max_value=2200, required=False, allow_null=True)
    life_stage = OneOf(LifeStage.choices, required=False, allow_null=True)
    tz = Ref(required=False, help_text="A name of the time zone database.")
    day_starts_at = Clock(required=False)
    band = BandBody(required=False, allow_null=True)
    ceiling_body = OneOf(
        Body.choices,
        required=False,
        allow_null=True,
        help_text="Whose ceiling for added magnesium holds; null: that of body.",
    )
    ceiling_mg = Number(THOUSANDTH, MAX_MG, required=False, allow_null=True)
    valid_from = Day(
        required=False,
        allow_null=True,
        help_text="If not given: every day for a first choice, from today on for a later one.",
    )


def _only(given: set[str], allowed: set[str]) -> None:
    if extra := sorted(given - allowed):
        names = ", ".join(sorted(allowed))
        raise serializers.ValidationError({name: [f"This does not go with {names}."] for name in extra})


def _weight_or_portion(attrs: dict[str, Any]) -> None:
    if ("weight_g" in attrs) == ("portion" in attrs):
        raise serializers.ValidationError({"weight_g": ["Give either weight_g or portion."]})
    if "quantity" in attrs and "portion" not in attrs:
        raise serializers.ValidationError({"quantity": ["This goes with portion."]})
