"""The lane as coordinates: hours, bars, gaps, on long and short days too."""

import datetime as dt

import pytest

from intake.charts import lane_chart
from intake.domain.schedule import moment_of
from intake.domain.spacing import Dose, Listed, day_lane, rule_of

SUNDAY = dt.date(2026, 11, 22)


def drawn(*doses, listed=(), day=SUNDAY, tz="UTC", starts_at=dt.time(0)):
    """Draw a day; a dose is (time, µg), a line (class, time)."""
    return lane_chart(
        day_lane(
            day,
            tz=tz,
            starts_at=starts_at,
            doses=[
                Dose(day=day, at=at and moment_of(day, at, tz, starts_at), label="x", magnesium_ug=ug)
                for at, ug in doses
            ],
            listed=[Listed(rule=rule_of(slug), at=at) for slug, at in listed],
        )
    )


def test_no_lane_is_no_picture():
    assert lane_chart(None) is None


def test_the_hours_stand_where_they_are():
    ticks = drawn().ticks

    assert [(tick.label, tick.x) for tick in ticks] == [
        ("00", "0"),
        ("06", "25"),
        ("12", "50"),
        ("18", "75"),
        ("24", "100"),
    ]
    assert [tick.anchor for tick in ticks] == ["start", "middle", "middle", "middle", "end"]


def test_a_day_that_starts_at_four_has_midnight_inside():
    ticks = drawn(starts_at=dt.time(4)).ticks

    assert [tick.label for tick in ticks] == ["06", "12", "18", "00"]
    assert ticks[-1].x == "83.33"


@pytest.mark.parametrize(
    ("day", "noon"), [(dt.date(2026, 3, 29), 100 * 11 / 23), (dt.date(2026, 10, 25), 100 * 13 / 25)]
)
def test_hours_the_clocks_skip_or_show_twice_are_counted(day, noon):
    tick = next(tick for tick in drawn(day=day, tz="Europe/Berlin").ticks if tick.label == "12")

    assert float(tick.x) == pytest.approx(noon, abs=0.01)


def test_bars_are_as_tall_as_what_was_taken_at_once():
    bars = drawn((dt.time(6), 100_000), (dt.time(18), 100_000), (dt.time(18), 100_000)).bars

    assert [(bar.x, bar.height_px, bar.y_px, bar.label) for bar in bars] == [
        ("25", 20, 20, "100"),
        ("75", 40, 0, "200"),
    ]


@pytest.mark.parametrize(
    ("doses", "label", "height"),
    [
        ([(dt.time(12), 1_000)], "1", 6),
        ([(dt.time(12), None)], "open", 16),
        ([(dt.time(12), None), (dt.time(12), 50_000)], "50 +", 20),
    ],
)
def test_small_and_unknown_doses_are_seen(doses, label, height):
    (bar,) = drawn(*doses).bars

    assert (bar.label, bar.height_px, bar.unknown) == (label, height, doses[0][1] is None)


@pytest.mark.parametrize(("at", "anchor"), [(0, "start"), (12, "middle"), (23, "end")])
def test_a_figure_at_the_end_of_the_day_stays_inside(at, anchor):
    assert drawn((dt.time(at), 100_000)).bars[0].anchor == anchor


@pytest.mark.parametrize(("minutes", "labels"), [(143, ["100", ""]), (144, ["100", "100"])])
def test_figures_that_would_touch_are_left_out(minutes, labels):
    second = dt.time(12 + minutes // 60, minutes % 60)

    assert [bar.label for bar in drawn((dt.time(12), 100_000), (second, 100_000)).bars] == labels


def test_a_dose_without_a_time_is_not_drawn():
    assert drawn((None, 100_000)).bars == ()


def test_a_gap_is_drawn_with_its_medicine_and_named():
    (track,) = drawn((dt.time(9), 100_000), listed=[("fluoroquinolones", dt.time(8))]).tracks

    assert (track.name, track.words) == ("Fluoroquinolones, 08:00", "gap 02:00 to 10:00")
    assert [(gap.x, gap.width, gap.taken_x) for gap in track.gaps] == [("8.33", "33.33", "33.33")]
    assert track.near


def test_gaps_of_one_class_that_meet_are_told_as_one():
    listed = [("levothyroxine", dt.time(8)), ("levothyroxine", dt.time(14)), ("levothyroxine", dt.time(23))]

    track = drawn(listed=listed).tracks[0]

    assert track.words == ("gap 19:00 the day before to 03:00, 04:00 to 18:00, 19:00 to 03:00 the day after")
    assert [gap.taken_x for gap in track.gaps] == [None, "33.33", "58.33", "95.83"]


def test_a_class_no_gap_would_do_for_marks_the_whole_day():
    (track,) = drawn(listed=[("raltegravir", None)]).tracks

    assert (track.whole, track.words, track.near) == (True, "no gap is known to do", False)
    assert [(gap.x, gap.width) for gap in track.gaps] == [("0", "100")]
    assert drawn((dt.time(9), 1), listed=[("raltegravir", None)]).tracks[0].near


def test_a_dose_in_a_gap_is_marked():
    bars = drawn((dt.time(9), 100_000), (dt.time(20), 100_000), listed=[("levothyroxine", dt.time(8))]).bars

    assert [bar.near for bar in bars] == [True, False]
    assert bars[0].words == "100 mg at 09:00"


def test_of_bars_that_stand_close_the_tallest_has_its_figure():
    bars = drawn((dt.time(17, 23), 100_000), (dt.time(17, 37), 300_000), (dt.time(17, 40), None)).bars

    assert [bar.label for bar in bars] == ["", "300", ""]
