"""Everyday queries against the real built-in foods among packaged ones: the food a person means comes first,
or nearly.

What is expected is the name of a built-in food, or "words @ brand": a packaged food with these words in its
name, and of a brand that begins so.
"""

import csv
from pathlib import Path

from django.db import connection
from django.test import TestCase

from foods.models import Food
from foods.search import rebuild, search_foods
from foods.search.staples import FIRST, STAPLES
from foods.services import load_builtin
from foods.text import folded, words
from tests.bench.fill_branded import fill_branded

with Path(__file__).with_name("golden.csv").open(encoding="utf-8", newline="") as file:
    GOLDEN = {row["query"]: row["expected"].split("|") for row in csv.DictReader(file)}


PACKAGED = 30_000


def is_meant(hit, expected):
    """Say whether a food is one of those expected."""
    for text in expected:
        asked, at, brand = text.partition(" @ ")
        if hit.name == text or (
            at
            and hit.brand.casefold().startswith(brand.casefold())
            and set(words(asked)) <= set(words(hit.name))
        ):
            return True
    return False


def answered(found, first):
    """Return the queries for which none of the first so many foods is one that is meant."""
    return [
        query
        for query, expected in GOLDEN.items()
        if not any(is_meant(hit, expected) for hit in found[query][:first])
    ]


class TestMixedFoods(TestCase):
    """All built-in foods and many packaged ones, loaded once for the tests below: a class shares rows."""

    @classmethod
    def setUpTestData(cls):
        load_builtin()
        fill_branded(PACKAGED)

    def test_golden_set_is_large_and_names_foods_that_exist(self):
        names = set(Food.objects.values_list("name", flat=True))

        assert len(GOLDEN) >= 200
        assert [
            name
            for expected in GOLDEN.values()
            for name in expected
            if " @ " not in name and name not in names
        ] == []

    def test_first_answer_is_the_food_that_is_meant_and_the_first_five_hold_it(self):
        found = {query: search_foods(query, limit=5) for query in GOLDEN}
        not_first, not_in_five = answered(found, 1), answered(found, 5)

        assert len(not_first) <= 0.15 * len(GOLDEN), not_first
        assert len(not_in_five) <= 0.02 * len(GOLDEN), not_in_five

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
        cursor.execute("SELECT place, food_id, lexemes FROM foods_search ORDER BY place")
        foods = cursor.fetchall()
        cursor.execute("SELECT word, plain, foods FROM foods_search_vocabulary ORDER BY word")
        return foods, cursor.fetchall()
