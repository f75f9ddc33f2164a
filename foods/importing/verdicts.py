"""What publishing a record would do to a food: the rules, one record at a time; nothing is written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from foods.importing.known import CURATOR, EDITABLE, Known
from foods.models import ImportRow
from foods.sources.records import FoodRecord, PortionRecord

Verdict, Choice = ImportRow.Verdict, ImportRow.Choice
MAGNESIUM, PORTIONS, RETIRED = "magnesium", "portions", "retired"
PLAUSIBLE_UG = 20_000_000  # per 100 g: more is looked at by a curator first
TIMES_THE_HIGHEST = 3
FAR_OUT_UG = 300_000  # per 100 g: below it nothing is far outside


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What a record means for us; `fields` are what differs, `change_ug` is the size of the change."""

    verdict: str
    fields: tuple[str, ...] = ()
    reason: str = ""
    known: Known | None = None
    change_ug: int = 0

    @property
    def lost(self) -> bool:
        """Say whether the source has no value where we have one."""
        return self.verdict == Verdict.CHANGED and MAGNESIUM in self.fields and self.reason == LOST


LOST = "The source has no value any more; ours stays unless taken."


def finding(record: FoodRecord, known: Known | None, highest: Mapping[str, Sequence[int]]) -> Finding:
    """Compare a record with what we have. `highest` has (highest value, foods with one) by category."""
    doubt = _doubt(record, highest)
    if known is None or known.dead:
        return Finding(verdict=Verdict.DOUBTFUL if doubt else Verdict.NEW, reason=doubt, known=known)
    fields, conflict = _differences(record, known)
    if not fields:
        return Finding(verdict=Verdict.SAME, known=known)
    change = 0
    if MAGNESIUM in fields and record.magnesium_ug is not None:
        change = abs(record.magnesium_ug - (known.magnesium_ug or 0)) if known.magnesium_ug is not None else 0
    if conflict:
        verdict, reason = Verdict.CONFLICT, conflict
    elif doubt and MAGNESIUM in fields:
        verdict, reason = Verdict.DOUBTFUL, doubt
    else:
        verdict = Verdict.CHANGED
        reason = LOST if MAGNESIUM in fields and record.magnesium_ug is None else ""
    return Finding(verdict=verdict, fields=tuple(fields), reason=reason, known=known, change_ug=change)


def _doubt(record: FoodRecord, highest: Mapping[str, Sequence[int]]) -> str:
    ug = record.magnesium_ug
    if ug is None:
        return ""
    if ug > PLAUSIBLE_UG:
        return f"More than {PLAUSIBLE_UG // 1_000_000} g of magnesium in 100 g."
    most, foods = highest.get(record.category, (0, 0))
    if foods and ug > FAR_OUT_UG and ug > TIMES_THE_HIGHEST * most:
        return (
            f"More than {TIMES_THE_HIGHEST} times the highest of the {foods} foods we have in this category"
            f" ({most / 1000:,.10g} mg)."
        )
    return ""


def _differences(record: FoodRecord, known: Known) -> tuple[list[str], str]:
    """Return what differs and, if a curator's decision is among it, which in words."""
    fields, conflict = [], ""
    if _has_news(record, known):
        fields.append(MAGNESIUM)
        if known.revision_code == CURATOR:
            conflict = "A curator corrected the value."
    if known.code == record.source:
        for name in EDITABLE:
            theirs = getattr(record, name)
            if not theirs or theirs == getattr(known, name) or known.edited.get(name) == theirs:
                continue
            fields.append(name)
            if name in known.edited and not conflict:
                conflict = f"A curator edited the {name}."
    if new_portions(record, known):
        fields.append(PORTIONS)
    if known.retired:
        if known.by_curator:
            return fields, "A curator retired the food." if fields else ""
        fields.append(RETIRED)  # an import retired it; now it is back in the source
    return fields, conflict


def _has_news(record: FoodRecord, known: Known) -> bool:
    """Say whether the record differs from what is shown and from what its data set said before that."""
    ug = record.magnesium_ug
    if ug == known.magnesium_ug:
        return False
    if record.source in known.said and known.said[record.source] == ug:
        return False
    return not (known.revision_code == CURATOR and known.said and known.corrected == ug)


def new_portions(record: FoodRecord, known: Known) -> tuple[PortionRecord, ...]:
    """Return a record's portions that we lack or weigh differently; of other data sets only those we lack."""
    ours = dict(known.portions)
    own = known.code == record.source
    return tuple(
        portion
        for portion in record.portions
        if portion.label not in known.labels
        and (portion.label not in ours or (own and ours[portion.label] != portion.weight_mg))
    )


def taken(verdict: str, fields: Sequence[str], reason: str, choices: Mapping[str, str]) -> tuple[str, ...]:
    """Return the fields that publishing takes from the source: the curator's choices, else the default.

    By default what is new or changed is taken; what is in conflict, implausible or lost is left as it is.
    """
    by_default = verdict in (Verdict.NEW, Verdict.CHANGED) and reason != LOST
    whole = choices.get("", "")

    def takes(name: str) -> bool:
        choice = choices.get(name, "") or whole
        return choice == Choice.TAKE if choice else by_default

    if not fields:
        return ("",) if takes("") else ()
    return tuple(name for name in fields if takes(name))
