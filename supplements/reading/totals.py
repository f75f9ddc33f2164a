"""Ingredients to a whole: their sum, and a total that is printed beside its parts."""

from collections.abc import Sequence

from supplements.reading import words
from supplements.reading.ingredients import Ingredient
from supplements.reading.questions import Questions

_CLOSE = 0.01


def without_totals(ingredients: Sequence[Ingredient], questions: Questions) -> list[Ingredient]:
    """Return the ingredients without figures that only repeat or add up others; ask where they do not.

    A figure for magnesium without a form stands for all of the others: the same again, or their sum.
    """
    plain = [each for each in ingredients if each.elemental_ug is not None and not each.forms]
    others = [each for each in ingredients if not any(each is one for one in plain)]
    figures = list(dict.fromkeys(each.elemental_ug for each in plain if each.elemental_ug is not None))
    if not figures or (len(plain) == 1 and not others):
        return list(ingredients)
    if len(figures) > 1:
        total = next((each for each in plain if each.total), None)
        rest = [each for each in plain if each is not total]
        if total is not None and _sum(rest + others) is not None:
            return _checked(total, rest + others, questions)
        _ask_which(figures, questions)
        return [plain[0]]
    return _checked(plain[0], others, questions) if others else [plain[0]]


def _checked(total: Ingredient, parts: list[Ingredient], questions: Questions) -> list[Ingredient]:
    """Return the parts if they come to the total, the total if a part has no figure; else ask."""
    whole, found = total.elemental_ug or 0, _sum(parts)
    if found is None:
        total.forms = [form for part in parts for form in part.forms]
        total.buffered = any(part.buffered for part in parts)
        return [total]
    if abs(found - whole) > _CLOSE * whole:
        questions.amount(f"The parts come to {words.mg(found)} mg, not {words.mg(whole)} mg.")
    return parts


def _sum(parts: Sequence[Ingredient]) -> int | None:
    known = [part.elemental_ug for part in parts if part.elemental_ug is not None]
    return sum(known) if known and len(known) == len(parts) else None


def _ask_which(figures: Sequence[int], questions: Questions) -> None:
    shown = " and ".join(f"{words.mg(ug)} mg" for ug in figures)
    questions.amount(f"The text gives {shown}, and does not say which is for what.")
