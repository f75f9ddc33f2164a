"""Imports: a file is kept, read, compared, laid beside the foods, shown by one switch, and undone exactly."""

from foods.importing.acts import choose, choose_all, discard, publish, resume, start_import, undo
from foods.importing.clearing import clear_rows, clear_spool
from foods.importing.holding import is_abandoned
from foods.importing.progress import Preview, Progress, Summary, preview, progress, rows_page, summary
from foods.importing.settling import hidden_sources

__all__ = [
    "Preview",
    "Progress",
    "Summary",
    "choose",
    "choose_all",
    "clear_rows",
    "clear_spool",
    "discard",
    "hidden_sources",
    "is_abandoned",
    "preview",
    "progress",
    "publish",
    "resume",
    "rows_page",
    "start_import",
    "summary",
    "undo",
]
