"""PURE: a label's file, or a folder of them, read as if a stranger had made it."""

from pathlib import Path

from supplements.sources.dsld import read_label
from supplements.sources.records import LabelFile, Unreadable
from supplements.sources.texts import tidy

MAX_BYTES = 4_000_000  # the longest label of all has a tenth of it
MAX_FILES = 500_000


def label_files(path: Path) -> list[Path]:
    """Return the files to read: the one that was named, or each .json of a folder, by name.

    Raises Unreadable if there is none, or more than half a million.
    """
    if not path.is_dir():
        return [path]
    found = sorted(file for file in path.rglob("*.json") if file.is_file() and not file.is_symlink())
    if not found:
        raise Unreadable(path.name, "the folder holds no .json file.")
    if len(found) > MAX_FILES:
        raise Unreadable(path.name, f"the folder holds more than {MAX_FILES:,} files.")
    return found


def read_file(path: Path) -> LabelFile:
    """Return the label in a file. Raises Unreadable if it is no label or cannot be read."""
    name = tidy(path.name, 120)
    try:
        if path.stat().st_size > MAX_BYTES:
            raise Unreadable(name, f"the file is larger than {MAX_BYTES:,} bytes.")
        data = path.read_bytes()
    except OSError as problem:
        raise Unreadable(name, f"the file cannot be read: {problem.strerror}.") from None
    return read_label(data, name)
