"""What of imports is kept, and for how long; what is given up holds up nobody."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from foods import importing
from foods.importing import clearing
from foods.models import Food, FoodImport, FoodRevision, ImportRow, Portion
from foods.services import correct_food
from intake import jobs
from intake.models import Job
from tests.foods.importing.conftest import row, seen, work, write_csv

pytestmark = pytest.mark.django_db

LATER = clearing.KEEP_ROWS + dt.timedelta(hours=1)
CUP, SLICE = ["1 cup", 100_000], ["1 slice", 20_000]


def clear(now):
    """Clear as the daily job does; return how many slices it took."""
    slices = 0
    while importing.clear_rows(now):
        slices += 1
        assert slices < 100
    return slices


def state():
    """Return all that readers and curators see of the foods, and what stands in the tables behind it."""
    foods = (
        Food.objects.exclude(born__live=False)
        .order_by("pk")
        .values(*("source_key", "name", "brand", "category", "current", "retired_at", "merged_into"))
    )
    portions = Portion.objects.shown().order_by("food", "position", "label")
    return seen(), [*foods], [*portions.values_list("food__source_key", "label", "weight_mg", "author")]


@pytest.fixture
def published(bring):
    """A release on top of another, with each kind of row: three are the same, the rest are not."""
    same = [row(key, 50, portions=[CUP]) for key in "xyz"]
    first = [row("1", 100, portions=[CUP]), row("2", 100), row("3", 100), row("4", 100), *same]
    bring(first, publish=True, name="first.csv")
    correct_food(
        food=Food.objects.get(source_key="2"),
        magnesium_mg_per_100g=Decimal(7),
        author="curator@example.org",
        reason="why",
    )
    before = state()
    changed = [row("1", 120, "One", portions=[SLICE]), row("2", 130), row("3", None), row("5", 9)]
    later = bring([*changed, *same], release="2", name="later.csv")
    importing.choose_all(later, "missing", "take")
    importing.choose_all(later, "conflict", "take")
    importing.publish(later)
    work()
    later.refresh_from_db()
    return before, later


def kinds(food_import):
    return sorted(food_import.rows.values_list("verdict", flat=True))


def test_rows_that_were_the_same_go_after_thirty_days_and_what_the_page_shows_stays(published):
    _before, later = published
    all_kinds = kinds(later)
    assert all_kinds.count("same") == 3

    clear(later.published_at + clearing.KEEP_ROWS - dt.timedelta(minutes=1))
    assert kinds(later) == all_kinds
    now = later.published_at + LATER
    clear(now)

    assert kinds(later) == [kind for kind in all_kinds if kind != "same"]
    later.refresh_from_db()
    assert later.counts["thinned"] == now.date().isoformat()
    assert (later.counts["same"], str(importing.summary(later))) == (
        3,
        "new 1, changed 2, unchanged 4, missing 1, skipped 0",
    )
    assert clear(now) == 0


@pytest.mark.parametrize("rows", [1, 2, 5_000])
def test_undoing_after_that_restores_exactly(published, monkeypatch, rows):
    before, later = published
    monkeypatch.setattr(clearing, "ROWS_A_SLICE", rows)
    clear(later.published_at + LATER)

    importing.undo(later)
    work()

    assert state() == before
    later.refresh_from_db()
    assert later.state == FoodImport.State.UNDONE


def test_undoing_half_way_through_the_clearing_restores_exactly(published, monkeypatch):
    before, later = published
    monkeypatch.setattr(clearing, "ROWS_A_SLICE", 1)
    while later.rows.filter(verdict="same").count() == 3:
        assert importing.clear_rows(later.published_at + LATER)
    assert later.rows.filter(verdict="same").count() == 2

    importing.undo(later)
    work()

    assert state() == before


def test_what_was_cleared_cannot_be_published_again_and_says_why(published):
    _before, later = published
    clear(later.published_at + LATER)
    importing.undo(later)
    work()
    told = seen()

    with pytest.raises(ValidationError, match="cannot be published again: rows that were the same"):
        importing.publish(later)
    with pytest.raises(ValidationError, match="Bring the file in anew"):
        importing.choose_all(later, "missing", "take")

    assert seen() == told
    importing.discard(later)
    work()
    assert not later.rows.exists()


def test_an_import_still_stands_on_the_one_that_brought_its_foods_when_its_rows_are_gone(bring):
    first = bring([row("1", 100)], publish=True, name="first.csv")
    later = bring([row("1", 100)], publish=True, release="2", name="later.csv")
    clear(later.published_at + LATER)
    assert not later.rows.exists()

    with pytest.raises(ValidationError, match=r"“later.csv” was published later and stands on this one"):
        importing.undo(first)

    importing.undo(later)
    work()
    importing.undo(first)
    work()
    assert seen() == {}


def test_what_has_no_row_that_is_the_same_can_be_published_again_for_ever(bring):
    food_import = bring([row("1", 100)], publish=True)
    clear(food_import.published_at + LATER)
    importing.undo(food_import)
    work()

    importing.publish(food_import)
    work()

    assert seen() == {"1": ("Food 1", 100_000)}


@pytest.mark.parametrize("stand", ["ready", "undone"])
def test_what_is_not_published_keeps_all_its_rows(bring, stand):
    bring([row("1", 100)], publish=True)
    food_import = bring([row("1", 100)], release="2", publish=stand == "undone")
    if stand == "undone":
        importing.undo(food_import)
        work()

    clear(timezone.now() + LATER)

    assert kinds(food_import) == ["same"]


def test_the_daily_clearing_does_it(bring):
    bring([row("1", 100)], publish=True)
    later = bring([row("1", 100)], release="2", publish=True)
    long_ago = timezone.now() - LATER
    FoodImport.objects.update(published_at=long_ago)
    job = jobs.enqueue(kind="clearing")

    jobs.run(job.pk)

    assert not later.rows.exists()
    job.refresh_from_db()
    assert job.state == Job.State.DONE


def test_a_figure_an_import_brought_and_that_is_the_same_now_keeps_its_row(bring):
    """The row says that the figure was undone once; comparing asks for it."""
    bring([row("1", 100)], publish=True)
    later = bring([row("1", 120)], release="2", publish=True)
    importing.undo(later)
    work()
    correct_food(
        food=Food.objects.get(), magnesium_mg_per_100g=Decimal(120), author="c@example.org", reason="why"
    )
    bring([row("9")], publish=True, code="other")
    importing.publish(later)
    work()
    assert kinds(later) == ["same"]
    assert later.rows.get().revision == FoodRevision.objects.get(food__source_key="1", source__release="2")

    clear(timezone.now() + LATER)

    assert kinds(later) == ["same"]


# Giving up -----------------------------------------------------------------------------------------


def ready(tmp_path, keys, name):
    found = importing.start_import(write_csv(tmp_path / name, [row(key) for key in keys]), name)
    work()
    found.refresh_from_db()
    return found


def test_clearing_what_was_discarded_waits_for_the_publishing_of_another(tmp_path):
    keys = [str(number) for number in range(2_500)]
    large, small = ready(tmp_path, keys, "large.csv"), ready(tmp_path, ["a", "b"], "small.csv")

    importing.discard(large)
    importing.publish(small)
    order = []

    def note():
        order.extend(Job.objects.filter(state=Job.State.RUNNING).values_list("kind", flat=True))
        return False

    jobs.run_due(timezone.now(), stopping=note)

    assert [*dict.fromkeys(order)] == ["import-publish", "import-clear"]
    work()
    assert not ImportRow.objects.filter(food_import=large).exists()
    assert set(seen()) == {"a", "b"}


def test_a_turn_of_clearing_is_short(tmp_path):
    large = ready(tmp_path, [str(number) for number in range(4_500)], "large.csv")
    importing.discard(large)
    job = Job.objects.get(kind="import-clear")
    now = [timezone.now() - dt.timedelta(minutes=1)]

    def clock():
        now[0] += dt.timedelta(seconds=1.5)
        return now[0]

    jobs.run(job.pk, clock=clock)

    job.refresh_from_db()
    assert job.state == Job.State.QUEUED
    assert 0 < large.rows.count() < 4_500
    assert large.rows.count() >= 500
    work()
    assert not large.rows.exists()


def test_discarding_while_it_is_read_ends_the_reading_and_clears(tmp_path):
    found = importing.start_import(
        write_csv(tmp_path / "a.csv", [row(str(n)) for n in range(2_500)]), "a.csv"
    )
    reading = Job.objects.get(kind="import-read")
    jobs.run(reading.pk, stopping=lambda: True)
    assert found.rows.exists()

    importing.discard(found)
    work()

    assert not found.rows.exists()
    assert Job.objects.get(pk=reading.pk).state == Job.State.DONE
