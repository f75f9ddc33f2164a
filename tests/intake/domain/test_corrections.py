"""What corrected figures would do, in numbers and words."""

import pytest

from intake.domain.corrections import Difference, added_up, difference, offer_sentence, signed


@pytest.mark.parametrize(
    ("ug", "text"),
    [
        (0, "0"),
        (12_000, "+12"),
        (-34_400, "−34"),
        (-34_500, "−35"),
        (-400, "−0.4"),
        (9_949, "+9.9"),
        (9_950, "+10"),
        (1_240_000, "+1,240"),
        (50, "+0.1"),
        (-49, "−0.049"),
    ],
)
def test_a_difference_has_its_sign(ug, text):
    assert signed(ug) == text


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (87, 82, Difference(entries=2, change_ug=-5)),
        (0, 0, Difference(entries=2)),
        (None, None, Difference(entries=2)),
        (None, 0, Difference(entries=2, gained=2)),
        (None, 5, Difference(entries=2, gained=2, gained_ug=5)),
        (0, None, Difference(entries=2, lost=2)),
        (5, None, Difference(entries=2, lost=2, lost_ug=5)),
    ],
)
def test_a_value_that_comes_or_goes_is_counted_by_itself(before, after, expected):
    assert difference(before, after, entries=2) == expected


@pytest.mark.parametrize(
    ("moves", "words"),
    [
        (Difference(entries=12, change_ug=-34_000), "−34 mg in all"),
        (Difference(entries=1, gained=1, gained_ug=118_000), "a value now (+118 mg)"),
        (Difference(entries=2, gained=2), "a value now (0 mg in all)"),
        (Difference(entries=1, lost=1, lost_ug=10_000), "no value any more (−10 mg)"),
        (
            Difference(entries=6, change_ug=3_000, gained=2, gained_ug=8_000, lost=3, lost_ug=9_000),
            "+3 mg in all; 2 with a value now (+8 mg); 3 with no value any more (−9 mg)",
        ),
        (Difference(), ""),
    ],
)
def test_in_words(moves, words):
    assert moves.words_in_all == words
    assert moves.words == words.replace(" in all", "")


def test_sums_and_sizes():
    one = Difference(entries=2, change_ug=-5, gained=1, gained_ug=7)
    other = Difference(entries=3, change_ug=2, lost=1, lost_ug=4)

    assert one + other == Difference(entries=5, change_ug=-3, gained=1, gained_ug=7, lost=1, lost_ug=4)
    assert (one + other).size_ug == 3 + 7 + 4


@pytest.mark.parametrize(
    ("old", "now", "entries", "sentence"),
    [
        ([87_000], 82_000, 1, "the table now says 82 mg per 100 g; your entry keeps 87."),
        ([87_500, 90_000], 82_000, 3, "the table now says 82 mg per 100 g; your 3 entries keep 87.5 and 90."),
        ([87_000], None, 1, "the table has no value any more; your entry keeps 87 mg per 100 g."),
        ([None], 0, 1, "the table now says 0 mg per 100 g; your entry has no value."),
        ([None], 82_000, 2, "the table now says 82 mg per 100 g; your 2 entries have no value."),
        ([0, None], 82_000, 2, "the table now says 82 mg per 100 g; your 2 entries keep 0, or no value."),
    ],
)
def test_the_sentence_of_a_day(old, now, entries, sentence):
    assert offer_sentence(old, now, entries) == sentence


@pytest.mark.parametrize(
    ("moves", "parts", "total"),
    [
        ((-79_000, 12_000), ["−79 mg", "+12 mg"], "−67 mg in all"),
        ((-79_437, 11_740), ["−79.4 mg", "+11.7 mg"], "−67.7 mg in all"),
        ((-79_460, 400), ["−79.5 mg", "+0.4 mg"], "−79.1 mg in all"),
        ((-79_000, 30), ["−79 mg", "+0.03 mg"], "−79 mg in all"),
        ((), [], ""),
    ],
)
def test_parts_that_do_not_add_up_when_rounded_are_shown_to_a_tenth(moves, parts, total):
    shown, in_all = added_up([Difference(entries=2, change_ug=ug) for ug in moves])

    assert [part.words for part in shown] == parts
    assert in_all.words_in_all == total
    assert in_all.change_ug == sum(moves)
