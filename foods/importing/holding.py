"""Who works on an import on this machine: a lock beside its file that goes with the process, however it ends.

It only spares waiting for the lease of a command that was killed; that work is done once is up to the lease.
"""

import contextlib
import fcntl
import os
from pathlib import Path

from django.conf import settings

from foods.models import FoodImport

_held: dict[str, int] = {}  # open files, by import


def hold(food_import: FoodImport) -> None:
    """Show that this process works on the import, if no other one does."""
    name = food_import.pk.hex
    if name in _held:
        return
    with contextlib.suppress(OSError):
        handle = _opened(name)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(handle)
        else:
            _held[name] = handle


def let_go(food_import: FoodImport) -> None:
    """Show that this process is done with the import."""
    if (handle := _held.pop(food_import.pk.hex, None)) is not None:
        _path(food_import.pk.hex).unlink(missing_ok=True)
        os.close(handle)


def is_abandoned(food_import: FoodImport) -> bool:
    """Say whether no process of this machine shows that it works on the import."""
    try:
        handle = os.open(_path(food_import.pk.hex), os.O_RDWR)
    except OSError:
        return True
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    finally:
        os.close(handle)
    return True


def _opened(name: str) -> int:
    Path(settings.SPOOL_DIR).mkdir(parents=True, exist_ok=True, mode=0o700)
    return os.open(_path(name), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)


def _path(name: str) -> Path:
    return Path(settings.SPOOL_DIR) / f"{name}.lock"
