"""The command line: the demo account, and one turn of the worker."""

import datetime as dt
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command

from intake import exports
from intake.models import ApiToken, DayMark, Entry, Job, OwnProduct, Target, User
from intake.reports import stack_rows
from intake.services import token_digest
from tests.factories import make_compound, make_food, make_user

NOW = dt.datetime(2026, 11, 22, 10, 30, tzinfo=dt.UTC)


def run(*arguments):
    out = StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue()


# demo --------------------------------------------------------------------------------------------


@pytest.fixture
def _some_data(db):
    make_food()
    make_compound()


@pytest.mark.usefixtures("_some_data")
def test_a_demo_account_without_days_has_no_entry_and_no_target_and_may_log_at_once():
    run("demo", "--email", "New@Example.org", "--password", "a password of mine", "--days", "0")

    user = User.objects.select_related("profile").get()
    assert user.email == "new@example.org"
    assert user.check_password("a password of mine")
    assert user.profile.welcomed_at is not None
    assert not Entry.objects.exists()
    assert not Target.objects.exists()


@pytest.mark.usefixtures("_some_data")
def test_the_token_is_the_last_word_of_the_last_line():
    out = run("demo", "--days", "0", "--token")

    token = out.rstrip("\n").splitlines()[-1].split()[-1]
    assert ApiToken.objects.get().digest == token_digest(token)


@pytest.mark.usefixtures("_some_data")
def test_a_password_is_made_up_and_printed():
    first = run("demo", "--days", "0").split("password  ")[1].split()[0]

    assert User.objects.get(email="demo@example.org").check_password(first)
    assert len(first) >= 12


@pytest.mark.usefixtures("_some_data")
def test_a_second_run_reuses_the_account_and_makes_a_fresh_token():
    run("demo", "--days", "0", "--password", "a password of mine", "--token")
    out = run("demo", "--days", "0", "--password", "another password", "--token")

    assert "already" in out
    assert User.objects.get().check_password("a password of mine")
    assert ApiToken.objects.count() == 2
    assert token_digest(out.split()[-1]) in ApiToken.objects.values_list("digest", flat=True)


@pytest.mark.usefixtures("_some_data")
@pytest.mark.parametrize(
    "arguments", [("--days", "-1"), ("--days", "100000"), ("--email", "no address"), ("--email", "")]
)
def test_what_cannot_be_is_refused_in_words(arguments):
    with pytest.raises(CommandError, match="--"):
        run("demo", *arguments)

    assert not User.objects.exists()


@pytest.mark.django_db
def test_a_demo_diary_is_believable_and_the_same_each_time():
    with time_machine.travel(NOW, tick=False):
        run("demo", "--email", "a@example.org", "--days", "60")
        run("demo", "--email", "b@example.org", "--days", "60")

    a, b = User.objects.order_by("email")
    rows = [
        sorted(map(str, Entry.objects.of(user).values_list("day", "slot", "at", "label", "magnesium_ug")))
        for user in (a, b)
    ]
    totals = {row["day"]: row for row in Entry.objects.of(a).daily()}
    known_mg = sorted(
        sum(row[f"{part}_ug"] for part in ("food", "water", "added")) / 1000 for row in totals.values()
    )
    assert rows[0] == rows[1]
    assert 50 <= len(totals) < 60
    assert max(totals) == NOW.date()
    assert 200 <= known_mg[len(known_mg) // 2] <= 600
    assert any(row["unknown"] for row in totals.values())
    assert any(row["added_ug"] == 100_000 for row in totals.values())
    assert any(row["added_ug"] == 0 for row in totals.values())
    assert DayMark.objects.of(a).filter(mark="partial").exists()
    assert OwnProduct.objects.of(a).get(serving="1 capsule").magnesium_ug_per_serving == 100_000
    kept = {row.name: row.kept for row in stack_rows(a, NOW.date())}
    assert kept["Now and then"] is None
    assert 0.5 < kept["Evening"].taken / kept["Evening"].planned < 1
    assert Target.objects.of(a).count() == 1


# work --------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_one_turn_of_the_worker_does_what_is_due():
    job = exports.ask_export(user=make_user())

    run("work", "--once")

    assert Job.objects.get(pk=job.pk).state == Job.State.DONE
