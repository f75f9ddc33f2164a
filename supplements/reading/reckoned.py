"""What an ingredient comes to, and the lines that say so."""

from dataclasses import dataclass, field

from supplements.compounds import magnesium_fraction
from supplements.labels import LabelLine
from supplements.reading.ingredients import Ingredient
from supplements.reading.mentions import Catalogue


@dataclass(slots=True, kw_only=True, eq=False)
class Reckoned:
    """What an ingredient comes to, µg (None: a question is open), how, and the lines that say so."""

    ingredient: Ingredient
    elemental_ug: int | None = None
    basis: str = "elemental"
    slug: str | None = None
    exact: bool = True
    compound_ug: int | None = None
    percent_milli: int | None = None
    dv_ug: int | None = None
    sums: list[str] = field(default_factory=list)
    impossible: list[str] = field(default_factory=list)
    checks: list[LabelLine] = field(default_factory=list)  # what else is printed, for the contradictions


def line_of(catalogue: Catalogue, slug: str | None, basis: str, *, amount_ug: int | None = None) -> LabelLine:
    """Return a line to keep; a form that is not known stands under "not stated"."""
    form = catalogue.forms.get(slug or "unspecified")
    formula = form.formula if form is not None else ""
    return LabelLine(
        compound_name=form.name if form is not None else "Not stated",
        fraction=magnesium_fraction(formula) if formula else None,
        basis=basis,
        amount_ug=amount_ug,
        slug=form.slug if form is not None else None,
    )
