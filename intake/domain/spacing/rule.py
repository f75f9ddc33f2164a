"""PURE: which medicines added magnesium is kept apart from, by class: hours before, hours after, source.

`hours_before`: the medicine is taken at least so long before magnesium. `hours_after`: at least so long after
it. Where sources that name the class differ, the longest gap stands. None of this was written about food.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from intake.domain.references import Citation, Status

Mode = Literal["space", "avoid", "ask"]

REVIEWED_ON = dt.date(2026, 11, 22)
WINS = "Your prescriber’s or pharmacist’s instruction wins."


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A class of medicines and what its sources say of magnesium beside it.

    `name` begins a line, `called` stands inside a sentence. Hours are None but in the mode "space"; with
    `more_than` the gap itself is still too short. `sources` begin with that of the longest gap; `status` is
    how the least well checked of them was read.
    """

    slug: str
    name: str
    called: str
    examples: str
    mode: Mode
    said: str
    sources: tuple[Citation, ...]
    status: Status
    hours_before: int | None = None
    hours_after: int | None = None
    more_than: bool = False
    reviewed_on: dt.date = REVIEWED_ON

    @property
    def source(self) -> Citation:
        """The source of the longest gap."""
        return self.sources[0]

    @property
    def gap(self) -> str:
        """The gap in words: "4 hours before or after", "2 hours before or 6 hours after"; "" without one."""
        before, after = self.hours_before, self.hours_after
        if before is None or after is None:
            return ""
        more = "more than " if self.more_than else ""
        if before == after:
            return f"{more}{hours(before)} before or after magnesium"
        return f"{more}{hours(before)} before or {more}{hours(after)} after magnesium"


def hours(count: int) -> str:
    """Return "1 hour", "4 hours"."""
    return f"{count} hour{'' if count == 1 else 's'}"
