"""Changing: by version, from the pinned figure, with a way back."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from uuid6 import uuid7

from intake.errors import NotThere, Stale
from intake.models import DayMark, Entry
from intake.services import (
    add_glass,
    change_entry,
    delete_entry,
    log_food,
    log_quick,
    log_supplement,
    log_water,
    mark_day,
    restore_entry,
)
from tests.factories import make_food, make_product, make_user

pytestmark = pytest.mark.django_db
MONDAY = dt.date(2026, 11, 16)
NOON = dt.datetime(2026, 11, 16, 12, tzinfo=dt.UTC)


@pytest.fixture
def user():
    return make_user()


@pytest.fixture
def food():
    return make_food(mg_per_100g=100, portions=[("1 cup", 200)])


@pytest.fixture
def entry(user, food):
    return log_food(user=user, day=MONDAY, food=food, portion=food.portions.get()).entry


def correct(food, ug):
    food.current = food.revisions.create(source=food.source, magnesium_ug_per_100g=ug)
    food.save()


def test_a_new_amount_is_reckoned_from_the_pinned_figure(user, food, entry):
    correct(food, 1_000)

    changed = change_entry(user=user, entry_id=entry.id, version=1, quantity=Decimal("0.5"))

    assert (changed.version, changed.weight_mg, changed.magnesium_ug) == (2, 100_000, 100_000)


def test_a_portion_can_become_a_weight_and_back(user, food, entry):
    change_entry(user=user, entry_id=entry.id, version=1, weight_g=Decimal(60))
    grams = Entry.objects.get()
    assert (grams.unit, grams.quantity_milli, grams.magnesium_ug) == ("g", 60_000, 60_000)

    change_entry(user=user, entry_id=entry.id, version=2, portion=food.portions.get(), quantity=Decimal(2))
    cups = Entry.objects.get()
    assert (cups.unit, cups.weight_mg, cups.magnesium_ug) == ("1 cup", 400_000, 400_000)


def test_servings_follow_the_figure_of_then(user):
    product = make_product(elemental_mg=100)
    entry = log_supplement(user=user, day=MONDAY, product=product).entry
    product.magnesium_ug_per_serving = 1
    product.save()

    assert change_entry(user=user, entry_id=entry.id, version=1, quantity=Decimal(3)).magnesium_ug == 300_000


def test_an_unknown_value_stays_unknown_whatever_the_amount(user):
    entry = log_food(user=user, day=MONDAY, food=make_food(mg_per_100g=None), weight_g=Decimal(1)).entry

    assert change_entry(user=user, entry_id=entry.id, version=1, quantity=Decimal(2)).magnesium_ug is None


def test_a_quick_entry_can_get_a_value_later(user):
    entry = log_quick(user=user, day=MONDAY, kind="food", label="Soup", magnesium_mg=None).entry

    changed = change_entry(
        user=user, entry_id=entry.id, version=1, magnesium_mg=Decimal(40), label="Lentil soup"
    )

    assert (changed.magnesium_ug, changed.label) == (40_000, "Lentil soup")


def test_the_figure_of_a_food_cannot_be_typed_over(user, entry):
    with pytest.raises(ValidationError):
        change_entry(user=user, entry_id=entry.id, version=1, magnesium_mg=Decimal(1))


def test_an_entry_moves_to_another_day_and_time(user, entry):
    tuesday = MONDAY + dt.timedelta(days=1)

    changed = change_entry(user=user, entry_id=entry.id, version=1, day=tuesday, time=dt.time(8))

    assert (changed.day, changed.at, changed.slot) == (tuesday, dt.time(8), "breakfast")


def test_a_stale_version_changes_nothing_and_tells_the_current_row(user, entry):
    change_entry(user=user, entry_id=entry.id, version=1, quantity=Decimal(2))

    with pytest.raises(Stale) as stale:
        change_entry(user=user, entry_id=entry.id, version=1, quantity=Decimal(9))

    assert stale.value.current.quantity_milli == 2_000
    assert Entry.objects.get().quantity_milli == 2_000


@pytest.mark.parametrize("quantity", [Decimal(0), Decimal(-1), Decimal("1e30"), Decimal("NaN")])
def test_a_bad_amount_changes_nothing(user, entry, quantity):
    with pytest.raises(ValidationError):
        change_entry(user=user, entry_id=entry.id, version=1, quantity=quantity)

    assert Entry.objects.get().version == 1


def test_another_persons_entry_is_not_there(entry):
    stranger = make_user()

    for act in (
        lambda: change_entry(user=stranger, entry_id=entry.id, version=1, quantity=Decimal(2)),
        lambda: delete_entry(user=stranger, entry_id=entry.id, version=1, now=NOON),
        lambda: restore_entry(user=stranger, entry_id=entry.id, now=NOON),
        lambda: change_entry(user=stranger, entry_id=uuid7(), version=1, quantity=Decimal(2)),
    ):
        with pytest.raises(NotThere):
            act()


def test_a_deletion_can_be_undone_for_thirty_days(user, entry):
    delete_entry(user=user, entry_id=entry.id, version=1, now=NOON)
    assert not Entry.objects.of(user).kept().exists()

    restored = restore_entry(user=user, entry_id=entry.id, now=NOON + dt.timedelta(days=30))

    assert (restored.deleted_at, restored.version, restored.magnesium_ug) == (None, 3, entry.magnesium_ug)


def test_after_thirty_days_a_deletion_stands(user, entry):
    delete_entry(user=user, entry_id=entry.id, version=1, now=NOON)

    with pytest.raises(NotThere):
        restore_entry(user=user, entry_id=entry.id, now=NOON + dt.timedelta(days=30, seconds=1))


def test_a_stale_deletion_is_refused(user, entry):
    change_entry(user=user, entry_id=entry.id, version=1, quantity=Decimal(2))

    with pytest.raises(Stale):
        delete_entry(user=user, entry_id=entry.id, version=1, now=NOON)
    assert Entry.objects.of(user).kept().exists()


def test_a_day_is_marked_and_unmarked(user):
    mark_day(user=user, day=MONDAY, mark="partial", note=" at my sister's ")
    mark_day(user=user, day=MONDAY, mark="complete")
    assert DayMark.objects.values_list("mark", "note").get() == ("complete", "at my sister's")

    mark_day(user=user, day=MONDAY, mark=None)
    assert not DayMark.objects.exists()


def test_a_mark_that_is_none_is_refused(user):
    with pytest.raises(ValidationError):
        mark_day(user=user, day=MONDAY, mark="done")


def test_a_glass_is_added_to_water_and_to_nothing_else(user):
    water = log_water(user=user, day=MONDAY).entry
    nuts = log_food(user=user, day=MONDAY, food=make_food(name="Nuts"), weight_g=Decimal(30)).entry

    assert add_glass(user=user, entry_id=water.id, version=1).quantity_milli == 2000
    with pytest.raises(NotThere):
        add_glass(user=user, entry_id=nuts.id, version=1)
    with pytest.raises(Stale):
        add_glass(user=user, entry_id=water.id, version=1)
