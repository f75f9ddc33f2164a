"""The curators' desk: products of the shared catalogue."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html

from supplements.admin import product_import, product_states
from supplements.admin.kept import KeptWhereUsed
from supplements.admin.product_forms import IngredientInline, ProductForm
from supplements.admin.product_states import mg_text, who
from supplements.models import Product
from supplements.services import reckon_product, reformulate_product, restore_products, retire_products
from supplements.services.states import keep_first_state, keep_state
from supplements.sources.texts import gtin14


@admin.register(Product)
class ProductAdmin(KeptWhereUsed):
    """Products of the shared catalogue. A reformulated product is a new row; the old one retires."""

    list_display = ("name", "brand", "serving", "kind", "magnesium_mg", "standing")
    list_filter = ("kind", ("retired_at", admin.EmptyFieldListFilter), "off_market", "source")
    search_fields = ("name", "brand", "=gtin", "=source_key")
    ordering = ("name", "brand")
    form = ProductForm
    fields = (
        ("brand", "name"),
        ("serving", "kind"),
        ("gtin", "off_market"),
        "note",
        "magnesium_mg",
        "origin",
        "older",
        "retired_at",
        "reason",
    )
    readonly_fields = ("magnesium_mg", "origin", "older", "retired_at")
    inlines = (IngredientInline,)
    actions = ("retire", "restore", "reformulate")

    def get_urls(self) -> list[URLPattern]:
        """Add the labels that are brought in, and the way back to a state."""
        name, own = "supplements_product", self.admin_site.admin_view
        back = "<path:object_id>/history/<int:state_id>/"
        return [
            path("import/", own(self.bring_in), name=f"{name}_import"),
            path(back, own(self.go_back), name=f"{name}_go_back"),
            *super().get_urls(),
        ]

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Product], search_term: str
    ) -> tuple[QuerySet[Product], bool]:
        """Find a barcode however it is spaced; else by the words."""
        if code := gtin14(search_term):
            return queryset.exclude(gtin="").filter(gtin=code), False
        return super().get_search_results(request, queryset, search_term)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show the states of a product."""
        return product_states.show(self, request, object_id)

    def bring_in(self, request: HttpRequest) -> HttpResponse:
        """Bring labels in."""
        return product_import.show(self, request)

    def go_back(self, request: HttpRequest, object_id: str, state_id: int) -> HttpResponse:
        """Give a product back what it had in a state."""
        return product_states.go_back(self, request, object_id, state_id)

    @admin.display(description="magnesium a serving", ordering="magnesium_ug_per_serving")
    def magnesium_mg(self, product: Product) -> str:
        """Return the elemental magnesium of a serving: "100 mg"."""
        return mg_text(product.magnesium_ug_per_serving)

    @admin.display(description="state", ordering="retired_at")
    def standing(self, product: Product) -> str:
        """Return whether it is offered."""
        if product.retired_at is not None:
            return "retired"
        return "offered, off the market" if product.off_market else "offered"

    @admin.display(description="from", empty_value="a curator")
    def origin(self, product: Product) -> str | None:
        """Return the record the product came from."""
        if not product.source:
            return None
        dated = f", entered {product.label_on:%Y-%m-%d}" if product.label_on else ""
        return f"{product.source.upper()} label {product.source_key}{dated}, edition {product.edition}"

    @admin.display(description="takes the place of", empty_value="none")
    def older(self, product: Product) -> str | None:
        """Return a link to the row that this one replaces."""
        if product.replaces is None:
            return None
        at = reverse("admin:supplements_product_change", args=[product.replaces_id])
        return format_html('<a href="{}">{}, {}</a>', at, product.replaces, product.replaces.serving)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Save the row; its state is kept when its lines are saved too."""
        if change:
            keep_first_state(obj.pk)
        obj.skip_history_when_saving = True
        super().save_model(request, obj, form, change)
        del obj.skip_history_when_saving

    def save_related(self, request: HttpRequest, form: Any, formsets: Iterable[Any], change: bool) -> None:
        """Save the lines, new ones last, reckon the serving, keep the state, and say what does not agree."""
        formsets = list(formsets)
        for formset in formsets:
            last = max((line.position for line in formset.queryset), default=-1)
            for after, line in enumerate(formset.extra_forms, start=1):
                line.instance.position = last + after
        super().save_related(request, form, formsets, change)
        reading = reckon_product(form.instance)
        if {*form.changed_data} - {"reason"} or any(formset.has_changed() for formset in formsets):
            reason = form.cleaned_data.get("reason") or ("Corrected" if change else "Added")
            keep_state(form.instance, author=who(request), reason=reason, new=not change)
        for sentence in reading.contradictions:
            self.message_user(request, sentence, messages.WARNING)
        if reading.magnesium_ug is None:
            self.message_user(request, "What a serving holds is not known from these lines.", messages.INFO)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        """Delete as the curator signed in; the last state stays in the history."""
        obj._history_user = who(request)
        super().delete_model(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Product]) -> None:
        """Delete one by one, so that each leaves its last state."""
        for product in queryset:
            self.delete_model(request, product)

    @admin.action(description="Retire: no longer offered, past entries stay", permissions=["change"])
    def retire(self, request: HttpRequest, queryset: QuerySet[Product]) -> None:
        """Take the chosen products out of the search."""
        self.message_user(request, f"Retired: {retire_products(queryset, timezone.now(), who(request))}.")

    @admin.action(description="Offer again", permissions=["change"])
    def restore(self, request: HttpRequest, queryset: QuerySet[Product]) -> None:
        """Put the chosen products back into the search."""
        self.message_user(request, f"Offered again: {restore_products(queryset, who(request))}.")

    @admin.action(description="Reformulated: a new row, the old one retires", permissions=["change", "add"])
    def reformulate(self, request: HttpRequest, queryset: QuerySet[Product]) -> HttpResponse | None:
        """Copy the chosen products to new rows; of a single one, show the new row."""
        new = [reformulate_product(row, author=who(request), now=timezone.now()) for row in queryset]
        self.message_user(request, f"New rows: {len(new)}. Put their labels right; the old ones are retired.")
        if len(new) != 1:
            return None
        return HttpResponseRedirect(reverse("admin:supplements_product_change", args=[new[0].pk]))
