"""A line that says how far a command is: a bar where a person looks on, else a plain line now and then."""

import time
from typing import TextIO

from foods.importing import Progress

BAR = 30
REDRAW_SECONDS, PLAIN_SECONDS = 0.1, 10.0


class ProgressLine:
    """Writes progress to a stream, on one line if that is a terminal."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream
        self.drawn = False
        self.shown_at: float | None = None
        self.every = REDRAW_SECONDS if stream.isatty() else PLAIN_SECONDS

    def show(self, progress: Progress) -> None:
        """Show how far it is, if the last time was long enough ago."""
        now = time.monotonic()
        if not progress.step or (self.shown_at is not None and now - self.shown_at < self.every):
            return
        first, self.shown_at = self.shown_at is None, now
        if self.stream.isatty():
            self.stream.write(f"\r\x1b[2K{bar(progress)}{text(progress)}")
            self.drawn = True
        elif not first:
            self.stream.write(f"{text(progress)}\n")
        self.stream.flush()

    def say(self, sentence: str) -> None:
        """Write a sentence on a line of its own."""
        self.end()
        self.stream.write(f"{sentence}\n")
        self.stream.flush()

    def end(self) -> None:
        """Leave the line."""
        if self.drawn:
            self.stream.write("\r\x1b[2K")
            self.stream.flush()
        self.drawn = False


def bar(progress: Progress) -> str:
    """Return the bar, "" where it is not known how much there is."""
    if not progress.total:
        return ""
    filled = min(BAR * progress.done // progress.total, BAR)
    return f"[{'#' * filled}{'.' * (BAR - filled)}] "


def text(progress: Progress) -> str:
    """Return "Reading rows: 6,240 of 7,812, 1,150 rows a second, about 2 s left"."""
    said = f"{progress.step}: {progress.done:,}"
    if progress.total is not None:
        said += f" of {progress.total:,}"
    if progress.rate is not None:
        said += f", {progress.rate:,.0f} rows a second"
    if progress.seconds_left is not None:
        said += f", about {left(progress.seconds_left)} left"
    return said


def left(seconds: float) -> str:
    """Return a span as a person says it: "2 s", "3 min", "1 h 5 min"."""
    if seconds < 90:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 90 else f"{minutes // 60} h {minutes % 60} min"
