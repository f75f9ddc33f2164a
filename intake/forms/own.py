"""A person's own foods and products, as they type them."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import F
from django.http import QueryDict

from foods.amounts import mg_from_ug
from intake.domain.written import whole_from
from intake.forms.fields import CleanTextField
from intake.services import LineInput
from supplements.labels import DAILY_VALUES, LabelReading
from supplements.models import Basis, Compound, Product

NUMBER = {"inputmode": "decimal", "step": "any"}


class OwnFoodForm(forms.Form):
    """A food by 100 g or by a portion; an empty magnesium field means not known."""

    food_id = forms.UUIDField(widget=forms.HiddenInput)
    name = CleanTextField(max_length=200)
    magnesium_mg = forms.DecimalField(
        label="Magnesium, mg",
        required=False,
        min_value=0,
        max_value=20_000,
        max_digits=9,
        decimal_places=3,
        widget=forms.NumberInput(attrs=NUMBER),
        help_text="Leave it empty if the label does not say: the entry then stays open, not zero.",
    )
    per = forms.ChoiceField(
        label="This is",
        choices=[("100g", "per 100 g"), ("portion", "per portion")],
        initial="100g",
        widget=forms.RadioSelect,
    )
    portion_label = CleanTextField(
        label="One portion, if you like",
        required=False,
        max_length=80,
        help_text="Such as 1 bar, 1 bowl, 1 slice. It is then offered when you log the food.",
    )
    portion_weight_g = forms.DecimalField(
        label="The portion weighs, g",
        required=False,
        min_value=Decimal("0.001"),
        max_value=100_000,
        max_digits=9,
        decimal_places=3,
        widget=forms.NumberInput(attrs=NUMBER),
    )

    def clean(self) -> dict[str, Any]:
        """Ask for what the choice needs, and turn an amount per portion into one per 100 g."""
        data = super().clean() or {}
        if self.errors:
            return data
        weight = data["portion_weight_g"]
        if bool(data["portion_label"]) != (weight is not None):
            raise ValidationError("A portion needs a name and a weight.")
        per_100g = data["magnesium_mg"]
        if data["per"] == "portion":
            if weight is None:
                raise ValidationError("Magnesium per portion needs the weight of the portion.")
            per_100g = None if per_100g is None else per_100g * 100 / weight
        data["magnesium_mg_per_100g"] = per_100g
        return data

    def values(self) -> dict[str, Any]:
        """Return what `make_own_food` takes."""
        names = ("food_id", "name", "magnesium_mg_per_100g", "portion_label", "portion_weight_g")
        return {name: self.cleaned_data[name] for name in names}


class ProductForm(forms.Form):
    """A product as its label names it; the lines are a formset beside it."""

    product_id = forms.UUIDField(widget=forms.HiddenInput)
    name = CleanTextField(max_length=200)
    serving = CleanTextField(
        label="One serving is",
        max_length=80,
        initial="1 capsule",
        help_text="As on the label: 2 capsules, 5 ml.",
    )
    kind = forms.ChoiceField(
        label="It is",
        choices=[
            (Product.Kind.SUPPLEMENT, "a supplement"),
            (Product.Kind.MEDICINE, "a medicine (laxative, antacid)"),
            (Product.Kind.TOPICAL, "used on the skin: logged, counted 0"),
        ],
        initial=Product.Kind.SUPPLEMENT,
        widget=forms.RadioSelect,
    )


class LineForm(forms.Form):
    """A line of the label: which form, and what its figure speaks of."""

    compound = forms.ChoiceField(label="Form of magnesium", required=False)
    basis = forms.ChoiceField(
        label="The label gives",
        required=False,
        choices=[
            (Basis.ELEMENTAL, "magnesium itself, mg"),
            (Basis.COMPOUND, "the weight of the compound, mg"),
            (Basis.PERCENT_DV, "% of the daily value"),
        ],
        initial=Basis.ELEMENTAL,
        widget=forms.RadioSelect,
    )
    amount = forms.DecimalField(
        label="How much",
        required=False,
        min_value=Decimal("0.001"),
        max_value=1_000_000,
        max_digits=10,
        decimal_places=3,
        widget=forms.NumberInput(attrs=NUMBER),
    )
    daily_value = forms.ChoiceField(label="Whose daily value", required=False)

    def __init__(self, *args: Any, compounds: dict[str, Compound], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.compounds = compounds
        self.fields["compound"].choices = [("", "choose"), *_grouped(compounds)]  # type: ignore[attr-defined]
        self.fields["daily_value"].choices = [  # type: ignore[attr-defined]
            (value.code, f"{value.name}, {value.dv_ug // 1000} mg") for value in DAILY_VALUES
        ]

    def clean(self) -> dict[str, Any]:
        """Make a line of what was typed; an empty line is none."""
        data = super().clean() or {}
        data["line"] = None
        if self.errors or not (data.get("compound") or data.get("amount") is not None):
            return data
        if not data["compound"]:
            self.add_error("compound", "Choose the form the label names, or “not stated”.")
        if data["basis"] == Basis.PERCENT_DV and not data["daily_value"]:
            self.add_error("daily_value", "Whose daily value does the label speak of?")
        if data["amount"] is None:
            self.add_error("amount", "How much does the label say?")
        if self.errors:
            return data
        daily_mg = {value.code: mg_from_ug(value.dv_ug) for value in DAILY_VALUES}
        percent = data["basis"] == Basis.PERCENT_DV
        data["line"] = LineInput(
            compound=self.compounds[data["compound"]],
            basis=data["basis"] or Basis.ELEMENTAL,
            amount=data["amount"],
            dv_mg=daily_mg[data["daily_value"]] if percent else None,
        )
        return data


MOST_LINES = 10
PREFIX = "lines"
LineFormSet = forms.formset_factory(
    LineForm, extra=1, max_num=MOST_LINES, absolute_max=MOST_LINES, validate_max=True
)


def line_forms(
    compounds: dict[str, Compound],
    typed: Sequence[Mapping[str, str]] = (),
    *,
    data: QueryDict | None = None,
) -> "forms.BaseFormSet[LineForm]":
    """Return the forms of a label's lines: what was posted, or what was typed so far and one more."""
    return LineFormSet(data, initial=typed or None, prefix=PREFIX, form_kwargs={"compounds": compounds})


def typed_lines(data: QueryDict) -> list[dict[str, str]]:
    """Return what was typed into the lines of a label, unchecked; at most as many as leave room for one."""
    fields = ("compound", "basis", "amount", "daily_value")
    count = whole_from(data.get(f"{PREFIX}-TOTAL_FORMS", ""), 3) or 0
    return [
        {field: data.get(f"{PREFIX}-{number}-{field}", "") for field in fields}
        for number in range(min(count, MOST_LINES - 1))
    ]


def kept_lines(formset: "forms.BaseFormSet[LineForm]") -> list[LineInput]:
    """Return the lines that are filled in and fit."""
    cleaned = [form.cleaned_data for form in formset if form.is_valid()]
    return [data["line"] for data in cleaned if data.get("line")]


def seen_mark(reading: LabelReading) -> str:
    """Return what a form carries to say which reading the person saw before keeping it."""
    return "unknown" if reading.magnesium_ug is None else str(reading.magnesium_ug)


def all_compounds() -> dict[str, Compound]:
    """Return every form of magnesium by slug, the common ones first. One query."""
    ordered = Compound.objects.order_by(F("common_rank").asc(nulls_last=True), "family", "name")
    return {compound.slug: compound for compound in ordered}


def _grouped(compounds: dict[str, Compound]) -> list[tuple[str, list[tuple[str, str]]]]:
    common = [(c.slug, c.name) for c in compounds.values() if c.common_rank]
    rest = [(c.slug, c.name) for c in compounds.values() if not c.common_rank]
    return [("Common forms", common), ("All others", rest)]
