"""The list of foods at size: words through the search, filters that an index answers, counts that stop."""

from collections.abc import Iterable, Iterator
from typing import Any, cast

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.core.paginator import Paginator
from django.db import connection
from django.db.models import Case, F, Q, QuerySet, When
from django.http import HttpRequest
from django.utils.functional import cached_property

from foods.admin.export import Cell
from foods.amounts import mg_from_ug
from foods.models import Food, FoodQuerySet, FoodRevision, ReviewItem
from foods.search.listing import listed

COUNTED = 1_000  # further than that no list is counted, nor paged
CATEGORIES = 400
EXPORT_SLICE = 2_000
HEADER = (
    *("id", "name", "brand", "category", "barcode", "source", "release", "record"),
    *("magnesium mg per 100 g", "value from", "value release", "value record", "times logged"),
    *("retired", "merged into"),
)
COLUMNS = (
    *("pk", "name", "brand", "category", "gtin", "source__code", "source__release", "source_key"),
    *("current__magnesium_ug_per_100g", "current__source__code", "current__source__release"),
    *("current__source_key", "uses", "retired_at", "merged_into", "edition__live"),
)


class BoundedPaginator(Paginator[Food]):
    """Counts no further than a curator would page."""

    @cached_property
    def count(self) -> int:
        """Return how many there are, `COUNTED` + 1 if there are more."""
        rows: Any = self.object_list
        return len(rows.order_by().values_list("pk", flat=True)[: COUNTED + 1])


class FoodList(ChangeList):
    """The newest foods first, or in the order of the search; no other order, which would read all of them.

    Filters are counted only over what a search has found.
    """

    @property
    def add_facets(self) -> bool:
        """Say whether each filter shows how many it would keep."""
        return bool(self._add_facets and self.query)

    @add_facets.setter
    def add_facets(self, asked: bool) -> None:
        self._add_facets = asked

    @property
    def is_facets_optional(self) -> bool:
        """Say whether counts are offered."""
        return bool(self.query)

    @is_facets_optional.setter
    def is_facets_optional(self, asked: bool) -> None:
        """Leave it to the search."""

    def get_ordering(self, request: HttpRequest, queryset: QuerySet[Any]) -> list[Any]:
        """Return the order of the list; a search sets its own."""
        return ["-pk"]

    def get_ordering_field_columns(self) -> dict[int, Any]:
        """Return none: no column is sorted by."""
        return {}


class WordSearch:
    """A mixin of the food admin: words of name, brand, barcode or record, by the search's own index."""

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Food], search_term: str
    ) -> tuple[QuerySet[Food], bool]:
        """Keep the foods with all the words, best first."""
        if not search_term.strip():
            return queryset, False
        ids = listed(search_term)
        if not ids:
            return queryset.none(), False
        order = Case(*(When(pk=pk, then=place) for place, pk in enumerate(ids[:200])), default=len(ids))
        return queryset.filter(pk__in=ids).annotate(place=order).order_by("place", "pk"), False


class StateFilter(admin.SimpleListFilter):
    """In use, retired or merged.

    The few foods that have something are looked up apart, by their index, lest all foods are read in order.
    """

    title = "state"
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Return the states."""
        return [("in-use", "in use"), ("retired", "retired"), ("merged", "merged")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Food]) -> QuerySet[Food]:
        """Keep the foods of the state."""
        match self.value():
            case "in-use":
                return cast(FoodQuerySet, queryset).shown()
            case "retired":
                return queryset.filter(pk__in=Food.objects.filter(retired_at__isnull=False).values("pk"))
            case "merged":
                return queryset.filter(pk__in=Food.objects.filter(merged_into__gt=0).values("pk"))
        return queryset


class ValueFilter(admin.SimpleListFilter):
    """Magnesium known or not, corrected by a curator, or doubted."""

    title = "magnesium"
    parameter_name = "magnesium"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Return what can be asked."""
        return [
            ("known", "known"),
            ("unknown", "not known"),
            ("corrected", "corrected here"),
            ("doubtful", "doubtful"),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Food]) -> QuerySet[Food]:
        """Keep the foods asked for."""
        match self.value():
            case "known":
                return cast(FoodQuerySet, queryset).valued()
            case "unknown":
                return cast(FoodQuerySet, queryset).valued(known=False)
            case "corrected":
                ours = FoodRevision.objects.filter(~Q(author=""), food__current=F("pk"))
                return queryset.filter(pk__in=ours.values("food"))
            case "doubtful":
                doubted = ReviewItem.objects.filter(state="open", kind="doubtful")
                return queryset.filter(pk__in=doubted.values("food"))
        return queryset


class UseFilter(admin.SimpleListFilter):
    """Whether anybody logs it, by the last count."""

    title = "use"
    parameter_name = "use"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Return the two."""
        return [("logged", "logged"), ("never", "never logged")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Food]) -> QuerySet[Food]:
        """Keep the foods asked for."""
        match self.value():
            case "logged":
                return queryset.filter(pk__in=Food.objects.filter(uses__gt=0).values("pk"))
            case "never":
                return queryset.filter(uses=0)
        return queryset


class CategoryFilter(admin.SimpleListFilter):
    """The categories that there are, each found by a step along their index."""

    title = "category"
    parameter_name = "category"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Return up to 400 categories in order."""
        return [(name, name) for name in categories()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Food]) -> QuerySet[Food]:
        """Keep the foods of the category."""
        return queryset if self.value() is None else queryset.filter(category=self.value())


def categories() -> list[str]:
    """Return the categories in use, in order: a step along the index for each, not a look at each food."""
    sql = """
        WITH RECURSIVE named(category) AS (
            SELECT MIN(category) FROM foods_food WHERE category > ''
            UNION ALL
            SELECT (SELECT MIN(category) FROM foods_food f WHERE f.category > named.category)
            FROM named WHERE named.category IS NOT NULL
        )
        SELECT category FROM named WHERE category IS NOT NULL LIMIT %s
    """
    with connection.cursor() as cursor:
        cursor.execute(sql, [CATEGORIES])
        return [row[0] for row in cursor.fetchall()]


def food_cells(foods: QuerySet[Food]) -> Iterator[list[Cell]]:
    """Yield the foods of a list that are published as rows of a file, read slice by slice along their ids."""
    published = foods.filter(Q(born=None) | Q(born__live=True)).order_by("-pk")
    last = None
    while batch := [
        *(published if last is None else published.filter(pk__lt=last)).values_list(*COLUMNS)[:EXPORT_SLICE]
    ]:
        moving = [row[0] for row in batch if row[-1]]  # a live edition's change is not in place yet
        seen = {food.pk: food for food in _seen(moving)} if moving else {}
        for row in batch:
            yield _cells(*(_columns_of(seen[row[0]]) if row[0] in seen else row[:-1]))
        last = batch[-1][0]


def _seen(ids: Iterable[int]) -> FoodQuerySet:
    return Food.objects.as_seen().select_related("source").filter(pk__in=ids)


def _columns_of(food: Food) -> tuple[Any, ...]:
    """Return what COLUMNS read, of a food as readers see it."""
    source, figure = food.source, food.current
    said: tuple[Any, ...] = (None,) * 4
    if figure is not None:
        said = (figure.magnesium_ug_per_100g, figure.source.code, figure.source.release, figure.source_key)
    return (
        *(food.pk, food.name, food.brand, food.category, food.gtin, source.code, source.release),
        *(food.source_key, *said, food.uses, food.retired_at, food.merged_into_id),
    )


def _cells(*row: Any) -> list[Cell]:
    ug, retired_at = row[8], row[13]
    return [
        *row[:8],
        None if ug is None else mg_from_ug(ug),
        *row[9:13],
        retired_at and f"{retired_at:%Y-%m-%d}",
        row[14],
    ]
