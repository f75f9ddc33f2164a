"""The curators' desk: what was found of forms, and where they may be used."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminTextareaWidget
from django.db.models import QuerySet
from django.http import HttpRequest

from supplements.admin.recorded import Recorded
from supplements.models import Finding, Permit
from supplements.services import record_with_forms


class FactForm(forms.ModelForm[Any]):
    """A fact with its forms; of a past state it shows the forms it had then."""

    url = forms.URLField(label="Address", max_length=200, required=False, assume_scheme="https")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        record = getattr(self.instance, "_history", None)
        if record is not None and "compounds" in self.fields:
            self.initial["compounds"] = [row.compound_id for row in record.compounds.all()]


class FactAdmin(Recorded):
    """Facts about forms, each with its source, how it was read, and its history."""

    form = FactForm
    list_per_page = 100
    actions = ("withdraw", "show_again")
    wide = frozenset({"result", "remark", "citation"})  # a sentence long

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Read the forms along."""
        rows: QuerySet[Any] = super().get_queryset(request)
        return rows.prefetch_related("compounds")

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Give a sentence room, and let forms be ticked: no key to hold down, no script needed."""
        if db_field.name == "compounds":
            kwargs["widget"] = forms.CheckboxSelectMultiple
        if db_field.name in self.wide:
            kwargs["widget"] = AdminTextareaWidget(attrs={"rows": 3})
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Save; its forms are saved after it, and both make one state."""
        obj.skip_history_when_saving = True
        super().save_model(request, obj, form, change)

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """Record the first state, now that its forms are saved."""
        record_with_forms(obj, made=True)
        return super().log_addition(request, obj, message)

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """Record the state; a revert ends here as well."""
        record_with_forms(obj, made=False)
        return super().log_change(request, obj, message)

    @admin.display(description="forms")
    def of_forms(self, fact: Any) -> str:
        """Return the forms, by name."""
        return ", ".join(form.name for form in fact.compounds.all()) or "all"

    @admin.display(description="shown", boolean=True)
    def is_shown(self, fact: Any) -> bool:
        """Whether a person sees it."""
        return bool(fact.shown)

    @admin.action(description="Withdraw: kept, and shown to nobody", permissions=["change"])
    def withdraw(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        """Take the chosen facts off every page."""
        self.message_user(request, f"Withdrawn: {self._set_withdrawn(request, queryset, True)}.")

    @admin.action(description="Show again", permissions=["change"])
    def show_again(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        """Put the chosen facts back."""
        self.message_user(request, f"Shown again: {self._set_withdrawn(request, queryset, False)}.")

    def _set_withdrawn(self, request: HttpRequest, queryset: QuerySet[Any], withdrawn: bool) -> int:
        rows = list(queryset.filter(withdrawn=not withdrawn))
        for row in rows:
            row.withdrawn = withdrawn
            row._history_user = request.user
            row.save()
        return len(rows)


@admin.register(Finding)
class FindingAdmin(FactAdmin):
    """Findings: study, size and result; no rank."""

    list_display = ("study", "aspect", "of_forms", "n", "result", "status", "is_shown")
    list_filter = ("aspect", "status", "withdrawn", "compounds__family")
    search_fields = ("study", "result", "citation", "code")
    ordering = ("study", "aspect", "id")
    fields = (
        "aspect",
        "compounds",
        "study",
        "design",
        "n",
        "result",
        "citation",
        "url",
        "status",
        "withdrawn",
    )


@admin.register(Permit)
class PermitAdmin(FactAdmin):
    """Where a form may be used, by law."""

    list_display = ("place", "use", "permitted", "of_forms", "remark", "status", "is_shown")
    list_filter = ("place", "use", "permitted", "status", "withdrawn")
    search_fields = ("place", "remark", "citation", "code")
    ordering = ("place", "use", "id")
    fields = ("place", "use", "permitted", "compounds", "remark", "citation", "url", "status", "withdrawn")
