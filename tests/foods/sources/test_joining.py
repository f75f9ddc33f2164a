"""Which records are one food, and which figure is current."""

import csv

import pytest

from foods.sources.joining import ALIASES, join, read_aliases
from foods.sources.records import FNDDS, FOUNDATION, SR28, SR_LEGACY, FoodRecord, PortionRecord

CUP = PortionRecord("1 cup", 30_000)


def record(source=SR28, name="Kale, raw", ug=47_000, key=None, **fields):
    return FoodRecord(source=source, key=key or f"{source}/{name}", name=name, magnesium_ug=ug, **fields)


def figures(food):
    return [(figure.source, figure.magnesium_ug) for figure in food.figures]


def test_one_name_is_one_food_with_the_newest_figure_last_whatever_the_order_of_the_records():
    (food,) = join([record(FOUNDATION, ug=32_700), record(SR_LEGACY, ug=33_000), record(portions=(CUP,))], {})

    assert figures(food) == [(SR28, 47_000), (SR_LEGACY, 33_000), (FOUNDATION, 32_700)]
    assert (food.source, food.portions) == (SR28, (CUP,))


@pytest.mark.parametrize(
    ("newer", "expected"),
    [
        (None, [(SR28, 47_000)]),
        (47_000, [(SR28, 47_000)]),
        (33_000, [(SR28, 47_000), (SR_LEGACY, 33_000)]),
        (0, [(SR28, 47_000), (SR_LEGACY, 0)]),
    ],
)
def test_a_newer_record_that_says_nothing_new_hides_nothing(newer, expected):
    (food,) = join([record(), record(SR_LEGACY, ug=newer)], {})

    assert figures(food) == expected


def test_a_newer_value_stands_over_an_unknown_one_which_stays():
    (food,) = join([record(ug=None), record(SR_LEGACY, ug=33_000)], {})

    assert figures(food) == [(SR28, None), (SR_LEGACY, 33_000)]


def test_a_food_no_one_knows_the_value_of_has_one_unknown_figure():
    (food,) = join([record(ug=None), record(SR_LEGACY, ug=None)], {})

    assert figures(food) == [(SR28, None)]


def test_a_foundation_figure_is_an_analysis_of_its_own_even_where_it_is_equal():
    (food,) = join([record(), record(FOUNDATION, ug=47_000)], {})

    assert figures(food) == [(SR28, 47_000), (FOUNDATION, 47_000)]


def test_an_alias_joins_two_names_and_the_record_keeps_its_own():
    (food,) = join(
        [record(key="1"), record(FOUNDATION, "Kale, baby", 30_000)], {(FOUNDATION, "Kale, baby"): "1"}
    )

    assert (food.name, [figure.name for figure in food.figures]) == ("Kale, raw", ["", "Kale, baby"])


def test_of_two_foundation_records_the_one_by_alias_is_current():
    (food,) = join(
        [record(FOUNDATION, "Kale, curly", 1), record(FOUNDATION, ug=2), record(key="1")],
        {(FOUNDATION, "Kale, curly"): "1"},
    )

    assert figures(food)[-1] == (FOUNDATION, 1)


def test_a_name_of_its_own_is_a_food_of_its_own():
    foods = join([record(), record(FOUNDATION, "Kale, boiled")], {})

    assert [food.name for food in foods] == ["Kale, raw", "Kale, boiled"]


def test_a_dish_is_never_joined_to_a_food_of_its_name():
    foods = join([record(), record(FNDDS), record(FOUNDATION, ug=32_700)], {})

    assert [(food.source, len(food.figures)) for food in foods] == [(SR28, 2), (FNDDS, 1)]


def test_only_sr28_has_record_ids():
    (food,) = join([record(key="11233"), record(FOUNDATION, ug=1)], {})

    assert [figure.key for figure in food.figures] == ["11233", ""]


def test_an_alias_without_a_record_is_refused():
    with pytest.raises(ValueError, match="Kale, gone"):
        join([record(key="1")], {(FOUNDATION, "Kale, gone"): "1"})


COOKED = {"cooked", "boiled", "roasted", "baked", "fried", "toasted", "canned"}


def test_no_reviewed_pair_mixes_raw_and_cooked():
    with ALIASES.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            ours, theirs = (
                set(row[k].casefold().replace(",", " ").split()) & COOKED for k in ("name", "sr28_name")
            )
            assert bool(ours) == bool(theirs) or row["name"] == "Juice, prune, shelf-stable", row


def test_pairs_are_read_by_source_and_name():
    assert read_aliases()[FOUNDATION, "Spinach, mature"] == "11457"
