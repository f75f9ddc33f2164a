"""Writes of what was found of forms, and of where they may be used."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from django.db import IntegrityError, transaction

from supplements.evidence import FINDINGS, BuiltinFinding
from supplements.models import Compound, Finding, Permit
from supplements.permits import PERMITS, BuiltinPermit


def load_builtin_evidence() -> int:
    """Add the built-in findings and permits that are missing and return how many.

    A row is known by its code: what a curator corrected or withdrew is left alone. The forms come first.
    """
    with transaction.atomic():
        return _load(Finding, FINDINGS) + _load(Permit, PERMITS)


def _load(model: type[Finding] | type[Permit], builtin: Sequence[BuiltinFinding | BuiltinPermit]) -> int:
    codes = model.objects.exclude(code=None).values_list("code", flat=True)
    missing = {row.code: row for row in builtin}
    for code in codes:
        missing.pop(str(code), None)
    if not missing:
        return 0
    slugs = set(Compound.objects.values_list("slug", flat=True))
    return sum(_add(model, asdict(row), slugs) for row in missing.values())


def _add(model: type[Finding] | type[Permit], fields: dict[str, Any], slugs: set[str]) -> bool:
    named, reading = fields.pop("slugs"), fields.pop("reading", {})
    row: Any = model(**fields, **reading)
    row.skip_history_when_saving = True
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:  # another process loads, too
        return False
    row.compounds.set(slug for slug in named if slug in slugs)
    record_with_forms(row, made=True)
    return True


def record_with_forms(row: Any, *, made: bool) -> None:
    """Put a fact, saved without history and its forms after it, into the history as one state."""
    if hasattr(row, "skip_history_when_saving"):
        del row.skip_history_when_saving
    row.save()
    if made:
        latest = row.history.latest()
        latest.history_type = "+"
        latest.save(update_fields=["history_type"])
