"""The whole path of an import: read, compared, published, undone, published again."""

import pytest

from foods import importing
from foods.models import Edition, Food, FoodImport, ImportRow
from foods.search import search_foods
from tests.foods.importing.conftest import row, seen, work

pytestmark = pytest.mark.django_db

State = FoodImport.State


def test_a_file_is_read_and_compared_and_nothing_is_changed(bring):
    food_import = bring([row("1", 100), row("2", None), row("BAD")])

    assert food_import.state == State.READY
    assert food_import.counts["new"] == 2
    assert food_import.counts["problems"] == 1
    assert str(importing.summary(food_import)) == "new 2, changed 0, unchanged 0, missing 0, skipped 1"
    assert not Food.objects.exists()


def test_published_foods_are_seen_and_found(bring):
    food_import = bring([row("1", 100, "Pumpkin seeds", portions=[["1 cup", 118000]])], publish=True)

    assert food_import.state == State.PUBLISHED
    assert seen() == {"1": ("Pumpkin seeds", 100_000)}
    (hit,) = search_foods("pumpkin")
    assert hit.magnesium_ug_per_100g == 100_000
    assert [portion.label for portion in hit.portions] == ["1 cup"]
    assert Edition.objects.get().settled


def test_the_same_file_again_changes_nothing(bring):
    rows = [row("1", 100), row("2", None, category="Seeds", portions=[["1 cup", 118000]])]
    bring(rows, publish=True)

    again = bring(rows, publish=True)

    assert str(importing.summary(again)) == "new 0, changed 0, unchanged 2, missing 0, skipped 0"


def test_a_later_release_changes_what_differs_and_undoing_restores_it(bring):
    bring([row("1", 100, portions=[["1 cup", 100000]]), row("2", 50), row("3", 7)], publish=True)
    before = seen()
    later = [row("1", 120, "Food one", portions=[["1 cup", 90000]]), row("2", 50), row("4", 9)]

    food_import = bring(later, publish=True, release="2")

    assert str(importing.summary(food_import)) == "new 1, changed 1, unchanged 1, missing 1, skipped 0"
    assert seen() == before | {"1": ("Food one", 120_000), "4": ("Food 4", 9_000)}
    assert [p.weight_mg for p in Food.objects.get(source_key="1").portions.all()] == [90000]

    importing.undo(food_import)
    work()
    food_import.refresh_from_db()

    assert food_import.state == State.UNDONE
    assert seen() == before
    assert [p.weight_mg for p in Food.objects.get(source_key="1").portions.all()] == [100000]
    assert not search_foods("Food 4") or all(hit.name != "Food 4" for hit in search_foods("Food 4"))

    importing.publish(food_import)
    work()
    food_import.refresh_from_db()

    assert food_import.state == State.PUBLISHED
    assert seen() == before | {"1": ("Food one", 120_000), "4": ("Food 4", 9_000)}
    assert not Edition.objects.filter(settled=False).exists()
    assert ImportRow.objects.filter(food_import=food_import, verdict="new").count() == 1


def test_a_file_that_breaks_half_way_is_refused_and_leaves_nothing(bring):
    food_import = bring([*[row(str(n)) for n in range(1500)], row("BROKEN")])

    assert food_import.state == State.REFUSED
    assert food_import.error == "test.csv, line 1502: the rest cannot be read."
    assert not ImportRow.objects.exists()
    assert not Food.objects.exists()
