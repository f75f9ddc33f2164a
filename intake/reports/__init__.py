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
from intake.reports.plan import DayPlan, PlannedDose, PlannedStack, day_plan, is_waiting
from intake.reports.stacks import StackRow, StackState, stack_rows, stack_state
from intake.reports.targets import Aims, aims, aims_of, choice_of, standing_of
from intake.reports.timing import MedicineRow, conditions_of, day_timing, medicine_rows
from intake.reports.week import TOP_SOURCES, TopSource, WeekReport, week_report

__all__ = [
    "TOP_SOURCES",
    "Aims",
    "AppliedReport",
    "DayPlan",
    "DayReport",
    "EntryChange",
    "EntryRow",
    "FoodOffer",
    "Meal",
    "MedicineRow",
    "Offer",
    "OfferList",
    "PlannedDose",
    "PlannedStack",
    "Sent",
    "SourceRef",
    "StackRow",
    "StackState",
    "TopSource",
    "WeekReport",
    "aims",
    "aims_of",
    "applied_report",
    "applied_reports",
    "choice_of",
    "conditions_of",
    "contributions",
    "day_plan",
    "day_report",
    "day_timing",
    "day_totals",
    "entry_row",
    "is_waiting",
    "kept_figures",
    "medicine_rows",
    "offer_list",
    "offered_changes",
    "offered_difference",
    "stack_rows",
    "stack_state",
    "standing_of",
    "week_report",
]
