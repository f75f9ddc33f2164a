"""The description is valid, complete, and what is answered is what it says."""

from decimal import Decimal

import jsonschema
import pytest
from django.core.management import call_command
from django.urls import reverse

from foods.search import reindex
from intake.api.docs import openapi
from intake.services import make_own_food
from tests.factories import make_compound, make_food, make_product

DAY = "2026-11-22"


def plain(part, schemas):
    """Return a part of an OpenAPI 3.0 schema as JSON Schema that allows no field it does not name."""
    if isinstance(part, list):
        return [plain(each, schemas) for each in part]
    if not isinstance(part, dict):
        return part
    if "$ref" in part:
        return plain(schemas[part["$ref"].rsplit("/", 1)[1]], schemas)
    made = {key: plain(value, schemas) for key, value in part.items() if key != "nullable"}
    if "properties" in made and "additionalProperties" not in made:
        made["additionalProperties"] = False
    return {"anyOf": [made, {"type": "null"}]} if part.get("nullable") else made


def assert_as_described(answer, method, path):
    api = openapi()
    replies = api["paths"][f"/api/v1/{path}"][method.lower()]["responses"]
    assert str(answer.status_code) in replies, (method, path, answer.status_code, answer.content)
    content = replies[str(answer.status_code)].get("content")
    if content:
        schema = plain(content["application/json"]["schema"], api["components"]["schemas"])
        jsonschema.validate(answer.json(), schema)


def test_the_schema_is_valid_and_without_a_warning(tmp_path):
    call_command("spectacular", "--validate", "--fail-on-warn", "--file", str(tmp_path / "schema.yaml"))


@pytest.mark.parametrize("kind", ["json", "yaml"])
def test_the_schema_is_open_to_all(nobody, kind, django_assert_num_queries, db):
    with django_assert_num_queries(0):
        answer = nobody.get(f"schema/?format={kind}")

    assert answer.status_code == 200
    assert b"openapi" in answer.content


def test_the_docs_are_a_page_open_to_all_without_script_or_style_of_their_own(nobody, db):
    answer = nobody.get("docs/")
    page = answer.content.decode()

    assert answer.status_code == 200
    for item in openapi()["paths"].values():
        for call in item.values():
            assert f'id="{call["operationId"]}"' in page
    assert "style=" not in page
    assert "<style" not in page
    assert "unsafe" not in answer.headers["Content-Security-Policy"]


def test_every_call_is_described_with_its_refusals():
    for path, item in openapi()["paths"].items():
        for method, call in item.items():
            assert call["security"] == [{"tokenAuth": []}], (method, path)
            assert {"401", "429"} <= set(call["responses"]), (method, path)
            assert call["summary"]
            assert call["description"]
            assert ("{" in path) is ("404" in call["responses"]) or path.endswith("entries/")


def test_the_addresses_are_those_of_the_contract():
    assert reverse("api:docs") == "/api/v1/docs/"
    assert reverse("api:schema") == "/api/v1/schema/"


def test_answers_are_as_described(api):
    make_compound()
    food, pill = make_food("Pumpkin", portions=[("1 oz", 28.35)]), make_product("Magnesium")
    reindex([food.pk])
    own = make_own_food(user=api.user, name="Pumpkin pie", magnesium_mg_per_100g=Decimal(5))
    line = {"compound": "oxide", "amount_mg": 100, "basis": "elemental"}
    entry = api.post("entries/", {"day": DAY, "food": str(food.pk), "weight_g": 30, "time": "08:30"})
    entry_path = f"entries/{entry.json()['id']}/"
    key = "0199f0a2-6a3b-7cc1-9d55-0c5a3c9d1e11"
    calls = [
        (entry, "POST", "entries/"),
        (api.post("entries/", {"day": DAY, "food": str(own.pk), "weight_g": 30}), "POST", "entries/"),
        (api.post("entries/", {"day": DAY, "supplement": str(pill.pk), "servings": 5}), "POST", "entries/"),
        (api.post("entries/", {"day": DAY, "kind": "food", "label": "Soup"}), "POST", "entries/"),
        (api.post("entries/", {}), "POST", "entries/"),
        (api.post("entries/", {"day": DAY, "food": "0", "weight_g": 1}), "POST", "entries/"),
        (
            api.put(f"entries/{key}/", {"day": DAY, "kind": "food", "label": "a"}),
            "PUT",
            "entries/{entry_id}/",
        ),
        (
            api.put(f"entries/{key}/", {"day": DAY, "kind": "food", "label": "b"}),
            "PUT",
            "entries/{entry_id}/",
        ),
        (api.get(entry_path), "GET", "entries/{entry_id}/"),
        (api.patch(entry_path, {"version": 9, "weight_g": 1}), "PATCH", "entries/{entry_id}/"),
        (api.patch(entry_path, {"version": 1, "weight_g": 1}), "PATCH", "entries/{entry_id}/"),
        (api.delete(entry_path, {"version": 1}), "DELETE", "entries/{entry_id}/"),
        (api.get("foods/?q=pumpkin"), "GET", "foods/"),
        (api.get("foods/?q=pumpkin&limit=0"), "GET", "foods/"),
        (api.get(f"foods/{food.pk}/"), "GET", "foods/{food_id}/"),
        (api.get(f"foods/{own.pk}/"), "GET", "foods/{food_id}/"),
        (api.get("foods/0/"), "GET", "foods/{food_id}/"),
        (api.get("compounds/"), "GET", "compounds/"),
        (api.get("supplements/?q=magnesium"), "GET", "supplements/"),
        (
            api.post("supplements/", {"name": "A", "serving": "1", "ingredients": [line]}),
            "POST",
            "supplements/",
        ),
        (api.post("labels/", {"text": "Magnesium (as citrate) 100 mg"}), "POST", "labels/"),
        (api.post("labels/", {"text": "Magnesium citrate 500 mg"}), "POST", "labels/"),
        (api.post("labels/", {}), "POST", "labels/"),
        (api.get(f"days/{DAY}/"), "GET", "days/{day}/"),
        (api.get("weeks/2026-W47/"), "GET", "weeks/{week}/"),
        (api.get("weeks/2026-W99/"), "GET", "weeks/{week}/"),
        (api.get("profile/"), "GET", "profile/"),
        (api.patch("profile/", {"sex": "male", "band": {"low_mg": 1, "high_mg": 2}}), "PATCH", "profile/"),
    ]
    for answer, method, path in calls:
        assert_as_described(answer, method, path)
