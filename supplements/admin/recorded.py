"""Desks whose rows keep every state they had: who changed what, and back to any of them."""

from typing import Any

from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from simple_history.admin import SimpleHistoryAdmin

MAX_DIGITS = 10  # of the id of a state


class Recorded(SimpleHistoryAdmin):  # type: ignore[misc]  # the package is untyped
    """A desk with history and revert; the author stands there by name, as text."""

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Save as the curator signed in; the state before a first change is kept, too."""
        if change:
            keep_first_state(obj)
        super().save_model(request, obj, form, change)

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """List the states of a row. Raises Http404 for what is no key of one."""
        self._check_key(object_id)
        answer: HttpResponse = super().history_view(request, object_id, extra_context)
        return answer

    def history_form_view(
        self, request: HttpRequest, object_id: str, version_id: str, extra_context: Any = None
    ) -> HttpResponse:
        """Show a past state, and go back to it on POST; only for who may change rows: the package lets all.

        Raises Http404 for what is no key of a row or no id of a state.
        """
        self._check_key(object_id)
        if not (version_id.isascii() and version_id.isdecimal() and len(version_id) < MAX_DIGITS):
            raise Http404("No such state.")
        if request.method == "POST" and not self.has_change_permission(request):
            raise PermissionDenied
        answer: HttpResponse = super().history_form_view(request, object_id, version_id, extra_context)
        return answer

    def _check_key(self, object_id: str) -> None:
        key = unquote(object_id)
        try:
            self.model._meta.pk.to_python(key)
        except ValidationError as error:
            raise Http404("No such row.") from error
        if "\0" in key:
            raise Http404("No such row.")

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        """Delete as the curator signed in."""
        obj._history_user = request.user
        super().delete_model(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        """Delete one by one, so that each leaves its last state."""
        for obj in queryset:
            self.delete_model(request, obj)


def keep_first_state(row: Model) -> None:
    """Put the stored state of a row into its history if nothing is there: rows loaded in bulk have none."""
    manager = type(row)._default_manager
    history: Any = row.history  # type: ignore[attr-defined]
    stored = None if history.exists() else manager.filter(pk=row.pk).first()
    if stored is not None:
        history.bulk_history_create([stored])
