"""Everyday queries against the real built-in foods: the food a person means comes first, or nearly."""

import csv
from pathlib import Path

from django.db import connection
from django.test import TestCase

from foods.models import Food
from foods.search import rebuild, search_foods
from foods.search.staples import FIRST, STAPLES
from foods.services import load_builtin
from foods.text import folded

with Path(__file__).with_name("golden.csv").open(encoding="utf-8", newline="") as file:
    GOLDEN = {row["query"]: row["expected"].split("|") for row in csv.DictReader(file)}


class TestBuiltinFoods(TestCase):
    """All built-in foods, loaded once for the tests below: a class, since only that shares rows."""

    @classmethod
    def setUpTestData(cls):
        load_builtin()

    def test_golden_set_is_large_and_names_foods_that_exist(self):
        names = set(Food.objects.values_list("name", flat=True))

        assert len(GOLDEN) >= 80
        assert [name for expected in GOLDEN.values() for name in expected if name not in names] == []

    def test_first_answer_is_the_food_that_is_meant_and_the_first_five_hold_it(self):
        found = {query: [hit.name for hit in search_foods(query, limit=5)] for query in GOLDEN}
        not_first = [query for query, expected in GOLDEN.items() if not set(found[query][:1]) & set(expected)]
        not_in_five = [query for query, expected in GOLDEN.items() if not set(found[query]) & set(expected)]

        assert len(not_first) <= 0.2 * len(GOLDEN), not_first
        assert len(not_in_five) <= 0.03 * len(GOLDEN), not_in_five

    def test_first_answer_of_a_common_food_offers_a_portion_and_has_a_value(self):
        for query in ("spinach", "pumpkin seeds", "milk", "egg", "banana", "bread", "salmon", "almonds"):
            first = search_foods(query)[0]

            assert first.portions, query
            assert first.magnesium_ug_per_100g is not None, query

    def test_boiled_follows_raw_spinach(self):
        names = [hit.name for hit in search_foods("spinach", limit=2)]

        assert names == ["Spinach, raw", "Spinach, cooked, boiled, drained, without salt"]

    def test_no_food_is_answered_twice(self):
        for query in ("m", "ch", "chicken", "without salt", "raw", "bananna", "9", "e r"):
            ids = [hit.id for hit in search_foods(query, limit=100)]

            assert len(ids) == len(set(ids)) > 0, query

    def test_every_staple_is_a_built_in_food(self):
        names = {folded(name) for name in Food.objects.values_list("name", flat=True)}

        assert sorted(STAPLES - names) == []
        assert FIRST < STAPLES

    def test_a_second_rebuild_changes_nothing(self):
        before = _tables()

        assert rebuild() == Food.objects.count()
        assert _tables() == before


def _tables():
    with connection.cursor() as cursor:
        cursor.execute("SELECT place, food_id, name, head, words FROM foods_search ORDER BY place")
        foods = cursor.fetchall()
        cursor.execute("SELECT word, plain, foods FROM foods_search_vocabulary ORDER BY word")
        return foods, cursor.fetchall()
