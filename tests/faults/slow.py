"""Loaded by a worker under test: slices that take a while or are held; turns and leases as short as asked."""

import datetime as dt
import os
import time
from pathlib import Path

from intake import exports, jobs

_slice = exports.export_slice


def slowly(job):
    time.sleep(float(os.environ.get("TEST_SLICE_SECONDS", "0")))
    return _slice(job)


def held(job):
    """Wait before the second slice while the file is there, outside the transaction: nobody is locked out."""
    while job.cursor and Path(os.environ["TEST_HOLD"]).exists():
        time.sleep(0.05)


exports.export_slice = slowly
if "TEST_HOLD" in os.environ:
    jobs.PREPARING["export"] = "tests.faults.slow.held"
if "TEST_TURN_SECONDS" in os.environ:
    jobs.TURN = dt.timedelta(seconds=float(os.environ["TEST_TURN_SECONDS"]))
if "TEST_LEASE_SECONDS" in os.environ:
    jobs.LEASE = dt.timedelta(seconds=float(os.environ["TEST_LEASE_SECONDS"]))
