"""A label's lines to elemental magnesium, and what in them cannot be."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supplements.compounds import magnesium_fraction
from supplements.labels import (
    DAILY_VALUES,
    LabelLine,
    LabelReading,
    LineAmounts,
    elemental_ug,
    line_amounts,
    read_lines,
)

BISGLYCINATE = ("Bisglycinate, anhydrous", magnesium_fraction("Mg(C2H4NO2)2"))
OXIDE = ("Oxide", magnesium_fraction("MgO"))
THREONATE = ("L-threonate, anhydrous", magnesium_fraction("Mg(C4H7O5)2"))
BLEND = ("Not stated, or a blend", None)


def elemental(form, mg):
    return LabelLine(*form, "elemental", amount_ug=round(mg * 1000))


def compound(form, mg):
    return LabelLine(*form, "compound", amount_ug=round(mg * 1000))


def percent(form, share, dv_mg=420):
    return LabelLine(*form, "percent_dv", percent_milli=round(share * 1000), dv_ug=dv_mg * 1000)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (elemental(BISGLYCINATE, 100), 100_000),
        (elemental(BLEND, 100), 100_000),
        (compound(BISGLYCINATE, 500), 70_481),
        (compound(OXIDE, 500), 301_519),
        (compound(OXIDE, 0.001), 1),
        (compound(BLEND, 500), None),
        (percent(BLEND, 100), 420_000),
        (percent(BLEND, 24), 100_800),
        (percent(BLEND, 100, dv_mg=375), 375_000),
        (percent(BLEND, 33.333, dv_mg=375), 124_999),
        (LabelLine(*OXIDE, "elemental"), None),
        (LabelLine(*OXIDE, "compound"), None),
        (LabelLine(*OXIDE, "percent_dv", percent_milli=24_000), None),
        (LabelLine(*OXIDE, "percent_dv", dv_ug=420_000), None),
    ],
)
def test_a_line_holds_what_its_basis_says(line, expected):
    assert elemental_ug(line) == expected


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([], None),
        ([elemental(BISGLYCINATE, 100)], 100_000),
        ([elemental(BISGLYCINATE, 100), elemental(OXIDE, 50)], 150_000),
        ([compound(OXIDE, 500), elemental(BISGLYCINATE, 100)], 401_519),
        ([compound(OXIDE, 500), compound(OXIDE, 500)], 603_038),
        ([elemental(BISGLYCINATE, 70), compound(BISGLYCINATE, 500)], 70_000),
        ([compound(BISGLYCINATE, 500), elemental(BISGLYCINATE, 70)], 70_000),
        ([percent(BISGLYCINATE, 10), compound(BISGLYCINATE, 500)], 42_000),
        ([elemental(BISGLYCINATE, 100), percent(BISGLYCINATE, 24)], 100_000),
        ([elemental(BLEND, 100), compound(BLEND, 900)], 100_000),
        ([elemental(OXIDE, 100), compound(BLEND, 500)], None),
        ([compound(BLEND, 500)], None),
    ],
)
def test_lines_add_up_each_compound_once(lines, expected):
    assert read_lines(lines, topical=False).magnesium_ug == expected


@pytest.mark.parametrize(
    "lines", [[], [elemental(OXIDE, 400)], [compound(BLEND, 1)], [elemental(OXIDE, 9000)]]
)
def test_what_goes_on_the_skin_counts_zero_whatever_the_label_says(lines):
    assert read_lines(lines, topical=True) == LabelReading(0, ())


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        (
            [elemental(BISGLYCINATE, 500), compound(BISGLYCINATE, 500)],
            "500 mg of bisglycinate cannot hold 500 mg of magnesium; 70 mg fits the formula.",
        ),
        (
            [elemental(BISGLYCINATE, 100), compound(BISGLYCINATE, 500)],
            "500 mg of bisglycinate cannot hold 100 mg of magnesium; 70 mg fits the formula, "
            "or it is blended with oxide (“buffered”): 20 % magnesium means about 13 % oxide by weight, "
            "which brings 39 % of it.",
        ),
        (
            [elemental(OXIDE, 400), compound(OXIDE, 500)],
            "500 mg of oxide cannot hold 400 mg of magnesium; 302 mg fits the formula.",
        ),
        (
            [elemental(OXIDE, 301.9), compound(OXIDE, 500)],
            "500 mg of oxide cannot hold 301.9 mg of magnesium; 301.5 mg fits the formula.",
        ),
        (
            [elemental(OXIDE, 0.303), compound(OXIDE, 0.5)],
            "0.5 mg of oxide cannot hold 0.303 mg of magnesium; 0.302 mg fits the formula.",
        ),
        (
            [elemental(THREONATE, 2000), compound(THREONATE, 2000)],
            "2,000 mg of L-threonate cannot hold 2,000 mg of magnesium; 165 mg fits the formula.",
        ),
        (
            [percent(THREONATE, 50), compound(THREONATE, 2000)],
            "2,000 mg of L-threonate cannot hold 210 mg of magnesium; 165 mg fits the formula.",
        ),
        (
            [elemental(BLEND, 600), compound(BLEND, 500)],
            "500 mg cannot hold 600 mg of magnesium.",
        ),
        (
            [elemental(OXIDE, 1000.001)],
            "1,000 mg of magnesium is much for one serving: is this the compound's weight?",
        ),
        (
            [elemental(BLEND, 100), percent(BLEND, 30)],
            "30 % of 420 mg is 126 mg, not 100 mg; 100 mg counts.",
        ),
        (
            [elemental(BLEND, 100), percent(BLEND, 25.2)],
            "25.2 % of 420 mg is 106 mg, not 100 mg; 100 mg counts.",
        ),
    ],
)
def test_what_cannot_be_is_one_calm_sentence_with_its_arithmetic(lines, sentence):
    assert read_lines(lines, topical=False).contradictions == (sentence,)


@pytest.mark.parametrize(("percentage", "oxide", "of_it"), [(18, 8, 28), (20, 13, 39), (22, 17, 47)])
def test_a_buffered_glycinate_shows_the_share_of_oxide(percentage, oxide, of_it):
    lines = [elemental(BISGLYCINATE, 10 * percentage), compound(BISGLYCINATE, 1000)]

    (sentence,) = read_lines(lines, topical=False).contradictions

    blend = f"{percentage} % magnesium means about {oxide} % oxide by weight, which brings {of_it} % of it."
    assert sentence.endswith(blend)


@pytest.mark.parametrize(("mg", "blended"), [(220.5, True), (220.6, False)])
def test_no_buffered_glycinate_holds_more_than_assays_found(mg, blended):
    lines = [elemental(BISGLYCINATE, mg), compound(BISGLYCINATE, 1000)]

    assert ("buffered" in read_lines(lines, topical=False).contradictions[0]) is blended


def test_less_than_dry_bisglycinate_holds_needs_no_oxide_to_explain_it():
    dihydrate = ("Bisglycinate dihydrate", magnesium_fraction("Mg(C2H4NO2)2.2H2O"))

    (sentence,) = read_lines(
        [elemental(dihydrate, 130), compound(dihydrate, 1000)], topical=False
    ).contradictions

    assert sentence.endswith("cannot hold 130 mg of magnesium; 117 mg fits the formula.")


def test_while_it_is_asked_which_figure_counts_no_sentence_says_it():
    lines = [elemental(BLEND, 100), percent(BLEND, 30)]

    assert read_lines(lines, topical=False, settled=False).contradictions == (
        "30 % of 420 mg is 126 mg, not 100 mg.",
    )


@pytest.mark.parametrize(
    "lines",
    [
        [elemental(BISGLYCINATE, 70), compound(BISGLYCINATE, 500)],
        [elemental(BISGLYCINATE, 70.5), compound(BISGLYCINATE, 500)],
        [elemental(BISGLYCINATE, 50), compound(BISGLYCINATE, 500)],
        [elemental(BISGLYCINATE, 500)],
        [elemental(OXIDE, 1000)],
        [elemental(OXIDE, 1200), compound(OXIDE, 2000)],
        [compound(OXIDE, 5000)],
        [percent(BLEND, 100)],
        [elemental(BLEND, 100), percent(BLEND, 24)],
        [elemental(BLEND, 100), compound(BLEND, 500)],
        [elemental(BISGLYCINATE, 100), compound(OXIDE, 100)],
        [elemental(BLEND, 100), LabelLine(*BLEND, "percent_dv")],
    ],
)
def test_what_can_be_is_left_alone(lines):
    assert read_lines(lines, topical=False).contradictions == ()


def test_a_line_that_gives_both_weights_checks_itself():
    line = LabelLine(*BISGLYCINATE, "elemental", amount_ug=500_000, compound_ug=500_000)

    reading = read_lines([line], topical=False)

    assert reading.magnesium_ug == 500_000
    assert reading.contradictions[0].startswith("500 mg of bisglycinate cannot hold")


@pytest.mark.parametrize(
    ("stated_ug", "contradicts"), [(301_518, False), (301_820, False), (301_821, True), (500_000, True)]
)
def test_a_thousandth_above_the_formula_is_a_labels_rounding(stated_ug, contradicts):
    lines = [LabelLine(*OXIDE, "elemental", amount_ug=stated_ug), compound(OXIDE, 500)]

    assert bool(read_lines(lines, topical=False).contradictions) is contradicts


@given(st.integers(1, 1_000_000), st.decimals("0.01", "0.7", places=4))
def test_no_compound_holds_more_than_it_weighs(weight_ug, fraction):
    held = elemental_ug(LabelLine("x", fraction, "compound", amount_ug=weight_ug))

    assert held is not None
    assert 0 <= held <= weight_ug


@given(st.lists(st.sampled_from([elemental(OXIDE, 10), compound(BISGLYCINATE, 500), compound(BLEND, 5)])))
def test_the_order_of_lines_does_not_matter(lines):
    assert (
        read_lines(lines, topical=False).magnesium_ug == read_lines(lines[::-1], topical=False).magnesium_ug
    )


@pytest.mark.parametrize(
    ("basis", "amount", "dv_mg", "expected"),
    [
        ("elemental", "100", None, LineAmounts(amount_ug=100_000)),
        ("compound", "0.001", None, LineAmounts(amount_ug=1)),
        ("compound", "20000000", None, LineAmounts(amount_ug=20_000_000_000)),
        ("percent_dv", "24", "420", LineAmounts(percent_milli=24_000, dv_ug=420_000)),
    ],
)
def test_amounts_are_stored_as_whole_numbers(basis, amount, dv_mg, expected):
    assert line_amounts(basis, Decimal(amount), dv_mg and Decimal(dv_mg)) == expected


@pytest.mark.parametrize(
    ("basis", "amount", "dv_mg"),
    [
        ("elemental", "0", None),
        ("elemental", "-1", None),
        ("elemental", "0.0001", None),
        ("elemental", "20000000.1", None),
        ("elemental", "1E+30", None),
        ("elemental", "1E+999999", None),
        ("elemental", "NaN", None),
        ("elemental", "sNaN", None),
        ("elemental", "Infinity", None),
        ("elemental", "-Infinity", None),
        ("elemental", "100", "420"),
        ("percent_dv", "24", None),
        ("percent_dv", "24", "0"),
        ("percent_dv", "24", "0.0001"),
        ("percent_dv", "24", "10001"),
        ("percent_dv", "0", "420"),
    ],
)
def test_an_amount_that_cannot_be_is_refused(basis, amount, dv_mg):
    with pytest.raises(ValueError, match="amount|percentage"):
        line_amounts(basis, Decimal(amount), dv_mg and Decimal(dv_mg))


def test_daily_values_are_those_of_the_rules():
    assert {value.code: value.dv_ug for value in DAILY_VALUES} == {
        "us": 420_000,
        "us-old": 400_000,
        "us-pregnancy": 400_000,
        "eu": 375_000,
        "uk": 375_000,
    }
    assert all(value.citation for value in DAILY_VALUES)
