"""Foods: search as one types, and where a figure comes from."""

from drf_spectacular.utils import extend_schema
from rest_framework.response import Response
from rest_framework.views import APIView

from foods.models import Food, Portion
from foods.services import winner_of
from intake.api import answers, shapes
from intake.api.requests import PersonCall, limit, query
from intake.errors import NotThere
from intake.finding import find_foods, food_by_ref, shared_portions
from intake.models import OwnFood
from intake.throttling import CallThrottle, SearchThrottle


class FoodsView(APIView):
    """Search among the shared foods and one's own."""

    throttle_classes = (CallThrottle, SearchThrottle)

    @extend_schema(
        operation_id="foods_search",
        summary="Search foods",
        parameters=shapes.SEARCH,
        responses=shapes.responses({200: shapes.FoodResults}, 400),
    )
    def get(self, request: PersonCall) -> Response:
        """Foods for the words of `q`, best first, one's own among them. No words, no results."""
        found = find_foods(request.user, query(request), limit(request))
        return Response({"results": [answers.found_food(food) for food in found]})


class FoodView(APIView):
    """One food with its provenance."""

    @extend_schema(
        operation_id="foods_read",
        summary="Read a food",
        parameters=[shapes.in_path("food_id", "An id of a search's answer.", "170188")],
        responses=shapes.responses({200: shapes.FoodDetail}, 404),
    )
    def get(self, request: PersonCall, food_id: str) -> Response:
        """A food with each figure it had: release, record, n, minimum, maximum, derivation, who and when."""
        food = food_by_ref(request.user, food_id, retired=True)
        if food is None:
            raise NotThere
        return Response(answers.own_food(food) if isinstance(food, OwnFood) else _shared(food))


def _shared(food: Food) -> answers.Answer:
    portions = Portion.objects.shown().filter(food=food).order_by("position", "pk")
    winner = winner_of(food.pk) if food.merged_into_id else None
    return answers.shared_food(food, food.shown_revisions(), shared_portions(portions), winner)
