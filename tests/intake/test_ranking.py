"""The ranking job: how often each food is logged, whoever logged it."""

import datetime as dt

import pytest

from foods.services import merge_foods
from intake import jobs, ranking
from intake.models import Entry, Job
from tests.factories import make_food, make_user

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 11, 22, 10, 30, tzinfo=dt.UTC)
DAY = dt.date(2026, 11, 22)


def log(food, times, user=None, **fields):
    user = user or make_user()
    for _ in range(times):
        Entry.objects.create(
            user=user, day=DAY, slot="lunch", kind="food", label="-", food_revision=food.current, **fields
        )


@pytest.mark.parametrize("slice_size", [1, 2, 2_000])
def test_uses_are_counted_over_all_people_revisions_and_slices(monkeypatch, slice_size):
    handed_on = []
    monkeypatch.setattr(ranking, "refresh_ranking", handed_on.append)
    monkeypatch.setattr(ranking, "REVISIONS_A_SLICE", slice_size)
    oats, rye, kale = make_food("Oats"), make_food("Rye"), make_food("Kale")
    log(oats, 2)
    log(oats, 1)
    log(rye, 1)
    log(rye, 3, deleted_at=NOW)
    oats.current = oats.revisions.create(source=oats.source, magnesium_ug_per_100g=1)
    log(oats, 4)

    jobs.tick(NOW)
    jobs.run_due(NOW, clock=lambda: NOW)

    assert handed_on == [{oats.pk: 7, rye.pk: 1}]
    job = Job.objects.get(kind="ranking")
    assert (job.state, job.cursor) == (Job.State.DONE, {})
    assert kale.pk not in handed_on[0]


def test_what_was_merged_twice_counts_for_the_food_it_leads_to(monkeypatch):
    handed_on = []
    monkeypatch.setattr(ranking, "refresh_ranking", handed_on.append)
    first, second, last = make_food("Oats, rolled"), make_food("Oat flakes"), make_food("Oats")
    for food in (first, second, last):
        log(food, 1)
    merge_foods(loser=first, winner=second, author="ada", reason="the same")
    merge_foods(loser=second, winner=last, author="ada", reason="the same")

    jobs.tick(NOW)
    jobs.run_due(NOW, clock=lambda: NOW)

    assert handed_on == [{last.pk: 3}]


def test_with_nothing_logged_the_ranking_is_still_handed_on(monkeypatch):
    handed_on = []
    monkeypatch.setattr(ranking, "refresh_ranking", handed_on.append)

    jobs.tick(NOW)
    jobs.run_due(NOW, clock=lambda: NOW)

    assert handed_on == [{}]
