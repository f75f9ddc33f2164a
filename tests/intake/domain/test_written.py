"""Days, ids and numbers from their text: one way to write each, anything else is None."""

import datetime as dt
from uuid import UUID

import pytest

from intake.domain.written import day_from, uuid_from, whole_from

ID = "0199f0a2-6a3b-7cc1-9d55-0c5a3c9d1e11"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-11-22", dt.date(2026, 11, 22)),
        ("1900-01-01", dt.date(1900, 1, 1)),
        ("2200-01-01", dt.date(2200, 1, 1)),
        ("1899-12-31", None),
        ("2200-01-02", None),
        ("2026-02-30", None),
        ("20261122", None),
        ("2026-W47-7", None),
        (" 2026-11-22", None),
        ("２０２６-11-22", None),
        ("", None),
        (None, None),
        (20261122, None),
    ],
)
def test_a_day_is_written_in_one_way_and_in_reach(text, expected):
    assert day_from(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (ID, UUID(ID)),
        (ID.upper(), UUID(ID)),
        (ID.replace("-", ""), None),
        (f"{{{ID}}}", None),
        (f"urn:uuid:{ID}", None),
        ("", None),
        (7, None),
    ],
)
def test_an_id_is_written_with_its_hyphens(text, expected):
    assert uuid_from(text) == expected


@pytest.mark.parametrize(
    ("text", "digits", "expected"),
    [
        ("0", 4, 0),
        ("0100", 4, 100),
        ("10000", 4, None),
        ("-1", 4, None),
        ("1.0", 4, None),
        ("1_0", 4, None),
        ("٣", 4, None),
        ("²", 4, None),
        ("", 4, None),
        ("9" * 18, 18, int("9" * 18)),
    ],
)
def test_a_whole_number_is_plain_digits(text, digits, expected):
    assert whole_from(text, digits) == expected
