"""Answers: what a day and a week hold. Every door (page, chart, REST, export) asks these."""

from intake.reports.day import DayReport, EntryRow, Meal, SourceRef, day_report, day_totals, entry_row
from intake.reports.targets import Aims, aims, aims_of, choice_of, standing_of
from intake.reports.week import TOP_SOURCES, TopSource, WeekReport, week_report

__all__ = [
    "TOP_SOURCES",
    "Aims",
    "DayReport",
    "EntryRow",
    "Meal",
    "SourceRef",
    "TopSource",
    "WeekReport",
    "aims",
    "aims_of",
    "choice_of",
    "day_report",
    "day_totals",
    "entry_row",
    "standing_of",
    "week_report",
]
