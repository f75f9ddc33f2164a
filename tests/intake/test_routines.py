"""Stacks: made once, changed from a day on, stopped, thrown away; and what a day's plan says of them."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from uuid6 import uuid7

from intake.errors import IdTaken, NotThere
from intake.models import Entry, OwnProduct, Routine, RoutineItem, RoutinePlan
from intake.reports import day_plan, stack_rows, stack_state
from intake.services import (
    ItemInput,
    PlanInput,
    change_routine,
    delete_account,
    log_supplement,
    make_routine,
    remove_routine,
    stop_routine,
    take_stack,
)
from tests.factories import make_product, make_stack, make_user

pytestmark = pytest.mark.django_db
MONDAY = dt.date(2026, 11, 16)
NOW = dt.datetime(2026, 11, 16, 12, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)
NINE_PM = dt.time(21)


@pytest.fixture
def user():
    return make_user()


def change(routine, *products, times=(NINE_PM,), today=MONDAY, valid_from=None, **fields):
    plan = PlanInput(items=[ItemInput(product) for product in products], times=times, **fields)
    return change_routine(
        user=routine.user,
        routine_id=routine.pk,
        name=routine.name,
        plan=plan,
        today=today,
        now=NOW,
        valid_from=valid_from,
    )


def planned(user, day):
    """What a day's plan holds: name, occasion, products."""
    return [
        (stack.name, stack.occasion, [dose.label for dose in stack.doses])
        for stack in day_plan(user, day).stacks
    ]


def take(routine, day, occasion="21:00", time=NINE_PM):
    """Take all that is open of an occasion."""
    stack = next(
        stack
        for stack in day_plan(routine.user, day).stacks
        if (stack.routine_id, stack.occasion) == (routine.pk, occasion)
    )
    doses = {dose.ref: dose.entry_id for dose in stack.open}
    return take_stack(
        user=routine.user, routine_id=routine.pk, day=day, occasion=occasion, doses=doses, time=time
    )


# Making and changing -------------------------------------------------------------------------------


def test_a_stack_is_planned_from_its_first_day_on(user):
    make_stack(user, make_product("Mg"), (make_product("Zinc"), "1.5"), today=MONDAY)

    assert planned(user, MONDAY - DAY) == []
    assert (
        planned(user, MONDAY) == planned(user, MONDAY + 500 * DAY) == [("Evening", "21:00", ["Mg", "Zinc"])]
    )
    assert [dose.amount for dose in day_plan(user, MONDAY).stacks[0].doses] == ["1 capsule", "1 ½ capsules"]


def test_a_change_leaves_past_days_as_they_were(user):
    mg, zinc = make_product("Mg"), make_product("Zinc")
    routine = make_stack(user, mg, today=MONDAY)

    change(routine, mg, zinc, times=(dt.time(8), NINE_PM), today=MONDAY + 3 * DAY)

    assert planned(user, MONDAY + 2 * DAY) == [("Evening", "21:00", ["Mg"])]
    assert planned(user, MONDAY + 3 * DAY) == [
        ("Evening", "08:00", ["Mg", "Zinc"]),
        ("Evening", "21:00", ["Mg", "Zinc"]),
    ]


@pytest.mark.parametrize(("offset", "refused"), [(-1, True), (0, False), (1, False)])
def test_no_change_reaches_into_the_past(user, offset, refused):
    product = make_product()
    routine = make_stack(user, product, today=MONDAY - 5 * DAY)

    if refused:
        with pytest.raises(ValidationError, match="past days"):
            change(routine, product, valid_from=MONDAY + offset * DAY)
    else:
        change(routine, product, valid_from=MONDAY + offset * DAY)

    assert RoutinePlan.objects.of(user).count() == (1 if refused else 2)


def test_a_change_takes_the_place_of_one_that_was_to_come(user):
    mg, zinc = make_product("Mg"), make_product("Zinc")
    routine = make_stack(user, mg, today=MONDAY)
    change(routine, zinc, valid_from=MONDAY + 7 * DAY)

    change(routine, mg, zinc, valid_from=MONDAY + 2 * DAY)

    assert planned(user, MONDAY + 8 * DAY) == [("Evening", "21:00", ["Mg", "Zinc"])]
    assert planned(user, MONDAY + DAY) == [("Evening", "21:00", ["Mg"])]


def test_what_is_stopped_is_planned_no_more_and_may_start_again(user):
    product = make_product("Mg")
    routine = make_stack(user, product, today=MONDAY)

    stop_routine(user=user, routine_id=routine.pk, today=MONDAY + 2 * DAY, now=NOW)
    stopped = planned(user, MONDAY + 2 * DAY)
    state = stack_state(routine, MONDAY + 2 * DAY)
    change(routine, product, today=MONDAY + 4 * DAY)

    assert (stopped, state.stopped, [item.ref for item in state.items]) == ([], True, [str(product.pk)])
    days = [bool(planned(user, MONDAY + after * DAY)) for after in range(6)]
    assert days == [True, True, False, False, True, True]


def test_deleting_a_stack_leaves_what_was_taken(user):
    routine = make_stack(user, make_product(), today=MONDAY)
    take(routine, MONDAY)

    remove_routine(user=user, routine_id=routine.pk, now=NOW)

    assert Entry.objects.of(user).kept().count() == 1
    assert not Routine.objects.of(user).exists()
    user.profile.refresh_from_db()
    assert user.profile.has_stacks is False


def test_the_same_id_is_one_stack_and_another_content_or_person_is_refused(user):
    plan = PlanInput(items=[ItemInput(make_product())])
    values = {"plan": plan, "today": MONDAY, "now": NOW, "routine_id": uuid7()}

    first = make_routine(user=user, name="Evening", **values)
    again = make_routine(user=user, name="Evening", **values)

    assert (first, Routine.objects.count()) == (again, 1)
    for somebody, name in ((user, "Morning"), (make_user(), "Evening")):
        with pytest.raises(IdTaken):
            make_routine(user=somebody, name=name, **values)
    for other in (PlanInput(items=[ItemInput(make_product())]), replace(plan, times=[NINE_PM])):
        with pytest.raises(IdTaken):
            make_routine(user=user, name="Evening", **values | {"plan": other})


@pytest.mark.parametrize(
    ("number", "servings", "refused"),
    [(0, 1, True), (1, 1, False), (20, 1, False), (21, 1, True), (1, 0, True), (1, "0.0004", True)],
)
def test_a_stack_holds_one_to_twenty_products_in_amounts_above_nothing(user, number, servings, refused):
    products = [(make_product(f"Product {each}"), servings) for each in range(number)]

    if refused:
        with pytest.raises(ValidationError):
            make_stack(user, *products, today=MONDAY)
    else:
        make_stack(user, *products, today=MONDAY)

    assert Routine.objects.of(user).exists() is not refused


def test_a_product_stands_in_a_stack_once(user):
    product = make_product()

    with pytest.raises(ValidationError, match="once"):
        make_stack(user, product, product, today=MONDAY)


@pytest.mark.parametrize(("times", "refused"), [(4, False), (5, True)])
def test_a_day_has_at_most_four_times(user, times, refused):
    texts = [f"{8 + hour:02}:00" for hour in range(times)]

    if refused:
        with pytest.raises(ValidationError, match="At most 4"):
            make_stack(user, make_product(), today=MONDAY, times=texts)
    else:
        make_stack(user, make_product(), today=MONDAY, times=texts)
        assert len(planned(user, MONDAY)) == times


@pytest.mark.parametrize(("weekdays", "refused"), [(0, True), (1, False), (127, False), (128, True)])
def test_a_plan_has_weekdays(user, weekdays, refused):
    if refused:
        with pytest.raises(ValidationError, match="day of the week"):
            make_stack(user, make_product(), today=MONDAY, weekdays=weekdays)
    else:
        make_stack(user, make_product(), today=MONDAY, weekdays=weekdays)


def test_fifty_stacks_are_the_most(user):
    product = make_product()
    for number in range(50):
        make_stack(user, product, name=f"Stack {number}", today=MONDAY)

    with pytest.raises(ValidationError, match="50 stacks"):
        make_stack(user, product, today=MONDAY)


@pytest.mark.parametrize(
    "fields",
    [{}, {"servings_milli": 0, "shared": True}, {"servings_milli": 100_000_001, "shared": True}],
)
def test_the_database_refuses_an_item_without_product_or_amount(user, fields):
    plan = RoutinePlan.objects.of(user).filter(routine=make_stack(user, make_product(), today=MONDAY)).get()
    product = make_product() if fields.pop("shared", False) else None

    with pytest.raises(IntegrityError), transaction.atomic():
        RoutineItem.objects.create(user=user, plan=plan, position=9, product=product, **fields)


# A day's plan --------------------------------------------------------------------------------------


def test_a_plan_counts_nothing(user):
    make_stack(user, make_product(elemental_mg=200), today=MONDAY)

    assert not Entry.objects.of(user).exists()
    assert day_plan(user, MONDAY).stacks[0].adds_ug == 200_000


def test_what_is_not_known_is_told_beside_what_is(user):
    make_stack(user, make_product("A"), make_product("B", elemental_mg=None), today=MONDAY)
    make_stack(user, make_product("C", elemental_mg=None), name="Late", times=("23:00",), today=MONDAY)
    make_stack(
        user, make_product("D", elemental_mg=90, kind="topical"), name="Skin", times=("23:30",), today=MONDAY
    )

    told = [(stack.adds_ug, stack.unknown) for stack in day_plan(user, MONDAY).stacks]

    assert told == [(100_000, 1), (None, 1), (0, 0)]


def test_stacks_stand_in_the_order_of_the_day(user):
    product = make_product()
    make_stack(user, product, name="Now and then", times=(), mode="as_needed", today=MONDAY)
    make_stack(user, product, name="Some time", times=(), today=MONDAY)
    make_stack(user, product, name="Twice", times=("21:00", "07:00"), today=MONDAY)
    make_stack(user, product, name="Noon", times=("12:00",), today=MONDAY)

    plan = day_plan(user, MONDAY)

    assert [(stack.name, stack.occasion) for stack in plan.stacks] == [
        ("Twice", "07:00"),
        ("Noon", "12:00"),
        ("Twice", "21:00"),
        ("Some time", "any"),
        ("Now and then", "needed"),
    ]
    assert (plan.taken, plan.planned) == (0, 4)


def test_the_same_product_logged_by_hand_is_pointed_at(user, django_assert_num_queries):
    from intake.reports import day_report

    mg, zinc = make_product("Mg"), make_product("Zinc")
    make_stack(user, mg, zinc, today=MONDAY)
    log_supplement(user=user, day=MONDAY, product=mg)

    (stack,) = day_plan(user, MONDAY, day_report(user, MONDAY).rows).stacks

    assert [(dose.label, dose.taken, dose.apart) for dose in stack.doses] == [
        ("Mg", False, True),
        ("Zinc", False, False),
    ]


def test_a_dose_of_a_time_that_was_changed_since_is_pointed_at(user):
    from intake.reports import day_report

    mg = make_product("Mg")
    routine = make_stack(user, mg, today=MONDAY)
    take(routine, MONDAY)
    change(routine, mg, times=[dt.time(12)])

    (stack,) = day_plan(user, MONDAY, day_report(user, MONDAY).rows).stacks

    assert [(dose.taken, dose.apart) for dose in stack.doses] == [(False, True)]


def test_a_plan_is_three_queries_and_none_without_stacks(user, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert day_plan(user, MONDAY).stacks == ()
    for number in range(5):
        routine = make_stack(user, make_product(), make_product(), name=str(number), today=MONDAY)
    take(routine, MONDAY)

    with django_assert_num_queries(3):
        plan = day_plan(user, MONDAY)

    assert (plan.taken, plan.planned) == (2, 10)


def test_a_plan_is_nobody_elses(user):
    make_stack(user, make_product(), today=MONDAY)
    other = make_user()
    make_stack(other, make_product(), name="Theirs", today=MONDAY)

    assert [name for name, _, _ in planned(user, MONDAY)] == ["Evening"]


# All stacks ----------------------------------------------------------------------------------------


def test_kept_counts_whole_days_since_a_stack_began(user):
    routine = make_stack(user, make_product(), make_product(), today=MONDAY)
    for after in (0, 1, 3):
        take(routine, MONDAY + after * DAY)

    (first,) = stack_rows(user, MONDAY)
    (later,) = stack_rows(user, MONDAY + 3 * DAY)

    assert first.kept is None  # the day is not over
    assert (later.kept.taken, later.kept.planned, later.kept.since) == (4, 6, MONDAY)


def test_stacks_are_told_with_what_they_add_and_what_is_to_change(user):
    mg, zinc = make_product("Mg"), make_product("Zinc", elemental_mg=None)
    routine = make_stack(user, (mg, 2), zinc, today=MONDAY)
    change(routine, mg, valid_from=MONDAY + 7 * DAY)
    gone = make_stack(user, mg, name="A stopped one", today=MONDAY)
    stop_routine(user=user, routine_id=gone.pk, today=MONDAY, now=NOW)

    row, stopped = stack_rows(user, MONDAY)

    assert (row.name, row.words, row.began_on) == ("Evening", "every day at 21:00", MONDAY)
    assert row.items == ("Mg, 2 capsules", "Zinc, 1 capsule")
    assert (row.adds_ug, row.unknown, row.changes_on) == (200_000, 1, MONDAY + 7 * DAY)
    assert (stopped.stopped, stopped.items, stopped.kept) == (True, (), None)


def test_all_stacks_are_three_queries(user, django_assert_num_queries):
    for number in range(5):
        take(make_stack(user, make_product(), name=str(number), today=MONDAY), MONDAY)

    with django_assert_num_queries(3):
        assert len(stack_rows(user, MONDAY + DAY)) == 5


@pytest.mark.parametrize(
    ("begins", "taken", "offered"), [(0, False, 0), (0, True, 1), (5, False, 5), (-9, False, 0)]
)
def test_a_change_is_offered_from_a_day_that_rewrites_nothing(user, begins, taken, offered):
    product = make_product()
    routine = make_stack(user, product, today=MONDAY + begins * DAY)
    if taken:
        take(routine, MONDAY)

    assert stack_state(routine, MONDAY).changes_from == MONDAY + offered * DAY


# The end -------------------------------------------------------------------------------------------


def test_stacks_are_erased_with_the_account(user):
    own = OwnProduct.objects.create(user=user, name="Mine", serving="1", magnesium_ug_per_serving=1)
    take(make_stack(user, own, today=MONDAY), MONDAY)
    keeper = make_user()
    make_stack(keeper, make_product(), today=MONDAY)

    delete_account(user=user)

    assert [routine.user for routine in Routine.objects.all()] == [keeper]
    assert RoutineItem.objects.count() == 1


@pytest.mark.parametrize("act", [stop_routine, remove_routine])
def test_another_persons_stack_is_not_there(user, act):
    routine = make_stack(user, make_product(), today=MONDAY)
    values = {"today": MONDAY} if act is stop_routine else {}

    with pytest.raises(NotThere):
        act(user=make_user(), routine_id=routine.pk, now=NOW, **values)


def test_a_reformulated_product_changes_no_past_dose(user):
    old = make_product("Mg", elemental_mg=100)
    routine = make_stack(user, old, today=MONDAY)
    take(routine, MONDAY)

    change(routine, make_product("Mg", elemental_mg=250), today=MONDAY + DAY)
    take(routine, MONDAY + DAY)

    doses = Entry.objects.of(user).order_by("day").values_list("magnesium_ug", flat=True)
    assert list(doses) == [100_000, 250_000]
    assert Decimal(day_plan(user, MONDAY).stacks[0].taken[0].magnesium_ug) == 100_000
