"""Any sequence of imports, corrections, retirements, undoings and publishings, against a model in Python."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from foods import importing
from foods.models import Edition, Food
from foods.search import search_foods
from foods.services import correct_food, retire_food
from tests.foods.importing.conftest import row, seen, work, write_csv

KEYS = "abc"
WHO = {"author": "curator@example.org", "reason": "A better figure"}
ACTS = st.one_of(
    st.tuples(st.just("bring"), st.dictionaries(st.sampled_from(KEYS), st.integers(1, 4), min_size=1)),
    st.tuples(st.just("correct"), st.sampled_from(KEYS), st.integers(6, 9)),
    st.tuples(st.just("retire"), st.sampled_from(KEYS)),
    st.tuples(st.just("undo")),
    st.tuples(st.just("publish_again"), st.integers(0, 2)),
)


class Model:
    """Foods by key as [value, who gave it, retired, alive], and what each published import changed."""

    def __init__(self):
        self.foods, self.rows, self.published, self.undone = {}, {}, {}, []

    def shown(self):
        return {key: mg for key, (mg, _, retired, alive) in self.foods.items() if alive and not retired}

    def publish(self, number):
        changes = {}
        for key, mg in self.rows[number].items():
            food = self.foods.get(key)
            if food is None:
                self.foods[key], changes[key] = [mg, number, False, True], None
            elif not food[3]:
                food[:] = [mg, food[1] if food[0] == mg else number, food[2], True]
                changes[key] = None
            elif not food[2] and food[1] != "curator" and food[0] != mg:
                changes[key] = food[:2]
                food[:2] = mg, number
        self.published[number] = changes

    def undo(self, number):
        for key, before in self.published.pop(number).items():
            food = self.foods[key]
            if before is None:
                food[3] = False
            elif food[1] == number and not food[2]:
                food[:2] = before
        self.undone.append(number)


@pytest.mark.usefixtures("_folder")
class Sequences(TestCase):
    """Each example runs in a transaction of its own."""

    @pytest.fixture
    def _folder(self, tmp_path):
        self.folder = tmp_path

    @settings(max_examples=15)
    @given(st.lists(ACTS, max_size=8))
    def test_readers_see_what_the_model_says(self, sequence):
        self.model, self.imports = Model(), {}
        for number, (act, *said) in enumerate(sequence):
            getattr(self, act)(number, *said)
            self.check()

    def check(self):
        expected = self.model.shown()
        assert {key: ug // 1000 for key, (_, ug) in seen().items()} == expected
        assert not Edition.objects.filter(settled=False).exists()
        assert not Food.objects.exclude(edition=None, upcoming=None, details=None).exists()
        for key in KEYS:
            found = {hit.name: hit.magnesium_ug_per_100g for hit in search_foods(f"Food {key * 3}")}
            assert found == ({f"Food {key * 3}": expected[key] * 1000} if key in expected else {})

    def bring(self, number, rows):
        self.model.rows[number] = rows
        path = self.folder / f"{number}.csv"
        lines = [row(key, mg, f"Food {key * 3}") for key, mg in rows.items()]
        self.imports[number] = importing.start_import(
            write_csv(path, lines, "test", str(number)), path.name, release=str(number)
        )
        work()
        self.publish(number)

    def publish(self, number):
        importing.publish(self.imports[number])
        work()
        self.imports[number].refresh_from_db()
        assert self.imports[number].state == "published"
        self.model.publish(number)

    def undo(self, number):
        if self.model.published:
            last = [*self.model.published][-1]
            importing.undo(self.imports[last])
            work()
            self.model.undo(last)

    def publish_again(self, number, index):
        if index < len(self.model.undone):
            self.publish(self.model.undone.pop(index))

    def correct(self, number, key, mg):
        if self.model.shown().get(key, mg) != mg:
            food = Food.objects.get(source_key=key)
            correct_food(food=food, magnesium_mg_per_100g=Decimal(mg), **WHO)
            self.model.foods[key][:2] = mg, "curator"

    def retire(self, number, key):
        if key in self.model.shown():
            retire_food(food=Food.objects.get(source_key=key), **WHO)
            self.model.foods[key][2] = True
