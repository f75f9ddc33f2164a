"""What a label's line comes to; nothing is saved."""

from drf_spectacular.utils import extend_schema
from rest_framework.response import Response
from rest_framework.views import APIView

from intake.api import answers, shapes
from intake.api.inputs import LabelBody, checked
from intake.api.requests import PersonCall
from supplements.models import Compound
from supplements.reading import read_text


class LabelsView(APIView):
    """The words of a label."""

    @extend_schema(
        operation_id="labels_read",
        summary="Read a label's line",
        request=LabelBody,
        responses=shapes.responses({200: shapes.LabelShape}, 400, 415),
    )
    def post(self, request: PersonCall) -> Response:
        """Elemental magnesium as the text says it; null, with what to ask, where it leaves that open.

        Nothing is saved, and nothing of the text is kept.
        """
        body = checked(LabelBody, request)
        reading = read_text(body["text"], country=body.get("country"), forms=Compound.objects.all())
        return Response(answers.label(reading))
