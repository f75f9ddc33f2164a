"""Products of an outside source: new ones, changed ones, and those a curator has put right."""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from supplements.labels import read_lines
from supplements.models import MAX_SERVING_UG, Compound, Ingredient, Product
from supplements.services.imported import age, latest, lines_by_product, told, with_barcode
from supplements.services.states import (
    Lines,
    keep_first_state,
    keep_state,
    put_lines,
    reckon_product,
    told_lines,
)
from supplements.sources import ProductRecord
from supplements.sources.naming import UNSPECIFIED

DETAILS = ("brand", "name", "gtin", "off_market", "note")  # each kept by itself where a curator changed it
AT_ONCE = 500  # keys in one query
TAKEN = ("product_source_edition", "supplements_product.source_key")  # as PostgreSQL and SQLite tell it


@dataclass(slots=True)
class Tally:
    """What an import came to: products by what became of them, and a sentence where one is worth a look.

    `replaced` are reformulated: a new row, the old one retired. `kept` are those whose label changed where a
    curator had put something else: theirs stands. `older` are labels of a barcode that has a newer one.
    """

    new: int = 0
    changed: int = 0
    replaced: int = 0
    unchanged: int = 0
    kept: int = 0
    older: int = 0
    skipped: int = 0
    said: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        names = ("new", "changed", "replaced", "unchanged", "kept", "older", "skipped")
        return ", ".join(f"{name} {getattr(self, name)}" for name in names)


def import_products(
    records: Iterable[ProductRecord], *, author: str, now: dt.datetime, look_only: bool = False
) -> Tally:
    """Bring records in, all or none, and say what came of it. The same records again change nothing.

    A product whose serving holds something else than before is a new row: the old one retires, and what was
    logged from it stays as it is. `look_only` says what would come of it, and leaves everything as it was.
    Raises ValidationError if the built-in forms were never loaded, or another import brings the same ones in.
    """
    try:
        return _brought(records, author, now, look_only)
    except IntegrityError as error:
        if any(name in str(error) for name in TAKEN):
            raise ValidationError("Another import was under way. Run it again.") from error
        raise


def _brought(records: Iterable[ProductRecord], author: str, now: dt.datetime, look_only: bool) -> Tally:
    with transaction.atomic():
        work = _Import(author, now)
        by_key: dict[tuple[str, str], ProductRecord] = {}
        for record in records:
            if (record.source, record.key) in by_key:
                work.skip(record, "the label is there twice: the last one is taken.")
            by_key[record.source, record.key] = record
        ordered = sorted(by_key.values(), key=lambda record: (*age(record.label_on, record.key), record.key))
        for start in range(0, len(ordered), AT_ONCE):
            work.bring(ordered[start : start + AT_ONCE])
        transaction.set_rollback(look_only)
    return work.tally


class _Import:
    def __init__(self, author: str, now: dt.datetime) -> None:
        self.author, self.now, self.tally = author, now, Tally()
        self.compounds = Compound.objects.in_bulk()
        if UNSPECIFIED not in self.compounds:
            raise ValidationError("Load the built-in forms first: manage.py load_builtin.")

    def skip(self, record: ProductRecord, why: str) -> None:
        self.tally.skipped += 1
        self.tally.said.append(f"{record.key} {record.name}: {why}")

    def bring(self, records: Sequence[ProductRecord]) -> None:
        """Bring records in that are sorted by age, the oldest first."""
        products = latest(records)
        lines = lines_by_product(products.values())
        for record in records:
            product = products.get((record.source, record.key))
            if (record.magnesium_ug or 0) > MAX_SERVING_UG:
                self.skip(record, "a serving holds at most 20 000 mg of magnesium.")
            elif product is None:
                self._add(record)
            elif product.as_imported == told(record):
                self.tally.unchanged += 1
            else:
                self._change(product, lines.get(product.pk, []), record)

    def _add(self, record: ProductRecord) -> None:
        """Add a product; of those with its barcode only the one of the newest label stays on offer."""
        others = with_barcode(record)
        newest = max((age(other.label_on, other.source_key) for other in others), default=None)
        if newest is not None and newest > age(record.label_on, record.key):
            self.tally.older += 1
            return
        part = record.key.partition("-")[2]
        before = [other for other in others if other.source_key.partition("-")[2] == part]
        replaces = max(
            before, key=lambda other: (age(other.label_on, other.source_key), other.edition), default=None
        )
        self._lay(record, replaces, edition=1)
        for other in others:
            self._retire(other)
        self.tally.new += 1

    def _change(self, product: Product, lines: Lines, record: ProductRecord) -> None:
        """Change a product whose label changed; where a curator has changed it too, theirs stands."""
        was, says = product.as_imported or {}, told(record)
        theirs = {name: getattr(product, name) for name in DETAILS if getattr(product, name) != was.get(name)}
        corrected = (
            product.serving != was.get("serving")
            or product.kind != was.get("kind")
            or lines != was.get("lines")
        )
        reformulated = any(was.get(name) != says[name] for name in ("serving", "kind", "magnesium_ug"))
        if reformulated and not corrected:
            new = self._lay(record, product, edition=product.edition + 1, theirs=theirs)
            self._retire(product)
            self.tally.replaced += 1
            self.tally.said.append(f"{record.key} {new}: its label changed; it is a new row.")
            return
        put = self._put(product, record, but_for=theirs, lines_too=not corrected)
        if reformulated:
            self.tally.said.append(
                f"{record.key} {product}: its label changed; a curator's figures are kept."
            )
        if put and not reformulated:
            self.tally.changed += 1
        else:
            self.tally.kept += 1
        Product.objects.filter(pk=product.pk).update(as_imported=says)

    def _put(
        self, product: Product, record: ProductRecord, *, but_for: Collection[str], lines_too: bool
    ) -> bool:
        """Take over what no curator changed, and say whether that is anything."""
        says = told(record)
        fields = {name: says[name] for name in DETAILS if name not in but_for}
        fields = {name: value for name, value in fields.items() if getattr(product, name) != value}
        worded = lines_too and (product.as_imported or {}).get("lines") != says["lines"]
        if not fields and not worded:
            return False
        keep_first_state(product.pk)
        for name, value in fields.items():
            setattr(product, name, value)
        Product.objects.filter(pk=product.pk).update(**fields, label_on=record.label_on)
        if worded:
            put_lines(product, self._lines(record))
            reckon_product(product)
        keep_state(product, author=self.author, reason=f"Imported: {record.source} {record.key}")
        return True

    def _lay(
        self,
        record: ProductRecord,
        replaces: Product | None,
        *,
        edition: int,
        theirs: dict[str, Any] | None = None,
    ) -> Product:
        """Add a row for a record; one in place of a retired row of its own label is retired, too."""
        says, lines = told(record), self._lines(record)
        product = Product(
            **{name: says[name] for name in DETAILS} | (theirs or {}),
            serving=record.serving,
            source=record.source,
            source_key=record.key,
            edition=edition,
            label_on=record.label_on,
            as_imported=says,
            replaces=replaces,
            retired_at=replaces.retired_at if replaces and edition > 1 else None,
        )
        rows = [Ingredient(product=product, position=place, **line) for place, line in enumerate(lines)]
        for row in rows:
            row.compound = self.compounds[row.compound_id]
        product.magnesium_ug_per_serving = read_lines(
            [row.label_line() for row in rows], topical=False
        ).magnesium_ug
        Product.objects.bulk_create([product])
        Ingredient.objects.bulk_create(rows)
        reason = f"Imported: {record.source} {record.key}"
        keep_state(product, author=self.author, reason=reason, lines=told_lines(rows), new=True)
        return product

    def _retire(self, product: Product) -> None:
        if product.retired_at is None:
            keep_first_state(product.pk)
            product.retired_at = self.now
            Product.objects.filter(pk=product.pk).update(retired_at=self.now)
            keep_state(product, author=self.author, reason="A newer label took its place")

    def _lines(self, record: ProductRecord) -> Lines:
        """Return a record's lines; one of a form that is no longer kept is not specified."""
        return [
            line
            | {"compound_id": line["compound_id"] if line["compound_id"] in self.compounds else UNSPECIFIED}
            for line in told(record)["lines"]
        ]
