"""One reading of JSON: what could be read in two ways is refused."""

import json
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import IO, Any

from rest_framework.exceptions import ParseError
from rest_framework.parsers import BaseParser

MAX_BYTES = 1_000_000
MAX_PASSED_OVER = 32_000_000
_CHUNK = 64 * 1024
_MAX_DIGITS = 400
_MAX_KEY = 64


class StrictJSONParser(BaseParser):
    """One JSON object in UTF-8, of at most `MAX_BYTES`; a byte order mark is passed over.

    Refused with 400: a key that is there twice, NaN and Infinity, nesting without end, anything but an
    object at the top. Numbers with a point or an exponent come as Decimal, so none becomes infinite.
    """

    media_type = "application/json"

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> dict[str, Any]:
        """Return the object. Raises ParseError."""
        raw = stream.read(MAX_BYTES + 1)
        if len(raw) > MAX_BYTES:
            _pass_over(stream)
            raise ParseError("The body is larger than 1 MB.")
        try:
            body = json.loads(
                raw.decode("utf-8-sig"),
                object_pairs_hook=_once,
                parse_constant=_no_constant,
                parse_float=_decimal,
                parse_int=_integer,
            )
        except RecursionError as error:
            raise ParseError("The body is nested too deep.") from error
        except UnicodeDecodeError as error:
            raise ParseError("The body is not UTF-8.") from error
        except ValueError as error:
            raise ParseError(f"The body is not JSON: {error}") from error
        if not isinstance(body, dict):
            raise ParseError("The body is not a JSON object.")
        return body


def _pass_over(stream: IO[Any]) -> None:
    """Read the rest unseen, within reason: a client that is still sending does not hear an answer."""
    passed = 0
    while passed < MAX_PASSED_OVER and (chunk := stream.read(_CHUNK)):
        passed += len(chunk)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    body = dict(pairs)
    if len(body) != len(pairs):
        raise ValueError("a key is there twice.")
    if not all(key.isprintable() and len(key) <= _MAX_KEY for key in body):
        raise ValueError("a key is too long or cannot be shown.")
    return body


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is not a number.")


def _integer(text: str) -> int:
    if len(text) > _MAX_DIGITS:
        raise ValueError("a number is too long.")
    return int(text)


def _decimal(text: str) -> Decimal:
    if len(text) > _MAX_DIGITS:
        raise ValueError("a number is too long.")
    try:
        value = Decimal(text)
    except InvalidOperation as error:
        raise ValueError("a number is out of range.") from error
    if not value.is_finite():
        raise ValueError("a number is out of range.")
    return value
