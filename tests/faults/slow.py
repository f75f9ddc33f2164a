"""Loaded by a Celery worker under test: slices that take a while, and turns and leases as short as asked."""

import datetime as dt
import os
import time

from intake import exports, jobs

_slice = exports.export_slice


def slowly(job):
    time.sleep(float(os.environ.get("TEST_SLICE_SECONDS", "0.3")))
    return _slice(job)


exports.export_slice = slowly
if "TEST_TURN_SECONDS" in os.environ:
    jobs.TURN = dt.timedelta(seconds=float(os.environ["TEST_TURN_SECONDS"]))
if "TEST_LEASE_SECONDS" in os.environ:
    jobs.LEASE = dt.timedelta(seconds=float(os.environ["TEST_LEASE_SECONDS"]))
