"""The desk of forms and findings: history of every change, back to any state, and who did it."""

import re

import pytest
from django.contrib.auth.models import Permission
from django.contrib.messages import get_messages
from django.urls import reverse

from supplements.models import Compound, Finding, Ingredient, Permit
from supplements.services import load_builtin_compounds, load_builtin_evidence
from tests.factories import make_compound, make_product, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def curator(client):
    client.force_login(make_user("ada@example.org", is_staff=True, is_superuser=True))
    return client


def address(model, what, *args):
    return reverse(f"admin:supplements_{model}_{what}", args=args)


def body_of(compound, **fields):
    given = {name: getattr(compound, name) for name in ("name", "family", "formula", "route", "note")}
    return {**given, "common_rank": compound.common_rank or "", **fields}


def change(client, compound, **fields):
    return client.post(address("compound", "change", compound.pk), body_of(compound, **fields))


def finding_body(**fields):
    given = {
        "aspect": "absorption",
        "compounds": ["oxide"],
        "study": "Somebody 2024",
        "design": "",
        "n": "30",
        "result": "It came out.",
        "citation": "Somebody, A Journal 2024;1:2",
        "url": "",
        "status": "V1",
    }
    return {**given, **fields}


def test_what_follows_from_a_formula_is_shown_and_cannot_be_typed(curator):
    make_compound("bisglycinate", "Bisglycinate", "Mg(C2H4NO2)2")

    html = curator.get(address("compound", "change", "bisglycinate")).content.decode()

    assert "14.096 %" in html
    assert "172.423 g/mol" in html
    assert "709 mg" in html
    assert 'name="magnesium_share"' not in html


def test_the_first_change_of_a_form_keeps_what_stood_there_before(curator):
    load_builtin_compounds()
    oxide = Compound.objects.get(slug="oxide")

    change(curator, oxide, name="Oxide, renamed")

    before, after = oxide.history.order_by("history_id")
    assert (before.name, before.history_type, before.history_user) == ("Oxide", "+", "")
    assert (after.name, after.history_type, after.history_user) == ("Oxide, renamed", "~", "ada@example.org")


def test_a_second_change_adds_one_state(curator):
    oxide = make_compound()
    change(curator, oxide, name="A")
    change(curator, oxide, name="B")

    assert list(oxide.history.order_by("history_id").values_list("name", flat=True)) == ["Oxide", "A", "B"]


def test_the_history_page_says_when_what_and_by_whom_without_a_style_of_its_own(curator):
    oxide = make_compound()
    change(curator, oxide, formula="MgCO3")

    html = curator.get(address("compound", "history", "oxide")).content.decode()

    assert "ada@example.org" in html
    assert "<del>MgO</del><ins>MgCO3</ins>" in html
    assert "2 states" in html
    assert 'style="' not in html


def test_a_form_goes_back_to_a_state_and_its_products_follow(curator):
    oxide = make_compound()
    product = make_product()
    Ingredient.objects.create(product=product, compound=oxide, basis="compound", amount_ug=500_000)
    change(curator, oxide, formula="MgCO3")
    product.refresh_from_db()
    assert product.magnesium_ug_per_serving == 144_135
    first = oxide.history.earliest()

    shown = curator.get(address("compound", "simple_history", "oxide", first.pk)).content.decode()
    response = curator.post(address("compound", "simple_history", "oxide", first.pk), body_of(first.instance))

    assert 'value="MgO"' in shown
    assert response.status_code == 302
    oxide.refresh_from_db()
    product.refresh_from_db()
    assert oxide.formula == "MgO"
    assert product.magnesium_ug_per_serving == 301_519
    assert "Products reckoned again: 1." in [str(m) for m in get_messages(response.wsgi_request)]
    assert oxide.history.count() == 3
    assert product.history.latest().history_user_id == "ada@example.org"


def test_a_new_form_is_in_the_history_from_its_making(curator):
    curator.post(
        address("compound", "add"),
        {"slug": "new", "name": "New", "family": "New", "formula": "MgO", "route": "oral", "note": ""},
    )

    (record,) = Compound.objects.get(slug="new").history.all()
    assert (record.history_type, record.history_user) == ("+", "ada@example.org")


def test_a_formula_that_cannot_be_leaves_no_trace(curator):
    oxide = make_compound()

    assert change(curator, oxide, formula="H2O").status_code == 200
    assert oxide.history.count() == 1  # its making


def test_a_deleted_form_leaves_its_last_state(curator):
    make_compound()

    curator.post(address("compound", "delete", "oxide"), {"post": "yes"})

    record = Compound.history.filter(slug="oxide").latest()
    assert (record.history_type, record.history_user, record.formula) == ("-", "ada@example.org", "MgO")


def test_forms_deleted_together_leave_a_state_each(curator):
    make_compound()
    make_compound("malate", "Malate", "MgC4H4O5")

    curator.post(
        address("compound", "changelist"),
        {"action": "delete_selected", "_selected_action": ["oxide", "malate"], "post": "yes"},
    )

    assert not Compound.objects.exists()
    gone = Compound.history.filter(history_type="-")
    assert {(record.slug, record.history_user) for record in gone} == {
        ("oxide", "ada@example.org"),
        ("malate", "ada@example.org"),
    }


def test_a_curator_adds_a_finding_for_several_forms(curator):
    make_compound()
    make_compound("malate", "Malate", "MgC4H4O5")

    response = curator.post(address("finding", "add"), finding_body(compounds=["oxide", "malate"]))

    assert response.status_code == 302
    finding = Finding.objects.shown().get()
    assert set(finding.compounds.values_list("slug", flat=True)) == {"oxide", "malate"}
    assert (finding.code, finding.n) == (None, 30)
    (record,) = finding.history.all()
    assert (record.history_type, record.history_user) == ("+", "ada@example.org")
    assert record.compounds.count() == 2


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"n": "0"}, "greater than or equal to 1"),
        ({"result": ""}, "required"),
        ({"citation": ""}, "required"),
        ({"url": "javascript:alert(1)"}, "valid URL"),
        ({"compounds": ["no-such-form"]}, "not one of the available choices"),
        ({"aspect": "rank"}, "not one of the available choices"),
    ],
)
def test_a_finding_that_cannot_be_is_refused_with_a_reason(curator, fields, expected):
    make_compound()

    response = curator.post(address("finding", "add"), finding_body(**fields))

    assert response.status_code == 200
    assert expected in response.content.decode()
    assert not Finding.objects.exists()


def test_a_finding_goes_back_to_a_state_with_the_forms_it_had_then(curator):
    make_compound()
    make_compound("malate", "Malate", "MgC4H4O5")
    curator.post(address("finding", "add"), finding_body())
    finding = Finding.objects.get()
    then = finding.history.latest()
    where = address("finding", "change", finding.pk)
    curator.post(where, finding_body(compounds=["malate"], n="3", result="Else."))
    at = address("finding", "simple_history", finding.pk, then.pk)

    shown = curator.get(at).content.decode()
    curator.post(at, finding_body())

    ticked = re.findall(r'value="(\w+)"[^>]*checked', shown)
    assert ticked == ["oxide"]
    assert finding.history.count() == 3
    finding.refresh_from_db()
    assert (finding.n, finding.result) == (30, "It came out.")
    assert [form.slug for form in finding.compounds.all()] == ["oxide"]


def test_the_history_of_a_finding_shows_the_forms_it_spoke_of(curator):
    make_compound()
    make_compound("malate", "Malate", "MgC4H4O5")
    curator.post(address("finding", "add"), finding_body())
    finding = Finding.objects.get()
    curator.post(address("finding", "change", finding.pk), finding_body(compounds=["malate"]))

    html = curator.get(address("finding", "history", finding.pk)).content.decode()

    assert "<del>[Oxide]</del><ins>[Malate]</ins>" in html
    assert "2 states" in html


def test_a_finding_is_withdrawn_and_shown_again_with_history(curator):
    load_builtin_compounds()
    load_builtin_evidence()
    finding = Finding.objects.get(code="walker-2003")
    where = address("finding", "changelist")

    out = curator.post(where, {"action": "withdraw", "_selected_action": [finding.pk]})
    assert not Finding.objects.shown().filter(pk=finding.pk).exists()
    back = curator.post(where, {"action": "show_again", "_selected_action": [finding.pk]})

    assert Finding.objects.shown().filter(pk=finding.pk).exists()
    assert [str(m) for m in get_messages(out.wsgi_request)] == ["Withdrawn: 1."]
    assert "Shown again: 1." in [str(m) for m in get_messages(back.wsgi_request)]
    assert finding.history.latest().history_user == "ada@example.org"
    assert finding.history.latest().compounds.count() == finding.compounds.count() == 6


@pytest.mark.parametrize(("model", "most"), [("finding", 14), ("permit", 14), ("compound", 10)])
def test_a_list_of_the_desk_asks_little(curator, model, most, django_assert_max_num_queries):
    load_builtin_compounds()
    load_builtin_evidence()

    with django_assert_max_num_queries(most):
        assert curator.get(address(model, "changelist")).status_code == 200


@pytest.mark.parametrize("model", ["compound", "finding", "permit"])
def test_a_person_without_the_right_sees_no_history(client, model):
    load_builtin_compounds()
    load_builtin_evidence()
    row = {"compound": Compound, "finding": Finding, "permit": Permit}[model].objects.first()
    client.force_login(make_user())

    assert client.get(address(model, "history", row.pk)).status_code == 302
    assert client.get(address(model, "change", row.pk)).status_code == 302


@pytest.mark.parametrize("state", ["0", "x", "-1", "٣", "9" * 10, "9" * 40])
def test_a_state_that_is_not_there_is_404(curator, state):
    make_compound()

    assert curator.get(f"{address('compound', 'changelist')}oxide/history/{state}/").status_code == 404


def test_who_may_only_look_cannot_revert(client):
    oxide = make_compound()
    looker = make_user(is_staff=True)
    looker.user_permissions.add(Permission.objects.get(codename="view_compound"))
    oxide.name = "Renamed"
    oxide.save()
    record = oxide.history.latest()
    client.force_login(looker)

    html = client.get(address("compound", "simple_history", "oxide", record.pk)).content.decode()
    at = address("compound", "simple_history", "oxide", record.pk)
    refused = client.post(at, body_of(oxide, name="Taken"))

    assert refused.status_code == 403
    oxide.refresh_from_db()
    assert 'value="Revert"' not in html
    assert oxide.name == "Renamed"
