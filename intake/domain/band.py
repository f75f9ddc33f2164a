"""PURE: the band of a day's total, and where a total stands to it."""

from dataclasses import dataclass
from enum import StrEnum


class Standing(StrEnum):
    """Where a day's total stands; both edges are within."""

    BELOW = "below"
    WITHIN = "within"
    ABOVE = "above"


class Zone(StrEnum):
    """The five zones of the drawing, in order; the outer two are a convention of the picture."""

    WELL_BELOW = "well below"
    BELOW = "below"
    WITHIN = "within"
    ABOVE = "above"
    WELL_ABOVE = "well above"


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """A daily aim for total magnesium in µg, both edges included. Raises ValueError if out of order."""

    low_ug: int
    high_ug: int

    def __post_init__(self) -> None:
        if not 0 < self.low_ug <= self.high_ug:
            raise ValueError(f"band out of order: {self.low_ug}..{self.high_ug} µg")

    def standing(self, total_ug: int) -> Standing:
        """Say where a day's total, in µg, stands."""
        if total_ug < self.low_ug:
            return Standing.BELOW
        return Standing.WITHIN if total_ug <= self.high_ug else Standing.ABOVE

    def zone(self, total_ug: int) -> Zone:
        """Say in which zone a total, in µg, lies: well below is under 2/3 low, well above over 4/3 high."""
        if 3 * total_ug < 2 * self.low_ug:
            return Zone.WELL_BELOW
        if 3 * total_ug > 4 * self.high_ug:
            return Zone.WELL_ABOVE
        return Zone(self.standing(total_ug))
