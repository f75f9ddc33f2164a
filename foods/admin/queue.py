"""The queue at the desk: what to look at next, and the answers to what people send."""

from collections.abc import Iterable, Iterator
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.http import urlencode

from foods.admin.curation import Desk, may_change, may_view, page, sources_url, who
from foods.admin.export import Cell, csv_response
from foods.admin.wording import change_text, home_text, mg_text
from foods.amounts import mg_from_ug
from foods.models import Food, ReviewItem, along
from foods.search.listing import listed
from foods.services.queue import DEEPEST, PAGE, Task, tasks
from foods.services.reviewing import ORIGINS, accept_report, close_item

KINDS = (("", "all"), *ReviewItem.Kind.choices)
HEADER = (
    "kind",
    "weight",
    "food id",
    "name",
    "magnesium mg per 100 g",
    "times logged",
    "why",
    "other food id",
)


def show(desk: Desk, request: HttpRequest) -> HttpResponse:
    """Show a page of the queue, what mends most first. Two queries, however long it is."""
    may_view(desk, request)
    kind = _kind(request)
    number = _page_number(request)
    rows, more = tasks(kind, number)
    return page(
        desk,
        request,
        "queue",
        title="Queue",
        tabs=[(code, label, code == kind) for code, label in KINDS],
        kind=kind,
        rows=[(task, why(task), where(task, kind), mg_of(task.food)) for task in rows],
        first=(number - 1) * PAGE + 1,
        last=(number - 1) * PAGE + len(rows),
        next_href="?" + urlencode({"kind": kind, "page": str(number + 1)}) if more else "",
        start_href="?" + urlencode({"kind": kind}) if number > 1 else "",
    )


def export(desk: Desk, request: HttpRequest) -> HttpResponseBase:
    """Send the queue, or one kind of it, as a file: as far as it can be paged."""
    may_view(desk, request)
    return csv_response("queue", HEADER, _rows(_kind(request)))


def item(desk: Desk, request: HttpRequest, item_id: UUID) -> HttpResponse:
    """Show what a person sent, beside what is known, and answer it."""
    may_view(desk, request)
    found = ReviewItem.objects.select_related(*along("food"), "other").filter(pk=item_id).first()
    if found is None:
        raise Http404("No such item.")
    if found.food is not None:
        found.food.settle()
    if request.method == "POST":
        may_change(desk, request)
        if _answered(desk, request, found):
            return HttpResponseRedirect(reverse("admin:foods_food_queue"))
    detail = found.detail
    reported = detail.get("ug_per_100g")
    return page(
        desk,
        request,
        "item",
        title=Task(kind=found.kind, weight=0, food=found.food, item=found).name,
        item=found,
        food=found.food,
        detail=detail,
        reported=mg_text(reported),
        current=mg_of(found.food),
        change=change_text(_ug(found.food), reported) if found.food else "",
        origin=ORIGINS.get(str(detail.get("origin", "")), ""),
        said=_said(detail),
        alike=_alike(found),
        answer=request.POST.get("answer", ""),
    )


def _answered(desk: Desk, request: HttpRequest, found: ReviewItem) -> bool:
    """Do what the curator chose; a refusal is told, and what was typed stays."""
    act, answer = request.POST.get("act", ""), request.POST.get("answer", "")
    try:
        if act == "take":
            accept_report(item=found, answer=answer, author=who(request))
        elif act in {"accept", "decline"}:
            close_item(item=found, accepted=act == "accept", answer=answer, author=who(request))
        else:
            raise Http404("No such answer.")
    except ValidationError as problem:
        desk.message_user(request, " ".join(problem.messages), messages.ERROR)
        return False
    desk.message_user(request, "Answered; the person reads it.")
    return True


def why(task: Task) -> str:
    """Say in a few words what is wrong."""
    detail = task.detail
    match task.kind:
        case "missing":
            return f"none, {home_text(task.food)}" if task.food else ""
        case "report":
            where_from = ORIGINS.get(str(detail.get("origin", "")), "a person")
            return f"{mg_of(task.food)} here, {_mg(detail.get('ug_per_100g'))} by {where_from}"
        case "proposal":
            return f"{_mg(detail.get('ug_per_100g'))} mg per 100 g, proposed"
    return str(detail.get("reason", "")) or mg_of(task.food)


def where(task: Task, kind: str) -> str:
    """Return the page on which the task is done."""
    if task.kind in {"report", "proposal"} and task.item:
        return reverse("admin:foods_food_item", args=[task.item.pk])
    return f"{sources_url(task.food.pk)}?{urlencode({'queue': kind})}" if task.food else ""


def mg_of(food: Food | None) -> str:
    """Return the value of a food in mg, "" for no food."""
    return "" if food is None else mg_text(_ug(food))


def _ug(food: Food | None) -> int | None:
    return food.magnesium_ug_per_100g if food else None


def _mg(ug: object) -> str:
    return mg_text(ug if isinstance(ug, int) else None)


def _said(detail: dict[str, object]) -> str:
    """Return the figure as the person typed it: "12 mg in 30 g"."""
    said = detail.get("said")
    if not isinstance(said, dict) or "mg" not in said:
        return ""
    return f"{said['mg']} mg in {said.get('grams', '100')} g"


def _alike(found: ReviewItem) -> list[Food]:
    """Return shared foods that a proposal may mean. Two queries or so."""
    if found.kind != ReviewItem.Kind.PROPOSAL:
        return []
    ids = listed(str(found.detail.get("name", "")), 8)
    foods = {food.pk: food for food in Food.objects.shown().as_seen().filter(pk__in=ids)}
    return [foods[pk] for pk in ids if pk in foods]


def _kind(request: HttpRequest) -> str:
    asked = request.GET.get("kind", "")
    return asked if asked in dict(KINDS) else ""


def _page_number(request: HttpRequest) -> int:
    asked = request.GET.get("page", "1")
    return min(int(asked), DEEPEST) if asked.isascii() and asked.isdecimal() and 0 < len(asked) < 4 else 1


def _rows(kind: str) -> Iterator[list[Cell]]:
    for number in range(1, DEEPEST + 1):
        found, more = tasks(kind, number)
        yield from _cells(found)
        if not more:
            return


def _cells(found: Iterable[Task]) -> Iterator[list[Cell]]:
    for task in found:
        food, ug = task.food, _ug(task.food)
        yield [
            *(task.label, task.weight, food.pk if food else None, task.name),
            *(None if ug is None else mg_from_ug(ug), food.uses if food else None),
            *(why(task), task.other.pk if task.other else None),
        ]
