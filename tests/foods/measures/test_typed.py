"""Amounts as people type them: numbers in every spelling, units by one name, nothing guessed."""

import contextlib
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foods.measures import NotRead, Typed, number_text, read_amount
from foods.measures.units import CUP_ML, VOLUMES_ML, WEIGHTS_MG, stems


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2", Typed(Fraction(2))),
        ("1/2 cup", Typed(Fraction(1, 2), "cup")),
        ("½ cup", Typed(Fraction(1, 2), "cup")),
        ("1 ½ cups", Typed(Fraction(3, 2), "cup")),
        ("1½", Typed(Fraction(3, 2))),
        ("1 1/2", Typed(Fraction(3, 2))),
        ("1-1/2 Tbsp.", Typed(Fraction(3, 2), "tbsp")),
        ("1⁄4 tsp", Typed(Fraction(1, 4), "tsp")),
        ("0,5 cup", Typed(Fraction(1, 2), "cup")),
        ("0,125 l", Typed(Fraction(1, 8), "l")),
        (".5 cup", Typed(Fraction(1, 2), "cup")),
        ("2 tbsp", Typed(Fraction(2), "tbsp")),
        ("2 tablespoons", Typed(Fraction(2), "tbsp")),
        ("1 slice", Typed(Fraction(1), "", "slice")),
        ("150 g", Typed(Fraction(150), "g")),
        ("150g", Typed(Fraction(150), "g")),
        ("0.15 KG", Typed(Fraction(3, 20), "kg")),
        ("3 oz", Typed(Fraction(3), "oz")),
        ("8 fl oz", Typed(Fraction(8), "fl oz")),
        ("8 fl. oz.", Typed(Fraction(8), "fl oz")),
        ("8 fluid ounces", Typed(Fraction(8), "fl oz")),
        ("1 cup chopped", Typed(Fraction(1), "cup", "chopped")),
        ("a cup", Typed(Fraction(1), "cup")),
        ("half a cup", Typed(Fraction(1, 2), "cup")),
        ("two thin slices", Typed(Fraction(2), "", "thin slices")),
        ("  1/2   cup ", Typed(Fraction(1, 2), "cup")),
        ("100000", Typed(Fraction(100_000))),
    ],
)
def test_an_amount_is_read_in_every_spelling(text, expected):
    assert read_amount(text) == expected


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "Write an amount"),
        ("cup", "Write an amount"),
        ("1/0", "Write an amount"),
        ("1/2/3", "Write an amount"),
        ("1 2/0 cup", "Write an amount"),
        ("-1", "Write an amount"),
        ("+1", "Write an amount"),
        ("2 x 3", "Write an amount"),
        ("1e5", "Write an amount"),
        ("2x10", "Write an amount"),
        ("NaN", "Write an amount"),
        ("١", "Write an amount"),
        ("1\0", "Write an amount"),
        ("1 " + "x" * 100, "Write an amount"),
        ("0", "above 0"),
        ("0/5", "above 0"),
        ("100001", "at most at 100 000"),
        ("9" * 70, "at most at 100 000"),
        ("0.0001", "three decimals"),
        ("1,500 g", "write 1500, or 1.5."),
        ("12,345", "two ways"),
    ],
)
def test_what_is_no_amount_is_refused_with_a_sentence(text, says):
    with pytest.raises(NotRead, match=says):
        read_amount(text)


@given(st.text(max_size=90))
def test_any_text_is_read_or_refused(text):
    with contextlib.suppress(NotRead):
        assert 0 < read_amount(text).number <= 100_000


@given(st.fractions(min_value=Fraction(1, 8), max_value=999, max_denominator=8))
def test_a_number_is_written_so_that_it_is_read_again(number):
    assert abs(read_amount(number_text(number)).number - number) < Fraction(1, 1000)


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (Fraction(1, 2), "1/2"),
        (Fraction(3, 2), "1 1/2"),
        (Fraction(1, 3), "1/3"),
        (Fraction(150), "150"),
        (Fraction(12, 5), "2.4"),
        (Fraction(1, 7), "0.143"),
    ],
)
def test_a_number_is_written_as_people_do(number, expected):
    assert number_text(number) == expected


def test_the_kitchen_s_units_stand_in_their_ratios():
    assert round(float(CUP_ML), 3) == 236.588
    assert VOLUMES_ML["cup"] == 16 * VOLUMES_ML["tbsp"] == 48 * VOLUMES_ML["tsp"] == 8 * VOLUMES_ML["fl oz"]
    assert WEIGHTS_MG["lb"] == 16 * WEIGHTS_MG["oz"] == Fraction("453592.37")


@pytest.mark.parametrize(
    "forms",
    [("slice", "slices"), ("cookie", "cookies"), ("patty", "patties"), ("leaf", "leaves"), ("box", "boxes"),
     ("olive", "Olives"), ("glass", "glasses"), ("potato", "potatoes"), ("half", "halves"),
     ("dish", "dishes"),],
)  # fmt: skip
def test_one_and_many_are_the_same_word(forms):
    assert stems(forms[0]) == stems(forms[1])
