"""The notes of a day: when each is told, and what none of them ever says."""

import datetime as dt
import itertools
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.domain.aim import Choice, aim_for
from intake.domain.day import DayTotal
from intake.domain.doses import Intakes
from intake.domain.note import in_order
from intake.domain.notes import RULES, DayFacts, notes_for
from intake.domain.references import BFR_2017, BODIES, SMPC_2016, SOURCES

DAY = dt.date(2026, 11, 22)
WOMAN = Choice(sex="female", birth_year=1986)
OWN = Choice(low_ug=300_000, high_ug=400_000, ceiling_ug=100_000)
CODES = [
    "added-over-ceiling",
    "large-single-dose",
    "added-in-one-intake",
    "total-above-band",
    "total-below-band",
    "values-missing",
    "ask-a-professional",
]
FORBIDDEN = re.compile(
    r"deficien|toxic|\brisk|\bsafe|overdose|\bharm|danger|should|must|\btreat|cure|prevent|diagnos|neuropath|pain|"
    r"burning|you failed|great job|!",
    re.IGNORECASE,
)


def facts(choice=WOMAN, food=0, water=0, added=0, known=1, unknown=0, **others):
    total = DayTotal(food_ug=food, water_ug=water, added_ug=added, known=known, unknown=unknown)
    return DayFacts(total=total, aim=aim_for(choice, DAY), **others)


def note(code, given_facts):
    return next((note for note in notes_for(given_facts) if note.code == code), None)


def test_an_empty_day_has_no_notes():
    assert notes_for(facts(known=0, life_stage="pregnant", added_or_topical=True)) == ()


def test_a_day_within_the_band_has_no_notes():
    assert notes_for(facts(food=400_000)) == ()


@pytest.mark.parametrize(
    ("food", "added", "expected"),
    [
        (300_000, 200_000, False),
        (0, 350_000, False),
        (0, 350_001, True),
        (0, 400_000, True),
        (900_000, 0, False),
    ],
)
def test_only_added_magnesium_meets_the_ceiling(food, added, expected):
    found = note("added-over-ceiling", facts(food=food, added=added))

    assert (found is not None) is expected


def test_the_ceiling_s_note_names_the_body_and_what_it_covers():
    found = note("added-over-ceiling", facts(added=400_000))

    assert found.severity == "caution"
    assert found.text == "Supplements and medicines came to 400 mg, above the IOM 1997 ceiling of 350 mg."
    assert found.why == (
        "This ceiling is for supplements and medicines. Food and water are not counted toward it."
    )
    assert found.source.short == "IOM 1997"
    assert found.number == "400 mg"


def test_an_own_ceiling_has_no_source():
    found = note("added-over-ceiling", facts(OWN, food=250_000, added=100_001))

    assert found.text.endswith("came to 100.001 mg, above your own ceiling of 100 mg.")
    assert found.why.startswith("You set this ceiling.")
    assert found.source is None


def test_without_a_ceiling_there_is_no_note_of_it():
    assert note("added-over-ceiling", facts(Choice(body="anz"), added=900_000)) is None


@pytest.mark.parametrize(
    ("dose", "expected"), [(0, False), (249_999, False), (250_000, True), (400_000, True)]
)
def test_250_mg_at_once_are_a_large_dose(dose, expected):
    found = note("large-single-dose", facts(food=400_000, intakes=Intakes(count=1, largest_ug=dose)))

    assert (found is not None) is expected
    if found:
        assert found.severity == "notice"
        assert found.source == BFR_2017


BFR = Choice(body="us", ceiling_body="dach", sex="female")


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"at_once": 125_000}, False),
        ({"at_once": 125_001}, True),
        ({"at_once": 249_999}, True),
        ({"at_once": 250_000}, False),  # told as a large dose
        ({"count": 2}, False),
        ({"count": None}, False),
        ({"finished": False}, False),
        ({"choice": Choice(body="us")}, False),
        ({"choice": Choice(body="dach")}, True),
        ({"choice": Choice(body="dach", ceiling_ug=250_000)}, False),
    ],
)
def test_one_intake_is_told_where_the_ceiling_is_meant_over_several(changes, expected):
    given_facts = {"choice": BFR, "count": 1, "at_once": 200_000, "finished": True} | changes
    found = note(
        "added-in-one-intake",
        facts(
            given_facts["choice"],
            food=400_000,
            added=given_facts["at_once"],
            intakes=Intakes(count=given_facts["count"], largest_ug=given_facts["at_once"]),
            finished=given_facts["finished"],
        ),
    )

    assert (found is not None) is expected
    if found:
        assert found.source == BFR_2017
        assert found.why.startswith("Told above half of the 250 mg.")


@pytest.mark.parametrize(("body", "told"), [("us", False), ("who", False), ("jp", False), ("uk", True)])
def test_a_ceiling_for_supplements_alone_says_that_medicines_count_beside_them(body, told):
    found = note("added-over-ceiling", facts(Choice(ceiling_body=body), added=500_000))

    assert ("Medicines with magnesium are counted beside them here." in found.why) is told


@pytest.mark.parametrize(
    ("food", "expected"),
    [
        (319_999, "total-below-band"),
        (320_000, None),
        (500_000, None),
        (500_001, "total-above-band"),
    ],
)
def test_a_total_outside_the_band_is_told(food, expected):
    assert [found.code for found in notes_for(facts(food=food))] == [expected] * bool(expected)


@pytest.mark.parametrize(
    ("finished", "unknown", "title", "text"),
    [
        (True, 0, "Below your band", "The day came to 291 mg; your band starts at 320 mg."),
        (True, 2, "Below your band", "The day came to at least 291 mg; your band starts at 320 mg."),
        (False, 0, "Below your band so far", "291 mg so far; your band starts at 320 mg."),
        (False, 2, "Below your band so far", "At least 291 mg so far; your band starts at 320 mg."),
    ],
)
def test_a_total_below_is_told_softly(finished, unknown, title, text):
    found = note("total-below-band", facts(food=291_000, unknown=unknown, finished=finished))

    assert (found.severity, found.title, found.text) == ("info", title, text)
    assert found.source.short == "IOM 1997"
    assert "RDA, IOM 1997" in found.why


def test_the_high_edge_is_called_a_convention():
    found = note("total-above-band", facts(food=520_000))

    assert found.text == "The day came to 520 mg; your band ends at 500 mg."
    assert "convention" in found.why
    assert found.source.short == "SCF 1993"


@pytest.mark.parametrize(("food", "code"), [(200_000, "total-below-band"), (500_000, "total-above-band")])
def test_an_own_band_has_no_source(food, code):
    assert note(code, facts(OWN, food=food)).source is None


def test_an_own_edge_is_called_the_person_s():
    assert note("total-above-band", facts(OWN, food=500_000)).why.startswith("You set this edge.")


@pytest.mark.parametrize("changes", [{"choice": Choice(birth_year=2010)}, {"known": 0, "unknown": 1}])
@pytest.mark.parametrize("food", [0, 900_000])
def test_without_a_band_or_a_known_value_nothing_is_said_of_the_total(changes, food):
    codes = {found.code for found in notes_for(facts(**{"food": food, **changes}))}

    assert codes.isdisjoint({"total-below-band", "total-above-band"})


@pytest.mark.parametrize(
    ("labels", "known", "title", "text"),
    [
        (
            ("Lentil soup",),
            1,
            "One item has no magnesium value",
            "Lentil soup is left open, not counted as zero, and the day holds at least 400 mg.",
        ),
        (
            ("Lentil soup", "Toast"),
            1,
            "Two items have no magnesium value",
            "Lentil soup and Toast are left open, not counted as zero, and the day holds at least 400 mg.",
        ),
        (
            ("A", "B", "C"),
            0,
            "Three items have no magnesium value",
            "A, B and C are left open, not counted as zero, and nothing is known of this day yet.",
        ),
        (
            ("A", "B", "B", "C", "D", "E"),
            0,
            "Six items have no magnesium value",
            "A, B, C and 2 more are left open, not counted as zero, and nothing is known of this day yet.",
        ),
        (
            ("A",) * 12,
            0,
            "12 items have no magnesium value",
            "A is left open, not counted as zero, and nothing is known of this day yet.",
        ),
    ],
)
def test_missing_values_are_named_up_to_three(labels, known, title, text):
    found = note(
        "values-missing", facts(food=400_000, known=known, unknown=len(labels), unknown_labels=labels)
    )

    assert (found.severity, found.title, found.text) == ("info", title, text)
    assert found.number == f"{len(labels)} item{'s' * (len(labels) > 1)}"


@pytest.mark.parametrize(("unknown", "start"), [(1, "1 item is left open"), (2, "2 items are left open")])
def test_missing_values_without_names_are_counted(unknown, start):
    assert note("values-missing", facts(food=400_000, unknown=unknown)).text.startswith(start)


@pytest.mark.parametrize(
    ("life_stage", "added_or_topical", "expected"),
    [(None, False, False), (None, True, True), ("pregnant", False, True), ("lactating", True, True)],
)
def test_a_professional_is_named_where_something_is_taken_or_a_life_stage_is_set(
    life_stage, added_or_topical, expected
):
    found = note(
        "ask-a-professional", facts(food=400_000, life_stage=life_stage, added_or_topical=added_or_topical)
    )

    assert (found is not None) is expected
    if found:
        assert found.source == SMPC_2016
        for word in ("kidney", "heart rhythm", "diabetes", "pregnancy", "medicines", "doctor or pharmacist"):
            assert word in found.text


def grid():
    choices = [OWN, *(Choice(body=body) for body in BODIES), Choice(birth_year=2010)]
    amounts = [(0, 0), (100_000, 0), (319_999, 0), (400_000, 130_000), (700_000, 0), (0, 450_000)]
    for choice, (food, added), unknown, finished, stage in itertools.product(
        choices, amounts, (0, 1, 5, 11), (True, False), (None, "pregnant")
    ):
        yield facts(
            choice,
            food=food,
            added=added,
            unknown=unknown,
            unknown_labels=tuple(f"item {n}" for n in range(unknown)),
            intakes=Intakes(count=1 if added else 0, largest_ug=added),
            finished=finished,
            life_stage=stage,
            added_or_topical=added > 0,
        )


def test_no_note_judges_threatens_or_claims():
    seen = set()
    for given_facts in grid():
        for found in notes_for(given_facts):
            seen.add(found.code)
            for words in (found.title, found.text, found.why):
                assert not FORBIDDEN.search(words), words
            assert found.text.endswith(".")
            assert ". " not in found.text
            assert found.why.endswith(".")
    assert seen == set(CODES)


def test_notes_stand_in_one_order():
    assert [rule.__name__.replace("_", "-") for rule in RULES] == CODES
    for given_facts in grid():
        codes = [found.code for found in notes_for(given_facts)]
        assert codes == sorted(codes, key=CODES.index)


def test_the_gravest_notes_stand_first():
    for given_facts in grid():
        severities = [found.severity for found in in_order(notes_for(given_facts))]
        assert severities == sorted(severities, key=["caution", "notice", "info"].index)


# What each source says, read by hand: a figure of a note that is none of these and none of the day's fails.
READ = {
    "BfR 2017": {"250", "2017"},
    "IOM 1997": {"350", "1997", "420"},
    "SCF 2001": {"250", "2001"},
    "EVM 2003": {"400", "2003"},
    "NNR 2023": {"250", "300", "350", "2023"},
    "FAO/WHO 2004": {"350", "260", "2004"},
    "MHLW 2025": {"350", "380", "2025"},
    "EFSA 2015": {"350", "2015"},
    "COMA 1991": {"300", "1991"},
    "D-A-CH 2021": {"350", "2021"},
    "NHMRC 2006": {"420", "2006"},
    "SCF 1993": {"500", "1993"},
    "MHRA 2016": set(),
}
FINE = {"1991", "88", "396"}  # the study named beside the amount at once
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


OF_THE_DAY = {"0", "100", "130", "319.999", "320", "450", "530", "700"}  # what the grid's days come to


def test_every_figure_of_a_note_is_the_day_s_or_its_source_s():
    cited = [found for given_facts in grid() for found in notes_for(given_facts) if found.source]
    assert {found.source.short for found in cited} == set(READ)
    for found in cited:
        for number in NUMBER.findall(f"{found.text} {found.why}"):
            assert number in READ[found.source.short] | OF_THE_DAY | FINE, (found.code, number)


def test_every_note_has_a_source_of_the_list_and_a_place_to_read_more():
    for given_facts in grid():
        for found in notes_for(given_facts):
            assert found.source is None or found.source in SOURCES.values()
            assert found.learn_page in ("band", "careful", "food")


@given(st.integers(0, 20_000_000), st.integers(0, 20_000_000), st.sampled_from(BODIES))
def test_the_ceiling_s_note_does_not_depend_on_food(food, added, body):
    with_food = note("added-over-ceiling", facts(Choice(body=body), food=food, added=added))

    assert with_food == note("added-over-ceiling", facts(Choice(body=body), added=added))


def test_a_note_names_the_page_and_the_section_that_explain_it():
    (note,) = [n for n in notes_for(facts(added=351_000)) if n.code == "added-over-ceiling"]

    assert (note.learn_page, note.learn_section) == ("band", "ceiling")
