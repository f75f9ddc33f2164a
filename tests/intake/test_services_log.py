"""Logging: the figure is reckoned once, an id stands for one content, bad input changes nothing."""

import datetime as dt
from decimal import Decimal
from uuid import UUID

import pytest
from django.core.exceptions import ValidationError
from uuid6 import uuid7

from intake.errors import Gone, IdTaken
from intake.models import Entry
from intake.services import (
    change_profile,
    delete_entry,
    log_food,
    log_quick,
    log_supplement,
    log_water,
    make_own_food,
)
from tests.factories import make_food, make_product, make_user

pytestmark = pytest.mark.django_db
MONDAY = dt.date(2026, 11, 16)
NOON = dt.datetime(2026, 11, 16, 12, tzinfo=dt.UTC)
ENTRY_ID = UUID("01930000-0000-7000-8000-000000000001")


@pytest.fixture
def user():
    return make_user()


def test_a_weight_of_food_holds_its_share_of_100_g(user):
    food = make_food(mg_per_100g=550)

    entry = log_food(user=user, day=MONDAY, food=food, weight_g=Decimal("28.35")).entry

    assert (entry.weight_mg, entry.magnesium_ug) == (28_350, 155_925)
    assert (entry.food_revision, entry.label, entry.unit) == (food.current, food.name, "g")


def test_portions_weigh_what_the_food_says(user):
    food = make_food(mg_per_100g=87, portions=[("1/2 cup", 90)])

    entry = log_food(
        user=user, day=MONDAY, food=food, portion=food.portions.get(), quantity=Decimal("1.5")
    ).entry

    assert (entry.weight_mg, entry.magnesium_ug, entry.unit) == (135_000, 117_450, "1/2 cup")


def test_an_unknown_value_stays_unknown_and_a_true_zero_is_zero(user):
    unknown = log_food(user=user, day=MONDAY, food=make_food(mg_per_100g=None), weight_g=Decimal(50)).entry
    zero = log_food(user=user, day=MONDAY, food=make_food(mg_per_100g=0), weight_g=Decimal(50)).entry

    assert unknown.magnesium_ug is None
    assert zero.magnesium_ug == 0


def test_an_own_food_is_logged_like_any_other(user):
    food = make_own_food(
        user=user,
        name="Lentil soup",
        magnesium_mg_per_100g=Decimal(25),
        portion_label="1 bowl",
        portion_weight_g=Decimal(300),
    )

    entry = log_food(user=user, day=MONDAY, food=food, portion=food).entry

    assert (entry.magnesium_ug, entry.own_food, entry.unit) == (75_000, food, "1 bowl")


def test_an_own_food_sent_twice_is_one_and_another_under_its_id_is_refused(user):
    asked = {"user": user, "name": "Soup", "magnesium_mg_per_100g": Decimal(25), "food_id": uuid7()}
    first = make_own_food(**asked)

    assert make_own_food(**asked) == first
    with pytest.raises(IdTaken):
        make_own_food(**asked | {"magnesium_mg_per_100g": None})


@pytest.mark.parametrize(
    ("kind", "elemental_mg", "expected_ug"),
    [
        ("supplement", 100, 200_000),
        ("medicine", 500, 1_000_000),
        ("topical", 900, 0),
        ("supplement", None, None),
    ],
)
def test_servings_multiply_and_what_goes_on_the_skin_counts_nothing(user, kind, elemental_mg, expected_ug):
    product = make_product(kind=kind, elemental_mg=elemental_mg)

    entry = log_supplement(user=user, day=MONDAY, product=product, servings=Decimal(2)).entry

    assert (entry.kind, entry.magnesium_ug) == (kind, expected_ug)


@pytest.mark.parametrize(
    ("kind", "magnesium_mg", "expected_ug"),
    [
        ("food", Decimal("12.3456"), 12_346),
        ("water", None, None),
        ("topical", Decimal(5), 0),
        ("topical", None, 0),
    ],
)
def test_a_quick_entry_keeps_the_figure_given(user, kind, magnesium_mg, expected_ug):
    entry = log_quick(user=user, day=MONDAY, kind=kind, label="  Lunch ", magnesium_mg=magnesium_mg).entry

    assert (entry.label, entry.magnesium_ug) == ("Lunch", expected_ug)


def test_a_glass_of_water_follows_the_settings(user):
    change_profile(user=user, tap_water_ug_per_l=33_300, glass_ml=300)

    entry = log_water(user=user, day=MONDAY, glasses=Decimal(2)).entry

    assert (entry.kind, entry.magnesium_ug, entry.weight_mg) == ("water", 19_980, 600_000)
    assert entry.label == "Tap water, 33.3 mg/l"


@pytest.mark.parametrize(
    ("time", "slot", "expected"),
    [
        (dt.time(7, 30), None, "breakfast"),
        (dt.time(12, 30), None, "lunch"),
        (None, None, "all_day"),
        (dt.time(7, 30), "snack", "snack"),
    ],
)
def test_the_part_of_the_day_follows_the_time_unless_it_is_named(user, time, slot, expected):
    entry = log_quick(
        user=user, day=MONDAY, kind="food", label="Tea", magnesium_mg=Decimal(1), time=time, slot=slot
    ).entry

    assert (entry.slot, entry.at) == (expected, time)


def test_the_same_id_twice_is_one_entry(user):
    food = make_food()
    first = log_food(user=user, day=MONDAY, food=food, weight_g=Decimal(10), entry_id=ENTRY_ID)
    again = log_food(user=user, day=MONDAY, food=food, weight_g=Decimal("10.000"), entry_id=ENTRY_ID)

    assert (first.created, again.created) == (True, False)
    assert again.entry == first.entry
    assert Entry.objects.count() == 1


def test_a_corrected_food_does_not_make_a_repeated_request_a_new_one(user):
    food = make_food(mg_per_100g=100)
    log_food(user=user, day=MONDAY, food=food, weight_g=Decimal(10), entry_id=ENTRY_ID)
    food.current = food.revisions.create(source=food.source, magnesium_ug_per_100g=1)
    food.save()

    again = log_food(user=user, day=MONDAY, food=food, weight_g=Decimal(10), entry_id=ENTRY_ID)

    assert (again.created, again.entry.magnesium_ug) == (False, 10_000)


def test_an_id_with_other_content_is_refused(user):
    food = make_food()
    log_food(user=user, day=MONDAY, food=food, weight_g=Decimal(10), entry_id=ENTRY_ID)

    with pytest.raises(IdTaken):
        log_food(user=user, day=MONDAY, food=food, weight_g=Decimal(11), entry_id=ENTRY_ID)
    assert Entry.objects.get().weight_mg == 10_000


def test_an_id_of_somebody_else_is_refused_like_any_other(user):
    log_quick(
        user=make_user(), day=MONDAY, kind="food", label="a", magnesium_mg=Decimal(1), entry_id=ENTRY_ID
    )

    with pytest.raises(IdTaken):
        log_quick(user=user, day=MONDAY, kind="food", label="a", magnesium_mg=Decimal(1), entry_id=ENTRY_ID)
    assert Entry.objects.count() == 1


def test_a_deleted_id_is_gone(user):
    entry = log_quick(user=user, day=MONDAY, kind="food", label="a", magnesium_mg=Decimal(1)).entry
    delete_entry(user=user, entry_id=entry.id, version=1, now=NOON)

    with pytest.raises(Gone):
        log_quick(user=user, day=MONDAY, kind="food", label="a", magnesium_mg=Decimal(1), entry_id=entry.id)


@pytest.mark.parametrize(
    "change",
    [
        {"weight_g": Decimal(0)},
        {"weight_g": Decimal(-1)},
        {"weight_g": Decimal("0.0001")},
        {"weight_g": Decimal("1e30")},
        {"weight_g": Decimal("NaN")},
        {"weight_g": Decimal("Infinity")},
        {"weight_g": Decimal(100_001)},
        {"weight_g": None},
        {"day": dt.date(1, 1, 1)},
        {"day": dt.date(9999, 12, 31)},
    ],
)
def test_a_value_out_of_bounds_is_refused_and_changes_nothing(user, change):
    values = {"day": MONDAY, "weight_g": Decimal(10)} | change

    with pytest.raises(ValidationError):
        log_food(user=user, food=make_food(), **values)
    assert not Entry.objects.exists()


@pytest.mark.parametrize("label", ["", "   ", "a\0b", "x" * 201, "abc\u202edef", "\ud800"])
def test_a_label_that_cannot_be_kept_is_refused(user, label):
    with pytest.raises(ValidationError):
        log_quick(user=user, day=MONDAY, kind="food", label=label, magnesium_mg=Decimal(1))
    assert not Entry.objects.exists()


@pytest.mark.parametrize("magnesium_mg", [Decimal(-1), Decimal(20_001), Decimal("1e30"), Decimal("NaN")])
def test_a_figure_out_of_bounds_is_refused(user, magnesium_mg):
    with pytest.raises(ValidationError):
        log_quick(user=user, day=MONDAY, kind="food", label="a", magnesium_mg=magnesium_mg)


def test_a_dense_food_in_a_great_weight_is_refused_not_clipped(user):
    with pytest.raises(ValidationError, match="20 000"):
        log_food(user=user, day=MONDAY, food=make_food(mg_per_100g=60_000), weight_g=Decimal(100))


def test_logging_a_food_is_one_insert(user, django_assert_num_queries):
    food = make_food()
    user.profile  # noqa: B018 (read once by the middleware)

    with django_assert_num_queries(3):  # savepoint, INSERT, release: one statement outside of a test
        log_food(user=user, day=MONDAY, food=food, weight_g=Decimal(10), entry_id=uuid7())
