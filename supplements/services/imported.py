"""What records and rows of products say, in one shape; which rows a record is about."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from supplements.models import Ingredient, Product
from supplements.services.states import Lines, told_lines
from supplements.sources import ProductRecord


def told(record: ProductRecord) -> dict[str, Any]:
    """Return what a record says, as `as_imported` keeps it."""
    return {
        "brand": record.brand,
        "name": record.name,
        "serving": record.serving,
        "kind": str(Product.Kind.SUPPLEMENT),
        "gtin": record.gtin,
        "off_market": record.off_market,
        "note": record.note,
        "magnesium_ug": record.magnesium_ug,
        "lines": [
            {
                "compound_id": line.slug,
                "basis": line.basis,
                "amount_ug": line.amount_ug,
                "percent_milli": None,
                "dv_ug": None,
                "printed": line.printed,
            }
            for line in record.lines
        ],
    }


def latest(records: Sequence[ProductRecord]) -> dict[tuple[str, str], Product]:
    """Return the latest edition of each label. One query."""
    rows = Product.objects.filter(
        source__in={record.source for record in records}, source_key__in=[record.key for record in records]
    )
    return {(row.source, row.source_key): row for row in rows.order_by("edition")}


def lines_by_product(products: Iterable[Product]) -> dict[int, Lines]:
    """Return the lines of products by their ids. One query."""
    found: dict[int, Lines] = {}
    ids = [product.pk for product in products]
    for line in Ingredient.objects.filter(product__in=ids).order_by("position", "id"):
        found.setdefault(line.product_id, []).extend(told_lines([line]))
    return found


def with_barcode(record: ProductRecord) -> list[Product]:
    """Return the products of the same source and barcode, of other labels, whether on offer or not."""
    if not record.gtin:
        return []
    rows = Product.objects.exclude(gtin="").filter(gtin=record.gtin, source=record.source)
    return [row for row in rows if row.source_key.partition("-")[0] != record.label]


def age(label_on: dt.date | None, key: str) -> tuple[dt.date, int]:
    """Return what sorts labels from the oldest to the newest."""
    return label_on or dt.date.min, int(key.partition("-")[0])
