"""What a label comes to, as its page shows it: the figure, the sum, what does not agree, what is asked."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from foods.amounts import mg_from_ug, ug_from_mg
from intake.domain.label_sums import LineSum, Split, line_sums, split_of
from intake.domain.wording import listed
from intake.forms.labels import LineForm, Shelf
from intake.services import LineInput, kind_of, label_lines, read_label
from supplements.compounds import Family
from supplements.kinds import KindProposal
from supplements.labels import LabelLine
from supplements.models import Basis, Compound
from supplements.reading import Ask, read_text

ANSWER = "ask-"  # before the code of a question, in the name of its field
MOST_ROUNDS = 8  # of questions that follow from answers
THOUSANDTHS = 1000  # in which µg are mg, and percentages are kept


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One answer to a question, with what the label then comes to, if that is known."""

    value: str
    text: str
    elemental_ug: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What the label leaves open. Without choices a number of mg is asked; `chosen` is what was answered."""

    name: str
    text: str
    choices: tuple[Choice, ...] = ()
    chosen: str = ""
    why: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelRead:
    """A label as read. `lines` are what would be kept; none while something is asked or nothing was found."""

    lines: tuple[LineInput, ...] = ()
    per: str = ""
    said: tuple[str, ...] = ()  # the arithmetic in sentences, while there are no lines to reckon through
    contradictions: tuple[str, ...] = ()
    questions: tuple[Question, ...] = ()
    open: bool = False  # a question has no answer yet
    printed: str = ""  # the one form's name, as the label has it
    skipped: tuple[str, ...] = ()  # printed names of what is no source of magnesium, such as stearate


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelShown:
    """What the page shows of a label that is read: see the fields of the product it would be kept as."""

    elemental_ug: int | None
    sums: tuple[LineSum, ...]
    split: Split | None
    contradictions: tuple[str, ...]
    by_formula: bool  # the figure follows from a weight, not from the label's own magnesium


# The line, as printed ----------------------------------------------------------------------------


def read_line(text: str, country: str, data: Mapping[str, Any], shelf: Shelf) -> LabelRead:
    """Return what a label's text comes to with the answers among `data`."""
    answers: dict[str, str] = {}
    asked: dict[str, Ask] = {}
    for _ in range(MOST_ROUNDS):
        reading = read_text(text, country=country or None, forms=shelf.forms.values(), answers=answers)
        asked |= {ask.code: ask for ask in reading.asks if ask.code not in asked}
        given = {ask.code: str(data.get(f"{ANSWER}{ask.code}", "")).strip() for ask in reading.asks}
        fresh = {code: value for code, value in given.items() if value and code not in answers}
        if not fresh:
            break
        answers |= fresh
    still = {ask.code for ask in reading.asks}
    named = {part.name_as_printed for part in reading.parts if not part.excipient}
    return LabelRead(
        printed=named.pop() if len(named) == 1 else "",
        lines=tuple(_kept(reading.lines, shelf.forms)),
        per=reading.per,
        said=reading.sums,
        contradictions=reading.contradictions,
        questions=tuple(_question(ask, answers, still) for ask in asked.values()),
        open=bool(still),
        skipped=tuple(part.name_as_printed for part in reading.parts if part.excipient),
    )


def nothing_in(text: str, read: LabelRead) -> str:
    """Say why a text comes to nothing, where it asks nothing either; empty if it comes to something."""
    if not text.strip():
        return "Type or paste the label’s line."
    if read.lines or read.questions:
        return ""
    if read.skipped:
        return f"{listed(read.skipped)} only holds a tablet together, so it counts 0."
    return "No magnesium was found in this line. Give the figures one by one instead."


def _question(ask: Ask, answers: Mapping[str, str], still: set[str]) -> Question:
    chosen = answers.get(ask.code, "")
    wrong = ask.code in still and chosen and not ask.options
    return Question(
        name=f"{ANSWER}{ask.code}",
        text=ask.text,
        choices=tuple(
            Choice(value=option.value, text=option.text, elemental_ug=option.elemental_ug)
            for option in ask.options
        ),
        chosen=chosen,
        problem="Enter a number of mg, such as 100." if wrong else "",
    )


def _kept(lines: Sequence[LabelLine], forms: Mapping[str, Compound]) -> Iterable[LineInput]:
    weighed = {line.slug for line in lines if line.basis == Basis.COMPOUND}
    for line in lines:
        form = forms[str(line.slug)]
        amount = line.percent_milli if line.basis == Basis.PERCENT_DV else line.amount_ug
        yield LineInput(
            compound=form,
            basis=line.basis,
            amount=Decimal(amount or 0) / THOUSANDTHS,
            dv_mg=None if line.dv_ug is None else mg_from_ug(line.dv_ug),
        )
        if line.compound_ug is not None and line.slug not in weighed:
            yield LineInput(compound=form, basis=Basis.COMPOUND, amount=mg_from_ug(line.compound_ug))


# The figures, one by one -------------------------------------------------------------------------


def read_parts(forms: Iterable[LineForm], shelf: Shelf) -> LabelRead:
    """Return what the figures come to that were given one by one; the forms are valid."""
    lines, questions, still = [], [], False
    for form in forms:
        data = form.cleaned_data
        if data.get("line"):
            lines.append(data["line"])
        if family := data.get("asks"):
            questions.append(_which(form, family, data, shelf))
            still = still or data["line"] is None
    return LabelRead(lines=() if still else tuple(lines), questions=tuple(questions), open=still)


def _which(form: LineForm, family: Family, data: Mapping[str, Any], shelf: Shelf) -> Question:
    """Return the question which salt of a family a weight is of."""
    choices = []
    for slug in family.slugs:
        fraction = shelf.forms[slug].magnesium_fraction
        holds = None if fraction is None else ug_from_mg(data["amount"] * fraction)
        choices.append(Choice(value=slug, text=shelf.forms[slug].name, elemental_ug=holds))
    chosen = data["line"].compound.slug if data["line"] else ""
    return Question(
        name=form.add_prefix("compound"),
        text=f"Which {family.name.lower()} is it?",
        choices=tuple(choices),
        chosen=chosen,
        why=family.why,
    )


# What it comes to --------------------------------------------------------------------------------


def shown(read: LabelRead, kind: str) -> LabelShown:
    """Return what the lines come to, as they would be kept. Raises ValidationError if they cannot be."""
    reading = read_label(read.lines, kind)
    lines = label_lines(read.lines)
    sums = line_sums(lines, [line.compound.formula for line in read.lines])
    sums = tuple(
        made if line.basis == Basis.COMPOUND else replace(made, name=line.compound.family)
        for line, made in zip(read.lines, sums, strict=True)
    )  # which salt of a family it is, only a weight says
    found = dict.fromkeys((*read.contradictions, *reading.contradictions))
    counted = [line for line, made in zip(lines, sums, strict=True) if made.counts]
    return LabelShown(
        elemental_ug=reading.magnesium_ug,
        sums=sums,
        split=split_of(lines),
        contradictions=tuple(found),
        by_formula=all(line.basis == Basis.COMPOUND for line in counted),
    )


def proposals(read: LabelRead, serving: str) -> tuple[dict[str, str], KindProposal]:
    """Return name, serving and kind of a product to begin with, and why it is of that kind."""
    kind = kind_of(read.lines, serving or read.per)
    families = list(dict.fromkeys(line.compound.family for line in read.lines))
    named = [_family(name) for name in families if name != "Not specified"]
    name = read.printed or (f"Magnesium {listed(named)}" if named else "Magnesium")
    return {"name": name[:200], "serving": read.per[:80], "kind": kind.kind}, kind


def _family(name: str) -> str:
    return name[:1].lower() + name[1:]
