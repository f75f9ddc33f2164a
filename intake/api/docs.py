"""The interface described: as OpenAPI for programs, and as a page for people, from the same schema."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.decorators import method_decorator
from django.views import View
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import (
    OpenApiJsonRenderer,
    OpenApiJsonRenderer2,
    OpenApiYamlRenderer,
    OpenApiYamlRenderer2,
)
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

Schema = dict[str, Any]

_METHODS = ("get", "post", "put", "patch", "delete")
_FORMATS = {"date": "date", "date-time": "date and time", "uuid": "UUID"}


@lru_cache(maxsize=1)
def openapi() -> Schema:
    """Return the interface in OpenAPI 3; made once, since nothing in it changes while the server runs."""
    made: Schema = SchemaGenerator().get_schema(public=True)  # type: ignore[no-untyped-call]
    return made


class SchemaView(APIView):
    """The interface in OpenAPI 3, as YAML or JSON; open to all."""

    authentication_classes = ()
    permission_classes = ()
    throttle_classes = ()
    renderer_classes = (
        OpenApiYamlRenderer,
        OpenApiYamlRenderer2,
        OpenApiJsonRenderer,
        OpenApiJsonRenderer2,
    )
    schema = None

    def get(self, request: Request) -> Response:
        """Return the schema."""
        return Response(openapi(), headers={"Cache-Control": "public, max-age=300"})


@method_decorator(login_not_required, name="dispatch")
class DocsView(View):
    """The same as a page to read: no script, nothing to load; open to all."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Return the page."""
        operations = list(_operations(openapi()))
        return render(request, "intake/api_docs.html", {"info": openapi()["info"], "operations": operations})


# From the schema to what the page shows -----------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A parameter, or a field of a body or an answer; `depth` counts the objects around it."""

    name: str
    type: str
    text: str
    needed: bool = False
    depth: int = 0

    @property
    def levels(self) -> range:
        """One step for each object around it."""
        return range(self.depth)


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """A way a call may be refused."""

    code: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One call."""

    id: str
    method: str
    path: str
    title: str
    text: str
    parameters: tuple[Field, ...]
    body: tuple[Field, ...]
    codes: str  # of success: "201 or 200"
    answer: tuple[Field, ...]
    refusals: tuple[Refusal, ...]


def _operations(api: Schema) -> Iterator[Operation]:
    for path, item in api["paths"].items():
        for method in _METHODS:
            if call := item.get(method):
                replies = call["responses"]
                good = [code for code in replies if code.startswith("2")]
                yield Operation(
                    id=call["operationId"],
                    method=method.upper(),
                    path=path,
                    title=call.get("summary", call["operationId"]),
                    text=call.get("description", ""),
                    parameters=tuple(_parameter(each) for each in call.get("parameters", ())),
                    body=_body_fields(api, call.get("requestBody", {})),
                    codes=" or ".join(good),
                    answer=_body_fields(api, replies[good[0]]),
                    refusals=tuple(
                        Refusal(code=code, text=replies[code]["description"])
                        for code in sorted(replies.keys() - set(good))
                    ),
                )


def _parameter(parameter: Schema) -> Field:
    return Field(
        name=parameter["name"],
        type=_type(parameter["schema"]),
        text=parameter.get("description", ""),
        needed=parameter.get("required", False),
    )


def _body_fields(api: Schema, holder: Schema) -> tuple[Field, ...]:
    content = holder.get("content", {}).get("application/json", {}).get("schema", {})
    return tuple(_fields(api, content, 0))


def _fields(api: Schema, part: Schema, depth: int) -> Iterator[Field]:
    part = _resolved(api, part)
    if part.get("type") == "array":
        yield from _fields(api, part["items"], depth)
        return
    needed = part.get("required", ())
    for name, inner in part.get("properties", {}).items():
        shape = _resolved(api, inner)
        yield Field(
            name=name,
            type=_type(shape, api),
            text=inner.get("description", "") if "$ref" not in inner else "",
            needed=name in needed,
            depth=depth,
        )
        yield from _fields(api, shape, depth + 1)


def _resolved(api: Schema, part: Schema) -> Schema:
    """Follow references; what stands beside one (a description, "may be null") is kept."""
    while True:
        parts = (
            [part] if "$ref" in part else part.get("allOf") or part.get("oneOf") or part.get("anyOf") or ()
        )
        reference = next((each["$ref"] for each in parts if "$ref" in each), None)
        if reference is None:
            return part
        beside = {key: value for key, value in part.items() if key not in ("$ref", "allOf", "oneOf", "anyOf")}
        part = api["components"]["schemas"][reference.rsplit("/", 1)[1]] | beside


def _type(shape: Schema, api: Schema | None = None) -> str:
    if shape.get("type") == "array":
        items = _resolved(api, shape["items"]) if api else shape["items"]
        return f"list of {_type(items, api)}s"
    words = [each for each in shape.get("enum", ()) if each is not None]
    text = " | ".join(map(str, words)) or _FORMATS.get(shape.get("format", "")) or shape.get("type", "object")
    return f"{text} or null" if shape.get("nullable") else text
