"""PURE: household measures: their labels, halves, and which of them a person would log."""

import re
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

from foods.measures.typed import NotRead, leading_number, number_text
from foods.measures.units import METRIC_VOLUMES, METRIC_WEIGHTS, unit_of
from foods.sources.records import PortionRecord

LABEL_LENGTH = 80
OUNCE_MG = 28_350  # as SR28 weighs it
_NEAR = Fraction(1, 100)  # SR28 writes a third as .33, .333 or .3333

# What is offered first, by SR28's food group and name: the first pattern that a label meets wins, then the
# order of the source. Nuts and snacks are eaten by the ounce, spices by the teaspoon, fats and spreads by
# the tablespoon; meat and fish come as 3 oz servings; fruit, eggs and bread by the piece, small fruit by the
# cup; what is boiled, by the half cup, which is one serving of vegetables or pulses.
_PIECE = r"^1 (medium|regular|average)\b"
_MEAT = ((r"", (r"^3 oz", r"^1 slice")),)
_ORDER: dict[str, tuple[tuple[str, tuple[str, ...]], ...]] = {
    "0100": (
        (r"^egg,", (r"^1 large", r"^1 medium", r"^1 tbsp")),
        (r"^(butter|cream|sour cream)\b", (r"^1 tbsp", r"^1 tablespoon")),
        (r"^cheese", (r"^1 slice", r"^1 oz", r"^1/2 cup", r"^1 cup")),
        (r"^yogurt", (r"^1 container \(6 oz", r"^1 container", r"^1 cup")),
        (r"", (r"^1 cup",)),
    ),
    "0200": ((r"", (r"^1 tsp", r"^1 tbsp")),),
    "0400": ((r"", (r"^1 tbsp", r"^1 tablespoon", r"^1 tsp")),),
    "0500": _MEAT,
    "0800": ((r"", (r"^1 cup", r"^3/4 cup", r"^1 biscuit", r"^1 packet")),),
    "0900": (
        (r"\bdried|raisin", (r"^1 (prune|fig|date)", r"^1/2 cup(?!, packed)", r"^1/2 cup")),
        (r"berr|cherries|juice", (r"^1 cup, whole", r"^1 cup")),
        (r"", (_PIECE, r"^1 (fruit|avocado|fig|date)\b", r"^1 (NLEA|cup)")),
    ),
    "1000": _MEAT,
    "1100": (
        (r"\b(cooked|boiled|canned|frozen)\b", (_PIECE, r"^1 potato", r"^1/2 cup", r"^1 cup")),
        (r"^garlic", (r"^1 clove",)),
        (r"^(lettuce|spinach|kale|arugula|cabbage|chard|mushrooms)", (r"^1 cup",)),
        (r"^(potato|sweet potato)", (r"^1 (potato )?medium", r"^1 sweetpotato", r"^1 potato", r"^1/2 cup")),
        (r"", (_PIECE, r"^1 cup", r"^1/2 cup")),
    ),
    "1200": (
        (r"butter|flax|tahini", (r"^1 tbsp", r"^1 oz")),
        (r"", (r"^1 oz", r"^1 tbsp", r"^1 cup")),
    ),
    "1300": _MEAT,
    "1400": ((r"", (r"^1 (mug|cup)\b", r"^1 can", r"^1 bottle", r"^1 glass", r"^[68] fl oz")),),
    "1500": ((r"", (r"^3 oz", r"^1/2 fillet", r"^1 fillet")),),
    "1600": (
        (r"butter|hummus|miso", (r"^2 tbsp", r"^1 tbsp")),
        (r"", (r"^1/4 block", r"^1 oz", r"^1/2 cup", r"^1 cup")),
    ),
    "1700": _MEAT,
    "1800": (
        (
            r"",
            (
                _PIECE,
                r"^1 slice(?!.*\b(thin|large))",
                r"^1 (muffin|roll|tortilla|bagel|cookie)",
                r"^1 (piece|oz)",
            ),
        ),
    ),
    "1900": (
        (r"^chocolate", (r"^1 oz",)),
        (r"", (r"^1 tbsp", r"^1 bar", r"^1 piece", r"^1 oz", r"^1/2 cup", r"^1 serving")),
    ),
    "2000": ((r"", (r"^1 cup",)),),
    "2500": ((r"", (r"^1 oz", r"^1 bar")),),
}
# A kitchen's or a shop's measure rather than a portion.
_AWKWARD = re.compile(
    r"\b(lb|pint|quart|gallon|package|recipe|yields?|cubic inch|bunch|head|bird|chicken|turkey|unit|dash|loaf"
    r"|refuse|stick|whole pie|block yields)\b|^1 (fl oz|NLEA|can|jar|cake|pie|roast|leaf)\b",
    re.IGNORECASE,
)
_SIZES = re.compile(  # "(30g)", "(120 mL)", "(27 g)Cereal Alone": the size again
    r"\s*\(\s*(?:about )?[0-9.,/ ]+\s*(?:g|grm|gram|grams|ml|mlt|oz)\.?\s*\)\s*", re.IGNORECASE
)
_IN_FULL = {
    "pcs": "pieces",
    "pc": "piece",
    "pkg": "package",
    "pkgs": "packages",
    "pkt": "packet",
    "ea": "piece",
}
_PIECES = re.compile(rf"\b({'|'.join(sorted(_IN_FULL, key=len, reverse=True))})\b\.?(?<!\.)")
_HALVED = re.compile(r"^1 (cup\b.*)$", re.IGNORECASE)


def amount_text(amount: Decimal) -> str:
    """Return an amount as people write it: "1", "1/2", "1 1/2", "2.4"."""
    exact = Fraction(amount)
    whole, rest = divmod(exact, 1)
    if not rest:
        return str(whole)
    near = rest.limit_denominator(12)
    if abs(near - rest) > _NEAR or near.denominator not in (2, 3, 4, 5, 6, 8, 10, 12):
        return f"{amount.normalize():f}"
    if near == 1 or near == 0:
        return str(whole + near)
    return f"{whole} {near}" if whole else str(near)


def label_for(amount: Decimal, unit: str) -> str:
    """Return the label of a measure, at most 80 characters: (0.5, "fillet") gives "1/2 fillet"."""
    unit = re.sub(r"\s+,", ",", " ".join(unit.split()))
    if unit.startswith("grams 1 "):
        return f"1 {unit.removeprefix('grams 1 ')} ({amount_text(amount)} g)"
    unit = re.sub(r"^serving (\d.*)$", r"serving (\1)", unit)
    return _fitted(f"{amount_text(amount)} {unit}")


def household_label(text: str, *, g: Decimal | None = None, ml: Decimal | None = None) -> str:
    """Return the label of a serving as packs write it: "1 ONZ" gives "1 oz", "0.5 cup (118 ml)" "1/2 cup".

    `g` or `ml` is the size of the serving; a text that says no more than that, or nothing that can be
    read, gives "1 serving (30 g)", or "1 serving" where no size is given.
    """
    plain = re.sub(r"^(about|approx\.?|approximately)\s+", "", _without_asides(text).lower())
    try:
        number, rest = leading_number(plain)
    except NotRead:
        number, rest = None, ""
    unit, more = unit_of(re.sub(r"^-\s*", "", rest))
    if not number or not (unit or more) or unit in METRIC_WEIGHTS | METRIC_VOLUMES or more[:1].isdigit():
        return _serving(g, ml)
    more = _PIECES.sub(lambda found: _IN_FULL[found[1]], more).strip(" .;-&").replace(" ,", ",")
    joint = " " if unit and more and not more.startswith(",") else ""
    return _fitted(f"{number_text(_near(number))} {unit}{joint}{more}")


def measured_label(amount: Decimal | None, unit: str, modifier: str = "", description: str = "") -> str:
    """Return the label of a row of FDC's food_portion, "" for one that is no portion.

    Foundation gives a unit and a modifier, SR Legacy a modifier and the unit "undetermined", FNDDS a
    description alone; what FNDDS takes where nobody said how much is a default, not a portion.
    """
    if description and re.match(r"(Quantity not specified|Guideline amount)", description):
        return ""
    if description and (amount is None or not modifier):
        return _fitted(" ".join(description.split()))
    unit = "" if unit in ("", "undetermined") else "serving (RACC)" if unit == "RACC" else unit
    words = ", ".join(filter(None, (unit, modifier.strip(" ,"))))
    return label_for(Decimal(1) if amount is None else amount, words) if words else ""


def in_everyday_order(group: str, name: str, portions: Iterable[PortionRecord]) -> tuple[PortionRecord, ...]:
    """Return the portions with the everyday one first; halves of a cup and an ounce of nuts are added.

    Labels are unique in the answer: a second weight under one label carries it ("1 oz (28.35 g)").
    """
    found = [*portions]
    if group == "1200" and not any(portion.label.startswith("1 oz") for portion in found):
        found.append(PortionRecord("1 oz", OUNCE_MG))
    patterns = [re.compile(pattern, re.IGNORECASE) for pattern in _patterns(group, name.casefold())]

    def place(portion: PortionRecord) -> tuple[bool, int]:
        met = (place for place, pattern in enumerate(patterns) if pattern.search(portion.label))
        return bool(_AWKWARD.search(portion.label)), next(met, len(patterns))

    return tuple(sorted(_unique(_with_half_cup(found)), key=place))


def _without_asides(text: str) -> str:
    """Drop what repeats the size in brackets, and what stands after a bar or an open bracket."""
    plain = " ".join(_SIZES.sub(" ", text).partition("|")[0].split())
    if plain.count("(") != plain.count(")"):
        plain = re.split(r"[()]", plain)[0]
    return plain.strip(" .,;-")


def _serving(g: Decimal | None, ml: Decimal | None) -> str:
    size, unit = (g, "g") if g is not None else (ml, "ml")
    return "1 serving" if size is None else f"1 serving ({size.normalize():f} {unit})"


def _near(number: Fraction) -> Fraction:
    """Return the fraction that a rounded decimal of a pack stands for: 0.33 is a third."""
    whole, part = divmod(number, 1)
    near = part.limit_denominator(4)
    return whole + near if abs(near - part) < _NEAR else number


def _fitted(label: str) -> str:
    if len(label) > LABEL_LENGTH:
        label = re.sub(r"\s*\(.*$", "", label)
    return label[:LABEL_LENGTH].rstrip()


def _patterns(group: str, name: str) -> tuple[str, ...]:
    kinds = _ORDER.get(group, ())
    return next((patterns for kind, patterns in kinds if re.search(kind, name)), ())


def _with_half_cup(portions: list[PortionRecord]) -> list[PortionRecord]:
    """Add the half of the first cup measure after it, unless the source has one."""
    labels = {portion.label.casefold() for portion in portions}
    for place, portion in enumerate(portions):
        if match := _HALVED.match(portion.label):
            unit = re.sub(r"\s*\([^)]*\d[^)]*\)", "", match[1])  # "(8 fl oz)" is true of the whole cup only
            half = PortionRecord(f"1/2 {unit}", (portion.weight_mg + 1) // 2)
            if not any(label.startswith("1/2 cup") for label in labels):
                return [*portions[: place + 1], half, *portions[place + 1 :]]
            return portions
    return portions


def _unique(portions: Iterable[PortionRecord]) -> list[PortionRecord]:
    kept: dict[str, PortionRecord] = {}
    for portion in portions:
        if portion.label not in kept:
            kept[portion.label] = portion
        elif kept[portion.label].weight_mg != portion.weight_mg:
            grams = f" ({Decimal(portion.weight_mg) / 1000:f} g)"
            label = portion.label[: LABEL_LENGTH - len(grams)] + grams
            kept.setdefault(label, PortionRecord(label, portion.weight_mg))
    return [*kept.values()]
