"""PURE: the gauge of a day: the bar, the U behind it, the zones and the lane of added magnesium."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from intake.charts.scale import PLAIN_AXIS_UG, Scale, added_number, text
from intake.domain.aim import Aim
from intake.domain.band import Band, Standing, Zone
from intake.domain.day import DayTotal
from intake.domain.figures import number, total_number

PHONE_PX = 358  # the narrowest drawing whose words are planned: 390 less two gutters of 16
WIDE_PX = 640
CHAR_PX = 6.8  # a character of 0.8 rem, on the wide side
GAP_PX = 6
TOLERANCE_PX = 3  # how far a word may stick out of the drawing
ZERO_PX = 40  # the room the 0 at the left end needs

HATCH_ITEM_PX = 10
HATCH_MOST_PX = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Fill:
    """A part of the bar: its kind, where it starts, how wide it is, and its mg."""

    kind: str
    x: str
    width: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Hatch:
    """What has no value: not to scale. It starts at x and is moved left by -dx_px where the bar ends."""

    x: str
    dx_px: int
    width_px: int
    items: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ZoneField:
    """A zone of the bar and its word; a word that has no room at a width is not `fits` there."""

    zone: Zone
    x: str
    width: str
    label_x: str
    anchor: str
    current: bool
    fits_phone: bool
    fits_wide: bool

    @property
    def word(self) -> str:
        """The zone in words."""
        return self.zone.value

    @property
    def css(self) -> str:
        """The zone as a class name: "well-below"."""
        return self.zone.value.replace(" ", "-")


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """An edge of the band and its number, moved by px where both stand close."""

    x: str
    label: str
    anchor: str
    dx_px: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """Where a label stands: x, px to add to it, and the text-anchor."""

    x: str
    dx_px: int
    anchor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EarMark:
    """The dashed EAR tick; a label is None where it has no room."""

    x: str
    label: str
    phone: Label | None
    wide: Label | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Dot:
    """The day's total on the curve, y in percent of the U.

    `past` says that the total lies beyond the axis and `label` is to be written beside it with an arrow.
    """

    x: str
    y: str
    past: bool
    label: str
    standing: Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """The U in a viewBox of 0 0 100 100 without aspect ratio: the line, and the banks below it."""

    path: str
    bank_below: str
    bank_above: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """Added magnesium against its ceiling, on an axis of its own to 1.25 x the ceiling.

    `left` is the mg to the ceiling, None above it and where `unknown` supplements or medicines have no value;
    `past` says that the fill was cut at the end of the axis.
    """

    fill_width: str
    tick_x: str
    added: str
    ceiling: str
    left: str | None
    over: bool
    past: bool
    unknown: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Gauge:
    """A day's picture. Without a band: fills and hatch on a plain axis, no curve, zones, edges or dot."""

    axis: str
    fills: tuple[Fill, ...]
    keys: tuple[Fill, ...]  # the same with kinds of 0, for the key; none where no value is known
    hatch: Hatch | None
    curve: Curve | None
    zones: tuple[ZoneField, ...]
    zone: Zone | None
    low: Edge | None
    high: Edge | None
    zero: bool  # whether there is room for the 0 at the left end
    ear: EarMark | None
    dot: Dot | None
    lane: Lane | None


def gauge(total: DayTotal, aim: Aim) -> Gauge:
    """Return the picture of a day's total against its aim; the axis runs from 0 to low + high."""
    band, known_ug = aim.band, total.total_ug or 0
    axis_ug = max(PLAIN_AXIS_UG, known_ug * 1.1) if band is None else float(band.low_ug + band.high_ug)
    scale = Scale(axis_ug)
    zones = () if band is None else _zones(band, total.total_ug, scale)
    keys = _fills(total, scale)
    return Gauge(
        axis=number(round(axis_ug), 3),
        fills=tuple(fill for fill in keys if fill.width != "0"),
        keys=() if total.unknown and not total.known else keys,
        hatch=_hatch(total, scale),
        curve=None if band is None else _curve(band, scale),
        zones=zones,
        zone=None if band is None or total.total_ug is None else band.zone(total.total_ug),
        low=None if band is None else _edges(band, scale)[0],
        high=None if band is None else _edges(band, scale)[1],
        zero=band is None or scale.px(band.low_ug, PHONE_PX) >= ZERO_PX,
        ear=None if band is None or aim.ear_ug is None else _ear(aim.ear_ug, band, scale),
        dot=None if band is None or total.total_ug is None else _dot(total.total_ug, band, scale),
        lane=None if aim.ceiling_ug is None else _lane(total, aim.ceiling_ug),
    )


def _fills(total: DayTotal, scale: Scale) -> tuple[Fill, ...]:
    fills, start = [], 0
    for kind, ug in (("food", total.food_ug), ("water", total.water_ug), ("added", total.added_ug)):
        x = scale.percent(start)
        width = scale.percent(start + ug) - x
        fills.append(Fill(kind=kind, x=text(x), width=text(width), label=number(ug)))
        start += ug
    return tuple(fills)


def _hatch(total: DayTotal, scale: Scale) -> Hatch | None:
    if total.unknown == 0:
        return None
    width = min(HATCH_ITEM_PX * total.unknown, HATCH_MOST_PX)
    start = total.total_ug or 0
    over = scale.px(start, PHONE_PX) + width > PHONE_PX
    return Hatch(
        x=text(scale.percent(start)), dx_px=-width if over else 0, width_px=width, items=total.unknown
    )


def _curve(band: Band, scale: Scale) -> Curve:
    low, high = scale.percent(band.low_ug), scale.percent(band.high_ug)
    left, right = f"Q{text(low / 2)} 100 {text(low)} 100", f"Q{text((high + 100) / 2)} 100 100 0"
    return Curve(
        path=f"M0 0 {left} H{text(high)} {right}",
        bank_below=f"M0 0 {left} H0 Z",
        bank_above=f"M{text(high)} 100 {right} V100 Z",
    )


def _dot(total_ug: int, band: Band, scale: Scale) -> Dot:
    away = max(band.low_ug - total_ug, total_ug - band.high_ug, 0) / band.low_ug
    y = 1 - min(away, 1.0) ** 2
    return Dot(
        x=text(scale.percent(total_ug)),
        y=text(100 * y),
        past=total_ug > scale.end_ug,
        label=total_number(total_ug, band),
        standing=band.standing(total_ug),
    )


def _edges(band: Band, scale: Scale) -> tuple[Edge, Edge]:
    """Return both edges; numbers that would touch each other or an end of the drawing turn away from it."""
    low, high = number(band.low_ug, 3), number(band.high_ug, 3)
    low_px, high_px = scale.px(band.low_ug, PHONE_PX), scale.px(band.high_ug, PHONE_PX)
    low_anchor = high_anchor = "middle"
    apart = 0
    if high_px - low_px < (len(low) + len(high)) * CHAR_PX / 2 + GAP_PX:
        low_anchor, high_anchor = "end", "start"
        apart = GAP_PX // 2
    elif (
        low_px < max(len(low), len(high)) * CHAR_PX / 2
    ):  # both lie as far from their end: low + high is the axis
        low_anchor, high_anchor = "start", "end"
    return (
        Edge(x=text(scale.percent(band.low_ug)), label=low, anchor=low_anchor, dx_px=-apart),
        Edge(x=text(scale.percent(band.high_ug)), label=high, anchor=high_anchor, dx_px=apart),
    )


def _ear(ear_ug: int, band: Band, scale: Scale) -> EarMark | None:
    if ear_ug >= scale.end_ug:
        return None
    label = f"EAR {number(ear_ug, 3)}"
    return EarMark(
        x=text(scale.percent(ear_ug)),
        label=label,
        phone=_ear_label(label, ear_ug, band, scale, PHONE_PX),
        wide=_ear_label(label, ear_ug, band, scale, WIDE_PX),
    )


def _ear_label(label: str, ear_ug: int, band: Band, scale: Scale, width_px: int) -> Label | None:
    """Return the label's place: under its tick, else left of the low number, else nowhere."""
    at, low, high = (scale.px(ug, width_px) for ug in (ear_ug, band.low_ug, band.high_ug))
    half = len(label) * CHAR_PX / 2
    edge_half = max(len(number(band.low_ug, 3)), len(number(band.high_ug, 3))) * CHAR_PX / 2 + GAP_PX
    if min(abs(at - low), abs(at - high)) >= half + edge_half and half + 2 * GAP_PX <= at <= width_px - half:
        return Label(x=text(scale.percent(ear_ug)), dx_px=0, anchor="middle")
    if ear_ug <= band.low_ug and low >= 2 * half + edge_half + 2 * GAP_PX:
        return Label(x=text(scale.percent(band.low_ug)), dx_px=-round(edge_half), anchor="end")
    return None


def _zones(band: Band, total_ug: int | None, scale: Scale) -> tuple[ZoneField, ...]:
    """Return the zones in order; one past the end of the axis is left out unless the total stands in it."""
    current = None if total_ug is None else band.zone(total_ug)
    stops = (0.0, band.low_ug * 2 / 3, band.low_ug, band.high_ug, band.high_ug * 4 / 3, scale.end_ug)
    spans = [
        (zone, scale.percent(start), scale.percent(end))
        for zone, (start, end) in zip(Zone, pairwise(stops), strict=True)
        if start < scale.end_ug or zone == current
    ]
    phone, wide = (_words_that_fit(spans, current, width) for width in (PHONE_PX, WIDE_PX))
    return tuple(
        ZoneField(
            zone=zone,
            x=text(start),
            width=text(end - start),
            label_x=text(_word_at(zone, start, end)[0]),
            anchor=_word_at(zone, start, end)[1],
            current=zone == current,
            fits_phone=zone in phone,
            fits_wide=zone in wide,
        )
        for zone, start, end in spans
    )


def _word_at(zone: Zone, start: float, end: float) -> tuple[float, str]:
    """Return x and text-anchor of a zone's word: its middle, or an end where it would stick out."""
    middle = (start + end) / 2
    half = 100 * (len(zone) * CHAR_PX / 2 - TOLERANCE_PX) / PHONE_PX
    if middle < half:
        return 0.0, "start"
    return (100.0, "end") if middle > 100 - half else (middle, "middle")


_SHIFT = {"start": 0.0, "middle": 0.5, "end": 1.0}
_WORD_ORDER = (Zone.WITHIN, Zone.BELOW, Zone.ABOVE, Zone.WELL_BELOW, Zone.WELL_ABOVE)


def _words_that_fit(
    spans: Sequence[tuple[Zone, float, float]], current: Zone | None, width_px: int
) -> frozenset[Zone]:
    """Return the zones whose words stand free: the current one always, then from the band outwards."""
    places: dict[Zone, tuple[float, float]] = {}
    for zone, start, end in spans:
        x, anchor = _word_at(zone, start, end)
        left = x * width_px / 100 - _SHIFT[anchor] * len(zone) * CHAR_PX
        places[zone] = (left, left + len(zone) * CHAR_PX)
    fitting: list[Zone] = []
    for zone in sorted(places, key=lambda zone: (zone != current, _WORD_ORDER.index(zone))):
        left, right = places[zone]
        if all(right + GAP_PX <= places[other][0] or left >= places[other][1] + GAP_PX for other in fitting):
            fitting.append(zone)
    return frozenset(fitting)


def _lane(total: DayTotal, ceiling_ug: int) -> Lane:
    added_ug, scale = total.added_ug, Scale(ceiling_ug * 1.25)
    over = added_ug > ceiling_ug
    return Lane(
        fill_width=text(scale.percent(added_ug)),
        tick_x=text(scale.percent(ceiling_ug)),
        added=added_number(added_ug, ceiling_ug),
        ceiling=number(ceiling_ug, 3),
        left=None if over or total.unknown_added else number(ceiling_ug - added_ug),
        over=over,
        past=added_ug > scale.end_ug,
        unknown=total.unknown_added,
    )
