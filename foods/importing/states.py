"""What can be done with an import, by where it stands: the one place that says so, for acts and pages."""

from collections.abc import Mapping

from foods.models import FoodImport

State = FoodImport.State
WORKING = (State.READING, State.COMPARING, State.PUBLISHING, State.UNDOING)
UNPUBLISHED = (State.READING, State.COMPARING, State.READY)  # on its way to be published
ENDED = (State.PUBLISHED, State.UNDONE, State.REFUSED, State.DISCARDED)
ALLOWED: Mapping[str, tuple[State, ...]] = {
    "choose": (State.READY, State.UNDONE),
    "publish": (State.READY, State.UNDONE),
    "undo": (State.PUBLISHED,),
    "resume": WORKING,
    "discard": (*UNPUBLISHED, State.UNDONE),
}
_REFUSED = {
    "choose": "Nothing can be chosen: the import is {state}.",
    "publish": "This import cannot be published: it is {state}.",
    "undo": "This import cannot be undone: it is {state}.",
    "resume": "There is no work to go on with: it is {state}.",
    "discard": "This import cannot be discarded: it is {state}.",
}
THINNED = "thinned"  # in FoodImport.counts: since when rows that were the same are gone; "": there were none
_THIN = (
    "This import cannot be published again: rows that were the same are not kept any more."
    " Bring the file in anew."
)


def refusal(act: str, food_import: FoodImport) -> str:
    """Return why an act of ALLOWED cannot be done with an import as it stands, "" if it can."""
    if food_import.state not in ALLOWED[act]:
        return _REFUSED[act].format(state=food_import.get_state_display())
    return _THIN if act in ("choose", "publish") and food_import.counts.get(THINNED) else ""


def allows(act: str, food_import: FoodImport) -> bool:
    """Say whether an act can be done with an import as it stands."""
    return not refusal(act, food_import)
