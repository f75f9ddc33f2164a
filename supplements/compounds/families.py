"""Forms by family: a label says "citrate", and one of four salts has to be chosen, with a reason in sight."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from supplements.compounds.builtin import BUILTIN
from supplements.compounds.formula import magnesium_fraction


class Form(Protocol):
    """A form as families are made of it; `BuiltinCompound` and the model `Compound` both are one."""

    @property
    def slug(self) -> str:
        """Its key."""

    @property
    def name(self) -> str:
        """Its name, hydration included."""

    @property
    def family(self) -> str:
        """What it shares with its hydrates."""

    @property
    def formula(self) -> str:
        """Its formula; empty where none is fixed."""

    @property
    def common_rank(self) -> int | None:
        """1, 2, ...: the commonest first; None after all of these."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """The forms that share a name on labels; the one chosen beforehand, if any, stands first.

    `why` says why that one, or why none; empty where there is nothing to choose.
    """

    name: str
    slugs: tuple[str, ...]
    preselected: str | None
    why: str

    @property
    def asks(self) -> bool:
        """Whether the name alone leaves a choice."""
        return len(self.slugs) > 1


GENERIC = "unspecified-chelate"  # "glycinate", "chelate": no formula, so only the label's own magnesium

# {slug} is that form's share; what is chosen is the family's best common_rank, for the curators to set.
_WHY = {
    "citrate-tri-anhyd": (
        "The citrate that supplements usually hold, {citrate-tri-anhyd} magnesium. The {citrate-mono} that "
        "reviews often quote is another salt."
    ),
    "bisglycinate": (
        "What labels call bisglycinate, {bisglycinate} at the most. Where a label says only “glycinate” or "
        "“chelate” there is no fixed formula: its own magnesium is needed."
    ),
    "malate": (
        "The name alone is this formula. With three waters it holds {malate-3h2o}; dimagnesium malate is "
        "printed as such."
    ),
    "threonate-h2o": (
        "A published label gives 144 mg in 2,000 mg, 7.2 %: nearer to {threonate-h2o} with one water than to "
        "{threonate} dry."
    ),
    "taurate": "The name alone is this formula; acetyl taurate is printed as such, {acetyltaurate-2h2o}.",
    "gluconate": "The name alone is this formula; with two waters it holds {gluconate-2h2o}.",
    "lactate-2h2o": "The common salt, {lactate-2h2o} with its two waters; dry it holds {lactate}.",
    "carbonate": (
        "The name alone is this formula; a basic carbonate holds {carbonate-basic-light} or "
        "{carbonate-basic-heavy}."
    ),
    "sulfate-7h2o": "Epsom salt, {sulfate-7h2o}; dry sulfate holds twice as much, {sulfate}.",
}
_UNCHOSEN = {
    "Chloride": (
        "Nothing is chosen for you: {chloride} dry and {chloride-6h2o} with six waters are too far apart. "
        "Flakes, oils and nigari are the one with water."
    ),
    "Aspartate": (
        "Nothing is chosen for you: a German leaflet names the tetrahydrate, {aspartate-4h2o}; dry it holds "
        "{aspartate}."
    ),
    "Not specified": "No fixed formula: the label's own magnesium is needed, in mg or in % of a daily value.",
}
_OTHERWISE = "Nothing is chosen for you: these hold different shares, and the label says which it is."
_COMMONEST = "The commonest of these; the label may name another."
_LAST = 1_000_000


def families(forms: Iterable[Form] = BUILTIN) -> tuple[Family, ...]:
    """Return the families of some forms, the commonest first, each with what is chosen beforehand and why.

    The form without a formula that "glycinate" and "chelate" stand for is offered in that family, too.
    """
    given = list(forms)
    by_name: dict[str, list[Form]] = {}
    for form in given:
        by_name.setdefault(form.family, []).append(form)
    if "Glycinate" in by_name:
        by_name["Glycinate"] += [
            form for form in given if form.slug == GENERIC and form.family != "Glycinate"
        ]
    shares = {form.slug: _share(form.formula) for form in (*BUILTIN, *given)}
    made = sorted(by_name.items(), key=lambda item: (min(_rank(form) for form in item[1]), item[0]))
    return tuple(_family(name, members, shares) for name, members in made)


def _family(name: str, members: list[Form], shares: Mapping[str, str]) -> Family:
    best = min(members, key=_rank)
    chosen = best.slug if _may_be_chosen(name, best, members) else None
    ordered = sorted(members, key=lambda form: (form.slug != chosen, -_fraction(form), form.name))
    return Family(
        name=name,
        slugs=tuple(form.slug for form in ordered),
        preselected=chosen,
        why=_why(name, chosen, len(members)).format_map(shares),
    )


def _may_be_chosen(name: str, best: Form, members: list[Form]) -> bool:
    if not best.formula or name in _UNCHOSEN:
        return False
    return len(members) == 1 or best.common_rank is not None


def _why(name: str, chosen: str | None, members: int) -> str:
    if chosen is None:
        return _UNCHOSEN.get(name, _OTHERWISE)
    return "" if members == 1 else _WHY.get(chosen, _COMMONEST)


def _rank(form: Form) -> int:
    return _LAST if form.common_rank is None else form.common_rank


def _fraction(form: Form) -> Decimal:
    return magnesium_fraction(form.formula) if form.formula else Decimal(0)


def _share(formula: str) -> str:
    return f"{magnesium_fraction(formula) * 100:.1f}\u00a0%" if formula else "no fixed share"
