"""What the interface answers with: plain dicts, mg and g as JSON numbers to 0.001, unknown as null."""

from collections.abc import Iterable, Sequence
from typing import Any

from foods.models import Food, FoodRevision, Source
from intake.api.fields import time_text
from intake.domain.aim import Aim
from intake.domain.day import DayTotal
from intake.domain.note import Note
from intake.domain.week import WeekDay
from intake.finding import FoundFood, Portioned, portions_of
from intake.models import Entry, Kind, OwnFood, OwnProduct, Profile, Target
from intake.reports import DayReport, EntryRow, SourceRef, WeekReport, entry_row
from supplements.compounds import families
from supplements.models import Compound, Product
from supplements.reading import Ask, TextReading

Answer = dict[str, Any]

OWN_SOURCE = "own"


def thousandth(whole: int | None) -> float | None:
    """Return mg for µg, or g for mg, exact to 0.001; None for what is not known."""
    return None if whole is None else whole / 1000


# Foods -------------------------------------------------------------------------------------------


def found_food(found: FoundFood) -> Answer:
    """Return a food among the answers to a search."""
    release, key = found.source_release or None, found.source_key or None
    source = {"code": found.source_code, "release": release, "key": key}
    return _food(
        found.id,
        (found.name, found.brand, found.category),
        source,
        found.magnesium_ug_per_100g,
        found.portions,
    )


def shared_food(
    food: Food, revisions: Iterable[FoodRevision], portions: Iterable[Portioned], winner: int | None = None
) -> Answer:
    """Return a shared food with every revision of its figure, the current one first, and what it leads to."""
    current = food.current
    shown = sorted(revisions, key=lambda revision: (revision.pk != food.current_id, -revision.pk))
    answer = _food(
        str(food.pk),
        (food.name, food.brand, food.category),
        _source(current.source, current.source_key) if current else _source(food.source, food.source_key),
        food.magnesium_ug_per_100g,
        portions,
    )
    return (
        answer
        | _spread(current)
        | {
            "merged_into": winner and str(winner),
            "revisions": [_revision(revision, food) for revision in shown],
        }
    )


def own_food(food: OwnFood) -> Answer:
    """Return a food of the person's own; it has no revisions."""
    source = {"code": OWN_SOURCE, "release": None, "key": str(food.pk)}
    answer = _food(str(food.pk), (food.name, "", ""), source, food.magnesium_ug_per_100g, portions_of(food))
    return answer | _spread(None) | {"merged_into": None, "revisions": []}


def _food(
    food_id: str,
    names: tuple[str, str, str],
    source: Answer,
    per_100g_ug: int | None,
    portions: Iterable[Portioned],
) -> Answer:
    name, brand, category = names
    return {
        "id": food_id,
        "name": name,
        "brand": brand,
        "category": category,
        "source": source,
        "magnesium_mg_per_100g": thousandth(per_100g_ug),
        "portions": [
            {"id": portion.id, "label": portion.label, "weight_g": thousandth(portion.weight_mg)}
            for portion in portions
        ],
    }


def _source(source: Source, key: str) -> Answer:
    return {"code": source.code, "release": source.release, "key": key or None}


def _spread(revision: FoodRevision | None) -> Answer:
    if revision is None:
        return dict.fromkeys(("n", "min", "max", "derivation"))
    return {
        "n": revision.n,
        "min": thousandth(revision.min_ug),
        "max": thousandth(revision.max_ug),
        "derivation": revision.derivation or None,
    }


def _revision(revision: FoodRevision, food: Food) -> Answer:
    return {
        "id": str(revision.pk),
        "current": revision.pk == food.current_id,
        "magnesium_mg_per_100g": thousandth(revision.magnesium_ug_per_100g),
        **_spread(revision),
        "source": _source(revision.source, revision.source_key),
        "author": "curator" if revision.author else None,  # who it was, only the desk tells
        "reason": revision.reason or None,
        "created_at": revision.created_at.isoformat(),
    }


# Supplements -------------------------------------------------------------------------------------


def compounds(rows: Sequence[Compound]) -> list[Answer]:
    """Return forms of magnesium, each with whether its family's name alone is taken for it, if asked."""
    chosen = {family.preselected for family in families(rows)}
    return [_compound(row, row.slug in chosen) for row in rows]


def _compound(row: Compound, preselected: bool) -> Answer:
    fraction, mass = row.magnesium_fraction, row.molar_mass_g_per_mol
    per_100mg = row.compound_mg_per_100mg_magnesium
    return {
        "id": row.slug,
        "name": row.name,
        "family": row.family,
        "formula": row.formula or None,
        "magnesium_fraction": None if fraction is None else float(fraction),
        "molar_mass_g_per_mol": None if mass is None else float(mass),
        "compound_mg_per_100mg_magnesium": None if per_100mg is None else float(per_100mg),
        "preselected": preselected,
        "route": row.route,
    }


def product(row: Product | OwnProduct) -> Answer:
    """Return a supplement, shared or the person's own."""
    return {
        "id": str(row.pk),
        "name": str(row),
        "serving": row.serving,
        "magnesium_mg_per_serving": thousandth(row.magnesium_ug_per_serving),
    }


def label(reading: TextReading) -> Answer:
    """Return what a label's text says, its questions as sentences."""
    return {
        "elemental_mg": thousandth(reading.elemental_ug),
        "per": reading.per or None,
        "parts": [
            {
                "name": part.name_as_printed,
                "compound": part.compound,
                "elemental_mg": thousandth(part.elemental_ug),
                "compound_mg": thousandth(part.compound_ug),
            }
            for part in reading.parts
        ],
        "asks": [_in_a_sentence(ask) for ask in reading.asks],
        "contradictions": list(reading.contradictions),
    }


def _in_a_sentence(ask: Ask) -> str:
    """Return a question with the answers it offers and what each would come to."""
    offered = [
        option.text if option.elemental_ug is None else f"{option.text} ({option.elemental_ug / 1000:g} mg)"
        for option in ask.options
    ]
    return f"{ask.text} {'; or '.join(offered)}." if offered else ask.text


# The diary ---------------------------------------------------------------------------------------


def entry(row: Entry) -> Answer:
    """Return an entry."""
    return entry_of_row(entry_row(row))


def entry_of_row(row: EntryRow) -> Answer:
    """Return an entry of a report; only what was on the skin has `minutes`."""
    on_the_skin = {"minutes": row.minutes} if row.kind == Kind.TOPICAL else {}
    return on_the_skin | {
        "id": str(row.id),
        "day": row.day.isoformat(),
        "time": None if row.at is None else time_text(row.at),
        "slot": row.slot,
        "kind": row.kind,
        "label": row.label,
        "weight_g": thousandth(row.weight_mg),
        "magnesium_mg": thousandth(row.magnesium_ug),
        "source": _source_ref(row.source),
        "version": row.version,
    }


def day(report: DayReport) -> Answer:
    """Return a day with its warnings and entries."""
    return _day_part(report, report.total) | {
        "warnings": [_warning(note) for note in report.notes],
        "entries": [entry_of_row(row) for row in report.rows],
    }


def week(report: WeekReport) -> Answer:
    """Return a week; the margin and the probability are not reckoned yet, and `reason` says why."""
    return {
        "week": report.name,
        "days": [_day_part(day, day.total) if day.total else None for day in report.days],
        "logged_days": report.logged_days,
        "mean_mg": thousandth(report.mean.mean_ug),
        "margin_mg": None,
        "probability_adequate": None,
        "reason": report.margin_reason,
        "top_sources": [
            {"label": top.label, "magnesium_mg": thousandth(top.magnesium_ug), "share": round(top.share, 4)}
            for top in report.top_sources
        ],
    }


def _day_part(report: DayReport | WeekDay, total: DayTotal) -> Answer:
    return {
        "day": report.day.isoformat(),
        "total_mg": thousandth(total.total_ug),
        "food_mg": thousandth(total.food_ug),
        "water_mg": thousandth(total.water_ug),
        "added_mg": thousandth(total.added_ug),
        "unknown_count": total.unknown,
        **_aim(report.aim),
        "standing": None if report.standing is None else report.standing.value,
        "mark": report.mark,
    }


def _aim(aim: Aim) -> Answer:
    band = ceiling = None
    if aim.band is not None:
        band = {
            "low_mg": thousandth(aim.band.low_ug),
            "high_mg": thousandth(aim.band.high_ug),
            "basis": aim.band_basis,
        }
    if aim.ceiling_ug is not None:
        ceiling = {"added_mg": thousandth(aim.ceiling_ug), "basis": aim.ceiling_basis}
    return {"band": band, "ceiling": ceiling}


def _warning(note: Note) -> Answer:
    cited = note.source
    source = cited and {"body": cited.body, "title": cited.title, "year": cited.year, "url": cited.url}
    return {"code": note.code, "severity": note.severity, "text": note.text, "source": source}


def _source_ref(source: SourceRef) -> Answer:
    return {"code": source.code, "release": source.release, "key": source.key}


# The person --------------------------------------------------------------------------------------


def profile(row: Profile, target: Target | None) -> Answer:
    """Return the settings and the choice in force; None is nothing chosen yet."""
    choice = target or Target()
    band = None
    if choice.low_ug is not None:
        band = {"low_mg": thousandth(choice.low_ug), "high_mg": thousandth(choice.high_ug)}
    return {
        "body": str(choice.body),
        "sex": choice.sex,
        "birth_year": choice.birth_year,
        "life_stage": choice.life_stage,
        "tz": row.tz,
        "day_starts_at": time_text(row.day_starts_at),
        "band": band,
        "ceiling_body": choice.ceiling_body,
        "ceiling_mg": thousandth(choice.ceiling_ug),
        "valid_from": None if target is None else target.valid_from.isoformat(),
    }
