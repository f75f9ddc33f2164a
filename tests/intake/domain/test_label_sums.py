"""The arithmetic of a label, written out: what is shown comes out when it is done by hand."""

import re
from decimal import Decimal

import pytest

from intake.domain.label_sums import line_sums, split_of
from supplements.compounds import BUILTIN, magnesium_fraction
from supplements.labels import LabelLine

FORMULAS = {form.slug: form.formula for form in BUILTIN}


def line(slug, basis, amount_ug=None, **fields):
    fraction = magnesium_fraction(FORMULAS[slug]) if FORMULAS[slug] else None
    return LabelLine(slug, fraction, basis, amount_ug=amount_ug, **fields)


def one(given):
    (made,) = line_sums([given], [FORMULAS[given.compound_name]])
    return made


def test_a_weight_is_taken_by_the_share_of_its_formula():
    made = one(line("bisglycinate", "compound", 500_000))

    assert made.formula == "Mg(C₂H₄NO₂)₂"
    assert made.share == "24.305 ÷ 172.423 = 14.1 %"
    assert made.words == "500 mg × 14.1 % = 70.5 mg"


def test_a_salt_with_several_atoms_says_how_many():
    assert one(line("citrate-tri-anhyd", "compound", 1_000_000)).share == "3 × 24.305 ÷ 451.115 = 16.16 %"


def test_a_percentage_is_taken_of_its_daily_value():
    made = one(line("oxide", "percent_dv", percent_milli=48_000, dv_ug=420_000))

    assert (made.words, made.share) == ("48 % × 420 mg = 201.6 mg", "")


def test_the_labels_own_amount_needs_no_sum():
    made = one(line("oxide", "elemental", 250_000))

    assert (made.words, made.share, made.formula) == ("250 mg, as the label gives it", "", "")


def test_without_a_formula_there_is_no_sum():
    assert "no fixed formula" in one(line("unspecified-chelate", "compound", 500_000)).words


@pytest.mark.parametrize("slug", [slug for slug, formula in FORMULAS.items() if formula])
@pytest.mark.parametrize("weight_mg", [1, 77, 500, 1_803, 4_500])
def test_the_sum_that_is_shown_comes_out(slug, weight_mg):
    words = one(line(slug, "compound", weight_mg * 1000)).words
    left, percent, right = re.fullmatch(r"([\d,.]+) mg × ([\d.]+) % = ([\d,.]+) mg", words).groups()

    by_hand = Decimal(left.replace(",", "")) * Decimal(percent) / 100
    assert by_hand == pytest.approx(Decimal(right.replace(",", "")), abs=Decimal("0.051"))


@pytest.mark.parametrize("slug", [slug for slug, formula in FORMULAS.items() if formula])
def test_the_division_that_is_shown_comes_out(slug):
    share = one(line(slug, "compound", 1_000_000)).share
    atoms, magnesium, mass, percent = re.fullmatch(
        r"(?:(\d+) × )?([\d.]+) ÷ ([\d.]+) = ([\d.]+) %", share
    ).groups()

    by_hand = int(atoms or 1) * Decimal(magnesium) / Decimal(mass) * 100
    assert by_hand == pytest.approx(Decimal(percent), abs=Decimal("0.06"))


def test_a_weight_beside_the_labels_own_amount_only_checks_it():
    lines = [line("bisglycinate", "compound", 500_000), line("bisglycinate", "elemental", 60_000)]

    made = line_sums(lines, [FORMULAS["bisglycinate"]] * 2)

    assert [item.counts for item in made] == [False, True]


def test_two_forms_both_count():
    made = line_sums(
        [line("oxide", "compound", 100_000), line("malate", "elemental", 60_000)], ["MgO", FORMULAS["malate"]]
    )

    assert [item.counts for item in made] == [True, True]


def test_one_weight_is_split_into_magnesium_and_the_rest():
    split = split_of([line("bisglycinate", "compound", 500_000)])

    assert (split.magnesium_ug, split.rest_ug) == (70_481, 429_519)


@pytest.mark.parametrize(
    "lines",
    [
        [],
        [line("bisglycinate", "elemental", 500_000)],
        [line("unspecified", "compound", 500_000)],
        [line("oxide", "compound", 1_000), line("malate", "compound", 1_000)],
    ],
)
def test_nothing_else_is_split(lines):
    assert split_of(lines) is None


@pytest.mark.parametrize(("slug", "room"), [("bisglycinate", True), ("oxide", False)])
def test_the_rest_is_named_inside_the_bar_where_it_is_at_least_half(slug, room):
    assert split_of([line(slug, "compound", 500_000)]).has_room is room
