"""PURE: a note, and the order notes stand in."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from intake.domain.references import Citation

Severity = Literal["info", "notice", "caution"]

FOR_EVERYBODY = "ask-a-professional"
_GRAVEST_FIRST: tuple[Severity, ...] = ("caution", "notice", "info")


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A note: code, severity, a title, one sentence, why it is told, its source, the number it is about.

    `learn` is where the Learn pages tell more: a page and its section, as "band#ceiling".
    """

    code: str
    severity: Severity
    title: str
    text: str
    why: str
    source: Citation | None
    number: str
    learn: str

    @property
    def learn_page(self) -> str:
        """The page of `learn`."""
        return self.learn.partition("#")[0]

    @property
    def learn_section(self) -> str:
        """The section of `learn`, "" for the page as a whole."""
        return self.learn.partition("#")[2]


def in_order(notes: Iterable[Note]) -> tuple[Note, ...]:
    """Return notes with the gravest first, what is told to everybody last, else as they were given."""
    return tuple(
        sorted(notes, key=lambda note: (_GRAVEST_FIRST.index(note.severity), note.code == FOR_EVERYBODY))
    )
