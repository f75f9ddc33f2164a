"""The forms of a product's page: what it is, and the lines of its label."""

from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest

from supplements.labels import MAX_AMOUNT_UG, MAX_DV_UG, UG_PER_MG, LabelReading, line_amounts, read_lines
from supplements.models import Compound, Ingredient, Product
from supplements.services import check_serving
from supplements.sources.texts import gtin14

PERCENT_MILLI = 1_000
REASON_LENGTH = 100


class ProductForm(forms.ModelForm[Product]):
    """A product of the catalogue; the barcode is taken as it is printed, with or without its spaces."""

    gtin = forms.CharField(label="Barcode", max_length=24, required=False)
    reason = forms.CharField(
        label="Why", max_length=REASON_LENGTH, required=False, help_text="Stands in the history."
    )

    class Meta:
        model = Product
        fields = ("brand", "name", "serving", "kind", "gtin", "off_market", "note")

    def clean_gtin(self) -> str:
        """Return the barcode as 14 digits. Raises ValidationError if it is none."""
        typed: str = self.cleaned_data["gtin"]
        if typed and not gtin14(typed):
            raise ValidationError("This is no barcode: one of its digits is missing or wrong.")
        return gtin14(typed)


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
        fields = ("compound", "basis", "amount", "dv_mg", "printed")

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
    fields = (("compound", "basis"), ("amount", "dv_mg"), "printed")
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
