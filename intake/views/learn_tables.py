"""The tables that the texts of the Learn pages name, drawn from what the diary itself reckons with."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from uuid6 import uuid7

from foods.amounts import magnesium_ug_in
from foods.importing import hidden_sources
from foods.models import Food, Portion, Source
from foods.sources.records import PLAIN
from intake.clock import today_of
from intake.domain.conditions import CONDITIONS
from intake.domain.references import BODIES, UNVERIFIED, ReferenceRow, all_rows, ceiling_of
from intake.domain.spacing import RULES, Rule
from intake.domain.told import AXIS_MG, intakes
from intake.models import Body, User
from learn.markdown import Cited
from learn.reports import all_sources, sources_for
from supplements.models import Fact, Finding, Permit, Status

SEEDS, GREENS, LEGUMES, GRAINS = "nuts and seeds", "leafy greens", "legumes", "whole grains"

# Well-known foods by the name their record has, the kind they are of, and how the serving begins.
WELL_KNOWN = (
    ("Seeds, pumpkin and squash seed kernels, roasted, without salt", SEEDS, "1 oz"),
    ("Seeds, chia seeds, dried", SEEDS, "1 oz"),
    ("Seeds, sunflower seed kernels, dried", SEEDS, "1 oz"),
    ("Seeds, flaxseed", SEEDS, "1 tbsp"),
    ("Nuts, almonds", SEEDS, "1 oz"),
    ("Nuts, cashew nuts, dry roasted, without salt added", SEEDS, "1 oz"),
    ("Peanut butter, smooth style, without salt", SEEDS, "2 tbsp"),
    ("Spinach, cooked, boiled, drained, without salt", GREENS, "1/2 cup"),
    ("Chard, swiss, cooked, boiled, drained, without salt", GREENS, "1/2 cup"),
    ("Kale, raw", GREENS, "1 cup"),
    ("Beans, black, mature seeds, cooked, boiled, without salt", LEGUMES, "1/2 cup"),
    ("Edamame, frozen, prepared", LEGUMES, "1/2 cup"),
    (
        "Chickpeas (garbanzo beans, bengal gram), mature seeds, cooked, boiled, without salt",
        LEGUMES,
        "1/2 cup",
    ),
    ("Lentils, mature seeds, cooked, boiled, without salt", LEGUMES, "1/2 cup"),
    ("Quinoa, cooked", GRAINS, "1/2 cup"),
    ("Rice, brown, long-grain, cooked", GRAINS, "1/2 cup"),
    ("Cereals, oats, regular and quick, not fortified, dry", GRAINS, "1/2 cup"),
    ("Bread, whole-wheat, commercially prepared", GRAINS, "1 slice"),
    ("Chocolate, dark, 70-85% cacao solids", "dark chocolate", "1 oz"),
    ("Avocados, raw, all commercial varieties", "avocado", "1/2 cup"),
    ("Bananas, raw", "fruit", "1 medium"),
    ("Milk, whole, 3.25% milkfat, with added vitamin D", "dairy", "1 cup"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FoodRow:
    """A food by its serving, ready to be logged; `magnesium_ug` is None where it is not known."""

    id: int
    name: str
    kind: str
    serving: str
    portion: str  # "" for 100 g
    weight_mg: int
    magnesium_ug: int | None
    mark: str
    entry_id: UUID


def _foods(user: User) -> dict[str, Any]:
    # By their source, too: there is no index of names, and survey dishes of the same name have no portions.
    names = [name for name, _kind, _serving in WELL_KNOWN]
    foods = Food.objects.shown().filter(name__in=names, source__code__in=PLAIN)
    found = [food.settle() for food in foods.readable()[:100]]
    offered: dict[int, list[Portion]] = {}
    portions = Portion.objects.shown().filter(food__in=[food.pk for food in found])
    for portion in portions.order_by("position", "pk"):
        offered.setdefault(portion.food_id, []).append(portion)
    known = {name: (kind, serving) for name, kind, serving in WELL_KNOWN}
    rows = [_food_row(food, *known[food.name], offered.get(food.pk, ())) for food in found]
    rows.sort(key=lambda row: (row.magnesium_ug is None, -(row.magnesium_ug or 0), row.name))
    return {"foods": rows, "day": today_of(user)}


def _food_row(food: Food, kind: str, serving: str, portions: Iterable[Portion]) -> FoodRow:
    several = list(portions)
    portion = next((portion for portion in several if portion.label.startswith(serving)), None)
    portion = portion or next(iter(several), None)
    weight_mg = portion.weight_mg if portion else 100_000
    return FoodRow(
        id=food.pk,
        name=food.name,
        kind=kind,
        serving=portion.label if portion else "100 g",
        portion=str(portion.pk) if portion else "",
        weight_mg=weight_mg,
        magnesium_ug=magnesium_ug_in(weight_mg, food.magnesium_ug_per_100g),
        mark=food.current.source.mark if food.current else "?",
        entry_id=uuid7(),
    )


def _references(_user: User) -> dict[str, Any]:
    adults: dict[str, list[ReferenceRow]] = {}
    for row in all_rows():
        adults.setdefault(str(Body(row.body).label), []).append(row)
    return {"bodies": list(adults.items())}


def _ceilings(_user: User) -> dict[str, Any]:
    rows = [(str(Body(body).label), ceiling_of(body)) for body in BODIES]
    return {"ceilings": rows, "unverified": UNVERIFIED}


def _conditions(_user: User) -> dict[str, Any]:
    return {"conditions": CONDITIONS}


def _intakes(_user: User) -> dict[str, Any]:
    spans = intakes()
    sources = sources_for(span.key for span in spans if span.key)
    return {"intakes": [(span, sources.get(span.key)) for span in spans], "axis_mg": AXIS_MG}


def _medicines(_user: User) -> dict[str, Any]:
    """Return the rules; classes of which the same is said of the same sources stand together."""
    alike: dict[tuple[object, ...], list[Rule]] = {}
    for rule in RULES:
        alike.setdefault((rule.mode, rule.gap, rule.said, rule.sources, rule.status), []).append(rule)
    return {"groups": list(alike.values())}


def _datasets(_user: User) -> dict[str, Any]:
    return {"datasets": Source.objects.exclude(pk__in=hidden_sources()).order_by("code", "release")}


def _sources(_user: User) -> dict[str, Any]:
    """Return what rules and texts cite, then what findings on forms and lists of use cite beside it."""
    cited = all_sources()
    told = {source.url for source in cited if source.url} | {source.short for source in cited}
    facts: list[tuple[str, Fact]] = [
        *((finding.study, finding) for finding in Finding.objects.shown().order_by("study", "pk")),
        *(("", permit) for permit in Permit.objects.shown().order_by("citation", "pk")),
    ]
    beside = {
        fact.citation: Cited(
            short=study, title=fact.citation, url=fact.url, read=str(Status(fact.status).label)
        )
        for study, fact in facts
        if study not in told and fact.url not in told
    }
    return {"sources": cited, "beside": list(beside.values())}


TABLES: Mapping[str, Callable[[User], dict[str, Any]]] = {
    "table.ceilings": _ceilings,
    "table.conditions": _conditions,
    "table.datasets": _datasets,
    "table.foods": _foods,
    "table.intakes": _intakes,
    "table.medicines": _medicines,
    "table.references": _references,
    "table.sources": _sources,
}
