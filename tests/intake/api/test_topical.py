"""What goes on the skin, by the interface: logged with minutes, counted 0; and medicines, which count."""

import pytest

from supplements.services import load_builtin_compounds
from tests.factories import make_product

pytestmark = pytest.mark.django_db
DAY = "2026-11-22"


def soak(**fields):
    return {"day": DAY, "kind": "topical", "label": "Foot soak", "magnesium_mg": 400, "minutes": 20} | fields


def test_a_soak_keeps_its_minutes_and_counts_nothing(api):
    made = api.post("entries/", soak()).json()

    assert (made["minutes"], made["magnesium_mg"], made["kind"]) == (20, 0, "topical")
    assert api.get(f"days/{DAY}/").json()["added_mg"] == 0


def test_a_topical_product_takes_minutes(api):
    product = make_product(kind="topical")

    made = api.post("entries/", {"day": DAY, "supplement": str(product.pk), "minutes": 15}).json()

    assert (made["minutes"], made["magnesium_mg"]) == (15, 0)


def test_what_is_swallowed_says_nothing_of_minutes(api):
    pill = api.post("entries/", {"day": DAY, "supplement": str(make_product().pk)}).json()

    assert "minutes" not in pill


@pytest.mark.parametrize("minutes", [0, 1441, -1, 2.5, "20", True])
def test_minutes_out_of_reach_are_refused(api, minutes):
    answer = api.post("entries/", soak(minutes=minutes))

    assert (answer.status_code, list(answer.json())) == (400, ["minutes"])


@pytest.mark.parametrize("body", [soak(kind="food"), soak(kind="medicine")])
def test_minutes_go_with_the_skin_alone(api, body):
    answer = api.post("entries/", body)

    assert (answer.status_code, list(answer.json())) == (400, ["minutes"])


def test_minutes_are_changed_and_taken_away(api):
    made = api.post("entries/", soak()).json()
    path = f"entries/{made['id']}/"

    assert api.patch(path, {"version": 1, "minutes": 45}).json()["minutes"] == 45
    assert api.patch(path, {"version": 2, "label": "Bath"}).json()["minutes"] == 45
    assert api.patch(path, {"version": 3, "minutes": None}).json()["minutes"] is None


def test_the_same_id_with_other_minutes_is_refused(api):
    path = "entries/01930000-0000-7000-8000-00000000000a/"

    statuses = [api.put(path, body).status_code for body in (soak(), soak(), soak(minutes=21))]

    assert statuses == [201, 200, 422]


@pytest.mark.parametrize(
    ("form", "serving", "kind"),
    [
        ("hydroxide", "15 ml", "medicine"),
        ("trisilicate", "1 tablet", "medicine"),
        ("salicylate", "1 tablet", "medicine"),
        ("citrate-tri-anhyd", "300 ml", "medicine"),
        ("citrate-tri-anhyd", "1 capsule", "supplement"),
        ("oxide", "15 ml", "supplement"),
        ("sulfate-7h2o", "250 g", "topical"),
    ],
)
def test_a_product_without_a_kind_is_what_its_forms_suggest(api, form, serving, kind):
    load_builtin_compounds()
    line = {"compound": form, "amount_mg": 400, "basis": "elemental"}
    product = api.post("supplements/", {"name": "x", "serving": serving, "ingredients": [line]}).json()

    entry = api.post("entries/", {"day": DAY, "supplement": product["id"]}).json()

    assert entry["kind"] == kind
    assert api.get(f"days/{DAY}/").json()["added_mg"] == (0 if kind == "topical" else 400)
