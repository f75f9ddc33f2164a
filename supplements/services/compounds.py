"""Writes of the forms of magnesium."""

from supplements.compounds import BUILTIN
from supplements.models import Compound


def load_builtin_compounds() -> int:
    """Add the built-in forms that are missing and return how many; a curator's edit is never overwritten."""
    there = set(Compound.objects.values_list("slug", flat=True))
    missing = [form for form in BUILTIN if form.slug not in there]
    Compound.objects.bulk_create(
        [
            Compound(
                slug=form.slug,
                name=form.name,
                family=form.family,
                formula=form.formula,
                route=form.route,
                common_rank=form.common_rank,
                note=form.note,
            )
            for form in missing
        ],
        ignore_conflicts=True,  # another process may be loading them too
    )
    return len(missing)
