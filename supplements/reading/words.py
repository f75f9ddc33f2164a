"""The sentences of a reading."""

from decimal import ROUND_HALF_UP, Decimal

from supplements.compounds import Form
from supplements.labels import plain

NOTHING_FOUND = "No amount of magnesium was found in this text."
NO_FIGURE = "Magnesium is named without an amount."
PER_100 = "The figure is for 100 g or 100 ml only, and a serving is not named."
ROUTE = "Is this swallowed, or does it go on the skin?"
ROUTES = (
    ("swallowed", "It is swallowed"),
    ("skin", "It goes on the skin or into a bath: logged, and counted 0"),
)
SKIN = "On the skin it is logged and counts 0: how much of it gets through is not known."
DOUBTS = {
    "range": "“{printed}” is a range.",
    "bound": "“{printed}” is a bound, not an amount.",
    "many": "“{printed}” may be one dose or several.",
    "negative": "“{printed}” is below zero.",
    "letters": "“{printed}” has letters among its digits.",
    "gap": "“{printed}” has a gap in its number.",
    "power": "“{printed}” is written as a power or a fraction.",
}
NO_FORMULA = "“{name}” fixes no formula, so its weight does not tell the magnesium in it."
TOO_BIG = "{mg} mg of magnesium needs {g} g of the compound: more than {serving} holds."
ABSURD = "{mg} mg is more than a serving holds: the unit or the number may be misread."


def mg(ug: int) -> str:
    """Return µg as mg to read, to a tenth, thousands set apart: "1,803" and "70.5"; three places below 1."""
    places = Decimal("0.1") if ug >= 1_000 else Decimal("0.001")
    return plain((Decimal(ug) / 1_000).quantize(places, ROUND_HALF_UP))


def percent(fraction: Decimal) -> str:
    """Return a fraction as a percentage to a tenth: "14.1 %"."""
    return f"{(fraction * 100).quantize(Decimal('0.1'), ROUND_HALF_UP).normalize():f} %"


def of_form(form: Form) -> str:
    """Return a form's name inside a sentence: "bisglycinate, anhydrous"."""
    name = form.name
    return name if name[:2] in ("L-",) else name[:1].lower() + name[1:]
