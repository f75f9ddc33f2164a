"""Ceilings by body: the figures as read, what each covers, for adults alone."""

import datetime as dt

import pytest

from intake.domain.aim import Choice, aim_for
from intake.domain.references import BODIES, SOURCES, UNVERIFIED, all_ceilings, ceiling_for, ceiling_of

DAY = dt.date(2026, 11, 22)
# Read by hand: mg a day, and over how many intakes at least.
READ = {
    "us": (350, 1),
    "efsa": (250, 1),
    "uk": (400, 1),
    "dach": (250, 2),
    "nordic": (250, 1),
    "who": (350, 1),
    "jp": (350, 1),
}


def test_the_ceilings_are_those_read():
    assert {body: (c.added_ug // 1000, c.intakes) for body, c in all_ceilings()} == READ
    assert UNVERIFIED == "not available until verified"
    assert ceiling_of("anz") is None


@pytest.mark.parametrize(("body", "ceiling"), all_ceilings())
def test_each_ceiling_says_what_it_covers_and_where_it_stands(body, ceiling):
    assert ceiling.covers
    assert ceiling.citation in SOURCES.values()
    assert ceiling.status in ("read in the source", "read in a copy")
    assert ceiling.is_limit is (body != "uk")
    assert ceiling.medicines is (body in ("us", "who", "jp"))


@pytest.mark.parametrize("body", BODIES)
@pytest.mark.parametrize("ceiling_body", BODIES)
def test_the_ceiling_s_body_is_chosen_apart_from_the_band_s(body, ceiling_body):
    aim = aim_for(Choice(body=body, ceiling_body=ceiling_body), DAY)

    assert aim.ceiling_ug == (READ[ceiling_body][0] * 1000 if ceiling_body in READ else None)
    assert aim.band == aim_for(Choice(body=body), DAY).band
    assert aim.ceiling_unverified is (ceiling_body == "anz")


@pytest.mark.parametrize(("age", "held"), [(17, False), (18, True), (99, True)])
@pytest.mark.parametrize("body", READ)
def test_ceilings_are_for_adults(body, age, held):
    aim = aim_for(Choice(ceiling_body=body, birth_year=DAY.year - age), DAY)

    assert (aim.ceiling_ug is not None) is held
    assert not aim.ceiling_unverified
    assert (ceiling_for(body, birth_year=DAY.year - age, day=DAY) is not None) is held


def test_an_own_ceiling_has_no_intakes_and_is_nobody_s():
    aim = aim_for(Choice(ceiling_body="anz", ceiling_ug=200_000), DAY)

    assert (aim.ceiling_ug, aim.ceiling_intakes, aim.ceiling_unverified) == (200_000, 1, False)


def test_every_source_stands_once_under_a_key_that_a_text_can_name():
    assert len(set(SOURCES.values())) == len(SOURCES)
    for key, source in SOURCES.items():
        assert key == key.lower()
        assert " " not in key
        assert source.body
        assert source.title
        assert 1980 < source.year < 2030
        assert source.url == "" or source.url.startswith("http")
