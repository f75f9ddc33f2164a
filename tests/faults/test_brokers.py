"""Jobs through a real Celery worker and a real broker; without the broker they wait and nothing is lost."""

import socket

import pytest

from tests import machine
from tests.faults.test_workers import STATE, WHOLE, seed

pytestmark = pytest.mark.faults

BROKERS = {"redis": machine.REDIS_URL, "rabbitmq": machine.RABBITMQ_URL}


@pytest.fixture(params=BROKERS)
def broker(request, installation):
    url = BROKERS[request.param]
    if not machine.answers(url):
        pytest.skip(f"no {request.param} on this machine")
    installation.env["BROKER_URL"] = url
    yield url
    installation.end()
    installation.manage("shell", "--no-imports", "-c", REMOVE_QUEUE)


REMOVE_QUEUE = """
from config.celery import app
from config.settings import BROKER_URL
queue = app.conf.task_default_queue
if BROKER_URL.startswith("redis"):
    import redis
    with redis.Redis.from_url(BROKER_URL) as client:
        for key in client.scan_iter(f"{queue}:*"):
            client.delete(key)
else:
    with app.connection_for_write() as connection:
        connection.default_channel.queue_delete(queue)
        connection.default_channel.exchange_delete(queue)
"""


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

    installation.wait_for(STATE, "done", seconds=60)


def test_a_job_goes_through_the_broker_and_is_done_once_however_often_its_message_comes(installation, broker):
    job = installation.python(seed(5_000))
    again = f"from intake.tasks import run_job; [run_job.delay('{job}') for _ in range(5)]; print(1)"
    installation.python(again)

    worker(installation)
    installation.wait_for(STATE, "done", seconds=60)

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
