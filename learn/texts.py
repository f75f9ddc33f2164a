"""PURE: the built-in texts and sources, as the files in `builtin/` hold them.

A page is a file: `# Title`, a summary, `Reviewed: 2026-11-22`, then sections in Markdown, each under its
`## Title {#anchor}`.
"""

import datetime as dt
import re
import tomllib
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Literal

FOLDER = Path(__file__).resolve().parent / "builtin"
PAGES = (  # in the order they are listed
    "magnesium",
    "food",
    "band",
    "forms",
    "topical",
    "careful",
    "evidence",
    "claims",
    "sources",
)
Status = Literal["source", "copy", "computed", "none"]

_HEAD = re.compile(r"# (?P<title>.+)\n\n(?P<summary>.+)\n\nReviewed: (?P<date>\d{4}-\d\d-\d\d)\n")
_SECTION = re.compile(r"^## (.+) \{#([a-z0-9-]+)\}$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class BuiltinSection:
    """A section: the anchor of links, its title, its Markdown, when it was last held against its sources."""

    anchor: str
    title: str
    markdown: str
    last_reviewed: dt.date


@dataclass(frozen=True, slots=True)
class BuiltinPage:
    """A page and its sections in order."""

    slug: str
    title: str
    summary: str
    sections: tuple[BuiltinSection, ...]


@dataclass(frozen=True, slots=True)
class BuiltinSource:
    """A source: a key for texts, a short name, what it is, where it stands, and how it was read."""

    key: str
    short: str
    title: str
    where: str = ""
    url: str = ""
    status: Status = "source"


@cache
def builtin_pages() -> tuple[BuiltinPage, ...]:
    """Return the pages in the order they are listed."""
    return tuple(page_from(slug, (FOLDER / f"{slug}.md").read_text("utf-8")) for slug in PAGES)


@cache
def builtin_sources() -> tuple[BuiltinSource, ...]:
    """Return the sources by key."""
    rows = tomllib.loads((FOLDER / "sources.toml").read_text("utf-8"))
    return tuple(BuiltinSource(key, **row) for key, row in sorted(rows.items()))


def page_from(slug: str, text: str) -> BuiltinPage:
    """Read a page's file. Raises ValueError if it does not begin as one does."""
    head = _HEAD.match(text)
    if head is None:
        raise ValueError(f"{slug}: a page begins with its title, its summary and when it was reviewed")
    reviewed = dt.date.fromisoformat(head["date"])
    cuts = [*_SECTION.finditer(text), None]
    sections = tuple(
        BuiltinSection(
            anchor=cut[2],
            title=cut[1],
            markdown=text[cut.end() : after.start() if after else len(text)].strip(),
            last_reviewed=reviewed,
        )
        for cut, after in pairwise(cuts)
        if cut
    )
    return BuiltinPage(slug, head["title"], head["summary"], sections)
