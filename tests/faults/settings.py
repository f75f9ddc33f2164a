"""The settings of the processes under test: queues of their own, so nobody else's messages are touched."""

import os

from config.settings import *  # noqa: F403
from config.settings import BROKER_URL, CELERY

QUEUE = os.environ["TEST_QUEUE"]
CELERY = CELERY | {"task_default_queue": QUEUE, "worker_enable_remote_control": False}
if BROKER_URL.startswith("redis"):
    CELERY["broker_transport_options"] |= {"global_keyprefix": f"{QUEUE}:"}
