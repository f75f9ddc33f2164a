"""Forms of magnesium, and the supplements made of them."""

from typing import Any

from django.db.models import F
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.response import Response
from rest_framework.views import APIView

from intake.api import answers, shapes
from intake.api.inputs import ProductBody, checked
from intake.api.requests import PersonCall, limit, query
from intake.finding import find_supplements
from intake.services import LineInput, make_own_product
from intake.throttling import CallThrottle, SearchThrottle
from supplements.models import Compound


class CompoundsView(APIView):
    """The forms of magnesium."""

    @extend_schema(
        operation_id="compounds_list",
        summary="List the forms of magnesium",
        responses=shapes.responses({200: shapes.CompoundResults}),
    )
    def get(self, request: PersonCall) -> Response:
        """All of them, the commonest first; the fraction is null where no formula is fixed."""
        rows = list(Compound.objects.order_by(F("common_rank").asc(nulls_last=True), "name"))
        return Response({"results": answers.compounds(rows)})


class SupplementsView(APIView):
    """Supplements, shared and one's own."""

    def get_throttles(self) -> list[Any]:
        """Count a GET as a search too."""
        searches = [SearchThrottle()] if self.request.method == "GET" else []
        return [CallThrottle(), *searches]

    @extend_schema(
        operation_id="supplements_search",
        summary="Search supplements",
        parameters=shapes.SEARCH,
        responses=shapes.responses({200: shapes.SupplementResults}, 400),
    )
    def get(self, request: PersonCall) -> Response:
        """Supplements for the words of `q`, one's own first; without words all of one's own stand first."""
        found = find_supplements(request.user, query(request), limit(request))
        return Response({"results": [answers.product(row) for row in found]})

    @extend_schema(
        operation_id="supplements_create",
        summary="Keep a supplement of one's own",
        request=ProductBody,
        responses=shapes.responses({201: shapes.SupplementMade}, 400, 415, 422),
    )
    def post(self, request: PersonCall) -> Response:
        """A product as its label reads; what on it does not agree is pointed out, and saved as given."""
        body = checked(ProductBody, request)
        made, reading = make_own_product(
            user=request.user,
            name=body["name"],
            serving=body["serving"],
            kind=body.get("kind"),
            lines=_lines(body["ingredients"]),
            product_id=body.get("id"),
        )
        answer = answers.product(made) | {"contradictions": list(reading.contradictions)}
        return Response(answer, status=201)


def _lines(ingredients: list[dict[str, Any]]) -> list[LineInput]:
    compounds = Compound.objects.in_bulk(
        {line["compound"] for line in ingredients if len(line["compound"]) <= 40}
    )
    unknown = [
        {"compound": ["There is no such form."]} if line["compound"] not in compounds else {}
        for line in ingredients
    ]
    if any(unknown):
        raise ValidationError({"ingredients": unknown})
    return [
        LineInput(
            compound=compounds[line["compound"]],
            basis=line["basis"],
            amount=line["amount_mg"],
            dv_mg=line.get("dv_mg"),
        )
        for line in ingredients
    ]
