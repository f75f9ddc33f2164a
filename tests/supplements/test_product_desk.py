"""The desk of products: barcodes, history and the way back, a reformulated product in one act."""

import pytest
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from supplements.models import Product
from supplements.services import importing, load_builtin_compounds, states_of
from tests.factories import make_compound, make_product, make_user
from tests.supplements.sources.given import as_bytes, label, row
from tests.supplements.test_admin import product_form, save_new

pytestmark = pytest.mark.django_db
LIST = "admin:supplements_product_changelist"


@pytest.fixture
def curator(client):
    client.force_login(make_user("curator@example.org", is_staff=True, is_superuser=True))
    return client


@pytest.fixture
def product(curator):
    """A product that a curator added: 100 mg from oxide."""
    make_compound()
    save_new(curator, [("oxide", "elemental", "100", "")])
    return Product.objects.get()


def address(name, *arguments):
    return reverse(f"admin:supplements_product_{name}", args=arguments)


def change(client, product, amount="120", **fields):
    line = product.ingredients.get()
    body = product_form([("oxide", "elemental", amount, "")], **fields)
    body |= {"ingredients-INITIAL_FORMS": 1, "ingredients-0-id": line.pk, "ingredients-0-product": product.pk}
    return client.post(address("change", product.pk), body)


def test_adding_and_correcting_are_one_state_each_with_the_curator_and_the_reason(curator, product):
    change(curator, product, reason="The panel says 120")

    now, first = states_of(product)
    assert (first.author, first.reason) == ("curator@example.org", "Added")
    assert (now.author, now.reason, now.magnesium_ug) == (
        "curator@example.org",
        "The panel says 120",
        120_000,
    )
    assert [name for name, *_ in now.changes] == ["magnesium_ug_per_serving", "lines"]


def test_saving_without_a_change_is_no_state(curator, product):
    change(curator, product, amount="100")

    assert len(states_of(product)) == 1


def test_the_history_shows_each_state_and_leads_back(curator, product, django_assert_max_num_queries):
    change(curator, product, reason="The panel says 120")
    first = states_of(product)[-1]

    with django_assert_max_num_queries(8):
        page = curator.get(address("history", product.pk)).content.decode()
    response = curator.post(address("go_back", product.pk, first.state_id))

    product.refresh_from_db()
    assert "The panel says 120" in page
    assert "Oxide: 100 mg" in page
    assert page.count("Back to this") == 1
    assert response.status_code == 302
    assert product.magnesium_ug_per_serving == 100_000
    assert states_of(product)[0].author == "curator@example.org"


def test_the_history_of_what_is_not_there_is_not_there(curator, product):
    state = states_of(product)[0].state_id

    assert curator.get(address("history", 999)).status_code == 404
    assert curator.get(address("history", "abc")).status_code == 404
    assert curator.post(address("go_back", 999, state)).status_code == 404
    assert curator.get(address("go_back", product.pk, state)).status_code == 404
    curator.post(address("go_back", product.pk, 10**15))
    assert len(states_of(product)) == 1


def test_only_who_may_change_products_goes_back(client, curator, product):
    change(curator, product)
    client.force_login(make_user(is_staff=True))

    response = client.post(address("go_back", product.pk, states_of(product)[-1].state_id))

    assert response.status_code == 403
    assert client.get(address("history", product.pk)).status_code == 403
    assert len(states_of(product)) == 2


@pytest.mark.parametrize("printed", ["8 95634 00002 7", "895634000027", "00895634000027"])
def test_a_barcode_is_taken_as_it_is_printed_and_found_as_it_is_typed(curator, printed):
    make_compound()
    save_new(curator, [("oxide", "elemental", "100", "")], gtin=printed)
    make_product(name="Another")

    page = curator.get(reverse(LIST), {"q": printed}).content.decode()

    assert Product.objects.get(name="Magnesium").gtin == "00895634000027"
    assert "1 product" in page
    assert "Another" not in page


@pytest.mark.parametrize("typed", ["895634000026", "12345", "X003UB5Q33"])
def test_what_is_no_barcode_is_refused(curator, typed):
    make_compound()

    page = save_new(curator, [("oxide", "elemental", "100", "")], gtin=typed).content.decode()

    assert "This is no barcode" in page
    assert not Product.objects.exists()


def test_a_reformulated_product_becomes_a_new_row_in_one_act(curator, product):
    response = curator.post(reverse(LIST), {"action": "reformulate", "_selected_action": [product.pk]})

    new = Product.objects.get(replaces=product)
    product.refresh_from_db()
    assert response["Location"] == address("change", new.pk)
    assert product.retired_at is not None
    assert (new.retired_at, new.magnesium_ug_per_serving) == (None, 100_000)
    assert f"{product}, {product.serving}" in curator.get(address("change", new.pk)).content.decode()


def test_a_row_that_another_one_replaced_is_not_deleted(curator, product):
    curator.post(reverse(LIST), {"action": "reformulate", "_selected_action": [product.pk]})

    curator.post(address("delete", product.pk), {"post": "yes"})

    assert Product.objects.filter(pk=product.pk).exists()


def test_deleted_products_leave_their_last_state_with_the_curators_name(curator, product):
    key = product.pk

    curator.post(reverse(LIST), {"action": "delete_selected", "_selected_action": [key], "post": "yes"})

    last = Product.history.filter(id=key).order_by("-history_id").first()
    assert (last.history_type, last.history_user_id) == ("-", "curator@example.org")


def test_retiring_at_the_desk_is_signed(curator, product):
    response = curator.post(reverse(LIST), {"action": "retire", "_selected_action": [product.pk]})

    assert [str(message) for message in get_messages(response.wsgi_request)][-1] == "Retired: 1."
    assert states_of(product)[0].author == "curator@example.org"


# Labels brought in -------------------------------------------------------------------------------


def upload(client, *contents, **fields):
    files = [SimpleUploadedFile(f"{n}.json", content) for n, content in enumerate(contents)]
    return client.post(address("import"), {"labels": files, **fields})


@pytest.mark.parametrize("look_only", ["", "on"])
def test_labels_are_brought_in_or_only_looked_at(curator, look_only):
    load_builtin_compounds()
    contents = as_bytes(label()), as_bytes(label(row("Vitamin C", 60), id=2, fullName="C")), b"{"

    response = upload(curator, *contents, look_only=look_only)

    page = response.content.decode()
    assert response.status_code == 200
    assert "new 1, changed 0, replaced 0, unchanged 0, kept 0, older 0, skipped 0" in page
    assert "1 names no magnesium: C." in page
    assert "2.json: this is no JSON file" in page
    assert Product.objects.exists() is not bool(look_only)
    assert ("nothing was changed" in page) is bool(look_only)


def test_an_import_at_the_desk_is_signed_and_a_correction_of_it_is_kept_by_the_next(curator):
    load_builtin_compounds()
    upload(curator, as_bytes(label()))
    product = Product.objects.get()
    change(curator, product, name=product.name, brand=product.brand, gtin=product.gtin)

    page = upload(curator, as_bytes(label(row("Magnesium", 150)))).content.decode()

    product.refresh_from_db()
    assert product.magnesium_ug_per_serving == 120_000
    assert "a curator&#x27;s figures are kept" in page
    assert states_of(product)[-1].author == "curator@example.org"


def test_labels_that_another_import_brings_in_meanwhile_are_said(curator, monkeypatch):
    load_builtin_compounds()
    upload(curator, as_bytes(label()))
    monkeypatch.setattr(importing, "latest", lambda records: {})  # read before the other one was saved

    response = upload(curator, as_bytes(label()))

    assert (response.status_code, Product.objects.count()) == (400, 1)
    assert "Another import was under way." in response.content.decode()


@pytest.mark.parametrize(
    ("contents", "said"),
    [((), "required"), ((b"{",), "no JSON file"), ((b"",), "empty"), ((b" ",) * 51, "At most 50 files")],
)
def test_what_cannot_be_brought_in_is_refused_with_a_sentence(curator, contents, said):
    response = upload(curator, *contents)

    assert (response.status_code, Product.objects.count()) == (400, 0)
    assert said in response.content.decode()


def test_only_curators_of_products_bring_labels_in(client):
    client.force_login(make_user(is_staff=True))

    assert client.get(address("import")).status_code == 403
    assert upload(client, as_bytes(label())).status_code == 403


def test_the_list_leads_to_the_import(curator):
    assert address("import") in curator.get(reverse(LIST)).content.decode()
    assert curator.get(address("import")).status_code == 200
