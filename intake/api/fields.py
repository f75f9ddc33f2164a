"""Fields that read a JSON value in one way only, and never repeat it in a message."""

import datetime as dt
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any
from uuid import UUID

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from foods.text import clean_text
from intake.domain.written import day_from, uuid_from

THOUSANDTH = Decimal("0.001")
_TIME = re.compile(r"[0-9]{2}:[0-9]{2}(:[0-9]{2})?")


class Number(serializers.FloatField):
    """A JSON number, as Decimal, from `least` to `most`, both included. True is not 1, "1" neither."""

    default_error_messages = {
        "invalid": "A number is needed.",
        "min_value": "At least {min_value}.",
        "max_value": "At most {max_value}.",
    }

    def __init__(self, least: Decimal | int, most: Decimal | int, **options: Any) -> None:
        exact: dict[str, Any] = {"min_value": least, "max_value": most}  # floats would not be
        super().__init__(**exact, **options)

    def to_internal_value(self, data: Any) -> Decimal:  # type: ignore[override]
        """Return the number. Raises ValidationError."""
        if isinstance(data, bool) or not isinstance(data, int | Decimal):
            self.fail("invalid")
        return Decimal(data)


class Whole(serializers.IntegerField):
    """A JSON number without a fraction, from `min_value` to `max_value`, both included."""

    default_error_messages = {
        "invalid": "A whole number is needed.",
        "min_value": "At least {min_value}.",
        "max_value": "At most {max_value}.",
    }

    def to_internal_value(self, data: Any) -> int:
        """Return the number. Raises ValidationError."""
        if isinstance(data, bool) or not isinstance(data, int):
            self.fail("invalid")
        return data


class Text(serializers.CharField):
    """A text a person wrote, cleaned; not empty unless `allow_blank`."""

    default_error_messages = {"invalid": "A text is needed.", "blank": "This may not be empty."}

    def to_internal_value(self, data: Any) -> str:
        """Return the text in NFC, without what cannot be shown. Raises ValidationError."""
        if not isinstance(data, str):
            self.fail("invalid")
        if self.max_length is not None and len(data) > 2 * self.max_length:
            raise serializers.ValidationError(f"At most {self.max_length} characters.")
        try:
            text = clean_text(data)
        except ValueError as error:
            raise serializers.ValidationError(str(error)) from error
        if not text and not self.allow_blank:
            self.fail("blank")
        return text


class Lines(Text):
    """A text of several lines, which stay lines; each is cleaned."""

    def to_internal_value(self, data: Any) -> str:
        """Return the lines. Raises ValidationError."""
        if not isinstance(data, str) or (self.max_length is not None and len(data) > 2 * self.max_length):
            return super().to_internal_value(data)
        try:
            text = "\n".join(clean_text(line) for line in data.splitlines()).strip()
        except ValueError as error:
            raise serializers.ValidationError(str(error)) from error
        if not text:
            self.fail("blank")
        return text


class Ref(serializers.CharField):
    """An id of another row: opaque, so only its type is checked here."""

    default_error_messages = {"invalid": "An id is needed, as a text."}

    def to_internal_value(self, data: Any) -> str:
        """Return the id as it came. Raises ValidationError."""
        if not isinstance(data, str):
            self.fail("invalid")
        return data


class OneOf(serializers.ChoiceField):
    """One of a few words."""

    def to_internal_value(self, data: Any) -> str:
        """Return the word. Raises ValidationError with all of them."""
        if not isinstance(data, str) or data not in self.choices:
            raise serializers.ValidationError(f"One of: {', '.join(self.choices)}.")
        return data


@extend_schema_field(OpenApiTypes.DATE)
class Day(serializers.Field[dt.date, Any, str, Any]):
    """A day as `2026-11-22`, from `FIRST_DAY` to `LAST_DAY`."""

    default_error_messages = {"invalid": "A day is needed, such as 2026-11-22."}

    def to_internal_value(self, data: Any) -> dt.date:
        """Return the date. Raises ValidationError."""
        day = day_from(data)
        if day is None:
            self.fail("invalid")
        return day

    def to_representation(self, value: dt.date) -> str:
        """Return the day as text."""
        return value.isoformat()


@extend_schema_field({"type": "string", "pattern": "^[0-9]{2}:[0-9]{2}(:[0-9]{2})?$", "example": "08:30"})
class Clock(serializers.Field[dt.time, Any, str, Any]):
    """A time on the wall as `08:30` or `08:30:15`."""

    default_error_messages = {"invalid": "A time is needed, such as 08:30."}

    def to_internal_value(self, data: Any) -> dt.time:
        """Return the time. Raises ValidationError."""
        if not isinstance(data, str) or not _TIME.fullmatch(data):
            self.fail("invalid")
        try:
            return dt.time.fromisoformat(data)
        except ValueError:
            self.fail("invalid")

    def to_representation(self, value: dt.time) -> str:
        """Return the time as text."""
        return time_text(value)


@extend_schema_field(OpenApiTypes.UUID)
class Key(serializers.Field[UUID, Any, str, Any]):
    """A UUID with its hyphens."""

    default_error_messages = {"invalid": "A UUID is needed."}

    def to_internal_value(self, data: Any) -> UUID:
        """Return the UUID. Raises ValidationError."""
        key = uuid_from(data)
        if key is None:
            self.fail("invalid")
        return key

    def to_representation(self, value: UUID) -> str:
        """Return the UUID as text."""
        return str(value)


class StrictSerializer(serializers.Serializer[Any]):
    """A body whose keys are all known; `null_is_absent` drops nulls, except where a field allows them."""

    null_is_absent = False

    def to_internal_value(self, data: Any) -> dict[str, Any]:
        """Return the checked values. Raises ValidationError."""
        if not isinstance(data, Mapping):
            raise serializers.ValidationError({"non_field_errors": ["An object is needed."]})
        if unknown := sorted(set(data) - set(self.fields)):
            raise serializers.ValidationError({key: ["There is no such field."] for key in unknown})
        if self.null_is_absent:
            data = {
                key: value for key, value in data.items() if value is not None or self.fields[key].allow_null
            }
        values: dict[str, Any] = super().to_internal_value(data)
        return values


def time_text(at: dt.time) -> str:
    """Return `08:30`, with the seconds where there are some."""
    return at.isoformat("seconds" if at.second else "minutes")
