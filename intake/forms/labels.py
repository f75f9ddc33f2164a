"""A label as a person gives it: its line as printed, or its parts one by one, and what is kept of it."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import F
from django.http import QueryDict

from foods.amounts import mg_from_ug
from intake.domain.written import whole_from
from intake.forms.fields import CleanTextField, FigureField
from intake.services import LineInput
from supplements.compounds import Family, families
from supplements.labels import DAILY_VALUES
from supplements.models import Basis, Compound, Product
from supplements.reading import MAX_TEXT

LINE, PARTS = "line", "parts"


class LabelForm(forms.Form):
    """Which way in, and the line as printed with where it is sold."""

    way = forms.ChoiceField(
        label="What you have",
        required=False,
        choices=[(LINE, "The line"), (PARTS, "The figures")],
        widget=forms.RadioSelect,
    )
    text = forms.CharField(
        label="The line, as printed",
        required=False,
        max_length=MAX_TEXT,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off", "spellcheck": "false"}),
        help_text="Such as “Magnesium (as magnesium citrate) 200 mg 48 %, per 2 capsules”.",
    )
    country = forms.ChoiceField(
        label="Sold in",
        required=False,
        choices=[("", "not said"), ("us", "the US"), ("eu", "the EU"), ("uk", "the UK")],
        help_text="It decides what 100 % means: 420 mg in the US, 375 mg in the EU and the UK.",
    )

    def clean_way(self) -> str:
        """Return the way that is meant: the line, where one is there and nothing was chosen."""
        typed = "text" in self.data and str(self.data["text"]).strip()
        return str(self.cleaned_data["way"] or (LINE if typed else PARTS))


class ProductForm(forms.Form):
    """What a product is kept as. `*_proposed` say what the page put in, which a new reading may replace."""

    product_id = forms.UUIDField(widget=forms.HiddenInput)
    name = CleanTextField(label="Call it", max_length=200)
    serving = CleanTextField(
        label="One serving is",
        max_length=80,
        error_messages={"required": "What does the label’s amount stand for? Such as 2 capsules, or 5 ml."},
        help_text=(
            "What the amount stands for: 2 capsules, 5 ml, 1 scoop (5 g), 100 g. You can then take 1 capsule,"
            " 1.5 scoops or 7 g."
        ),
    )
    kind = forms.ChoiceField(
        label="It is",
        choices=[
            (Product.Kind.SUPPLEMENT, "a supplement"),
            (Product.Kind.MEDICINE, "a medicine (laxative, antacid)"),
            (Product.Kind.TOPICAL, "used on the skin: logged, counted 0"),
        ],
        widget=forms.RadioSelect,
    )
    name_proposed = forms.CharField(required=False, widget=forms.HiddenInput)
    serving_proposed = forms.CharField(required=False, widget=forms.HiddenInput)
    kind_proposed = forms.CharField(required=False, widget=forms.HiddenInput)

    def values(self) -> dict[str, Any]:
        """Return what `make_own_product` takes beside the lines."""
        return {name: self.cleaned_data[name] for name in ("product_id", "name", "serving", "kind")}


PROPOSED = ("name", "serving", "kind")


def proposed_values(data: Mapping[str, Any], proposals: Mapping[str, str]) -> dict[str, str]:
    """Return the fields of a `ProductForm`: what the person put in, else what is proposed now."""
    values = {"product_id": str(data.get("product_id", ""))}
    for name in PROPOSED:
        given, before = str(data.get(name, "")), str(data.get(f"{name}_proposed", ""))
        values[name] = proposals[name] if given in ("", before) else given
        values[f"{name}_proposed"] = proposals[name]
    return values


class LineForm(forms.Form):
    """A figure of the label: what it speaks of, and which form of magnesium."""

    basis = forms.ChoiceField(
        label="The label gives",
        required=False,
        choices=[
            (Basis.ELEMENTAL, "magnesium itself, mg"),
            (Basis.COMPOUND, "the weight of the compound, mg"),
            (Basis.PERCENT_DV, "% of the daily value"),
        ],
        widget=forms.RadioSelect,
    )
    amount = FigureField(
        label="How much",
        required=False,
        min_value=Decimal("0.001"),
        max_value=1_000_000,
        max_digits=10,
        decimal_places=3,
    )
    daily_value = forms.ChoiceField(label="Whose daily value, and from when", required=False)
    family = forms.ChoiceField(label="Form of magnesium", required=False)
    compound = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    def __init__(self, *args: Any, compounds: "Shelf", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.shelf = compounds
        self.fields["family"].choices = compounds.choices()  # type: ignore[attr-defined]
        self.fields["daily_value"].choices = [  # type: ignore[attr-defined]
            ("", "choose"),
            *((value.code, f"{value.name}, {value.dv_ug // 1000} mg") for value in DAILY_VALUES),
        ]

    def clean(self) -> dict[str, Any]:
        """Make a line of what was typed; an empty line is none, one that asks for its form has none yet."""
        data = super().clean() or {}
        data["line"] = data["asks"] = None
        typed = [data.get("family"), data.get("compound"), data.get("amount")]
        if self.errors or not any(value not in (None, "") for value in typed):
            return data
        form, data["asks"] = self.shelf.chosen(data["family"], data["compound"], data["basis"])
        self._complain(data, form)
        if self.errors or form is None:
            return data
        daily_mg = {value.code: mg_from_ug(value.dv_ug) for value in DAILY_VALUES}
        percent = data["basis"] == Basis.PERCENT_DV
        data["line"] = LineInput(
            compound=form,
            basis=data["basis"],
            amount=data["amount"],
            dv_mg=daily_mg[data["daily_value"]] if percent else None,
        )
        return data

    def _complain(self, given: Mapping[str, Any], form: Compound | None) -> None:
        data = {**given}  # an error takes its field out of what is given
        if form is None and data["asks"] is None:
            self.add_error("family", "Choose the form the label names, or “not specified”.")
        if not data["basis"]:
            self.add_error("basis", "Say what the figure speaks of: it changes what it comes to.")
        if data["basis"] == Basis.PERCENT_DV and not data["daily_value"]:
            self.add_error("daily_value", "Whose daily value does the label speak of?")
        if data["amount"] is None:
            self.add_error("amount", "How much does the label say?")


class Shelf:
    """The forms of magnesium, by slug and by family."""

    def __init__(self, compounds: Sequence[Compound]) -> None:
        self.forms = {compound.slug: compound for compound in compounds}
        self.families: dict[str, Family] = {family.name: family for family in families(compounds)}

    def choices(self) -> list[tuple[str, Any]]:
        """Return the families for a select, the common ones first."""
        common: list[tuple[str, str]] = []
        rest: list[tuple[str, str]] = []
        for family in self.families.values():
            ranked = any(self.forms[slug].common_rank for slug in family.slugs)
            (common if ranked else rest).append((family.name, family.name))
        return [("", "choose"), ("Common forms", common), ("All others", rest)]

    def chosen(self, family: str, slug: str, basis: str) -> tuple[Compound | None, Family | None]:
        """Return the form that is meant, None if that is open, and the family to choose one of.

        Which salt of a family it is changes what a weight comes to; it changes no amount of magnesium.
        """
        named = self.families.get(family)
        if slug in self.forms and (named is None or slug in named.slugs):
            named = named or self.families[self.forms[slug].family]
            return self.forms[slug], named if basis == Basis.COMPOUND and named.asks else None
        if named is None:
            return None, None
        if basis == Basis.COMPOUND and named.asks:
            return (self.forms[named.preselected] if named.preselected else None), named
        return self.forms[named.preselected or named.slugs[0]], None


def shelf() -> Shelf:
    """Return every form of magnesium, the common ones first. One query."""
    return Shelf(list(Compound.objects.order_by(F("common_rank").asc(nulls_last=True), "family", "name")))


MOST_LINES = 10
PREFIX = "lines"
LINE_FIELDS = ("basis", "amount", "daily_value", "family", "compound")
LineFormSet = forms.formset_factory(
    LineForm, extra=1, max_num=MOST_LINES, absolute_max=MOST_LINES, validate_max=True
)


def line_forms(
    compounds: Shelf,
    typed: Sequence[Mapping[str, Any]] = (),
    *,
    data: QueryDict | None = None,
    more: bool = True,
) -> "forms.BaseFormSet[LineForm]":
    """Return the forms of a label's lines: what was posted, or what was typed so far and one `more`."""
    formset = LineFormSet(data, initial=typed or None, prefix=PREFIX, form_kwargs={"compounds": compounds})
    formset.extra = int(more or not typed)
    return formset


def typed_lines(data: QueryDict) -> list[dict[str, str]]:
    """Return what was typed into the lines of a label, unchecked; at most as many as leave room for one."""
    count = whole_from(data.get(f"{PREFIX}-TOTAL_FORMS", ""), 3) or 0
    lines = [
        {field: data.get(f"{PREFIX}-{number}-{field}", "") for field in LINE_FIELDS}
        for number in range(min(count, MOST_LINES - 1))
    ]
    return [line for line in lines if any(line.values())]


def as_typed(line: LineInput) -> dict[str, Any]:
    """Return a line as one would type it, to be corrected by hand."""
    codes = {mg_from_ug(value.dv_ug): value.code for value in reversed(DAILY_VALUES)}
    return {
        "basis": line.basis,
        "amount": f"{line.amount.normalize():f}",
        "daily_value": codes.get(line.dv_mg, "") if line.dv_mg is not None else "",
        "family": line.compound.family,
        "compound": line.compound.slug,
    }
