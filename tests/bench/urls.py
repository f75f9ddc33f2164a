"""The project's addresses and two bare ones to measure them against."""

from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import JsonResponse
from django.shortcuts import render
from django.urls import include, path

from foods.models import Food
from intake.authentication import TokenAuthentication


@login_not_required
def bare_json(request):
    """A token's look-up, one row by its key, an answer of constant shape."""
    TokenAuthentication().authenticate(request)
    return one_food(request)


def bare_json_page(request):
    """The same with a session's look-up."""
    return one_food(request)


def one_food(request):
    food = Food.objects.get(pk=request.GET["id"])
    return JsonResponse(
        {"id": str(food.pk), "name": food.name, "brand": food.brand, "category": food.category}
    )


def bare_page(request):
    """A session's look-up, one query of 50 rows, a plain template."""
    foods = Food.objects.filter(pk__gt=int(request.GET["id"])).order_by("pk")[:50]
    return render(request, "bench/bare.html", {"foods": foods})


def counted(get_response):
    """Say in a header how many queries an answer took, where the request asks for it."""

    def middleware(request):
        if "X-Count-Queries" not in request.headers:
            return get_response(request)
        seen = []

        def count(execute, sql, params, many, context):
            seen.append(sql)
            return execute(sql, params, many, context)

        with connection.execute_wrapper(count):
            response = get_response(request)
        response["X-Queries"] = str(len(seen))
        return response

    return middleware


urlpatterns = [
    path("bench/json/", bare_json),
    path("bench/json-page/", bare_json_page),
    path("bench/page/", bare_page),
    path("", include("config.urls")),
]
