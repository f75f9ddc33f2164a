"""Calls at the same moment, on a database that threads share as processes do."""

import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest
from django.db import connections


@pytest.fixture
def _in_a_file(transactional_db, tmp_path):
    """Move SQLite's test database from memory to a file: threads lock one in memory in another way."""
    memory = connections["default"]
    if memory.vendor != "sqlite" or not memory.is_in_memory_db():
        yield
        return
    memory.ensure_connection()
    with closing(sqlite3.connect(tmp_path / "test.sqlite3")) as copy:
        memory.connection.backup(copy)
        copy.execute("PRAGMA journal_mode=WAL")  # as `migrate` leaves a file: changing over wants it alone
    settings = connections.settings["default"]
    connections.settings["default"] = {**settings, "NAME": str(tmp_path / "test.sqlite3")}
    del connections["default"]
    yield
    connections["default"].close()
    connections.settings["default"] = settings
    connections["default"] = memory


@pytest.fixture
def together(_in_a_file):
    """Run calls at the same moment, each in a thread with a connection of its own."""

    def run(calls):
        barrier = threading.Barrier(len(calls))

        def one(call):
            try:
                barrier.wait(10)
                return call()
            finally:
                connections.close_all()

        with ThreadPoolExecutor(len(calls)) as pool:
            return list(pool.map(one, calls))

    return run
