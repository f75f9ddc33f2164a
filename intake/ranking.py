"""The search ranking from what everyone logs: counts of foods, never of people."""

from collections import Counter

from django.db.models import Count

from foods.models import FoodRevision
from foods.services import refresh_ranking
from intake.models import Entry, Job

REVISIONS_A_SLICE = 2_000


def refresh_slice(job: Job) -> bool:
    """Count the kept entries of the next 2,000 food revisions; after the last, hand the counts to the search.

    Returns whether there is more to count.
    """
    uses = Counter({int(food_id): times for food_id, times in job.cursor.get("uses", {}).items()})
    after = job.cursor.get("after", 0)
    revisions = dict(
        FoodRevision.objects.filter(pk__gt=after)
        .order_by("pk")
        .values_list("pk", "food_id")[:REVISIONS_A_SLICE]
    )
    if not revisions:
        refresh_ranking(dict(uses))
        return False

    last = max(revisions)
    logged = (
        Entry.objects.kept()
        .filter(food_revision_id__gt=after, food_revision_id__lte=last)
        .values_list("food_revision_id")
        .annotate(times=Count("kind"))
        .order_by()
    )
    for revision_id, times in logged:
        uses[revisions[revision_id]] += times
    job.cursor = {"after": last, "uses": uses}
    return True
