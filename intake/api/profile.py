"""What the person chose: reference body, band, ceiling, time zone."""

import datetime as dt
from typing import Any

from django.db import transaction
from drf_spectacular.utils import extend_schema
from rest_framework.response import Response
from rest_framework.views import APIView

from foods.amounts import ug_from_mg
from intake.api import answers, shapes
from intake.api.inputs import ProfileBody, checked
from intake.api.requests import PersonCall
from intake.clock import today_of
from intake.models import Target, User, in_force
from intake.services import change_profile, set_target

_PLAIN = ("body", "sex", "birth_year", "life_stage", "ceiling_body")
_SETTINGS = ("tz", "day_starts_at")


class ProfileView(APIView):
    """One's own settings."""

    @extend_schema(
        operation_id="profile_read",
        summary="Read the settings",
        responses=shapes.responses({200: shapes.ProfileShape}),
    )
    def get(self, request: PersonCall) -> Response:
        """The settings, and the choice that holds today."""
        user = request.user
        return Response(answers.profile(user.profile, _in_force(user, today_of(user))))

    @extend_schema(
        operation_id="profile_change",
        summary="Change the settings",
        request=ProfileBody,
        responses=shapes.responses({200: shapes.ProfileShape, 409: shapes.TOGETHER}, 400, 415),
    )
    def patch(self, request: PersonCall) -> Response:
        """Change what is named, all of it or nothing; the answer shows the choice as it was saved."""
        user, body = request.user, checked(ProfileBody, request)
        settings = {name: body[name] for name in _SETTINGS if name in body}
        choice = _choice(body)
        valid_from = body.get("valid_from")
        with transaction.atomic():
            if settings:
                change_profile(user=user, **settings)
            today = today_of(user)
            target: Target | None
            if choice or valid_from:
                target = set_target(user=user, today=today, valid_from=valid_from, **choice)
            else:
                target = _in_force(user, today)
        return Response(answers.profile(user.profile, target))


def _in_force(user: User, day: dt.date) -> Target | None:
    return in_force(Target.objects.of(user).order_by("valid_from"), day)


def _choice(body: dict[str, Any]) -> dict[str, Any]:
    choice = {name: body[name] for name in _PLAIN if name in body}
    if "band" in body:
        band = body["band"]
        choice["low_ug"] = band and ug_from_mg(band["low_mg"])
        choice["high_ug"] = band and ug_from_mg(band["high_mg"])
    if "ceiling_mg" in body:
        ceiling = body["ceiling_mg"]
        choice["ceiling_ug"] = None if ceiling is None else ug_from_mg(ceiling)
    return choice
