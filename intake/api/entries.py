"""The diary's entries: saved once under an id, changed only by who read the last version."""

import re
from typing import Any
from uuid import UUID

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.response import Response
from rest_framework.views import APIView

from foods.models import Portion
from intake.api import answers, shapes
from intake.api.inputs import EntryBody, EntryChange, EntryVersion, checked
from intake.api.requests import PersonCall, entry_key
from intake.api_errors import StaleAnswer
from intake.errors import NotThere, Stale
from intake.finding import food_by_ref, portion_by_ref, product_by_ref
from intake.models import Entry, OwnFood, OwnProduct, User
from intake.services import (
    GRAM,
    Logged,
    change_entry,
    delete_entry,
    entry_of,
    log_food,
    log_quick,
    log_supplement,
)
from supplements.models import Product

_IF_MATCH = re.compile(r'(?:W/)?"?([0-9]{1,9})"?')
_ENTRY_ID = [shapes.in_path("entry_id", "A UUID.", "0199f0a2-6a3b-7cc1-9d55-0c5a3c9d1e11")]
_WRITES = (400, 404, 410, 415, 422)


class EntriesView(APIView):
    """Where entries are made."""

    @extend_schema(
        operation_id="entries_create",
        summary="Log something",
        request=EntryBody,
        responses=shapes.responses({201: shapes.EntryShape, 200: shapes.EntryShape}, *_WRITES),
    )
    def post(self, request: PersonCall) -> Response:
        """Log a food, a supplement, or a name and its magnesium; the same body under an `id` is one."""
        body = checked(EntryBody, request)
        return _saved(request.user, body, body.pop("id", None))


class EntryView(APIView):
    """One entry."""

    @extend_schema(
        operation_id="entries_read",
        summary="Read an entry",
        parameters=_ENTRY_ID,
        responses=shapes.responses({200: shapes.EntryShape}, 404),
    )
    def get(self, request: PersonCall, entry_id: str) -> Response:
        """An entry as it stands."""
        return _shown(entry_of(request.user, entry_key(entry_id)))

    @extend_schema(
        operation_id="entries_put",
        summary="Log something under an id",
        parameters=_ENTRY_ID,
        request=EntryBody,
        responses=shapes.responses({201: shapes.EntryShape, 200: shapes.EntryShape}, *_WRITES),
    )
    def put(self, request: PersonCall, entry_id: str) -> Response:
        """201 the first time, 200 for the same body again, 422 for another one, 410 if it was deleted."""
        key = entry_key(entry_id)
        body = checked(EntryBody, request)
        if body.pop("id", key) != key:
            raise ValidationError({"id": ["This is not the id of the address."]})
        return _saved(request.user, body, key)

    @extend_schema(
        operation_id="entries_change",
        summary="Change an entry",
        parameters=[*_ENTRY_ID, shapes.IF_MATCH],
        request=EntryChange,
        responses=shapes.responses({200: shapes.EntryShape}, 400, 404, 409, 415),
    )
    def patch(self, request: PersonCall, entry_id: str) -> Response:
        """Change what is named; the magnesium is reckoned anew from the figure the entry was logged with."""
        key = entry_key(entry_id)
        body = checked(EntryChange, request)
        version = _version(request, body)
        changes = _changes(request.user, key, body)
        try:
            return _shown(change_entry(user=request.user, entry_id=key, version=version, **changes))
        except Stale as stale:
            yours = {name: value for name, value in EntryChange(body).data.items() if name in body}
            raise _stale(stale, yours | {"version": version}) from stale

    @extend_schema(
        operation_id="entries_delete",
        summary="Delete an entry",
        parameters=[*_ENTRY_ID, shapes.IF_MATCH],
        request=EntryVersion,
        responses=shapes.responses({204: None}, 400, 404, 409, 415),
    )
    def delete(self, request: PersonCall, entry_id: str) -> Response:
        """Take an entry out of the diary; its id stays taken."""
        key = entry_key(entry_id)
        version = _version(request, checked(EntryVersion, request))
        try:
            delete_entry(user=request.user, entry_id=key, version=version, now=timezone.now())
        except Stale as stale:
            raise _stale(stale, {"version": version}) from stale
        return Response(status=204)


# Logging -----------------------------------------------------------------------------------------


def _saved(user: User, body: dict[str, Any], key: UUID | None) -> Response:
    logged = _logged(user, body, key)
    return _shown(logged.entry, status=201 if logged.created else 200)


def _logged(user: User, body: dict[str, Any], key: UUID | None) -> Logged:
    common = {
        "user": user,
        "day": body["day"],
        "time": body.get("time"),
        "slot": body.get("slot"),
        "entry_id": key,
    }
    if "food" in body:
        return log_food(**_food(user, body, key), **common)
    if "supplement" in body:
        servings = {"servings": body["servings"]} if "servings" in body else {}
        product = _product(user, body["supplement"], key)
        return log_supplement(product=product, minutes=body.get("minutes"), **servings, **common)
    return log_quick(
        kind=body["kind"],
        label=body["label"],
        magnesium_mg=body.get("magnesium_mg"),
        minutes=body.get("minutes"),
        **common,
    )


def _food(user: User, body: dict[str, Any], key: UUID | None) -> dict[str, Any]:
    """Return the food and its amount as `log_food` takes them. Raises NotThere."""
    food = food_by_ref(user, body["food"])
    if (food is None or str(food.pk) != body["food"]) and _again(user, key):
        food = food_by_ref(user, body["food"], retired=True) or food
    if food is None:
        raise NotThere
    amount: dict[str, Any] = {name: body[name] for name in ("weight_g", "quantity") if name in body}
    if "portion" in body:
        amount["portion"] = portion_by_ref(food, body["portion"])
        if amount["portion"] is None:
            raise NotThere
    return {"food": food, **amount}


def _product(user: User, ref: str, key: UUID | None) -> Product | OwnProduct:
    product = product_by_ref(user, ref)
    if product is None and _again(user, key):
        product = product_by_ref(user, ref, retired=True)
    if product is None:
        raise NotThere
    return product


def _again(user: User, key: UUID | None) -> bool:
    """Say whether the id was used before: a retry is answered though the food was retired or merged since."""
    return key is not None and Entry.objects.of(user).filter(id=key).exists()


# Changing ----------------------------------------------------------------------------------------


def _changes(user: User, key: UUID, body: dict[str, Any]) -> dict[str, Any]:
    """Return a PATCH as `change_entry` takes it. Raises NotThere, ValidationError."""
    changes = {name: value for name, value in body.items() if name != "version"}
    counted = changes.keys() & {"quantity", "servings", "portion"}
    if not counted:
        return changes
    entry = entry_of(user, key)
    by_weight = entry.kind == "food" and entry.unit == GRAM
    supplement = bool(entry.product_id or entry.own_product_id)
    if "servings" in changes:
        if not supplement:
            raise ValidationError({"servings": ["This entry is not counted in servings."]})
        return changes | {"quantity": changes.pop("servings")}
    if "portion" in changes:
        changes["portion"] = _portion(entry, changes["portion"])
    elif by_weight:
        raise ValidationError({"quantity": ["This entry was logged by weight: give weight_g or portion."]})
    return changes


def _portion(entry: Entry, ref: str) -> Portion | OwnFood:
    food = entry.food_revision.food if entry.food_revision else entry.own_food
    if food is None:
        raise ValidationError({"portion": ["This entry has no portions."]})
    portion = portion_by_ref(food, ref)
    if portion is None:
        raise NotThere
    return portion


def _version(request: PersonCall, body: dict[str, Any]) -> int:
    """Return the version that was read, from the body or If-Match. Raises ValidationError."""
    said = {body["version"]} if "version" in body else set()
    if header := request.headers.get("If-Match"):
        found = _IF_MATCH.fullmatch(header.strip())
        if not found:
            raise ValidationError({"version": ["If-Match holds the version as a number."]})
        said.add(int(found[1]))
    if len(said) != 1:
        raise ValidationError({"version": ["One version is needed, here or in If-Match."]})
    version: int = said.pop()
    return version


def _stale(stale: Stale, yours: dict[str, Any]) -> StaleAnswer:
    return StaleAnswer(yours, answers.entry(stale.current))


def _shown(entry: Entry, status: int = 200) -> Response:
    return Response(answers.entry(entry), status=status, headers={"ETag": f'"{entry.version}"'})
