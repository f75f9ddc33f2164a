"""The data file that the project carries: what is in it, and that packing is the same each time."""

import gzip
from collections import Counter

import pytest

from foods.sources.builtin import BUILTIN, packed, read_builtin
from foods.sources.records import FNDDS, FOUNDATION, SR28, SR_LEGACY


@pytest.fixture(scope="module")
def foods():
    return [*read_builtin()]


@pytest.fixture(scope="module")
def by_key(foods):
    return {(food.source, food.key): food for food in foods}


def test_it_holds_all_foods_of_sr28_and_all_dishes_and_is_small(foods):
    counts = Counter(food.source for food in foods)

    assert (counts[SR28], counts[FNDDS]) == (8_789, 3_985)
    assert 12_800 <= len(foods) <= 13_200
    assert BUILTIN.stat().st_size < 1_000_000


def test_739_values_of_sr28_are_not_known(foods):
    firsts = [food.figures[0] for food in foods if food.source == SR28]

    assert sum(figure.magnesium_ug is not None for figure in firsts) == 8_050
    assert sum(figure.magnesium_ug is None for figure in firsts) == 739
    assert sum(figure.magnesium_ug == 0 for figure in firsts) == 229


def test_every_sr28_figure_has_its_record_and_where_it_comes_from(foods):
    figures = [food.figures[0] for food in foods if food.source == SR28]

    assert all(len(figure.key) == 5 for figure in figures)
    assert all(figure.derivation for figure in figures if figure.magnesium_ug is not None)


def test_dishes_have_a_value_and_no_portions(foods):
    dishes = [food for food in foods if food.source == FNDDS]

    assert all(food.portions == () and food.figures[-1].magnesium_ug is not None for food in dishes)


@pytest.mark.parametrize(
    ("ndb", "expected"),
    [
        ("11233", [(SR28, 47_000), (SR_LEGACY, 33_000), (FOUNDATION, 32_700)]),  # kale raw
        ("11234", [(SR28, 18_000), (SR_LEGACY, 25_000)]),  # kale boiled
        ("11457", [(SR28, 79_000), (FOUNDATION, 92_960)]),  # spinach raw
        ("11458", [(SR28, 87_000)]),  # spinach boiled
        ("12014", [(SR28, 592_000), (FOUNDATION, 499_700)]),  # pumpkin kernels dried
        ("12016", [(SR28, 550_000)]),  # pumpkin kernels roasted
        ("12061", [(SR28, 270_000), (FOUNDATION, 257_600)]),  # almonds
        ("12087", [(SR28, 292_000), (FOUNDATION, 250_600)]),  # cashews
        ("18075", [(SR28, 75_000), (FOUNDATION, 76_600)]),  # whole-wheat bread
        ("09040", [(SR28, 27_000), (FOUNDATION, 28_000)]),  # banana
        ("15236", [(SR28, 27_000), (FOUNDATION, 25_390)]),  # salmon
        ("19904", [(SR28, 228_000)]),  # dark chocolate
        ("18184", [(SR28, 42_000), (SR_LEGACY, 34_000)]),  # oatmeal cookies with raisins
        ("11265", [(SR28, None), (FOUNDATION, 9_037)]),  # portabella
    ],
)
def test_known_figures_stand_in_their_order(by_key, ndb, expected):
    figures = by_key[SR28, ndb].figures

    assert [(figure.source, figure.magnesium_ug) for figure in figures] == expected


@pytest.mark.parametrize(
    ("ndb", "label", "weight_mg"),
    [
        ("12016", "1 oz", 28_350),
        ("11458", "1/2 cup", 90_000),
        ("11457", "1 cup", 30_000),
        ("18075", "1 slice", 32_000),
        ("01077", "1 cup", 244_000),
        ("01123", "1 large", 50_000),
        ("09040", '1 medium (7" to 7-7/8" long)', 118_000),
    ],
)
def test_the_portion_offered_is_the_everyday_one(by_key, ndb, label, weight_mg):
    first = by_key[SR28, ndb].portions[0]

    assert (first.label, first.weight_mg) == (label, weight_mg)


def test_every_row_fits_the_database(foods, by_key):
    assert len(by_key) == len(foods)
    for food in foods:
        labels = [portion.label for portion in food.portions]
        assert len(labels) == len(set(labels))
        assert all(0 < len(label) <= 80 for label in labels)
        assert all(1 <= portion.weight_mg <= 100_000_000 for portion in food.portions)
        assert 0 < len(food.name) <= 200
        assert len(food.key) <= 80
        assert len(food.brand) <= 120
        assert len(food.category) <= 120
        for figure in food.figures:
            assert figure.magnesium_ug is None or 0 <= figure.magnesium_ug <= 100_000_000
            assert len(figure.derivation) <= 120
            assert len(figure.name) <= 200


def test_packing_again_gives_the_same_whatever_the_order(foods):
    again = packed(reversed(foods))

    assert gzip.decompress(again) == gzip.decompress(BUILTIN.read_bytes())
    assert packed(foods) == again
    assert again[4:8] == b"\0\0\0\0"  # no clock in the header
