"""The pages of stacks: made in a form, taken on the day in one press, with and without script."""

import datetime as dt
import re
from decimal import Decimal

import pytest
import time_machine
from django.urls import reverse
from uuid6 import uuid7

from intake.models import Entry, OwnProduct, Routine, RoutinePlan
from intake.reports import day_plan
from intake.services import log_supplement
from tests.factories import make_product, make_stack, make_user

pytestmark = pytest.mark.django_db
MONDAY = dt.date(2026, 11, 16)
DAY = dt.timedelta(days=1)
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def _monday_evening():
    with time_machine.travel(dt.datetime(2026, 11, 16, 21, 4, tzinfo=dt.UTC), tick=False):
        yield


@pytest.fixture
def person(client):
    user = make_user()
    client.force_login(user)
    return user


def stack_form(*products, **changes):
    """A stack's form as posted: each product is ticked, one serving."""
    data = {
        "routine_id": str(uuid7()),
        "name": "Evening",
        "mode": "scheduled",
        "time_1": "21:00",
        "valid_from": "2026-11-16",
        "step": "keep",
    }
    for product in products:
        data |= {f"take-{product.pk}": "on", f"servings-{product.pk}": "1"}
    return data | changes


def take_form(stack, day=MONDAY, leave_out=(), **changes):
    """What the card of the day posts."""
    return {
        "day": day.isoformat(),
        "occasion": stack.occasion,
        "take": [dose.ref for dose in stack.open if dose.label not in leave_out],
        **{f"entry-{dose.ref}": str(dose.entry_id) for dose in stack.open},
        **changes,
    }


def take(client, stack, **changes):
    return client.post(reverse("intake:stack_take", args=[stack.routine_id]), take_form(stack, **changes))


# The form ------------------------------------------------------------------------------------------


def test_a_stack_is_made_in_one_form(client, person):
    mg, zinc = make_product("Mg"), make_product("Zinc")
    own = OwnProduct.objects.create(user=person, name="Mine", serving="1 scoop (5 g)")
    form = stack_form(mg, zinc, own, time_2="08:00", weekdays=["0", "2"])
    form[f"servings-{zinc.pk}"] = "½"
    form[f"servings-{own.pk}"] = "7 g"

    response = client.post(reverse("intake:stack_new"), form)

    assert response["Location"] == reverse("intake:stacks")
    plan = RoutinePlan.objects.of(person).get()
    assert (plan.times, plan.weekdays, plan.valid_from) == ("08:00 21:00", 0b101, MONDAY)
    items = [(item.taken_product.name, item.servings_milli) for item in plan.items.order_by("position")]
    assert sorted(items) == [("Mg", 1000), ("Mine", 1400), ("Zinc", 500)]
    assert "Mon and Wed at 08:00 and 21:00" in client.get(response["Location"]).content.decode()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"name": ""}, "Give it a name."),
        ({"time_1": "9 o'clock"}, "Enter a time as 21:00."),
        ({"valid_from": "soon"}, "Enter a day as 2026-11-22."),
        ({"servings": "3 elephants"}, "3 elephants"),
        ({"nothing": True}, "Tick at least one product."),
        ({"mode": "stopped"}, "Select a valid choice"),
    ],
)
def test_what_does_not_fit_is_said_and_what_was_typed_stays(client, person, changes, said):
    mg = make_product("Mg")
    form = stack_form(mg, **changes)
    if changes.pop("nothing", False):
        del form[f"take-{mg.pk}"]
    if "servings" in changes:
        form[f"servings-{mg.pk}"] = changes["servings"]

    response = client.post(reverse("intake:stack_new"), form)

    assert response.status_code == 422
    assert said in response.content.decode()
    assert not Routine.objects.exists()


def test_a_search_adds_products_and_keeps_what_was_typed(client, person):
    make_product("Magnesium citrate"), make_product("Fish oil")
    mg = make_product("Mg")
    form = stack_form(mg, step="find", q="citrate", name="My evening", weekdays=["6", ""])

    page = client.post(reverse("intake:stack_new"), form).content.decode()

    assert ("Magnesium citrate" in page, "Fish oil" in page) == (True, False)
    assert 'value="My evening"' in page
    assert re.search(rf'name="take-{mg.pk}"[^>]* checked', page)
    assert re.search(r'name="weekdays" value="6"[^>]* checked', page)
    assert not Routine.objects.exists()


def test_the_form_offers_ones_own_products_and_those_taken_lately(client, person):
    OwnProduct.objects.create(user=person, name="Mine", serving="1")
    OwnProduct.objects.create(user=make_user(), name="Not mine", serving="1")
    lately, long_ago = make_product("Lately"), make_product("Long ago")
    make_product("Never")
    log_supplement(user=person, day=MONDAY - 90 * DAY, product=lately)
    log_supplement(user=person, day=MONDAY - 91 * DAY, product=long_ago)

    products = client.get(reverse("intake:stack_new")).context["form"].products

    assert {product.name for product in products} == {"Mine", "Lately"}


def test_a_product_page_leads_to_a_new_stack_with_it(client, person):
    product = make_product("Mg")
    page = client.get(reverse("intake:product", args=[product.pk])).content.decode()
    address = f"{reverse('intake:stack_new')}?add={product.pk}"

    assert address in page
    assert re.search(rf'name="take-{product.pk}"[^>]* checked', client.get(address).content.decode())


@pytest.mark.parametrize("written", [str.upper, "0{}".format])
def test_a_product_is_found_however_its_id_is_written(client, person, written):
    mine = OwnProduct.objects.create(user=person, name="Mine", serving="1")
    product = make_product("Mg")
    asked = {"add": written(str(mine.pk if written is str.upper else product.pk))}

    page = client.get(reverse("intake:stack_new"), asked)

    assert page.status_code == 200
    assert mine in page.context["form"].products


def test_another_persons_product_is_no_product(client, person):
    theirs = OwnProduct.objects.create(user=make_user(), name="Not mine", serving="1")

    response = client.post(reverse("intake:stack_new"), stack_form(theirs))

    assert response.status_code == 422
    assert "Not mine" not in response.content.decode()


def test_a_stack_is_changed_from_tomorrow_once_todays_was_taken(client, person):
    mg, zinc = make_product("Mg"), make_product("Zinc")
    routine = make_stack(person, mg, today=MONDAY - 3 * DAY)
    take(client, day_plan(person, MONDAY).stacks[0])
    path = reverse("intake:stack", args=[routine.pk])

    page = client.get(path)
    assert page.context["form"].initial["valid_from"] == MONDAY + DAY
    assert re.search(rf'name="take-{mg.pk}"[^>]* checked', page.content.decode())
    client.post(path, stack_form(mg, zinc, valid_from="2026-11-17"))

    assert [len(day_plan(person, MONDAY + after * DAY).stacks[0].doses) for after in (0, 1)] == [1, 2]


@pytest.mark.parametrize(("servings", "shown"), [(1, "1"), ("0.5", "1/2|½|0.5"), ("1.4", "1.4")])
def test_a_form_starts_from_the_amounts_of_the_stack(client, person, servings, shown):
    product = make_product("Mg")
    routine = make_stack(person, (product, servings), today=MONDAY)

    page = client.get(reverse("intake:stack", args=[routine.pk])).content.decode()
    value = re.search(rf'name="servings-{product.pk}" value="([^"]*)"', page)[1]
    client.post(
        reverse("intake:stack", args=[routine.pk]), stack_form(product) | {f"servings-{product.pk}": value}
    )

    assert value in shown.split("|")
    assert RoutinePlan.objects.get().items.get().servings == Decimal(str(servings))


def test_the_past_is_not_changed_by_a_form(client, person):
    mg = make_product("Mg")
    routine = make_stack(person, mg, today=MONDAY - 3 * DAY)

    response = client.post(
        reverse("intake:stack", args=[routine.pk]), stack_form(mg, valid_from="2026-11-15")
    )

    assert response.status_code == 422
    assert "past days" in response.content.decode()


def test_stopping_and_deleting_say_what_they_leave(client, person):
    routine = make_stack(person, make_product(), today=MONDAY - DAY)

    stopped = client.post(reverse("intake:stack_stop", args=[routine.pk]), follow=True)
    assert "What was planned before stays" in stopped.content.decode()
    assert "Start it again" in client.get(reverse("intake:stack", args=[routine.pk])).content.decode()
    deleted = client.post(reverse("intake:stack_delete", args=[routine.pk]), follow=True)

    assert "What you took stays in the diary" in deleted.content.decode()
    assert not Routine.objects.exists()


def test_the_form_and_the_list_are_few_queries(client, person, django_assert_max_num_queries):
    for number in range(20):
        make_stack(person, make_product(f"Product {number}"), name=str(number), today=MONDAY)
    some = Routine.objects.of(person).first()

    with django_assert_max_num_queries(6):
        client.get(reverse("intake:stacks"))
    with django_assert_max_num_queries(10):
        client.get(reverse("intake:stack", args=[some.pk]))


# The day -------------------------------------------------------------------------------------------


def test_a_stack_is_taken_in_one_press_and_undone_in_one(client, person):
    make_stack(person, make_product("Mg", elemental_mg=200), make_product("Zinc"), today=MONDAY)
    day = reverse("intake:day", args=[MONDAY])
    (stack,) = client.get(day).context["plan"].stacks

    taken = take(client, stack)
    assert taken["Location"] == day
    page = client.get(day)
    assert ("✓ taken 21:04" in page.content.decode(), "2 of 2 taken" in page.content.decode()) == (True, True)
    assert page.context["report"].total.added_ug == 300_000

    (stack,) = page.context["plan"].stacks
    undo = {"day": MONDAY.isoformat(), "entry": [str(dose.entry_id) for dose in stack.taken]}
    client.post(reverse("intake:stack_undo", args=[stack.routine_id]), undo)
    assert not Entry.objects.of(person).kept().exists()


def test_script_gets_the_day_again(client, person):
    make_stack(person, make_product(), today=MONDAY)
    (stack,) = day_plan(person, MONDAY).stacks

    response = client.post(
        reverse("intake:stack_take", args=[stack.routine_id]), take_form(stack), headers=HTMX
    )

    page = response.content.decode()
    assert page.lstrip().startswith('<div id="day"')
    assert "1 of 1 taken" in page


def test_an_item_is_unticked_and_stays_in_sight(client, person):
    make_stack(person, make_product("Mg"), make_product("Zinc"), today=MONDAY)
    (stack,) = day_plan(person, MONDAY).stacks

    take(client, stack, leave_out={"Zinc"})

    page = client.get(reverse("intake:day", args=[MONDAY])).content.decode()
    assert "1 of 2 taken" in page
    assert Entry.objects.of(person).get().label == "Mg"


@pytest.mark.parametrize(
    ("offset", "said", "logged"),
    [
        (0, "", dt.time(21, 4)),
        (0, "20:30", dt.time(20, 30)),
        (-1, "", dt.time(21)),
        (-1, "22:15", dt.time(22, 15)),
    ],
)
def test_a_dose_has_the_time_it_was_taken(client, person, offset, said, logged):
    day = MONDAY + offset * DAY
    make_stack(person, make_product(), today=MONDAY - 3 * DAY)
    (stack,) = day_plan(person, day).stacks

    take(client, stack, day=day, time=said)

    assert Entry.objects.of(person).get().at == logged


def test_what_was_planned_for_a_past_day_and_not_taken_stays_in_sight(client, person):
    make_stack(person, make_product("Mg"), today=MONDAY - 3 * DAY)

    page = client.get(reverse("intake:day", args=[MONDAY - DAY])).content.decode()

    assert "not logged · Mg, 1 capsule" in page
    assert "I took it" in page


def test_a_day_to_come_shows_its_plan_and_takes_nothing(client, person):
    make_stack(person, make_product("Mg"), today=MONDAY)
    (stack,) = day_plan(person, MONDAY + DAY).stacks
    page = client.get(reverse("intake:day", args=[MONDAY + DAY])).content.decode()
    assert "Mg, 1 capsule" in page
    assert reverse("intake:stack_take", args=[stack.routine_id]) in page
    assert ">Take<" not in page

    response = take(client, stack, day=MONDAY + DAY)

    assert (response.status_code, Entry.objects.exists()) == (422, False)


@pytest.mark.parametrize(
    "changes",
    [
        {"day": "never"},
        {"day": "1066-10-14"},
        {"occasion": ""},
        {"occasion": "25:61"},
        {"time": "late"},
        {"take": []},
        {"take": ["1' OR 1=1"]},
        {"take": ["99999999999999999999"]},
    ],
)
def test_what_nobody_would_send_is_refused_with_the_day(client, person, changes):
    make_stack(person, make_product(), today=MONDAY)
    (stack,) = day_plan(person, MONDAY).stacks
    form = take_form(stack) | changes

    response = client.post(reverse("intake:stack_take", args=[stack.routine_id]), form)

    assert response.status_code == 422
    assert 'id="day"' in response.content.decode()
    assert not Entry.objects.exists()


def test_an_old_page_says_that_it_is_old(client, person):
    make_stack(person, make_product(), today=MONDAY)
    (stack,) = day_plan(person, MONDAY).stacks
    take(client, stack)
    undo = {"day": MONDAY.isoformat(), "entry": [str(dose.entry_id) for dose in stack.open]}
    client.post(reverse("intake:stack_undo", args=[stack.routine_id]), undo)

    response = take(client, stack)

    assert response.status_code == 422
    assert "taken off since" in response.content.decode()


def test_a_day_costs_nothing_more_without_stacks_and_three_queries_with_them(client, person):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    day = reverse("intake:day", args=[MONDAY - DAY])

    def count():
        with CaptureQueriesContext(connection) as queries:
            client.get(day)
        return len(queries)

    without = count()
    for number in range(4):
        make_stack(person, make_product(), name=str(number), today=MONDAY - 3 * DAY)

    assert count() == without + 3


def test_a_day_without_stacks_says_nothing_of_them(client, person):
    assert "Planned" not in client.get(reverse("intake:today")).content.decode()


# Reminders -----------------------------------------------------------------------------------------


def test_reminders_are_turned_on_and_off(client, person):
    make_stack(person, make_product(), times=("22:00",), today=MONDAY)
    path = reverse("intake:settings_reminders")
    assert "checked" not in client.get(path).content.decode()

    on = client.post(path, {"reminders": "on"}, follow=True).content.decode()
    assert "Monday 16 November, 22:00" in on
    off = client.post(path, {}, follow=True).content.decode()

    assert "The next time" not in off
    person.profile.refresh_from_db()
    assert (person.profile.reminders, person.profile.remind_at) == (False, None)


def test_nothing_of_a_stack_stands_in_an_address(client, person):
    make_stack(person, make_product("Magnesium"), name="Night cramps", today=MONDAY)

    page = (
        client.get(reverse("intake:today")).content.decode()
        + client.get(reverse("intake:stacks")).content.decode()
    )

    addresses = re.findall(r'(?:href|action|hx-post)="([^"]*)"', page)
    assert not [address for address in addresses if "cramps" in address.lower()]
