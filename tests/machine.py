"""What the machine the tests run on has: databases, brokers, a browser. Nothing here is asked of the network
but loopback, unless `install_chromium` is called."""

import os
import shutil
import socket
import subprocess
import sys
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

BASE_DIR = Path(__file__).resolve().parent.parent
POSTGRES_URL = os.environ.get("TEST_POSTGRES_URL", "postgres://postgres@127.0.0.1:5432/postgres")
REDIS_URL = os.environ.get("TEST_REDIS_URL", "redis://127.0.0.1:6379/13")
RABBITMQ_URL = os.environ.get("TEST_RABBITMQ_URL", "amqp://guest:guest@127.0.0.1:5672//")
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


@cache
def answers(url: str) -> bool:
    """Say whether something listens where a URL points."""
    parts = urlsplit(url)
    try:
        with socket.create_connection((parts.hostname or "127.0.0.1", parts.port or 0), timeout=2):
            return True
    except OSError:
        return False


@cache
def postgres_problem() -> str:
    """Return why PostgreSQL cannot be used, "" if it can."""
    import psycopg

    try:
        with psycopg.connect(POSTGRES_URL, connect_timeout=3) as connection:
            connection.execute("SELECT 1")
    except psycopg.Error as error:
        return str(error).strip().splitlines()[0]
    return ""


def sample_data() -> Path | None:
    """Return the folder of the real food tables that MIDBAND_SAMPLE_DATA names, if it is there."""
    folder = os.environ.get("MIDBAND_SAMPLE_DATA", "")
    return Path(folder) if folder and Path(folder).is_dir() else None


@cache
def chromium() -> str | None:
    """Return the path of a Chromium: $CHROMIUM, the machine's, else Playwright's own; None without one."""
    named = os.environ.get("CHROMIUM")
    if named:
        return named
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    return found or _playwrights_own()


def install_chromium() -> str | None:
    """Let Playwright install its Chromium, if it can within five minutes; return its path or None."""
    command = [sys.executable, "-m", "playwright", "install", "chromium", "--only-shell"]
    try:
        subprocess.run(command, timeout=300, check=True, stdout=subprocess.DEVNULL)
    except (OSError, subprocess.SubprocessError):
        return None
    return _playwrights_own()


def _playwrights_own() -> str | None:
    caches = (
        os.environ.get("PLAYWRIGHT_BROWSERS_PATH"),
        Path.home() / ".cache/ms-playwright",
        Path.home() / "Library/Caches/ms-playwright",
    )
    names = ("chrome-headless-shell", "headless_shell", "chrome", "Chromium")
    for folder in filter(None, caches):
        for name in names:
            found = sorted(Path(folder).glob(f"chromium*/**/{name}"))
            if found:
                return str(found[-1])
    return None
