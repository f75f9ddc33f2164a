"""Builders of rows, with defaults: one act a test names only what matters to it."""

import datetime as dt
import itertools
from decimal import Decimal

from foods.amounts import ug_from_mg, weight_mg_from_g
from foods.models import Food, FoodRevision, Portion, Source
from intake.models import Routine, User
from intake.services import ItemInput, PlanInput, make_routine
from supplements.models import Compound, Product

_counter = itertools.count(1)


def make_source(code="usda-sr-legacy", release="2018-04", mark="SR") -> Source:
    return Source.objects.get_or_create(
        code=code,
        release=release,
        defaults={"mark": mark, "dataset": "USDA SR Legacy", "licence": "CC0", "citation": "USDA, 2018"},
    )[0]


def make_food(name="Pumpkin seeds, roasted", mg_per_100g=100, portions=(), source=None, **fields) -> Food:
    """Return a food; `mg_per_100g=None` is an unknown value, `portions` are (label, grams)."""
    source = source or make_source()
    food = Food.objects.create(source=source, source_key=str(next(_counter)), name=name, **fields)
    value = None if mg_per_100g is None else ug_from_mg(Decimal(str(mg_per_100g)))
    food.current = FoodRevision.objects.create(
        food=food, source=source, source_key=food.source_key, magnesium_ug_per_100g=value
    )
    food.save()
    for position, (label, grams) in enumerate(portions):
        Portion.objects.create(
            food=food, label=label, weight_mg=weight_mg_from_g(Decimal(str(grams))), position=position
        )
    return food


def make_user(email=None, password="long enough to sign in", **fields) -> User:
    return User.objects.create_user(email or f"person{next(_counter)}@example.org", password, **fields)


def make_compound(slug="oxide", name="Oxide", formula="MgO", **fields) -> Compound:
    return Compound.objects.get_or_create(
        slug=slug, defaults={"name": name, "family": name, "formula": formula, **fields}
    )[0]


def make_product(
    name="Magnesium", elemental_mg=100, kind="supplement", serving="1 capsule", **fields
) -> Product:
    value = None if elemental_mg is None else ug_from_mg(Decimal(str(elemental_mg)))
    return Product.objects.create(
        name=name, kind=kind, serving=serving, magnesium_ug_per_serving=value, **fields
    )


def make_stack(user, *products, name="Evening", today, times=("21:00",), now=None, **fields) -> Routine:
    """Return a stack that begins on `today`; a product may come as (product, servings)."""
    pairs = [product if isinstance(product, tuple) else (product, 1) for product in products]
    items = [ItemInput(product, Decimal(str(servings))) for product, servings in pairs]
    at = [dt.time.fromisoformat(text) for text in times]
    now = now or dt.datetime.combine(today, dt.time(12), dt.UTC)
    plan = PlanInput(items=items, times=at, **fields)
    return make_routine(user=user, name=name, plan=plan, today=today, now=now)
