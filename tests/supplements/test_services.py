"""Forms and products as they are stored: loaded once, found by words, reckoned from their lines."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from supplements.compounds import BUILTIN
from supplements.models import Compound, Ingredient, Product
from supplements.services import (
    MAX_WORDS,
    find_products,
    load_builtin_compounds,
    reckon_product,
    reckon_products_with,
    restore_products,
    retire_products,
)
from tests.factories import make_compound, make_product

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)


def add_line(product, compound, **fields) -> Ingredient:
    return Ingredient.objects.create(product=product, compound=compound, **fields)


def test_the_built_in_forms_are_loaded_once():
    assert load_builtin_compounds() == len(BUILTIN)
    assert load_builtin_compounds() == 0
    assert Compound.objects.count() == len(BUILTIN)


def test_every_built_in_form_passes_its_own_validation():
    load_builtin_compounds()

    for compound in Compound.objects.all():
        compound.full_clean()
        assert (compound.magnesium_fraction is None) is (compound.formula == "")


def test_loading_never_overwrites_what_a_curator_wrote():
    make_compound(slug="oxide", name="Oxide, as we call it", formula="MgO")

    assert load_builtin_compounds() == len(BUILTIN) - 1
    assert Compound.objects.get(slug="oxide").name == "Oxide, as we call it"


def test_loading_takes_two_queries_and_once_loaded_one(django_assert_num_queries):
    with django_assert_num_queries(2):
        load_builtin_compounds()
    with django_assert_num_queries(1):
        load_builtin_compounds()


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ([], ["Calm", "Night Magnesium", "Sleep"]),
        (["magn"], ["Night Magnesium"]),
        (["MAGN", "nor"], ["Night Magnesium"]),
        (["nor"], ["Night Magnesium", "Sleep"]),
        (["nothing"], []),
        (["%"], []),
        (["_"], []),
    ],
)
def test_products_are_found_by_every_word_in_brand_or_name(words, names):
    make_product(name="Night Magnesium", brand="Northern")
    make_product(name="Sleep", brand="Northern")
    make_product(name="Calm", brand="South")
    make_product(name="Northern magnesium of old", retired_at=NOON)

    assert [product.name for product in find_products(words, 20)] == names


def test_finding_is_one_query_bounded_in_words_and_rows(django_assert_num_queries):
    for number in range(5):
        make_product(name=f"Magnesium {number}")

    with django_assert_num_queries(1):
        found = find_products(["magnesium"] * 10_000, 3)

    assert len(found) == 3
    assert find_products(["magnesium"] * MAX_WORDS + ["not in it"], 3) == found
    assert find_products(["magnesium"], 0) == find_products(["magnesium"], -1) == []


@pytest.mark.parametrize(
    ("kind", "lines", "expected_ug"),
    [
        ("supplement", [{"basis": "elemental", "amount_ug": 100_000}], 100_000),
        ("supplement", [{"basis": "compound", "amount_ug": 500_000}], 301_519),
        ("medicine", [{"basis": "percent_dv", "percent_milli": 50_000, "dv_ug": 420_000}], 210_000),
        ("topical", [{"basis": "compound", "amount_ug": 20_000_000_000}], 0),
        ("supplement", [], None),
    ],
)
def test_a_product_keeps_what_its_lines_come_to(kind, lines, expected_ug):
    product = make_product(kind=kind, elemental_mg=1)
    for line in lines:
        add_line(product, make_compound(), **line)

    reading = reckon_product(product)

    product.refresh_from_db()
    assert product.magnesium_ug_per_serving == reading.magnesium_ug == expected_ug


def test_reckoning_costs_the_same_however_many_lines(django_assert_num_queries):
    product = make_product()
    for position in range(30):
        add_line(product, make_compound(), position=position, basis="elemental", amount_ug=1)

    with django_assert_num_queries(4):  # savepoint, lines with forms, update, release
        reckon_product(product)


def test_a_serving_beyond_reason_is_refused_and_nothing_is_stored():
    product = make_product(elemental_mg=1)
    add_line(product, make_compound(), basis="elemental", amount_ug=20_000_001)

    with pytest.raises(ValidationError, match="20 000 mg"):
        reckon_product(product)

    product.refresh_from_db()
    assert product.magnesium_ug_per_serving == 1_000


def test_products_follow_a_formula_that_was_put_right():
    oxide = make_compound(formula="MgCO3")
    product = make_product(elemental_mg=1)
    make_product(name="another")
    add_line(product, oxide, basis="compound", amount_ug=500_000)
    oxide.formula = "MgO"
    oxide.save()

    assert reckon_products_with(oxide) == 1

    product.refresh_from_db()
    assert product.magnesium_ug_per_serving == 301_519


def test_a_retired_product_leaves_the_search_and_can_come_back():
    make_product(name="Magnesium")

    assert retire_products(Product.objects.all(), NOON) == 1
    assert retire_products(Product.objects.all(), NOON) == 0
    assert find_products([], 10) == []
    assert restore_products(Product.objects.all()) == 1
    assert len(find_products([], 10)) == 1


@pytest.mark.parametrize(
    "fields",
    [
        {"basis": "elemental"},
        {"basis": "elemental", "amount_ug": 0},
        {"basis": "compound", "amount_ug": 20_000_000_001},
        {"basis": "compound", "amount_ug": 1, "dv_ug": 1},
        {"basis": "percent_dv", "percent_milli": 24_000},
        {"basis": "percent_dv", "percent_milli": 0, "dv_ug": 1},
        {"basis": "percent_dv", "percent_milli": 1, "dv_ug": 10_000_001},
        {"basis": "percent_dv", "percent_milli": 1, "dv_ug": 1, "amount_ug": 1},
        {"basis": "by guess", "amount_ug": 1},
    ],
)
def test_the_database_refuses_a_line_that_cannot_be(fields):
    product, compound = make_product(), make_compound()

    with pytest.raises(IntegrityError), transaction.atomic():
        add_line(product, compound, **fields)


def test_the_database_refuses_a_text_that_is_too_long():
    for model, fields in [
        (Compound, {"slug": "x", "name": "x" * 121, "family": "x"}),
        (Product, {"name": "x" * 201, "serving": "x"}),
    ]:
        with pytest.raises(Exception, match="fits|too long"), transaction.atomic():
            model.objects.create(**fields)


@pytest.mark.parametrize("formula", ["H2O", "Mg(", "Mg(OAc)2", "x"])
def test_a_formula_without_magnesium_or_sense_is_refused(formula):
    with pytest.raises(ValidationError) as caught:
        Compound(slug="x", name="X", family="X", formula=formula).full_clean()

    assert set(caught.value.message_dict) == {"formula"}
