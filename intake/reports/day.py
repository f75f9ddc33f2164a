"""A day: its two totals, where they stand, and what it is made of."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.urls import reverse

from intake.domain.aim import Aim, aim_for
from intake.domain.band import Standing, Zone
from intake.domain.day import DayTotal, sum_day
from intake.domain.doses import intakes_of
from intake.domain.note import Note, in_order
from intake.domain.notes import DayFacts, notes_for
from intake.domain.spacing import DayLane
from intake.domain.wording import amount_text, stay_text
from intake.models import ADDED, DayMark, Entry, Kind, Mark, Slot, User
from intake.reports.corrections import Offer, day_offers, with_offers
from intake.reports.targets import aims, standing_of
from intake.reports.timing import day_timing


@dataclass(frozen=True, slots=True)
class SourceRef:
    """Where an entry's figure stands: the data set, its release and the record; None where there is none."""

    code: str  # a `Source.code`, or "own", "label"
    release: str | None = None
    key: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryRow:
    """One entry as a page shows it; `share` is 0 to 1 of the day's known total, None without a value."""

    id: UUID
    version: int
    day: dt.date
    slot: str
    at: dt.time | None
    kind: str
    label: str
    quantity: Decimal
    unit: str
    amount: str
    weight_mg: int | None
    minutes: int | None  # on the skin
    magnesium_ug: int | None
    share: float | None
    mark: str  # the source's: "SR", "FD", ...; "L" a label, "Y" the person's own, "?" no value
    source_title: str
    source: SourceRef
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Meal:
    """The entries of one part of the day; `total_ug` is None when nothing of it is known."""

    slot: str
    name: str
    rows: tuple[EntryRow, ...]
    total_ug: int | None
    unknown: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DayReport:
    """A day: its two totals, what they are held against, where they stand, and what it is made of."""

    day: dt.date
    total: DayTotal
    aim: Aim
    standing: Standing | None
    zone: Zone | None
    mark: str | None
    note: str
    notes: tuple[Note, ...]
    meals: tuple[Meal, ...]
    rows: tuple[EntryRow, ...]
    lane: DayLane | None  # the doses of the day beside what the person listed; None where there is nothing
    offers: tuple[Offer, ...]  # corrected figures that entries of the day could take


def day_totals(user: User, first: dt.date, last: dt.date) -> dict[dt.date, DayTotal]:
    """Return a total for each day with an entry from `first` to `last`, both included. One query."""
    rows = Entry.objects.of(user).between(first, last).daily()
    return {row.pop("day"): DayTotal(**row) for row in rows}


def day_report(user: User, day: dt.date, *, finished: bool = True) -> DayReport:
    """Return a day's report; `finished=False` while the day still goes on.

    Three queries, and those of `day_timing` for who lists medicines or conditions.
    """
    logged = Entry.objects.of(user).kept().filter(day=day).select_related("food_revision__source")
    entries = list(with_offers(logged, user).order_by("day", "created_at", "id"))
    total = sum_day((entry.kind, entry.magnesium_ug) for entry in entries)
    choice = aims(user).choice_on(day)
    aim = aim_for(choice, day)
    mark = DayMark.objects.of(user).filter(day=day).first()
    whole = finished and (mark is None or mark.mark == Mark.COMPLETE)
    known_ug = total.total_ug
    rows = tuple(_row(entry, known_ug) for entry in entries)
    facts = DayFacts(
        total=total,
        aim=aim,
        intakes=intakes_of(
            (e.at, e.magnesium_ug) for e in entries if e.kind in ADDED and e.magnesium_ug != 0
        ),
        unknown_labels=tuple(entry.label for entry in entries if entry.magnesium_ug is None),
        finished=whole,
        life_stage=choice.life_stage,
        added_or_topical=any(entry.kind in (*ADDED, Kind.TOPICAL) for entry in entries),
    )
    timing = day_timing(user, day, entries)
    return DayReport(
        day=day,
        total=total,
        aim=aim,
        standing=standing_of(known_ug, aim),
        zone=aim.band.zone(known_ug) if aim.band and known_ug is not None else None,
        mark=mark.mark if mark else None,
        note=mark.note if mark else "",
        notes=in_order((*notes_for(facts), *timing.notes)),
        lane=timing.lane,
        meals=tuple(_meals(rows)),
        rows=rows,
        offers=day_offers(entries),
    )


def entry_row(entry: Entry) -> EntryRow:
    """Return one entry as a page or answer shows it, without its share of a day."""
    return _row(entry, None)


def _row(entry: Entry, known_ug: int | None) -> EntryRow:
    mark, title, href = _provenance(entry)
    quantity = Decimal(entry.quantity_milli) / 1000
    share = None
    if known_ug and entry.magnesium_ug is not None:
        share = entry.magnesium_ug / known_ug
    return EntryRow(
        id=entry.id,
        version=entry.version,
        day=entry.day,
        slot=entry.slot,
        at=entry.at,
        kind=entry.kind,
        label=entry.label,
        quantity=quantity,
        unit=entry.unit,
        amount=stay_text(amount_text(quantity, entry.unit), entry.minutes),
        weight_mg=entry.weight_mg,
        minutes=entry.minutes,
        magnesium_ug=entry.magnesium_ug,
        share=share,
        mark="?" if entry.magnesium_ug is None else mark,
        source_title=title,
        source=_source_ref(entry),
        href=href,
    )


def _source_ref(entry: Entry) -> SourceRef:
    if entry.food_revision is not None:
        revision = entry.food_revision
        return SourceRef(revision.source.code, revision.source.release, revision.source_key or None)
    if product_id := entry.product_id or entry.own_product_id:
        return SourceRef("label", None, str(product_id))
    return SourceRef("own", None, str(entry.own_food_id) if entry.own_food_id else None)


def _provenance(entry: Entry) -> tuple[str, str, str]:
    """Return the source's mark, its name, and the page that tells more."""
    if entry.food_revision is not None:
        revision = entry.food_revision
        href = f"{reverse('intake:food', args=[revision.food_id])}#revision-{revision.pk}"
        return revision.source.mark, str(revision.source), href
    if entry.own_food_id:
        return "Y", "your own food", reverse("intake:food", args=[entry.own_food_id])
    if entry.product_id:
        return "L", "the product's label", reverse("intake:product", args=[entry.product_id])
    if entry.own_product_id:
        return "L", "the label, as you gave it", reverse("intake:product", args=[entry.own_product_id])
    if entry.kind == Kind.WATER:
        return "Y", "your settings", reverse("intake:settings_day")
    return "Y", "your own figure", reverse("intake:entry", args=[entry.id])


def _meals(rows: Sequence[EntryRow]) -> Iterable[Meal]:
    for slot in Slot:
        own = [row for row in rows if row.slot == slot]
        if own:
            own.sort(key=lambda row: (row.at is None, row.at or dt.time.min))
            total = sum_day((row.kind, row.magnesium_ug) for row in own)
            yield Meal(
                slot=slot.value,
                name=str(slot.label),
                rows=tuple(own),
                total_ug=total.total_ug,
                unknown=total.unknown,
            )
