"""Merging at the same moment as others merge and log: no circle closes, no entry is lost."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from foods.models import Change, Food
from foods.services import correct_food, merge_foods, undo_change, winners_of
from foods.services.held import state_of
from intake.finding import food_by_ref
from intake.models import Entry
from intake.services import log_food
from tests.factories import make_food, make_user

pytestmark = pytest.mark.django_db(transaction=True)
MONDAY = dt.date(2026, 11, 16)
WHO = {"author": "curator@example.org", "reason": "The same food"}


def tried(act, *args, **kwargs):
    try:
        return act(*args, **kwargs)
    except ValidationError:
        return None


def test_of_merges_in_a_circle_at_the_same_moment_one_is_refused(together):
    for _ in range(5):
        foods = [make_food() for _ in range(4)]
        pairs = [*zip(foods, [*foods[1:], foods[0]], strict=True)]

        together(
            [
                lambda one=one, other=other: tried(merge_foods, loser=one, winner=other, **WHO)
                for one, other in pairs
            ]
        )

        ends = winners_of(food.pk for food in foods)
        assert all(ends[end] == end for end in ends.values())
        assert Food.objects.filter(pk__in=[food.pk for food in foods], merged_into=None).exists()


def test_of_two_curators_with_the_same_page_one_is_told(together):
    food = make_food(mg_per_100g=270)
    seen = state_of(food)

    done = together(
        [
            lambda mg=mg: tried(correct_food, food=food, magnesium_mg_per_100g=Decimal(mg), seen=seen, **WHO)
            for mg in (1, 2, 3, 4)
        ]
    )

    assert sum(revision is not None for revision in done) == 1
    assert Change.objects.count() == 1


def test_an_act_undone_by_two_at_once_is_undone_once(together):
    food = make_food(mg_per_100g=270)
    correct_food(food=food, magnesium_mg_per_100g=Decimal(1), **WHO)
    change = Change.objects.get()

    done = together([lambda: tried(undo_change, change=change, **WHO)] * 4)

    assert sum(undo is not None for undo in done) == 1
    assert Food.objects.get(pk=food.pk).current.magnesium_ug_per_100g == 270_000


def test_entries_made_while_their_food_is_merged_and_unmerged_are_all_kept(together):
    person, loser, winner = make_user(), make_food(mg_per_100g=270), make_food(mg_per_100g=80)

    def merged():
        for _ in range(4):
            change = merge_foods(loser=loser, winner=winner, **WHO)
            undo_change(change=change, **WHO)

    def logged():
        for _ in range(6):
            food = food_by_ref(person, str(loser.pk))
            log_food(user=person, day=MONDAY, food=food, weight_g=Decimal(100))

    together([merged, logged, logged])

    entries = Entry.objects.select_related("food_revision")
    assert len(entries) == 12
    per_food = {loser.pk: 270_000, winner.pk: 80_000}
    assert all(entry.magnesium_ug == per_food[entry.food_revision.food_id] for entry in entries)
