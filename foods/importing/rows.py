"""Records on their way through the database: made fit to be kept, written as JSON, and read back."""

from collections.abc import Mapping
from dataclasses import replace
from operator import attrgetter
from typing import Any

from foods.models import MAX_UG_PER_100G, MAX_WEIGHT_MG, FoodImport
from foods.sources.records import Complaint, FoodRecord, PortionRecord
from foods.text import clean_text

NAME, BRAND, CATEGORY, KEY, GTIN, DERIVATION, LABEL = 200, 120, 120, 80, 14, 120, 80
MAX_PORTIONS = 50
MAX_SAMPLES = 2_000_000_000
FITTED = ("name", "brand", "category", "gtin", "derivation", "n", "portions")
_FIT = attrgetter(*FITTED)


def fit(record: FoodRecord) -> FoodRecord | Complaint:
    """Return the record as it can be kept, texts cleaned and cut to length, or why it cannot be."""
    if problem := _problem(record):
        return Complaint(record.file, record.line, problem)
    try:
        name = _clean(record.name)
    except ValueError as error:
        return Complaint(record.file, record.line, f"Left out: the name cannot be kept. {error}")
    if not name:
        return Complaint(record.file, record.line, "Left out: the food has no name.")
    fitted = (
        _cut(name, NAME),
        _text(record.brand, BRAND),
        _text(record.category, CATEGORY),
        record.gtin if record.gtin.isascii() and record.gtin.isdigit() and len(record.gtin) <= GTIN else "",
        _text(record.derivation, DERIVATION),
        record.n if record.n is not None and 0 <= record.n <= MAX_SAMPLES else None,
        _portions(record.portions),
    )
    if fitted == _FIT(record):
        return record  # as most are
    values: dict[str, Any] = dict(zip(FITTED, fitted, strict=True))
    return replace(record, **values)


def _problem(record: FoodRecord) -> str:
    if not 0 < len(record.key) <= KEY:
        return f"Left out: the record's id is empty or longer than {KEY} characters."
    for ug in (record.magnesium_ug, record.min_ug, record.max_ug):
        if ug is not None and not 0 <= ug <= MAX_UG_PER_100G:
            return f"Left out: {ug / 1000:,.10g} mg of magnesium in 100 g cannot be."
    return ""


def _portions(portions: tuple[PortionRecord, ...]) -> tuple[PortionRecord, ...]:
    kept: dict[str, PortionRecord] = {}
    for portion in portions:
        label = _text(portion.label, LABEL)
        if label and 1 <= portion.weight_mg <= MAX_WEIGHT_MG:
            same = label == portion.label
            kept.setdefault(label, portion if same else PortionRecord(label, portion.weight_mg))
    return tuple(kept.values())[:MAX_PORTIONS]


def _text(value: str, limit: int) -> str:
    if not value:
        return ""
    try:
        return _cut(_clean(value), limit)
    except ValueError:
        return ""


def _clean(value: str) -> str:
    """Return `clean_text`, which most names need not go through letter by letter."""
    if value.isascii() and value.isprintable():
        return " ".join(value.split())
    return clean_text(value)


def _cut(text: str, limit: int) -> str:
    return text if len(text) <= limit else f"{text[: limit - 1].rstrip()}…"


def written(record: FoodRecord) -> dict[str, Any]:
    """Return a record as JSON has it; what is empty is left out, place and key stand in columns."""
    said: dict[str, Any] = {"source": record.source, "name": record.name}
    for field in ("brand", "category", "gtin", "derivation"):
        if value := getattr(record, field):
            said[field] = value
    for field in ("magnesium_ug", "min_ug", "max_ug", "n"):
        if (value := getattr(record, field)) is not None:
            said[field] = value
    if record.portions:
        said["portions"] = [[portion.label, portion.weight_mg] for portion in record.portions]
    if record.also:
        said["also"] = [[source, key] for source, key in record.also]
    return said


def read_back(key: str, file: str, line: int | None, said: Mapping[str, Any]) -> FoodRecord:
    """Return the record that `written` wrote."""
    return FoodRecord(
        source=said["source"],
        key=key,
        name=said["name"],
        brand=said.get("brand", ""),
        category=said.get("category", ""),
        gtin=said.get("gtin", ""),
        magnesium_ug=said.get("magnesium_ug"),
        min_ug=said.get("min_ug"),
        max_ug=said.get("max_ug"),
        n=said.get("n"),
        derivation=said.get("derivation", ""),
        portions=tuple(PortionRecord(label, weight_mg) for label, weight_mg in said.get("portions", ())),
        also=tuple((source, other) for source, other in said.get("also", ())),
        file=file,
        line=line,
    )


def kept_cursor(food_import: FoodImport) -> dict[str, Any]:
    """Return of an import's cursor what outlives a step."""
    return {name: food_import.cursor[name] for name in ("highest", "release") if name in food_import.cursor}
