"""PURE: the figures that the Learn pages name, each taken from the table the diary itself reckons with.

A text writes `{{ ceiling.us }}` and never "350 mg", so what is told cannot drift from what a day is held
against.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cache

from foods.amounts import UG_PER_MG
from intake.domain.figures import mg
from intake.domain.notes import LARGE_DOSE_UG
from intake.domain.references import (
    ADULT_AGE,
    BODIES,
    HIGH_EDGE,
    SOURCES,
    UNVERIFIED,
    all_ceilings,
    all_rows,
)
from learn.markdown import Cited, Vocabulary
from supplements.compounds import BUILTIN, compound_mg_per_100mg_magnesium, magnesium_fraction
from supplements.labels import DAILY_VALUES

TABLET_MG = 500  # a size to compare forms by
ACCEPTABLE_FROM_MG = 150  # SCF 1993: acceptable range of total intake, adults
EPSOM = "sulfate-7h2o"
EPSOM_BATH_G = 250  # of a bath, as an example

AXIS_MG = 600  # the right end of the picture of intakes

TABLES = {
    "table.ceilings": "the ceilings of all bodies",
    "table.conditions": "the conditions that a person may tick",
    "table.datasets": "the data sets of the foods",
    "table.intakes": "the intakes that bodies and studies speak of, as a picture",
    "table.foods": "well-known foods by the serving",
    "table.medicines": "the medicines and the time apart",
    "table.references": "the reference values of all bodies",
    "table.sources": "all sources of figures, rules and texts",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """A span of intake from food and all else, mg a day, and what is said of it; `key` is its source."""

    name: str
    low_mg: int
    high_mg: int
    said: str
    key: str = ""

    @property
    def start(self) -> float:
        """Where it begins on the axis, 0 to 1."""
        return self.low_mg / AXIS_MG

    @property
    def share(self) -> float:
        """How much of the axis it takes, 0 to 1."""
        return (self.high_mg - self.low_mg) / AXIS_MG


STUDIED = (
    Intake(
        name="PMC3592895",
        low_mg=150,
        high_mg=400,
        said="disease of heart and vessels less frequent with more, most steeply in this span",
        key="pmc3592895",
    ),
    Intake(
        name="Hu 2020",
        low_mg=181,
        high_mg=446,
        said="between the two bends of a U for rheumatoid arthritis, women",
        key="hu-2020",
    ),
    Intake(
        name="Lo 2019",
        low_mg=257,
        high_mg=318,
        said="memory disorders least often, women",
        key="lo-2019",
    ),
)


def intakes() -> tuple[Intake, ...]:
    """Return what bodies advise and accept for adults, then what studies found, each as a span."""
    lows = [row.value.low_ug // UG_PER_MG for row in all_rows()]
    advised = Intake(
        name="Reference values of all bodies here",
        low_mg=min(lows),
        high_mg=max(lows),
        said="from the lowest for a group of adults to the highest",
    )
    accepted = Intake(
        name=HIGH_EDGE.citation.short,
        low_mg=ACCEPTABLE_FROM_MG,
        high_mg=HIGH_EDGE.high_ug // UG_PER_MG,
        said="called acceptable for adults",
        key="scf-1993",
    )
    return (advised, accepted, *STUDIED)


@cache
def vocabulary() -> Vocabulary:
    """Return the figures, tables and sources that texts may name."""
    figures = dict([*_bands(), *_ceilings(), *_forms(), *_labels()])
    sources = {
        key: Cited(short=cite.short, title=cite.title, where=cite.table, url=cite.url)
        for key, cite in SOURCES.items()
    }
    return Vocabulary(figures=figures, tables=TABLES, sources=sources)


def _bands() -> Iterator[tuple[str, str]]:
    yield "adult-age", str(ADULT_AGE)
    yield "high-edge", mg(HIGH_EDGE.high_ug)
    yield "acceptable-from", f"{ACCEPTABLE_FROM_MG} mg"
    for span in STUDIED:
        yield f"{span.key}.low", str(span.low_mg)
        yield f"{span.key}.high", f"{span.high_mg} mg"
    for row in all_rows():
        group = row.group.replace(", ", "-").replace(" ", "-")
        yield f"low.{row.body}.{group}", mg(row.value.low_ug)
        if row.value.ear_ug is not None:
            yield f"ear.{row.body}.{group}", mg(row.value.ear_ug)


def _ceilings() -> Iterator[tuple[str, str]]:
    held = dict(all_ceilings())
    for body in BODIES:
        yield f"ceiling.{body}", mg(held[body].added_ug) if body in held else UNVERIFIED
    amounts = [ceiling.added_ug for ceiling in held.values()]
    yield "ceiling.lowest", mg(min(amounts))
    yield "ceiling.highest", mg(max(amounts))
    yield "large-dose", mg(LARGE_DOSE_UG)


def _forms() -> Iterator[tuple[str, str]]:
    for form in BUILTIN:
        if not form.formula:
            continue
        fraction = magnesium_fraction(form.formula)
        yield f"share.{form.slug}", f"{_rounded(fraction * 100, 1)} %"
        yield f"tablet.{form.slug}", f"{_rounded(fraction * TABLET_MG, 0)} mg"
        yield f"per-100.{form.slug}", f"{_rounded(compound_mg_per_100mg_magnesium(form.formula), 0):,f} mg"
        if form.slug == EPSOM:
            yield "epsom.bath", f"{EPSOM_BATH_G} g"
            yield "epsom.magnesium", f"{_rounded(fraction * EPSOM_BATH_G, 1)} g"
            yield "epsom.hundredth", f"{_rounded(fraction * EPSOM_BATH_G * 10, 0)} mg"


def _labels() -> Iterator[tuple[str, str]]:
    for value in DAILY_VALUES:
        yield f"dv.{value.code}", mg(value.dv_ug)


def _rounded(value: Decimal, places: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
