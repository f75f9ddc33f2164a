"""The curators' desk: lines in mg, sums stored, contradictions said, nothing deleted that is referred to."""

import datetime as dt

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from intake.models import Entry
from supplements.models import Compound, Ingredient, Product
from supplements.services import load_builtin_compounds
from tests.factories import make_compound, make_product, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def curator(client):
    client.force_login(make_user(is_staff=True, is_superuser=True))
    return client


def product_form(lines, **fields):
    """Return the body of the admin's form: `lines` are (compound, basis, amount, dv_mg)."""
    body = {
        "brand": "",
        "name": "Magnesium",
        "serving": "1 capsule",
        "kind": "supplement",
        "ingredients-TOTAL_FORMS": len(lines),
        "ingredients-INITIAL_FORMS": 0,
        "ingredients-MIN_NUM_FORMS": 0,
        "ingredients-MAX_NUM_FORMS": 1000,
        **fields,
    }
    for index, (compound, basis, amount, dv_mg) in enumerate(lines):
        body |= {
            f"ingredients-{index}-compound": compound,
            f"ingredients-{index}-basis": basis,
            f"ingredients-{index}-amount": amount,
            f"ingredients-{index}-dv_mg": dv_mg,
        }
    return body


def save_new(client, lines, **fields):
    return client.post(reverse("admin:supplements_product_add"), product_form(lines, **fields))


def test_a_product_is_kept_with_the_sum_of_its_lines(curator):
    load_builtin_compounds()

    response = save_new(
        curator,
        [
            ("bisglycinate", "compound", "500", ""),
            ("oxide", "elemental", "100.5", ""),
            ("unspecified", "percent_dv", "10", "420"),
        ],
    )

    assert response.status_code == 302
    product = Product.objects.get()
    assert product.magnesium_ug_per_serving == 70_481 + 100_500 + 42_000
    assert list(product.ingredients.order_by("position").values_list("position", "compound_id")) == [
        (0, "bisglycinate"),
        (1, "oxide"),
        (2, "unspecified"),
    ]


def test_what_does_not_agree_is_said_to_the_curator(curator):
    load_builtin_compounds()

    response = save_new(
        curator, [("bisglycinate", "elemental", "500", ""), ("bisglycinate", "compound", "500", "")]
    )

    said = [str(message) for message in get_messages(response.wsgi_request)]
    assert "500 mg of bisglycinate cannot hold 500 mg of magnesium; 70 mg fits the formula." in said
    assert Product.objects.get().magnesium_ug_per_serving == 500_000


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (("oxide", "elemental", "20000.001", ""), "A serving holds at most 20 000 mg of magnesium."),
        (("oxide", "percent_dv", "24", ""), "A percentage needs its daily value."),
        (("oxide", "elemental", "24", "420"), "A daily value belongs to a percentage."),
        (("oxide", "elemental", "0", ""), "The amount lies above 0"),
        (("oxide", "elemental", "-5", ""), "The amount lies above 0"),
        (("oxide", "elemental", "NaN", ""), "Enter a number."),
        (("oxide", "elemental", "1e30", ""), "less than or equal"),
        (("oxide", "elemental", "", ""), "required"),
        (("no-such-form", "elemental", "1", ""), "valid choice"),
    ],
)
def test_a_line_that_cannot_be_is_refused_with_a_reason_and_nothing_is_saved(curator, line, expected):
    make_compound()

    response = save_new(curator, [line])

    assert response.status_code == 200
    assert expected in response.content.decode()
    assert Product.objects.count() == Ingredient.objects.count() == 0


def test_a_product_on_the_skin_counts_zero(curator):
    make_compound("sulfate-7h2o", "Sulfate heptahydrate (Epsom salt)", "MgSO4.7H2O")

    save_new(curator, [("sulfate-7h2o", "compound", "250000", "")], kind="topical")

    assert Product.objects.get().magnesium_ug_per_serving == 0


def test_a_blend_without_its_own_figure_is_kept_as_not_known(curator):
    load_builtin_compounds()

    response = save_new(curator, [("unspecified", "compound", "500", "")])

    assert Product.objects.get().magnesium_ug_per_serving is None
    assert "not known" in " ".join(str(message) for message in get_messages(response.wsgi_request))


def test_lines_are_shown_in_mg_and_a_changed_line_changes_the_sum(curator):
    product = make_product(elemental_mg=100)
    line = Ingredient.objects.create(
        product=product, compound=make_compound(), basis="elemental", amount_ug=100_500
    )
    address = reverse("admin:supplements_product_change", args=[product.pk])

    page = curator.get(address).content.decode()
    body = product_form([("oxide", "elemental", "120", "")])
    body |= {"ingredients-INITIAL_FORMS": 1, "ingredients-0-id": line.pk, "ingredients-0-product": product.pk}
    curator.post(address, body)

    product.refresh_from_db()
    assert 'value="100.5"' in page
    assert product.magnesium_ug_per_serving == 120_000


def test_the_product_page_reads_the_forms_once_however_many_lines(curator, django_assert_max_num_queries):
    load_builtin_compounds()
    product = make_product()
    for position, slug in enumerate(Compound.objects.values_list("slug", flat=True)[:20]):
        Ingredient.objects.create(
            product=product, compound_id=slug, position=position, basis="elemental", amount_ug=1000
        )

    with django_assert_max_num_queries(8):
        page = curator.get(reverse("admin:supplements_product_change", args=[product.pk]))

    assert page.content.decode().count("Bisglycinate, anhydrous") >= 20


@pytest.mark.parametrize("model", ["compound", "product"])
def test_the_lists_take_a_handful_of_queries(curator, model, django_assert_max_num_queries):
    load_builtin_compounds()
    for number in range(30):
        make_product(name=f"Magnesium {number}")

    with django_assert_max_num_queries(8):
        page = curator.get(reverse(f"admin:supplements_{model}_changelist"), {"q": "m"})

    assert page.status_code == 200


def test_the_share_is_shown_and_never_typed(curator):
    make_compound("bisglycinate", "Bisglycinate, anhydrous", "Mg(C2H4NO2)2")
    make_compound("unspecified", "Not stated, or a blend", "")

    listed = curator.get(reverse("admin:supplements_compound_changelist")).content.decode()
    form = curator.get(reverse("admin:supplements_compound_change", args=["bisglycinate"])).content.decode()

    assert "14.096 %" in listed
    assert "no fixed formula" in listed
    assert "14.096 %" in form
    assert 'name="magnesium_share"' not in form
    assert 'name="slug"' not in form


def test_a_new_formula_reckons_the_products_that_name_the_form(curator):
    compound = make_compound("x", "X", "MgCO3")
    product = make_product(elemental_mg=1)
    Ingredient.objects.create(product=product, compound=compound, basis="compound", amount_ug=500_000)
    body = {"name": "X", "family": "X", "formula": "MgO", "route": "oral", "common_rank": "", "note": ""}

    curator.post(reverse("admin:supplements_compound_change", args=["x"]), body)

    product.refresh_from_db()
    assert product.magnesium_ug_per_serving == 301_519


def test_a_formula_that_makes_no_sense_is_refused_with_a_reason(curator):
    body = {"slug": "x", "name": "X", "family": "X", "formula": "Mg(OAc)2", "route": "oral"}

    page = curator.post(reverse("admin:supplements_compound_add"), body)

    assert "Ac: no element of a magnesium salt" in page.content.decode()
    assert Compound.objects.count() == 0


def test_products_are_retired_and_offered_again_by_an_action(curator):
    product = make_product()
    address = reverse("admin:supplements_product_changelist")

    curator.post(address, {"action": "retire", "_selected_action": [product.pk]})
    product.refresh_from_db()
    assert product.retired_at is not None

    curator.post(address, {"action": "restore", "_selected_action": [product.pk]})
    product.refresh_from_db()
    assert product.retired_at is None


def test_a_product_somebody_logged_is_not_deleted_and_no_diary_is_shown(curator):
    product = make_product()
    entry = Entry.objects.create(
        user=make_user(),
        day=dt.date(2026, 11, 22),
        slot="evening",
        kind="supplement",
        label="what a person wrote",
        magnesium_ug=100_000,
        product=product,
        digest="0" * 64,
    )
    address = reverse("admin:supplements_product_delete", args=[product.pk])

    asked = curator.get(address).content.decode()
    curator.post(address, {"post": "yes"})

    assert "1 row refers to this" in asked
    assert "what a person wrote" not in asked
    assert str(entry.pk) not in asked
    assert Product.objects.filter(pk=product.pk).exists()


def test_a_form_a_label_names_is_not_deleted(curator):
    compound = make_compound()
    for _ in range(2):
        Ingredient.objects.create(
            product=make_product(), compound=compound, basis="elemental", amount_ug=1000
        )

    asked = curator.get(reverse("admin:supplements_compound_delete", args=["oxide"])).content.decode()
    curator.post(
        reverse("admin:supplements_compound_changelist"),
        {"action": "delete_selected", "_selected_action": ["oxide"], "post": "yes"},
    )

    assert "2 rows refer to this" in asked
    assert Compound.objects.filter(slug="oxide").exists()


def test_what_nobody_refers_to_can_be_deleted(curator):
    product = make_product()

    curator.post(reverse("admin:supplements_product_delete", args=[product.pk]), {"post": "yes"})

    assert not Product.objects.exists()


def test_a_person_without_the_right_sees_no_desk(client):
    client.force_login(make_user())

    assert client.get(reverse("admin:supplements_product_changelist")).status_code == 302
