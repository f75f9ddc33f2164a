"""How a line of the log is written: names of what happened, never what a person wrote."""

import logging
from types import TracebackType

_VALUES = ("DETAIL:", "CONTEXT:")  # PostgreSQL's words for the row that failed


class LineFormatter(logging.Formatter):
    """A line, and the traceback without the values that the database says did not fit."""

    def formatException(  # noqa: N802 (as logging names it)
        self,
        ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None],
    ) -> str:
        """Return the traceback as text."""
        lines = super().formatException(ei).splitlines()
        return "\n".join(line for line in lines if not line.lstrip().startswith(_VALUES))
