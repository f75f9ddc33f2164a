"""PURE: a zip from a stranger: what is looked at before any of it is unpacked."""

import struct
import zipfile
from pathlib import Path, PurePosixPath

from foods.sources.records import Unreadable

MAX_MEMBERS = 10_000
MAX_NAME = 200
MAX_DIRECTORY = 4 * 1024 * 1024
_END, _END_SIZE, _COMMENT = b"PK\x05\x06", 22, 65_535
_END_64, _LOCATOR_64 = b"PK\x06\x06", b"PK\x06\x07"


def is_zip(path: Path) -> bool:
    """Say whether a file begins as a zip does."""
    with path.open("rb") as file:
        return file.read(4) in (b"PK\x03\x04", _END)


def members_of(path: Path, name: str) -> dict[str, zipfile.ZipInfo]:
    """Return the files of a zip by their names in it, in its order.

    Raises Unreadable for one that is cut short, encrypted, out of bounds or made to deceive.
    """
    try:
        if _directory_size(path) > MAX_DIRECTORY:
            raise Unreadable("the zip's list of files is longer than 4 MB.", name)
        with zipfile.ZipFile(path) as zipped:
            infos = zipped.infolist()
    except (zipfile.BadZipFile, struct.error, ValueError, NotImplementedError, OSError) as error:
        if isinstance(error, Unreadable):
            raise
        raise Unreadable("the zip is cut short or damaged.", name) from None
    if len(infos) > MAX_MEMBERS:
        raise Unreadable(f"the zip holds more than {MAX_MEMBERS} files.", name)
    _check_places(infos, path.stat().st_size, name)
    found: dict[str, zipfile.ZipInfo] = {}
    for info in infos:
        _check_member(info, name)
        if info.filename in found:
            raise Unreadable(f"the zip holds {info.filename} twice.", name)
        found[info.filename] = info
    return {member: info for member, info in found.items() if not info.is_dir()}


def _check_member(info: zipfile.ZipInfo, name: str) -> None:
    path = PurePosixPath(info.filename)
    if path.is_absolute() or ".." in path.parts or "\\" in info.filename or info.filename[1:2] == ":":
        raise Unreadable("the zip holds a file name that leads out of it.", name)
    if len(info.filename) > MAX_NAME:
        raise Unreadable(f"the zip holds a file name of more than {MAX_NAME} characters.", name)
    if info.flag_bits & 0x1:
        raise Unreadable(f"{info.filename} is encrypted.", name)
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise Unreadable(f"{info.filename} is packed in a way that Midband does not unpack.", name)


def _check_places(infos: list[zipfile.ZipInfo], size: int, name: str) -> None:
    """Raise Unreadable if two files share bytes of the zip, as in a bomb, or lie outside of it."""
    end = 0
    for info in sorted(infos, key=lambda info: info.header_offset):
        if info.header_offset < end:
            raise Unreadable("files of the zip lie over one another.", name)
        end = info.header_offset + 30 + len(info.filename.encode()) + info.compress_size
    if end > size:
        raise Unreadable("the zip is cut short or damaged.", name)


def _directory_size(path: Path) -> int:
    """Return how many bytes the list of files takes, as the end of the zip says."""
    with path.open("rb") as file:
        size = file.seek(0, 2)
        file.seek(max(0, size - _END_SIZE - _COMMENT - 20))
        tail = file.read()
        place = tail.rfind(_END)
        if place < 0:
            raise zipfile.BadZipFile
        (directory,) = struct.unpack_from("<L", tail, place + 12)
        if tail[place - 20 : place - 16] != _LOCATOR_64:
            return int(directory)
        (where,) = struct.unpack_from("<Q", tail, place - 12)
        file.seek(min(where, size))
        record = file.read(56)
    if not record.startswith(_END_64):
        raise zipfile.BadZipFile
    return int(struct.unpack_from("<Q", record, 40)[0])
