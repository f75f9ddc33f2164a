"""The Learn pages: forms, skin, the band, the evidence, foods, whom to ask, and where figures come from."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from foods.amounts import magnesium_ug_in
from foods.importing import hidden_sources
from foods.models import Food, Portion, Source
from foods.sources.records import PLAIN
from intake.domain import evidence
from intake.domain.references import HIGH_EDGE, ReferenceRow, all_ceilings, all_rows
from intake.models import Body
from intake.views.requests import PersonRequest
from supplements.compounds import BUILTIN, BuiltinCompound, magnesium_fraction, written
from supplements.labels import DAILY_VALUES
from supplements.models import Compound

TABLET_UG = 500_000

# Well-known foods, most magnesium a serving first, by the name their record has.
WELL_KNOWN = (
    "Seeds, pumpkin and squash seed kernels, roasted, without salt",
    "Seeds, chia seeds, dried",
    "Nuts, almonds",
    "Nuts, cashew nuts, dry roasted, without salt added",
    "Spinach, cooked, boiled, drained, without salt",
    "Beans, black, mature seeds, cooked, boiled, without salt",
    "Quinoa, cooked",
    "Rice, brown, long-grain, cooked",
    "Chocolate, dark, 70-85% cacao solids",
    "Avocados, raw, all commercial varieties",
    "Lentils, mature seeds, cooked, boiled, without salt",
    "Bread, whole-wheat, commercially prepared",
    "Bananas, raw",
    "Kale, raw",
    "Milk, whole, 3.25% milkfat, with added vitamin D",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FormRow:
    """A form beside the others: its share of magnesium, what 500 mg of it hold, what was found."""

    name: str
    formula: str
    fraction: Decimal
    finding: evidence.FormFinding

    @property
    def percent(self) -> Decimal:
        """The share in percent."""
        return self.fraction * 100

    @property
    def tablet_ug(self) -> int:
        """The magnesium of a tablet, µg."""
        return round(TABLET_UG * self.fraction)


@dataclass(frozen=True, slots=True, kw_only=True)
class FoodRow:
    """A food by the serving it is offered in; `magnesium_ug` is None where it is not known."""

    id: int
    name: str
    serving: str
    has_portion: bool
    weight_mg: int
    magnesium_ug: int | None
    mark: str


@dataclass(frozen=True, slots=True)
class Page:
    """A Learn page: its slug is also its template's name."""

    slug: str
    title: str
    summary: str
    context: Callable[[], Mapping[str, Any]] = dict


@require_safe
def learn(request: PersonRequest) -> HttpResponse:
    """Show what there is to read."""
    return render(request, "intake/learn/index.html", {"section": "learn", "pages": PAGES})


@require_safe
def learn_page(request: PersonRequest, slug: str) -> HttpResponse:
    """Show one page; 404 for a slug there is no page for."""
    page = next((page for page in PAGES if page.slug == slug), None)
    if page is None:
        raise Http404
    context = {"section": "learn", "page": page, **page.context()}
    return render(request, f"intake/learn/{page.slug}.html", context)


def _forms() -> dict[str, Any]:
    builtin = {form.slug: form for form in BUILTIN}
    rows = [_form_row(builtin[finding.slug], finding) for finding in evidence.FORM_FINDINGS]
    rows.sort(key=lambda row: row.fraction, reverse=True)
    catalogue = [
        (
            form,
            written(form.formula),
            None if form.magnesium_fraction is None else form.magnesium_fraction * 100,
        )
        for form in Compound.objects.order_by("family", "name")
    ]
    return {"rows": rows, "tablet_ug": TABLET_UG, "catalogue": catalogue, "daily_values": DAILY_VALUES}


def _form_row(form: BuiltinCompound, finding: evidence.FormFinding) -> FormRow:
    return FormRow(
        name=form.name,
        formula=written(form.formula),
        fraction=magnesium_fraction(form.formula),
        finding=finding,
    )


def _topical() -> dict[str, Any]:
    return {"studies": evidence.SKIN}


def _band() -> dict[str, Any]:
    adults: dict[str, list[ReferenceRow]] = {}
    for row in all_rows():
        adults.setdefault(str(Body(row.body).label), []).append(row)
    ceilings = [(str(Body(body).label), ceiling) for body, ceiling in all_ceilings()]
    return {"bodies": list(adults.items()), "ceilings": ceilings, "high_edge": HIGH_EDGE}


def _evidence() -> dict[str, Any]:
    return {"low": evidence.LOW_EDGE, "high": evidence.HIGH_EDGE, "nerves": evidence.NERVES}


def _food() -> dict[str, Any]:
    # By their source, too: there is no index of names, and survey dishes of the same name have no portions.
    foods = Food.objects.shown().filter(name__in=WELL_KNOWN, source__code__in=PLAIN)
    found = [food.settle() for food in foods.readable()[:100]]
    portions = Portion.objects.shown().filter(food__in=[food.pk for food in found])
    offered = {portion.food_id: portion for portion in portions.order_by("-position", "-pk")}
    rows = [_food_row(food, offered.get(food.pk)) for food in found]
    rows.sort(key=lambda row: (row.magnesium_ug is None, -(row.magnesium_ug or 0), row.name))
    return {"foods": rows}


def _food_row(food: Food, portion: Portion | None) -> FoodRow:
    weight_mg = portion.weight_mg if portion else 100_000
    per_100g = food.magnesium_ug_per_100g
    return FoodRow(
        id=food.pk,
        name=food.name,
        serving=portion.label if portion else "100 g",
        has_portion=portion is not None,
        weight_mg=weight_mg,
        magnesium_ug=magnesium_ug_in(weight_mg, per_100g),
        mark=food.current.source.mark if food.current else "?",
    )


def _sources() -> dict[str, Any]:
    citations = dict.fromkeys(row.value.citation for row in all_rows())
    citations |= dict.fromkeys(ceiling.citation for _, ceiling in all_ceilings())
    citations[HIGH_EDGE.citation] = None
    by_body: dict[tuple[str, str, int], Any] = {}
    for citation in citations:
        by_body.setdefault((citation.body, citation.title, citation.year), citation)
    studies = (*evidence.LOW_EDGE, *evidence.HIGH_EDGE, *evidence.NERVES, *evidence.SKIN)
    return {
        "datasets": Source.objects.exclude(pk__in=hidden_sources()).order_by("code", "release"),
        "citations": list(by_body.values()),
        "studies": studies,
    }


PAGES: tuple[Page, ...] = (
    Page(
        "band",
        "The band and the ceiling",
        "Where the low edge, the high edge and the ceiling come from, and what one day can and cannot say.",
        _band,
    ),
    Page(
        "forms",
        "Forms of magnesium, side by side",
        "A tablet's weight is not its magnesium: what each form holds and what is known of its absorption.",
        _forms,
    ),
    Page(
        "food",
        "Food first",
        "Well-known foods by the serving, from the built-in data, each with where its figure comes from.",
        _food,
    ),
    Page(
        "topical",
        "On the skin",
        "Baths, oils and sprays: what was studied, and why they are logged and counted 0.",
        _topical,
    ),
    Page(
        "evidence",
        "What the studies found",
        "What speaks for a low edge, how little for a high one, and what trials on nerves and pain came to.",
        _evidence,
    ),
    Page(
        "ask",
        "Whom to ask first",
        "Conditions and medicines for which labels and leaflets send you to a doctor or pharmacist.",
    ),
    Page(
        "sources",
        "Sources and licences",
        "Every data set and body behind a figure here, and the terms it comes with.",
        _sources,
    ),
)
