"""The label reader: what a label says is worked out and seen before anything is kept."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.forms import BaseFormSet
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods
from uuid6 import uuid7

from intake import label_reading as reader
from intake.errors import IdTaken
from intake.forms.fields import SENT_BEFORE
from intake.forms.labels import (
    LINE,
    MOST_LINES,
    PARTS,
    PROPOSED,
    LabelForm,
    LineForm,
    ProductForm,
    Shelf,
    as_typed,
    line_forms,
    proposed_values,
    shelf,
    typed_lines,
)
from intake.services import make_own_product
from intake.views.requests import PersonRequest, seen_figure
from supplements.kinds import KindProposal


@dataclass(slots=True)
class Draft:
    """A label on its way to a product: its forms, and what was read of it."""

    label: LabelForm
    parts: BaseFormSet[LineForm]
    product: ProductForm
    way: str = PARTS
    read: reader.LabelRead = field(default_factory=reader.LabelRead)
    shown: reader.LabelShown | None = None
    proposal: KindProposal | None = None
    problems: list[str] = field(default_factory=list)

    @property
    def seen(self) -> str:
        """What the form carries to say which reading the person saw before keeping it."""
        return seen_figure(self.shown.elemental_ug) if self.shown else ""

    @property
    def contradictions(self) -> tuple[str, ...]:
        """What on the label cannot be."""
        return self.shown.contradictions if self.shown else self.read.contradictions

    @property
    def by_line(self) -> bool:
        """Whether it was read from the printed line, and has no more lines than the fields hold."""
        return self.way == LINE and 0 < len(self.read.lines) <= MOST_LINES

    @property
    def fits(self) -> bool:
        """Whether there is something to see: a reading or a question, and nothing wrong."""
        return not self.problems and (self.shown is not None or bool(self.read.questions))


@require_http_methods(["GET", "HEAD", "POST"])
def new_product(request: PersonRequest) -> HttpResponse:
    """Work out what a label says and keep it as a product.

    `step=check` shows what a serving holds, `step=add` gives one more line, `step=parts` puts what was read
    of the printed line into fields, `step=keep` saves what was shown: a reading that the person has not seen
    yet is shown first.
    """
    forms = shelf()
    if request.method != "POST":
        return _show(request, _blank(request.GET, forms))
    step = request.POST.get("step")
    if step == "add":
        return _show(request, _one_more(request.POST, forms))
    draft = _draft(request.POST, forms)
    if step == "parts" and draft.by_line:
        return _show(request, _taken_apart(request.POST, draft, forms))
    if step != "keep":
        return _show(request, draft, status=200 if draft.fits else 422)

    form = ProductForm(request.POST)
    if not form.is_valid() or not draft.fits:
        draft.product = form
        return _show(request, draft, status=422)
    if draft.shown is None or not _was_seen(request.POST, draft):
        return _show(request, draft)
    try:
        made, _ = make_own_product(user=request.user, lines=draft.read.lines, **form.values())
    except ValidationError as error:
        draft.problems += error.messages
    except IdTaken:
        draft.problems.append(SENT_BEFORE)
    else:
        return redirect("intake:product", ref=str(made.pk))
    return _show(request, draft, status=422)


def _was_seen(data: QueryDict, draft: Draft) -> bool:
    """Say whether what would be kept is what the page showed: the figure, and what it put in itself."""
    same = all(str(draft.product[name].value()) == data.get(name, "") for name in PROPOSED)
    return same and data.get("seen") == draft.seen


def _blank(asked: Mapping[str, str], forms: Shelf) -> Draft:
    """Return an empty label; the address may bring a name, and a family of forms to begin with."""
    family = asked.get("family", "")[:40]
    lines = [{"family": family}] if family in forms.families else []
    names = {"name": asked.get("name", "")[:200], "product_id": str(uuid7())}
    return Draft(
        LabelForm(initial={"way": PARTS if lines else LINE}),
        line_forms(forms, lines, more=not lines),
        ProductForm(initial=names),
    )


def _one_more(data: QueryDict, forms: Shelf) -> Draft:
    initial = {"way": PARTS, "text": data.get("text", ""), "country": data.get("country", "")}
    return Draft(
        LabelForm(initial=initial), line_forms(forms, typed_lines(data)), ProductForm(initial=data.dict())
    )


def _taken_apart(data: QueryDict, draft: Draft, forms: Shelf) -> Draft:
    """Return what was read of the printed line as figures one by one, to be corrected by hand."""
    typed = [as_typed(line) for line in draft.read.lines]
    initial = {"way": PARTS, "text": data.get("text", ""), "country": data.get("country", "")}
    draft.label, draft.way = LabelForm(initial=initial), PARTS
    draft.parts = line_forms(forms, typed, more=False)
    return draft


def _draft(data: QueryDict, forms: Shelf) -> Draft:
    """Return what was sent, read as far as it can be."""
    label = LabelForm(data)
    fits = label.is_valid()
    way = label.cleaned_data.get("way", LINE)
    one_by_one = way == PARTS
    parts = line_forms(forms, data=data) if one_by_one else line_forms(forms, typed_lines(data), more=False)
    draft = Draft(label, parts, ProductForm(initial=data.dict()), way)
    if not fits:
        draft.problems += [str(error) for errors in label.errors.values() for error in errors]
        return draft
    if way == PARTS:
        _read_parts(draft, forms)
    else:
        text = label.cleaned_data["text"]
        if text.strip():
            draft.read = reader.read_line(text, label.cleaned_data["country"], data, forms)
        draft.problems += filter(None, [reader.nothing_in(text, draft.read)])
    _work_out(draft, data)
    return draft


def _read_parts(draft: Draft, forms: Shelf) -> None:
    if not draft.parts.is_valid():
        found = [error for form in draft.parts for errors in form.errors.values() for error in errors]
        draft.problems += dict.fromkeys(map(str, found or draft.parts.non_form_errors()))
        return
    draft.read = reader.read_parts(draft.parts, forms)
    if not draft.read.lines and not draft.read.questions:
        draft.problems.append("Give at least one line of the label.")


def _work_out(draft: Draft, data: QueryDict) -> None:
    """Reckon the lines, and put in what is proposed for the product where the person said nothing else."""
    proposed, draft.proposal = reader.proposals(draft.read, data.get("serving", ""))
    values = proposed_values(data, proposed)
    draft.product = ProductForm(initial=values)
    if not draft.read.lines:
        return
    try:
        draft.shown = reader.shown(draft.read, values["kind"])
    except ValidationError as error:
        draft.problems += error.messages


def _show(request: PersonRequest, draft: Draft, status: int = 200) -> HttpResponse:
    template = "intake/_reading.html" if request.htmx else "intake/product_form.html"
    context = {"draft": draft, "form": draft.product, "section": "supplements"}
    return render(request, template, context, status=status)
