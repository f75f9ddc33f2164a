"""One reading of JSON."""

import io
from decimal import Decimal

import pytest
from rest_framework.exceptions import ParseError

from intake.parsers import MAX_BYTES, StrictJSONParser


def read(raw):
    return StrictJSONParser().parse(io.BytesIO(raw))


@pytest.mark.parametrize(
    ("raw", "body"),
    [
        (b'{"a": 1, "b": 1.50, "c": null}', {"a": 1, "b": Decimal("1.50"), "c": None}),
        (b'\xef\xbb\xbf{"a": "\xc3\xa9"}', {"a": "é"}),
        (b'{"a": 1e400}', {"a": Decimal("1e400")}),  # a number all the same: the field's bounds refuse it
        (b"{}", {}),
    ],
)
def test_an_object_is_read(raw, body):
    assert read(raw) == body


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b" ",
        b"[]",
        b"1",
        b'"text"',
        b"null",
        b"{",
        b"{'a': 1}",
        b'{"a": 1,}',
        b'{"a": 1} {"b": 2}',
        b'{"a": 1, "a": 2}',
        b'{"a": {"b": 1, "b": 1}}',
        b'{"a": NaN}',
        b'{"a": Infinity}',
        b'{"a": -Infinity}',
        b'{"a": ' + b"9" * 401 + b"}",
        b'{"a": 1e99999999999999999999}',
        b'{"a": 1.' + b"0" * 401 + b"}",
        b'{"a": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
        b'{"a":' * 50_000 + b"1" + b"}" * 50_000,
        b'{"\\u0000": 1}',
        b'{"\\ud800": 1}',
        b'{"' + b"k" * 65 + b'": 1}',
        b'{"a": "\xff"}',
        '{"a": 1}'.encode("utf-16"),
        b'{"a": "' + b"x" * MAX_BYTES + b'"}',
    ],
    ids=lambda raw: repr(raw[:24]),
)
def test_what_could_be_read_in_two_ways_or_not_at_all_is_refused(raw):
    with pytest.raises(ParseError):
        read(raw)


@pytest.mark.parametrize(
    "content_type", ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/plain"]
)
def test_only_json_is_read(api, content_type):
    answer = api.post("entries/", raw=b"day=2026-11-22", content_type=content_type)

    assert answer.status_code == 415
    assert "detail" in answer.json()


def test_a_huge_body_is_refused(api):
    assert api.post("entries/", raw=b" " * 5_000_000).status_code == 400


def test_a_body_too_large_is_read_to_its_end_so_that_the_answer_is_heard():
    sent = io.BytesIO(b"x" * (3 * MAX_BYTES))

    with pytest.raises(ParseError):
        StrictJSONParser().parse(sent)

    assert sent.read() == b""
