"""Foods at the desk: find, correct, retire, add a portion; nothing is overwritten."""

from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.forms.models import BaseInlineFormSet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse

from foods.amounts import UG_PER_MG, g_from_weight_mg, mg_from_ug
from foods.models import MAX_UG_PER_100G, MAX_WEIGHT_MG, Food, FoodRevision, Portion, Source
from foods.services import add_portion, correct_food, restore_foods, retire_foods
from foods.text import validate_text


def mg_text(ug: int | None) -> str:
    """Return µg as mg without trailing zeros: "92.96"; "not known" for None."""
    return "not known" if ug is None else f"{mg_from_ug(ug).normalize():f}"


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
        if revision.min_ug is None or revision.max_ug is None:
            return ""
        return f"{mg_text(revision.min_ug)} to {mg_text(revision.max_ug)}"

    @admin.display
    def record(self, revision: FoodRevision) -> str:
        """Return the record's id and its own name, where they are known."""
        return " ".join(filter(None, (revision.source_key, revision.record_name)))


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
        if Portion.objects.filter(food_id=self.instance.food_id, label=label).exists():
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


class StateFilter(admin.SimpleListFilter):
    """In use or retired."""

    title = "state"
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Return the two states."""
        return [("in-use", "in use"), ("retired", "retired")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Food]) -> QuerySet[Food]:
        """Keep the foods of the state."""
        if self.value() is None:
            return queryset
        return queryset.filter(retired_at__isnull=self.value() == "in-use")


class ValueFilter(admin.SimpleListFilter):
    """Magnesium known or not, or corrected by a curator."""

    title = "magnesium"
    parameter_name = "magnesium"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Return what can be asked."""
        return [("known", "known"), ("unknown", "not known"), ("corrected", "corrected here")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Food]) -> QuerySet[Food]:
        """Keep the foods asked for."""
        match self.value():
            case "known":
                return queryset.exclude(current__magnesium_ug_per_100g=None)
            case "unknown":
                return queryset.filter(current__magnesium_ug_per_100g=None)
            case "corrected":
                return queryset.filter(current__source__code="curator")
        return queryset


class CorrectionForm(forms.Form):
    """A new value, or that none is known, and why."""

    magnesium_mg_per_100g = forms.DecimalField(
        label="Magnesium, mg per 100 g",
        required=False,
        min_value=0,
        max_value=MAX_UG_PER_100G // UG_PER_MG,
        decimal_places=3,
    )
    unknown = forms.BooleanField(label="The value is not known", required=False)
    reason = forms.CharField(
        max_length=500,
        validators=[validate_text],
        widget=AdminTextareaWidget(attrs={"rows": 3}),
        help_text="What is corrected and from which source; people see it beside the figure.",
    )

    def clean(self) -> dict[str, Any]:
        """Ask for a value or for "not known", not both."""
        data = self.cleaned_data
        value, unknown = data.get("magnesium_mg_per_100g"), data.get("unknown")
        if "magnesium_mg_per_100g" in data and (value is None) != bool(unknown):
            self.add_error("magnesium_mg_per_100g", "Give a value, or tick that it is not known.")
        return data


@admin.register(Food)
class FoodAdmin(admin.ModelAdmin[Food]):
    """Foods are loaded, not typed; a correction is a new revision, and a food is retired, not deleted."""

    list_display = ("name", "brand", "category", "magnesium", "figure_source", "retired_at")
    list_filter = ("source", StateFilter, ValueFilter, "category")
    list_select_related = ("current__source",)
    search_fields = ("name", "brand", "=source_key")
    ordering = ("name", "pk")
    show_full_result_count = False
    list_per_page = 50
    actions = ("retire", "restore")
    inlines = (RevisionInline, PortionInline)
    readonly_fields = (
        "name", "brand", "category", "source", "source_key", "gtin",
        "magnesium", "figure_source", "merged_into", "retired_at",
    )  # fmt: skip
    fields = (
        ("name", "brand"),
        ("magnesium", "figure_source"),
        ("category", "gtin"),
        ("source", "source_key"),
        ("merged_into", "retired_at"),
    )

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody: foods come from sources."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Food | None = None) -> bool:
        """Nobody: a food is retired instead."""
        return False

    @admin.display(description="mg per 100 g", ordering="current__magnesium_ug_per_100g")
    def magnesium(self, food: Food) -> str:
        """Return the current value in mg."""
        return mg_text(food.current.magnesium_ug_per_100g if food.current else None)

    @admin.display(description="value from")
    def figure_source(self, food: Food) -> str:
        """Return the release that the current value comes from."""
        return str(food.current.source) if food.current else ""

    @admin.action(description="Retire: keep out of search", permissions=["change"])
    def retire(self, request: HttpRequest, queryset: QuerySet[Food]) -> None:
        """Retire the foods chosen."""
        self.message_user(request, f"Retired: {retire_foods(queryset)}.")

    @admin.action(description="Restore: put back into search", permissions=["change"])
    def restore(self, request: HttpRequest, queryset: QuerySet[Food]) -> None:
        """Restore the foods chosen."""
        self.message_user(request, f"Restored: {restore_foods(queryset)}.")

    def save_formset(
        self, request: HttpRequest, form: Any, formset: BaseInlineFormSet[Any, Any, Any], change: bool
    ) -> None:
        """Add the portions typed in; the formset has nothing else that could change."""
        formset.new_objects, formset.changed_objects, formset.deleted_objects = [], [], []
        for row in formset.extra_forms if formset.model is Portion else []:
            if not row.has_changed():
                continue
            typed = row.cleaned_data
            try:
                portion = add_portion(food=formset.instance, label=typed["label"], weight_g=typed["weight_g"])
            except ValidationError as problem:  # twice in one form, or just added by someone else
                self.message_user(request, " ".join(problem.messages), messages.ERROR)
            else:
                formset.new_objects.append(portion)

    def get_urls(self) -> list[URLPattern]:
        """Add the page of the correction."""
        correct = self.admin_site.admin_view(self.correct_view)
        return [path("<int:food_id>/correct/", correct, name="foods_food_correct"), *super().get_urls()]

    def correct_view(self, request: HttpRequest, food_id: int) -> HttpResponse:
        """Ask for a new value and the reason, then give the food a new revision."""
        food = Food.objects.select_related("current__source").filter(pk=food_id).first()
        if food is None:
            raise Http404("No such food.")
        if not self.has_change_permission(request, food):
            raise PermissionDenied

        form = CorrectionForm(request.POST or None)
        if request.method == "POST" and form.is_valid() and self._corrected(request, food, form):
            return HttpResponseRedirect(reverse("admin:foods_food_change", args=[food.pk]))
        context = {
            **self.admin_site.each_context(request),
            "title": f"Correct the magnesium of {food.name}",
            "opts": self.opts,
            "food": food,
            "current": mg_text(food.current.magnesium_ug_per_100g if food.current else None),
            "form": form,
        }
        return TemplateResponse(request, "admin/foods/food/correct.html", context)

    def _corrected(self, request: HttpRequest, food: Food, form: CorrectionForm) -> bool:
        before = mg_text(food.current.magnesium_ug_per_100g if food.current else None)
        try:
            revision = correct_food(
                food=food,
                magnesium_mg_per_100g=form.cleaned_data["magnesium_mg_per_100g"],
                author=request.user.get_username(),
                reason=form.cleaned_data["reason"],
            )
        except ValidationError as problem:
            form.add_error(None, problem.messages)
            return False
        message = f"Corrected from {before} to {mg_text(revision.magnesium_ug_per_100g)} mg per 100 g."
        self.log_change(request, food, message)
        self.message_user(request, message)
        return True


@admin.register(Source)
class SourceAdmin(admin.ModelAdmin[Source]):
    """Releases, to look at."""

    list_display = ("dataset", "release", "mark", "code", "licence")
    ordering = ("code", "release")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Source | None = None) -> bool:
        """Nobody."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Source | None = None) -> bool:
        """Nobody."""
        return False
