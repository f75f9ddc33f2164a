"""Jobs through a real Celery worker and a real broker; without the broker they wait and nothing is lost."""

import os
import signal
import socket
import time

import pytest

from tests import leftovers, machine
from tests.faults.proxy import Door
from tests.faults.test_workers import CANCEL, PARTS, STATE, WHOLE, seed

pytestmark = pytest.mark.faults

BROKERS = {"redis": machine.REDIS_URL, "rabbitmq": machine.RABBITMQ_URL}


@pytest.fixture(params=BROKERS)
def broker(request, installation):
    url = BROKERS[request.param]
    if not machine.answers(url):
        pytest.skip(f"no {request.param} on this machine")
    installation.env["BROKER_URL"] = url
    leftovers.note("queue", installation.env["TEST_QUEUE"])
    yield url
    installation.end()
    leftovers.drop_queue(installation.env["TEST_QUEUE"])


@pytest.fixture
def door(broker, installation):
    """The broker behind a door of its own."""
    door = Door(broker)
    installation.env["BROKER_URL"] = door.url
    yield door
    installation.end()
    installation.env["BROKER_URL"] = broker
    door.end()


TICK = "from django.utils import timezone; jobs.tick(timezone.now()); print(1)"


def worker(installation, *more):
    schedule = str(installation.folder / "beat")
    options = ["--concurrency", "1", "--loglevel", "INFO", "--without-mingle", "--without-gossip"]
    return installation.spawn("-m", "celery", "-A", "config", "worker", *options, "-s", schedule, *more)


def test_a_job_whose_message_was_lost_is_found_by_the_tick(installation, broker):
    url = installation.env.pop("BROKER_URL")
    installation.python(seed(100))
    installation.env["BROKER_URL"] = url
    worker(installation)

    installation.python("from intake.tasks import jobs_tick; jobs_tick.delay(); print(1)")

    installation.wait_for(STATE, "done")


def test_a_job_goes_through_the_broker_and_is_done_once_however_often_its_message_comes(installation, broker):
    job = installation.python(seed(5_000))
    again = f"from intake.tasks import run_job; [run_job.delay('{job}') for _ in range(5)]; print(1)"
    installation.python(again)

    worker(installation)
    installation.wait_for(STATE, "done")

    assert installation.python(WHOLE) == [5_001, 5_001, 1]
    assert "run_job" in installation.said()
    assert "person@" not in installation.said()
    assert "entry 1" not in installation.said()


@pytest.mark.parametrize("scheme", ["redis", "amqp"])
def test_a_refused_broker_delays_the_job_and_nothing_else(installation, scheme):
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        installation.env["BROKER_URL"] = f"{scheme}://127.0.0.1:{unused.getsockname()[1]}//"
        seconds = installation.python(
            "import time; user = User.objects.create_user('person@example.org');"
            "started = time.monotonic(); exports.ask_export(user=user);"
            "print(json.dumps(time.monotonic() - started))"
        )

    assert seconds < 0.5
    assert installation.query(STATE) == [("queued",)]


ASK = """
import threading
from django.test import Client
from intake.models import User
client = Client(raise_request_exception=True)
client.force_login(User.objects.get(email='person@example.org'))
def on_its_way():
    return sum(thread.name == 'nudge' for thread in threading.enumerate())
water = client.post('/2026-11-16/water/', {'entry_id': '01930000-0000-7000-8000-000000000001'}).status_code
export = client.post('/settings/export/').status_code
print(json.dumps([water, export, on_its_way()]))
"""


def test_a_frozen_broker_is_waited_for_by_no_request_and_the_job_is_done_when_it_thaws(installation, door):
    installation.python("User.objects.create_user('person@example.org'); print(1)")
    installation.env["ALLOWED_HOSTS"] = "testserver"
    door.freeze()

    # The answers were there while the message still waited for the broker.
    assert installation.python(ASK) == [302, 302, 1]
    assert installation.query(STATE) == [("queued",)]

    door.open()
    worker(installation)
    installation.python(TICK)
    installation.wait_for(STATE, "done")


def test_a_worker_whose_broker_was_killed_comes_back_with_it(installation, door):
    worker(installation)
    installation.python(seed(100))
    installation.wait_for(STATE, "done")
    installation.wait_to_hear("succeeded")
    time.sleep(1)  # the message is let go: a worker cut off in that moment waits for a restart

    door.shut()
    time.sleep(3)
    installation.python("user = User.objects.get(); exports.ask_export(user=user); print(1)")
    assert sorted(installation.query(STATE)) == [("done",), ("queued",)]
    door.open()

    for _ in range(12):  # the tick comes every minute; here sooner
        time.sleep(3)
        installation.python(TICK)
        if installation.query(STATE) == [("done",), ("done",)]:
            break
    assert installation.query(STATE) == [("done",), ("done",)]


def test_a_job_whose_broker_is_lost_half_way_is_done_once_all_the_same(installation, door):
    installation.env |= {"TEST_SLICE_SECONDS": "0.5", "TEST_LEASE_SECONDS": "4"}
    worker(installation)
    installation.python(seed(20_000))
    installation.wait_for(f"SELECT ({PARTS}) >= 2", 1)

    door.shut()
    time.sleep(1)
    door.open()
    for _ in range(12):  # the tick comes every minute; here sooner
        time.sleep(3)
        installation.python(TICK)
        if installation.query(STATE) == [("done",)]:
            break

    assert installation.python(WHOLE)[:2] == [20_001, 20_001]


def test_an_idle_worker_keeps_its_connection(installation, broker):
    worker(installation)
    installation.wait_to_hear("ready.")
    time.sleep(15)  # three times the socket's time limit

    installation.python(seed(100))
    installation.wait_for(STATE, "done", seconds=30)  # no tick comes here to make up for it

    for trouble in ("lost", "Timeout", "Traceback", "ERROR", "CRITICAL"):
        assert trouble not in installation.said()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGQUIT])
def test_a_worker_asked_to_stop_ends_its_turn_and_another_goes_on(installation, broker, number):
    installation.env |= {"TEST_SLICE_SECONDS": "0.5", "TEST_TURN_SECONDS": "3"}
    first = worker(installation)
    installation.python(seed(20_000))
    installation.wait_for(f"SELECT ({PARTS}) >= 1", 1)

    os.kill(first.pid, number)
    first.wait(timeout=40)

    assert installation.query(STATE) == [("queued",)]
    worker(installation)
    installation.wait_for(STATE, "done")
    assert installation.python(WHOLE) == [20_001, 20_001, 1]


def test_a_job_of_many_turns_outlives_the_children_that_work_on_it(installation, broker):
    installation.env |= {"TEST_SLICE_SECONDS": "0", "TEST_TURN_SECONDS": "0", "TEST_TASKS_PER_CHILD": "1"}
    worker(installation)
    installation.python(seed(9_000))

    installation.wait_for(STATE, "done", seconds=180)

    assert installation.python(WHOLE) == [9_001, 9_001, 1]


def test_a_job_that_is_stopped_is_let_go_by_its_worker(installation, broker, tmp_path):
    hold = tmp_path / "hold"
    hold.touch()
    installation.env["TEST_HOLD"] = str(hold)
    worker(installation)
    installation.python(seed(20_000))
    installation.wait_for(PARTS, 1)

    assert installation.python(CANCEL) == 1
    hold.unlink()
    installation.wait_to_hear("or cancelled")

    assert installation.query(PARTS) == [(1,)]
    assert installation.query(STATE) == [("cancelled",)]


@pytest.mark.parametrize("broker", ["rabbitmq"], indirect=True)
def test_the_queue_of_rabbitmq_is_a_quorum_queue_on_a_topic_exchange(installation, broker):
    worker(installation)
    installation.python(seed(100))
    installation.wait_for(STATE, "done")

    assert installation.python(DECLARED) == [True, True, False, False]
    assert "delayed" not in installation.said().lower()


# Declaring what is there under other terms is refused; under its own it is not.
DECLARED = """
from amqp.exceptions import PreconditionFailed
from config.celery import app
name = app.conf.task_default_queue
def same(act):
    with app.connection_for_write() as connection:
        try:
            act(connection.default_channel)
        except PreconditionFailed:
            return False
        return True
def queue(kind):
    terms = {'x-queue-type': kind} if kind else {}
    return same(lambda channel: channel.queue_declare(name, durable=True, auto_delete=False, arguments=terms))
def exchange(kind):
    return same(lambda channel: channel.exchange_declare(name, kind, durable=True, auto_delete=False))
print(json.dumps([queue('quorum'), exchange('topic'), queue('classic'), exchange('direct')]))
"""
