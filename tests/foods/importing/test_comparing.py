"""What a record means for a food that is there: the same, changed, in conflict, implausible, missing."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from foods import importing
from foods.models import Food, FoodImport, ImportRow, Portion
from foods.services import add_portion, correct_food, edit_food, merge_foods, restore_food, retire_food
from tests.factories import make_food, make_source
from tests.foods.importing.conftest import row, seen, work

pytestmark = pytest.mark.django_db

WHO = {"author": "curator@example.org", "reason": "A better figure"}


def correct(key, mg):
    food = Food.objects.get(source_key=key)
    correct_food(food=food, magnesium_mg_per_100g=Decimal(str(mg)), **WHO)
    return food


def verdicts(food_import):
    rows = ImportRow.objects.filter(food_import=food_import).order_by("position")
    return [(one.key, one.verdict, *one.fields) for one in rows]


def publish(food_import):
    importing.publish(food_import)
    work()
    food_import.refresh_from_db()
    return food_import


def own_rows(food_import):
    return [*ImportRow.objects.filter(food_import=food_import).values_list("pk", flat=True)]


# Corrections ---------------------------------------------------------------------------------------


def test_a_correction_is_kept_unless_the_sources_figure_is_taken(bring):
    bring([row("1", 100), row("2", 200)], publish=True)
    correct("1", 110)
    correct("2", 210)

    later = bring([row("1", 120), row("2", 220)], release="2")

    assert verdicts(later) == [("1", "conflict", "magnesium"), ("2", "conflict", "magnesium")]
    second = ImportRow.objects.get(food_import=later, key="2")
    importing.choose(later, [second.pk], "magnesium", "take")
    assert str(importing.summary(later)) == "new 0, changed 1, unchanged 1, missing 0, skipped 0"
    publish(later)
    assert seen() == {"1": ("Food 1", 110_000), "2": ("Food 2", 220_000)}


def test_a_source_that_says_what_was_corrected_already_is_no_conflict(bring):
    bring([row("1", 100)], publish=True)
    correct("1", 110)

    again = bring([row("1", 100)], publish=True, release="2")

    assert verdicts(again) == [("1", "same")]
    assert seen() == {"1": ("Food 1", 110_000)}


def test_a_source_that_comes_round_to_the_correction_is_no_conflict(bring):
    bring([row("1", 100)], publish=True)
    correct("1", 110)

    assert verdicts(bring([row("1", 110)], release="2")) == [("1", "same")]


def test_an_edited_name_is_in_conflict_only_when_the_source_says_something_new(bring):
    bring([row("1", 100, "Almonds")], publish=True)
    edit_food(food=Food.objects.get(), name="Almonds, raw", **WHO)

    assert verdicts(bring([row("1", 100, "Almonds")], release="2")) == [("1", "same")]
    third = bring([row("1", 100, "Almonds, whole")], release="3")
    assert verdicts(third) == [("1", "conflict", "name")]
    assert publish(third).counts["laid"]["kept"] == 1
    assert seen() == {"1": ("Almonds, raw", 100_000)}


def test_a_correction_made_after_the_comparison_wins(bring):
    bring([row("1", 100)], publish=True)
    later = bring([row("1", 120)], release="2")
    correct("1", 110)

    publish(later)

    assert later.state == "published"
    assert later.counts["laid"]["changed"] == 0
    assert seen() == {"1": ("Food 1", 110_000)}


def test_undoing_keeps_a_correction_made_on_top(bring):
    bring([row("1", 100), row("2", 100)], publish=True)
    later = bring([row("1", 120, "One"), row("2", 120)], publish=True, release="2")
    correct("1", 130)

    importing.undo(later)
    work()

    assert seen() == {"1": ("Food 1", 130_000), "2": ("Food 2", 100_000)}


# Values --------------------------------------------------------------------------------------------


def test_a_value_that_the_source_has_no_more_is_kept_unless_taken(bring):
    bring([row("1", 100), row("2", 100)], publish=True)
    later = bring([row("1", None), row("2", None)], release="2")
    assert verdicts(later) == [("1", "changed", "magnesium"), ("2", "changed", "magnesium")]
    assert str(importing.summary(later)) == "new 0, changed 0, unchanged 2, missing 0, skipped 0"

    importing.choose(later, own_rows(later)[1:], "magnesium", "take")
    publish(later)

    assert seen() == {"1": ("Food 1", 100_000), "2": ("Food 2", None)}


def test_an_implausible_value_goes_to_review_and_not_to_the_foods(bring):
    bring([row("1", 100)], publish=True)
    later = bring([row("1", 20_001), row("2", 20_001), row("3", 20_000)], release="2")

    assert [one[1] for one in verdicts(later)] == ["doubtful", "doubtful", "new"]
    assert str(importing.summary(later)) == "new 1, changed 0, unchanged 0, missing 0, skipped 2"
    publish(later)
    assert seen() == {"1": ("Food 1", 100_000), "3": ("Food 3", 20_000_000)}
    from foods.models import ReviewItem

    assert {item.detail["key"] for item in ReviewItem.objects.filter(kind="doubtful")} == {"1", "2"}
    importing.undo(later)
    work()
    assert not ReviewItem.objects.exists()


def test_an_implausible_value_can_be_taken(bring):
    food_import = bring([row("1", 30_000), row("2", 30_000)])

    importing.choose(food_import, own_rows(food_import)[:1], "", "take")

    assert str(importing.summary(food_import)) == "new 1, changed 0, unchanged 0, missing 0, skipped 1"
    publish(food_import)
    assert seen() == {"1": ("Food 1", 30_000_000)}
    assert str(importing.summary(food_import)) == "new 1, changed 0, unchanged 0, missing 0, skipped 1"


def test_a_value_far_outside_its_category_is_implausible(bring):
    bring([row(str(n), 100 + n, category="Nuts") for n in range(20)], publish=True)

    later = bring(
        [row("a", 357, category="Nuts"), row("b", 358, category="Nuts"), row("c", 900)], release="2"
    )

    assert verdicts(later)[:3] == [("a", "new"), ("b", "doubtful"), ("c", "new")]
    assert "3 times the highest of the 20 foods" in ImportRow.objects.get(verdict="doubtful").reason


# Matching ------------------------------------------------------------------------------------------


def test_a_record_finds_the_food_of_another_source_that_it_names(bring):
    food = make_food("Almonds", mg_per_100g=270, source=make_source("usda-sr28", "28"))
    there = ("usda-sr28", food.source_key)

    later = bring([row("9", 280, "Nuts, almonds", also=[("nowhere", "1"), there])], publish=True)

    assert verdicts(later) == [("9", "changed", "magnesium")]
    assert seen() == {food.source_key: ("Almonds", 280_000)}
    assert Food.objects.get().current.record_name == "Nuts, almonds"


def test_an_older_source_that_says_what_it_said_before_changes_nothing(bring):
    bring([row("1", 100)], publish=True, code="old")
    bring([row("x", 120, also=[("old", "1")])], publish=True, code="newer")

    again = bring([row("1", 100)], code="old", release="1b")

    assert verdicts(again) == [("1", "same")]


def test_two_records_of_one_food_are_one_row_that_counts(bring):
    bring([row("1", 100)], publish=True, code="old")

    later = bring([row("x", 120, also=[("old", "1")]), row("y", 130, also=[("old", "1")])], publish=True)

    assert [one[:2] for one in verdicts(later)] == [("x", "changed"), ("y", "same")]
    assert seen() == {"1": ("Food 1", 120_000)}


def test_a_record_that_stands_twice_in_a_file_is_left_out_with_its_line(bring):
    food_import = bring([*[row(str(n)) for n in range(1100)], row("7", 55)])

    assert food_import.counts["new"] == 1100
    problem = food_import.problems.get()
    assert (problem.line, problem.text) == (1102, "Left out: record 7 stands in this file already.")


def test_the_same_barcode_in_another_source_is_a_suspected_duplicate(bring):
    make_food("Almond milk", gtin="00012345678905")

    food_import = bring([row("1", 8, gtin="00012345678905")], publish=True)

    assert food_import.counts["duplicates"] == 1
    from foods.models import ReviewItem

    item = ReviewItem.objects.get(kind="duplicate")
    assert (item.food.source_key, item.other.name) == ("1", "Almond milk")


# Retired, merged, missing --------------------------------------------------------------------------


def test_what_a_curator_retired_stays_retired(bring):
    bring([row("1", 100)], publish=True)
    retire_food(food=Food.objects.get(), **WHO)

    assert verdicts(bring([row("1", 100)], publish=True, release="2")) == [("1", "same")]
    assert verdicts(bring([row("1", 120)], publish=True, release="3")) == [("1", "conflict", "magnesium")]
    assert seen() == {}


def test_missing_foods_stay_unless_they_are_to_be_retired(bring):
    bring([row("1"), row("2"), row("3")], publish=True)
    later = bring([row("1")], release="2")
    assert verdicts(later) == [("1", "same"), ("2", "missing"), ("3", "missing")]

    importing.choose_all(later, "missing", "take")
    importing.choose(later, own_rows(later)[2:], "", "keep")
    publish(later)

    assert set(seen()) == {"1", "3"}
    importing.undo(later)
    work()
    assert set(seen()) == {"1", "2", "3"}


def test_of_a_part_of_a_release_nothing_is_missing_and_nothing_can_be_retired(bring):
    bring([row("1"), row("2")], publish=True)

    later = bring([row("1")], release="2", partial="it is a sample")

    assert verdicts(later) == [("1", "same")]
    assert later.counts["partial"] == {"test": "it is a sample"}
    importing.choose_all(later, "missing", "take")
    bring([row("9")], publish=True, code="other")
    publish(later)  # which compares again
    assert verdicts(later) == [("1", "same")]
    assert set(seen()) == {"1", "2", "9"}


def test_a_food_that_an_import_retired_comes_back_with_the_next(bring):
    bring([row("1"), row("2")], publish=True)
    later = bring([row("1")], release="2")
    importing.choose_all(later, "missing", "take")
    publish(later)

    third = bring([row("1"), row("2")], publish=True, release="3")

    assert verdicts(third) == [("1", "same"), ("2", "changed", "retired")]
    assert set(seen()) == {"1", "2"}
    importing.undo(third)
    work()
    assert set(seen()) == {"1"}


def test_undoing_leaves_alone_what_a_curator_restored(bring):
    bring([row("1"), row("2")], publish=True)
    later = bring([row("1")], release="2")
    importing.choose_all(later, "missing", "take")
    publish(later)
    restore_food(food=Food.objects.get(source_key="2"), **WHO)

    importing.undo(later)
    work()

    assert set(seen()) == {"1", "2"}


def test_a_merged_food_stays_merged(bring):
    bring([row("1", 100), row("2", 100)], publish=True)
    one, two = Food.objects.order_by("source_key")
    merge_foods(loser=one, winner=two, **WHO)

    bring([row("1", 120), row("2", 130)], publish=True, release="2")

    assert seen() == {"2": ("Food 2", 130_000)}


# Portions ------------------------------------------------------------------------------------------


def portions(key):
    shown = Portion.objects.shown().filter(food__source_key=key).order_by("position", "pk")
    return [(one.label, one.weight_mg, one.author) for one in shown]


def test_a_sources_portions_are_replaced_and_a_curators_stay(bring):
    bring([row("1", portions=[["1 cup", 100000], ["1 slice", 20000]])], publish=True)
    add_portion(food=Food.objects.get(), label="1 heap", weight_g=Decimal(30), author="curator@example.org")

    later = bring(
        [row("1", portions=[["1 cup", 90000], ["1 piece", 5000], ["1 heap", 1]])], publish=True, release="2"
    )

    assert verdicts(later) == [("1", "changed", "portions")]
    heap = ("1 heap", 30000, "curator@example.org")
    assert sorted(portions("1")) == sorted([("1 cup", 90000, ""), ("1 piece", 5000, ""), heap])
    importing.undo(later)
    work()
    assert sorted(portions("1")) == sorted([("1 cup", 100000, ""), ("1 slice", 20000, ""), heap])


def test_another_source_only_adds_portions(bring):
    bring([row("1", portions=[["1 cup", 100000]])], publish=True, code="old")

    later = bring([row("x", portions=[["1 cup", 1], ["1 slice", 20000]], also=[("old", "1")])], publish=True)

    assert portions("1") == [("1 cup", 100000, ""), ("1 slice", 20000, "")]
    importing.undo(later)
    work()
    assert portions("1") == [("1 cup", 100000, "")]


# What is refused -----------------------------------------------------------------------------------


def test_an_import_cannot_be_undone_while_a_later_one_stands_on_it(bring):
    first = bring([row("1", 100)], publish=True)
    bring([row("1", 120)], publish=True, release="2", name="later.csv")

    with pytest.raises(ValidationError, match=r"“later.csv” was published later"):
        importing.undo(first)


def test_only_one_import_is_published_at_a_time(bring):
    first, second = bring([row("1")]), bring([row("2")], code="other")
    importing.publish(first)

    with pytest.raises(ValidationError, match=r"“test.csv” is being published, and only one"):
        importing.publish(second)
    with pytest.raises(ValidationError, match="it is publishing"):
        importing.publish(first)

    work()
    importing.publish(second)
    work()
    assert set(seen()) == {"1", "2"}


def test_what_was_published_meanwhile_is_compared_again_and_choices_stay(bring):
    bring([row("1", 100), row("2", 100)], publish=True)
    waiting = bring([row("1", 120), row("2", 120), row("3", 7)], release="2")
    importing.choose(waiting, own_rows(waiting)[1:2], "", "keep")
    bring([row("1", 110), row("3", 7)], publish=True, release="3")

    publish(waiting)

    assert seen() == {"1": ("Food 1", 120_000), "2": ("Food 2", 100_000), "3": ("Food 3", 7_000)}
    assert str(importing.summary(waiting)) == "new 0, changed 1, unchanged 2, missing 0, skipped 0"


def test_a_discarded_import_leaves_nothing(bring, settings, django_capture_on_commit_callbacks):
    food_import = bring([row(str(n)) for n in range(2500)])

    with django_capture_on_commit_callbacks(execute=True):
        importing.discard(food_import)
    work()

    assert FoodImport.objects.get().state == "discarded"
    assert not ImportRow.objects.exists()
    assert [*settings.SPOOL_DIR.iterdir()] == []
    with pytest.raises(ValidationError, match="it is discarded"):
        importing.publish(food_import)


@pytest.mark.parametrize("act", ["publish", "undo"])
def test_what_is_still_read_can_neither_be_published_nor_undone(act, tmp_path):
    from tests.foods.importing.conftest import write_csv

    food_import = importing.start_import(write_csv(tmp_path / "a.csv", [row("1")]), "a.csv")

    with pytest.raises(ValidationError, match="it is reading"):
        getattr(importing, act)(food_import)
