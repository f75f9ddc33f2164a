"""Published values: the tables with their edges, and what is not shown because it is not checked."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.domain.references import (
    BODIES,
    HIGH_EDGE,
    SMPC_2016,
    all_ceilings,
    all_rows,
    ceiling_for,
    reference_for,
)

DAY = dt.date(2026, 11, 22)


def value(body, sex=None, age=None, life_stage=None):
    birth_year = None if age is None else DAY.year - age
    return reference_for(body, sex=sex, birth_year=birth_year, life_stage=life_stage, day=DAY)


def mg(found):
    if found is None:
        return None
    return found.low_ug // 1000, None if found.ear_ug is None else found.ear_ug // 1000


@pytest.mark.parametrize(
    ("body", "sex", "age", "expected"),
    [
        ("us", "male", 18, (410, 340)),
        ("us", "male", 19, (400, 330)),
        ("us", "male", 30, (400, 330)),
        ("us", "male", 31, (420, 350)),
        ("us", "male", 99, (420, 350)),
        ("us", "female", 18, (360, 300)),
        ("us", "female", 19, (310, 255)),
        ("us", "female", 30, (310, 255)),
        ("us", "female", 31, (320, 265)),
        ("us", None, 25, (400, 330)),
        ("us", "female", None, (320, 265)),
        ("us", "male", None, (420, 350)),
        ("us", None, None, (420, 350)),
        ("efsa", "male", 18, (350, None)),
        ("efsa", "female", 80, (300, None)),
        ("efsa", None, None, (350, None)),
        ("uk", "female", 18, (300, None)),
        ("uk", "female", 19, (270, None)),
        ("uk", "male", 19, (300, None)),
        ("uk", "female", None, (270, None)),
        ("dach", "male", 18, (330, None)),
        ("dach", "female", 18, (260, None)),
        ("dach", "male", 19, (350, None)),
        ("dach", "female", 19, (300, None)),
        ("nordic", "male", 18, (350, None)),
        ("nordic", "female", 18, (300, None)),
        ("who", "female", 18, (220, None)),
        ("who", "male", 18, (230, None)),
        ("who", "male", 65, (260, None)),
        ("who", "male", 66, (224, None)),
        ("who", "female", 65, (220, None)),
        ("who", "female", 66, (190, None)),
        ("who", None, None, (260, None)),
        ("jp", "male", 18, (340, None)),
        ("jp", "male", 30, (380, None)),
        ("jp", "male", 50, (370, None)),
        ("jp", "male", 65, (350, None)),
        ("jp", "male", 75, (330, None)),
        ("jp", "female", 29, (280, None)),
        ("jp", "female", 49, (290, None)),
        ("jp", "female", 64, (290, None)),
        ("jp", "female", 74, (280, None)),
        ("jp", "female", 75, (270, None)),
        ("jp", None, None, (380, None)),
        ("anz", "male", 18, (410, 340)),
        ("anz", "male", 30, (400, 330)),
        ("anz", "male", 31, (420, 350)),
        ("anz", "female", 30, (310, None)),
        ("anz", "female", 31, (320, None)),
    ],
)
def test_a_value_is_the_row_s_of_sex_and_age(body, sex, age, expected):
    assert mg(value(body, sex, age)) == expected


@pytest.mark.parametrize(
    ("body", "life_stage", "age", "expected"),
    [
        ("us", "pregnant", 18, (400, 335)),
        ("us", "pregnant", 19, (350, 290)),
        ("us", "pregnant", 31, (360, 300)),
        ("us", "pregnant", 50, (360, 300)),
        ("us", "pregnant", 51, None),
        ("us", "pregnant", None, (360, 300)),
        ("us", "lactating", 18, (360, 300)),
        ("us", "lactating", 30, (310, None)),
        ("us", "lactating", 50, (320, None)),
        ("us", "lactating", 51, None),
        ("efsa", "pregnant", 30, (300, None)),
        ("efsa", "lactating", 30, (300, None)),
        ("uk", "pregnant", 18, (300, None)),
        ("uk", "pregnant", 30, (270, None)),
        ("uk", "lactating", 30, None),
        ("dach", "pregnant", 18, (300, None)),
        ("dach", "lactating", 30, (300, None)),
        ("nordic", "pregnant", 30, None),
        ("nordic", "lactating", None, None),
        ("who", "pregnant", 30, (220, None)),
        ("who", "lactating", 30, (270, None)),
        ("jp", "pregnant", 29, (320, None)),
        ("jp", "pregnant", 30, (330, None)),
        ("jp", "lactating", 29, (280, None)),
        ("jp", "lactating", 30, (290, None)),
        ("jp", "pregnant", 65, None),
        ("anz", "pregnant", 30, None),
        ("anz", "lactating", 30, None),
    ],
)
@pytest.mark.parametrize("sex", ["female", "male", None])
def test_a_life_stage_is_taken_as_given_whatever_the_sex(body, life_stage, age, sex, expected):
    assert mg(value(body, sex, age, life_stage)) == expected


@given(
    st.sampled_from(BODIES),
    st.sampled_from(["female", "male", None]),
    st.sampled_from(["pregnant", "lactating", None]),
    st.integers(-200, 17),
)
def test_no_built_in_number_is_for_people_under_18(body, sex, life_stage, age):
    assert value(body, sex, age, life_stage) is None
    assert ceiling_for(body, birth_year=DAY.year - age, day=DAY) is None


@given(st.sampled_from(BODIES), st.integers(18, 130))
def test_without_a_sex_the_higher_low_edge_is_taken(body, age):
    assert value(body, None, age).low_ug == max(value(body, sex, age).low_ug for sex in ("female", "male"))


@given(st.sampled_from(BODIES), st.sampled_from(["female", "male"]), st.integers(19, 130))
def test_without_a_birth_year_no_adult_s_value_is_higher(body, sex, age):
    assert value(body, sex).low_ug >= value(body, sex, age).low_ug


@given(st.sampled_from(BODIES), st.sampled_from(["female", "male"]), st.integers(18, 130))
def test_an_adult_of_a_sex_has_exactly_one_row(body, sex, age):
    rows = [
        row
        for row in all_rows()
        if (row.body, row.sex, row.life_stage) == (body, sex, None) and row.holds_at(age)
    ]

    assert len(rows) == 1
    assert rows[0].reaches(age)


def test_the_age_turns_with_the_year_of_the_day():
    def at(day):
        return reference_for("us", sex="female", birth_year=1996, life_stage=None, day=day)

    assert at(dt.date(2026, 12, 31)).low_ug == 310_000
    assert at(dt.date(2027, 1, 1)).low_ug == 320_000


@pytest.mark.parametrize(
    ("body", "added_mg", "source"),
    [
        ("us", 350, "IOM 1997"),
        ("efsa", 250, "SCF 2001"),
        ("uk", 400, "EVM 2003"),
        ("dach", 250, "BfR 2017"),
        ("nordic", 250, "NNR 2023"),
        ("who", 350, "FAO/WHO 2004"),
        ("jp", 350, "MHLW 2025"),
    ],
)
@pytest.mark.parametrize("birth_year", [None, DAY.year - 18])
def test_a_ceiling_is_the_body_s(body, added_mg, source, birth_year):
    ceiling = ceiling_for(body, birth_year=birth_year, day=DAY)

    assert ceiling.added_ug == added_mg * 1000
    assert ceiling.citation.short == source


def test_an_unchecked_ceiling_is_not_shown():
    assert ceiling_for("anz", birth_year=None, day=DAY) is None
    assert [body for body, _ in all_ceilings()] == [body for body in BODIES if body != "anz"]


def test_the_european_ceiling_says_what_is_not_counted():
    assert "fortified foods" in ceiling_for("efsa", birth_year=None, day=DAY).covers


def test_an_unknown_body_is_refused():
    with pytest.raises(ValueError, match="no such body"):
        value("fda")
    with pytest.raises(ValueError, match="no such body"):
        ceiling_for("fda", birth_year=None, day=DAY)


def test_every_row_says_where_it_stands_and_how_it_was_checked():
    rows = all_rows()

    assert list(dict.fromkeys(row.body for row in rows)) == list(BODIES)
    assert len({(row.body, row.group) for row in rows}) == len(rows)
    for row in rows:
        citation = row.value.citation
        assert citation.body
        assert citation.title
        assert citation.table
        assert 1990 < citation.year < 2030
        assert citation.url == "" or citation.url.startswith("http")
        assert row.status in ("read in the source", "read in a copy", "computed")
        assert row.value.ear_ug is None or row.value.ear_ug < row.value.low_ug


def test_the_high_edge_is_a_convention_with_a_source():
    assert HIGH_EDGE.high_ug == 500_000
    assert HIGH_EDGE.basis == "a convention"
    assert HIGH_EDGE.citation.short == "SCF 1993"
    assert SMPC_2016.short == "MHRA 2016"
