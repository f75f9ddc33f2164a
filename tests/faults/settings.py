"""The settings of the processes under test: queues of their own, so nobody else's messages are touched."""

import os

from config.settings import BROKER_URL, CELERY
from tests.scratch_settings import *  # noqa: F403

QUEUE = os.environ["TEST_QUEUE"]
CELERY = CELERY | {"task_default_queue": QUEUE, "worker_enable_remote_control": False}
if BROKER_URL.startswith("redis"):
    CELERY["broker_transport_options"] |= {"global_keyprefix": f"{QUEUE}:"}
if {"TEST_SLICE_SECONDS", "TEST_TURN_SECONDS", "TEST_LEASE_SECONDS", "TEST_HOLD"} & {*os.environ}:
    CELERY["imports"] = ["tests.faults.slow"]
if "TEST_TASKS_PER_CHILD" in os.environ:
    CELERY["worker_max_tasks_per_child"] = int(os.environ["TEST_TASKS_PER_CHILD"])
