"""`manage.py start`: everything a person needs to see the pages: data, server and worker, ended together."""

import os
import signal
import socket
import subprocess
import sys
import time
from types import FrameType
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

HOST = "127.0.0.1"
THREADS = 8
STOP_SECONDS = 35  # gunicorn lets requests end for up to 30 s
MAX_FIELDS, MAX_FIELD_SIZE = 60, 8190  # headers of a request, and bytes of one


class Command(BaseCommand):
    help = "Prepare the database and the pages, then serve them on this machine with a worker beside."
    requires_system_checks = ()

    def handle(self, **options: Any) -> None:
        try:
            self.prepare()
        except KeyboardInterrupt:
            raise CommandError("Stopped before it was ready.") from None
        self.serve()

    def prepare(self) -> None:
        """Bring database, pages and built-in data up to date. Raises CommandError if the port is in use."""
        port = settings.PORT
        refuse_port_in_use(port)
        call_command("migrate", verbosity=0, interactive=False)
        call_command("collectstatic", verbosity=0, interactive=False)
        call_command("load_builtin", stdout=self.stdout)
        self.stdout.write(
            f"\n  Midband: http://localhost:{port}\n"
            "  Sign up there, or run `make demo` in another terminal for a diary to look at.\n"
            "  Ctrl-C stops it.\n\n"
        )
        self.stdout.flush()

    def serve(self) -> None:
        """Run server and worker until a signal. Raises CommandError if one of them ends by itself."""
        commands = {"server": gunicorn_command(settings.PORT)}
        if not settings.BROKER_URL:
            commands["worker"] = [sys.executable, "manage.py", "work", "--end-with-stdin"]
        ended = Children(commands).watch()
        if ended:
            raise CommandError(
                f"The {ended} ended by itself, so the rest was stopped. Its last words are above."
            )
        self.stdout.write("Midband has stopped.")


class Children:
    """Processes that live and end together.

    Each is in a session of its own, so that only we send it signals, and its standard input is a pipe that
    ends with us, however we end.
    """

    def __init__(self, commands: dict[str, list[str]]) -> None:
        self.stopping = False
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._stop)
        self.lifeline, ours = os.pipe()
        os.set_inheritable(ours, False)
        self.running = {
            name: subprocess.Popen(  # noqa: S603 (our own commands)
                command, stdin=self.lifeline, start_new_session=True, cwd=settings.BASE_DIR
            )
            for name, command in commands.items()
        }

    def watch(self) -> str:
        """Wait for a signal or a child's end, then end all; return the child's name, "" for a signal."""
        ended = ""
        while not self.stopping and not ended:
            ended = next((name for name, child in self.running.items() if child.poll() is not None), "")
            time.sleep(0.1)
        self.end()
        return "" if self.stopping else ended

    def end(self) -> None:
        """Ask every child to end, and after 35 s make it."""
        for child in self.running.values():
            child.terminate()
        give_up_at = time.monotonic() + STOP_SECONDS
        for child in self.running.values():
            try:
                child.wait(timeout=max(0.1, give_up_at - time.monotonic()))
            except subprocess.TimeoutExpired:
                os.killpg(child.pid, signal.SIGKILL)
                child.wait()

    def _stop(self, number: int, frame: FrameType | None) -> None:
        self.stopping = True


def gunicorn_command(port: int) -> list[str]:
    """Return the command line of one server process with eight threads, for this machine alone."""
    # No limit to the request line, so that too long a question gets our own answer; only this machine asks.
    return [
        sys.executable, "-m", "gunicorn", "config.wsgi", "--bind", f"{HOST}:{port}",
        "--config", "python:config.lifeline",
        "--worker-class", "gthread", "--workers", "1", "--threads", str(THREADS), "--keep-alive", "30",
        "--no-control-socket", "--log-level", "warning",
        "--limit-request-line", "0", "--limit-request-fields", str(MAX_FIELDS),
        "--limit-request-field_size", str(MAX_FIELD_SIZE),
    ]  # fmt: skip


def refuse_port_in_use(port: int) -> None:
    """Raise CommandError with what to do if something listens on the port already."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            raise CommandError(
                f"Port {port} cannot be used ({error.strerror}): stop what uses it, or choose another, "
                f"for example `make run PORT={port + 1}`."
            ) from None
