"""The history of foods: what was done to one, or in one bulk edit, by whom and why; each can be undone."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from uuid6 import uuid7

from foods.admin.curation import Desk, food_or_404, may_change, may_view, page, who, whole_or_404
from foods.admin.export import Cell, csv_response
from foods.admin.wording import mg_text, origin_text
from foods.models import Change, Food, FoodRevision
from foods.services import undo_batch, undo_change

SHOWN = 200  # acts on one page
HEADER = ("id", "food id", "food", "act", "what", "author", "reason", "date", "undone", "batch")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Something that happened to a food: an act, or a figure that a release brought."""

    at: object
    act: str
    what: tuple[tuple[str, str, str], ...]  # field, old, new
    author: str
    reason: str
    change: Change | None = None
    undoable: bool = False
    food: Food | None = None


def show(desk: Desk, request: HttpRequest, food_id: int) -> HttpResponse:
    """Show all that happened to a food, the newest first. Six queries, however much that is."""
    food = food_or_404(food_id)
    may_view(desk, request)
    changes = [*_changes().filter(food=food)[:SHOWN]]
    merged = [*Food.objects.filter(merged_into=food).order_by("pk")[:50]]
    changes += _changes().filter(food__in=merged, act=Change.Act.MERGE, undone_by=None)[:50]
    acted = {change.revision_id for change in changes if change.act == Change.Act.CORRECT}
    revisions = food.revisions.select_related("source").order_by("-pk")[:SHOWN]
    brought = [_figure(revision) for revision in revisions if revision.pk not in acted]
    lines = sorted([*_lines(changes), *brought], key=lambda line: str(line.at), reverse=True)
    return page(
        desk, request, "history", title=f"History of {food.name}", food=food, lines=lines, merged=merged
    )


def undo(desk: Desk, request: HttpRequest, change_id: int) -> HttpResponse:
    """Undo one act, and say what came of it."""
    may_change(desk, request)
    change = Change.objects.select_related("food").filter(pk=change_id).first()
    if change is None or request.method != "POST":
        raise Http404("No such act.")
    reason = request.POST.get("reason", "").strip() or f"Undone: {change.get_act_display()}"
    try:
        undo_change(change=change, author=who(request), reason=reason[:500])
    except ValidationError as problem:
        desk.message_user(request, " ".join(problem.messages), messages.ERROR)
    else:
        desk.message_user(request, f"Undone: {change.get_act_display()}, {change.food.name}.")
    return HttpResponseRedirect(reverse("admin:foods_food_history", args=[change.food_id]))


def batch(desk: Desk, request: HttpRequest, batch: UUID) -> HttpResponse:
    """Show a bulk edit, and undo it as one."""
    may_view(desk, request)
    changes = [*_changes().filter(batch=batch)[: SHOWN * 5]]
    if not changes:
        raise Http404("No such bulk edit.")
    if request.method == "POST":
        may_change(desk, request)
        _undo_batch(desk, request, batch)
        return HttpResponseRedirect(reverse("admin:foods_food_batch", args=[batch]))
    return page(
        desk,
        request,
        "batch",
        title="Bulk edit",
        batch=batch,
        lines=[*_lines(changes)],
        count=len(changes),
        open=sum(change.undone_by_id is None for change in changes),
        is_undo=changes[0].act == Change.Act.UNDO,
    )


def _undo_batch(desk: Desk, request: HttpRequest, batch: UUID) -> None:
    reason = request.POST.get("reason", "").strip() or "The bulk edit undone"
    try:
        done = undo_batch(batch=batch, new_batch=uuid7(), author=who(request), reason=reason[:500])
    except ValidationError as problem:
        desk.message_user(request, " ".join(problem.messages), messages.ERROR)
    else:
        desk.message_user(request, f"Undone for {done:,} foods.")


def export(desk: Desk, request: HttpRequest) -> HttpResponseBase:
    """Send every act of every curator, or of one food (`?food=`), as a file."""
    may_view(desk, request)
    asked = request.GET.get("food", "")
    changes = Change.objects.select_related("food").order_by("pk")
    if asked:
        changes = changes.filter(food=whole_or_404(asked))
    return csv_response("history", HEADER, _rows(changes))


def _rows(changes: QuerySet[Change]) -> Iterator[list[Cell]]:
    found = changes.iterator(chunk_size=2_000)
    while slice_ := [*islice(found, 500)]:
        for change, line in zip(slice_, _lines(slice_), strict=True):
            what = "; ".join(f"{field}: {old} -> {new}" for field, old, new in line.what)
            yield [
                *(change.pk, change.food_id, change.food.name, line.act, what, line.author, line.reason),
                f"{change.created_at:%Y-%m-%d %H:%M}",
                "undone" if change.undone_by_id else "",
                str(change.batch or ""),
            ]


def _changes() -> QuerySet[Change]:
    return Change.objects.select_related("food").order_by("-pk")


def _figure(revision: FoodRevision) -> Line:
    value = mg_text(revision.magnesium_ug_per_100g)
    return Line(
        at=revision.created_at,
        act="figure brought",
        what=(("value", "", f"{value}{'' if value == 'not known' else ' mg'}"),),
        author=revision.author or origin_text(revision),
        reason=revision.reason,
    )


def _lines(changes: Iterable[Change]) -> Iterator[Line]:
    """Yield lines of acts; the figures and foods they name are read together."""
    changes = [*changes]
    values = [change.before | change.after for change in changes] + [change.before for change in changes]
    figures = dict(
        FoodRevision.objects.filter(pk__in={value.get("current") for value in values} - {None}).values_list(
            "pk", "magnesium_ug_per_100g"
        )
    )
    names = dict(
        Food.objects.filter(pk__in={value.get("merged_into") for value in values} - {None}).values_list(
            "pk", "name"
        )
    )

    def said(field: str, value: object) -> str:
        match field, value:
            case "current", int():
                return mg_text(figures.get(value))
            case "merged_into", int():
                return names.get(value, str(value))
            case "retired_at", _:
                return "retired" if value else "in use"
            case "portions", list():
                return ", ".join(f"{row['label']} ({row['weight_mg'] / 1000:g} g)" for row in value)
        return "" if value is None else str(value)

    for change in changes:
        yield Line(
            at=change.created_at,
            act=str(change.get_act_display()),
            what=tuple(
                (FIELDS.get(field, field), said(field, change.before.get(field)), said(field, value))
                for field, value in change.after.items()
                if value != change.before.get(field)
            ),
            author=change.author,
            reason=change.reason,
            change=change,
            undoable=change.undone_by_id is None,
            food=change.food,
        )


FIELDS = {
    "current": "value",
    "merged_into": "merged into",
    "retired_at": "state",
    "portions": "portions",
}
