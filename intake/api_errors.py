"""Every refusal of the REST interface as one answer: a `detail`, or messages by field."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS
from django.core.exceptions import ValidationError as ModelError
from django.db import DataError, IntegrityError
from django.http import Http404
from rest_framework.response import Response
from rest_framework.views import exception_handler as default_handler

from intake.errors import Gone, IdTaken, NotThere, Stale

NOT_THERE = "Not found."

# What the tables call it, and what the interface does.
_FIELDS = {
    "at": "time",
    "quantity_milli": "quantity",
    "weight_mg": "weight_g",
    "magnesium_ug": "magnesium_mg",
    "magnesium_ug_per_serving": "magnesium_mg_per_serving",
    "low_ug": "band",
    "high_ug": "band",
    "ceiling_ug": "ceiling_mg",
}


class StaleAnswer(Exception):
    """A change that came too late, as both sides see it: `yours` and `current` are ready to be shown."""

    def __init__(self, yours: dict[str, Any], current: dict[str, Any]) -> None:
        super().__init__("changed since it was read")
        self.body = {"detail": "This was changed since you read it.", "yours": yours, "current": current}


def exception_handler(error: Exception, context: dict[str, Any]) -> Response | None:
    """Return the answer to what a view raised; None (a 500) for what nobody foresaw."""
    for kind, answer in _ANSWERS.items():
        if isinstance(error, kind):
            return answer(error)
    response = default_handler(error, context)
    if response is not None and isinstance(response.data, dict):
        response.data = without_field(response.data)
    return response


def without_field(data: dict[str, Any]) -> dict[str, Any]:
    """Put messages that belong to no field under `detail`, as one text."""
    if (messages := data.pop("non_field_errors", None)) is not None:
        data["detail"] = " ".join(str(message) for message in messages)
    return data


def _not_there(error: Exception) -> Response:
    return Response({"detail": NOT_THERE}, status=404)


def _invalid(error: Any) -> Response:
    if not hasattr(error, "error_dict"):
        return Response({"detail": " ".join(error.messages)}, status=400)
    data: dict[str, Any] = {}
    for field, messages in error.message_dict.items():
        name = "non_field_errors" if field == NON_FIELD_ERRORS else _FIELDS.get(field, field)
        data.setdefault(name, []).extend(messages)
    return Response(without_field(data), status=400)


def _taken(error: Exception) -> Response:
    return Response({"detail": "This id stands for something else already."}, status=422)


def _gone(error: Exception) -> Response:
    return Response({"detail": "The entry of this id was deleted."}, status=410)


def _stale(error: Any) -> Response:
    return Response(error.body, status=409)


def _conflict(error: Exception) -> Response:
    return Response({"detail": "This was changed since you read it."}, status=409)


def _together(error: Exception) -> Response:
    return Response({"detail": "The same was changed at this very moment. Please try again."}, status=409)


def _out_of_range(error: Exception) -> Response:
    return Response({"detail": "A value is out of range."}, status=400)


_ANSWERS: dict[type[Exception], Callable[[Any], Response]] = {
    NotThere: _not_there,
    Http404: _not_there,
    ModelError: _invalid,
    IdTaken: _taken,
    Gone: _gone,
    StaleAnswer: _stale,
    Stale: _conflict,
    IntegrityError: _together,
    DataError: _out_of_range,
    OverflowError: _out_of_range,
}
