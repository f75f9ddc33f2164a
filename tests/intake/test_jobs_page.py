"""The page of the jobs: where each stands and whose it is never; try again and stop, by who may."""

import datetime as dt
from uuid import uuid4

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.db import transaction
from django.utils import timezone

from foods.models import FoodImport
from intake import jobs
from intake.models import DayMark, Job
from intake.tending import TOO_LONG, WORDS, cancel, job_counts, retry, span_text, standing
from tests.factories import make_user

pytestmark = pytest.mark.django_db
PAGE = "/admin/intake/job/"
NOW = dt.datetime(2026, 11, 22, 10, 30, tzinfo=dt.UTC)
SECOND = dt.timedelta(seconds=1)
STATES = ["queued", "running", "done", "failed", "cancelled"]


def make_job(kind="export", state="queued", **fields):
    return Job.objects.create(kind=kind, state=state, **{"created_at": NOW, **fields})


def page(client, query=""):
    response = client.get(PAGE + query)
    assert response.status_code == 200
    return response.content.decode()


# The page ----------------------------------------------------------------------------------------


def test_nothing_on_the_page_tells_whose_a_job_is(client, curator):
    owner = make_user("owner@example.org")
    make_job(
        user=owner, dedupe_key=f"export:{owner.pk}", cursor={"after": "2026-11-01"}, payload={"days": 777}
    )

    shown = page(client)

    assert "Export of a diary" in shown
    for secret in ("owner@", "export:", "2026-11-01", "777"):
        assert secret not in shown


def test_a_job_is_shown_with_its_state_age_attempts_and_error(client, curator):
    make_job(
        state="failed", attempts=5, error="OperationalError", created_at=timezone.now() - 3 * 60 * SECOND
    )

    shown = page(client, "?state=failed")

    for part in ("failed", "3 min", "5<span", "OperationalError", "Try again"):
        assert part in shown


@pytest.mark.parametrize("state", STATES)
def test_the_list_is_filtered_by_state(client, curator, state):
    for each in STATES:
        make_job(state=each, error=f"error of {each}")

    shown = page(client, f"?state={state}")

    assert [each for each in STATES if f"error of {each}" in shown] == [state]
    assert "All 5" in shown


def test_an_import_s_job_leads_to_its_page_and_says_how_far_it_is(client, curator):
    food_import = FoodImport.objects.create(
        file_name="branded.csv", size=1, sha256="0" * 64, done=12_000, total=2_000_000
    )
    make_job("import-read", "running", payload={"import": str(food_import.pk)})
    make_job("import-read", payload={"import": str(uuid4())})  # its import is gone

    shown = page(client)

    assert f'href="/admin/foods/foodimport/{food_import.pk}/change/"' in shown
    assert "branded.csv: 12,000 of 2,000,000 rows" in shown


@pytest.mark.parametrize("number", [1, 60])
def test_the_page_asks_the_database_as_often_for_many_jobs_as_for_few(
    client, curator, django_assert_num_queries, number
):
    for place in range(number):
        food_import = FoodImport.objects.create(file_name=f"{place}.csv", size=1, sha256="0" * 64)
        make_job("import-read", payload={"import": str(food_import.pk)})

    # Session and curator; two for the rights; states, the longest wait, count, page, imports.
    with django_assert_num_queries(9):
        page(client)


def test_a_state_that_is_none_and_a_page_far_off_are_answered(client, curator):
    assert client.get(f"{PAGE}?state=lost").status_code == 404
    assert client.get(f"{PAGE}?state=%00").status_code in (400, 404)
    assert client.get(f"{PAGE}?p=9999999999").status_code == 200
    assert client.get(f"{PAGE}?p=x").status_code == 200


@pytest.mark.parametrize(("seconds", "alert"), [(120, False), (121, True)])
def test_a_job_that_waits_for_more_than_120_s_asks_for_a_worker(seconds, alert):
    make_job(created_at=NOW - seconds * SECOND)
    make_job(state="running", lease_until=NOW + SECOND, created_at=NOW - dt.timedelta(days=1))
    make_job(state="done", created_at=NOW - dt.timedelta(days=1))

    counts = job_counts(NOW)

    assert bool(counts.alert) is alert
    if alert:
        assert counts.alert == "The oldest waiting job has waited for 2 min. Is a worker running?"
    assert counts.by_state == {"queued": 1, "running": 1, "done": 1}


def test_a_long_job_that_was_just_put_back_is_not_late():
    make_job("import-read", lease_until=NOW - SECOND, created_at=NOW - dt.timedelta(hours=2))

    assert job_counts(NOW).alert == ""


def test_the_alert_stands_on_the_page(client, curator):
    make_job(created_at=timezone.now() - 2 * TOO_LONG)

    assert "Is a worker running?" in page(client)


@pytest.mark.parametrize(
    ("state", "lease", "finished", "expected"),
    [
        ("queued", None, None, ("due for 1 min", False)),
        ("queued", -200, None, ("late, due for 3 min", True)),
        ("queued", 8, None, ("due in 8 s", False)),
        ("running", 100, None, ("a worker has it", False)),
        ("running", -30, None, ("its worker went silent; due for 30 s", False)),
        ("running", -300, None, ("its worker went silent; due for 5 min", True)),
        ("done", None, -7200, ("2 h ago", False)),
        ("cancelled", None, None, ("", False)),
    ],
)
def test_where_a_job_stands_is_said_in_words(state, lease, finished, expected):
    lease_until = None if lease is None else NOW + lease * SECOND
    finished_at = None if finished is None else NOW + finished * SECOND

    assert standing(state, lease_until, NOW - 60 * SECOND, finished_at, NOW) == expected


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [
        (-5, "0 s"),
        (0, "0 s"),
        (59, "59 s"),
        (60, "1 min"),
        (7_200, "2 h"),
        (86_400, "1 day"),
        (180_000, "2 days"),
    ],
)
def test_a_time_is_told_in_its_largest_unit(seconds, expected):
    assert span_text(dt.timedelta(seconds=seconds)) == expected


def test_every_kind_of_job_has_a_name_of_its_own():
    assert set(WORDS) == set(jobs.HANDLERS)


# Acts --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", STATES)
def test_what_failed_or_was_stopped_may_be_tried_again_with_attempts_anew(client, curator, state):
    job = make_job(state=state, attempts=5, error="ValueError", cursor={"done": 3}, finished_at=NOW)

    client.post(f"{PAGE}{job.pk}/retry/", {"state": "failed"})

    job.refresh_from_db()
    again = state in ("failed", "cancelled")
    assert (job.state, job.attempts, job.error) == (("queued", 0, "") if again else (state, 5, "ValueError"))
    assert job.cursor == {"done": 3}
    assert LogEntry.objects.filter(object_id=str(job.pk)).exists() is again


@pytest.mark.parametrize("state", STATES)
def test_what_waits_or_runs_may_be_stopped(client, curator, state):
    job = make_job(state=state, dedupe_key="export:1", lease_until=NOW, cursor={"done": 3})

    client.post(f"{PAGE}{job.pk}/cancel/")

    job.refresh_from_db()
    stopped = state in ("queued", "running")
    assert job.state == ("cancelled" if stopped else state)
    assert job.dedupe_key == (None if stopped else "export:1")
    assert job.cursor == {"done": 3}


def test_a_period_that_was_stopped_is_not_asked_for_again():
    jobs.tick(NOW)
    Job.objects.update(created_at=NOW)

    cancel(list(Job.objects.values_list("pk", flat=True)), NOW)
    jobs.tick(NOW + SECOND)

    assert set(Job.objects.values_list("state", flat=True)) == {"cancelled"}


def test_who_may_only_look_cannot_act_and_others_do_not_see_the_page(client):
    job = make_job(state="failed")
    person = make_user()
    client.force_login(person)
    assert client.get(PAGE).status_code == 302

    person.is_staff = True
    person.save()
    assert client.get(PAGE).status_code == 403

    person.user_permissions.add(Permission.objects.get(codename="view_job"))
    shown = page(client)
    assert "Try again" not in shown
    assert client.post(f"{PAGE}{job.pk}/retry/").status_code == 403
    assert client.post(f"{PAGE}{job.pk}/cancel/").status_code == 403
    job.refresh_from_db()
    assert job.state == "failed"


def test_an_act_wants_a_job_a_post_and_a_name(client, curator):
    job = make_job(state="failed")

    assert client.post(f"{PAGE}{uuid4()}/retry/").status_code == 404
    assert client.get(f"{PAGE}{job.pk}/retry/").status_code == 405
    for address in (f"{job.pk}/change/", f"{job.pk}/delete/", "add/", f"{job.pk}/history/"):
        assert client.get(f"{PAGE}{address}").status_code in (302, 404)
    assert "owner" not in page(client)


def test_an_act_that_comes_too_late_says_so(client, curator):
    job = make_job(state="done")

    response = client.post(f"{PAGE}{job.pk}/cancel/", {"state": "\0"}, follow=True)

    assert "Nothing was changed" in response.content.decode()


# What a worker sees ------------------------------------------------------------------------------


def test_a_worker_whose_job_is_stopped_saves_nothing_more():
    user = make_user()
    job = make_job("marks", user=user)
    held = jobs.claim(job.pk, NOW)
    cancel([job.pk], NOW)

    with pytest.raises(jobs.LeaseLost), transaction.atomic():  # noqa: PT012
        DayMark.objects.create(user=user, day=dt.date(2026, 11, 2), mark="complete")
        jobs.renew(held, NOW + SECOND)

    assert not DayMark.objects.exists()
    assert Job.objects.get(pk=job.pk).state == "cancelled"
    assert jobs.run(job.pk, clock=lambda: NOW) is None


def test_a_stopped_job_that_is_tried_again_is_not_the_first_worker_s_any_more():
    job = make_job(user=make_user())
    first = jobs.claim(job.pk, NOW)
    cancel([job.pk], NOW)
    assert retry([job.pk], NOW + SECOND) == 1

    second = jobs.claim(job.pk, NOW + SECOND)

    assert second.attempts == 1
    with pytest.raises(jobs.LeaseLost):
        jobs.renew(first, NOW + 2 * SECOND)


def test_a_job_that_is_tried_again_is_nudged(settings, monkeypatch, django_capture_on_commit_callbacks):
    sent = []
    monkeypatch.setattr("intake.tending.nudge", sent.append)
    job = make_job(state="failed")

    with django_capture_on_commit_callbacks(execute=True):
        retry([job.pk, uuid4()], NOW)

    assert sent == [job.pk]
