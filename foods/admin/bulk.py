"""Many foods at once: say what, look at each old -> new, confirm; a batch is undone as one."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html

from foods.admin.curation import Desk, may_change, page, who
from foods.admin.forms import BulkForm
from foods.models import Change, Food
from foods.services.bulk import MOST, Preview, apply_bulk, preview

SHOWN = 200  # rows of a preview that are drawn; all are counted


def ask(desk: Desk, request: HttpRequest, foods: QuerySet[Food], act: str = "") -> HttpResponse:
    """Show the bulk edit for the foods chosen in the list; with an `act`, its preview at once."""
    ids = [*foods.order_by("-pk").values_list("pk", flat=True)[: MOST + 1]]
    if len(ids) > MOST:
        desk.message_user(request, f"At most {MOST:,} foods at once: narrow the list down.", messages.ERROR)
        return HttpResponseRedirect(request.get_full_path())
    told = ",".join(map(str, ids))
    if act:
        form = BulkForm({"act": act, "ids": told})
        return _shown(desk, request, form) if form.is_valid() else _page(desk, request, form)
    return _page(desk, request, BulkForm(initial={"ids": told, "act": "category"}), count=len(ids))


def show(desk: Desk, request: HttpRequest) -> HttpResponse:
    """Show what the edit would do; do it when it is confirmed."""
    may_change(desk, request)
    if request.method != "POST":
        return HttpResponseRedirect(reverse("admin:foods_food_changelist"))
    form = BulkForm(request.POST)
    if not form.is_valid():
        return _page(desk, request, form)
    if "confirm" in request.POST and (batch := _done(desk, request, form)):
        return HttpResponseRedirect(batch)
    return _shown(desk, request, form)


def _done(desk: Desk, request: HttpRequest, form: BulkForm) -> str:
    try:
        batch = apply_bulk(
            form.cleaned_data["ids"],
            form.edit(),
            seal=request.POST.get("seal", ""),
            author=who(request),
            reason=request.POST.get("reason", ""),
        )
    except ValidationError as problem:
        for text in problem.messages:
            form.add_error(None, f"Nothing was changed. {text}" if text != "This is needed." else NEEDED)
        return ""
    address = reverse("admin:foods_food_batch", args=[batch])
    done = Change.objects.filter(batch=batch).count()
    desk.message_user(request, format_html("Done for {} foods, as one batch.", f"{done:,}"))
    return address


NEEDED = "Nothing was changed yet: say why first."


def _shown(desk: Desk, request: HttpRequest, form: BulkForm) -> HttpResponse:
    try:
        shown = preview(form.cleaned_data["ids"], form.edit())
    except ValidationError as problem:
        if hasattr(problem, "error_dict"):
            for field, found in problem.message_dict.items():
                form.add_error(field if field in form.fields else None, found)
        else:
            form.add_error(None, problem.messages)
        return _page(desk, request, form)
    return _page(desk, request, form, shown)


def _page(
    desk: Desk, request: HttpRequest, form: BulkForm, shown: Preview | None = None, count: int | None = None
) -> HttpResponse:
    given = form.cleaned_data.get("ids") if form.is_bound and hasattr(form, "cleaned_data") else None
    return page(
        desk,
        request,
        "bulk",
        title="Change several foods",
        form=form,
        shown=shown,
        rows=shown.changed[:SHOWN] if shown else (),
        hidden=max(0, len(shown.changed) - SHOWN) if shown else 0,
        reason=request.POST.get("reason", ""),
        count=count if count is not None else len(given or ()),
    )
