"""From a person's choice to the band and ceiling of a day."""

import dataclasses
import datetime as dt

import pytest

from intake.domain import aim as aims
from intake.domain.aim import Choice, aim_for
from intake.domain.band import Band
from intake.domain.references import HIGH_EDGE, SCF_1993

DAY = dt.date(2026, 11, 22)


def test_unset_means_us_and_adult():
    aim = aim_for(Choice(), DAY)

    assert aim.band == Band(low_ug=420_000, high_ug=500_000)
    assert aim.band_basis == "RDA, IOM 1997"
    assert aim.ear_ug == 350_000
    assert aim.high_citation == SCF_1993
    assert (aim.ceiling_ug, aim.ceiling_basis) == (350_000, "IOM 1997")
    assert aim.ceiling_covers == "supplements and medicines"
    assert aim.ceiling_citation.short == "IOM 1997"
    assert not aim.own_band
    assert not aim.own_ceiling


def test_an_own_band_takes_the_place_of_the_body_s_and_keeps_its_marks():
    aim = aim_for(Choice(sex="female", birth_year=1986, low_ug=300_000, high_ug=400_000), DAY)

    assert aim.own_band
    assert aim.band == Band(low_ug=300_000, high_ug=400_000)
    assert aim.band_basis == "your own"
    assert aim.high_citation is None
    assert (aim.reference.low_ug, aim.ear_ug) == (320_000, 265_000)
    assert aim.ceiling_basis == "IOM 1997"


@pytest.mark.parametrize("edges", [{"low_ug": 300_000}, {"high_ug": 400_000}])
def test_half_a_band_is_none(edges):
    assert not aim_for(Choice(**edges), DAY).own_band


def test_an_own_ceiling_takes_the_place_of_the_body_s():
    aim = aim_for(Choice(ceiling_ug=200_000), DAY)

    assert aim.own_ceiling
    assert (aim.ceiling_ug, aim.ceiling_basis) == (200_000, "your own")
    assert aim.ceiling_citation is None
    assert aim.ceiling_covers == ""


@pytest.mark.parametrize(
    "choice",
    [Choice(birth_year=2010), Choice(body="anz", life_stage="pregnant")],
    ids=["under 18", "no checked row"],
)
def test_what_is_not_held_is_not_available(choice):
    aim = aim_for(choice, DAY)

    assert aim.band is None
    assert aim.band_basis == "not available"
    assert (aim.reference, aim.ear_ug, aim.high_citation) == (None, None, None)
    assert (aim.ceiling_ug, aim.ceiling_basis, aim.ceiling_citation) == (None, "not available", None)


def test_people_under_18_can_set_their_own_numbers():
    aim = aim_for(Choice(birth_year=2010, low_ug=1, high_ug=2, ceiling_ug=3), DAY)

    assert (aim.band, aim.ceiling_ug) == (Band(low_ug=1, high_ug=2), 3)


def test_the_band_stays_in_order_if_a_value_lies_above_the_convention(monkeypatch):
    monkeypatch.setattr(aims, "HIGH_EDGE", dataclasses.replace(HIGH_EDGE, high_ug=400_000))

    assert aim_for(Choice(), DAY).band == Band(low_ug=420_000, high_ug=420_000)
