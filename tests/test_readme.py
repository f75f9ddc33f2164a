"""The commands that the documents show: each is known, and each is run in a fresh copy of the project."""

import os
import re
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from tests.machine import BASE_DIR

DOCUMENTS = [name for name in ("README.md", "CONTRIBUTING.md") if (BASE_DIR / name).exists()]
RUNNERS = ("make", ".venv/bin/python")
BY_HAND = ("git clone", "cd ")  # the copy stands for these
NOT_OURS = {
    "DATABASE_URL",
    "SECRET_KEY",
    "DJANGO_SETTINGS_MODULE",
    "BROKER_URL",
    "PORT",
    "VIRTUAL_ENV",
    "DEBUG",
}

# Seconds until it is held to hang, with other tests beside it; `make bench` says how fast it is.
MAY_TAKE = 400


def shown(document: str) -> list[str]:
    """Return the commands of a document, without comments: its `sh` blocks, and what stands `in a line`."""
    text = (BASE_DIR / document).read_text()
    lines = [line for block in re.findall(r"(?ms)^```sh\n(.*?)^```$", text) for line in block.splitlines()]
    lines += re.findall(r"`((?:[A-Z_]+=\S+ )*(?:make|\.venv/bin/python manage\.py) [a-z][^`]*)`", text)
    commands = [re.sub(r"(^|\s)#.*$", "", line).strip() for line in lines]
    return [command for command in commands if command and not command.startswith(BY_HAND)]


def make_targets() -> set[str]:
    return set(re.findall(r"(?m)^([a-z]+):", (BASE_DIR / "Makefile").read_text()))


def manage_commands() -> set[str]:
    return {path.stem for path in BASE_DIR.glob("*/management/commands/*.py")} | {
        "createsuperuser",
        "migrate",
        "check",
        "changepassword",
    }


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_command_a_document_shows_is_one_of_ours(document):
    for command in shown(document):
        words = shlex.split(command)
        while "=" in words[0]:
            words.pop(0)
        assert words[0] in RUNNERS, command
        if words[0] == "make":
            targets = [word for word in words[1:] if "=" not in word]
            assert targets, command
            assert set(targets) <= make_targets(), command
        elif words[1] == "manage.py":
            assert words[2] in manage_commands(), command


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    """What a clone of the project as it stands would hold, and nothing that git ignores."""
    folder = tmp_path_factory.mktemp("clone") / "midband"
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=BASE_DIR, capture_output=True, text=True, check=True,
    )  # fmt: skip
    for name in filter(None, listed.stdout.split("\0")):
        if (BASE_DIR / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(BASE_DIR / name, folder / name)
    return folder


@pytest.fixture(scope="module")
def environment():
    """A newcomer's: nothing of ours set, a port that is free, and tests and benchmark cut to a taste."""
    kept = {key: value for key, value in os.environ.items() if key not in NOT_OURS}
    taste = {"PYTEST_ADDOPTS": "tests/test_lock.py", "BENCH_TASTE": "1", "CI": ""}
    return kept | taste | {"PORT": str(free_port())}


@pytest.mark.docs
@pytest.mark.skipif("README.md" not in DOCUMENTS, reason="there is no README.md yet")
@pytest.mark.skipif(shutil.which("git") is None or not (BASE_DIR / ".git").exists(), reason="no git checkout")
def test_the_commands_of_the_documents_work_in_a_fresh_clone(copy, environment):
    commands = list(dict.fromkeys(command for document in DOCUMENTS for command in shown(document)))
    assert "make run" in commands
    commands.sort(key=lambda command: command != "make run")

    for command in commands:
        if re.search(r"DATABASE_URL=|make check|make lock", command):
            # A database of the reader's, all of CI (of which this is a part), a maintainer's tool.
            _do(command.replace("make ", "make --dry-run "), copy, environment)
        elif "make run" in command:
            _serve(re.sub(r"\bPORT=\d+", f"PORT={free_port()}", command), copy, environment)
        else:
            _do(command, copy, environment)


def _do(command: str, folder: Path, environment: dict[str, str]) -> None:
    done = subprocess.run(
        command, shell=True, cwd=folder, env=environment, timeout=300, text=True,
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    assert done.returncode == 0, f"{command}\n{done.stdout}"


def _serve(command: str, folder: Path, environment: dict[str, str]) -> None:
    """Run a server until its first page comes, press Ctrl-C, and look for what it left behind."""
    named = re.search(r"\bPORT=(\d+)", command)
    port = int(named[1] if named else environment["PORT"])
    started = time.monotonic()
    with (folder.parent / "run.log").open("w+") as log:
        server = subprocess.Popen(
            command, shell=True, cwd=folder, env=environment, start_new_session=True,
            stdin=subprocess.DEVNULL, stdout=log, stderr=log,
        )  # fmt: skip
        try:
            while not _page(port):
                assert server.poll() is None, (folder.parent / "run.log").read_text()
                assert time.monotonic() - started < MAY_TAKE, (folder.parent / "run.log").read_text()
                time.sleep(0.1)
            sys.stderr.write(f"\n{command}: {time.monotonic() - started:.0f} s to the first page\n")
            os.killpg(server.pid, signal.SIGINT)
            server.wait(timeout=40)
        finally:
            if server.poll() is None:
                os.killpg(server.pid, signal.SIGKILL)
    assert not _page(port)
    assert _processes_in(folder) == []


def _page(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://localhost:{port}/accounts/login/", timeout=5) as answer:
            return answer.status == 200
    except OSError:
        return False


def _processes_in(folder: Path) -> list[str]:
    """Return the command lines of processes that work in a folder; Linux only."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if (process / "cwd").readlink() == folder:
                found.append((process / "cmdline").read_text().replace("\0", " "))
        except OSError:
            continue
    return found
