"""How many rows of each verdict publishing takes, kept as they are chosen: no page counts them."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from foods.importing.verdicts import taken
from foods.models import FoodImport, ImportRow

Verdict = ImportRow.Verdict
TAKES = "takes"  # in FoodImport.counts, by verdict, once something was chosen


def takes(food_import: FoodImport, verdict: str) -> int:
    """Return how many rows of a verdict publishing takes, as chosen so far."""
    return _takes(food_import.counts, verdict)


def is_taken(row: ImportRow) -> bool:
    """Say whether publishing takes anything of a row."""
    return bool(taken(row.verdict, row.fields, row.reason, row.choices))


def moved(counts: Mapping[str, Any], more: Mapping[str, int]) -> dict[str, Any]:
    """Return the counts with so many more rows taken, by verdict."""
    now = {verdict: _takes(counts, verdict) + number for verdict, number in Counter(more).items() if number}
    return {**counts, TAKES: {**counts.get(TAKES, {}), **now}}


def all_chosen(counts: Mapping[str, Any], verdict: str, choice: str) -> dict[str, Any]:
    """Return the counts once one choice was made for all rows of a verdict; "" is the default."""
    others = {name: number for name, number in counts.get(TAKES, {}).items() if name != verdict}
    if choice:
        others[verdict] = counts.get(verdict, 0) if choice == ImportRow.Choice.TAKE else 0
    return {**counts, TAKES: others}


def _takes(counts: Mapping[str, Any], verdict: str) -> int:
    if verdict in (said := counts.get(TAKES, {})):
        return int(said[verdict])
    by_default = {
        Verdict.NEW: counts.get("new", 0),
        Verdict.CHANGED: counts.get("changed", 0) - counts.get("lost", 0),
    }
    return int(by_default.get(Verdict(verdict), 0))
