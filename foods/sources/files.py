"""PURE: a file, zip or folder that was given, opened as if a stranger had made it."""

import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO, cast

from foods.sources.records import Unreadable
from foods.sources.tables import Block, Table, blocks, decoded
from foods.sources.zips import MAX_MEMBERS, is_zip, members_of

__all__ = ["Given", "Table"]

Bytes = bytes  # which Given.bytes would hide
PIECE = 1024 * 1024
MAX_UNPACKED = 8 * 1024**3  # of all that is read
MAX_RATIO = 200
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError, struct.error)
_DAMAGED = "the file is cut short or damaged inside the zip."
_RATIO_FROM = 4 * PIECE  # a short file may well be packed tighter


class Given:
    """What was given: a zip, a folder or a plain file, and its name as the giver knows it.

    Nothing of it is ever unpacked to disk. `scratch` is a file that a reader may keep what it worked out in,
    to be quick when the same is opened again; it is the caller's to remove. Raises Unreadable where a zip
    cannot be trusted.
    """

    def __init__(self, path: Path, name: str = "", scratch: Path | None = None) -> None:
        self.path = path
        self.name = name or path.name
        self.is_folder = path.is_dir()
        self.scratch = None if self.is_folder else scratch  # a folder cannot be told from a changed one
        self.is_zip = not self.is_folder and is_zip(path)
        self._zipped = members_of(path, self.name) if self.is_zip else {}
        self._unpacked: dict[str, int] = {}
        self.kept: dict[str, Any] = {}  # what one format found in it, so that the next need not look again

    def mark(self) -> str:
        """Return what tells this file from another that stood at its place."""
        about = self.path.stat()
        return f"{about.st_size} {about.st_mtime_ns}"

    def members(self) -> tuple[str, ...]:
        """Return the names of the files in it, with their folders; a plain file is its own name."""
        if self.is_zip:
            return tuple(self._zipped)
        if not self.is_folder:
            return (self.name,)
        files = []
        for path in self.path.rglob("*"):
            if path.is_file() and not path.is_symlink():
                files.append(path.relative_to(self.path).as_posix())
            if len(files) > MAX_MEMBERS:
                raise Unreadable(f"the folder holds more than {MAX_MEMBERS} files.", self.name)
        return tuple(sorted(files))

    def find(self, base: str) -> str | None:
        """Return the file of that name, whatever its case and folder: the one in the fewest folders."""
        found = [member for member in self.members() if _base(member).casefold() == base.casefold()]
        found = [member for member in found if not member.startswith("__MACOSX/")]
        return min(found, key=lambda member: (member.count("/"), member), default=None)

    def pieces(self, member: str) -> Iterator[Bytes]:
        """Yield the bytes of a file in pieces of at most 1 MB. Raises Unreadable if it breaks or swells."""
        with self._open(member) as file:
            done = 0
            while piece := self._read(file, member):
                done += len(piece)
                self._check_size(member, done)
                yield piece

    def bytes(self, member: str, limit: int) -> Bytes:
        """Return all bytes of a file. Raises Unreadable if there are more than `limit`."""
        parts: list[Bytes] = []
        for piece in self.pieces(member):
            parts.append(piece)
            if sum(map(len, parts)) > limit:
                raise Unreadable(f"the file is larger than {limit:,} bytes.", member)
        return b"".join(parts)

    def start(self, member: str, size: int = 4096) -> Bytes:
        """Return the first bytes of a file, for telling what it is."""
        with self._open(member) as file:
            return self._read(file, member, size)

    def lines(self, member: str, encoding: str = "utf-8-sig") -> Iterator[tuple[int, str]]:
        """Yield the number and the text of each line, without its end. Raises Unreadable as `table` does."""
        encoding = "utf-8" if encoding == "utf-8-sig" else encoding
        for first, data in blocks(member, self.pieces(member)):
            text = decoded(member, Block(first, data), encoding)
            for line, part in enumerate(text.removesuffix("\n").split("\n"), first):
                yield line, part.removesuffix("\r")

    def table(
        self, member: str, *, delimiter: str = ",", encoding: str = "utf-8-sig", header: bool = True
    ) -> Table:
        """Return a file as a table. Raises Unreadable, here or while it is read, with the line."""
        return Table(member, self.pieces(member), delimiter=delimiter, encoding=encoding, header=header)

    def _open(self, member: str) -> BinaryIO:
        if not self.is_zip:
            return (self.path / member if self.is_folder else self.path).open("rb")
        try:
            with zipfile.ZipFile(self.path) as zipped:  # the file in it keeps it open for itself
                return cast(BinaryIO, zipped.open(self._zipped[member]))
        except _BROKEN:
            raise Unreadable(_DAMAGED, member) from None

    def _read(self, file: BinaryIO, member: str, size: int = PIECE) -> Bytes:
        try:
            return file.read(size)
        except _BROKEN:
            raise Unreadable(_DAMAGED, member) from None

    def _check_size(self, member: str, done: int) -> None:
        """Count what was unpacked, whatever the zip says of itself."""
        if not self.is_zip:
            return
        self._unpacked[member] = max(done, self._unpacked.get(member, 0))
        if sum(self._unpacked.values()) > MAX_UNPACKED:
            raise Unreadable("more than 8 GB are packed in the zip.", self.name)
        if done > _RATIO_FROM and done > MAX_RATIO * self._zipped[member].compress_size:
            raise Unreadable(f"it is packed more than {MAX_RATIO} times: no real table is.", member)


def _base(member: str) -> str:
    return PurePosixPath(member).name
