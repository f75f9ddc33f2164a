"""The curators' desk: forms of magnesium and the products made of them."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest
from django.utils import timezone

from supplements.labels import MAX_AMOUNT_UG, MAX_DV_UG, UG_PER_MG, LabelReading, line_amounts, read_lines
from supplements.models import Compound, Ingredient, Product
from supplements.services import (
    check_serving,
    reckon_product,
    reckon_products_with,
    restore_products,
    retire_products,
)

PERCENT_MILLI = 1_000


class KeptWhereUsed(admin.ModelAdmin[Any]):
    """Deletes only what nothing refers to, and says how many rows do instead of naming them."""

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Replace the list of what stands in the way, which may be people's own, by a count."""
        to_delete, counts, perms_needed, protected = super().get_deleted_objects(objs, request)
        if protected:
            rows = "1 row refers" if len(protected) == 1 else f"{len(protected)} rows refer"
            protected = [f"{rows} to this: what was logged stays traceable, so it cannot be deleted."]
        return to_delete, counts, perms_needed, protected


@admin.register(Compound)
class CompoundAdmin(KeptWhereUsed):
    """Forms; what each holds is reckoned from its formula and shown, never typed."""

    list_display = ("name", "family", "formula", "magnesium_share", "route", "common_rank")
    list_filter = ("route", "family")
    search_fields = ("name", "slug", "family", "formula")
    ordering = ("family", "name")
    fields = ("slug", "name", "family", "formula", "magnesium_share", "route", "common_rank", "note")
    readonly_fields = ("magnesium_share",)

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> tuple[str, ...]:
        """Fix the slug once the form exists: products and programs name it."""
        return self.readonly_fields if obj is None else ("slug", *self.readonly_fields)

    @admin.display(description="magnesium", empty_value="no fixed formula")
    def magnesium_share(self, compound: Compound) -> str | None:
        """Return the share as a percentage: "14.096 %"."""
        fraction = compound.magnesium_fraction
        return None if fraction is None else f"{fraction * 100:.3f} %"

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Save; after a new formula reckon the products that name the form again."""
        super().save_model(request, obj, form, change)
        if change and "formula" in form.changed_data and (count := reckon_products_with(obj)):
            self.message_user(request, f"Products reckoned again: {count}.")


class IngredientForm(forms.ModelForm[Ingredient]):
    """A label's line in mg, or in % with the daily value it speaks of."""

    amount = forms.DecimalField(
        label="amount (mg, or %)", max_value=MAX_AMOUNT_UG // UG_PER_MG, decimal_places=3
    )
    dv_mg = forms.DecimalField(
        label="daily value (mg)", max_value=MAX_DV_UG // UG_PER_MG, decimal_places=3, required=False
    )

    class Meta:
        model = Ingredient
        fields = ("compound", "basis", "amount", "dv_mg")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        line = self.instance
        if line.pk is None:
            return
        whole = line.amount_ug if line.amount_ug is not None else line.percent_milli
        self.initial["amount"] = None if whole is None else Decimal(whole) / PERCENT_MILLI
        self.initial["dv_mg"] = None if line.dv_ug is None else Decimal(line.dv_ug) / UG_PER_MG

    def clean(self) -> dict[str, Any] | None:
        """Put the line's whole numbers on the row; say what does not fit the basis."""
        data = super().clean() or self.cleaned_data
        basis, amount = data.get("basis"), data.get("amount")
        if basis is None or amount is None:
            return data
        try:
            stored = line_amounts(basis, amount, data.get("dv_mg"))
        except ValueError as error:
            raise ValidationError(str(error)) from error
        self.instance.amount_ug = stored.amount_ug
        self.instance.percent_milli = stored.percent_milli
        self.instance.dv_ug = stored.dv_ug
        return data


class IngredientFormSet(BaseInlineFormSet[Ingredient, Product, forms.ModelForm[Ingredient]]):
    """The lines of one label, read together before anything is saved."""

    def clean(self) -> None:
        """Refuse a serving that holds more than a row can say."""
        super().clean()
        if not any(self.errors):
            check_serving(self.reading())

    def reading(self) -> LabelReading:
        """Return what the lines, as typed, come to."""
        kept = [
            form.instance
            for form in self.forms
            if form.cleaned_data.get("compound") and not form.cleaned_data.get("DELETE")
        ]
        topical = self.instance.kind == Product.Kind.TOPICAL
        return read_lines([line.label_line() for line in kept], topical=topical)


class IngredientInline(admin.StackedInline[Ingredient, Product]):
    """The lines of a product's label, in its order."""

    model = Ingredient
    form = IngredientForm
    formset = IngredientFormSet
    fields = (("compound", "basis"), ("amount", "dv_mg"))
    extra = 1
    ordering = ("position", "id")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Ingredient]:
        """Read the forms along with the lines."""
        return super().get_queryset(request).select_related("compound")

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Offer the forms, common ones first, read once for all lines."""
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if field is not None and db_field.name == "compound":
            compounds = Compound.objects.order_by("common_rank", "name")
            ranked = sorted(compounds, key=lambda form: (form.common_rank is None, form.common_rank or 0))
            field.choices = [("", "---------"), *((form.pk, form.name) for form in ranked)]
        return field


@admin.register(Product)
class ProductAdmin(KeptWhereUsed):
    """Products of the shared catalogue. A reformulated product is a new row; the old one retires."""

    list_display = ("name", "brand", "serving", "kind", "magnesium_mg", "retired_at")
    list_filter = ("kind", ("retired_at", admin.EmptyFieldListFilter))
    search_fields = ("name", "brand")
    ordering = ("name", "brand")
    fields = ("brand", "name", "serving", "kind", "magnesium_mg", "retired_at")
    readonly_fields = ("magnesium_mg", "retired_at")
    inlines = (IngredientInline,)
    actions = ("retire", "restore")

    @admin.display(description="magnesium a serving", empty_value="not known")
    def magnesium_mg(self, product: Product) -> str | None:
        """Return the elemental magnesium of a serving: "100 mg"."""
        if product.magnesium_ug_per_serving is None:
            return None
        return f"{(Decimal(product.magnesium_ug_per_serving) / UG_PER_MG).normalize():f} mg"

    def save_related(self, request: HttpRequest, form: Any, formsets: Iterable[Any], change: bool) -> None:
        """Save the lines, new ones last, reckon the serving, and say what does not agree."""
        formsets = list(formsets)
        for formset in formsets:
            last = max((line.position for line in formset.queryset), default=-1)
            for after, line in enumerate(formset.extra_forms, start=1):
                line.instance.position = last + after
        super().save_related(request, form, formsets, change)
        reading = reckon_product(form.instance)
        for sentence in reading.contradictions:
            self.message_user(request, sentence, messages.WARNING)
        if reading.magnesium_ug is None:
            self.message_user(request, "What a serving holds is not known from these lines.", messages.INFO)

    @admin.action(description="Retire: no longer offered, past entries stay", permissions=["change"])
    def retire(self, request: HttpRequest, queryset: QuerySet[Product]) -> None:
        """Take the chosen products out of the search."""
        self.message_user(request, f"Retired: {retire_products(queryset, timezone.now())}.")

    @admin.action(description="Offer again", permissions=["change"])
    def restore(self, request: HttpRequest, queryset: QuerySet[Product]) -> None:
        """Put the chosen products back into the search."""
        self.message_user(request, f"Offered again: {restore_products(queryset)}.")
