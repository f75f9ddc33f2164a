"""The list of imports, newest first, by state."""

from dataclasses import dataclass
from typing import Any

from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from foods.admin.import_page import page_url, tiles, title_of
from foods.admin.import_rows import day_text
from foods.models import FoodImport

PAGE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """An import as a line of the list."""

    href: str
    title: str
    file: str
    state: str
    rows: str
    day: str
    author: str


@dataclass(frozen=True, slots=True)
class Facet:
    """A state to look at alone."""

    label: str
    href: str
    current: bool


def imports(desk: ModelAdmin[FoodImport], request: HttpRequest) -> HttpResponse:
    """Show the imports, fifty a page; three queries beside those for who looks."""
    if not desk.has_view_permission(request):
        raise PermissionDenied
    state = request.GET.get("state", "")
    if state and state not in FoodImport.State:
        raise Http404("There is no such state.")
    found = FoodImport.objects.select_related("source").order_by("-pk")
    page = Paginator(found.filter(state=state) if state else found, PAGE).get_page(request.GET.get("p"))
    address = f"?state={state}&p=" if state else "?p="
    context: dict[str, Any] = {
        **desk.admin_site.each_context(request),
        "title": "Imports",
        "opts": desk.opts,
        "has_add_permission": desk.has_add_permission(request),
        "imports": [listed(food_import) for food_import in page],
        "facets": facets(state),
        "current_state": state,
        "span": f"{page.start_index():,} to {page.end_index():,} of {page.paginator.count:,}",
        "before": f"{address}{page.number - 1}" if page.has_previous() else "",
        "next": f"{address}{page.number + 1}" if page.has_next() else "",
    }
    return TemplateResponse(request, "admin/foods/foodimport/change_list.html", context)


def listed(food_import: FoodImport) -> Listed:
    """Return the line of an import; what it would do in words, as counted while comparing."""
    title = title_of(food_import)
    counted = (f"{tile.number} {tile.label}" for tile in tiles(food_import, "") if tile.count)
    return Listed(
        href=page_url(food_import),
        title=title,
        file=food_import.file_name if food_import.file_name != title else "",
        state=food_import.get_state_display(),
        rows=food_import.error.removeprefix(f"{title}: ") or ", ".join(counted),
        day=day_text(food_import.created_at),
        author=food_import.author,
    )


def facets(state: str) -> tuple[Facet, ...]:
    """Return all states as links, the one looked at marked."""
    every = [("", "all"), *FoodImport.State.choices]
    return tuple(Facet(label, f"?state={code}" if code else "?", code == state) for code, label in every)
