"""Two of the same at the same moment: one row, and each caller is told the truth."""

import uuid

import pytest

from intake.models import Entry
from tests.factories import make_food

pytestmark = pytest.mark.django_db(transaction=True)
DAY = "2026-11-22"
CALLERS = 8


def test_the_same_body_at_the_same_moment_is_one_entry(api, together):
    food = make_food()
    path, sent = f"entries/{uuid.uuid4()}/", {"day": DAY, "food": str(food.pk), "weight_g": 28}

    answers = together([lambda: api.put(path, sent)] * CALLERS)

    assert sorted(answer.status_code for answer in answers) == [200] * (CALLERS - 1) + [201]
    assert Entry.objects.count() == 1


def test_of_different_bodies_under_one_id_one_wins(api, together):
    food = make_food()
    path = f"entries/{uuid.uuid4()}/"

    answers = together(
        [
            lambda g=g: api.put(path, {"day": DAY, "food": str(food.pk), "weight_g": g})
            for g in range(1, CALLERS + 1)
        ]
    )

    assert sorted(answer.status_code for answer in answers) == [201] + [422] * (CALLERS - 1)
    assert Entry.objects.count() == 1


def test_of_changes_to_one_version_one_wins(api, together):
    made = api.post("entries/", {"day": DAY, "kind": "food", "label": "Soup", "magnesium_mg": 1}).json()

    answers = together(
        [
            lambda mg=mg: api.patch(f"entries/{made['id']}/", {"version": 1, "magnesium_mg": mg})
            for mg in range(CALLERS)
        ]
    )

    won = [answer for answer in answers if answer.status_code == 200]
    assert sorted(answer.status_code for answer in answers) == [200] + [409] * (CALLERS - 1)
    assert won[0].json() == api.get(f"entries/{made['id']}/").json()


def test_of_first_choices_at_the_same_moment_none_is_lost_without_a_word(api, together):
    answers = together(
        [lambda mg=mg: api.patch("profile/", {"ceiling_mg": mg}) for mg in range(1, CALLERS + 1)]
    )

    assert {answer.status_code for answer in answers} <= {200, 409}
    assert 200 in {answer.status_code for answer in answers}
    assert api.get("profile/").json()["ceiling_mg"] is not None
