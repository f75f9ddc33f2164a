"""Merging: two foods become one, every old id leads somewhere, no entry is lost and no past day moves."""

import datetime as dt
import random
from decimal import Decimal
from uuid import UUID

import pytest
from django.core.exceptions import ValidationError
from django.db.models import Count, F, Sum
from uuid6 import uuid7

from foods.models import Change, Edition, Food, FoodImport, Portion
from foods.search import search_foods
from foods.services import (
    correct_food,
    merge_foods,
    restore_food,
    retire_food,
    undo_change,
    unmerge_food,
    winner_of,
    winners_of,
)
from foods.services.merging import missing_portions
from intake.errors import IdTaken
from intake.finding import food_by_ref, portion_by_ref
from intake.forms.entries import AddEntryForm
from intake.models import Entry
from intake.reports import day_report
from intake.services import log_food, make_token
from tests.factories import make_food, make_user

pytestmark = pytest.mark.django_db
MONDAY = dt.date(2026, 11, 16)
WHO = {"author": "curator@example.org", "reason": "The same food"}


def merge(loser, winner, **more):
    return merge_foods(loser=loser, winner=winner, **WHO, **more)


def reload(food):
    return Food.objects.get(pk=food.pk)


# What a merge does


def test_a_merged_food_leads_to_the_other_and_leaves_the_search():
    loser, winner = make_food("Almonds, whole"), make_food("Almonds")

    change = merge(loser, winner)

    assert reload(loser).merged_into_id == winner.pk == winner_of(loser.pk)
    assert [hit.id for hit in search_foods("almonds")] == [winner.pk]
    assert (change.act, change.author, change.reason) == ("merge", WHO["author"], WHO["reason"])


def test_entries_of_a_merged_food_stay_as_they_were():
    person = make_user()
    loser, winner = make_food(mg_per_100g=270), make_food(mg_per_100g=80)
    entry = log_food(user=person, day=MONDAY, food=loser, weight_g=Decimal(50)).entry
    before = Entry.objects.values().get(pk=entry.pk), day_report(person, MONDAY).total

    merge(loser, winner)

    assert before == (Entry.objects.values().get(pk=entry.pk), day_report(person, MONDAY).total)


def test_a_chain_leads_to_its_end_in_a_query_a_link(django_assert_num_queries):
    first, second, third, other = (make_food() for _ in range(4))
    merge(first, second)
    merge(second, third)

    with django_assert_num_queries(3):
        assert winner_of(first.pk) == third.pk
    with django_assert_num_queries(1):
        ends = winners_of([first.pk, second.pk, third.pk, other.pk, 2**40])

    assert ends == {first.pk: third.pk, second.pk: third.pk, third.pk: third.pk, other.pk: other.pk}


def test_merging_into_a_merged_food_leads_to_where_that_one_leads():
    first, second, third = (make_food() for _ in range(3))
    merge(second, third)

    merge(first, second)

    assert reload(first).merged_into_id == third.pk


# What is refused


def test_a_food_is_not_merged_into_itself():
    food = make_food()

    with pytest.raises(ValidationError, match="itself"):
        merge(food, food)


@pytest.mark.parametrize("length", [2, 3, 5])
def test_a_circle_is_refused_with_a_sentence(length):
    foods = [make_food() for _ in range(length)]
    for loser, winner in zip(foods, foods[1:], strict=False):
        merge(loser, winner)

    with pytest.raises(ValidationError, match="circle"):
        merge(foods[-1], foods[0])

    assert reload(foods[-1]).merged_into_id is None


def test_a_merged_food_is_not_merged_again_nor_into_a_retired_one():
    loser, winner, retired = make_food(), make_food(), make_food()
    retire_food(food=retired, **WHO)
    with pytest.raises(ValidationError, match="retired"):
        merge(loser, retired)
    merge(loser, winner)

    with pytest.raises(ValidationError, match="merged already"):
        merge(loser, make_food())


@pytest.mark.parametrize("missing", ["author", "reason"])
def test_a_merge_needs_an_author_and_a_reason(missing):
    with pytest.raises(ValidationError):
        merge_foods(loser=make_food(), winner=make_food(), **WHO | {missing: " "})
    assert not Change.objects.exists()


# Portions


def test_the_portions_chosen_are_copied_and_go_again_with_the_undo():
    loser = make_food(portions=[("1 oz", 28.35), ("1 cup", 143), ("1 nut", 1.2)])
    winner = make_food(portions=[("1 oz", 28)])
    offered = missing_portions(loser, winner)
    before = list(Portion.objects.order_by("pk").values())

    change = merge(loser, winner, portions=offered[:1])

    assert [portion.label for portion in offered] == ["1 cup", "1 nut"]
    assert list(winner.portions.order_by("position").values_list("label", "weight_mg", "author")) == [
        ("1 oz", 28_000, ""),
        ("1 cup", 143_000, WHO["author"]),
    ]
    undo_change(change=change, **WHO)
    assert list(Portion.objects.order_by("pk").values()) == before


def test_portions_of_another_food_are_not_copied():
    loser, winner, other = make_food(), make_food(), make_food(portions=[("1 cup", 1)])

    merge(loser, winner, portions=[other.portions.get()])

    assert not winner.portions.exists()


# Undoing


def test_a_merge_undone_and_done_again():
    loser, winner = make_food("Almonds, whole"), make_food("Almonds")
    change = merge(loser, winner)

    undo = undo_change(change=change, **WHO)

    assert reload(loser).merged_into_id is None
    assert {hit.id for hit in search_foods("almonds")} == {loser.pk, winner.pk}
    undo_change(change=undo, **WHO)
    assert reload(loser).merged_into_id == winner.pk


def test_a_merge_is_not_done_again_if_that_would_close_a_circle():
    one, other = make_food(), make_food()
    undo = undo_change(change=merge(one, other), **WHO)
    merge(other, one)

    with pytest.raises(ValidationError, match="since"):
        undo_change(change=undo, **WHO)


def test_a_food_taken_apart_stands_for_itself():
    loser, winner = make_food(), make_food()
    merge(loser, winner)

    unmerge_food(food=loser, **WHO)

    assert winner_of(loser.pk) == loser.pk
    with pytest.raises(ValidationError, match="not merged"):
        unmerge_food(food=loser, **WHO)


def test_a_link_in_the_middle_of_a_chain_can_be_undone():
    first, second, third = (make_food() for _ in range(3))
    merge(first, second)
    change = merge(second, third)

    undo_change(change=change, **WHO)

    assert winners_of([first.pk, second.pk]) == {first.pk: second.pk, second.pk: second.pk}


# Old ids


def test_logging_by_an_old_id_logs_the_food_it_leads_to():
    person = make_user()
    loser, winner = (
        make_food("Old", mg_per_100g=270, portions=[("1 oz", 28)]),
        make_food("New", mg_per_100g=80),
    )
    merge(loser, winner)

    food = food_by_ref(person, str(loser.pk))
    portion = portion_by_ref(food, str(loser.portions.get().pk))
    entry = log_food(user=person, day=MONDAY, food=food, portion=portion).entry

    assert (entry.label, entry.food_revision_id, entry.weight_mg) == ("New", winner.current_id, 28_000)


def test_an_old_id_of_what_leads_to_a_retired_food_is_not_there():
    person, loser, winner = make_user(), make_food(), make_food()
    merge(loser, winner)
    retire_food(food=winner, **WHO)

    assert food_by_ref(person, str(loser.pk)) is None
    restore_food(food=winner, **WHO)
    assert food_by_ref(person, str(loser.pk)) == winner


def test_a_portion_of_an_unrelated_food_is_no_portion():
    food, other = make_food(), make_food(portions=[("1 oz", 28)])

    assert portion_by_ref(food, str(other.portions.get().pk)) is None


def test_the_page_of_an_old_id_keeps_its_figures_and_names_the_other(client):
    loser, winner = make_food("Old", mg_per_100g=271), make_food("New")
    merge(loser, winner)
    client.force_login(make_user())

    page = client.get(f"/foods/{loser.pk}/").content.decode()

    assert "271" in page
    assert f'href="/foods/{winner.pk}/"' in page
    assert "Log it on" not in page


def test_the_interface_says_where_an_old_id_leads(client):
    first, second, third = (make_food() for _ in range(3))
    merge(first, second)
    merge(second, third)
    client.defaults["HTTP_AUTHORIZATION"] = f"Token {make_token(user=make_user(), name='mine')}"

    answer = client.get(f"/api/v1/foods/{first.pk}/").json()

    assert (answer["id"], answer["merged_into"]) == (str(first.pk), str(third.pk))
    assert client.get(f"/api/v1/foods/{third.pk}/").json()["merged_into"] is None


@pytest.mark.parametrize("merged", [True, False])
def test_a_request_repeated_after_a_merge_finds_its_entry(merged):
    person, loser, winner = make_user(), make_food(), make_food()
    sent = {"food": str(loser.pk), "weight_g": "50", "entry_id": str(uuid7())}

    def post():
        form = AddEntryForm(sent, user=person)
        assert form.is_valid(), form.errors
        return form.save(MONDAY)

    first = post()
    if merged:
        merge(loser, winner)

    again = post()
    assert not again.created
    assert again.entry.food_revision_id == first.entry.food_revision_id == loser.current_id
    sent["weight_g"] = "51"
    with pytest.raises(IdTaken):
        post()


def test_an_entry_made_while_its_food_is_merged_stands():
    person, loser, winner = make_user(), make_food(mg_per_100g=270), make_food(mg_per_100g=80)
    found = food_by_ref(person, str(loser.pk))  # the request has read the food ...
    merge(loser, winner)  # ... a curator merges it ...

    entry = log_food(user=person, day=MONDAY, food=found, weight_g=Decimal(100)).entry  # ... and it is logged

    assert (entry.magnesium_ug, entry.food_revision.food_id) == (270_000, loser.pk)


# Two curators


def test_the_second_of_two_curators_is_told_and_nothing_is_done():
    from foods.services.held import state_of

    loser, winner = make_food(mg_per_100g=270), make_food()
    seen = state_of(loser)
    correct_food(food=loser, magnesium_mg_per_100g=Decimal(268), **WHO)

    with pytest.raises(ValidationError, match="Somebody has changed"):
        merge(loser, winner, seen=seen)

    assert reload(loser).merged_into_id is None


# A thousand at random


def diary(people):
    days = Entry.objects.values("user", "day").annotate(n=Count("kind"), ug=Sum("magnesium_ug")).order_by()
    rows = Entry.objects.order_by("pk").values_list(
        "pk", "label", "food_revision", "magnesium_ug", "weight_mg"
    )
    return sorted(days, key=str), list(rows)


def test_a_thousand_random_merges_and_undos_lose_nothing():
    """Chains, circles, entries in between: nothing logged moves, every id leads to one end, undo is exact."""
    dice = random.Random(20261122)
    foods = [make_food(f"Food {n}", mg_per_100g=dice.randrange(400)) for n in range(40)]
    people = [make_user() for _ in range(3)]
    logged, changes, acts = 0, [], {"merged": 0, "refused": 0, "undone": 0}
    start = list(Food.objects.order_by("pk").values())
    for _ in range(1000):
        before = diary(people)
        if dice.random() < 0.45 and changes:
            undo_change(change=changes.pop(dice.randrange(len(changes))), **WHO)
            acts["undone"] += 1
        else:
            one, other = dice.choice(foods), dice.choice(foods)
            ends = winners_of([one.pk, other.pk])
            possible = ends[one.pk] == one.pk and ends[other.pk] != one.pk
            try:
                changes.append(merge(one, other))
            except ValidationError:
                acts["refused"] += 1
                assert not possible
            else:
                acts["merged"] += 1
                assert possible
        assert diary(people) == before
        ends = winners_of(food.pk for food in foods)
        assert len(ends) == len(foods)
        assert all(ends[end] == end for end in ends.values())
        if dice.random() < 0.1:
            ref = str(dice.choice(foods).pk)
            log_food(
                user=dice.choice(people), day=MONDAY, food=food_by_ref(people[0], ref), weight_g=Decimal(30)
            )
            logged += 1

    assert Entry.objects.count() == logged
    assert not Entry.objects.filter(food_revision__food=None).exists()
    assert min(acts.values()) > 100, acts
    for change in changes:
        undo_change(change=change, **WHO)
    assert list(Food.objects.order_by("pk").values()) == start
    assert not Food.objects.filter(merged_into=F("pk")).exists()
    assert isinstance(Entry.objects.first().pk, UUID)


def test_nothing_is_merged_into_a_food_that_readers_do_not_see():
    seen, hidden = make_food("Bananas, raw"), make_food("Bananas, unpublished")
    file = FoodImport.objects.create(file_name="a.csv", size=1, sha256="0" * 64)
    Food.objects.filter(pk=hidden.pk).update(born=Edition.objects.create(food_import=file))

    with pytest.raises(ValidationError, match="not published"):
        merge_foods(loser=seen, winner=hidden, author="c", reason="the same")

    assert Food.objects.shown().filter(pk=seen.pk).exists()
