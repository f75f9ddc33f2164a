"""Files to import: copied below SPOOL_DIR under names of our own, hashed, synced, and removed in time."""

import contextlib
import datetime as dt
import hashlib
import os
import re
import shutil
import stat
import time
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from uuid import uuid4

from django.conf import settings
from django.core.exceptions import ValidationError

CHUNK = 1 << 20
KEEP = dt.timedelta(days=7)  # after the import ended
LEAST_FREE = 1 << 30  # bytes; below it nothing is begun
TIMES_THE_FILE = 4  # what a file takes as its copy, as rows beside the foods, and as foods
_NAME = re.compile(r"[0-9a-f]{32}")
_OF_A_FOLDER = {".csv", ".txt", ".json", ".xls", ".xlsx"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Spooled:
    """A copy of a file: its name below SPOOL_DIR, its size in bytes and its SHA-256."""

    name: str
    size: int
    sha256: str


def keep(path: Path) -> Spooled:
    """Copy a file, or the tables of a folder as one zip, and return what was kept once it is on the disk.

    Raises ValidationError if there is no such file, or no room.
    """
    if not path.exists():
        raise ValidationError("There is no such file.")
    folder = Path(settings.SPOOL_DIR)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    require_space(_size(path))
    name = uuid4().hex
    part = folder / f"{name}.part"
    try:
        digest, size = _copied(path, part)
        part.rename(folder / name)
        _sync_folder(folder)
    except OSError as error:
        raise ValidationError(
            f"The file could not be kept: {error.strerror or 'it cannot be read'}."
        ) from error
    finally:
        part.unlink(missing_ok=True)
    return Spooled(name=name, size=size, sha256=digest)


def require_space(size: int = 0) -> None:
    """Raise ValidationError if the disk has less than 1 GB left, or less than four times the file."""
    needed = max(LEAST_FREE, TIMES_THE_FILE * size)
    free = shutil.disk_usage(_existing(Path(settings.SPOOL_DIR))).free
    if free < needed:
        raise ValidationError(
            f"The disk has {free / 1e9:.1f} GB free, and an import of this file needs {needed / 1e9:.1f} GB."
            " Nothing was changed."
        )


def path_of(name: str) -> Path:
    """Return where a copy stands. Raises ValueError for a name that is none of ours."""
    if not _NAME.fullmatch(name):
        raise ValueError("no name of a spooled file")
    return Path(settings.SPOOL_DIR) / name


def scratch_of(name: str) -> Path:
    """Return where a reader keeps what it worked out of a copy, to be quick when that is opened again."""
    return path_of(name).with_suffix(".scratch")


def remove(name: str) -> None:
    """Remove a copy and what was worked out of it; one that is gone already is no matter."""
    if name:
        path_of(name).unlink(missing_ok=True)
        remove_scratch(name)


def remove_scratch(name: str) -> None:
    """Remove what was worked out of a copy: it was read to its end."""
    if name:
        scratch_of(name).unlink(missing_ok=True)


def strays(kept: set[str], older_than: float) -> Iterator[Path]:
    """Yield what lies in the folder, is none of `kept` and was last written before a time in seconds."""
    with contextlib.suppress(FileNotFoundError):
        for found in Path(settings.SPOOL_DIR).iterdir():
            if found.is_file() and found.stem not in kept and found.stat().st_mtime < older_than:
                yield found


def _copied(path: Path, part: Path) -> tuple[str, int]:
    digest = hashlib.sha256()
    if path.is_dir():
        _zip_folder(path, part)
        with part.open("rb") as copy:
            while chunk := copy.read(CHUNK):
                digest.update(chunk)
        return digest.hexdigest(), part.stat().st_size
    size = 0
    with path.open("rb") as source, part.open("xb") as copy:
        if not stat.S_ISREG(os.fstat(source.fileno()).st_mode):
            raise ValidationError("This is no file.")
        while chunk := source.read(CHUNK):
            digest.update(chunk)
            size += copy.write(chunk)
        _sync(copy)
    return digest.hexdigest(), size


def _zip_folder(folder: Path, part: Path) -> None:
    """Put the tables of a folder into a zip that is the same for the same files; links are left out."""
    with part.open("xb") as copy, zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as made:
        for found in _tables(folder):
            member = zipfile.ZipInfo(found.relative_to(folder).as_posix())
            member.compress_type = zipfile.ZIP_DEFLATED
            with found.open("rb") as source, made.open(member, "w", force_zip64=True) as target:
                shutil.copyfileobj(source, target, CHUNK)
    with part.open("rb+") as whole:
        _sync(whole)


def _tables(folder: Path) -> list[Path]:
    return sorted(
        found
        for found in folder.rglob("*")
        if found.suffix.lower() in _OF_A_FOLDER and found.is_file() and not found.is_symlink()
    )


def _size(path: Path) -> int:
    if path.is_dir():
        return sum(found.stat().st_size for found in _tables(path))
    return path.stat().st_size


def _sync(file: IO[bytes]) -> None:
    file.flush()
    os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _existing(folder: Path) -> Path:
    return next(found for found in (folder, *folder.parents) if found.exists())


def seconds_ago(age: dt.timedelta) -> float:
    """Return the time of a file that is so old, in seconds."""
    return time.time() - age.total_seconds()
