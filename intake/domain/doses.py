"""PURE: how a day's supplements and medicines came: over how many intakes, and how much at once."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Intakes:
    """A day's added magnesium by the times it was taken at.

    `largest_ug` is the most at one time, of what is known. `count` is None where it cannot be told: an entry
    without a time or a value may be one intake or several.
    """

    count: int | None = 0
    largest_ug: int = 0


def intakes_of(items: Iterable[tuple[dt.time | None, int | None]]) -> Intakes:
    """Return the intakes of entries given as (time, µg): what has the same time is one intake."""
    at_once: dict[dt.time, int] = {}
    alone, clear = [0], True
    for at, magnesium_ug in items:
        clear = clear and at is not None and magnesium_ug is not None
        if at is None:
            alone.append(magnesium_ug or 0)
        else:
            at_once[at] = at_once.get(at, 0) + (magnesium_ug or 0)
    return Intakes(count=len(at_once) if clear else None, largest_ug=max((*alone, *at_once.values())))
