"""Stacks over time: which days and times are planned, what was kept of it, and the moments these are."""

import datetime as dt

import pytest

from intake.domain.schedule import (
    AS_NEEDED,
    EVERY_DAY,
    NEEDED,
    STOPPED,
    WEEKEND,
    WORKDAYS,
    Adherence,
    Schedule,
    adherence,
    count_days,
    days_of,
    moment_of,
    next_moment,
    schedule_on,
    schedule_words,
    times_from,
    times_text,
    weekdays_of,
    weekdays_text,
)

MONDAY = dt.date(2026, 11, 16)
DAY = dt.timedelta(days=1)
EIGHT, NINE_PM = dt.time(8), dt.time(21)
MIDNIGHT = dt.time(0)


def schedule(valid_from=MONDAY, times=(NINE_PM,), refs=("1",), **fields):
    return Schedule(valid_from=valid_from, times=times, refs=frozenset(refs), **fields)


def utc(*parts):
    return dt.datetime(*parts, tzinfo=dt.UTC)


# Words and texts -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("weekdays", "words"),
    [
        (EVERY_DAY, "every day"),
        (WORKDAYS, "Monday to Friday"),
        (WEEKEND, "Saturday and Sunday"),
        (0b0000001, "Mon"),
        (0b1000000, "Sun"),
        (0b0010101, "Mon, Wed and Fri"),
    ],
)
def test_weekdays_are_told_as_people_say_them(weekdays, words):
    assert weekdays_text(weekdays) == words


@pytest.mark.parametrize(
    ("days", "weekdays"), [([0], 0b1), ([6, 0, 6], 0b1000001), ([5, 6], WEEKEND), (range(7), EVERY_DAY)]
)
def test_days_are_kept_as_bits_and_found_again(days, weekdays):
    assert weekdays_of(days) == weekdays
    assert days_of(weekdays) == sorted(set(days))


def test_no_day_is_every_day():
    assert weekdays_of([]) == EVERY_DAY


@pytest.mark.parametrize(
    ("planned", "words"),
    [
        (schedule(times=(EIGHT, NINE_PM)), "every day at 08:00 and 21:00"),
        (schedule(times=(), weekdays=WORKDAYS), "Monday to Friday, at any time"),
        (schedule(mode=AS_NEEDED, times=()), "as needed"),
        (schedule(mode=STOPPED, times=()), "stopped"),
    ],
)
def test_a_schedule_is_told_in_one_line(planned, words):
    assert schedule_words(planned) == words


def test_times_are_kept_each_once_to_the_minute_and_in_order():
    text = times_text([NINE_PM, EIGHT, dt.time(21, 0, 30), EIGHT])

    assert text == "08:00 21:00"
    assert times_from(text) == (EIGHT, NINE_PM)
    assert times_from("") == ()


# Days ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("weekdays", "offset", "planned"),
    [
        (EVERY_DAY, 0, True),
        (0b0000001, 0, True),
        (0b0000001, 1, False),
        (0b0000001, 7, True),
        (0b1000000, 5, False),
        (0b1000000, 6, True),
    ],
)
def test_a_stack_is_planned_on_its_weekdays(weekdays, offset, planned):
    assert bool(schedule(weekdays=weekdays).occasions_on(MONDAY + offset * DAY)) is planned


@pytest.mark.parametrize(
    ("planned", "keys"),
    [
        (schedule(times=(EIGHT, NINE_PM)), ["08:00", "21:00"]),
        (schedule(times=()), ["any"]),
        (schedule(mode=AS_NEEDED, times=()), []),
        (schedule(mode=STOPPED, times=()), []),
    ],
)
def test_a_day_has_an_occasion_for_each_time(planned, keys):
    assert [occasion.key for occasion in planned.occasions_on(MONDAY)] == keys


@pytest.mark.parametrize(("offset", "found"), [(-1, None), (0, 0), (6, 0), (7, 1), (400, 1)])
def test_the_schedule_of_a_day_is_the_last_that_began_by_then(offset, found):
    schedules = [schedule(MONDAY), schedule(MONDAY + 7 * DAY)]

    on = schedule_on(schedules, MONDAY + offset * DAY)

    assert on == (None if found is None else schedules[found])


@pytest.mark.parametrize("weekdays", [EVERY_DAY, WORKDAYS, WEEKEND, 0b0100101, 0b1000000])
def test_days_are_counted_as_one_by_one(weekdays):
    for first in range(7):
        for length in range(-1, 23):
            start, last = MONDAY + first * DAY, MONDAY + (first + length) * DAY
            days = [start + after * DAY for after in range(length + 1)]
            assert count_days(start, last, weekdays) == sum(weekdays >> day.weekday() & 1 for day in days)


# Taken of planned ----------------------------------------------------------------------------------


def taken(*offsets, key="21:00", ref="1"):
    return [(MONDAY + offset * DAY, key, ref) for offset in offsets]


@pytest.mark.parametrize(
    ("until", "counts"),
    [(-1, None), (0, (1, 1)), (1, (2, 1)), (2, (3, 2)), (6, (7, 3))],
)
def test_only_days_since_a_stack_began_are_counted(until, counts):
    kept = adherence([schedule()], taken(-3, 0, 2, 5), MONDAY + until * DAY)

    assert (kept and (kept.planned, kept.taken)) == counts


def test_a_change_counts_from_its_day_on():
    schedules = [
        schedule(refs=("1",)),
        schedule(MONDAY + 2 * DAY, times=(EIGHT, NINE_PM), refs=("1", "2")),
        schedule(MONDAY + 4 * DAY, mode=STOPPED, times=(), refs=()),
        schedule(MONDAY + 6 * DAY, refs=("2",)),
    ]
    doses = taken(0, 2, 4, 6) + taken(2, key="08:00") + taken(0, 6, ref="2") + taken(1, key="08:00")

    kept = adherence(schedules, doses, MONDAY + 6 * DAY)

    # planned 1 + 1, then 4 + 4, then nothing, then 1; of these 21:00 twice, 08:00 once, the second one once
    assert kept == Adherence(since=MONDAY, until=MONDAY + 6 * DAY, planned=11, taken=4)


@pytest.mark.parametrize(
    ("mode", "offered"), [("scheduled", ["21:00"]), (AS_NEEDED, [NEEDED]), (STOPPED, [])]
)
def test_what_is_taken_as_needed_is_offered_and_not_planned(mode, offered):
    times = (NINE_PM,) if mode == "scheduled" else ()
    one = schedule(times=times, mode=mode)

    assert [occasion.key for occasion in one.offered_on(MONDAY)] == offered
    assert one.occasions_on(MONDAY) == (one.offered_on(MONDAY) if mode == "scheduled" else ())


def test_what_is_taken_as_needed_is_never_planned_so_never_missed():
    assert adherence([schedule(mode=AS_NEEDED, times=())], taken(0, key="needed"), MONDAY + DAY) is None


def test_a_dose_counts_once_however_often_it_is_told():
    assert adherence([schedule()], taken(0, 0, 0), MONDAY).taken == 1


# Moments -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "at", "tz", "starts_at", "moment"),
    [
        (MONDAY, NINE_PM, "UTC", MIDNIGHT, utc(2026, 11, 16, 21)),
        (MONDAY, NINE_PM, "Europe/Berlin", MIDNIGHT, utc(2026, 11, 16, 20)),
        (MONDAY, NINE_PM, "Pacific/Kiritimati", MIDNIGHT, utc(2026, 11, 16, 7)),
        (MONDAY, dt.time(3, 59), "UTC", dt.time(4), utc(2026, 11, 17, 3, 59)),  # still Monday's night
        (MONDAY, dt.time(4), "UTC", dt.time(4), utc(2026, 11, 16, 4)),
        (dt.date(2026, 3, 29), dt.time(2, 30), "Europe/Berlin", MIDNIGHT, utc(2026, 3, 29, 1, 30)),  # 03:30
        (dt.date(2026, 10, 25), dt.time(2, 30), "Europe/Berlin", MIDNIGHT, utc(2026, 10, 25, 0, 30)),  # first
    ],
)
def test_a_time_of_a_day_is_a_moment(day, at, tz, starts_at, moment):
    assert moment_of(day, at, tz, starts_at) == moment


@pytest.mark.parametrize(
    ("after", "moment"),
    [
        (utc(2026, 11, 16, 7, 59), utc(2026, 11, 16, 8)),
        (utc(2026, 11, 16, 8), utc(2026, 11, 16, 21)),  # the one of now is over
        (utc(2026, 11, 16, 21), utc(2026, 11, 17, 8)),
    ],
)
def test_the_next_moment_is_later_than_now(after, moment):
    assert next_moment([[schedule(times=(EIGHT, NINE_PM))]], after, "UTC", MIDNIGHT) == moment


@pytest.mark.parametrize(
    ("stacks", "moment"),
    [
        ([], None),
        ([[schedule(times=())]], None),
        ([[schedule(mode=AS_NEEDED, times=())]], None),
        ([[schedule(weekdays=0b0000001)]], utc(2026, 11, 23, 21)),  # Mondays only, and today's is over
        ([[schedule(MONDAY + 90 * DAY)]], utc(2027, 2, 14, 21)),  # begins later
        ([[schedule(), schedule(MONDAY + DAY, mode=STOPPED, times=())]], None),
        ([[schedule()], [schedule(times=(EIGHT,))]], utc(2026, 11, 17, 8)),  # of two stacks the sooner
    ],
)
def test_the_next_moment_is_found_over_weeks_and_stacks(stacks, moment):
    assert next_moment(stacks, utc(2026, 11, 16, 22), "UTC", MIDNIGHT) == moment


def test_a_late_time_of_yesterdays_day_is_still_to_come():
    night = [[schedule(times=(dt.time(1),))]]

    after = utc(2026, 11, 18, 0, 30)  # Wednesday by the calendar, the person's Tuesday until four

    assert next_moment(night, after, "UTC", dt.time(4)) == utc(2026, 11, 18, 1)
