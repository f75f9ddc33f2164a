"""Which printed magnesium is in which compound: a figure and the weight that it is a part of are one."""

from collections.abc import Sequence

from supplements.reading import words
from supplements.reading.ingredients import Ingredient, near
from supplements.reading.questions import Questions


def paired(ingredients: Sequence[Ingredient], questions: Questions) -> list[Ingredient]:
    """Return the ingredients with each printed magnesium put to the compounds it is in.

    "1,000 mg magnesium citrate providing 160 mg magnesium" is one ingredient; so is a list of compounds with
    one figure for all of them. A figure for magnesium from other forms stands for itself.
    """
    weighed = [each for each in ingredients if each.elemental_ug is None and each.forms and not each.percents]
    printed = [each for each in ingredients if not each.forms and not each.silent]
    inner = [each for each in printed if each.of is not None or each.gives]
    taken = _repeated(ingredients, questions)
    for each in inner or (printed if len(printed) == 1 else []):
        if len(inner) > 1:
            mine = [
                other for other in weighed if other is each.of or (each.of is None and other not in taken)
            ]
        else:
            mine = [other for other in weighed if other not in taken]
        if mine and all(other.assay is None for other in mine):
            each.forms = [form for other in mine for form in other.forms]
            each.buffered = each.buffered or any(other.buffered for other in mine)
            taken += mine
    left = [each for each in ingredients if not any(each is other for other in taken)]
    return [each for each in left if not each.silent] or left


def _repeated(ingredients: Sequence[Ingredient], questions: Questions) -> list[Ingredient]:
    """Return the figures that only say another one again: "27 mg (27 mg from 500 mg magnesium gluconate)"."""
    again = []
    for each in ingredients:
        whole = each.of
        if whole is None or whole.elemental_ug is None or each.elemental_ug is None:
            continue
        if near(whole.elemental_ug, each.elemental_ug):
            whole.forms = whole.forms if each.weighs_ug is None else each.forms
            again.append(each)
        else:
            shown = f"{words.mg(whole.elemental_ug)} mg and {words.mg(each.elemental_ug)} mg"
            questions.amount(f"The text gives {shown} for the same magnesium.")
    return again
