"""Numbers as labels print them, and a text made even."""

from decimal import Decimal

import pytest

from supplements.reading.text import clean, folded, number


@pytest.mark.parametrize(
    ("printed", "unit", "country", "value"),
    [
        ("200", "mg", None, "200"),
        ("1,000", "mg", None, "1000"),
        ("1,250,000", "ug", None, "1250000"),
        ("1 803", "mg", None, "1803"),
        ("1'500", "mg", None, "1500"),
        ("187,5", "mg", None, "187.5"),
        ("97.2", "mg", None, "97.2"),
        ("1.803,0", "mg", "eu", "1803"),
        ("1,803.5", "mg", "us", "1803.5"),
        ("1.803", "mg", "eu", "1803"),
        ("121.525", "mg", "us", "121.525"),
        ("0.375", "g", None, "0.375"),
        ("0,375", "mg", None, "0.375"),
        ("1,803", "g", None, "1.803"),
        ("1.803", "g", "eu", "1.803"),
    ],
)
def test_a_number_means_what_its_marks_and_country_say(printed, unit, country, value):
    written = number(printed, unit, country)

    assert (written.value, written.other) == (Decimal(value), None)


@pytest.mark.parametrize(
    ("printed", "country", "value", "other"),
    [
        ("1.500", None, "1.500", "1500"),
        ("121.525", None, "121.525", "121525"),
        ("1.500", "us", "1.500", "1500"),
        ("9.999", "uk", "9.999", "9999"),
    ],
)
def test_three_digits_behind_a_dot_are_doubtful_where_either_can_be(printed, country, value, other):
    written = number(printed, "mg", country)

    assert (written.value, written.other) == (Decimal(value), Decimal(other))


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("Magnesium® 200 mg†", "Magnesium  200 mg "),
        ("Magnesium\u00a0200\u00a0mg", "Magnesium 200 mg"),
        ("1\u202f803 mg", "1803 mg"),
        ("375 µg", "375 ug"),
        ("375 μg", "375 ug"),
        ("MgCl₂·6H₂O", "MgCl2 6H2O"),
        ("−200 mg", "-200 mg"),
        ("Magne-\n sium", "Magnesium"),
        ("Mag\u00adnesium", "Magnesium"),
        ("M a g n e s i u m 2 0 0 m g", "Magnesium 200 mg"),
        ("200 rng", "200 mg"),
        ("2 50 mg", "2 50 mg"),
        ("2 00 mg", "200 mg"),
        ("9" * 13, "#"),
        ("9" * 12, "9" * 12),
        ("a\x00b", "a b"),
        ("a\nb", "a\nb"),
    ],
)
def test_a_text_is_made_even(text, cleaned):
    assert clean(text) == cleaned


@pytest.mark.parametrize("text", ["Magnésium Größe", "İSTANBUL", "ﬁ", "Straße", "\u0301", "𝟏𝟐"])
def test_a_folded_text_keeps_every_letter_in_its_place(text):
    assert len(folded(text)) == len(text)


def test_a_folded_text_has_small_letters_without_accents():
    assert folded("Magnésium, GELULES, Größe") == "magnesium, gelules, große"
