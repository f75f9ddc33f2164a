"""Steps that several services share: batches, and texts that may be kept."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

from django.core.exceptions import ValidationError

from foods.text import clean_text

T = TypeVar("T")
BATCH = 1000
LIMITS = {"name": 200, "brand": 120, "category": 120}  # of a food's texts


def batches(items: Iterable[T], size: int = BATCH) -> Iterator[list[T]]:
    """Yield lists of at most `size` items."""
    rest = iter(items)
    while batch := [*islice(rest, size)]:
        yield batch


def signed(author: str, reason: str) -> tuple[str, str]:
    """Return who and why as they stand in a history. Raises ValidationError as `needed_text`."""
    return needed_text("author", author, 254), needed_text("reason", reason, 500)


def food_text(field: str, value: str) -> str:
    """Return a food's name, brand or category as it is kept; a name is needed. Raises ValidationError."""
    return (needed_text if field == "name" else any_text)(field, value, LIMITS[field])


def needed_text(field: str, value: str, limit: int) -> str:
    """Return the cleaned text. Raises ValidationError if it is empty, too long or cannot be shown."""
    if text := any_text(field, value, limit):
        return text
    raise ValidationError({field: "This is needed."})


def any_text(field: str, value: str, limit: int) -> str:
    """Return the cleaned text, which may be empty. Raises ValidationError if too long or cannot be shown."""
    try:
        text = clean_text(value)
    except ValueError as problem:
        raise ValidationError({field: str(problem)}) from problem
    if len(text) > limit:
        raise ValidationError({field: f"At most {limit} characters."})
    return text
