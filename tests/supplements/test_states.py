"""The history of products: each act one state, whole, and any of them can be gone back to."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from intake.services import log_supplement
from supplements.models import Compound, Ingredient, Product
from supplements.services import (
    newer_product,
    reckon_products_with,
    reformulate_product,
    restore_products,
    retire_products,
    revert_product,
    states_of,
)
from supplements.services.states import keep_first_state, keep_state, lines_of, put_lines, reckon_product
from tests.factories import make_compound, make_user

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)


@pytest.fixture
def product():
    """A product as the desk would add it: 100 mg from oxide."""
    make_compound()
    made = Product(name="Magnesium", brand="Sunny Hollow", serving="1 capsule")
    Product.objects.bulk_create([made])
    put_lines(made, [line(100_000)])
    reckon_product(made)
    keep_state(made, author="ann@example.org", reason="Added", new=True)
    return made


def line(ug, slug="oxide", **fields):
    told = {"compound_id": slug, "basis": "elemental", "amount_ug": ug}
    return told | {"percent_milli": None, "dv_ug": None, "printed": ""} | fields


def correct(product, ug, name="Magnesium"):
    product.name = name
    Product.objects.filter(pk=product.pk).update(name=name)
    put_lines(product, [line(ug)])
    reckon_product(product)
    keep_state(product, author="bob@example.org", reason="A slip")


def test_a_state_says_what_changed_who_did_it_and_why(product):
    correct(product, 120_000, name="Magnesium oxide")

    now, first = states_of(product)
    assert (now.author, now.reason, now.magnesium_ug, now.current) == (
        "bob@example.org",
        "A slip",
        120_000,
        True,
    )
    assert now.changes == (
        ("name", "Magnesium", "Magnesium oxide"),
        ("magnesium_ug_per_serving", 100_000, 120_000),
        ("lines", "Oxide: 100 mg", "Oxide: 120 mg"),
    )
    assert (first.author, first.reason, first.changes, first.current) == (
        "ann@example.org",
        "Added",
        (),
        False,
    )


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (line(90_000), "Oxide: 90 mg"),
        (line(100_500, printed="Magnesium (as oxide)"), "Magnesium (as oxide): 100.5 mg"),
        (line(20_000_000_000, basis="compound"), "Oxide: 20,000,000 mg of the compound"),
        (line(None, basis="percent_dv", percent_milli=24_500, dv_ug=420_000), "Oxide: 24.5 % of 420 mg"),
    ],
)
def test_a_line_is_said_in_words(product, told, expected):
    put_lines(product, [told])
    keep_state(product, author="", reason="x")

    assert states_of(product)[0].changes[-1] == ("lines", "Oxide: 100 mg", expected)


def test_going_back_restores_fields_lines_and_figure_and_is_a_state_of_its_own(product):
    before = lines_of(product)
    correct(product, 120_000, name="Magnesium oxide")
    first = states_of(product)[-1]

    revert_product(product.pk, first.state_id, author="cleo@example.org")

    product.refresh_from_db()
    assert (product.name, product.magnesium_ug_per_serving) == ("Magnesium", 100_000)
    assert lines_of(product) == before
    newest, *earlier = states_of(product)
    assert (len(earlier), newest.author, newest.current) == (2, "cleo@example.org", True)
    assert newest.reason.startswith("Back to how it was on ")
    assert newest.lines == before


def test_going_back_and_forth_ends_where_it_was(product):
    correct(product, 120_000)
    second, first = (state.state_id for state in states_of(product))

    revert_product(product.pk, first, author="")
    revert_product(product.pk, second, author="")

    product.refresh_from_db()
    assert (product.magnesium_ug_per_serving, lines_of(product)) == (120_000, [line(120_000)])


def test_going_back_changes_no_dose_and_brings_no_retired_product_back(product):
    entry = log_supplement(user=make_user(), day=dt.date(2026, 11, 16), product=product).entry
    correct(product, 120_000)
    retire_products(Product.objects.all(), NOON, "ann@example.org")

    revert_product(product.pk, states_of(product)[-1].state_id, author="")

    entry.refresh_from_db()
    product.refresh_from_db()
    assert (entry.magnesium_ug, product.retired_at) == (100_000, NOON)


def test_a_state_of_another_product_or_none_or_without_its_lines_is_refused(product):
    other = Product.objects.create(name="Other", serving="1")
    (bare,) = Product.history.filter(id=other.pk)

    for product_id, state_id in [(product.pk, bare.history_id), (product.pk, 0), (other.pk, bare.history_id)]:
        with pytest.raises(ValidationError, match="not kept whole"):
            revert_product(product_id, state_id, author="")
    assert len(states_of(product)) == 1


def test_a_state_that_names_a_form_that_is_gone_is_refused_and_nothing_is_changed(product):
    make_compound("x", "X", "MgO")
    put_lines(product, [line(1, "x")])
    keep_state(product, author="", reason="x")
    put_lines(product, [line(2)])
    keep_state(product, author="", reason="y")
    Compound.objects.filter(pk="x").delete()

    with pytest.raises(ValidationError, match="no longer there: x"):
        revert_product(product.pk, states_of(product)[1].state_id, author="")

    assert lines_of(product) == [line(2)]


def test_retiring_and_offering_again_are_states(product):
    retire_products(Product.objects.all(), NOON, "ann@example.org")
    restore_products(Product.objects.all(), "bob@example.org")

    assert not any(state.leads_back for state in states_of(product))
    assert [(state.reason, state.author, state.changes) for state in states_of(product)[:2]] == [
        ("Offered again", "bob@example.org", (("retired_at", NOON, None),)),
        ("Retired", "ann@example.org", (("retired_at", None, NOON),)),
    ]


def test_a_new_formula_is_a_state_of_the_products_whose_figure_it_changes(product):
    carbonate = make_compound("x", "X", "MgCO3")
    put_lines(product, [line(500_000, "x", basis="compound")])
    reckon_product(product)
    carbonate.formula = "MgO"
    carbonate.save()

    assert reckon_products_with(carbonate, "ann@example.org") == 1
    assert reckon_products_with(carbonate, "ann@example.org") == 1

    states = states_of(product)
    assert (states[0].reason, states[0].magnesium_ug, len(states)) == ("Another formula of X", 301_519, 2)


def test_a_row_from_before_history_keeps_its_first_state_once(product):
    Product.history.all().delete()

    keep_first_state(product.pk)
    keep_first_state(product.pk)
    keep_first_state(product.pk + 1)

    (state,) = states_of(product)
    assert (state.author, state.lines) == ("", lines_of(product))


def test_a_reformulated_product_is_a_copy_in_a_new_row_and_the_old_one_retires(product):
    entry = log_supplement(
        user=make_user(), day=dt.date(2026, 11, 16), product=product, servings=Decimal(2)
    ).entry

    new = reformulate_product(product, author="ann@example.org", now=NOON)
    correct(new, 150_000)

    product.refresh_from_db()
    entry.refresh_from_db()
    assert (new.replaces_id, new.retired_at, product.retired_at) == (product.pk, None, NOON)
    assert (str(new), new.serving, new.magnesium_ug_per_serving) == (str(product), "1 capsule", 150_000)
    assert (product.magnesium_ug_per_serving, entry.product_id, entry.magnesium_ug) == (
        100_000,
        product.pk,
        200_000,
    )
    assert [state.reason for state in states_of(new)] == ["A slip", "Reformulated: a new row"]
    assert states_of(product)[0].reason == "Reformulated"


def test_a_product_leads_to_the_one_on_offer_in_its_place_through_others(product):
    second = reformulate_product(product, author="", now=NOON)
    third = reformulate_product(second, author="", now=NOON)

    assert newer_product(product) == newer_product(second) == third
    assert newer_product(third) is None
    retire_products(Product.objects.filter(pk=third.pk), NOON)
    assert newer_product(product) is None


def test_products_that_replace_each_other_lead_nowhere(product):
    second = reformulate_product(product, author="", now=NOON)
    Product.objects.filter(pk=product.pk).update(replaces=second)
    retire_products(Product.objects.all(), NOON)

    assert newer_product(product) is None


def test_states_take_two_queries_however_many(product, django_assert_num_queries):
    for ug in range(1, 21):
        correct(product, ug)

    with django_assert_num_queries(2):
        assert len(states_of(product)) == 21


def test_a_deleted_product_leaves_its_last_state(product):
    key = product.pk
    product._history_user = "ann@example.org"
    product.delete()

    last = Product.history.filter(id=key).order_by("-history_id").first()
    assert (last.history_type, last.history_user_id, last.name) == ("-", "ann@example.org", "Magnesium")
    assert not Ingredient.objects.exists()
