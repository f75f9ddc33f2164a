"""Entries: three ways to log, saved once, changed by who read the last version."""

import uuid
from decimal import Decimal

import pytest

from foods.models import FoodRevision
from intake.models import Entry
from intake.services import make_own_food
from tests.factories import make_food, make_product

DAY = "2026-11-22"
FIELDS = {
    "id",
    "day",
    "time",
    "slot",
    "kind",
    "label",
    "weight_g",
    "magnesium_mg",
    "source",
    "version",
}


@pytest.fixture
def seeds(db):
    return make_food("Pumpkin seeds", mg_per_100g=550, portions=[("1 oz", 28.35), ("1 cup", 64)])


@pytest.fixture
def pill(db):
    return make_product(elemental_mg=100)


def weight(food, **fields):
    return {"day": DAY, "food": str(food.pk), "weight_g": 28.4, **fields}


def quick(**fields):
    return {"day": DAY, "kind": "food", "label": "Soup", "magnesium_mg": 40, **fields}


def made(answer):
    assert answer.status_code == 201, answer.content
    return answer.json()


# Logging -----------------------------------------------------------------------------------------


def test_a_weight_of_a_food_is_logged(api, seeds):
    answer = api.post("entries/", weight(seeds, time="08:30"))

    entry = made(answer)
    assert entry == {
        "id": entry["id"],
        "day": DAY,
        "time": "08:30",
        "slot": "breakfast",
        "kind": "food",
        "label": "Pumpkin seeds",
        "weight_g": 28.4,
        "magnesium_mg": 156.2,
        "source": {"code": "usda-sr-legacy", "release": "2018-04", "key": entry["source"]["key"]},
        "version": 1,
    }
    assert answer.headers["ETag"] == '"1"'
    assert api.get(f"entries/{entry['id']}/").json() == entry


@pytest.mark.parametrize(
    ("quantity", "weight_g", "mg"), [(None, 28.35, 155.925), (2, 56.7, 311.85), (0.5, 14.175, 77.963)]
)
def test_portions_of_a_food_are_logged(api, seeds, quantity, weight_g, mg):
    portion = seeds.portions.get(label="1 oz")

    entry = made(
        api.post(
            "entries/", {"day": DAY, "food": str(seeds.pk), "portion": str(portion.pk), "quantity": quantity}
        )
    )

    assert (entry["weight_g"], entry["magnesium_mg"]) == (weight_g, mg)


def test_an_own_food_is_logged_by_weight_and_by_its_portion(api):
    own = make_own_food(
        user=api.user,
        name="Bread",
        magnesium_mg_per_100g=Decimal(60),
        portion_label="1 slice",
        portion_weight_g=Decimal(50),
    )

    by_weight = made(api.post("entries/", weight(own, weight_g=100)))
    by_portion = made(
        api.post("entries/", {"day": DAY, "food": str(own.pk), "portion": str(own.pk), "quantity": 2})
    )

    assert by_weight["magnesium_mg"] == by_portion["magnesium_mg"] == 60
    assert by_portion["source"] == {"code": "own", "release": None, "key": str(own.pk)}


@pytest.mark.parametrize(
    ("fields", "mg"), [({}, 100), ({"servings": 2}, 200), ({"servings": 0.5}, 50), ({"servings": None}, 100)]
)
def test_servings_of_a_supplement_are_logged(api, pill, fields, mg):
    entry = made(api.post("entries/", {"day": DAY, "supplement": str(pill.pk), **fields}))

    assert (entry["kind"], entry["magnesium_mg"], entry["weight_g"]) == ("supplement", mg, None)
    assert entry["source"]["code"] == "label"


@pytest.mark.parametrize(
    ("fields", "mg"),
    [
        ({}, 40),
        ({"magnesium_mg": 0}, 0),
        ({"magnesium_mg": None}, None),
        ({"kind": "water"}, 40),
        ({"kind": "medicine"}, 40),
        ({"kind": "topical"}, 0),
        ({"kind": "topical", "magnesium_mg": None}, 0),
    ],
)
def test_a_name_with_its_magnesium_is_logged(api, fields, mg):
    entry = made(api.post("entries/", quick(**fields)))

    assert entry["magnesium_mg"] == mg
    assert entry["kind"] == fields.get("kind", "food")


def test_an_unknown_value_stays_unknown(api):
    assert made(api.post("entries/", weight(make_food(mg_per_100g=None))))["magnesium_mg"] is None


def test_a_null_is_as_if_it_were_not_there(api, seeds):
    sent = weight(
        seeds, portion=None, quantity=None, time=None, slot=None, supplement=None, kind=None, label=None
    )

    assert made(api.post("entries/", sent))["slot"] == "all_day"


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"weight_g": None}, "weight_g"),
        ({"portion": "1"}, "weight_g"),
        ({"quantity": 2}, "quantity"),
        ({"servings": 1}, "servings"),
        ({"supplement": "1"}, "supplement"),
        ({"kind": "food"}, "kind"),
        ({"label": "Seeds"}, "label"),
        ({"magnesium_mg": 5}, "magnesium_mg"),
        ({"user": 1}, "user"),
        ({"version": 7}, "version"),
        ({"magnesium_ug": 5}, "magnesium_ug"),
        ({"day": None}, "day"),
    ],
)
def test_a_food_goes_with_its_amount_and_nothing_else(api, seeds, fields, field):
    answer = api.post("entries/", weight(seeds, **fields))

    assert answer.status_code == 400, answer.content
    assert field in answer.json()
    assert not Entry.objects.exists()


@pytest.mark.parametrize(
    "sent",
    [
        {"day": DAY},
        {"day": DAY, "kind": "food"},
        {"day": DAY, "label": "Soup"},
        {"day": DAY, "servings": 1},
        {"day": DAY, "weight_g": 100},
        {"day": DAY, "magnesium_mg": 100},
        {},
        None,
    ],
)
def test_half_a_body_is_refused(api, sent):
    answer = api.post("entries/", sent)

    assert answer.status_code == 400
    assert answer.json()


@pytest.mark.parametrize("name", ["food", "portion", "supplement"])
@pytest.mark.parametrize(
    "ref", ["999999999", "9" * 40, "x", "", "\x00", "１", "0199f0a2-6a3b-7cc1-9d55-0c5a3c9d1e11"]
)
def test_what_is_not_there_cannot_be_logged(api, seeds, name, ref):
    bodies = {
        "food": weight(seeds) | {"food": ref},
        "portion": {"day": DAY, "food": str(seeds.pk), "portion": ref},
        "supplement": {"day": DAY, "supplement": ref},
    }

    answer = api.post("entries/", bodies[name])

    assert answer.status_code == (400 if ref in ("", "\x00") else 404)
    assert not Entry.objects.exists()


def test_another_foods_portion_is_not_there(api, seeds):
    other = make_food("Rice", portions=[("1 cup", 158)]).portions.get()

    assert (
        api.post("entries/", {"day": DAY, "food": str(seeds.pk), "portion": str(other.pk)}).status_code == 404
    )


def test_logging_costs_few_queries(api, seeds, django_assert_num_queries):
    portion = str(seeds.portions.first().pk)

    with django_assert_num_queries(6):  # token, food, portion; savepoint, insert, release
        made(api.post("entries/", {"day": DAY, "food": str(seeds.pk), "portion": portion}))


# Once --------------------------------------------------------------------------------------------


def test_the_same_body_under_an_id_is_saved_once(api, seeds):
    key = uuid.uuid4()
    first = api.put(f"entries/{key}/", weight(seeds, time="08:30"))

    again = [
        api.put(f"entries/{key}/", weight(seeds, time="08:30:00", weight_g=28.400)),
        api.put(f"entries/{str(key).upper()}/", weight(seeds, time="08:30", slot=None, quantity=None)),
        api.post("entries/", weight(seeds, time="08:30", id=str(key))),
    ]

    assert first.status_code == 201
    assert [answer.status_code for answer in again] == [200, 200, 200]
    assert all(answer.json() == first.json() for answer in again)
    assert Entry.objects.count() == 1


def test_without_an_id_the_same_body_twice_is_two_glasses(api):
    ids = {made(api.post("entries/", quick(kind="water")))["id"] for _ in range(2)}

    assert len(ids) == 2


@pytest.mark.parametrize(
    "other", [{"weight_g": 30}, {"day": "2026-11-21"}, {"time": "09:00"}, {"slot": "night"}]
)
def test_another_body_under_the_id_is_refused(api, seeds, other):
    key = uuid.uuid4()
    api.put(f"entries/{key}/", weight(seeds))

    answer = api.put(f"entries/{key}/", weight(seeds, **other))

    assert answer.status_code == 422
    assert set(answer.json()) == {"detail"}


def test_an_id_that_somebody_else_holds_is_refused(api, stranger, seeds):
    key = uuid.uuid4()
    api.put(f"entries/{key}/", weight(seeds))

    assert stranger.put(f"entries/{key}/", weight(seeds)).status_code == 422
    assert Entry.objects.get().user == api.user


def test_the_body_of_a_changed_entry_is_still_the_same_body(api, seeds):
    key = uuid.uuid4()
    api.put(f"entries/{key}/", weight(seeds))
    changed = api.patch(f"entries/{key}/", {"version": 1, "weight_g": 60}).json()

    again = api.put(f"entries/{key}/", weight(seeds))

    assert (again.status_code, again.json()) == (200, changed)


def test_a_retry_finds_its_entry_though_the_food_was_corrected_or_retired_since(api, seeds):
    key = uuid.uuid4()
    first = api.put(f"entries/{key}/", weight(seeds)).json()
    seeds.current = FoodRevision.objects.create(food=seeds, source=seeds.source, magnesium_ug_per_100g=1)
    seeds.retired_at = "2026-11-22T00:00Z"
    seeds.save()

    again = api.put(f"entries/{key}/", weight(seeds))

    assert (again.status_code, again.json()) == (200, first)
    assert api.put(f"entries/{uuid.uuid4()}/", weight(seeds)).status_code == 404


def test_a_deleted_id_is_gone(api, seeds):
    key = uuid.uuid4()
    api.put(f"entries/{key}/", weight(seeds))
    assert api.delete(f"entries/{key}/", {"version": 1}).status_code == 204

    assert api.put(f"entries/{key}/", weight(seeds)).status_code == 410
    assert api.get(f"entries/{key}/").status_code == 404


def test_the_id_in_the_body_is_the_one_in_the_address(api, seeds):
    key = uuid.uuid4()

    assert api.put(f"entries/{key}/", weight(seeds, id=str(uuid.uuid4()))).status_code == 400
    assert api.put(f"entries/{key}/", weight(seeds, id=str(key))).status_code == 201


@pytest.mark.parametrize(
    "entry_id", ["1", "x", "9" * 40, "%00", "00000000-0000-0000-0000-00000000000g", "{" + "0" * 36]
)
@pytest.mark.parametrize("method", ["GET", "PUT", "PATCH", "DELETE"])
def test_an_address_that_is_no_id_is_404(api, seeds, entry_id, method):
    answer = api.call(method, f"entries/{entry_id}/", weight(seeds) if method == "PUT" else {"version": 1})

    assert (answer.status_code, answer.json()) == (404, {"detail": "Not found."})


# Changing ----------------------------------------------------------------------------------------


@pytest.fixture
def entry(api, seeds):
    return made(api.post("entries/", weight(seeds, weight_g=100)))


def test_a_change_reckons_anew_from_the_pinned_figure(api, seeds, entry):
    seeds.current = FoodRevision.objects.create(food=seeds, source=seeds.source, magnesium_ug_per_100g=1)
    seeds.save()

    answer = api.patch(
        f"entries/{entry['id']}/", {"version": 1, "weight_g": 50, "day": "2026-11-21", "time": "19:05"}
    )

    assert answer.status_code == 200
    changes = {
        "weight_g": 50,
        "magnesium_mg": 275,
        "day": "2026-11-21",
        "time": "19:05",
        "slot": "dinner",
        "version": 2,
    }
    assert answer.json() == entry | changes


def test_an_entry_changes_from_weight_to_portions_and_back(api, seeds, entry):
    cup = str(seeds.portions.get(label="1 cup").pk)
    path = f"entries/{entry['id']}/"

    weights = [
        api.patch(path, {"version": version, **amount}).json().get("weight_g")
        for version, amount in enumerate(
            [{"portion": cup, "quantity": 2}, {"quantity": 0.5}, {"weight_g": 10}], 1
        )
    ]

    assert weights == [128, 32, 10]


def test_servings_and_quick_figures_change(api, pill):
    taken = made(api.post("entries/", {"day": DAY, "supplement": str(pill.pk)}))
    soup = made(api.post("entries/", quick()))

    two = api.patch(f"entries/{taken['id']}/", {"version": 1, "servings": 2}).json()
    unknown = api.patch(
        f"entries/{soup['id']}/", {"version": 1, "label": "Stew", "magnesium_mg": None}
    ).json()

    assert two["magnesium_mg"] == 200
    assert (unknown["label"], unknown["magnesium_mg"]) == ("Stew", None)


@pytest.mark.parametrize(
    "change",
    [
        {"quantity": 2},
        {"servings": 2},
        {"weight_g": 5, "portion": "1"},
        {"weight_g": 5, "quantity": 2},
        {"weight_g": 0},
        {"label": "Other"},
        {"magnesium_mg": 5},
        {"kind": "water"},
        {"food": "1"},
        {"digest": "x"},
        {"day": "9999-01-01"},
        {"version": "1"},
        {"version": True},
        {"version": 10**30},
        {"version": None},
    ],
)
def test_a_change_that_does_not_fit_is_refused(api, entry, change):
    answer = api.patch(f"entries/{entry['id']}/", {"version": 1} | change)

    assert answer.status_code == 400, answer.content
    assert api.get(f"entries/{entry['id']}/").json() == entry


@pytest.mark.parametrize("header", ["1", '"1"', 'W/"1"'])
def test_the_version_may_come_as_if_match(api, entry, header):
    path = f"entries/{entry['id']}/"

    assert api.patch(path, {"weight_g": 5}, headers={"If-Match": header}).json()["version"] == 2
    assert api.delete(path, headers={"If-Match": '"2"'}).status_code == 204


@pytest.mark.parametrize("method", ["PATCH", "DELETE"])
@pytest.mark.parametrize(
    ("body", "header"), [({}, None), (None, None), ({}, "x"), ({}, "*"), ({"version": 1}, '"2"')]
)
def test_a_change_without_one_version_is_refused(api, entry, method, body, header):
    answer = api.call(
        method, f"entries/{entry['id']}/", body, headers={"If-Match": header} if header else None
    )

    assert answer.status_code == 400
    assert "version" in answer.json()


def test_a_stale_change_shows_both_sides(api, entry):
    path = f"entries/{entry['id']}/"
    current = api.patch(path, {"version": 1, "weight_g": 50}).json()

    patched = api.patch(path, {"version": 1, "weight_g": 70, "time": "08:30"})
    deleted = api.delete(path, {"version": 1})

    assert (patched.status_code, deleted.status_code) == (409, 409)
    assert set(patched.json()) == set(deleted.json()) == {"detail", "yours", "current"}
    assert patched.json()["yours"] == {"version": 1, "weight_g": 70, "time": "08:30"}
    assert patched.json()["current"] == deleted.json()["current"] == current
    assert set(current) == FIELDS
