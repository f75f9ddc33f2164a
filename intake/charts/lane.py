"""PURE: the lane of a day: its doses along the hours, and what each listed medicine keeps free of them."""

import datetime as dt
from dataclasses import dataclass
from itertools import pairwise
from zoneinfo import ZoneInfo

from intake.charts.scale import text
from intake.domain.figures import number
from intake.domain.schedule import moment_of
from intake.domain.spacing import DayLane, Span
from intake.domain.timing_notes import on_the_wall

HOURS = (0, 6, 12, 18)
LEAST_PX, MOST_PX, UNKNOWN_PX = 6, 40, 16  # the bars
PLAIN_UG = 100_000  # a day of small doses is not drawn tall
NAMED_APART = 10.0  # percent of the width a figure needs to itself


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """An hour on the axis."""

    x: str
    label: str
    anchor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """What was taken at one time; `label` is "" where there is no room, `y_px` its top over the base line.

    `near` says that it stands in a gap, `unknown` that a value is not known.
    """

    x: str
    y_px: int
    height_px: int
    label: str
    anchor: str
    words: str
    near: bool
    unknown: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """A part of the day that is kept free, and where in it the medicine stands; None if on the day beside."""

    x: str
    width: str
    taken_x: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Track:
    """A medicine: its name and times, its gaps in words and along the day.

    Without a gap that would do the whole day is marked and `whole` is set.
    """

    name: str
    words: str
    gaps: tuple[Gap, ...]
    whole: bool
    near: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LaneChart:
    """The lane as coordinates: x in percent of the day's length, whatever number of hours it has."""

    base_px: int
    ticks: tuple[Tick, ...]
    bars: tuple[Bar, ...]
    tracks: tuple[Track, ...]
    clashes: int


def lane_chart(lane: DayLane | None) -> LaneChart | None:
    """Return the picture of a lane; None without one."""
    if lane is None:
        return None
    return LaneChart(
        base_px=MOST_PX,
        ticks=tuple(_ticks(lane)),
        bars=_bars(lane),
        tracks=(*_tracks(lane), *_whole(lane)),
        clashes=len(lane.clashes),
    )


def _percent(moment: dt.datetime, lane: DayLane) -> float:
    return 100 * (moment - lane.start) / (lane.end - lane.start)


def _ticks(lane: DayLane) -> list[Tick]:
    starts_at = lane.start.astimezone(ZoneInfo(lane.tz)).time()
    found = {moment_of(lane.day, dt.time(hour), lane.tz, starts_at): f"{hour:02}" for hour in HOURS}
    at = sorted((_percent(moment, lane), label) for moment, label in found.items())
    ticks = [Tick(x=text(x), label=label, anchor="start" if x == 0 else "middle") for x, label in at]
    if at[0][0] == 0:
        ticks.append(Tick(x="100", label="24", anchor="end"))
    return ticks


def _bars(lane: DayLane) -> tuple[Bar, ...]:
    at_once: dict[dt.datetime, list[int | None]] = {}
    for moment, dose in lane.timed:
        at_once.setdefault(moment, []).append(dose.magnesium_ug)
    sums = {moment: sum(ug or 0 for ug in doses) for moment, doses in at_once.items()}
    most_ug = max([PLAIN_UG, *sums.values()])
    near = {clash.at for clash in lane.clashes}
    heights = {
        moment: max(round(MOST_PX * total_ug / most_ug), UNKNOWN_PX if None in at_once[moment] else LEAST_PX)
        for moment, total_ug in sums.items()
    }
    named = _named({moment: _percent(moment, lane) for moment in sums}, heights)
    bars = []
    for moment, total_ug in sums.items():
        unknown = None in at_once[moment]
        amount = "open" if unknown and not total_ug else f"{number(total_ug)}{' +' if unknown else ''}"
        x = _percent(moment, lane)
        bars.append(
            Bar(
                x=text(x),
                y_px=MOST_PX - heights[moment],
                height_px=heights[moment],
                label=amount if moment in named else "",
                anchor="start" if x < NAMED_APART / 2 else "end" if x > 100 - NAMED_APART / 2 else "middle",
                words=f"{'no value' if amount == 'open' else f'{amount} mg'} at {on_the_wall(moment, lane)}",
                near=moment in near,
                unknown=unknown,
            )
        )
    return tuple(bars)


def _named(places: dict[dt.datetime, float], heights: dict[dt.datetime, int]) -> set[dt.datetime]:
    """Return the bars whose figure stands free: of bars that stand close the tallest, which none hides."""
    named: set[dt.datetime] = set()
    for moment, x in sorted(places.items(), key=lambda place: (-heights[place[0]], place[1])):
        if all(abs(x - places[other]) >= NAMED_APART for other in named):
            named.add(moment)
    return named


def _tracks(lane: DayLane) -> list[Track]:
    by_rule: dict[str, list[Span]] = {}
    for span in lane.spans:
        by_rule.setdefault(span.taking.rule.slug, []).append(span)
    near = {clash.taking.rule.slug for clash in lane.clashes}
    return [
        Track(
            name=f"{spans[0].taking.rule.name}, {_times(spans, lane)}",
            words=_gap_words(spans, lane),
            gaps=tuple(_gap(span, lane) for span in spans),
            whole=False,
            near=slug in near,
        )
        for slug, spans in by_rule.items()
    ]


def _times(spans: list[Span], lane: DayLane) -> str:
    return ", ".join(on_the_wall(span.taking.at, lane) for span in spans)


def _gap_words(spans: list[Span], lane: DayLane) -> str:
    """Say from when to when, gaps that meet as one."""
    joined = [[spans[0].taking.starts, spans[0].taking.ends]]
    for _, span in pairwise(spans):
        if span.taking.starts <= joined[-1][1]:
            joined[-1][1] = max(joined[-1][1], span.taking.ends)
        else:
            joined.append([span.taking.starts, span.taking.ends])
    parts = [f"{on_the_wall(first, lane)} to {on_the_wall(last, lane)}" for first, last in joined]
    return f"gap {', '.join(parts)}"


def _gap(span: Span, lane: DayLane) -> Gap:
    start, end = _percent(span.start, lane), _percent(span.end, lane)
    at = span.taking.at
    return Gap(
        x=text(start),
        width=text(end - start),
        taken_x=text(_percent(at, lane)) if lane.start <= at < lane.end else None,
    )


def _whole(lane: DayLane) -> list[Track]:
    rules = dict.fromkeys(line.rule for line in lane.listed if line.rule.mode == "avoid")
    return [
        Track(
            name=rule.name,
            words="no gap is known to do",
            gaps=(Gap(x="0", width="100", taken_x=None),),
            whole=True,
            near=bool(lane.doses),
        )
        for rule in rules
    ]
