"""What stands on made-up shelves: `shelf.csv` (a category a line) and the pieces of brands. Data, not rules.

No brand here is meant to be a real one; the categories are worded as FoodData Central words them.
"""

import csv
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Shelf:
    """A category: its products, flavours, sizes, servings (grams or ml, household measure), usual mg."""

    category: str
    weight: int
    mg: int
    liquid: bool
    sizes: tuple[str, ...]
    servings: tuple[tuple[float, str], ...]
    products: tuple[str, ...]
    flavours: tuple[str, ...]


def _read() -> tuple[Shelf, ...]:
    with Path(__file__).with_name("shelf.csv").open(encoding="utf-8", newline="") as file:
        return tuple(
            Shelf(
                category=row["category"],
                weight=int(row["weight"]),
                mg=int(row["mg"]),
                liquid=bool(row["liquid"]),
                sizes=tuple(row["sizes"].split("|")),
                servings=tuple(
                    (float(size), measure)
                    for size, measure in (pair.split("=") for pair in row["servings"].split("|"))
                ),
                products=tuple(row["products"].split("|")),
                flavours=tuple(row["flavours"].split("|")),
            )
            for row in csv.DictReader(file)
        )


def _list(text: str) -> tuple[str, ...]:
    return tuple(" ".join(piece.split()) for piece in text.split(","))


SHELVES = _read()
CLAIMS = _list("""
organic, natural, gluten free, premium, all natural, reduced sugar, low fat, fat free, vegan, keto,
old fashioned, homestyle, classic, sugar free, whole grain, unsweetened, mini, extra, non-gmo,
family size, artisan, gourmet, low sodium, high protein, light, traditional, simply
""")
BRAND_STARTS = _list("""
Green Valley, Sunny Hollow, Brightfield, Harvest Lane, Old Mill, Blue Heron, Casa Luz, Golden Acre,
Maple Ridge, Stone Oven, Silver Spoon, Honest Orchard, Red Barn, North Pier, Prairie Sky, Little
Fern, Copper Kettle, Nonna Rosa, Wild Thyme, Ocean Gate, Meadow Brook, Sweet Willow, Happy Otter,
River Bend, Cedar Point, White Birch, Lucky Clover, Morning Dove, Pine Hill, Butter Field, Two
Foxes, Three Pears, Seven Oaks, Tall Grass, Open Range, Iron Skillet, Market Square, Corner Pantry,
Daily Table, Family Basket, Best Value, Smart Cart, Great Choice, Simple Plate, Kitchen Door,
Village Green, Sea Breeze, Bay Harbor, Amber Wave, Sun Terrace, Orchard House, Garden Gate, Farm
Stand, Wild Coast, High Peak, Snow Crest, Desert Bloom, Lone Star Pantry, Canyon, Alpine, Verde,
Sol, Luna, Bella, Terra, Aurora, Vista, Monte, Delta, Summit, Crown, Royal, Liberty, Heritage,
Pioneer, Homestead, Frontier, Colonial, Imperial, Regal
""")
BRAND_ENDS = (
    *("", "", "", "Farms", "Foods", "Kitchen", "Organics", "Naturals", "Creamery", "Bakery", "Pantry"),
    *("Provisions", "Brands", "Select", "Market", "Dairy", "Mills", "Harvest", "Co.", "Snacks", "Gold"),
    *("Reserve", "& Sons", "Family"),
)
OWNERS = ("Inc.", "LLC", "Company", "Foods, Inc.", "Corp.", "Holdings", "USA", "International")
SYLLABLES = tuple(consonant + vowel for consonant in "bcdfghklmnprstvz" for vowel in "aeiou")
