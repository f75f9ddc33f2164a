"""The real labels, held against what a person read on each of them."""

import pytest

from supplements.sources import read_file
from tests import machine

# File, the serving and its magnesium in mg as read from the label's panel; None: no magnesium is declared.
# "Stearate" marks those that have it among the other ingredients, 179343 filed under Magnesium.
BY_HAND = [
    ("179343", None, None),  # glucosamine; stearate
    ("214224", None, None),  # fish oil
    ("214893", None, None),  # chia seeds: no row of magnesium, though the seeds hold some
    ("248267", None, None),  # a probiotic; stearate
    ("249664", "1 tablet", 40),  # as magnesium oxide, 10 % of 420 mg; stearate
    ("261967", "3 tablets", 96),  # from Aquamin, 23 %: for three tablets, not for one; stearate
    ("264116", None, None),  # a probiotic without a barcode; stearate
    ("270619", None, None),  # a mushroom powder
    ("276336", "1 tablet", 40),  # as magnesium oxide, 10 %; stearate
    ("330088", None, None),  # turmeric; its code is no barcode
    ("49495", "1 tablet", 50),  # as magnesium oxide, 13 % of the old 400 mg
    ("79324", None, None),  # a probiotic
]


def real():
    folder = machine.sample_data()
    if folder is None:
        pytest.skip("MIDBAND_SAMPLE_DATA names no folder with the real labels.")
    return folder / "dsld"


@pytest.mark.parametrize(("number", "serving", "magnesium_mg"), BY_HAND)
def test_a_real_label_gives_the_magnesium_read_from_it_by_hand(number, serving, magnesium_mg):
    label = read_file(real() / f"{number}.json")

    found = [(record.key, record.serving, record.magnesium_ug) for record in label.records]
    expected = [] if magnesium_mg is None else [(number, serving, magnesium_mg * 1000)]
    assert found == expected
    assert label.doubts == ()


def test_every_real_label_was_read_by_hand():
    assert sorted(path.stem for path in real().glob("*.json")) == sorted(number for number, *_ in BY_HAND)


@pytest.mark.parametrize(
    ("number", "gtin"),
    [
        ("249664", "00895634000195"),
        ("261967", "00840052400119"),
        ("276336", "00895634000027"),
        ("49495", "00074312276699"),
    ],
)
def test_a_real_label_has_its_barcode(number, gtin):
    (record,) = read_file(real() / f"{number}.json").records

    assert record.gtin == gtin
    assert record.off_market is False
