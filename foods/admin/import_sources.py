"""One row of an import beside what is known of its food already: a column a source."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from foods.admin.import_rows import day_text, mg, place_of
from foods.admin.wording import range_text
from foods.models import FoodRevision, ImportRow

EARLIER = 3  # revisions shown beside the one in use


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """What one source says; texts as shown, "" where it says nothing."""

    title: str
    lead: str
    value: str
    span: str = ""
    n: str = ""
    derivation: str = ""
    record: str = ""
    name: str = ""
    brand: str = ""
    category: str = ""
    gtin: str = ""
    portions: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One fact, a cell a source."""

    word: str
    cells: tuple[str, ...]
    strong: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """The sources of one food, side by side."""

    name: str
    place: str
    food_url: str
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]


WORDS = {
    "value": "magnesium", "span": "from to", "n": "samples", "derivation": "derivation", "record": "record",
    "name": "name", "brand": "brand", "category": "category", "gtin": "barcode", "portions": "portions",
    "reason": "why",
}  # fmt: skip


def sources_of(row: ImportRow) -> Sources:
    """Return what the file says beside the food as it is and its earlier revisions; three queries at most."""
    columns = (_of_file(row), *_of_food(row))
    lines = [
        Line(word, tuple(getattr(column, field) for column in columns), strong=field == "value")
        for field, word in WORDS.items()
    ]
    return Sources(
        name=row.food.name if row.food else str(row.record.get("name", row.key)),
        place=place_of(row),
        food_url=reverse("admin:foods_food_sources", args=[row.food_id]) if row.food_id else "",
        columns=columns,
        lines=tuple(line for line in lines if any(line.cells)),
    )


def _of_file(row: ImportRow) -> Column:
    record = row.record
    return Column(
        title="This file",
        lead="",
        value=mg(row.magnesium_ug_per_100g) or "no value",
        span=range_text(record.get("min_ug"), record.get("max_ug")),
        n=str(record.get("n") or ""),
        derivation=str(record.get("derivation", "")),
        record=row.key,
        name=str(record.get("name", "")),
        brand=str(record.get("brand", "")),
        category=str(record.get("category", "")),
        gtin=str(record.get("gtin", "")),
        portions=_portions([(label, weight) for label, weight in record.get("portions", ())]),
    )


def _of_food(row: ImportRow) -> list[Column]:
    food, before = row.food, row.before
    if food is None:
        return []
    revisions = [*food.revisions.select_related("source").order_by("-pk")[: EARLIER + 1]]
    if before is not None and before not in revisions:
        revisions = [before, *revisions[:EARLIER]]
    portions = [*food.portions.shown().order_by("position").values_list("label", "weight_mg")]
    return [
        _of_revision(
            revision,
            title="Ours" if revision == before else "Earlier",
            **(
                {
                    "name": food.name,
                    "brand": food.brand,
                    "category": food.category,
                    "gtin": food.gtin,
                    "portions": _portions(portions),
                }
                if revision == before
                else {"name": revision.record_name}
            ),
        )
        for revision in sorted(revisions, key=lambda one: (one != before, -one.pk))
    ]


def _of_revision(revision: FoodRevision, *, title: str, **said: str) -> Column:
    by = f", {revision.author}" if revision.author else ""
    return Column(
        title=title,
        lead=f"{revision.source}{by}, {day_text(revision.created_at)}",
        value=mg(revision.magnesium_ug_per_100g) or "no value",
        span=range_text(revision.min_ug, revision.max_ug),
        n=str(revision.n or ""),
        derivation=revision.derivation,
        record=revision.source_key,
        reason=revision.reason,
        **said,
    )


def _portions(portions: Sequence[tuple[str, int]]) -> str:
    return "; ".join(f"{label} = {mg(weight)} g" for label, weight in portions)  # g of mg, as mg of µg
