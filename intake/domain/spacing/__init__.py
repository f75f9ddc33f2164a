"""PURE: added magnesium and medicines: the rules, and what they make of a day's actual times."""

from intake.domain.spacing.lane import Clash, DayLane, Dose, Listed, Span, Taking, day_lane
from intake.domain.spacing.rule import WINS, Mode, Rule, hours
from intake.domain.spacing.rules import RULES, rule_of

__all__ = [
    "RULES",
    "WINS",
    "Clash",
    "DayLane",
    "Dose",
    "Listed",
    "Mode",
    "Rule",
    "Span",
    "Taking",
    "day_lane",
    "hours",
    "rule_of",
]
