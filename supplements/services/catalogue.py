"""Writes and look-ups of products of the catalogue."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.db.models import Q, QuerySet

from supplements.models import Compound, Product
from supplements.services.states import (
    FIELDS,
    keep_first_state,
    keep_state,
    lines_of,
    put_lines,
    reckon_product,
)

MAX_WORDS = 8  # of a query; the rest narrows nothing that is worth a longer one


def find_products(query_words: Sequence[str], limit: int, gtins: Sequence[str] = ()) -> list[Product]:
    """Return products on offer whose brand and name hold every word, by name; all for no words. One query.

    With barcodes, of 14 digits, those that bear one. What is off the market comes last.
    """
    products = Product.objects.filter(retired_at=None)
    if gtins:
        products = products.exclude(gtin="").filter(gtin__in=gtins)
    else:
        for word in query_words[:MAX_WORDS]:
            products = products.filter(Q(name__icontains=word) | Q(brand__icontains=word))
    return list(products.order_by("off_market", "name", "brand", "id")[: max(0, limit)])


def newer_product(product: Product) -> Product | None:
    """Return the product on offer that took the place of a retired one, through others that did; or None."""
    seen: set[int] = set()
    while product.pk not in seen:
        seen.add(product.pk)
        after = list(Product.objects.filter(replaces=product).order_by("-pk"))
        on_offer = next((row for row in after if row.retired_at is None), None)
        if on_offer is not None or not after:
            return on_offer
        product = after[0]
    return None


def reckon_products_with(compound: Compound, author: str = "") -> int:
    """Reckon every product that names a form again, after its formula changed; return how many there are."""
    products = Product.objects.filter(ingredients__compound=compound).distinct()
    with transaction.atomic():
        for product in products:
            keep_first_state(product.pk)
            before = product.magnesium_ug_per_serving
            reckon_product(product)
            if product.magnesium_ug_per_serving != before:
                keep_state(product, author=author, reason=f"Another formula of {compound.name}")
    return len(products)


def reformulate_product(product: Product, *, author: str, now: dt.datetime) -> Product:
    """Return a new row for what a product has become, with its label to be put right; the old one retires.

    What was logged from the old row stays with it, and stays as it is.
    """
    with transaction.atomic():
        held = Product.objects.select_for_update().get(pk=product.pk)
        lines = lines_of(held)
        new = Product(replaces=held, **{field: getattr(held, field) for field in FIELDS})
        Product.objects.bulk_create([new])
        put_lines(new, lines)
        reckon_product(new)
        keep_state(new, author=author, reason="Reformulated: a new row", lines=lines, new=True)
        retire_products(Product.objects.filter(pk=held.pk), now, author, reason="Reformulated")
    return new


def retire_products(
    products: QuerySet[Product], now: dt.datetime, author: str = "", reason: str = "Retired"
) -> int:
    """Take products out of the search and return how many; what was logged from them stays."""
    return _set_retired(products.filter(retired_at=None), now, author, reason)


def restore_products(products: QuerySet[Product], author: str = "") -> int:
    """Put retired products back into the search and return how many."""
    return _set_retired(products.exclude(retired_at=None), None, author, "Offered again")


def _set_retired(products: QuerySet[Product], at: dt.datetime | None, author: str, reason: str) -> int:
    with transaction.atomic():
        chosen = list(products)
        for product in chosen:
            keep_first_state(product.pk)
            product.retired_at = at
            keep_state(product, author=author, reason=reason)
        Product.objects.filter(pk__in=[product.pk for product in chosen]).update(retired_at=at)
    return len(chosen)
