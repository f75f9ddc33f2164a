"""The whole path of an import: read, compared, published, undone, published again."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from foods import importing
from foods.importing import bulk
from foods.models import Edition, Food, FoodImport, FoodRevision, ImportRow, ReviewItem
from foods.search import search_foods
from foods.services import duplicates, merge_foods
from intake.models import Job
from tests.bench.branded import write_fdc
from tests.factories import make_food
from tests.foods.importing.conftest import row, seen, work, write_csv

pytestmark = pytest.mark.django_db

State = FoodImport.State


def test_a_file_is_read_and_compared_and_nothing_is_changed(bring):
    food_import = bring([row("1", 100), row("2", None), row("BAD")])

    assert food_import.state == State.READY
    assert food_import.counts["new"] == 2
    assert food_import.counts["problems"] == 1
    assert str(importing.summary(food_import)) == "new 2, changed 0, unchanged 0, missing 0, skipped 1"
    assert not Food.objects.exists()


def test_a_file_that_holds_another_table_is_told_and_not_counted_as_a_skipped_row(bring):
    food_import = bring([row("1", 100), row("BAD"), row("OTHER")])

    assert food_import.problems.count() == food_import.counts["problems"] == 2
    assert importing.summary(food_import).skipped == 1


def test_published_foods_are_seen_and_found(bring):
    food_import = bring([row("1", 100, "Pumpkin seeds", portions=[["1 cup", 118000]])], publish=True)

    assert food_import.state == State.PUBLISHED
    assert seen() == {"1": ("Pumpkin seeds", 100_000)}
    (hit,) = search_foods("pumpkin")
    assert hit.magnesium_ug_per_100g == 100_000
    assert [portion.label for portion in hit.portions] == ["1 cup"]
    assert Edition.objects.get().settled


def test_it_is_laid_slice_by_slice_and_every_row_once(bring, monkeypatch):
    bring([row("1", 100), row("4", 100)], publish=True)
    monkeypatch.setattr(bulk, "lay_slice", lambda: 2)
    keys = "123456789"
    food_import = bring([row(key, 7) for key in keys], release="2")
    left_out = food_import.rows.get(key="6")
    importing.choose(food_import, [left_out.pk], "", "keep")

    importing.publish(food_import)
    work()

    assert seen() == {key: (f"Food {key}", 7_000) for key in keys if key != "6"}
    assert Food.objects.count() == FoodRevision.objects.count() - 2 == 8
    assert {hit.id for hit in search_foods("food", limit=20)} == {*Food.objects.values_list("pk", flat=True)}


def test_ids_drawn_ahead_are_given_to_nobody_else(bring):
    ids = bulk.Ids(Food)
    drawn = {*ids.take(2), *ids.take(3)}

    bring([row("1"), row("2")], publish=True)

    assert len(drawn) == 5
    assert drawn.isdisjoint(Food.objects.values_list("pk", flat=True))
    assert drawn.isdisjoint(bulk.new_ids(Food, 3))


def test_a_download_of_packaged_foods_leaves_nothing_but_its_copy(tmp_path, settings):
    write_fdc(tmp_path / "branded_2024-10-31", 25)

    food_import = importing.start_import(tmp_path / "branded_2024-10-31", "branded")
    work()
    food_import.refresh_from_db()
    importing.publish(food_import)
    work()

    assert len(seen()) == food_import.counts["rows"] == 25
    assert [found.name for found in settings.SPOOL_DIR.iterdir()] == [food_import.spool]


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


def test_work_whose_job_was_stopped_goes_on_when_asked(tmp_path, bring):
    found = importing.start_import(write_csv(tmp_path / "a.csv", [row("1")]), "a.csv")
    its_jobs = Job.objects.filter(payload={"import": str(found.pk)})
    its_jobs.update(state=Job.State.CANCELLED, dedupe_key=None, finished_at=timezone.now())

    importing.resume(found)
    importing.resume(found)
    work()

    found.refresh_from_db()
    assert found.state == State.READY
    assert its_jobs.count() == 2
    with pytest.raises(ValidationError, match="no work to go on with"):
        importing.resume(found)


def test_an_import_that_foods_were_merged_into_is_not_undone(bring):
    found = bring([row("1", 100)], publish=True)
    ours, brought = make_food("Quince"), Food.objects.get(source_key="1", born__isnull=False)
    merge_foods(loser=ours, winner=brought, author="c", reason="the same")

    with pytest.raises(ValidationError, match="take the two apart"):
        importing.undo(found)

    found.refresh_from_db()
    assert found.state == State.PUBLISHED


# Suspected duplicates ------------------------------------------------------------------------------


def suspected():
    return {
        (item.food.source_key, item.other.source_key): item.detail
        for item in ReviewItem.objects.filter(kind="duplicate").select_related("food", "other")
    }


def test_a_new_food_with_the_name_and_brand_of_one_of_another_source_is_suspected_at_once(bring):
    bring([row("a", 268, "Almonds"), row("b", 5, "Oat bar", brand="Grocer")], publish=True, code="old")
    rows = [row("1", 270, "almonds"), row("2", 7, "Oat bar"), row("3", 9, "Almonds, salted")]

    found = bring([*rows, row("4", 6, "Oat bar", brand="Grocer")], publish=True)

    assert set(suspected()) == {("1", "a"), ("4", "b")}
    assert suspected()["1", "a"] == {
        "reason": "the same name in two sources; values near: 270 and 268 mg",
        "import": str(found.pk),
    }
    importing.undo(found)
    work()
    assert suspected() == {}


@pytest.mark.parametrize(("most", "expected"), [(4, 4), (100, 12)])
def test_so_many_new_foods_are_looked_at_and_rows_are_gone_through_part_by_part(
    bring, monkeypatch, most, expected
):
    monkeypatch.setattr(duplicates, "MOST_NEW", most)
    monkeypatch.setattr(duplicates, "ROWS_A_SLICE", 3)
    monkeypatch.setattr(duplicates, "NAMES_A_SLICE", 2)
    names = {str(number): f"Kind {'abcdefghijkl'[number]}" for number in range(12)}
    bring([row(key, 5, name) for key, name in names.items()], publish=True, code="old")
    others = [row(f"same{number}", 1, f"Else {number}") for number in range(20)]
    bring(others, publish=True, code="test", release="0")

    bring([*others, *(row(f"n{key}", 5, name) for key, name in names.items())], publish=True, release="1")

    assert len(suspected()) == expected


def test_an_import_that_brings_nothing_new_asks_for_no_search(bring):
    bring([row("1", 100)], publish=True)
    Job.objects.filter(kind="review").delete()

    bring([row("1", 120)], publish=True, release="2")

    assert not Job.objects.filter(kind="review").exists()
