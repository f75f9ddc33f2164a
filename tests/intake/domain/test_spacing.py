"""Medicines and added magnesium: each rule at both of its edges, across midnight and the change of clocks."""

import datetime as dt
import re
from zoneinfo import ZoneInfo

import pytest

from intake.domain.references import SOURCES
from intake.domain.schedule import moment_of
from intake.domain.spacing import RULES, WINS, Dose, Listed, day_lane, rule_of
from intake.domain.timing_notes import apart, timing_notes

DAY = dt.date(2026, 11, 22)  # a Sunday
MIDNIGHT = dt.time(0)
ONE_DAY = dt.timedelta(days=1)
NOON = dt.time(12)

# Read by hand in the sources: hours of the medicine before magnesium, hours after it.
READ = {
    "levothyroxine": (4, 4),
    "fluoroquinolones": (2, 6),
    "tetracyclines": (3, 6),
    "bisphosphonates": (4, 4),
    "gabapentin": (4, 4),
    "dolutegravir": (2, 6),
    "dolutegravir-rilpivirine": (4, 6),
    "elvitegravir": (2, 2),
    "iron": (4, 4),
    "penicillamine": (4, 4),
    "nitrofurantoin": (4, 4),
    "nitroxoline": (4, 4),
    "quinidine": (4, 4),
    "eltrombopag": (4, 4),
    "aminoquinolines": (4, 4),
    "digoxin": (4, 4),
    "mycophenolate": (4, 4),
    "rosuvastatin": (4, 4),
    "azoles": (4, 4),
    "phenytoin": (4, 4),
    "ace-inhibitors": (4, 4),
    "other": (4, 4),
}
# The figures that what is said of a class may name, read by hand.
SAID = {
    "levothyroxine": {"4"},
    "fluoroquinolones": {"2", "6", "15"},
    "tetracyclines": {"2", "3", "4", "6"},
    "bisphosphonates": {"2", "3", "4"},
    "gabapentin": {"2", "4"},
    "dolutegravir": {"2", "6"},
    "dolutegravir-rilpivirine": {"4", "6"},
    "elvitegravir": {"2"},
    "other": {"2", "3", "4"},
    "raltegravir": {"6"},
    **dict.fromkeys(
        ("iron", "penicillamine", "nitrofurantoin", "nitroxoline", "quinidine", "eltrombopag"), {"3", "4"}
    ),
    "aminoquinolines": {"3", "4"},
    **dict.fromkeys(
        ("digoxin", "mycophenolate", "rosuvastatin", "azoles", "phenytoin", "ace-inhibitors"), {"2", "4"}
    ),
}
MINUTE = dt.timedelta(minutes=1)


def dose(at, day=DAY, tz="UTC", starts_at=MIDNIGHT, ug=100_000):
    """Return a dose at a time on the wall; None is one without a time."""
    moment = None if at is None else moment_of(day, at, tz, starts_at)
    return Dose(day=day, at=moment, label="Capsule", magnesium_ug=ug)


def lane(*doses, listed=(), day=DAY, tz="UTC", starts_at=MIDNIGHT):
    lines = [
        line if isinstance(line, Listed) else Listed(rule=rule_of(line[0]), at=line[1]) for line in listed
    ]
    return day_lane(day, tz=tz, starts_at=starts_at, doses=doses, listed=lines)


def at_moment(moment):
    """Return a dose at a moment of UTC, on the day it lies in."""
    return Dose(day=moment.date(), at=moment, label="Capsule", magnesium_ug=100_000)


# The rules -----------------------------------------------------------------------------------------


def test_the_gaps_are_those_read():
    spaced = {rule.slug: (rule.hours_before, rule.hours_after) for rule in RULES if rule.mode == "space"}

    assert spaced == READ
    assert [rule.slug for rule in RULES if rule.mode == "avoid"] == ["raltegravir"]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.slug)
def test_each_rule_has_its_sources_and_says_how_they_were_read(rule):
    assert rule.sources
    assert all(source in SOURCES.values() for source in rule.sources)
    assert rule.source is rule.sources[0]
    assert rule.status in ("read in the source", "read in a copy")
    assert rule.reviewed_on == dt.date(2026, 11, 22)
    assert (rule.hours_before is None) is (rule.hours_after is None) is (rule.mode != "space")
    assert rule.said.endswith(".")
    assert set(re.findall(r"\d+", rule.said)) <= SAID.get(rule.slug, set())


def test_what_was_not_read_anywhere_is_not_in_the_list():
    words = " ".join(f"{rule.slug} {rule.name} {rule.examples}" for rule in RULES).lower()

    assert len({rule.slug for rule in RULES}) == len(RULES)
    for name in ("bictegravir", "biktarvy"):
        assert name not in words
    assert rule_of("bictegravir") is None


@pytest.mark.parametrize(
    ("slug", "words"),
    [
        ("levothyroxine", "4 hours before or after magnesium"),
        ("fluoroquinolones", "2 hours before or 6 hours after magnesium"),
        ("elvitegravir", "more than 2 hours before or after magnesium"),
        ("raltegravir", ""),
    ],
)
def test_a_gap_in_words(slug, words):
    assert rule_of(slug).gap == words


# Both edges of each --------------------------------------------------------------------------------


@pytest.mark.parametrize("slug", READ)
def test_a_gap_holds_to_its_last_minute_on_both_sides(slug):
    before, after = (dt.timedelta(hours=count) for count in READ[slug])
    taken = dt.datetime.combine(DAY, NOON, dt.UTC)
    edge = not rule_of(slug).more_than  # at the gap itself it is enough, but where more is asked for

    def near(moment):
        return bool(lane(at_moment(moment), listed=[(slug, NOON)]).clashes)

    assert near(taken)
    assert near(taken + before - MINUTE)
    assert near(taken + before) is not edge
    assert not near(taken + before + MINUTE)
    assert near(taken - after + MINUTE)
    assert near(taken - after) is not edge
    assert not near(taken - after - MINUTE)


@pytest.mark.parametrize("slug", [rule.slug for rule in RULES if rule.mode != "space"])
def test_a_class_without_a_gap_is_near_nothing_and_draws_nothing(slug):
    found = lane(dose(NOON), listed=[(slug, NOON)])

    assert (found.clashes, found.spans) == ((), ())


def test_the_windows_are_not_the_same_on_both_sides():
    (span,) = lane(listed=[("fluoroquinolones", NOON)]).spans

    assert (span.start.hour, span.end.hour) == (6, 14)


# Days ----------------------------------------------------------------------------------------------


def test_yesterdays_late_dose_is_near_todays_first_medicine():
    late = dose(dt.time(23, 30), DAY - ONE_DAY)
    listed = [("levothyroxine", dt.time(0, 30))]

    today = lane(late, listed=listed)
    yesterday = lane(late, listed=listed, day=DAY - ONE_DAY)

    assert [clash.minutes for clash in today.clashes] == [60]
    assert [clash.minutes for clash in yesterday.clashes] == [60]
    assert today.doses == ()
    (note,) = timing_notes(today)
    assert note.text == (
        "100 mg at 23:30 the day before came 1 h before levothyroxine at 00:30, less than the 4 hours that "
        "the sources give."
    )


def test_tomorrows_early_dose_is_near_todays_last_medicine():
    early = dose(dt.time(1), DAY + ONE_DAY)

    (clash,) = lane(early, listed=[("levothyroxine", dt.time(23))]).clashes

    assert (clash.minutes, clash.dose_first) == (120, False)


def test_two_days_that_are_not_this_one_are_no_clash_of_it():
    late = dose(dt.time(23, 30), DAY - ONE_DAY)

    assert lane(late, listed=[("levothyroxine", dt.time(22))]).clashes == ()


def test_a_window_of_tomorrow_reaches_into_today():
    weekday = 1 << (DAY + ONE_DAY).weekday()
    line = Listed(rule=rule_of("fluoroquinolones"), at=dt.time(2), weekdays=weekday)

    (span,) = lane(listed=[line]).spans

    assert (span.start, span.end) == (
        dt.datetime(2026, 11, 22, 20, tzinfo=dt.UTC),
        dt.datetime(2026, 11, 23, tzinfo=dt.UTC),
    )


def test_a_medicine_counts_on_its_weekdays_alone():
    sunday = Listed(rule=rule_of("levothyroxine"), at=NOON, weekdays=0b1000000)
    monday = Listed(rule=rule_of("levothyroxine"), at=NOON, weekdays=0b0000001)

    assert len(lane(dose(NOON), listed=[sunday]).clashes) == 1
    assert lane(dose(NOON), listed=[monday]).clashes == ()
    assert lane(listed=[monday]).listed == ()


def test_a_day_that_starts_at_four_ends_at_four():
    four = dt.time(4)
    night = dose(dt.time(1, 30), starts_at=four)

    found = lane(night, listed=[("levothyroxine", dt.time(23))], starts_at=four)

    assert (found.start.hour, found.end - found.start) == (4, ONE_DAY)
    assert [clash.minutes for clash in found.clashes] == [150]


@pytest.mark.parametrize(
    ("day", "length", "minutes"),
    [
        (dt.date(2026, 3, 29), 23, 180),  # 02:00 to 03:00 is not on the wall
        (dt.date(2026, 3, 30), 24, 240),
        (dt.date(2026, 10, 25), 25, 300),  # 02:00 to 03:00 twice
    ],
)
def test_a_gap_is_what_a_stopwatch_counts_when_the_clocks_change(day, length, minutes):
    berlin = {"day": day, "tz": "Europe/Berlin"}
    found = lane(dose(dt.time(5), **berlin), listed=[("tetracyclines", dt.time(1))], **berlin)
    nearer = lane(dose(dt.time(5), **berlin), listed=[("levothyroxine", dt.time(1))], **berlin)

    assert found.end - found.start == dt.timedelta(hours=length)
    assert found.clashes == ()  # 3 hours are enough on each of them
    assert [clash.minutes for clash in nearer.clashes] == ([minutes] if minutes < 240 else [])


def test_a_dose_logged_in_another_zone_stands_at_its_moment():
    tokyo = dose(dt.time(20), tz="Asia/Tokyo")  # 11:00 in London

    (clash,) = lane(tokyo, listed=[("levothyroxine", NOON)], tz="Europe/London").clashes

    assert (clash.minutes, clash.dose_first) == (60, True)
    assert clash.at.astimezone(ZoneInfo("Europe/London")).hour == 11


def test_doses_stand_by_time_and_those_without_one_last():
    found = lane(dose(None), dose(dt.time(21)), dose(dt.time(8)))

    assert [row.at and row.at.hour for row in found.doses] == [8, 21, None]
    assert len(found.timed) == 2


# The notes -----------------------------------------------------------------------------------------


def notes(*doses, listed):
    return timing_notes(lane(*doses, listed=listed))


def test_a_dose_too_near_is_told_with_its_source():
    (note,) = notes(dose(dt.time(9, 30)), listed=[("levothyroxine", dt.time(8))])

    assert (note.code, note.severity, note.number) == ("dose-near-medicine", "caution", "1 h 30 min")
    assert note.text == (
        "100 mg at 09:30 came 1 h 30 min after levothyroxine at 08:00, less than the 4 hours that the "
        "sources give."
    )
    assert note.source is rule_of("levothyroxine").source
    assert note.why.endswith(WINS)
    assert note.learn == "careful#medicines"


def test_both_orders_have_their_own_gap():
    after, before = (
        notes(dose(at), listed=[("fluoroquinolones", NOON)])[0].text for at in (dt.time(13), dt.time(7))
    )

    assert after.endswith("after the fluoroquinolone at 12:00, less than the 2 hours that the sources give.")
    assert before.endswith(
        "before the fluoroquinolone at 12:00, less than the 6 hours that the sources give."
    )


def test_several_near_doses_of_a_class_are_one_note():
    (note,) = notes(dose(dt.time(9)), dose(dt.time(7, 30)), listed=[("iron", dt.time(8))])

    assert note.text.startswith("100 mg at 07:30 came 30 min before iron at 08:00")
    assert note.text.endswith("; 1 more like it.")


def test_at_the_same_time_is_together():
    (note,) = notes(dose(NOON, ug=None), listed=[("elvitegravir", NOON)])

    assert note.text == (
        "A dose at 12:00 was taken together with elvitegravir at 12:00, not more than the 2 hours that the "
        "sources give."
    )


def test_a_class_no_gap_would_do_for_is_told_whatever_the_hours():
    listed = [("raltegravir", None)]

    (note,) = notes(dose(None), listed=listed)

    assert (note.code, note.severity) == ("medicine-without-gap", "caution")
    assert notes(listed=listed) == ()


def test_a_class_to_ask_about_is_told_with_a_dose_alone():
    listed = [("water-tablets", None)]

    assert [note.code for note in notes(dose(NOON), listed=listed)] == ["medicine-to-ask-about"]
    assert notes(listed=listed) == ()


@pytest.mark.parametrize(
    ("doses", "listed", "text"),
    [
        ([None], [("iron", NOON)], "A dose has no time, so the gap to your medicine is not known."),
        (
            [None, None],
            [("iron", NOON), ("digoxin", None)],
            "2 doses have no time, so the gap to your medicines is not known.",
        ),
        ([dt.time(1)], [("iron", None)], "Your list gives no time for iron, so no gap can be reckoned."),
        ([dt.time(1)], [("iron", NOON)], None),
        ([], [("iron", None)], None),
        ([None], [("water-tablets", None)], None),
    ],
)
def test_a_missing_time_is_told_and_never_taken_as_far_enough(doses, listed, text):
    told = [note.text for note in notes(*map(dose, doses), listed=listed) if note.code == "dose-time-missing"]

    assert told == [text] * bool(text)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.slug)
def test_a_note_of_timing_is_one_sentence_without_a_verdict(rule):
    forbidden = re.compile(
        r"deficien|toxic|\brisk|\bsafe|overdose|\bharm|danger|should|must|\btreat|cure|prevent|diagnos|!",
        re.I,
    )
    for note in notes(dose(NOON), dose(None), listed=[(rule.slug, NOON)]):
        assert note.text.endswith(".")
        assert ". " not in note.text
        for words in (note.title, note.text, note.why):
            assert not forbidden.search(words), words
        assert note.source is None or note.source in SOURCES.values()


@pytest.mark.parametrize(
    ("minutes", "words"), [(0, "0 min"), (25, "25 min"), (60, "1 h"), (90, "1 h 30 min"), (359, "5 h 59 min")]
)
def test_a_gap_is_told_in_hours_and_minutes(minutes, words):
    assert apart(minutes) == words
