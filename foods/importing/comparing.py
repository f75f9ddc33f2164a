"""Records held against the foods that are there: a slice at a time, for staging and for comparing again."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Max

from foods.importing.known import foods_of, twins_of
from foods.importing.verdicts import Finding, Verdict, finding
from foods.models import Food, FoodImport
from foods.sources.records import FoodRecord

ENOUGH_FOODS = 20  # with a value, to speak of a category
MAX_CATEGORIES = 500


@dataclass(slots=True)
class Compared:
    """A record, its place among the staged rows, what it means, and a food it may be the same as."""

    position: int
    record: FoodRecord
    finding: Finding
    twin: int | None = None


@dataclass(slots=True)
class Context:
    """What comparing needs beyond a slice: the categories' extremes, and the foods that have a row."""

    highest: dict[str, list[int]]
    claimed: bytearray = field(default_factory=bytearray)  # a bit a food

    def claim(self, food_id: int) -> bool:
        """Take a food for a row; return whether it was free."""
        byte, bit = food_id >> 3, 1 << (food_id & 7)
        if byte >= len(self.claimed):
            self.claimed.extend(bytes(byte + 1 - len(self.claimed) + (1 << 12)))
        free = not self.claimed[byte] & bit
        self.claimed[byte] |= bit
        return free


def extremes() -> dict[str, list[int]]:
    """Return [highest value, foods with a value] by category, where there are at least twenty. One query."""
    rows = (
        Food.objects.filter(current__magnesium_ug_per_100g__isnull=False, retired_at=None, merged_into=None)
        .exclude(category="")
        .values_list("category")
        .annotate(most=Max("current__magnesium_ug_per_100g"), foods=Count("pk"))
        .filter(foods__gte=ENOUGH_FOODS)
        .order_by("-foods", "category")[:MAX_CATEGORIES]
    )
    return {category: [most, foods] for category, most, foods in rows}


def claims_of(food_import: FoodImport, last: int | None = None) -> Context:
    """Return the context as the rows that are staged left it, those up to the position `last` if given."""
    context = Context(dict(food_import.cursor.get("highest", {})))
    rows = food_import.rows.filter(food__isnull=False).order_by()
    if last is not None:
        rows = rows.filter(position__lte=last)
    for food_id in rows.values_list("food_id", flat=True).iterator(chunk_size=10_000):
        context.claim(food_id)
    return context


def compare(rows: Sequence[tuple[int, FoodRecord]], context: Context) -> list[Compared]:
    """Compare staged rows, each (position, record). A food that has a row already is left to that one."""
    foods = foods_of([record for _, record in rows])
    compared = []
    for (position, record), known in zip(rows, foods, strict=True):
        if known is not None and not context.claim(known.id):
            doubled = Finding(
                verdict=Verdict.SAME, reason="Another record of this file is about the same food."
            )
            compared.append(Compared(position, record, doubled))
        else:
            compared.append(Compared(position, record, finding(record, known, context.highest)))
    fresh = [row for row in compared if row.finding.verdict in (Verdict.NEW, Verdict.DOUBTFUL)]
    twins = twins_of([row.record for row in fresh if row.finding.known is None])
    for row in fresh:
        row.twin = twins.get(row.record.gtin) if row.record.gtin else None
    return compared


def counted(compared: Sequence[Compared]) -> Counter[str]:
    """Count verdicts, values, portions and suspected duplicates, under the names of FoodImport.counts."""
    counts: Counter[str] = Counter(row.finding.verdict for row in compared)
    counts["rows"] = len(compared)
    counts["magnesium"] = sum(row.record.magnesium_ug is not None for row in compared)
    counts["portions"] = sum(bool(row.record.portions) for row in compared)
    counts["duplicates"] = sum(row.twin is not None for row in compared)
    counts["lost"] = sum(row.finding.lost for row in compared)
    return counts


def added(counts: Mapping[str, Any], more: Mapping[str, int]) -> dict[str, Any]:
    """Return counts with more added; what is no count stays."""
    return {**counts, **{name: counts.get(name, 0) + number for name, number in more.items() if number}}
