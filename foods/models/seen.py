"""Foods and portions as readers see them: a live edition's changes applied, what is not live left out."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Q
from django.db.models.query import ModelIterable

if TYPE_CHECKING:
    from foods.models.tables import Food, Portion  # noqa: F401  named in strings below

NEEDED = ("born", "edition", "upcoming__source", "current__source")  # by Food.settle


def along(food: str) -> tuple[str, ...]:
    """Return the relations to read along so that `settle` can be called on a food of another row."""
    return tuple(f"{food}__{relation}" for relation in NEEDED)


class _Seen(ModelIterable):  # type: ignore[type-arg]
    """Foods that come settled."""

    def __iter__(self) -> Iterator[Any]:
        return (food.settle() for food in super().__iter__())


class FoodQuerySet(models.QuerySet["Food"]):
    """Foods, read in a chain."""

    def shown(self) -> Self:
        """Leave out foods that readers do not see: retired, merged, or of an edition that is not live."""
        as_it_was = Q(edition=None) | Q(edition__live=False)
        return self.filter(
            Q(born=None) | Q(born__live=True),
            Q(as_it_was, retired_at=None) | Q(edition__live=True, upcoming__isnull=False),
            merged_into=None,
        )

    def once_shown(self) -> Self:
        """Leave out foods that no reader has ever seen: of an edition that was never live."""
        return self.filter(Q(born=None) | Q(born__live_at__isnull=False))

    def readable(self) -> Self:
        """Read along what `Food.settle` needs to show a food as readers see it."""
        return self.select_related(*NEEDED)

    def as_seen(self) -> Self:
        """Let each food come as readers see it, with its figure and the source of that; no more queries.

        Which foods these are, retired ones among them or not, is left as it is: `shown` says that.
        """
        seen = self.readable()
        seen._iterable_class = _Seen
        return seen

    def valued(self, known: bool = True) -> Self:
        """Keep the foods whose value, as readers see it, is known or is not."""
        value = "magnesium_ug_per_100g__isnull"
        as_it_was = Q(edition=None) | Q(edition__live=False) | Q(upcoming=None)
        return self.filter(
            Q(as_it_was, **{f"current__{value}": not known})
            | Q(edition__live=True, upcoming__isnull=False, **{f"upcoming__{value}": not known})
        )


class PortionQuerySet(models.QuerySet["Portion"]):
    """Household measures, read in a chain."""

    def shown(self) -> Self:
        """Leave out those that a live edition takes away, and those of an edition that is not live yet."""
        return self.filter(
            Q(edition=None) | Q(edition__live=True, leaving=False) | Q(edition__live=False, leaving=True)
        )
