"""Forms and supplements: elemental by chemistry, own products among the shared ones."""

import uuid

import pytest

from intake.models import OwnProduct
from supplements.services import load_builtin_compounds
from tests.factories import make_compound, make_product


@pytest.fixture(autouse=True)
def _forms(db):
    make_compound()
    make_compound("bisglycinate", "Bisglycinate", "C4H8MgN2O4")
    make_compound("chelate", "Amino acid chelate", "")


def body(**fields):
    line = {"compound": "oxide", "amount_mg": 100, "basis": "elemental"}
    return {"name": "Mine", "serving": "1 capsule", "ingredients": [line], **fields}


def line(**fields):
    return {"compound": "oxide", "amount_mg": 100, "basis": "elemental", **fields}


def test_all_forms_are_listed(api, django_assert_num_queries):
    with django_assert_num_queries(2):
        found = {row["id"]: row for row in api.get("compounds/").json()["results"]}

    assert set(found) == {"oxide", "bisglycinate", "chelate"}
    assert found["oxide"] == {
        "id": "oxide",
        "name": "Oxide",
        "family": "Oxide",
        "formula": "MgO",
        "magnesium_fraction": pytest.approx(0.603, abs=0.001),
        "molar_mass_g_per_mol": 40.305,
        "compound_mg_per_100mg_magnesium": pytest.approx(165.8, abs=0.1),
        "preselected": True,
        "route": "oral",
    }
    assert (found["chelate"]["formula"], found["chelate"]["magnesium_fraction"]) == (None, None)
    assert found["chelate"]["molar_mass_g_per_mol"] is None
    assert found["chelate"]["compound_mg_per_100mg_magnesium"] is None
    assert not found["chelate"]["preselected"]


def test_a_family_has_one_form_that_is_offered_first(api):
    load_builtin_compounds()

    rows = api.get("compounds/").json()["results"]

    citrates = [row["id"] for row in rows if row["family"] == "Citrate" and row["preselected"]]
    assert citrates == ["citrate-tri-anhyd"]
    assert not [row for row in rows if row["family"] == "Chloride" and row["preselected"]]


@pytest.mark.parametrize(
    ("ingredient", "mg"),
    [
        (line(), 100),
        (line(compound="bisglycinate", basis="compound", amount_mg=500), pytest.approx(70.5, abs=0.5)),
        (line(basis="percent_dv", amount_mg=25, dv_mg=420), 105),
        (line(compound="chelate", basis="compound"), None),
    ],
)
def test_an_own_supplement_holds_what_its_label_says(api, ingredient, mg):
    answer = api.post("supplements/", body(ingredients=[ingredient]))

    assert answer.status_code == 201, answer.content
    made = answer.json()
    assert made["magnesium_mg_per_serving"] == mg
    assert made["contradictions"] == []
    assert api.get("supplements/?q=mine").json()["results"] == [
        {key: made[key] for key in ("id", "name", "serving", "magnesium_mg_per_serving")}
    ]


def test_a_contradiction_is_pointed_out(api):
    both = [
        line(compound="bisglycinate", amount_mg=500),
        line(compound="bisglycinate", amount_mg=500, basis="compound"),
    ]

    assert api.post("supplements/", body(ingredients=both)).json()["contradictions"]


def test_shared_supplements_are_found_and_own_ones_by_their_owner_alone(api, stranger):
    shared = make_product("Shared magnesium")
    made = api.post("supplements/", body(name="My magnesium")).json()

    mine, theirs = (
        [row["id"] for row in caller.get("supplements/?q=magnes").json()["results"]]
        for caller in (api, stranger)
    )

    assert set(mine) == {made["id"], str(shared.pk)}
    assert theirs == [str(shared.pk)]


def test_the_same_id_twice_is_one_product_and_somebody_elses_is_refused(api, stranger):
    sent = body(id=str(uuid.uuid4()))

    statuses = [caller.post("supplements/", sent).status_code for caller in (api, api, stranger)]

    assert statuses == [201, 201, 422]
    assert OwnProduct.objects.count() == 1


@pytest.mark.parametrize(
    "change",
    [
        {"name": "Another name"},
        {"serving": "2 capsules"},
        {"kind": "medicine"},
        {"ingredients": [line(amount_mg=99)]},
        {"ingredients": [line(compound="bisglycinate")]},
        {"ingredients": [line(amount_mg=50), line(amount_mg=50)]},
    ],
)
def test_the_same_id_with_another_label_is_refused(api, change):
    sent = body(id=str(uuid.uuid4()))
    api.post("supplements/", sent)

    assert api.post("supplements/", sent | change).status_code == 422
    assert OwnProduct.objects.get().name == sent["name"]


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({}, "name"),
        (body(name=""), "name"),
        (body(name="x" * 201), "name"),
        (body(name="\x00"), "name"),
        (body(name="\u200b \ufeff"), "name"),
        (body(name=7), "name"),
        (body(serving="x" * 81), "serving"),
        (body(serving=None), "serving"),
        (body(kind="poison"), "kind"),
        (body(ingredients=[]), "ingredients"),
        (body(ingredients=None), "ingredients"),
        (body(ingredients="oxide"), "ingredients"),
        (body(ingredients=["oxide"]), "ingredients"),
        (body(ingredients=[line()] * 41), "ingredients"),
        (body(ingredients=[line(compound="unobtainium")]), "ingredients"),
        (body(ingredients=[line(compound="x" * 10_000)]), "ingredients"),
        (body(ingredients=[line(compound="\x00")]), "ingredients"),
        (body(ingredients=[line(amount_mg=0)]), "ingredients"),
        (body(ingredients=[line(amount_mg=-1)]), "ingredients"),
        (body(ingredients=[line(amount_mg=10**30)]), "ingredients"),
        (body(ingredients=[line(amount_mg=True)]), "ingredients"),
        (body(ingredients=[line(amount_mg="100")]), "ingredients"),
        (body(ingredients=[line(basis="guess")]), "ingredients"),
        (body(ingredients=[line(basis="percent_dv")]), "ingredients"),
        (body(ingredients=[line(dv_mg=420)]), "ingredients"),
        (body(ingredients=[line(amount_mg=20_001)]), None),
        (body(user=1), "user"),
        (body(magnesium_ug_per_serving=1), "magnesium_ug_per_serving"),
    ],
)
def test_what_is_no_label_is_refused_and_nothing_is_saved(api, sent, field):
    answer = api.post("supplements/", sent)

    assert answer.status_code == 400, answer.content
    assert field is None or field in answer.json()
    assert not OwnProduct.objects.exists()


def test_a_barcode_finds_its_supplement(api):
    wanted = make_product("Oxide", elemental_mg=40, gtin="00895634000027")
    make_product("Other", gtin="00012345678905")

    rows = api.get("supplements/?q=8+95634+00002+7").json()["results"]

    assert [(row["id"], row["magnesium_mg_per_serving"]) for row in rows] == [(str(wanted.pk), 40)]
