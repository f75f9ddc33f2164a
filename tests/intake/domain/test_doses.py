"""Over how many intakes a day's magnesium came."""

import datetime as dt

import pytest

from intake.domain.doses import Intakes, intakes_of

EIGHT, NINE = dt.time(8), dt.time(21)


@pytest.mark.parametrize(
    ("items", "count", "largest_ug"),
    [
        ([], 0, 0),
        ([(EIGHT, 100)], 1, 100),
        ([(EIGHT, 100), (EIGHT, 50)], 1, 150),
        ([(EIGHT, 100), (NINE, 150), (EIGHT, 60)], 2, 160),
        ([(None, 100), (EIGHT, 50)], None, 100),
        ([(None, 100), (None, 100)], None, 100),
        ([(EIGHT, None)], None, 0),
        ([(EIGHT, None), (EIGHT, 70)], None, 70),
    ],
)
def test_what_has_the_same_time_is_one_intake(items, count, largest_ug):
    assert intakes_of(items) == Intakes(count=count, largest_ug=largest_ug)
