"""The pages of one import: what it would change, the choices, publishing and undoing, the exports."""

from collections import defaultdict
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseNotAllowed,
    HttpResponseRedirect,
    StreamingHttpResponse,
)
from django.template.response import TemplateResponse
from django.utils import timezone

from foods import importing
from foods.admin import import_page as pages
from foods.admin import import_words as words
from foods.admin.export import csv_response
from foods.admin.import_forms import choices_of
from foods.admin.import_sources import sources_of
from foods.models import FoodImport, ImportRow
from foods.sources.template import TEMPLATE

FOLDER = "admin/foods/foodimport"
Desk = ModelAdmin[FoodImport]


# Looking -------------------------------------------------------------------------------------------


def page(desk: Desk, request: HttpRequest, import_id: UUID) -> HttpResponse:
    """Show what an import would change, or has changed."""
    return _page(desk, request, _found(desk, request, import_id), request.GET)


def _page(
    desk: Desk, request: HttpRequest, food_import: FoodImport, asked: Any, problem: str = ""
) -> HttpResponse:
    show, after = _show(asked), pages.cursor_from(asked.get("after", ""))
    shown = pages.sections(food_import, show, after)
    context = _context(desk, request, food_import, show) | {
        "sections": shown,
        "after": after,
        "problem": problem,
        **(_problems(food_import) if show == pages.PROBLEMS else {}),
        "nothing": "" if shown or show else words.nothing(food_import),
    }
    return TemplateResponse(request, f"{FOLDER}/page.html", context, status=409 if problem else 200)


def _problems(food_import: FoodImport) -> dict[str, Any]:
    kept, skipped = [*pages.problems(food_import)], pages.count(food_import, pages.PROBLEMS)
    said = f"Skipped: {skipped:,}" if skipped else "Every row could be read"
    more = f"; the first {len(kept):,} are kept" if len(kept) < skipped else ""
    return {"problems": kept, "problems_span": f"{said}{more}."}


def progress(desk: Desk, request: HttpRequest, import_id: UUID) -> HttpResponse:
    """Show how far the work is, as a fragment; when the state is another one the page is loaded anew."""
    food_import = _found(desk, request, import_id)
    context = _context(desk, request, food_import, _show(request.GET))
    response = TemplateResponse(request, f"{FOLDER}/_progress.html", context)
    if food_import.state != request.GET.get("state"):
        response.headers["HX-Refresh"] = "true"
    return response


def row(desk: Desk, request: HttpRequest, import_id: UUID, row_id: int) -> HttpResponse:
    """Show what the sources say of one row's food, side by side: a fragment for htmx, else a page."""
    food_import = _found(desk, request, import_id)
    rows = ImportRow.objects.filter(food_import=food_import).select_related("food", "before__source")
    found = rows.filter(pk=row_id).first() if row_id < 2**63 else None
    if found is None:
        raise Http404("No such row.")
    context = {
        **desk.admin_site.each_context(request),
        "import": food_import,
        "title": pages.title_of(food_import),
        "sources": sources_of(found),
    }
    return TemplateResponse(
        request, f"{FOLDER}/{'_sources' if _is_htmx(request) else 'sources'}.html", context
    )


def problems_csv(desk: Desk, request: HttpRequest, import_id: UUID) -> StreamingHttpResponse:
    """Return the rows that could not be read, with file, line and reason."""
    found = pages.problems(_found(desk, request, import_id)).values_list("file", "line", "text")
    return csv_response("skipped-rows", ("file", "line", "reason"), found)


def template_csv(desk: Desk, request: HttpRequest) -> HttpResponse:
    """Return the table that a curator can fill in."""
    if not desk.has_view_permission(request):
        raise PermissionDenied
    response = HttpResponse(TEMPLATE, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="midband-foods.csv"'
    return response


# Changing ------------------------------------------------------------------------------------------


def choose(desk: Desk, request: HttpRequest, import_id: UUID) -> HttpResponse:
    """Keep what was chosen; answer with the buttons for htmx, else show the page again. 409 if refused."""
    food_import = _changeable(desk, request, import_id)
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    problem = ""
    try:
        _choose(food_import, request)
    except ValidationError as refused:
        problem = " ".join(refused.messages)
    food_import = _found(desk, request, import_id)
    if _is_htmx(request):
        context = _context(desk, request, food_import, "") | {"problem": problem}
        return TemplateResponse(request, f"{FOLDER}/_acts.html", context, status=409 if problem else 200)
    if problem:
        return _page(desk, request, food_import, request.POST, problem)
    kept = {name: value for name in ("show", "after") if (value := request.POST.get(name, ""))}
    return HttpResponseRedirect(f"{pages.page_url(food_import)}?{urlencode(kept)}")


def _choose(food_import: FoodImport, request: HttpRequest) -> None:
    if retire := request.POST.get("retire"):
        importing.choose_all(food_import, ImportRow.Verdict.MISSING, "take" if retire == "yes" else "keep")
    elif choice := request.POST.get("all"):
        importing.choose_all(food_import, request.POST.get("verdict", ""), choice)
    else:
        wanted = defaultdict(list)
        for row_id, field, chosen in choices_of(request.POST):
            wanted[field, chosen].append(row_id)
        for (field, chosen), rows in wanted.items():
            importing.choose(food_import, rows, field, chosen)


def act(desk: Desk, request: HttpRequest, import_id: UUID, name: str) -> HttpResponse:
    """Say what an act of ACTS does, and do it when that is posted; 409 if it cannot be."""
    food_import = _changeable(desk, request, import_id)
    problem = ""
    if request.method == "POST":
        try:
            _do(name, food_import, request.user.get_username())
        except ValidationError as refused:
            problem = " ".join(refused.messages)
        else:
            desk.log_change(request, food_import, words.ACTS[name].logged)
            desk.message_user(request, words.ACTS[name].done)
            return HttpResponseRedirect(pages.page_url(food_import))
    context = _context(desk, request, food_import, "") | {
        "verb": words.ACTS[name],
        "question": words.question(food_import, name),
        "press": words.press(food_import, name),
        "lines": words.consequences(food_import, name),
        "problem": problem,
    }
    return TemplateResponse(request, f"{FOLDER}/act.html", context, status=409 if problem else 200)


def _do(name: str, food_import: FoodImport, author: str) -> None:
    match name:
        case "publish":
            importing.publish(food_import, author)
        case "undo":
            importing.undo(food_import, author)
        case "resume":
            importing.resume(food_import)
        case _:
            importing.discard(food_import)


# What all of them need -----------------------------------------------------------------------------


def _found(desk: Desk, request: HttpRequest, import_id: UUID) -> FoodImport:
    if not desk.has_view_permission(request):
        raise PermissionDenied
    found = FoodImport.objects.select_related("source").filter(pk=import_id).first()
    if found is None:
        raise Http404("No such import.")
    return found


def _changeable(desk: Desk, request: HttpRequest, import_id: UUID) -> FoodImport:
    if not desk.has_change_permission(request):
        raise PermissionDenied
    return _found(desk, request, import_id)


def _show(asked: Any) -> str:
    show = str(asked.get("show", ""))
    if show and show not in pages.KINDS:
        raise Http404("There is no such list.")
    return show


def _is_htmx(request: HttpRequest) -> bool:
    return request.headers.get("HX-Request") == "true"


def _context(desk: Desk, request: HttpRequest, food_import: FoodImport, show: str) -> dict[str, Any]:
    now = importing.progress(food_import, timezone.now())
    return {
        **desk.admin_site.each_context(request),
        **words.states(food_import),
        **words.progress_texts(now.done, now.total, now.rate, now.seconds_left),
        "import": food_import,
        "title": pages.title_of(food_import),
        "tiles": pages.tiles(food_import, show),
        "show": show,
        "may_change": desk.has_change_permission(request),
        "progress": now,
    }
