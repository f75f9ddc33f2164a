"""What stands below a food at the desk: its revisions and its portions."""

from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest

from foods.admin.wording import mg_text, range_text, record_text
from foods.amounts import g_from_weight_mg
from foods.models import MAX_WEIGHT_MG, FoodRevision, Portion


class ReadOnlyInline(admin.StackedInline[Any, Any]):
    """Rows that are looked at, never changed or deleted here; stacked: each field has its label."""

    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody."""
        return False


class RevisionInline(ReadOnlyInline):
    """All that was ever known of a food's magnesium, newest first."""

    model = FoodRevision
    ordering = ("-pk",)
    verbose_name_plural = "revisions, newest first"
    readonly_fields = (
        "mg", "range_mg", "n", "derivation", "source", "record", "author", "reason", "created_at",
    )  # fmt: skip
    fields = (
        ("mg", "range_mg", "n", "derivation"),
        ("source", "record"),
        ("author", "reason", "created_at"),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[FoodRevision]:
        """Read the sources along."""
        return super().get_queryset(request).select_related("source")

    @admin.display(description="mg per 100 g")
    def mg(self, revision: FoodRevision) -> str:
        """Return the value in mg."""
        return mg_text(revision.magnesium_ug_per_100g)

    @admin.display(description="min to max")
    def range_mg(self, revision: FoodRevision) -> str:
        """Return the range, where the source gives one."""
        return range_text(revision.min_ug, revision.max_ug)

    @admin.display
    def record(self, revision: FoodRevision) -> str:
        """Return the record's id and its own name, where they are known."""
        return " ".join(filter(None, (record_text(revision.source_key), revision.record_name)))


class PortionForm(forms.ModelForm[Portion]):
    """A new household measure, its weight in g."""

    weight_g = forms.DecimalField(
        label="weight, g",
        min_value=Decimal("0.001"),
        max_value=MAX_WEIGHT_MG // 1000,
        decimal_places=3,
    )

    class Meta:
        model = Portion
        fields = ("label",)

    def clean_label(self) -> str:
        """Refuse a label of blanks, and one that the food has already."""
        label = " ".join(str(self.cleaned_data["label"]).split())
        if not label:
            raise ValidationError("This is needed.")
        if Portion.objects.shown().filter(food=self.instance.food_id, label=label).exists():
            raise ValidationError("The food has a portion of this name already.")
        return label


class PortionInline(ReadOnlyInline):
    """Household measures: new ones can be added, those in use stay."""

    model = Portion
    form = PortionForm
    fields = (("label", "weight_g"),)
    ordering = ("position",)
    extra = 1

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Whoever may add portions."""
        return request.user.has_perm("foods.add_portion")

    @admin.display(description="weight, g")
    def weight_g(self, portion: Portion) -> str:
        """Return the weight in g."""
        return f"{g_from_weight_mg(portion.weight_mg).normalize():f}" if portion.weight_mg else ""
