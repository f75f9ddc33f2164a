"""A formula to its molar mass and its share of magnesium."""

import re
import unicodedata
from decimal import ROUND_HALF_EVEN, Decimal
from functools import lru_cache

from molmass import Formula, FormulaError

MAX_FORMULA_LENGTH = 80
_SIX_PLACES = Decimal("0.000001")
_THREE_PLACES = Decimal("0.001")
_MAGNESIUM_MG = 100
_DOTS = str.maketrans(dict.fromkeys("·•∙⋅*", "."))
_PART = re.compile(r"(?P<times>[0-9]{0,3})(?P<part>[A-Z(][A-Za-z0-9()]*)")
_SYMBOL = re.compile(r"[A-Z][a-z]?")
_COUNT = re.compile(r"(?<=[A-Za-z)])[0-9]+")
_SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
# Shorthand such as Ac for acetate would be read as an element: only what salts are made of is let in.
_ELEMENTS = frozenset(_SYMBOL.findall("HBCNOFNaMgAlSiPSClKCaFeZnSeBrI"))


@lru_cache(maxsize=256)
def magnesium_fraction(formula: str) -> Decimal:
    """Return the share of magnesium by weight, above 0 and at most 1, to six places.

    Hydrates are written with a dot: "MgSO4.7H2O". Raises ValueError if the formula cannot be read or
    holds no magnesium.
    """
    magnesium, whole = _masses(formula)
    return (magnesium / whole).quantize(_SIX_PLACES, ROUND_HALF_EVEN)


@lru_cache(maxsize=256)
def molar_mass(formula: str) -> Decimal:
    """Return the molar mass in g/mol, to three places. Raises ValueError if the formula cannot be read."""
    return _mass(_parts(formula)).quantize(_THREE_PLACES, ROUND_HALF_EVEN)


@lru_cache(maxsize=256)
def compound_mg_per_100mg_magnesium(formula: str) -> Decimal:
    """Return how many mg of the compound hold 100 mg of magnesium, to three places.

    Raises ValueError if the formula cannot be read or holds no magnesium.
    """
    magnesium, whole = _masses(formula)
    return (_MAGNESIUM_MG * whole / magnesium).quantize(_THREE_PLACES, ROUND_HALF_EVEN)


def written(formula: str) -> str:
    """Return a formula as it is printed: "MgSO4.7H2O" gives "MgSO₄·7H₂O"."""
    return _COUNT.sub(lambda count: count[0].translate(_SUBSCRIPTS), formula).replace(".", "·")


def _parts(formula: str) -> list[tuple[int, Formula]]:
    """Return how many of which part: the dots are read here, since molmass takes some for decimal points."""
    text = unicodedata.normalize("NFKC", formula[: MAX_FORMULA_LENGTH + 1].translate(_DOTS)).replace(" ", "")
    pieces = [_PART.fullmatch(piece) for piece in text.split(".")]
    if "()" in text or len(text) > MAX_FORMULA_LENGTH:
        pieces = [None]
    if strangers := sorted(set(_SYMBOL.findall(text)) - _ELEMENTS):
        raise ValueError(f"{', '.join(strangers)}: no element of a magnesium salt. Write shorthand out.")
    return [_part(piece) for piece in pieces]


def _part(piece: re.Match[str] | None) -> tuple[int, Formula]:
    if piece is None:  # no half waters either: "0.5H2O" is not read
        raise ValueError("This is no formula of whole numbers, its parts joined by dots.")
    times = int(piece["times"] or 1)
    part = Formula(piece["part"], parse_groups=False, parse_oligos=False, parse_fractions=False)
    try:
        mass = part.mass
    except FormulaError as error:
        raise ValueError(f"The formula cannot be read: {str(error).splitlines()[0]}.") from error
    if not times or not mass:
        raise ValueError("A formula holds no part zero times.")
    return times, part


def _masses(formula: str) -> tuple[Decimal, Decimal]:
    """Return the magnesium and the whole of a formula, g/mol."""
    parts = _parts(formula)
    magnesium = sum((times * _magnesium(part) for times, part in parts), Decimal(0))
    if not magnesium:
        raise ValueError("The formula holds no magnesium.")
    return magnesium, _mass(parts)


def _magnesium(part: Formula) -> Decimal:
    composition = part.composition()
    return _exact(composition["Mg"].mass) if "Mg" in composition else Decimal(0)


def _mass(parts: list[tuple[int, Formula]]) -> Decimal:
    return sum((times * _exact(part.mass) for times, part in parts), Decimal(0))


def _exact(mass: float) -> Decimal:
    return Decimal(str(mass))
