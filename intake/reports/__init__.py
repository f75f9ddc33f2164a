"""Answers: what a day and a week hold. Every door (page, chart, REST, export) asks these."""

from intake.reports.applied import AppliedReport, applied_report, applied_reports, kept_figures
from intake.reports.contributions import Sent, contributions
from intake.reports.corrections import (
    EntryChange,
    FoodOffer,
    Offer,
    OfferList,
    offer_list,
    offered_changes,
    offered_difference,
)
from intake.reports.day import DayReport, EntryRow, Meal, SourceRef, day_report, day_totals, entry_row
from intake.reports.targets import Aims, aims, aims_of, choice_of, standing_of
from intake.reports.week import TOP_SOURCES, TopSource, WeekReport, week_report

__all__ = [
    "TOP_SOURCES",
    "Aims",
    "AppliedReport",
    "DayReport",
    "EntryChange",
    "EntryRow",
    "FoodOffer",
    "Meal",
    "Offer",
    "OfferList",
    "Sent",
    "SourceRef",
    "TopSource",
    "WeekReport",
    "aims",
    "aims_of",
    "applied_report",
    "applied_reports",
    "choice_of",
    "contributions",
    "day_report",
    "day_totals",
    "entry_row",
    "kept_figures",
    "offer_list",
    "offered_changes",
    "offered_difference",
    "standing_of",
    "week_report",
]
