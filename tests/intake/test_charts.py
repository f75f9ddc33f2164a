"""Totals to coordinates: the gauge of a day and the chart of a week."""

import dataclasses
import datetime as dt
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.charts import gauge, week_chart
from intake.charts.day import CHAR_PX, GAP_PX, PHONE_PX, WIDE_PX
from intake.charts.scale import text
from intake.charts.week import LABEL_PX, PLOT_PHONE_PX, PLOT_WIDE_PX
from intake.domain.aim import Choice, aim_for
from intake.domain.band import Zone
from intake.domain.day import DayTotal
from intake.domain.week import WeekDay, WeekMean, week_mean

SUNDAY = dt.date(2026, 11, 22)
WOMAN = aim_for(Choice(sex="female", birth_year=1986), SUNDAY)  # 320 to 500 mg, EAR 265, ceiling 350
NOTHING_HELD = aim_for(Choice(birth_year=2010), SUNDAY)


def own(low_mg, high_mg, **choice):
    return aim_for(Choice(low_ug=low_mg * 1000, high_ug=high_mg * 1000, **choice), SUNDAY)


def mg_day(food=0, water=0, added=0, **counts):
    parts = {"food_ug": food * 1000, "water_ug": water * 1000, "added_ug": added * 1000}
    return DayTotal(**parts, **{"known": 1, **counts})


totals = st.builds(
    DayTotal,
    food_ug=st.integers(0, 20_000_000),
    water_ug=st.integers(0, 2_000_000),
    added_ug=st.integers(0, 20_000_000),
    known=st.integers(1, 30),
    unknown=st.integers(0, 30),
) | st.builds(DayTotal, known=st.just(0), unknown=st.integers(0, 30))
edges = st.tuples(st.integers(1, 20_000_000), st.integers(1, 20_000_000)).map(sorted)
aims = (
    st.just(WOMAN)
    | st.just(NOTHING_HELD)
    | st.builds(
        lambda band, ceiling: aim_for(Choice(low_ug=band[0], high_ug=band[1], ceiling_ug=ceiling), SUNDAY),
        edges,
        st.none() | st.integers(1, 20_000_000),
    )
)


COORDINATE = re.compile(r"x|y|width|height|top|\w+_(x|y|width|height)")


def coordinates(shape):
    """Yield (name, text) of every percent coordinate in a chart, however deep."""
    if isinstance(shape, tuple):
        for part in shape:
            yield from coordinates(part)
    elif dataclasses.is_dataclass(shape):
        for field in dataclasses.fields(shape):
            value = getattr(shape, field.name)
            if isinstance(value, str) and re.fullmatch(
                r"x|y|width|height|top|\w+_(x|y|width|height)", field.name
            ):
                yield field.name, value
            else:
                yield from coordinates(value)


# The gauge ---------------------------------------------------------------------------------------


@given(totals, aims)
def test_every_coordinate_of_the_gauge_lies_in_the_drawing(total, aim):
    drawn = gauge(total, aim)

    for name, value in coordinates(drawn):
        assert re.fullmatch(r"\d+(\.\d{1,2})?", value), name
        assert 0 <= float(value) <= 100, name
    for fill in drawn.fills:
        assert float(fill.x) + float(fill.width) <= 100.01


@pytest.mark.parametrize(
    ("value", "expected"), [(0.0, "0"), (-0.001, "0"), (12.5, "12.5"), (100.0, "100"), (1 / 3, "0.33")]
)
def test_a_coordinate_is_short_text(value, expected):
    assert text(value) == expected


def test_the_axis_runs_to_low_and_high_together_so_that_the_band_is_in_the_middle():
    drawn = gauge(mg_day(324, 15, 100, unknown=2), WOMAN)

    assert drawn.axis == "820"
    assert (drawn.low.x, drawn.low.label) == ("39.02", "320")
    assert (drawn.high.x, drawn.high.label) == ("60.98", "500")
    assert drawn.zero


def test_fills_stand_in_order_and_the_key_keeps_the_zeros():
    drawn = gauge(mg_day(328, 0, 82), WOMAN)

    assert [(fill.kind, fill.x, fill.width, fill.label) for fill in drawn.fills] == [
        ("food", "0", "40", "328"),
        ("added", "40", "10", "82"),
    ]
    assert [(key.kind, key.label) for key in drawn.keys] == [("food", "328"), ("water", "0"), ("added", "82")]


def test_a_fill_past_the_axis_is_cut_at_its_end():
    drawn = gauge(mg_day(food=410, added=4100), WOMAN)

    assert [(fill.x, fill.width) for fill in drawn.fills] == [("0", "50"), ("50", "50")]


@pytest.mark.parametrize(("unknown", "width"), [(1, 10), (2, 20), (4, 40), (5, 40), (40, 40)])
def test_the_hatch_is_10_px_an_item_and_40_at_most(unknown, width):
    hatch = gauge(mg_day(410, unknown=unknown), WOMAN).hatch

    assert (hatch.x, hatch.dx_px, hatch.width_px, hatch.items) == ("50", 0, width, unknown)


def test_no_hatch_without_open_items():
    assert gauge(mg_day(410), WOMAN).hatch is None


def test_a_day_of_open_items_is_a_hatch_without_a_dot():
    drawn = gauge(mg_day(known=0, unknown=2), WOMAN)

    assert (drawn.hatch.x, drawn.dot, drawn.zone, drawn.fills) == ("0", None, None, ())
    assert not any(zone.current for zone in drawn.zones)


def test_the_hatch_turns_back_at_the_end_of_the_axis():
    hatch = gauge(mg_day(900, unknown=3), WOMAN).hatch

    assert (hatch.x, hatch.dx_px) == ("100", -30)


@pytest.mark.parametrize(
    ("food", "x", "y", "past", "standing"),
    [
        (0, "0", "0", False, "below"),
        (160, "19.51", "75", False, "below"),
        (320, "39.02", "100", False, "within"),
        (439, "53.54", "100", False, "within"),
        (500, "60.98", "100", False, "within"),
        (660, "80.49", "75", False, "above"),
        (820, "100", "0", False, "above"),
        (821, "100", "0", True, "above"),
    ],
)
def test_the_dot_rides_the_curve(food, x, y, past, standing):
    dot = gauge(mg_day(food), WOMAN).dot

    assert (dot.x, dot.y) == (x, y)
    assert (dot.past, dot.standing, dot.label) == (past, standing, str(food))


def test_the_curve_is_flat_in_the_band_and_rises_to_both_ends():
    curve = gauge(mg_day(), own(300, 500)).curve

    assert curve.path == "M0 0 Q18.75 100 37.5 100 H62.5 Q81.25 100 100 0"
    assert curve.bank_below == "M0 0 Q18.75 100 37.5 100 H0 Z"
    assert curve.bank_above == "M62.5 100 Q81.25 100 100 0 V100 Z"


@given(aims.filter(lambda aim: aim.band is not None), st.floats(0, 1))
def test_the_dot_s_height_is_the_curve_s(aim, part):
    """A quadratic Bezier of M0 0 Q l/2,100 l,100 stands at x = l t, y = 100 (1 - (1 - t)^2)."""
    total_ug = round(aim.band.low_ug * part)
    t = total_ug / aim.band.low_ug
    dot = gauge(DayTotal(food_ug=total_ug, known=1), aim).dot

    assert float(dot.y) == pytest.approx(100 * (1 - (1 - t) ** 2), abs=0.01)


def test_the_zones_are_cut_at_two_thirds_and_four_thirds():
    zones = gauge(mg_day(291), WOMAN).zones

    assert [(zone.word, zone.x, zone.width) for zone in zones] == [
        ("well below", "0", "26.02"),
        ("below", "26.02", "13.01"),
        ("within", "39.02", "21.95"),
        ("above", "60.98", "20.33"),
        ("well above", "81.3", "18.7"),
    ]
    assert [zone.css for zone in zones if zone.current] == ["below"]
    assert all(zone.fits_phone and zone.fits_wide for zone in zones)


def test_a_zone_past_the_axis_is_left_out_unless_the_total_stands_in_it():
    aim = own(100, 500)

    assert [zone.zone for zone in gauge(mg_day(600), aim).zones] == list(Zone)[:4]
    last = gauge(mg_day(700), aim).zones[-1]
    assert (last.zone, last.current, last.x, last.width, last.anchor) == (
        Zone.WELL_ABOVE,
        True,
        "100",
        "0",
        "end",
    )


def test_words_of_a_narrow_band_give_way_on_a_phone_but_never_the_current_one():
    aim = own(400, 400)

    within = gauge(mg_day(400), aim)
    below = gauge(mg_day(390), aim)
    assert [zone.word for zone in within.zones if not zone.fits_phone] == ["below", "above"]
    assert [zone.word for zone in below.zones if not zone.fits_phone] == ["within"]
    assert all(zone.fits_wide for zone in within.zones)


@given(totals, aims, st.booleans())
def test_words_that_fit_stand_free_of_each_other(total, aim, phone):
    width = PHONE_PX if phone else WIDE_PX
    zones = [zone for zone in gauge(total, aim).zones if (zone.fits_phone if phone else zone.fits_wide)]
    shift = {"start": 0, "middle": 0.5, "end": 1}
    spans = sorted(
        (left, left + len(zone.word) * CHAR_PX)
        for zone in zones
        for left in [float(zone.label_x) * width / 100 - shift[zone.anchor] * len(zone.word) * CHAR_PX]
    )

    for (_, right), (left, _) in zip(spans, spans[1:], strict=False):
        assert left - right >= GAP_PX - 0.1


@given(totals, aims.filter(lambda aim: aim.band is not None))
def test_the_zone_the_total_stands_in_is_drawn_and_named(total, aim):
    drawn = gauge(total, aim)
    current = [zone for zone in drawn.zones if zone.current]

    assert [zone.zone for zone in current] == [drawn.zone] * (total.total_ug is not None)
    assert all(zone.fits_phone and zone.fits_wide for zone in current)


@pytest.mark.parametrize(
    ("low", "high", "low_anchor", "high_anchor", "zero"),
    [
        (320, 500, "middle", "middle", True),
        (400, 400, "end", "start", True),
        (400, 420, "end", "start", True),
        (20, 5000, "start", "end", False),
        (110, 1000, "middle", "middle", False),
    ],
)
def test_edge_numbers_turn_away_from_each_other_and_the_ends(low, high, low_anchor, high_anchor, zero):
    drawn = gauge(mg_day(), own(low, high))

    assert (drawn.low.anchor, drawn.high.anchor, drawn.zero) == (low_anchor, high_anchor, zero)


def test_the_ear_s_label_stands_left_of_the_low_number_where_both_are_near():
    ear = gauge(mg_day(), WOMAN).ear

    assert (ear.x, ear.label) == ("32.32", "EAR 265")
    assert (ear.phone.x, ear.phone.anchor) == ("39.02", "end")
    assert ear.phone.dx_px < 0
    assert (ear.wide.x, ear.wide.anchor, ear.wide.dx_px) == ("32.32", "middle", 0)


@pytest.mark.parametrize(
    ("low", "high", "phone", "wide"),
    [
        (270, 1500, None, "end"),  # the low edge is too near the left end of a phone
        (320, 500, None, None),  # the EAR of a man lies just inside the band
        (100, 1000, "middle", "middle"),
    ],
)
def test_the_ear_s_label_goes_where_it_has_room(low, high, phone, wide):
    sex = "female" if low == 270 else "male"
    ear = gauge(mg_day(), own(low, high, sex=sex, birth_year=1986)).ear

    assert (ear.phone and ear.phone.anchor, ear.wide and ear.wide.anchor) == (phone, wide)


def test_an_ear_past_the_axis_or_not_held_is_not_drawn():
    assert gauge(mg_day(), own(100, 150, sex="female", birth_year=1986)).ear is None
    assert gauge(mg_day(), aim_for(Choice(body="efsa"), SUNDAY)).ear is None


@pytest.mark.parametrize(
    ("added", "width", "left", "over", "past"),
    [
        (0, "0", "350", False, False),
        (100, "22.86", "250", False, False),
        (350, "80", "0", False, False),
        (351, "80.23", None, True, False),
        (438, "100", None, True, True),
    ],
)
def test_the_lane_holds_added_magnesium_against_its_ceiling(added, width, left, over, past):
    lane = gauge(mg_day(food=900, added=added), WOMAN).lane

    assert (lane.fill_width, lane.tick_x, lane.ceiling) == (width, "80", "350")
    assert (lane.added, lane.left, lane.over, lane.past) == (str(added), left, over, past)


def test_a_hair_over_the_ceiling_does_not_read_as_on_it():
    assert gauge(DayTotal(added_ug=350_001, known=1), WOMAN).lane.added == "350.001"


def test_without_a_band_the_gauge_is_a_plain_bar():
    drawn = gauge(mg_day(250, unknown=1), NOTHING_HELD)

    assert drawn.axis == "500"
    assert [(fill.kind, fill.width) for fill in drawn.fills] == [("food", "50")]
    assert drawn.hatch.x == "50"
    assert (drawn.curve, drawn.zones, drawn.zone, drawn.low, drawn.high) == (None, (), None, None, None)
    assert (drawn.dot, drawn.ear, drawn.lane, drawn.zero) == (None, None, None, True)


def test_a_plain_bar_leaves_a_tenth_free():
    drawn = gauge(mg_day(1000), NOTHING_HELD)

    assert (drawn.axis, drawn.fills[0].width) == ("1,100", "90.91")


# The week ----------------------------------------------------------------------------------------


def week_day(n, total, mark=None, aim=WOMAN):
    known = None if total is None else total.total_ug
    standing = None if known is None or aim.band is None else aim.band.standing(known)
    return WeekDay(day=SUNDAY - dt.timedelta(days=6 - n), total=total, aim=aim, standing=standing, mark=mark)


def week(*totals, aim=WOMAN):
    """Return seven days; a total may come with a mark."""
    rows = [entry if isinstance(entry, tuple) else (entry, None) for entry in totals]
    return [week_day(n, total, mark, aim) for n, (total, mark) in enumerate(rows)]


PICTURED = week(
    mg_day(330, 18),
    mg_day(276, 15),
    mg_day(287, 15, 100),
    None,
    (mg_day(172, 15), "partial"),
    mg_day(194, 15, 200),
    mg_day(324, 15, 100, unknown=2),
)
EMPTY = week(*[None] * 7)


def chart(days):
    return week_chart(days, week_mean(days))


@given(
    st.lists(
        st.tuples(st.none() | totals, st.sampled_from([None, "complete", "partial", "not_tracked"]), aims),
        min_size=7,
        max_size=7,
    )
)
def test_every_coordinate_of_the_week_lies_in_the_plot(rows):
    drawn = chart([week_day(n, *row) for n, row in enumerate(rows)])

    for name, value in coordinates(drawn):
        assert re.fullmatch(r"\d+(\.\d{1,2})?", value), name
        assert 0 <= float(value) <= 100, name
    for bar in drawn.bars:
        assert sum(float(part.height) for part in bar.segments) + float(bar.top) == pytest.approx(
            100, abs=0.04
        )


@given(st.lists(st.integers(0, 20_000_000), min_size=7, max_size=7))
def test_a_higher_bar_means_more(amounts):
    bars = chart(week(*(DayTotal(food_ug=ug, known=1) for ug in amounts))).bars
    tops = [float(bar.top) for bar in bars]

    for one, top in zip(amounts, tops, strict=True):
        assert all(top <= other_top for other, other_top in zip(amounts, tops, strict=True) if other < one)


def test_the_axis_leaves_room_over_the_band_and_over_the_highest_day():
    assert chart(EMPTY).fields[0].y == "7.41"  # 500 of 540
    assert chart(week(*[mg_day(1000)] * 7)).bars[0].top == "7.41"


def test_bars_stand_in_the_middle_of_their_seventh_and_are_stacked_from_the_base_line():
    bar = chart(PICTURED).bars[2]

    assert (bar.x, bar.weekday, bar.date, bar.day) == ("35.71", "Wed", "18", dt.date(2026, 11, 18))
    assert [(part.kind, part.y, part.height) for part in bar.segments] == [
        ("food", "46.85", "53.15"),
        ("water", "44.07", "2.78"),
        ("added", "25.56", "18.52"),
    ]
    assert (bar.top, bar.value, bar.value_dy_px) == ("25.56", "402", -6)


@pytest.mark.parametrize(
    ("total", "mark", "state", "word", "phone", "slot", "value"),
    [
        (mg_day(330), None, "counted", "within", "", False, "330"),
        (mg_day(291), "complete", "counted", "below", "", False, "291"),
        (mg_day(501), None, "counted", "above", "", False, "501"),
        (mg_day(0), None, "counted", "below", "", False, "0"),
        (mg_day(187), "partial", "partial", "partial", "partial", False, "187"),
        (mg_day(187), "not_tracked", "not tracked", "not tracked", "off", False, "187"),
        (None, "not_tracked", "not tracked", "not tracked", "off", True, ""),
        (None, None, "not logged", "not logged", "none", True, ""),
        (None, "partial", "not logged", "not logged", "none", True, ""),
        (mg_day(known=0, unknown=2), None, "no value", "no value", "open", False, ""),
    ],
)
def test_a_day_s_state_has_a_word(total, mark, state, word, phone, slot, value):
    bar = chart(week((total, mark), *[None] * 6)).bars[0]

    assert (bar.state, bar.word, bar.word_phone, bar.slot, bar.value) == (state, word, phone, slot, value)
    assert (bar.standing is not None) is (state == "counted")


def test_a_day_without_a_band_has_neither_word_nor_standing():
    bar = chart(week(*[mg_day(300)] * 7, aim=NOTHING_HELD)).bars[0]

    assert (bar.state, bar.word, bar.standing) == ("counted", "", None)


def test_open_items_stand_as_a_cap_and_lift_the_value():
    bar = chart(PICTURED).bars[6]

    assert (bar.cap, bar.unknown, bar.value_dy_px) == (True, 2, -19)
    assert not chart(PICTURED).bars[0].cap


def test_an_empty_slot_ends_8_px_short_of_the_low_edge():
    bar = chart(PICTURED).bars[3]

    assert (bar.slot_y, bar.slot_dy_px) == ("40.74", 8)
    assert chart(PICTURED).fields[0].low_y == bar.slot_y


def test_an_empty_slot_without_a_band_is_half_the_plot():
    bar = chart(week(*[None] * 7, aim=NOTHING_HELD)).bars[3]

    assert (bar.slot_y, bar.slot_dy_px) == ("50", 0)


def test_the_mean_line_crosses_the_bars_that_are_higher():
    drawn = chart(PICTURED)

    assert drawn.mean_y == "30.04"
    assert [bar.crossed for bar in drawn.bars] == [False, False, True, False, False, True, True]


@pytest.mark.parametrize("food", [0, 300])
def test_a_bar_that_ends_at_the_mean_is_not_crossed(food):
    assert not any(bar.crossed for bar in chart(week(*[mg_day(food)] * 7)).bars)


def test_a_mean_of_nothing_crosses_no_bar():
    days = week(mg_day(0), (mg_day(300), "partial"), *[None] * 5)

    assert not any(bar.crossed for bar in chart(days).bars)


def test_without_a_mean_there_is_no_line():
    drawn = chart(week(*[(mg_day(300), "partial")] * 7))

    assert drawn.mean_y is None
    assert not any(bar.crossed for bar in drawn.bars)
    assert [label.name for label in drawn.labels] == ["high", "low"]


def test_a_band_that_changed_is_drawn_for_its_own_days():
    changed = own(300, 600, ceiling_ug=200_000)
    days = [week_day(n, None, aim=WOMAN if n < 5 else changed) for n in range(7)]

    drawn = chart(days)

    assert [(field.x, field.width) for field in drawn.fields] == [("0", "71.43"), ("71.43", "28.57")]
    assert [(line.x, line.width) for line in drawn.ceilings] == [("0", "71.43"), ("71.43", "28.57")]
    assert [label.number for label in drawn.labels] == ["600", "300"]
    assert (drawn.ceiling, drawn.ceiling_y) == ("200", "50")


def test_days_without_a_band_leave_a_gap_in_the_field():
    days = [week_day(n, None, aim=NOTHING_HELD if n == 3 else WOMAN) for n in range(7)]

    assert [(field.x, field.width) for field in chart(days).fields] == [("0", "42.86"), ("57.14", "42.86")]


def test_without_band_and_ceiling_only_the_bars_are_drawn():
    drawn = chart(week(*[mg_day(250, added=50)] * 7, aim=NOTHING_HELD))

    assert (drawn.fields, drawn.ceilings, drawn.ceiling, drawn.ceiling_y) == ((), (), "", None)
    assert [(label.name, label.number) for label in drawn.labels] == [("mean", "300")]
    assert drawn.bars[0].top == "44.44"  # 300 of 540
    assert drawn.bars[0].added_height == "43.75"  # 50 of 100 x 8/7


def test_without_anything_there_are_no_labels():
    drawn = chart(week(*[None] * 7, aim=NOTHING_HELD))

    assert drawn.labels == ()
    assert drawn.zero


def test_the_strip_holds_added_magnesium_against_its_ceiling():
    drawn = chart(PICTURED)

    assert drawn.ceiling_y == "12.5"  # 350 of 400
    assert [bar.added for bar in drawn.bars] == ["0", "0", "100", "–", "0", "200", "100"]
    assert (drawn.bars[5].added_y, drawn.bars[5].added_height) == ("50", "50")
    assert not any(bar.added_over for bar in drawn.bars)


@pytest.mark.parametrize(("added", "over"), [(349, False), (350, False), (351, True)])
def test_the_ceiling_itself_is_not_over_it(added, over):
    assert chart(week(mg_day(added=added), *[None] * 6)).bars[0].added_over is over


def test_the_strip_grows_with_what_was_added():
    bar = chart(week(mg_day(added=700), *[None] * 6)).bars[0]

    assert (bar.added_y, bar.added_over) == ("12.5", True)


def test_labels_far_enough_apart_stay_where_they_belong():
    labels = chart(PICTURED).labels

    assert [(label.name, label.number) for label in labels] == [
        ("high", "500"),
        ("mean", "378"),
        ("low", "320"),
    ]
    assert all((label.dy_phone_px, label.dy_wide_px) == ("0", "0") for label in labels)


def test_labels_too_near_the_mean_move_out_and_the_mean_stays():
    labels = chart(week(*[mg_day(405)] * 7, aim=own(400, 410))).labels

    assert [label.name for label in labels] == ["high", "mean", "low"]
    assert labels[1].dy_phone_px == "0"
    assert float(labels[0].dy_phone_px) < 0 < float(labels[2].dy_phone_px)


def test_without_a_mean_the_high_edge_gives_way():
    high, low = chart(week(*[None] * 7, aim=own(400, 400))).labels

    assert (high.dy_phone_px, low.dy_phone_px) == (f"-{LABEL_PX}", "0")


def test_the_zero_gives_way_to_a_low_mean():
    drawn = week_chart(EMPTY, WeekMean(days=1, mean_ug=10_000))

    assert not drawn.zero
    assert chart(PICTURED).zero


@given(aims, st.none() | st.integers(0, 20_000_000))
def test_no_two_labels_touch(aim, mean_ug):
    days = week(*[None if mean_ug is None else DayTotal(food_ug=mean_ug, known=1)] * 7, aim=aim)
    labels = chart(days).labels

    for height, name in ((PLOT_PHONE_PX, "dy_phone_px"), (PLOT_WIDE_PX, "dy_wide_px")):
        at = [float(label.y) * height / 100 + float(getattr(label, name)) for label in labels]
        assert all(lower - upper >= LABEL_PX - 0.1 for upper, lower in zip(at, at[1:], strict=False))
    assert all(label.dy_phone_px == "0" for label in labels if label.name == "mean")


def test_wide_numbers_of_neighbours_stand_one_above_the_other():
    wide = chart(week(*[mg_day(0, 0, 240_000)] * 7)).bars
    usual = chart(week(*[mg_day(9_999, 0, 1)] * 7)).bars
    assert chart(week(*[mg_day(0, 0, 240_000)] * 7)).strip_tall
    assert not chart(PICTURED).strip_tall

    assert [bar.value_dy_px for bar in wide] == [-6, -20, -6, -20, -6, -20, -6]
    assert [bar.added_dy_px for bar in wide] == [-6, -20, -6, -20, -6, -20, -6]
    assert {bar.value_dy_px for bar in usual} == {bar.added_dy_px for bar in usual} == {-6}


@pytest.mark.parametrize(
    ("total", "text_"),
    [
        (None, "–"),
        (mg_day(300), "0"),
        (mg_day(0, 0, 100), "100"),
        (mg_day(0, 0, 100, unknown=1, unknown_added=1), "100+?"),
        (mg_day(0, unknown=1, unknown_added=1), "?"),
        (mg_day(0, unknown=1), "0"),
    ],
)
def test_added_magnesium_without_a_value_is_never_a_nought(total, text_):
    assert chart(week(*[total] * 7)).bars[0].added == text_


def test_the_nought_of_the_strip_gives_way_to_a_ceiling_beside_it():
    assert chart(PICTURED).strip_zero
    assert not chart(week(*[mg_day(0, 0, 20_000)] * 7)).strip_zero


def test_the_lane_says_no_distance_where_a_supplement_has_no_value():
    lane = gauge(mg_day(0, 0, 100, unknown=2, unknown_added=1), WOMAN).lane

    assert (lane.left, lane.unknown, lane.added) == (None, 1, "100")
    assert gauge(mg_day(0, 0, 100, unknown=1), WOMAN).lane.left is not None


def test_the_key_names_no_nought_where_nothing_is_known():
    assert gauge(DayTotal(unknown=2), WOMAN).keys == ()
    assert [key.label for key in gauge(DayTotal(), WOMAN).keys] == ["0", "0", "0"]


def test_edges_that_stand_close_are_kept_apart():
    drawn = gauge(mg_day(300), own(419, 420))

    assert (drawn.low.anchor, drawn.low.dx_px, drawn.high.anchor, drawn.high.dx_px) == ("end", -3, "start", 3)
    assert gauge(mg_day(300), WOMAN).low.dx_px == 0
