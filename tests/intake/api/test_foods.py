"""Foods: the answer's shape, own foods among them, provenance."""

from decimal import Decimal

import pytest

from foods.models import FoodRevision
from foods.search import reindex
from foods.services import correct_food
from intake.services import make_own_food
from tests import factories
from tests.factories import make_source

SEEDS = "Pumpkin seeds, roasted"


def make_food(*args, **fields):
    """Return a food that the search knows."""
    food = factories.make_food(*args, **fields)
    reindex([food.pk])
    return food


@pytest.fixture
def seeds(db):
    return make_food(SEEDS, mg_per_100g=550, portions=[("1 oz", 28.35)], category="Nuts")


def results(answer):
    assert answer.status_code == 200, answer.content
    return answer.json()["results"]


def test_a_search_finds_foods_in_the_shape_of_the_contract(api, seeds):
    found = results(api.get("foods/?q=pumpkin+see&limit=20"))

    assert found == [
        {
            "id": str(seeds.pk),
            "name": SEEDS,
            "brand": "",
            "category": "Nuts",
            "source": {"code": "usda-sr-legacy", "release": "2018-04", "key": seeds.source_key},
            "magnesium_mg_per_100g": 550.0,
            "portions": [{"id": str(seeds.portions.get().pk), "label": "1 oz", "weight_g": 28.35}],
        }
    ]


@pytest.mark.parametrize(("mg", "shown"), [(None, None), (0, 0)])
def test_unknown_is_null_and_zero_is_zero(api, mg, shown):
    make_food(SEEDS, mg_per_100g=mg)

    assert results(api.get("foods/?q=pumpkin"))[0]["magnesium_mg_per_100g"] == shown


def test_own_foods_are_found_by_their_owner_alone(api, stranger):
    own = make_own_food(
        user=api.user,
        name="Pumpkin bread of mine",
        magnesium_mg_per_100g=Decimal("61.5"),
        portion_label="1 slice",
        portion_weight_g=Decimal(40),
    )

    mine, theirs = (results(caller.get("foods/?q=pumpkin+bread")) for caller in (api, stranger))

    assert mine[0]["id"] == str(own.pk)
    assert mine[0]["magnesium_mg_per_100g"] == 61.5
    assert mine[0]["portions"] == [{"id": str(own.pk), "label": "1 slice", "weight_g": 40.0}]
    assert theirs == []
    assert api.get(f"foods/{own.pk}/").json()["name"] == "Pumpkin bread of mine"
    assert stranger.get(f"foods/{own.pk}/").status_code == 404


@pytest.mark.parametrize(
    "path", ["foods/", "foods/?q=", "foods/?q=+++", "foods/?q=%F0%9F%8E%83", "foods/?q=%00"]
)
def test_a_search_without_words_finds_nothing(api, seeds, path):
    assert results(api.get(path)) == []


@pytest.mark.parametrize(
    ("limit", "status"),
    [
        (1, 200),
        (100, 200),
        (0, 400),
        (101, 400),
        (-1, 400),
        ("x", 400),
        ("", 400),
        ("２", 400),
        (10**30, 400),
    ],
)
def test_a_limit_lies_from_1_to_100(api, seeds, limit, status):
    answer = api.get(f"foods/?q=pumpkin&limit={limit}")

    assert answer.status_code == status
    assert ("limit" in answer.json()) is (status == 400)


def test_a_limit_holds(api):
    for number in range(4):
        make_food(f"Pumpkin {number}")

    assert len(results(api.get("foods/?q=pumpkin&limit=3"))) == 3


def test_an_endless_search_is_refused(api):
    assert api.get(f"foods/?q={'x' * 10_000}").status_code == 400


def test_a_search_costs_few_queries(api, django_assert_max_num_queries):
    for number in range(30):
        make_food(f"Pumpkin {number}", portions=[("1 cup", 100)])

    with django_assert_max_num_queries(4):
        assert len(results(api.get("foods/?q=pumpkin&limit=30"))) == 30


def test_a_food_shows_where_each_of_its_figures_comes_from(api, seeds, django_assert_num_queries):
    newer = FoodRevision.objects.create(
        food=seeds,
        source=make_source("usda-foundation", "2025-04", "FD"),
        source_key="2515380",
        magnesium_ug_per_100g=500_000,
        min_ug=480_000,
        max_ug=515_000,
        n=8,
        derivation="analysed",
    )
    first, seeds.current = seeds.current, newer
    seeds.save()

    with django_assert_num_queries(4):
        food = api.get(f"foods/{seeds.pk}/").json()

    assert food["magnesium_mg_per_100g"] == 500
    assert (food["n"], food["min"], food["max"], food["derivation"]) == (8, 480, 515, "analysed")
    assert food["source"] == {"code": "usda-foundation", "release": "2025-04", "key": "2515380"}
    assert [revision["id"] for revision in food["revisions"]] == [str(newer.pk), str(first.pk)]
    older = food["revisions"][1]
    assert (older["magnesium_mg_per_100g"], older["n"], older["min"], older["derivation"]) == (
        550,
        None,
        None,
        None,
    )


@pytest.mark.parametrize(
    "food_id",
    ["0", "999999999", "9" * 40, "-1", "1.0", "1%00", "x", "１２", "0199f0a2-6a3b-7cc1-9d55-0c5a3c9d1e11"],
)
def test_a_food_that_is_not_there_is_404(api, seeds, food_id):
    answer = api.get(f"foods/{food_id}/")

    assert answer.status_code == 404
    assert answer.json() == {"detail": "Not found."}


def test_the_api_says_that_a_curator_corrected_a_figure_and_not_who(api, seeds):
    correct_food(
        food=seeds, magnesium_mg_per_100g=Decimal(540), author="ada@example.org", reason="Newer analysis"
    )

    answer = api.get(f"foods/{seeds.pk}/")

    assert [(one["author"], one["reason"]) for one in answer.json()["revisions"]] == [
        ("curator", "Newer analysis"),
        (None, None),
    ]
    assert "ada" not in answer.content.decode()
