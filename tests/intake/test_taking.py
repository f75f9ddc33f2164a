"""Taking a stack: each planned dose is one entry, whatever is sent twice; undone in one act; never before."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from uuid6 import uuid7

from intake.errors import Gone, IdTaken, NotThere
from intake.models import Entry, RoutineDose
from intake.reports import day_plan, day_totals
from intake.services import change_entry, restore_entry, take_stack, untake
from tests.factories import make_product, make_stack, make_user

pytestmark = pytest.mark.django_db
MONDAY = dt.date(2026, 11, 16)
NOW = dt.datetime(2026, 11, 16, 21, 5, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)
NINE_PM = dt.time(21)


@pytest.fixture
def user():
    return make_user()


@pytest.fixture
def products():
    return make_product("Mg", elemental_mg=200), make_product("Zinc", elemental_mg=None)


@pytest.fixture
def evening(user, products):
    return make_stack(user, *products, today=MONDAY)


def offered(routine, day=MONDAY, occasion="21:00"):
    """The doses a page would offer: product and the id of the entry to be."""
    stack = next(
        stack
        for stack in day_plan(routine.user, day).stacks
        if (stack.routine_id, stack.occasion) == (routine.pk, occasion)
    )
    return {dose.ref: dose.entry_id for dose in stack.open}


def take(routine, doses, day=MONDAY, occasion="21:00", time=NINE_PM):
    return take_stack(
        user=routine.user, routine_id=routine.pk, day=day, occasion=occasion, doses=doses, time=time
    )


def kept(user):
    return Entry.objects.of(user).kept()


def test_one_act_logs_the_whole_stack(user, evening):
    taken = take(evening, offered(evening), time=dt.time(21, 4))

    assert sorted((e.label, e.kind, e.magnesium_ug, e.at, e.slot) for e in taken) == [
        ("Mg", "supplement", 200_000, dt.time(21, 4), "evening"),
        ("Zinc", "supplement", None, dt.time(21, 4), "evening"),
    ]
    assert day_totals(user, MONDAY, MONDAY)[MONDAY].added_ug == 200_000
    (stack,) = day_plan(user, MONDAY).stacks
    assert (len(stack.taken), len(stack.open), stack.taken[0].taken_at) == (2, 0, dt.time(21, 4))


def test_what_is_unticked_stays_planned_and_is_not_counted(user, evening, products):
    doses = offered(evening)
    doses.pop(str(products[0].pk))

    take(evening, doses)

    plan = day_plan(user, MONDAY)
    assert [dose.label for dose in plan.stacks[0].open] == ["Mg"]
    assert (plan.taken, plan.planned) == (1, 2)
    assert day_totals(user, MONDAY, MONDAY)[MONDAY].added_ug == 0


@pytest.mark.parametrize("seconds", [0, 61])
def test_the_same_click_twice_is_one_dose_also_a_minute_later(user, evening, seconds):
    doses = offered(evening)
    take(evening, doses)

    again = take(evening, doses, time=(NOW + dt.timedelta(seconds=seconds)).time())

    assert (kept(user).count(), len(again)) == (2, 2)


def test_two_windows_with_ids_of_their_own_are_one_dose(user, evening):
    first, second = offered(evening), offered(evening)
    assert set(first.values()).isdisjoint(second.values())

    take(evening, first)
    take(evening, second)

    assert set(kept(user).values_list("pk", flat=True)) == set(first.values())


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_the_same_moment_are_one_dose(together):
    user = make_user()
    routine = make_stack(user, make_product(), make_product(), today=MONDAY)
    sent = [offered(routine), offered(routine)]

    together([lambda doses=doses: take(routine, doses) for doses in sent])

    assert kept(user).count() == 2


def test_undo_takes_all_of_it_off_and_may_be_pressed_twice(user, evening):
    ids = [entry.pk for entry in take(evening, offered(evening))]

    taken_off = [untake(user=user, routine_id=evening.pk, entry_ids=ids, now=NOW) for _ in range(2)]

    assert (taken_off, kept(user).count()) == ([2, 0], 0)
    assert len(day_plan(user, MONDAY).stacks[0].open) == 2


def test_after_an_undo_it_can_be_taken_again(user, evening):
    ids = [entry.pk for entry in take(evening, offered(evening))]
    untake(user=user, routine_id=evening.pk, entry_ids=ids, now=NOW)

    take(evening, offered(evening))

    assert kept(user).count() == 2
    assert RoutineDose.objects.of(user).count() == 2


def test_an_old_page_does_not_take_what_was_undone(user, evening):
    doses = offered(evening)
    take(evening, doses)
    untake(user=user, routine_id=evening.pk, entry_ids=[*doses.values()], now=NOW)

    with pytest.raises(Gone):
        take(evening, doses)

    assert not kept(user).exists()


def test_what_is_brought_back_is_taken_again(user, evening):
    doses = offered(evening)
    take(evening, doses)
    untake(user=user, routine_id=evening.pk, entry_ids=[*doses.values()], now=NOW)

    restore_entry(user=user, entry_id=next(iter(doses.values())), now=NOW)

    assert day_plan(user, MONDAY).taken == 1


def test_a_dose_given_another_day_is_open_on_its_own(user, evening):
    entry = take(evening, offered(evening))[0]

    change_entry(user=user, entry_id=entry.pk, version=1, day=MONDAY - DAY)
    assert day_plan(user, MONDAY).taken == 1
    take(evening, offered(evening))

    assert day_plan(user, MONDAY).taken == 2
    assert kept(user).count() == 3


def test_as_needed_is_taken_as_often_as_one_likes_and_each_click_once(user, products):
    routine = make_stack(user, products[0], mode="as_needed", times=(), today=MONDAY)
    first = offered(routine, occasion="needed")
    for doses in (first, first, offered(routine, occasion="needed")):
        take(routine, doses, occasion="needed")

    (stack,) = day_plan(user, MONDAY).stacks

    assert kept(user).count() == len(stack.taken) == 2
    assert (day_plan(user, MONDAY).planned, len(stack.open)) == (0, 1)


def test_a_past_day_takes_the_plan_it_had(user, evening, products):
    from intake.services import ItemInput, PlanInput, change_routine

    later = PlanInput(items=[ItemInput(products[1])], times=[dt.time(8)])
    today = MONDAY + 3 * DAY
    change_routine(user=user, routine_id=evening.pk, name="x", plan=later, today=today, now=NOW)

    take(evening, offered(evening, MONDAY + DAY), MONDAY + DAY)

    assert kept(user).filter(day=MONDAY + DAY).count() == 2
    with pytest.raises(ValidationError, match="planned otherwise"):
        take(evening, {str(products[0].pk): uuid7()}, today, occasion="21:00")


@pytest.mark.parametrize(
    ("day", "occasion", "ref"),
    [
        (MONDAY - DAY, "21:00", "planned"),  # before it began
        (MONDAY, "20:59", "planned"),
        (MONDAY, "needed", "planned"),
        (MONDAY, "21:00", "12345"),  # not in the stack
        (MONDAY, "21:00", None),  # nothing ticked
    ],
)
def test_what_is_not_planned_is_not_logged(user, evening, products, day, occasion, ref):
    ref = str(products[0].pk) if ref == "planned" else ref

    with pytest.raises(ValidationError):
        take(evening, {ref: uuid7()} if ref else {}, day, occasion)

    assert not Entry.objects.of(user).exists()


def test_it_is_all_or_nothing(user, evening, products):
    stranger = make_user()
    mine = make_stack(stranger, *products, today=MONDAY)
    taken = take(mine, offered(mine))
    doses = offered(evening) | {str(products[1].pk): taken[0].pk}  # an id of somebody else's

    with pytest.raises(IdTaken):
        take(evening, doses)

    assert not Entry.objects.of(user).exists()


def test_an_entry_is_a_dose_of_one_stack(user, evening, products):
    other = make_stack(user, *products, name="Other", today=MONDAY)
    doses = offered(evening)
    take(evening, doses)

    with pytest.raises(IdTaken):
        take(other, doses)

    assert RoutineDose.objects.of(user).count() == 2


def test_another_persons_stack_is_not_there(evening):
    stranger = make_user()
    ids = [entry.pk for entry in take(evening, offered(evening))]

    with pytest.raises(NotThere):
        take_stack(
            user=stranger,
            routine_id=evening.pk,
            day=MONDAY,
            occasion="21:00",
            doses={"1": uuid7()},
            time=None,
        )
    with pytest.raises(NotThere):
        untake(user=stranger, routine_id=evening.pk, entry_ids=ids, now=NOW)

    assert kept(evening.user).count() == 2


def test_undo_reaches_only_doses_of_the_stack(user, evening, products):
    other = make_stack(user, products[0], name="Other", times=("08:00",), today=MONDAY)
    theirs = take(other, offered(other, occasion="08:00"), occasion="08:00")

    with pytest.raises(NotThere):
        untake(user=user, routine_id=evening.pk, entry_ids=[theirs[0].pk], now=NOW)

    assert kept(user).count() == 1


def test_on_the_skin_is_taken_and_counts_nothing(user):
    routine = make_stack(user, make_product("Oil", kind="topical", elemental_mg=900), today=MONDAY)

    (entry,) = take(routine, offered(routine))

    assert (entry.kind, entry.magnesium_ug) == ("topical", 0)
