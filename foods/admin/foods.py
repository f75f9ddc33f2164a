"""Foods at the desk: find them, look at their sources, correct, retire; nothing is overwritten."""

from collections.abc import Callable
from functools import partial
from typing import Any, cast

from django.contrib import admin, messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse

from foods.admin import bulk, curation, history, queue, workbench
from foods.admin.export import csv_response
from foods.admin.inlines import PortionInline, RevisionInline
from foods.admin.listing import (
    HEADER,
    BoundedPaginator,
    CategoryFilter,
    FoodList,
    StateFilter,
    UseFilter,
    ValueFilter,
    WordSearch,
    food_cells,
)
from foods.admin.wording import mg_text, source_text
from foods.models import Food, FoodQuerySet, Portion, Source
from foods.services import add_portion

ONE = "<int:food_id>/"


@admin.register(Food)
class FoodAdmin(WordSearch, admin.ModelAdmin[Food]):
    """Foods are loaded, not typed; a correction is a new revision, and a food is retired, not deleted."""

    list_display = ("name", "brand", "category", "magnesium", "figure_source", "logged", "state")
    list_filter = ("source", StateFilter, ValueFilter, UseFilter, CategoryFilter)
    search_fields = ("name",)  # the search box is shown; WordSearch answers it
    paginator = BoundedPaginator
    show_full_result_count = False
    list_per_page = 50
    list_max_show_all = 0
    sortable_by = ()
    actions = ("change_several", "retire", "restore")
    inlines = (RevisionInline, PortionInline)
    readonly_fields = (
        "name", "brand", "category", "source", "source_key", "gtin",
        "magnesium", "figure_source", "merged_into", "retired_at",
    )  # fmt: skip
    fields = (
        ("name", "brand"),
        ("magnesium", "figure_source"),
        ("category", "gtin"),
        ("source", "source_key"),
        ("merged_into", "retired_at"),
    )

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody: foods come from sources."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Food | None = None) -> bool:
        """Nobody: a food is retired instead."""
        return False

    def get_queryset(self, request: HttpRequest) -> FoodQuerySet:
        """Show foods as readers see them, though retired and merged ones, too."""
        return cast(FoodQuerySet, super().get_queryset(request)).as_seen()

    def save_model(self, request: HttpRequest, obj: Food, form: Any, change: bool) -> None:
        """Write nothing of the food: the page only shows it, and portions are saved by `save_formset`."""

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[FoodList]:
        """Return the list that stays quick over two million foods."""
        return FoodList

    @admin.display(description="mg per 100 g")
    def magnesium(self, food: Food) -> str:
        """Return the current value in mg."""
        return mg_text(food.magnesium_ug_per_100g)

    @admin.display(description="value from")
    def figure_source(self, food: Food) -> str:
        """Return mark and release of the source that the current value comes from."""
        return source_text(food.current.source) if food.current else ""

    @admin.display(description="logged")
    def logged(self, food: Food) -> str:
        """Return how often people logged it, by the last count."""
        return f"{food.uses:,}" if food.uses else ""

    @admin.display(description="state")
    def state(self, food: Food) -> str:
        """Return what readers see of it."""
        if food.is_hidden:
            return "not published"
        return "merged" if food.merged_into_id else "retired" if food.retired_at else ""

    @admin.action(description="Change several: category, words of the names ...", permissions=["change"])
    def change_several(self, request: HttpRequest, queryset: QuerySet[Food]) -> HttpResponse:
        """Show the bulk edit for the foods chosen."""
        return bulk.ask(self, request, queryset)

    @admin.action(description="Retire: keep out of search", permissions=["change"])
    def retire(self, request: HttpRequest, queryset: QuerySet[Food]) -> HttpResponse:
        """Show what retiring the foods chosen would do, and ask why."""
        return bulk.ask(self, request, queryset, act="retire")

    @admin.action(description="Restore: put back into search", permissions=["change"])
    def restore(self, request: HttpRequest, queryset: QuerySet[Food]) -> HttpResponse:
        """Show what restoring the foods chosen would do, and ask why."""
        return bulk.ask(self, request, queryset, act="restore")

    def save_formset(
        self, request: HttpRequest, form: Any, formset: BaseInlineFormSet[Any, Any, Any], change: bool
    ) -> None:
        """Add the portions typed in; the formset has nothing else that could change."""
        formset.new_objects, formset.changed_objects, formset.deleted_objects = [], [], []
        for row in formset.extra_forms if formset.model is Portion else []:
            if not row.has_changed():
                continue
            typed = row.cleaned_data
            try:
                portion = add_portion(
                    food=formset.instance,
                    label=typed["label"],
                    weight_g=typed["weight_g"],
                    author=request.user.get_username(),
                )
            except ValidationError as problem:  # twice in one form, or just added by someone else
                self.message_user(request, " ".join(problem.messages), messages.ERROR)
            else:
                formset.new_objects.append(portion)

    def get_urls(self) -> list[URLPattern]:
        """Put the pages of the workbench before those that Django has for a plain row."""

        def at(address: str, name: str, view: Callable[..., HttpResponseBase]) -> URLPattern:
            return path(address, self.admin_site.admin_view(partial(view, self)), name=f"foods_food_{name}")

        own = [
            at("queue/", "queue", queue.show),
            at("queue.csv", "queue_csv", queue.export),
            at("queue/<uuid:item_id>/", "item", queue.item),
            at("export.csv", "export", FoodAdmin.export),
            at("bulk/", "bulk", bulk.show),
            at("batch/<uuid:batch>/", "batch", history.batch),
            at("history.csv", "history_csv", history.export),
            at("changes/<int:change_id>/undo/", "undo", history.undo),
            at(f"{ONE}history/", "history", history.show),
            at(f"{ONE}sources/", "sources", workbench.show),
            at(f"{ONE}merge/", "merge", workbench.merge),
            at(f"{ONE}correct/", "correct", curation.correct),
            at(f"{ONE}edit/", "edit", curation.edit),
        ]
        return [*own, *super().get_urls()]

    def export(self, request: HttpRequest) -> HttpResponseBase:
        """Send the list, filtered as it is asked for, as a file."""
        curation.may_view(self, request)
        try:
            listed = self.get_changelist_instance(request).queryset
        except (IncorrectLookupParameters, ValueError):  # as the list itself answers
            return redirect(f"{reverse('admin:foods_food_changelist')}?e=1")
        return csv_response("foods", HEADER, food_cells(listed))


@admin.register(Source)
class SourceAdmin(admin.ModelAdmin[Source]):
    """Releases, to look at."""

    list_display = ("dataset", "release", "mark", "code", "licence")
    ordering = ("code", "release")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Source | None = None) -> bool:
        """Nobody."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Source | None = None) -> bool:
        """Nobody."""
        return False
