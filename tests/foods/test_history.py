"""History: every act of a curator is written down, and each is undone exactly, or refused with a sentence."""

import random
from decimal import Decimal
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from foods.models import Change, Edition, Food, FoodImport, FoodRevision, Portion
from foods.search import search_foods
from foods.services import (
    add_portion,
    correct_food,
    edit_food,
    merge_foods,
    restore_food,
    retire_food,
    take_value,
    undo_batch,
    undo_change,
    unmerge_food,
)
from foods.services.bulk import MOST, BulkEdit, apply_bulk, preview
from foods.services.held import state_of
from tests.factories import make_food, make_source

pytestmark = pytest.mark.django_db
WHO = {"author": "curator@example.org", "reason": "Newer analysis"}


def correct(food, mg="268"):
    return correct_food(food=food, magnesium_mg_per_100g=Decimal(mg), **WHO)


def last(food):
    return Change.objects.filter(food=food).order_by("-pk").first()


def told(food):
    """Return a food and its portions as the database has them."""
    return Food.objects.values().get(pk=food.pk), list(food.portions.order_by("pk").values())


ACTS = {
    "correct": correct,
    "edit": lambda food: edit_food(food=food, name="Almonds, raw", brand="B", category="Nuts", **WHO),
    "retire": lambda food: retire_food(food=food, **WHO),
    "portion": lambda food: add_portion(food=food, label="1 cup", weight_g=Decimal(143), author="c"),
    "merge": lambda food: merge_foods(loser=food, winner=make_food(), **WHO),
}


@pytest.mark.parametrize("act", ACTS)
def test_each_act_is_one_change_and_undone_exactly(act):
    food = make_food("Almonds", mg_per_100g=270, portions=[("1 oz", 28.35)])
    before = told(food)

    ACTS[act](food)
    change, changed = last(food), told(food)
    undo = undo_change(change=change, author="second@example.org", reason="A slip")

    assert (change.act, Change.objects.count()) == (act, 2)
    assert change.author in {WHO["author"], "c"}
    assert changed != before
    assert told(food) == before
    assert (undo.act, undo.author, undo.reason) == ("undo", "second@example.org", "A slip")
    change.refresh_from_db()
    assert change.undone_by == undo


@pytest.mark.parametrize("act", ACTS)
def test_an_undo_undone_does_the_act_again(act):
    food = make_food("Almonds", mg_per_100g=270)
    ACTS[act](food)
    changed = told(food)[0]

    undo = undo_change(change=last(food), **WHO)
    undo_change(change=undo, **WHO)

    assert told(food)[0] == changed


def test_an_act_is_undone_once():
    food = make_food(mg_per_100g=270)
    correct(food)
    change = last(food)
    undo_change(change=change, **WHO)

    with pytest.raises(ValidationError, match="already"):
        undo_change(change=change, **WHO)


def test_what_later_acts_stand_on_is_undone_after_them():
    food = make_food(mg_per_100g=270)
    correct(food, "268")
    first = last(food)
    correct(food, "260")

    with pytest.raises(ValidationError, match="changed again on"):
        undo_change(change=first, **WHO)
    undo_change(change=last(food), **WHO)
    undo_change(change=first, **WHO)

    assert Food.objects.get(pk=food.pk).current.magnesium_ug_per_100g == 270_000


def test_a_correction_that_an_import_went_past_is_not_undone():
    food = make_food(mg_per_100g=270)
    correct(food)
    newer = FoodRevision.objects.create(
        food=food, source=make_source(release="2026"), magnesium_ug_per_100g=1
    )
    Food.objects.filter(pk=food.pk).update(current=newer)

    with pytest.raises(ValidationError, match="with an import"):
        undo_change(change=last(food), **WHO)


def test_acts_on_other_fields_do_not_stand_in_the_way():
    food = make_food("Almonds", mg_per_100g=270)
    correct(food)
    change = last(food)
    edit_food(food=food, name="Almonds, raw", **WHO)

    undo_change(change=change, **WHO)

    food.refresh_from_db()
    assert (food.name, food.current.magnesium_ug_per_100g) == ("Almonds, raw", 270_000)


def test_a_portion_that_has_gone_since_cannot_be_taken_away():
    food = make_food()
    ACTS["portion"](food)
    Portion.objects.filter(food=food).delete()

    with pytest.raises(ValidationError, match="not as it was left"):
        undo_change(change=last(food), **WHO)


def test_the_search_follows_an_edit_and_its_undo():
    food = make_food("Almonds")
    edit_food(food=food, name="Cashews", **WHO)
    assert [hit.id for hit in search_foods("cashews")] == [food.pk]

    undo_change(change=last(food), **WHO)

    assert search_foods("cashews") == []
    assert [hit.id for hit in search_foods("almonds")] == [food.pk]


@pytest.mark.parametrize("missing", ["author", "reason"])
def test_an_undo_and_an_edit_need_an_author_and_a_reason(missing):
    food = make_food("Almonds")
    correct(food)
    without = WHO | {missing: "  "}

    with pytest.raises(ValidationError):
        undo_change(change=last(food), **without)
    with pytest.raises(ValidationError):
        edit_food(food=food, name="Other", **without)
    assert Change.objects.count() == 1


def test_an_edit_that_changes_nothing_or_cannot_be_is_refused():
    food = make_food("Almonds")

    for name in ("Almonds", " Almonds ", "", "x" * 201, "a\x00b"):
        with pytest.raises(ValidationError):
            edit_food(food=food, name=name, **WHO)
    assert not Change.objects.exists()


# Taking a figure


def test_a_figure_of_the_food_is_taken_as_it_is():
    food = make_food(mg_per_100g=270)
    old = food.current
    correct(food)

    taken = take_value(food=food, revision=old, **WHO)

    assert taken == old == Food.objects.get(pk=food.pk).current
    assert food.revisions.count() == 2


def test_a_figure_of_another_food_is_copied_with_its_source():
    food, other = make_food(mg_per_100g=None), make_food("Almonds", mg_per_100g=270)
    FoodRevision.objects.filter(food=other).update(n=8, min_ug=1, max_ug=2, derivation="analysed")
    other.current.refresh_from_db()

    taken = take_value(food=food, revision=other.current, **WHO)

    assert (taken.food, taken.source, taken.source_key) == (food, other.source, other.source_key)
    assert (taken.magnesium_ug_per_100g, taken.n, taken.record_name) == (270_000, 8, "Almonds")
    with pytest.raises(ValidationError, match="in use"):
        take_value(food=food, revision=taken, **WHO)


# Two curators, and an import under way


@pytest.mark.parametrize("act", ["correct", "edit", "retire", "take"])
def test_whoever_saw_an_older_state_is_told_and_nothing_is_done(act):
    food = make_food("Almonds", mg_per_100g=270)
    old, seen = food.current, state_of(food)
    correct(food, "260")
    before = told(food)
    verbs = {
        "correct": lambda: correct_food(food=food, magnesium_mg_per_100g=Decimal(1), seen=seen, **WHO),
        "edit": lambda: edit_food(food=food, name="Other", seen=seen, **WHO),
        "retire": lambda: retire_food(food=food, seen=seen, **WHO),
        "take": lambda: take_value(food=food, revision=old, seen=seen, **WHO),
    }

    with pytest.raises(ValidationError, match="Somebody has changed"):
        verbs[act]()

    assert told(food) == before
    assert state_of(Food.objects.get(pk=food.pk)) != seen


@pytest.mark.parametrize("live", [True, False])
def test_a_curators_act_settles_a_live_change_and_drops_one_that_is_not(live):
    food = make_food("Almonds", mg_per_100g=270, portions=[("1 oz", 28.35)])
    edition = Edition.objects.create(
        food_import=FoodImport.objects.create(file_name="a", size=1, sha256=""),
        live=live,
        live_at=timezone.now() if live else None,
    )
    coming = FoodRevision.objects.create(food=food, source=food.source, magnesium_ug_per_100g=260_000)
    Portion.objects.create(food=food, label="1 cup", weight_mg=1, edition=edition)
    Portion.objects.filter(food=food, label="1 oz").update(edition=edition, leaving=True)
    Food.objects.filter(pk=food.pk).update(edition=edition, upcoming=coming, details={"name": "New name"})

    edit_food(food=food, category="Nuts", **WHO)

    now = Food.objects.get(pk=food.pk)
    assert (now.edition, now.upcoming, now.details, now.category) == (None, None, None, "Nuts")
    assert (now.name, now.current == coming) == (("New name", True) if live else ("Almonds", False))
    kept = list(Portion.objects.filter(food=food).values_list("label", "edition", "leaving"))
    assert kept == [("1 cup" if live else "1 oz", None, False)]


# Many at once


def edits(**fields):
    return BulkEdit(**{"act": "replace", "find": "lmonds", "text": "lmonds, raw"} | fields)


def apply(foods, edit, **more):
    ids = [food.pk for food in foods]
    return apply_bulk(ids, edit, **{"seal": preview(ids, edit).seal, **WHO} | more)


@pytest.mark.parametrize("live", [True, False])
def test_a_preview_shows_foods_as_the_edit_will_find_them_while_an_import_settles(live):
    food = make_food("Almonds")
    edition = Edition.objects.create(
        food_import=FoodImport.objects.create(file_name="a", size=1, sha256=""),
        live=live,
        live_at=timezone.now() if live else None,
    )
    details = {"name": "Almonds, shelled"}
    Food.objects.filter(pk=food.pk).update(edition=edition, upcoming=food.current, details=details)

    apply([food], edits())

    food.refresh_from_db()
    assert food.name == ("Almonds, raw, shelled" if live else "Almonds, raw")


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        (edits(), [("name", "Almonds", "Almonds, raw")]),
        (edits(find="zzz"), []),
        (edits(field="brand", find="Old", text=""), [("brand", "Old", "")]),
        (BulkEdit(act="category", text="Nuts"), [("category", "", "Nuts")]),
        (BulkEdit(act="category", text=""), []),
        (BulkEdit(act="retire"), [("retired_at", "in use", "retired")]),
        (BulkEdit(act="restore"), []),
    ],
)
def test_a_preview_says_old_and_new_and_changes_nothing(edit, expected, django_assert_num_queries):
    food = make_food("Almonds", brand="Old")
    before = told(food)

    with django_assert_num_queries(1):
        shown = preview([food.pk, 2**40], edit)

    assert [(row.field, row.old, row.new) for row in shown.changed] == expected
    assert shown.unchanged == 2 - len(expected)
    assert told(food) == before


def test_a_name_that_could_not_be_is_named_and_left_out():
    long, short = make_food("Almonds " + "x" * 190), make_food("Almonds")

    shown = preview([long.pk, short.pk], edits(text="lmonds, dry roasted"))
    apply([long, short], edits(text="lmonds, dry roasted"))

    assert [row.food for row in shown.refused] == [long]
    assert "200" in shown.refused[0].problem
    assert Food.objects.get(pk=long.pk).name == long.name
    assert Food.objects.get(pk=short.pk).name == "Almonds, dry roasted"


@pytest.mark.parametrize("edit", [edits(find=""), edits(field="gtin"), BulkEdit(act="burn")])
def test_an_edit_that_makes_no_sense_is_refused(edit):
    with pytest.raises(ValidationError):
        preview([make_food().pk], edit)


def test_a_batch_is_undone_as_one_and_exactly():
    foods = [make_food(f"Almonds {n}") for n in range(5)]
    retired = make_food("Almonds, old")
    retire_food(food=retired, **WHO)
    before = [told(food) for food in (*foods, retired)]

    batch = apply([*foods, retired], BulkEdit(act="retire"))
    assert Food.objects.filter(retired_at=None).count() == 0
    undone = undo_batch(batch=batch, new_batch=uuid4(), **WHO)

    assert undone == 5
    assert [told(food) for food in (*foods, retired)] == before
    with pytest.raises(ValidationError, match="already"):
        undo_batch(batch=batch, new_batch=uuid4(), **WHO)


def test_a_batch_is_undone_whole_or_not_at_all():
    foods = [make_food(f"Almonds {n}") for n in range(3)]
    batch = apply(foods, edits())
    edit_food(food=foods[1], name="Cashews", **WHO)
    before = [told(food) for food in foods]

    with pytest.raises(ValidationError, match="Cashews: This cannot be undone by itself"):
        undo_batch(batch=batch, new_batch=uuid4(), **WHO)

    # The caller's transaction is rolled back with the refusal; here it is the test's, so look at the marks.
    assert told(foods[1]) == before[1]


def test_a_preview_that_is_out_of_date_is_not_confirmed():
    food = make_food("Almonds")
    seal = preview([food.pk], edits()).seal
    edit_food(food=food, name="Almonds, ground", **WHO)

    with pytest.raises(ValidationError, match="have changed since"):
        apply([food], edits(), seal=seal)


def test_at_most_a_thousand_foods_are_changed_at_once():
    with pytest.raises(ValidationError, match="1,000"):
        preview(range(1, MOST + 2), BulkEdit(act="retire"))


def test_the_search_follows_a_batch_and_its_undo():
    foods = [make_food(f"Almonds {n}") for n in range(3)]
    batch = apply(foods, edits(find="Almonds", text="Cashews"))
    assert len(search_foods("cashews")) == 3

    undo_batch(batch=batch, new_batch=uuid4(), **WHO)

    assert search_foods("cashews") == []


# Ten thousand things could happen: three hundred at random


def test_random_acts_undone_backwards_restore_everything():
    dice = random.Random(7)
    foods = [make_food(f"Food {n}", mg_per_100g=n, portions=[("1 oz", 28)]) for n in range(8)]
    before = [told(food) for food in foods]

    def act(food):
        match dice.randrange(7):
            case 0:
                correct(food, str(dice.randrange(300)))
            case 1:
                edit_food(food=food, name=f"Name {dice.randrange(50)}", **WHO)
            case 2:
                retire_food(food=food, **WHO)
            case 3:
                restore_food(food=food, **WHO)
            case 4:
                add_portion(food=food, label=f"{dice.randrange(9)} cups", weight_g=Decimal(30), author="c")
            case 5:
                merge_foods(loser=food, winner=dice.choice(foods), **WHO)
            case _:
                unmerge_food(food=food, **WHO)

    for _ in range(300):
        try:
            act(dice.choice(foods))
        except ValidationError:
            continue
    done = list(Change.objects.order_by("-pk"))
    for change in done:
        undo_change(change=change, **WHO)

    assert len(done) > 100
    assert [told(food)[0] for food in foods] == [food for food, _ in before]
    assert [len(told(food)[1]) for food in foods] == [1] * len(foods)


def test_a_batch_asks_as_much_for_many_foods_as_for_few(django_assert_max_num_queries):
    def asked(number, limit):
        foods = [make_food(f"Almonds {n}") for n in range(number)]
        with django_assert_max_num_queries(limit) as queries:
            batch = apply(foods, edits())
        with django_assert_max_num_queries(limit) as back:
            undo_batch(batch=batch, new_batch=uuid4(), **WHO)
        return len(queries) - search_queries(queries), len(back) - search_queries(back)

    def search_queries(queries):
        return sum("foods_search" in query["sql"] for query in queries.captured_queries)

    assert asked(50, 400) == asked(5, 60)
