"""What every answer carries, and what no request to the curators' desk may."""

from collections.abc import Callable
from typing import Any

from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import BadRequest, ValidationError
from django.http import Http404, HttpRequest, HttpResponse


def private_pages(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Keep every page out of shared and local caches, unless a view said otherwise."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    return middleware


class DeskRequests:
    """Refuse what Django's admin would hand to the database as it came, to fail there with a 500.

    That is NUL, which PostgreSQL takes in no text; patterns, which can run for ever; rows of an action that
    are no keys.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: dict[str, Any]
    ) -> None:
        """Raise Http404 for an address, BadRequest for anything else, that cannot be asked."""
        desk = getattr(view, "model_admin", None)
        if desk is None:
            return
        if any(sign in str(value) for value in kwargs.values() for sign in ("\0", "_00")):  # as quoted
            raise Http404
        for name, values in request.GET.lists():
            if "\0" in "".join([name, *values]):
                raise BadRequest("NUL in the address")
            if name.endswith(("__regex", "__iregex")):
                raise BadRequest("a pattern in the address")
        try:
            for key in request.POST.getlist(ACTION_CHECKBOX_NAME):
                desk.opts.pk.clean(key, None)
        except ValidationError as error:
            raise BadRequest("an action on what is no row") from error
