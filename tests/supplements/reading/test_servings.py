"""What a figure is for, in the words of labels."""

import re
from decimal import Decimal

import pytest

from supplements.reading import servings
from supplements.reading.servings import Rank, serving
from supplements.reading.text import folded


def found(text):
    low = folded(text)
    match = re.search(servings.PATTERN, low)
    if match is None:
        return None
    group = next(name for name in servings.GROUPS if match[name] is not None)
    return serving(text[slice(*match.span(group))], match[group])


@pytest.mark.parametrize(
    ("text", "printed", "rank", "count"),
    [
        ("per 2 capsules", "2 capsules", Rank.UNIT, 2),
        ("per capsule", "1 capsule", Rank.UNIT, 1),
        ("per two tablets", "two tablets", Rank.UNIT, 2),
        ("/5 mL", "5 mL", Rank.UNIT, 1),
        ("mg/ml", "1 ml", Rank.UNIT, 1),
        ("in each 15 mL", "15 mL", Rank.UNIT, 1),
        ("Per 5g scoop:", "5g scoop", Rank.UNIT, 1),
        ("Each 2-gummy serving", "2-gummy serving", Rank.PORTION, 2),
        ("Serving Size: 2 capsules", "2 capsules", Rank.UNIT, 2),
        ("Serving Size 1 Tablespoon (15 mL)", "1 Tablespoon (15 mL)", Rank.UNIT, 1),
        ("per serving", "1 serving", Rank.PORTION, 1),
        ("per daily serving of 3 capsules", "daily serving of 3 capsules", Rank.PORTION, 3),
        ("2 capsules daily provide", "2 capsules daily", Rank.UNIT, 2),
        ("1 Kapsel enthält", "1 Kapsel", Rank.UNIT, 1),
        ("je Beutel", "1 Beutel", Rank.UNIT, 1),
        ("pro Tagesdosis (4 Kapseln)", "Tagesdosis (4 Kapseln)", Rank.PORTION, 4),
        ("par dose journalière (2 comprimés)", "dose journalière (2 comprimés)", Rank.PORTION, 2),
        ("pour 3 comprimés", "3 comprimés", Rank.UNIT, 3),
        ("per flaconcino da 10 ml", "1 flaconcino da 10 ml", Rank.UNIT, 1),
        ("per 2 kapslar", "2 kapslar", Rank.UNIT, 2),
        ("(sachet)", "1 sachet", Rank.UNIT, 1),
        ("Portionsgröße: 2 Kapseln", "2 Kapseln", Rank.UNIT, 2),
        ("per 100 g", "100 g", Rank.REFERENCE, 0),
        ("pro 100 ml", "100 ml", Rank.REFERENCE, 0),
        ("120 mg/l", "l", Rank.REFERENCE, 0),
    ],
)
def test_a_serving_is_read_and_ranked(text, printed, rank, count):
    read = found(text)

    assert read is not None
    assert (read.text, read.rank, read.count) == (printed, rank, Decimal(count))


@pytest.mark.parametrize("text", ["120 Vegan Capsules", "400 mg", "48 %", "90 tablets", "and/or", "per cent"])
def test_a_count_of_a_pack_is_no_serving(text):
    assert found(text) is None


def test_the_portion_that_is_taken_comes_before_a_unit_and_a_unit_before_100_g():
    columns = ["per 100 g", "per capsule", "per 3 capsules", "per daily dose"]

    orders = [found(text).order for text in columns]

    assert orders == sorted(orders)
