"""The curators' desk: forms of magnesium."""

from typing import Any

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest

from supplements.admin.kept import KeptWhereUsed
from supplements.admin.product_states import who
from supplements.admin.recorded import Recorded
from supplements.models import Compound
from supplements.services import reckon_products_with


@admin.register(Compound)
class CompoundAdmin(Recorded, KeptWhereUsed):
    """Forms; what each holds is reckoned from its formula and shown, never typed."""

    list_display = ("name", "family", "formula", "magnesium_share", "route", "common_rank")
    list_filter = ("route", "family")
    search_fields = ("name", "slug", "family", "formula")
    ordering = ("family", "name")
    fields = (
        "slug",
        "name",
        "family",
        "formula",
        "magnesium_share",
        "molar_mass",
        "for_100_mg",
        "route",
        "common_rank",
        "note",
    )
    readonly_fields = ("magnesium_share", "molar_mass", "for_100_mg")

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> tuple[str, ...]:
        """Fix the slug once the form exists: products and programs name it."""
        return self.readonly_fields if obj is None else ("slug", *self.readonly_fields)

    @admin.display(description="magnesium", empty_value="no fixed formula")
    def magnesium_share(self, compound: Compound) -> str | None:
        """Return the share as a percentage: "14.096 %"."""
        fraction = compound.magnesium_fraction
        return None if fraction is None else f"{fraction * 100:.3f} %"

    @admin.display(description="molar mass", empty_value="no fixed formula")
    def molar_mass(self, compound: Compound) -> str | None:
        """Return the molar mass: "172.423 g/mol"."""
        mass = compound.molar_mass_g_per_mol
        return None if mass is None else f"{mass} g/mol"

    @admin.display(description="for 100 mg of magnesium", empty_value="no fixed formula")
    def for_100_mg(self, compound: Compound) -> str | None:
        """Return how much of it holds 100 mg of magnesium: "709 mg"."""
        weight = compound.compound_mg_per_100mg_magnesium
        return None if weight is None else f"{weight:,.0f} mg"

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Save; after another formula, typed or reverted to, reckon the products that name the form."""
        stored = Compound.objects.filter(pk=obj.pk).values_list("formula", flat=True).first()
        super().save_model(request, obj, form, change)
        if change and stored != obj.formula and (count := reckon_products_with(obj, who(request))):
            self.message_user(request, f"Products reckoned again: {count}.")
