"""Filters of the pages: a number is rounded once, a day is said in words."""

import datetime as dt
from decimal import Decimal

import pytest
from django.template import Context, Template

from intake.domain.aim import Choice, aim_for
from intake.domain.band import Standing
from intake.domain.day import DayTotal
from intake.domain.references import Citation
from intake.domain.week import WeekDay
from intake.templatetags import midband

SUNDAY = dt.date(2026, 11, 22)
MONDAY = dt.date(2026, 11, 16)
OWN = aim_for(Choice(low_ug=320_000, high_ug=500_000), SUNDAY)
WITHOUT = aim_for(Choice(birth_year=2015), SUNDAY)


@pytest.mark.parametrize(
    ("ug", "shown"),
    [
        (None, "no value"),
        (0, "0"),
        (400, "0.4"),
        (449, "0.4"),
        (450, "0.5"),
        (7_000, "7"),
        (7_149, "7.1"),
        (9_949, "9.9"),
        (9_950, "10"),
        (10_499, "10"),
        (10_500, "11"),
        (311_500, "312"),
        (2_076_000, "2,076"),
    ],
)
def test_micrograms_are_shown_as_milligrams_rounded_half_up(ug, shown):
    assert midband.mg(ug) == shown


@pytest.mark.parametrize(
    ("ug", "shown"), [(None, "no value"), (156_310, "156.31"), (100_000, "100"), (1, "0.001")]
)
def test_exact_milligrams_lose_nothing_but_zeros(ug, shown):
    assert midband.mg_exact(ug) == shown


@pytest.mark.parametrize(
    ("ug", "shown"), [(None, "no value"), (70_481, "70.5"), (100_000, "100"), (1_399_960, "1,400")]
)
def test_what_a_label_works_out_to_keeps_one_decimal(ug, shown):
    assert midband.mg_fine(ug) == shown


@pytest.mark.parametrize(("ug", "shown"), [(None, "no value"), (81_000, "+81"), (0, "+0")])
def test_what_a_row_adds_carries_a_sign(ug, shown):
    assert midband.mg_more(ug) == shown


@pytest.mark.parametrize(
    ("weight_mg", "shown"),
    [
        (None, ""),
        (28_350, "28.4 g"),
        (60_000, "60 g"),
        (118_499, "118 g"),
        (250, "0.25 g"),
        (1_500_000, "1,500 g"),
    ],
)
def test_weights_are_shown_in_grams(weight_mg, shown):
    assert midband.grams(weight_mg) == shown


@pytest.mark.parametrize(
    ("share", "shown"),
    [(None, ""), (0, "0 %"), (0.004, "<1 %"), (0.005, "1 %"), (0.274, "27 %"), (Decimal(1), "100 %")],
)
def test_shares_are_whole_percents_and_a_trace_is_no_zero(share, shown):
    assert midband.percent(share) == shown


def test_fractions_of_compounds_keep_one_decimal():
    assert [midband.percent1(Decimal("0.140961")), midband.percent1(None)] == ["14.1 %", ""]


@pytest.mark.parametrize(("share", "shown"), [(None, "0%"), (0.2734, "27.3%"), (1.7, "100%"), (-1, "0%")])
def test_bars_stay_inside_their_track(share, shown):
    assert midband.width(share) == shown


@pytest.mark.parametrize(
    ("part", "whole", "share"), [(1, 4, 0.25), (None, 4, None), (1, None, None), (1, 0, None)]
)
def test_a_share_of_nothing_is_not_known(part, whole, share):
    assert midband.share_of(part, whole) == share


def test_days_are_said_in_words():
    assert midband.day_name(SUNDAY) == "Sunday"
    assert midband.short_day(SUNDAY) == "Sun 22"
    assert midband.long_day(SUNDAY) == "Sunday 22 November"
    assert midband.long_day(SUNDAY, dt.date(2026, 1, 1)) == "Sunday 22 November"
    assert midband.long_day(SUNDAY, dt.date(2027, 1, 1)) == "Sunday 22 November 2026"
    assert [midband.clock(dt.time(7, 35)), midband.clock(None)] == ["07:35", ""]
    assert midband.week_title(MONDAY) == "Week 47"


@pytest.mark.parametrize(
    ("first", "last", "shown"),
    [
        (MONDAY, SUNDAY, "16 to 22 November"),
        (dt.date(2026, 11, 30), dt.date(2026, 12, 6), "30 November to 6 December"),
        (dt.date(2026, 12, 28), dt.date(2027, 1, 3), "28 December 2026 to 3 January 2027"),
    ],
)
def test_a_span_names_the_months_and_years_that_differ(first, last, shown):
    assert midband.span_to(first, last) == shown


@pytest.mark.parametrize(
    ("total_ug", "sentence"),
    [
        (None, "Your band runs from 320 to 500 mg."),
        (261_500, "58 mg below your band, which starts at 320."),
        (319_600, "0.4 mg below your band, which starts at 320."),
        (320_000, "Within your band of 320 to 500 mg."),
        (500_000, "Within your band of 320 to 500 mg."),
        (839_000, "339 mg above your band, which ends at 500."),
        (1_839_000, "1,339 mg above your band, which ends at 500."),
    ],
)
def test_the_sentence_says_the_distance_between_the_numbers_shown(total_ug, sentence):
    assert midband.standing_sentence(total_ug, OWN) == sentence


def test_without_a_band_a_total_stands_on_its_own():
    assert midband.standing_sentence(100_000, WITHOUT) == "No band is set, so this total stands on its own."
    assert midband.total_mg(100_000, WITHOUT) == "100"
    assert midband.total_mg(None, OWN) == "no value"


@pytest.mark.parametrize(
    ("name", "query", "html"),
    [
        ("Almonds, raw", "alm", "<b>Alm</b>onds, raw"),
        ("Almonds, raw", "RAW almond", "<b>Almond</b>s, <b>raw</b>"),
        ("Crème brûlée", "brul", "Crème <b>brûl</b>ée"),
        ("<i>Salt</i> & oil", "oil", "&lt;i&gt;Salt&lt;/i&gt; &amp; <b>oil</b>"),
        ("Straße", "stras", "Straße"),
        ("Almonds", "", "Almonds"),
    ],
)
def test_the_beginnings_that_answer_a_query_are_bold_and_the_rest_is_escaped(name, query, html):
    assert midband.marked(name, query) == html


@pytest.mark.parametrize(
    ("citation", "label", "html"),
    [
        (None, "a convention", "a convention"),
        (Citation(body="SCF", title="", year=1993), "", "SCF 1993"),
        (Citation(body="SCF", title="", year=1993), "a convention", "a convention (SCF 1993)"),
        (
            Citation(body="IOM", title="", year=1997, url="https://example.org/?a=1&b=2"),
            "",
            '<a href="https://example.org/?a=1&amp;b=2" rel="noreferrer">IOM 1997</a>',
        ),
    ],
)
def test_a_citation_is_a_link_where_an_address_is_held(citation, label, html):
    template = Template("{% cite citation label %}")

    assert template.render(Context({"citation": citation, "label": label})) == html


def week_day(offset, known_ug=None, mark=None, unknown=0, aim=OWN):
    total = None
    if known_ug is not None or unknown:
        total = DayTotal(food_ug=known_ug or 0, known=int(known_ug is not None), unknown=unknown)
    standing = aim.band.standing(known_ug) if aim.band and known_ug is not None else None
    return WeekDay(day=MONDAY + dt.timedelta(days=offset), total=total, aim=aim, standing=standing, mark=mark)


@pytest.mark.parametrize(
    ("day", "word"),
    [
        (week_day(0, 100_000), "below"),
        (week_day(0, 400_000), "within"),
        (week_day(0, 600_000), "above"),
        (week_day(0, 100_000, aim=WITHOUT), "logged"),
        (week_day(0, 100_000, mark="partial"), "partial"),
        (week_day(0, 100_000, mark="not_tracked"), "not tracked"),
        (week_day(0, mark="not_tracked"), "not tracked"),
        (week_day(0, unknown=1), "no value"),
        (week_day(0), "not logged"),
        (week_day(0, mark="partial"), "not logged"),
    ],
)
def test_a_day_of_the_week_has_one_word(day, word):
    assert midband.day_word(day) == word


def test_the_seven_days_are_counted_by_word():
    days = [week_day(0, 400_000), week_day(1, 400_000), week_day(2, 100_000), week_day(3)]

    rows = [(row.word, row.days, row.standing) for row in midband.week_counts(days)]

    assert rows == [
        ("within the band", 2, Standing.WITHIN),
        ("below the band", 1, Standing.BELOW),
        ("above the band", 0, Standing.ABOVE),
        ("not logged", 1, None),
    ]


@pytest.mark.parametrize(
    ("days", "sentence"),
    [
        ([week_day(0, 1)], ""),
        ([week_day(3)], "Thursday is not logged, so it does not count."),
        (
            [week_day(3), week_day(4, 1, "partial")],
            "Thursday is not logged and Friday is partial, so neither counts.",
        ),
        (
            [week_day(0), week_day(1), week_day(2, unknown=2)],
            "Monday and Tuesday are not logged and Wednesday is without a value, so none of them counts.",
        ),
        ([week_day(n) for n in range(4)], "Four days are not logged, so none of them counts."),
        ([week_day(n) for n in range(7)], "Six days are not logged, so none of them counts."),
    ],
)
def test_the_days_outside_the_mean_are_named_up_to_today(days, sentence):
    assert midband.left_out(days, MONDAY + dt.timedelta(days=5)) == sentence


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Oats", "[Oats]"),
        ("Nuts, almonds, dry roasted", "[Almonds](, dry roasted)"),
        ("Beverages, carbonated, cola, regular", "[Cola](, regular)"),
        ("Peas (garbanzo, bengal gram), mature", "[Peas (garbanzo, bengal gram)](, mature)"),
        ("Oats, cooked (includes boiling and microwaving), without salt", "[Oats](, cooked, without salt)"),
        ("Cocoa (open, dry", "[Cocoa (open, dry]"),
        ("Nuts,", "[Nuts,]"),
        ("Yogurt, 1,5 % <b>", "[Yogurt](, 1,5 % &lt;b&gt;)"),
        ("", "[]"),
    ],
)
def test_a_row_says_first_what_a_food_is_and_leaves_its_shelf_out(name, shown):
    html = midband.food_name(name).replace('<span class="head">', "[").replace('<span class="tail">', "(")
    head, *tail = html.split("</span>")

    assert head + "]" + "".join(f"{part})" for part in tail if part) == shown


def test_a_row_marks_what_was_asked_for_in_both_parts_of_a_name():
    html = midband.food_name("Seeds, pumpkin kernels, roasted", "roast pump")

    assert html == (
        '<span class="head"><b>Pump</b>kin kernels</span><span class="tail">, <b>roast</b>ed</span>'
    )


@pytest.mark.parametrize(
    ("amount", "shown"), [("1 cup, chopped or diced", "1 cup"), ("1.5 oz", "1.5 oz"), ("", "")]
)
def test_a_row_shows_an_amount_up_to_its_first_comma(amount, shown):
    assert midband.amount_short(amount) == shown


def test_the_open_day_is_the_first_unmarked_one_before_today():
    days = [week_day(0, 1), week_day(1, mark="not_tracked"), week_day(2), week_day(3)]

    assert midband.open_day(days, SUNDAY) == MONDAY + dt.timedelta(days=2)
    assert midband.open_day(days, MONDAY + dt.timedelta(days=2)) is None


def test_lengths_of_charts_are_added_and_completed():
    assert [midband.add_px("-3.5", 4), midband.rest("40.74")] == ["0.5", "59.26"]
