"""PURE: what a row of a label speaks of: magnesium itself, a form of it, or a carrier; and which form."""

import re
from itertools import groupby
from typing import Literal

from supplements.compounds import BUILTIN, BuiltinCompound

Says = Literal["", "elemental", "compound"]

UNSPECIFIED, CHELATE = "unspecified", "unspecified-chelate"

# Fatty acids and fillers that carry a tablet through its press: traces of magnesium, never intake.
_CARRIER = re.compile(r"stearate|palmitate|\blaur(?:ate|yl)|\bsilicate", re.IGNORECASE)
_MAGNESIUM = re.compile(r"\bmagnesium\b", re.IGNORECASE)
_ELEMENTAL = re.compile(
    r"(?:total |elemental )?magnesium(?:,? elemental)?(?: \(.*\)| (?:as|from)\b.*)?", re.IGNORECASE
)
_FAMILIES: dict[str, list[BuiltinCompound]] = {
    family: sorted(forms, key=lambda form: (form.common_rank is None, form.common_rank or 0))
    for family, forms in groupby(
        sorted((form for form in BUILTIN if form.formula), key=lambda form: form.family),
        key=lambda form: form.family,
    )
}
# The longest first: a glycerophosphate is no phosphate, a hydroxide no oxide.
_FAMILY = re.compile("|".join(sorted(map(str.lower, _FAMILIES), key=len, reverse=True)))
_KEYS = {family.lower(): family for family in _FAMILIES}


def is_carrier(name: str, forms: tuple[str, ...] = ()) -> bool:
    """Say whether a row is a stearate or its like, by its name or since it has no other form."""
    return bool(_CARRIER.search(name)) or (bool(forms) and all(_CARRIER.search(form) for form in forms))


def says(name: str, group: str) -> Says:
    """Return what the amount of a row speaks of, by its name; "" where the row is not of magnesium.

    "Magnesium" and "Magnesium (as oxide)" speak of magnesium itself, "Magnesium oxide" and whatever else
    is filed under magnesium of a compound.
    """
    if _ELEMENTAL.fullmatch(name):
        return "elemental"
    filed = _MAGNESIUM.search(group) and not _CARRIER.search(group)
    return "compound" if _MAGNESIUM.search(name) or filed else ""


def form_named(texts: tuple[str, ...]) -> str:
    """Return the form that texts name where their amount is magnesium itself: the slug changes no figure.

    The commonest of a family that is named alone; several families, or none, are not specified.
    """
    words, families = _families_in(texts)
    if len(families) != 1:
        return CHELATE if not families and "chelate" in words else UNSPECIFIED
    if families == {"Glycinate"} and not re.search(r"\b(?:bis|di)-?glycinate", words):
        return CHELATE
    slugs = [form.slug for form in _FAMILIES[families.pop()]]
    exact = {"acetyl": "acetyltaurate-2h2o", "dimagnesium": "dimg-malate"}
    named = [slug for word, slug in exact.items() if word in words and slug in slugs]
    return named[0] if named else slugs[0]


def form_weighed(texts: tuple[str, ...]) -> str:
    """Return the form whose formula turns a weight of the compound into magnesium.

    Only one without hydrates will do: of others the label does not say which one it weighed.
    """
    _, families = _families_in(texts)
    forms = _FAMILIES[families.pop()] if len(families) == 1 else []
    return forms[0].slug if len(forms) == 1 and "H2O" not in forms[0].formula else UNSPECIFIED


def _families_in(texts: tuple[str, ...]) -> tuple[str, set[str]]:
    words = " ".join(texts).lower().replace("sulphate", "sulfate").replace("pyroglutamate", "pidolate")
    return words, {_KEYS[found] for found in _FAMILY.findall(words)}
