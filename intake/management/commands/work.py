"""`manage.py work`: does the jobs of the table where no broker is set; more of them may run side by side."""

import logging
import os
import signal
import threading
import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import DatabaseError, InterfaceError, close_old_connections, connections
from django.utils import timezone

from intake import jobs

logger = logging.getLogger(__name__)

TICK_SECONDS = 60
PAUSE_SECONDS = 1.0
AWAY_SECONDS = 3.0  # between tries while the database is away


class Command(BaseCommand):
    help = "Do background jobs from the table, until SIGTERM or Ctrl-C."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="do what is due now, then end")
        parser.add_argument(
            "--end-with-stdin", action="store_true", help="stop when standard input ends: the starter is gone"
        )

    def handle(self, *, once: bool, end_with_stdin: bool, **options: Any) -> None:
        if once:
            now = timezone.now()
            jobs.tick(now)
            self.stdout.write(f"{jobs.run_due(now)} jobs done")
            return

        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, lambda *_: stop.set())
        if end_with_stdin:
            threading.Thread(target=_stop_at_end_of_stdin, args=(stop,), daemon=True).start()
        _loop(stop)


def _loop(stop: threading.Event) -> None:
    ticked_at: float | None = None
    while not stop.is_set():
        pause = PAUSE_SECONDS
        try:
            close_old_connections()
            if ticked_at is None or time.monotonic() - ticked_at >= TICK_SECONDS:
                jobs.tick(timezone.now())
                ticked_at = time.monotonic()
            if jobs.run_due(timezone.now(), stopping=stop.is_set):
                continue  # a long job was put back, or something came meanwhile: look again at once
        except (DatabaseError, InterfaceError) as error:
            logger.warning("the database is away, trying again: %s", type(error).__name__)
            connections.close_all()
            pause = AWAY_SECONDS
        stop.wait(pause)


def _stop_at_end_of_stdin(stop: threading.Event) -> None:
    while os.read(0, 1024):
        pass
    stop.set()
