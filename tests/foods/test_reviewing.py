"""The queue's side of reports and proposals: checked, weighed, answered, forgotten."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from foods.models import Change, Food, ReviewItem
from foods.search import search_foods
from foods.services import correct_food, queue
from foods.services.reviewing import (
    Evidence,
    accept_report,
    close_item,
    forget_items,
    propose_food,
    report_value,
)
from tests.factories import make_food

pytestmark = pytest.mark.django_db


def evidence(mg=82, grams=None, **changed):
    figure = {"magnesium_mg": None if mg is None else Decimal(str(mg)), "grams": grams}
    return Evidence(**figure | {"where": "Acme, 200 g pack"} | changed)


@pytest.mark.parametrize(
    ("mg", "grams", "ug"),
    [
        ("82", None, 82_000),
        ("0", None, 0),
        ("41", "50", 82_000),
        ("10", "30", 33_333),
        ("1", "0.001", 100_000_000),
        (None, None, None),
    ],
)
def test_a_figure_is_kept_per_100_g(mg, grams, ug):
    assert evidence(mg, grams and Decimal(grams)).ug_per_100g() == ug


@pytest.mark.parametrize(
    "wrong",
    [
        {"mg": "-1"},
        {"mg": "NaN"},
        {"mg": "1e999"},
        {"mg": "100001"},
        {"mg": "2", "grams": Decimal("0.001")},
        {"grams": Decimal(0)},
        {"grams": Decimal("NaN")},
        {"grams": Decimal(100_001)},
        {"origin": "gossip"},
        {"where": "a\0b"},
        {"where": " \u200b"},
        {"where": "x" * 201},
        {"note": "x" * 501},
        {"mg": "100"},  # what the table says already
        {"mg": None},
    ],
)
def test_a_report_that_cannot_be_is_refused(wrong):
    food = make_food(mg_per_100g=100)

    with pytest.raises(ValidationError):
        report_value(food=food, evidence=evidence(**wrong))

    assert not ReviewItem.objects.exists()


def test_a_report_holds_what_the_person_saw_and_said():
    food = make_food(mg_per_100g=100)

    item = report_value(food=food, evidence=evidence(41, Decimal(50), note=" new\trecipe "))

    assert (item.kind, item.state, item.food, item.author) == ("report", "open", food, "")
    assert item.detail == {
        "ug_per_100g": 82_000,
        "said": {"mg": "41", "per": "portion", "grams": "50"},
        "origin": "label",
        "where": "Acme, 200 g pack",
        "note": "new recipe",
        "revision": food.current_id,
        "shown_ug_per_100g": 100_000,
    }


def test_what_is_logged_more_and_further_off_comes_first():
    rare, common = make_food(mg_per_100g=100), make_food(mg_per_100g=100, uses=40)
    near = report_value(food=common, evidence=evidence(99))
    far = report_value(food=common, evidence=evidence(500))
    once = report_value(food=rare, evidence=evidence(500))

    assert [*queue.open_items("report")] == [far, near, once]


def test_a_report_is_accepted_with_the_value_it_names():
    food = make_food(mg_per_100g=100)
    item = report_value(food=food, evidence=evidence(82))

    revision = accept_report(item=item, answer="", author="ada")

    food.refresh_from_db()
    item.refresh_from_db()
    assert (food.current, revision.magnesium_ug_per_100g) == (revision, 82_000)
    assert (item.state, item.author) == ("accepted", "ada")
    assert Change.objects.get().reason == "Reported by a person, from the label of the product."


def test_a_value_that_is_there_meanwhile_closes_nothing():
    food = make_food(mg_per_100g=100)
    item = report_value(food=food, evidence=evidence(82))
    correct_food(food=food, magnesium_mg_per_100g=Decimal(82), author="eve", reason="saw it, too")

    with pytest.raises(ValidationError, match="already"):
        accept_report(item=item, answer="", author="ada")

    item.refresh_from_db()
    assert item.state == "open"
    close_item(item=item, accepted=True, answer="", author="ada")
    assert Change.objects.count() == 1


def test_a_proposal_becomes_a_shared_food_when_it_is_accepted():
    item = propose_food(
        name="Acme oat bar",
        brand="Acme",
        portion_label="1 bar",
        portion_weight_mg=40_000,
        evidence=evidence(30, Decimal(40)),
    )
    assert not Food.objects.exists()

    close_item(item=item, accepted=True, answer="", author="ada")

    food = Food.objects.get()
    (hit,) = search_foods("acme oat bar")
    assert (hit.id, hit.magnesium_ug_per_100g, hit.portions[0].label) == (food.pk, 75_000, "1 bar")
    assert (food.current.author, food.brand, item.food) == ("ada", "Acme", food)
    assert "200 g pack" not in str([*food.revisions.values()])  # the person's words stay in the queue


def test_a_proposal_that_is_there_under_another_name_makes_no_second_food():
    there = make_food("Acme crunch")
    item = propose_food(name="Acme bar", evidence=evidence(30))
    item.food = there
    item.save()

    close_item(item=item, accepted=True, answer="It is there as Acme crunch.", author="ada")

    assert Food.objects.get() == there


def test_an_item_is_answered_once():
    item = propose_food(name="Acme bar", evidence=evidence(None))
    close_item(item=item, accepted=False, answer="No such bar.", author="ada")

    with pytest.raises(ValidationError, match="already"):
        close_item(item=item, accepted=True, answer="", author="eve")

    assert not Food.objects.exists()


@pytest.mark.parametrize("answer", ["", "  "])
def test_a_no_needs_a_reason(answer):
    item = propose_food(name="Acme bar", evidence=evidence())

    with pytest.raises(ValidationError, match="reason"):
        close_item(item=item, accepted=False, answer=answer, author="ada")


@pytest.mark.parametrize(
    "wrong", [{"name": ""}, {"name": "x" * 201}, {"brand": "a\0"}, {"portion_label": "\0"}]
)
def test_a_proposal_that_cannot_be_is_refused(wrong):
    with pytest.raises(ValidationError):
        propose_food(**{"name": "Acme bar", "portion_weight_mg": 1, "evidence": evidence()} | wrong)


def test_what_is_forgotten_leaves_no_word_of_the_person():
    food = make_food(mg_per_100g=100)
    waiting = report_value(food=food, evidence=evidence(82, where="CANARY"))
    declined = propose_food(name="CANARY bar", evidence=evidence(where="CANARY", note="CANARY"))
    close_item(item=declined, accepted=False, answer="CANARY is no food.", author="ada")
    other = propose_food(name="somebody else’s", evidence=evidence())

    forget_items([waiting.pk, declined.pk])

    assert {item.pk for item in ReviewItem.objects.all()} == {declined.pk, other.pk}
    assert "CANARY" not in str([*ReviewItem.objects.values()])
