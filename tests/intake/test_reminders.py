"""Reminders: off unless asked for, at the person's own time, once, and saying nothing of health."""

import datetime as dt

import pytest
import time_machine
from django.core import mail
from django.core.mail import EmailMessage

from intake import jobs, reminders
from intake.models import Job, Profile
from intake.reports import day_plan
from intake.services import change_profile, remove_routine, stop_routine, take_stack
from tests.factories import make_product, make_stack, make_user

pytestmark = pytest.mark.django_db
MONDAY = dt.date(2026, 11, 16)
NOON = dt.datetime(2026, 11, 16, 12, tzinfo=dt.UTC)
MINUTE = dt.timedelta(minutes=1)


@pytest.fixture(autouse=True)
def _only_reminders(monkeypatch):
    monkeypatch.setattr(jobs, "PERIODIC", {})


@pytest.fixture
def user():
    return make_user("person@example.org")


def turn_on(user, at=NOON):
    with time_machine.travel(at, tick=False):
        change_profile(user=user, reminders=True)


def remind_at(user):
    return Profile.objects.get(user=user).remind_at


def work(at):
    """One tick, and whatever is due then: the finding first, then the mails it asked for."""
    with time_machine.travel(at, tick=False):
        jobs.tick(at)
        for _ in range(2):
            jobs.run_due(at)


def utc(hour, minute=0, day=16):
    return dt.datetime(2026, 11, day, hour, minute, tzinfo=dt.UTC)


def test_nobody_is_reminded_unless_they_ask(user):
    make_stack(user, make_product(), today=MONDAY)

    assert user.profile.reminders is False
    assert remind_at(user) is None
    work(utc(21))
    assert (mail.outbox, Job.objects.count()) == ([], 0)


@pytest.mark.parametrize(("at", "sent"), [(utc(20, 59), 0), (utc(21), 1), (utc(21, 1), 1), (utc(22, 0), 1)])
def test_a_reminder_comes_when_its_time_has_come(user, at, sent):
    make_stack(user, make_product(), today=MONDAY)
    turn_on(user)

    work(at)

    assert len(mail.outbox) == sent


def test_a_reminder_that_would_come_over_an_hour_late_is_let_go(user):
    make_stack(user, make_product(), today=MONDAY)
    turn_on(user)

    work(utc(22, 1))

    assert mail.outbox == []
    assert remind_at(user) == utc(21, day=17)


def test_it_says_nothing_of_health(user, settings):
    settings.SITE_URL = "https://diary.example.org"
    make_stack(user, make_product("Magnesium glycinate"), name="Evening pills", today=MONDAY)
    turn_on(user)

    work(utc(21))

    (message,) = mail.outbox
    assert (message.subject, message.to) == ("A reminder from Midband", ["person@example.org"])
    lines = message.body.split()
    assert [word for word in lines if word.startswith("http")] == [
        "https://diary.example.org/",
        "https://diary.example.org/settings/reminders/",
    ]
    said = f"{message.subject} {message.body}".lower()
    for word in ("magnesium", "pill", "dose", "supplement", "medicine", "health", "take", "evening"):
        assert word not in said


@pytest.mark.parametrize(
    ("tz", "starts_at", "moment"),
    [
        ("UTC", dt.time(0), utc(21)),
        ("Europe/Berlin", dt.time(0), utc(20)),
        ("America/New_York", dt.time(0), utc(2, day=17)),
        ("Asia/Kolkata", dt.time(0), utc(15, 30)),
    ],
)
def test_it_comes_by_the_persons_own_clock(user, tz, starts_at, moment):
    make_stack(user, make_product(), today=MONDAY)
    turn_on(user)

    with time_machine.travel(NOON, tick=False):
        change_profile(user=user, tz=tz, day_starts_at=starts_at)

    assert remind_at(user) == moment
    work(moment)
    assert len(mail.outbox) == 1


def test_a_time_after_midnight_belongs_to_the_day_before(user):
    make_stack(user, make_product(), times=("01:00",), weekdays=0b0000001, today=MONDAY)
    turn_on(user)

    with time_machine.travel(NOON, tick=False):
        change_profile(user=user, day_starts_at=dt.time(4))

    assert remind_at(user) == utc(1, day=17)
    work(utc(1, day=17))
    assert len(mail.outbox) == 1


def test_two_schedulers_and_two_workers_are_one_mail(user):
    make_stack(user, make_product(), today=MONDAY)
    turn_on(user)

    for _ in range(3):
        work(utc(21))
    work(utc(21, 1))

    assert len(mail.outbox) == 1
    assert remind_at(user) == utc(21, day=17)


@pytest.mark.django_db(transaction=True)
def test_two_schedulers_at_the_same_moment_are_one_mail(together):
    user = make_user()
    make_stack(user, make_product(), today=MONDAY)
    turn_on(user)

    with time_machine.travel(utc(21), tick=False):
        together([lambda: jobs.tick(utc(21))] * 2)
        for _ in range(2):
            together([lambda: jobs.run_due(utc(21))] * 2)

    assert Job.objects.filter(kind="reminder").count() == len(mail.outbox) == 1


def test_several_stacks_at_one_time_are_one_mail(user):
    for number in range(4):
        make_stack(user, make_product(), name=str(number), today=MONDAY)
    turn_on(user)

    work(utc(21))

    assert len(mail.outbox) == 1


def test_what_is_taken_already_is_not_reminded_of(user):
    routine = make_stack(user, make_product(), make_product(), today=MONDAY)
    turn_on(user)
    (stack,) = day_plan(user, MONDAY).stacks
    doses = {dose.ref: dose.entry_id for dose in stack.open}

    take_stack(user=user, routine_id=routine.pk, day=MONDAY, occasion="21:00", doses=doses, time=None)
    work(utc(21))

    assert mail.outbox == []
    assert remind_at(user) == utc(21, day=17)


def test_each_time_of_a_day_is_reminded_of(user):
    make_stack(user, make_product(), times=("13:00", "21:00"), today=MONDAY)
    turn_on(user)

    for hour in (13, 21):
        work(utc(hour))

    assert len(mail.outbox) == 2


@pytest.mark.parametrize(
    "end",
    [
        lambda user, routine: change_profile(user=user, reminders=False),
        lambda user, routine: stop_routine(user=user, routine_id=routine.pk, today=MONDAY, now=NOON),
        lambda user, routine: remove_routine(user=user, routine_id=routine.pk, now=NOON),
    ],
)
def test_what_ends_ends_its_reminders(user, end):
    routine = make_stack(user, make_product(), today=MONDAY)
    turn_on(user)

    with time_machine.travel(NOON, tick=False):
        end(user, routine)

    assert remind_at(user) is None
    work(utc(21))
    assert mail.outbox == []


def test_one_who_turned_them_off_after_the_job_was_asked_for_gets_none(user):
    make_stack(user, make_product(), today=MONDAY)
    turn_on(user)
    with time_machine.travel(utc(21), tick=False):
        jobs.tick(utc(21))
        jobs.run(Job.objects.get(kind="reminders").pk, clock=lambda: utc(21))
        change_profile(user=user, reminders=False)
        jobs.run_due(utc(21))

    assert mail.outbox == []


def test_a_mail_server_that_is_away_is_tried_again(user, monkeypatch):
    make_stack(user, make_product(), today=MONDAY)
    turn_on(user)
    sent = []

    def send(message, **options):
        if not sent:
            sent.append(message)
            raise ConnectionRefusedError
        return send_for_real(message, **options)

    send_for_real = EmailMessage.send
    monkeypatch.setattr(EmailMessage, "send", send)

    work(utc(21))
    assert mail.outbox == []
    work(utc(21, 1))

    assert len(mail.outbox) == 1


def test_a_slice_says_whether_there_are_more_people(monkeypatch):
    monkeypatch.setattr(reminders, "PEOPLE_A_SLICE", 2)
    product = make_product()
    for _ in range(3):
        person = make_user()
        make_stack(person, product, today=MONDAY)
        turn_on(person)
    with time_machine.travel(utc(21), tick=False):
        jobs.tick(utc(21))
        job = Job.objects.get(kind="reminders")

        more = [reminders.remind_slice(job) for _ in range(2)]

    assert (more, Job.objects.filter(kind="reminder").count()) == ([True, False], 3)


def test_a_tick_asks_one_query_where_nobody_is_due(user, django_assert_num_queries):
    make_stack(user, make_product(), today=MONDAY)
    turn_on(user)

    with django_assert_num_queries(1):
        assert not reminders.due(utc(20, 59))


def test_what_moves_a_reminder_costs_few_queries_and_nothing_where_they_are_off(
    user, django_assert_max_num_queries
):
    with django_assert_max_num_queries(6):  # two of them for a savepoint, two for another
        change_profile(user=user, tz="Europe/Berlin")
    turn_on(user)

    with django_assert_max_num_queries(9):
        change_profile(user=user, tz="UTC")
