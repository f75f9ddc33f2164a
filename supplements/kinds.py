"""PURE: what a product probably is, by its forms and its serving: a proposal with its reason."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

ProductKind = Literal["supplement", "medicine", "topical"]

_MEDICINES = {
    "hydroxide": "Magnesium hydroxide (milk of magnesia) is sold as an antacid and a laxative.",
    "trisilicate": "Magnesium trisilicate is an antacid.",
    "sulfate": "Swallowed, magnesium sulfate is a laxative.",
}
_SALICYLATES = ("salicylate", "salicylate-4h2o")
_SALICYLATE = "A salicylate is a medicine, not a supplement."
_CITRATE = "Solutions of magnesium citrate are sold as laxatives."
_BATH = (
    "Epsom salt goes into a bath as a rule: it is then logged and counts 0. Swallowed it is a laxative:"
    " choose “a medicine”, and it counts."
)
_LIQUID = re.compile(r"(?<![a-z])(?:ml|cl|dl|l|lit(?:er|re)s?|fl\.? ?oz|bottles?|spoons?ful)(?![a-z])")


@dataclass(frozen=True, slots=True)
class KindProposal:
    """What a product probably is, and why; `why` is empty for an ordinary supplement."""

    kind: ProductKind
    why: str = ""


def proposed_kind(slugs: Collection[str], on_the_skin: Collection[str], serving: str = "") -> KindProposal:
    """Return what a product of these forms probably is; `on_the_skin` are those used only there.

    On the skin if every form is. A medicine if every form is sold as one, if one is a salicylate, or if it
    is a solution of citrate, which the serving tells. Else a supplement.
    """
    given = set(slugs)
    if given and given <= set(on_the_skin):
        return KindProposal("topical", _BATH)
    if given.intersection(_SALICYLATES):
        return KindProposal("medicine", _SALICYLATE)
    if given and given <= _MEDICINES.keys():
        return KindProposal("medicine", _MEDICINES[min(given)])
    if given and all(slug.startswith("citrate") for slug in given) and _LIQUID.search(serving.lower()):
        return KindProposal("medicine", _CITRATE)
    return KindProposal("supplement")
