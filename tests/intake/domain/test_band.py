"""The band and its zones, with their edges."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.domain.band import Band, Standing, Zone

ORDER = list(Zone)

bands = st.tuples(st.integers(1, 20_000_000), st.integers(1, 20_000_000)).map(
    lambda edges: Band(low_ug=min(edges), high_ug=max(edges))
)
totals = st.integers(0, 60_000_000)


@pytest.mark.parametrize(("low", "high"), [(0, 1), (-1, 5), (6, 5), (0, 0)])
def test_a_band_out_of_order_is_refused(low, high):
    with pytest.raises(ValueError, match="band out of order"):
        Band(low_ug=low, high_ug=high)


@pytest.mark.parametrize(
    ("total_ug", "standing", "zone"),
    [
        (0, "below", "well below"),
        (213_333, "below", "well below"),
        (213_334, "below", "below"),
        (319_999, "below", "below"),
        (320_000, "within", "within"),
        (500_000, "within", "within"),
        (500_001, "above", "above"),
        (666_666, "above", "above"),
        (666_667, "above", "well above"),
    ],
)
def test_edges_are_within_and_zones_are_cut_at_two_and_four_thirds(total_ug, standing, zone):
    band = Band(low_ug=320_000, high_ug=500_000)

    assert band.standing(total_ug) == standing
    assert band.zone(total_ug) == zone


def test_exact_thirds_belong_to_the_inner_zone():
    band = Band(low_ug=300_000, high_ug=450_000)

    assert band.zone(200_000) is Zone.BELOW
    assert band.zone(600_000) is Zone.ABOVE


def test_a_band_may_be_one_value():
    band = Band(low_ug=7, high_ug=7)

    assert [band.standing(ug) for ug in (6, 7, 8)] == [Standing.BELOW, Standing.WITHIN, Standing.ABOVE]


@given(bands, totals, totals)
def test_more_magnesium_is_never_a_lower_zone(band, one, other):
    less, more = sorted((one, other))

    assert ORDER.index(band.zone(less)) <= ORDER.index(band.zone(more))


@given(bands, totals)
def test_a_zone_agrees_with_the_standing(band, total):
    assert band.zone(total).value.removeprefix("well ") == band.standing(total).value
