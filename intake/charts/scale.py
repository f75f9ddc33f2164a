"""PURE: what both charts share: a linear axis, coordinates as text, the position glyph."""

from dataclasses import dataclass

from intake.domain.figures import number, number_beside

PLAIN_AXIS_UG = 500_000  # the least axis where no band is held


@dataclass(frozen=True, slots=True)
class Scale:
    """A linear axis from 0 to `end_ug`; what lies past it stands at its end."""

    end_ug: float

    def percent(self, ug: float) -> float:
        """Return where a value stands, 0 to 100."""
        return min(max(100 * ug / self.end_ug, 0.0), 100.0)

    def px(self, ug: float, width_px: int) -> float:
        """Return where a value stands in a drawing of a width."""
        return self.percent(ug) * width_px / 100


def text(value: float) -> str:
    """Return a coordinate as text: two decimals at most, never "-0"."""
    written = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if written == "-0" else written


def added_number(added_ug: int, ceiling_ug: int | None) -> str:
    """Return added mg as text; above the ceiling it never reads as if it stood on it."""
    if ceiling_ug is None or added_ug <= ceiling_ug:
        return number(added_ug)
    return number_beside(added_ug, ceiling_ug)
