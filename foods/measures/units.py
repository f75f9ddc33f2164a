"""PURE: the units of kitchens and packs, their sizes, and the ways they are written."""

import re
from fractions import Fraction

# NIST Handbook 44 (2024), Appendix C, "General Tables of Units of Measurement": the avoirdupois pound is
# exactly 453.592 37 g and has 16 ounces; the US gallon is exactly 231 cubic inches, 3.785 411 784 l, and
# has 16 cups; a cup has 8 fluid ounces or 16 tablespoons, a tablespoon 3 teaspoons.
POUND_MG = Fraction("453592.37")
GALLON_ML = Fraction("3785.411784")
CUP_ML = GALLON_ML / 16  # 236.588 ml

WEIGHTS_MG: dict[str, Fraction] = {
    "mg": Fraction(1),
    "g": Fraction(1_000),
    "kg": Fraction(1_000_000),
    "oz": POUND_MG / 16,  # 28.3495 g
    "lb": POUND_MG,
}
METRIC_WEIGHTS = frozenset({"mg", "g", "kg"})
VOLUMES_ML: dict[str, Fraction] = {
    "ml": Fraction(1),
    "cl": Fraction(10),
    "dl": Fraction(100),
    "l": Fraction(1_000),
    "tsp": CUP_ML / 48,  # 4.929 ml
    "tbsp": CUP_ML / 16,  # 14.787 ml
    "fl oz": CUP_ML / 8,  # 29.574 ml
    "cup": CUP_ML,
    "pint": CUP_ML * 2,
    "quart": CUP_ML * 4,
}
METRIC_VOLUMES = frozenset({"ml", "cl", "dl", "l"})

# The last of each line are the codes of packs (UN/ECE recommendation 20, as GS1 uses them).
_WRITTEN = {
    "mg": "mg milligram milligrams milligramme milligrammes",
    "g": "g gr gram grams gramme grammes gm grm",
    "kg": "kg kilo kilos kilogram kilograms kilogramme kilogrammes kgm",
    "oz": "oz ounce ounces onz",
    "lb": "lb lbs pound pounds lbr",
    "ml": "ml mls milliliter milliliters millilitre millilitres cc mlt",
    "cl": "cl centiliter centiliters centilitre centilitres clt",
    "dl": "dl deciliter deciliters decilitre decilitres dlt",
    "l": "l liter liters litre litres ltr",
    "tsp": "tsp tsps teaspoon teaspoons",
    "tbsp": "tbsp tbsps tbs tblsp tablespoon tablespoons",
    "fl oz": "floz fluidounce fluidounces oza",
    "cup": "cup cups",
    "pint": "pint pints pt",
    "quart": "quart quarts qt",
}
_UNITS = {word: unit for unit, words in _WRITTEN.items() for word in words.split()}
_FLUID = re.compile(r"\b(?:fl|fluid)\.? ?(oz|ounces?)\b")
_WORD = re.compile(r"[^\s,;()/]+")


def unit_of(text: str) -> tuple[str, str]:
    """Return the unit that a text begins with, "" if none, and the rest: "Cups, cut" gives "cup", ", cut"."""
    plain = _FLUID.sub("floz", text.lower().replace("fl. oz.", "fl oz"))
    found = _WORD.match(plain)
    unit = _UNITS.get(found[0].rstrip("."), "") if found else ""
    if not found or not unit:
        return "", text.strip()
    return unit, plain[found.end() :].strip()


def stems(text: str) -> frozenset[str]:
    """Return the words of a text, one form for singular and plural: "Slices, thin" gives "slice", "thin"."""
    words = re.findall(r"[^\W\d_]+", text.casefold())
    return frozenset(_stem(word) for word in words if word not in ("of", "a", "an", "the"))


def _stem(word: str) -> str:
    """Return a word's stem; never shown, only compared."""
    for plural, stem in (("sses", "ss"), ("xes", "x"), ("ches", "ch"), ("shes", "sh"), ("oes", "o")):
        if word.endswith(plural):
            return word.removesuffix(plural) + stem
    if word.endswith("s") and not word.endswith("ss"):
        word = word[:-1]
    for ending, stem in (("ve", "f"), ("ie", "i"), ("y", "i")):  # leaves, cookies, patties
        if word.endswith(ending):
            return word.removesuffix(ending) + stem
    return word
