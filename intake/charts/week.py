"""PURE: the chart of a week: seven bars on the band, and the strip of added magnesium below."""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TypeVar

from intake.charts.scale import PLAIN_AXIS_UG, Scale, added_number, text
from intake.domain.band import Band, Standing
from intake.domain.day import DayTotal
from intake.domain.figures import number, total_number
from intake.domain.week import NOT_TRACKED, PARTIAL, WeekDay, WeekMean

PLOT_PHONE_PX = 200
PLOT_WIDE_PX = 296
LABEL_PX = 17
CAP_PX = 13
VALUE_PX = 6
SLOT_SHORT_PX = 8
HEADROOM = 1.08
STRIP_ROOM = 8 / 7
STRIP_LEAST_UG = 100_000
STRIP_ZERO_PERCENT = 60  # a ceiling drawn lower than this takes the place of the 0
LONG_CHARS = 6  # more do not fit over a column of the narrowest plot
RAISED_PX = 14

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A kind's part of a day's bar."""

    kind: str
    y: str
    height: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DayBar:
    """A day's column, its middle at x.

    `state` is "counted", "partial", "not tracked", "no value" (entries, none with a value) or "not logged".
    `word` stands under the day (`word_phone` where it is narrow, "" beside a glyph). `value` is "" where
    nothing is known, and stands at `top` moved by `value_dy_px`. `crossed` says that the mean line runs over
    the bar, `cap` that a hatched cap of 13 px stands on it, `slot` that an empty outline stands for it from
    `slot_y`, moved by `slot_dy_px`, to the base line. `added*` are the same in the strip below: a bar, and
    its number moved by `added_dy_px`, a dash without entries, a ? for what has no value.
    """

    day: dt.date
    x: str
    weekday: str
    date: str
    state: str
    segments: tuple[Segment, ...]
    top: str
    value: str
    value_dy_px: int
    cap: bool
    unknown: int
    crossed: bool
    slot: bool
    slot_y: str
    slot_dy_px: int
    standing: Standing | None
    word: str
    word_phone: str
    added_y: str
    added_height: str
    added: str
    added_dy_px: int
    added_over: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """The band over a run of days: from x over width, high edge at y, low edge at `low_y`."""

    x: str
    width: str
    y: str
    height: str
    low_y: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CeilingLine:
    """The ceiling over a run of days in the strip."""

    x: str
    width: str
    y: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GutterLabel:
    """A label right of the plot: "high", "mean" or "low"; the dy keep it 17 px from the next one."""

    name: str
    number: str
    y: str
    dy_phone_px: str
    dy_wide_px: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekChart:
    """Seven bars on the band and the strip of added magnesium below; labels are the last day's."""

    bars: tuple[DayBar, ...]
    fields: tuple[Field, ...]
    labels: tuple[GutterLabel, ...]
    zero: bool  # whether there is room for the 0 at the base line
    mean_y: str | None
    ceilings: tuple[CeilingLine, ...]
    ceiling_y: str | None
    ceiling: str
    strip_zero: bool  # whether there is room for the 0 of the strip
    strip_tall: bool  # whether numbers of the strip are raised, and need room above it


def week_chart(days: Sequence[WeekDay], mean: WeekMean) -> WeekChart:
    """Return the chart of a week's days, in order; a changed band or ceiling is drawn for its own days."""
    bands = [day.aim.band.high_ug for day in days if day.aim.band is not None] or [PLAIN_AXIS_UG]
    scale = Scale(max(*bands, *(_known(day) for day in days)) * HEADROOM)
    ceilings = [day.aim.ceiling_ug for day in days if day.aim.ceiling_ug is not None] or [STRIP_LEAST_UG]
    strip = Scale(max(*ceilings, *(_added(day) for day in days)) * STRIP_ROOM)
    labels = _gutter(days[-1].aim.band, mean, scale)
    last_ceiling_ug = days[-1].aim.ceiling_ug
    bars = [_bar(day, (n + 0.5) * 100 / len(days), mean, scale, strip) for n, day in enumerate(days)]
    bars = list(_staggered(bars))
    ceiling_y = None if last_ceiling_ug is None else _down(last_ceiling_ug, strip)
    return WeekChart(
        bars=tuple(bars),
        fields=tuple(
            _field(band, start, length, len(days), scale)
            for band, start, length in _runs(days, lambda day: day.aim.band)
        ),
        labels=labels,
        zero=all(_foot_px(label) <= PLOT_PHONE_PX - LABEL_PX for label in labels),
        mean_y=None if mean.mean_ug is None else _down(mean.mean_ug, scale),
        ceilings=tuple(
            CeilingLine(
                x=text(start * 100 / len(days)),
                width=text(length * 100 / len(days)),
                y=_down(ceiling_ug, strip),
            )
            for ceiling_ug, start, length in _runs(days, lambda day: day.aim.ceiling_ug)
        ),
        ceiling_y=ceiling_y,
        ceiling="" if last_ceiling_ug is None else number(last_ceiling_ug, 3),
        strip_tall=any(bar.added_dy_px < -VALUE_PX for bar in bars),
        strip_zero=ceiling_y is None or float(ceiling_y) <= STRIP_ZERO_PERCENT,
    )


def _staggered(bars: Sequence[DayBar]) -> Iterator[DayBar]:
    """Give the bars, with the numbers of every second one raised where a number is wider than its column."""
    for n, bar in enumerate(bars):
        near = bars[max(n - 1, 0) : n + 2]
        value_px = RAISED_PX if n % 2 and max(len(other.value) for other in near) > LONG_CHARS else 0
        added_px = RAISED_PX if n % 2 and max(len(other.added) for other in near) > LONG_CHARS else 0
        yield replace(bar, value_dy_px=bar.value_dy_px - value_px, added_dy_px=bar.added_dy_px - added_px)


_T = TypeVar("_T")


def _runs(days: Sequence[WeekDay], key: Callable[[WeekDay], _T | None]) -> list[tuple[_T, int, int]]:
    """Return (value, first day's index, days) for each run of days with one value; None is left out."""
    runs, start = [], 0
    for value, run in groupby(days, key):
        length = len(list(run))
        if value is not None:
            runs.append((value, start, length))
        start += length
    return runs


def _known(day: WeekDay) -> int:
    return 0 if day.total is None else day.total.total_ug or 0


def _added(day: WeekDay) -> int:
    return 0 if day.total is None else day.total.added_ug


def _down(ug: float, scale: Scale) -> str:
    """Return how far down a plot a value stands."""
    return text(100 - scale.percent(ug))


def _field(band: Band, start: int, length: int, of: int, scale: Scale) -> Field:
    return Field(
        x=text(start * 100 / of),
        width=text(length * 100 / of),
        y=_down(band.high_ug, scale),
        height=text(scale.percent(band.high_ug) - scale.percent(band.low_ug)),
        low_y=_down(band.low_ug, scale),
    )


def _bar(day: WeekDay, x: float, mean: WeekMean, scale: Scale, strip: Scale) -> DayBar:
    total, band = day.total or DayTotal(), day.aim.band
    known_ug, ceiling_ug = total.total_ug, day.aim.ceiling_ug
    top = _down(known_ug or 0, scale)
    state, word, word_phone = _state(day)
    cap = total.unknown > 0
    return DayBar(
        day=day.day,
        x=text(x),
        weekday=WEEKDAYS[day.day.weekday()],
        date=str(day.day.day),
        state=state,
        segments=_segments(total, scale),
        top=top,
        value="" if known_ug is None else total_number(known_ug, band),
        value_dy_px=-(VALUE_PX + CAP_PX) if cap else -VALUE_PX,
        cap=cap,
        unknown=total.unknown,
        crossed=mean.mean_ug is not None and 0 < mean.mean_ug < (known_ug or 0),
        slot=day.total is None,
        slot_y="50" if band is None else _down(band.low_ug, scale),
        slot_dy_px=0 if band is None else SLOT_SHORT_PX,
        standing=day.standing if state == "counted" else None,
        word=word,
        word_phone=word_phone,
        added_y=_down(total.added_ug, strip),
        added_height=text(strip.percent(total.added_ug)),
        added=_added_text(day, ceiling_ug),
        added_dy_px=-VALUE_PX,
        added_over=day.over_ceiling,
    )


def _added_text(day: WeekDay, ceiling_ug: int | None) -> str:
    """Return the number under or on a day's bar: "100", "100+?" with more that has no value, "?", a dash."""
    if day.total is None:
        return "–"
    if not day.total.unknown_added:
        return added_number(day.total.added_ug, ceiling_ug)
    return f"{added_number(day.total.added_ug, ceiling_ug)}+?" if day.total.added_ug else "?"


def _state(day: WeekDay) -> tuple[str, str, str]:
    """Return a day's state, and the word under it on a wide screen and on a phone."""
    if day.mark == NOT_TRACKED:
        return "not tracked", "not tracked", "off"
    if day.total is None:
        return "not logged", "not logged", "none"
    if day.mark == PARTIAL:
        return "partial", "partial", "partial"
    if day.total.total_ug is None:
        return "no value", "no value", "open"
    return "counted", "" if day.standing is None else day.standing.value, ""


def _segments(total: DayTotal, scale: Scale) -> tuple[Segment, ...]:
    segments, foot = [], 0
    for kind, ug in (("food", total.food_ug), ("water", total.water_ug), ("added", total.added_ug)):
        if ug > 0:
            height = scale.percent(foot + ug) - scale.percent(foot)
            segments.append(Segment(kind=kind, y=_down(foot + ug, scale), height=text(height)))
        foot += ug
    return tuple(segments)


def _gutter(band: Band | None, mean: WeekMean, scale: Scale) -> tuple[GutterLabel, ...]:
    """Return the labels from top to bottom; where they are too near, the mean stays and the edges move."""
    values = [] if band is None else [("high", band.high_ug), ("low", band.low_ug)]
    if mean.mean_ug is not None:
        values.insert(1, ("mean", mean.mean_ug))
    values.sort(key=lambda item: -item[1])
    names = [name for name, _ in values]
    fixed = next((names.index(name) for name in ("mean", "low") if name in names), 0)
    tops = [100 - scale.percent(ug) for _, ug in values]
    phone, wide = (_spread([top * px / 100 for top in tops], fixed) for px in (PLOT_PHONE_PX, PLOT_WIDE_PX))
    return tuple(
        GutterLabel(
            name=name,
            number=number(ug, 0 if name == "mean" else 3),
            y=text(top),
            dy_phone_px=text(dy_phone),
            dy_wide_px=text(dy_wide),
        )
        for (name, ug), top, dy_phone, dy_wide in zip(values, tops, phone, wide, strict=True)
    )


def _spread(tops_px: Sequence[float], fixed: int) -> list[float]:
    """Return how far to move each label, sorted downwards, so that all stand apart and `fixed` stays."""
    placed = list(tops_px)
    for n in range(fixed - 1, -1, -1):
        placed[n] = min(placed[n], placed[n + 1] - LABEL_PX)
    for n in range(fixed + 1, len(placed)):
        placed[n] = max(placed[n], placed[n - 1] + LABEL_PX)
    return [new - old for new, old in zip(placed, tops_px, strict=True)]


def _foot_px(label: GutterLabel) -> float:
    """Return where a label stands in the smaller plot."""
    return float(label.y) * PLOT_PHONE_PX / 100 + float(label.dy_phone_px)
