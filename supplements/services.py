"""Writes and look-ups of forms and products; the one place that stores what a label comes to."""

import datetime as dt
from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet

from supplements.compounds import BUILTIN
from supplements.labels import LabelReading, read_lines
from supplements.models import MAX_SERVING_UG, Compound, Product

MAX_WORDS = 8  # of a query; the rest narrows nothing that is worth a longer one


def load_builtin_compounds() -> int:
    """Add the built-in forms that are missing and return how many; a curator's edit is never overwritten."""
    there = set(Compound.objects.values_list("slug", flat=True))
    missing = [form for form in BUILTIN if form.slug not in there]
    Compound.objects.bulk_create(
        [
            Compound(
                slug=form.slug,
                name=form.name,
                family=form.family,
                formula=form.formula,
                route=form.route,
                common_rank=form.common_rank,
                note=form.note,
            )
            for form in missing
        ],
        ignore_conflicts=True,  # another process may be loading them too
    )
    return len(missing)


def find_products(query_words: Sequence[str], limit: int) -> list[Product]:
    """Return products on offer whose brand and name hold every word, by name; all for no words. One query."""
    products = Product.objects.filter(retired_at=None)
    for word in query_words[:MAX_WORDS]:
        products = products.filter(Q(name__icontains=word) | Q(brand__icontains=word))
    return list(products.order_by("name", "brand", "id")[: max(0, limit)])


def reckon_product(product: Product) -> LabelReading:
    """Read a product's lines, store what a serving holds, and return the reading.

    Raises ValidationError if a serving would hold more than 20 000 mg.
    """
    with transaction.atomic():
        lines = product.ingredients.select_related("compound").order_by("position", "id")
        reading = read_lines(
            [line.label_line() for line in lines], topical=product.kind == Product.Kind.TOPICAL
        )
        check_serving(reading)
        product.magnesium_ug_per_serving = reading.magnesium_ug
        product.save(update_fields=["magnesium_ug_per_serving"])
    return reading


def reckon_products_with(compound: Compound) -> int:
    """Reckon every product that names a form again, after its formula changed; return how many there are."""
    products = Product.objects.filter(ingredients__compound=compound).distinct()
    with transaction.atomic():
        for product in products:
            reckon_product(product)
    return len(products)


def check_serving(reading: LabelReading) -> None:
    """Raise ValidationError if a serving holds more magnesium than a row can say."""
    if reading.magnesium_ug is not None and reading.magnesium_ug > MAX_SERVING_UG:
        raise ValidationError("A serving holds at most 20 000 mg of magnesium.")


def retire_products(products: QuerySet[Product], now: dt.datetime) -> int:
    """Take products out of the search and return how many; what was logged from them stays."""
    return products.filter(retired_at=None).update(retired_at=now)


def restore_products(products: QuerySet[Product]) -> int:
    """Put retired products back into the search and return how many."""
    return products.exclude(retired_at=None).update(retired_at=None)
