"""What a reading hands on: parts to show, lines to keep, and the sentences on what cannot be."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import cast

from supplements.labels import Basis, LabelLine, read_lines
from supplements.reading import words
from supplements.reading.mentions import Catalogue, Mention
from supplements.reading.reckoned import Reckoned, line_of
from supplements.reading.shapes import TextPart

_BLENDED = "unspecified-chelate"


def parts_of(found: Reckoned, text: str) -> list[TextPart]:
    """Return an ingredient as parts: one for its figure, and one each for several forms that share it."""
    each = found.ingredient
    if each.forms and all(form.elemental for form in each.forms):
        return [
            TextPart(
                compound=_slug(form.name),
                name_as_printed=_printed(form.name, text),
                basis="elemental",
                elemental_ug=form.ug,
                exact=len(form.name.slugs) == 1,
            )
            for form in each.forms
        ]
    several = len(each.forms) > 1
    weighs_only = found.elemental_ug is None and found.compound_ug is not None
    whole = TextPart(
        compound=_known_slug(found),
        name_as_printed=_printed(each.forms[0].name, text) if len(each.forms) == 1 else "",
        basis="compound" if weighs_only else cast(Basis, found.basis),
        elemental_ug=found.elemental_ug,
        compound_ug=found.compound_ug,
        percent_milli=found.percent_milli,
        dv_ug=found.dv_ug,
        exact=found.exact and (found.elemental_ug is not None or not _open(found)),
    )
    return [whole, *(_share(form.name, form.ug, text) for form in each.forms)] if several else [whole]


def _share(name: Mention, weight_ug: int | None, text: str) -> TextPart:
    return TextPart(
        compound=_slug(name),
        name_as_printed=_printed(name, text),
        basis="elemental" if weight_ug is None else "compound",
        elemental_ug=None,
        compound_ug=weight_ug,
        exact=len(name.slugs) == 1,
    )


def excipient_part(name: Mention, weight_ug: int | None, text: str) -> TextPart:
    """Return an excipient as a part that counts 0."""
    return TextPart(
        compound=None,
        name_as_printed=_printed(name, text),
        basis="compound",
        elemental_ug=0,
        compound_ug=weight_ug,
        excipient=True,
    )


def _slug(name: Mention) -> str | None:
    """Return the commonest form a name may be; the unspecified chelate for glycinate and chelate."""
    if name.slugs:
        return name.slugs[0]
    return _BLENDED if not name.salts or name.salts == ("glycinate",) else None


def _open(found: Reckoned) -> bool:
    """Say whether the name of an ingredient's form leaves open which one it is."""
    return any(len(form.name.slugs) > 1 for form in found.ingredient.forms)


def _known_slug(found: Reckoned) -> str | None:
    """Return the form of an ingredient's figure; None where there are several, or it is being asked."""
    forms = found.ingredient.forms
    if len(forms) != 1:
        return None
    if found.ingredient.buffered:
        return _BLENDED
    if found.elemental_ug is None and _open(found):
        return None
    return found.slug or _slug(forms[0].name)


def _printed(name: Mention, text: str) -> str:
    return " ".join(text[name.start : name.end].split())


def kept_lines(found: Sequence[Reckoned], catalogue: Catalogue) -> tuple[LabelLine, ...]:
    """Return the lines that say what was found; one for all if apart they would say something else."""
    lines = [
        line for each in found for line in _lines(each, catalogue) if line.amount_ug or line.percent_milli
    ]
    total = sum(each.elemental_ug or 0 for each in found)
    if lines and read_lines(lines, topical=False).magnesium_ug != total:
        return (line_of(catalogue, None, "elemental", amount_ug=total),)
    return tuple(lines)


def _lines(found: Reckoned, catalogue: Catalogue) -> Iterable[LabelLine]:
    each = found.ingredient
    if each.forms and all(form.elemental for form in each.forms):
        return [line_of(catalogue, _slug(form.name), "elemental", amount_ug=form.ug) for form in each.forms]
    line = line_of(catalogue, _known_slug(found), found.basis)
    if found.basis == "percent_dv":
        return [replace(line, percent_milli=found.percent_milli, dv_ug=found.dv_ug)]
    if found.basis == "compound":
        return [replace(line, amount_ug=found.compound_ug)]
    return [replace(line, amount_ug=found.elemental_ug, compound_ug=found.compound_ug)]


def contradictions(found: Iterable[Reckoned], *, settled: bool) -> tuple[str, ...]:
    """Return a sentence for each thing in a text that cannot be; `settled`: no question is open."""
    sentences = [
        sentence
        for each in found
        for sentence in (
            *each.impossible,
            *read_lines(each.checks, topical=False, settled=settled).contradictions,
        )
    ]
    return tuple(dict.fromkeys(sentences))


def added_up(found: Sequence[Reckoned]) -> Iterable[str]:
    """Yield the sum of several ingredients, in words: "100 mg + 150 mg = 250 mg."."""
    amounts = [each.elemental_ug for each in found if each.elemental_ug is not None]
    if len(amounts) > 1 and len(amounts) == len(found):
        yield f"{' + '.join(f'{words.mg(ug)} mg' for ug in amounts)} = {words.mg(sum(amounts))} mg."
