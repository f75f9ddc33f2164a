"""The search ranking from what everyone logs: counts of foods, never of people."""

from collections import Counter
from collections.abc import Mapping

from django.db.models import Count

from foods.models import Food
from foods.services import refresh_ranking, winners_of
from intake.models import Entry, Job

REVISIONS_A_SLICE = 2_000


def refresh_slice(job: Job) -> bool:
    """Count the kept entries of the next 2,000 food revisions that were logged; after the last, hand the
    counts to the search, which ranks anew only foods whose count changed.

    What was merged counts for the food it leads to at last. Returns whether there is more to count.
    """
    uses = Counter({int(food_id): times for food_id, times in job.cursor.get("uses", {}).items()})
    logged = list(
        Entry.objects.kept()
        .filter(food_revision_id__gt=job.cursor.get("after", 0))
        .values_list("food_revision_id", "food_revision__food")
        .annotate(times=Count("kind"))
        .order_by("food_revision_id")[:REVISIONS_A_SLICE]
    )
    if not logged:
        refresh_ranking(_with_what_was_merged(uses))
        return False

    for _, food_id, times in logged:
        uses[food_id] += times
    job.cursor = {"after": logged[-1][0], "uses": uses}
    return True


def _with_what_was_merged(uses: Mapping[int, int]) -> dict[int, int]:
    merged = winners_of(Food.objects.filter(merged_into__isnull=False).values_list("pk", flat=True))
    counted: Counter[int] = Counter()
    for food_id, times in uses.items():
        counted[merged.get(food_id, food_id)] += times
    return dict(counted)
