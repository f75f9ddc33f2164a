"""What the answers look like, for the schema and the docs; the answers themselves are built in `answers`."""

from typing import Any

from drf_spectacular.extensions import OpenApiSerializerFieldExtension
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse
from rest_framework import serializers

from intake.api.fields import Clock
from intake.domain.band import Standing
from intake.models import Body, Kind, LifeStage, Mark, Sex, Slot
from supplements.models import Compound

Shape = serializers.Serializer[Any]


def _mg(**options: Any) -> serializers.FloatField:
    return serializers.FloatField(**options)


def _unknown(**options: Any) -> serializers.FloatField:
    return serializers.FloatField(allow_null=True, **options)


def _text(**options: Any) -> serializers.CharField:
    return serializers.CharField(**options)


class SourceShape(Shape):
    """A data set, its release and the record; or `own` and `label`, which have no release."""

    code = _text()
    release = _text(allow_null=True)
    key = _text(allow_null=True)


class PortionShape(Shape):
    """A household measure."""

    id = _text()
    label = _text()  # type: ignore[assignment]
    weight_g = _mg()


class FoodShape(Shape):
    """A food, shared or one's own; a null figure is not known."""

    id = _text()
    name = _text()
    brand = _text()
    category = _text()
    source = SourceShape()  # type: ignore[assignment]
    magnesium_mg_per_100g = _unknown()
    portions = PortionShape(many=True)


class FoodResults(Shape):
    """Foods, best first."""

    results = FoodShape(many=True)


class SpreadShape(Shape):
    """How a figure was found; null where the source does not say. `min` and `max` are mg per 100 g."""

    n = serializers.IntegerField(allow_null=True)
    min = _unknown()
    max = _unknown()
    derivation = _text(allow_null=True)


class RevisionShape(SpreadShape):
    """A figure of a food, from a release or a curator."""

    id = _text()
    current = serializers.BooleanField()
    magnesium_mg_per_100g = _unknown()
    source = SourceShape()  # type: ignore[assignment]
    author = _text(allow_null=True)
    reason = _text(allow_null=True)
    created_at = serializers.DateTimeField()


class FoodDetail(SpreadShape, FoodShape):
    """A food with every figure it had, the current one first; `merged_into` is the food it leads to now."""

    merged_into = _text(allow_null=True)
    revisions = RevisionShape(many=True)


class CompoundShape(Shape):
    """A form of magnesium; what is reckoned follows from the formula, and is null where there is none.

    `preselected` is the form that is offered first where a label names only the family.
    """

    id = _text()
    name = _text()
    family = _text()
    formula = _text(allow_null=True)
    magnesium_fraction = _unknown()
    molar_mass_g_per_mol = _unknown()
    compound_mg_per_100mg_magnesium = _unknown()
    preselected = serializers.BooleanField()
    route = serializers.ChoiceField(Compound.Route.choices)


class CompoundResults(Shape):
    """Every form."""

    results = CompoundShape(many=True)


class SupplementShape(Shape):
    """A supplement, shared or one's own."""

    id = _text()
    name = _text()
    serving = _text()
    magnesium_mg_per_serving = _unknown()


class SupplementResults(Shape):
    """Supplements, one's own first."""

    results = SupplementShape(many=True)


class SupplementMade(SupplementShape):
    """The new supplement, and what does not agree on its label."""

    contradictions = serializers.ListField(child=serializers.CharField())


class LabelPart(Shape):
    """A form of magnesium on a label, and its figures; null where the label does not say, or it is asked.

    `name` is what is printed. `compound` is an id of compounds/. An excipient, such as stearate, counts 0.
    """

    name = _text()
    compound = _text(allow_null=True)
    elemental_mg = _unknown()
    compound_mg = _unknown()


class LabelShape(Shape):
    """What a label's line comes to; `elemental_mg` is null while there is something to ask.

    `per` is what the amount is for, as printed; null if the text does not say. Where one figure stands for
    several forms, a part without a compound holds it and those of the forms hold none.
    """

    elemental_mg = _unknown()
    per = _text(allow_null=True)
    parts = LabelPart(many=True)
    asks = serializers.ListField(child=serializers.CharField())
    contradictions = serializers.ListField(child=serializers.CharField())


class EntryShape(Shape):
    """An entry; a null figure is not known."""

    id = serializers.UUIDField()
    day = serializers.DateField()
    time = Clock(allow_null=True)
    slot = serializers.ChoiceField(Slot.choices)
    kind = serializers.ChoiceField(Kind.choices)
    label = _text()  # type: ignore[assignment]
    weight_g = _unknown()
    minutes = serializers.IntegerField(
        required=False, allow_null=True, help_text="On the skin; only of what is topical."
    )
    magnesium_mg = _unknown()
    source = SourceShape()  # type: ignore[assignment]
    version = serializers.IntegerField()


class BandShape(Shape):
    """The band of a day, and where it comes from."""

    low_mg = _mg()
    high_mg = _mg()
    basis = _text()


class CeilingShape(Shape):
    """The ceiling for added magnesium, and where it comes from."""

    added_mg = _mg()
    basis = _text()


class CitationShape(Shape):
    """Where a figure or a sentence comes from."""

    body = _text()
    title = _text()
    year = serializers.IntegerField()
    url = _text(allow_blank=True)


class WarningShape(Shape):
    """An informational note."""

    code = _text()
    severity = serializers.ChoiceField(["info", "notice", "caution"])
    text = _text()
    source = CitationShape(allow_null=True)  # type: ignore[assignment]


class DayPart(Shape):
    """A day's totals; `total_mg` is the known part, null when nothing is known."""

    day = serializers.DateField()
    total_mg = _unknown()
    food_mg = _mg()
    water_mg = _mg()
    added_mg = _mg()
    unknown_count = serializers.IntegerField()
    band = BandShape(allow_null=True)
    ceiling = CeilingShape(allow_null=True)
    standing = serializers.ChoiceField([standing.value for standing in Standing], allow_null=True)
    mark = serializers.ChoiceField(Mark.choices, allow_null=True)


class DayShape(DayPart):
    """A day with its notes and entries."""

    warnings = WarningShape(many=True)
    entries = EntryShape(many=True)


class WeekDays(serializers.ListField):
    """Seven days, each null where nothing was logged."""

    child = DayPart(allow_null=True)


class WeekDaysSchema(OpenApiSerializerFieldExtension):  # type: ignore[no-untyped-call]
    """Says in the schema that a day of a week may be null."""

    target_class = WeekDays

    def map_serializer_field(self, auto_schema: Any, direction: Any) -> dict[str, Any]:
        """Return the schema of the list."""
        day = auto_schema.resolve_serializer(DayPart, direction).ref
        return {"type": "array", "items": {"allOf": [day], "nullable": True}, "minItems": 7, "maxItems": 7}


class TopSourceShape(Shape):
    """What gave how much; `share` is 0 to 1 of the week's known total."""

    label = _text()  # type: ignore[assignment]
    magnesium_mg = _mg()
    share = _mg()


class WeekShape(Shape):
    """Seven days, Monday first; null where nothing was logged. Means are over the logged days only."""

    week = _text()
    days = WeekDays()
    logged_days = serializers.IntegerField()
    mean_mg = _unknown()
    margin_mg = _unknown()
    probability_adequate = _unknown()
    reason = _text(allow_null=True)
    top_sources = TopSourceShape(many=True)


class OwnBandShape(Shape):
    """An own band."""

    low_mg = _mg()
    high_mg = _mg()


class ProfileShape(Shape):
    """The settings, and the choice in force today; a null band or ceiling is the body's own value."""

    body = serializers.ChoiceField(Body.choices)
    sex = serializers.ChoiceField(Sex.choices, allow_null=True)
    birth_year = serializers.IntegerField(allow_null=True)
    life_stage = serializers.ChoiceField(LifeStage.choices, allow_null=True)
    tz = _text()
    day_starts_at = Clock()
    band = OwnBandShape(allow_null=True)
    ceiling_body = serializers.ChoiceField(Body.choices, allow_null=True)
    ceiling_mg = _unknown()
    valid_from = serializers.DateField(allow_null=True)


class ErrorShape(Shape):
    """Why not."""

    detail = _text()


class StaleShape(ErrorShape):
    """What was sent, and how the entry stands now."""

    yours = serializers.DictField()
    current = EntryShape()


INVALID = OpenApiResponse(
    {
        "type": "object",
        "description": "Messages by field, or a detail.",
        "additionalProperties": True,
        "example": {"day": ["A day is needed, such as 2026-11-22."]},
    },
    "A value was refused.",
)
TOGETHER = OpenApiResponse(ErrorShape, "Changed by another call at the same moment; nothing was saved.")
_REASONS = {
    400: INVALID,
    401: OpenApiResponse(ErrorShape, "No token, or one that is not known."),
    404: OpenApiResponse(ErrorShape, "Not there, or not yours."),
    409: OpenApiResponse(StaleShape, "Changed since it was read."),
    410: OpenApiResponse(ErrorShape, "The entry of this id was deleted."),
    415: OpenApiResponse(ErrorShape, "The body is not application/json."),
    422: OpenApiResponse(ErrorShape, "The id stands for something else."),
    429: OpenApiResponse(ErrorShape, "Too many calls; Retry-After says for how many seconds."),
}


def responses(answers: dict[int, Any], *refusals: int) -> dict[int, Any]:
    """Return what a call may answer: its own answers, these refusals, and those of every call."""
    return answers | {code: _REASONS[code] for code in (*refusals, 401, 429)}


def in_path(name: str, description: str, example: str) -> OpenApiParameter:
    """Return the description of an id in the address."""
    return OpenApiParameter(
        name, OpenApiTypes.STR, OpenApiParameter.PATH, description=description, default=example
    )


IF_MATCH = OpenApiParameter(
    "If-Match", OpenApiTypes.STR, OpenApiParameter.HEADER, description="The version, where the body has none."
)
SEARCH = [
    OpenApiParameter("q", OpenApiTypes.STR, description="Words in any order, each by its beginning."),
    OpenApiParameter(
        "limit",
        {"type": "integer", "minimum": 1, "maximum": 100, "default": 20},
        description="How many at most.",
    ),
]
