"""What the page of the forms shows: each form's share of magnesium beside what was found of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from foods.amounts import UG_PER_MG, rounded
from intake.domain.told import TABLET_MG
from supplements.compounds import Family, families, glycinate_with_oxide, magnesium_fraction, written
from supplements.compounds.blends import GLYCINATE
from supplements.labels import DAILY_VALUES
from supplements.models import Compound, Finding, Permit, Status

TABLET_UG = TABLET_MG * UG_PER_MG
BUFFERED = (Decimal("0.18"), Decimal("0.20"), Decimal("0.22"))  # a label's share, above the formula's


@dataclass(frozen=True, slots=True, kw_only=True)
class FormRow:
    """A form beside the others: its share of magnesium, what 500 mg of it hold, what was found."""

    compound: Compound
    fraction: Decimal
    absorption: tuple[Finding, ...]
    tolerance: tuple[Finding, ...]

    @property
    def formula(self) -> str:
        """The formula as it is printed."""
        return written(self.compound.formula)

    @property
    def percent(self) -> Decimal:
        """The share in percent."""
        return self.fraction * 100

    @property
    def tablet_ug(self) -> int:
        """The magnesium of a tablet, µg."""
        return rounded(TABLET_UG * self.fraction)

    @property
    def studied(self) -> str:
        """How many people what was found of its absorption rests on: "20, 12 and 46 people"."""
        *others, last = [str(finding.n) for finding in self.absorption if finding.n is not None] or [""]
        if last:
            sizes = f"{', '.join(others)} and {last}" if others else last
            return f"{sizes} person" if sizes == "1" else f"{sizes} people"
        searched = any(finding.status == Status.OURS for finding in self.absorption)
        return "Not compared" if searched or not self.absorption else "Size not read"


@dataclass(frozen=True, slots=True, kw_only=True)
class FormLine:
    """A form of the catalogue as its row shows it; `percent` is None where no formula is fixed."""

    compound: Compound
    formula: str
    percent: Decimal | None


def forms_context() -> dict[str, Any]:
    """Return what the template of the forms takes; five queries, however many forms and findings."""
    forms = list(Compound.objects.order_by("family", "name"))
    findings = list(Finding.objects.shown().prefetch_related("compounds").order_by("study", "id"))
    permits = list(Permit.objects.shown().prefetch_related("compounds").order_by("place", "use", "id"))
    by_form = _by_form(findings)
    ranked = [form for form in forms if form.common_rank is not None and form.formula]
    general = by_form.get(None, ())
    return {
        "rows": sorted((_row(form, by_form) for form in ranked), key=lambda row: -row.fraction),
        "tablet_ug": TABLET_UG,
        "absorption": [finding for finding in general if finding.aspect == Finding.Aspect.ABSORPTION],
        "tolerance": [finding for finding in general if finding.aspect == Finding.Aspect.TOLERANCE],
        "others": _others(findings, {form.slug for form in ranked}),
        "families": _choices(forms),
        "citrates": [form for form in forms if form.family == "Citrate" and form.formula],
        "catalogue": _catalogue(forms),
        "permits": permits,
        "cited": list({(one.study, one.citation): one for one in findings}.values()),
        "blends": [glycinate_with_oxide(fraction) for fraction in BUFFERED],
        "glycinate_percent": magnesium_fraction(GLYCINATE) * 100,
        "daily_values": DAILY_VALUES,
    }


def _row(form: Compound, by_form: Mapping[str | None, tuple[Finding, ...]]) -> FormRow:
    found = by_form.get(form.slug, ())
    return FormRow(
        compound=form,
        fraction=magnesium_fraction(form.formula),
        absorption=tuple(one for one in found if one.aspect == Finding.Aspect.ABSORPTION),
        tolerance=tuple(one for one in found if one.aspect == Finding.Aspect.TOLERANCE),
    )


def _by_form(findings: Iterable[Finding]) -> dict[str | None, tuple[Finding, ...]]:
    """Return the findings on each form; under None those that speak of no form in particular."""
    found: dict[str | None, tuple[Finding, ...]] = {}
    for finding in findings:
        slugs: list[str | None] = [form.slug for form in finding.compounds.all()]
        for slug in slugs or [None]:
            found[slug] = (*found.get(slug, ()), finding)
    return found


def _others(findings: Iterable[Finding], shown: set[str]) -> list[Finding]:
    """Return the findings on forms none of which stands in the table."""
    return [
        finding
        for finding in findings
        if (slugs := {form.slug for form in finding.compounds.all()}) and not slugs & shown
    ]


def _choices(forms: list[Compound]) -> list[tuple[Family, list[Compound]]]:
    """Return the families whose name leaves a choice, each with its forms, the chosen one first."""
    by_slug = {form.slug: form for form in forms}
    return [(family, [by_slug[slug] for slug in family.slugs]) for family in families(forms) if family.asks]


def _catalogue(forms: Iterable[Compound]) -> list[FormLine]:
    return [
        FormLine(
            compound=form,
            formula=written(form.formula),
            percent=None if form.magnesium_fraction is None else form.magnesium_fraction * 100,
        )
        for form in forms
    ]
