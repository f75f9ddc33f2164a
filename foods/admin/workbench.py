"""The workbench of one food: what every source says of it side by side, its neighbours, one key an act."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from foods.admin.curation import Desk, food_or_404, may_change, may_view, page, sources_url, who, whole_or_404
from foods.admin.wording import change_text, home_text, mg_text, origin_text, range_text, record_text
from foods.models import Food, FoodRevision, Portion, ReviewItem
from foods.search.listing import listed
from foods.services import merge_foods, restore_food, retire_food, take_value, winner_food
from foods.services.held import state_of
from foods.services.merging import missing_portions
from foods.services.queue import close, close_pair, leave_unknown, next_food, open_items

NEAR = 8  # neighbours that are shown
FIGURES = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """What a release, or a curator, says of a food."""

    revision: FoodRevision
    record: str
    current: bool
    mg: str
    span: str
    change: str  # against the value in use
    food: Food | None  # whose it is, if another's: of one merged into this


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbour:
    """A food that may be the same."""

    food: Food
    mg: str
    change: str
    suspected: str  # why, if it stands in the queue


def show(desk: Desk, request: HttpRequest, food_id: int) -> HttpResponse:
    """Show all that is known of a food, and do what is asked for it."""
    food = food_or_404(food_id)
    may_view(desk, request)
    if request.method == "POST":
        may_change(desk, request)
        return _act(desk, request, food)
    kind = request.GET.get("queue", "")
    items = [*open_items().filter(food=food)[:20], *open_items().filter(other=food)[:20]]
    merged = [*Food.objects.filter(merged_into=food).order_by("pk")[:20]]
    return page(
        desk,
        request,
        "sources",
        title=food.name,
        food=food,
        home=home_text(food),
        current=mg_text(food.magnesium_ug_per_100g),
        unknown=food.magnesium_ug_per_100g is None,
        figures=figures(food, merged),
        neighbours=neighbours(food, items),
        merged=merged,
        items=items,
        winner=winner_food(food),
        portions=[
            (label, mg_text(weight_mg))  # a thousandth of mg is g
            for label, weight_mg in Portion.objects.shown()
            .filter(food=food)
            .order_by("position", "pk")
            .values_list("label", "weight_mg")[:30]
        ],
        seen=state_of(food),
        reason=request.session.pop("desk_reason", ""),
        queue=kind,
        following=_link(next_food(food.pk, kind), kind) if "queue" in request.GET else "",
        previous=_link(next_food(food.pk, kind, back=True), kind) if "queue" in request.GET else "",
        in_queue="queue" in request.GET,
    )


def figures(food: Food, merged: Iterable[Food]) -> list[Figure]:
    """Return the newest figure of each release for a food and those merged into it, the one in use first."""
    owners = {other.pk: other for other in merged}
    revisions = (
        FoodRevision.objects.filter(food__in=[food.pk, *owners])
        .select_related("source", "food")
        .order_by("-pk")[:FIGURES]
    )
    used = food.magnesium_ug_per_100g
    newest: dict[tuple[int, int], Figure] = {}
    for revision in revisions:
        current = revision.pk == food.current_id
        key = (revision.food_id, revision.source_id)
        if key not in newest or current:
            newest[key] = Figure(
                revision=revision,
                record=record_text(revision.source_key),
                current=current,
                mg=mg_text(revision.magnesium_ug_per_100g),
                span=range_text(revision.min_ug, revision.max_ug),
                change="" if current else change_text(used, revision.magnesium_ug_per_100g),
                food=owners.get(revision.food_id),
            )
    return sorted(newest.values(), key=lambda figure: (not figure.current, figure.food is not None))


def neighbours(food: Food, items: Iterable[ReviewItem]) -> list[Neighbour]:
    """Return foods that may be the same: those suspected, then those with the same words."""
    suspected = {
        other: str(item.detail.get("reason", "suspected"))
        for item in items
        if item.kind == ReviewItem.Kind.DUPLICATE
        for other in (item.food_id, item.other_id)
        if other not in (None, food.pk)
    }
    words = " ".join(food.name.replace(",", " ").split()[:3])
    ids = [
        *suspected,
        *(pk for pk in listed(words, 3 * NEAR, whole=True) if pk != food.pk and pk not in suspected),
    ]
    found = Food.objects.shown().as_seen().select_related("source").filter(pk__in=ids[: 2 * NEAR])
    by_id = {other.pk: other for other in found}
    return [
        Neighbour(
            food=other,
            mg=mg_text(other.magnesium_ug_per_100g),
            change=change_text(food.magnesium_ug_per_100g, other.magnesium_ug_per_100g),
            suspected=suspected.get(other.pk, ""),
        )
        for other in (by_id[pk] for pk in ids if pk in by_id)
    ][:NEAR]


def _link(food_id: int | None, kind: str) -> str:
    return f"{sources_url(food_id)}?queue={kind}" if food_id else ""


def _act(desk: Desk, request: HttpRequest, food: Food) -> HttpResponse:
    """Do one act and show the food again; a refusal keeps the reason that was typed."""
    act, _, key = request.POST.get("act", "").partition("-")
    here = f"{sources_url(food.pk)}{'?' + request.GET.urlencode() if request.GET else ''}"
    try:
        desk.message_user(request, _done(request, food, act, key))
    except ValidationError as problem:
        request.session["desk_reason"] = request.POST.get("reason", "")[:500]
        desk.message_user(request, " ".join(problem.messages), messages.ERROR)
    return HttpResponseRedirect(here)


def _done(request: HttpRequest, food: Food, act: str, key: str) -> str:
    """Do what was asked and say it. Raises ValidationError, Http404 for what is not there."""
    author, seen = who(request), request.POST.get("seen") or None
    reason = request.POST.get("reason", "").strip()
    match act:
        case "take":
            return _take(food, key, reason, author, seen)
        case "retire" | "restore" if not reason:
            raise ValidationError("Say why first: the reason stands in the history.")
        case "retire":
            retire_food(food=food, reason=reason, author=author, seen=seen)
            return f"Retired: {food.name}. Its history undoes it."
        case "restore":
            restore_food(food=food, reason=reason, author=author, seen=seen)
            return f"Restored: {food.name}."
        case "leave":
            leave_unknown(food=food, author=author, reason=reason or "No source has a value")
            return "Left without a value: it is out of the queue."
        case "apart":
            other = _food(key)
            close_pair(food.pk, other.pk, accepted=False, author=author, answer=reason)
            return f"Not the same as {other.name}: not asked again."
        case "fine":
            item = open_items().filter(pk=key, food=food).first() if len(key) == 36 else None
            if item is None:
                raise ValidationError("Somebody has answered this already.")
            close(item, accepted=False, author=author, answer=reason, now=timezone.now())
            return "Left as it is."
    raise Http404("No such act.")


def _take(food: Food, key: str, reason: str, author: str, seen: str | None) -> str:
    revision = _revision(key)
    where = origin_text(revision)
    taken = take_value(
        food=food,
        revision=revision,
        reason=reason or f"Taken from {where}"[:500],
        author=author,
        seen=seen,
    )
    return f"Now {mg_text(taken.magnesium_ug_per_100g)} mg per 100 g, from {where}."


def merge(desk: Desk, request: HttpRequest, food_id: int) -> HttpResponse:
    """Show two foods side by side, and let the first lead to the second when it is confirmed."""
    may_change(desk, request)
    food, other = food_or_404(food_id), _food(request.GET.get("into", ""))
    portions = missing_portions(food, other)
    if request.method == "POST":
        wanted = set(request.POST.getlist("portion"))
        try:
            merge_foods(
                loser=food,
                winner=other,
                portions=[portion for portion in portions if str(portion.pk) in wanted],
                author=who(request),
                reason=request.POST.get("reason", "").strip() or f"The same food as {other.name}"[:500],
                seen=request.POST.get("seen") or None,
            )
            close_pair(food.pk, other.pk, accepted=True, author=who(request), answer="Merged.")
        except ValidationError as problem:
            desk.message_user(request, " ".join(problem.messages), messages.ERROR)
        else:
            desk.message_user(request, f"{food.name} is now one with {other.name}; its entries stay.")
            return HttpResponseRedirect(sources_url(other.pk))
    return page(
        desk,
        request,
        "merge",
        title=f"Merge {food.name}",
        food=food,
        other=other,
        mgs=(mg_text(food.magnesium_ug_per_100g), mg_text(other.magnesium_ug_per_100g)),
        change=change_text(food.magnesium_ug_per_100g, other.magnesium_ug_per_100g),
        portions=portions,
        seen=state_of(food),
        swap=f"{reverse('admin:foods_food_merge', args=[other.pk])}?into={food.pk}",
    )


def _food(key: str) -> Food:
    return food_or_404(whole_or_404(key))


def _revision(key: str) -> FoodRevision:
    found = FoodRevision.objects.select_related("source", "food").filter(pk=whole_or_404(key)).first()
    if found is None:
        raise Http404("No such figure.")
    return found
