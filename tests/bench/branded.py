"""Made-up packaged foods by the million: the same ones for the same seed, shaped as shops sell them.

`python -m tests.bench.branded FOLDER COUNT [SEED]` writes them as the CSV tables of FoodData Central.
"""

# ruff: noqa: T201
import csv
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from random import Random

from tests.bench.shelf import BRAND_ENDS, BRAND_STARTS, CLAIMS, OWNERS, SHELVES, SYLLABLES, Shelf

BRANDS = 24_000
KNOWN_SHARE = 0.03  # with magnesium on the label
FIRST_FDC_ID = 3_000_000

_CODES = ((75, 0.70), (70, 0.20), (78, 0.06), (71, 0.04))  # how the value stands on the label
_CODE_IDS, _CODE_WEIGHTS = [code for code, _ in _CODES], [*accumulate(share for _, share in _CODES)]


@dataclass(frozen=True, slots=True)
class Branded:
    """A packaged food; magnesium in µg per 100 g, None where the label does not say."""

    gtin: str  # 14 digits, with its check digit
    name: str
    brand: str
    owner: str
    category: str
    serving_g: float
    serving_unit: str
    household: str
    package: str
    magnesium_ug: int | None
    derivation_id: int


def branded_foods(count: int, seed: int = 7) -> Iterator[Branded]:
    """Yield `count` packaged foods, each with a GTIN of its own; a larger count begins with the same ones."""
    random = Random(seed)
    brands = _brands(Random(seed + 1))
    shelf_ends = [*accumulate(shelf.weight for shelf in SHELVES)]
    for number in range(count):
        shelf = random.choices(SHELVES, cum_weights=shelf_ends)[0]
        place = random.random() ** (1 if number % 5 == 0 else 3)  # a few brands have much of the shelf
        brand, owner = brands[int(place * BRANDS)]
        yield _food(random, number, shelf, brand, owner)


def _food(random: Random, number: int, shelf: Shelf, brand: str, owner: str) -> Branded:
    flavour = random.choice(shelf.flavours) if random.random() < 0.75 else ""
    words = [random.choice(shelf.products)]
    style = random.random()
    if flavour:
        words.insert(0, flavour)
    if random.random() < 0.35:
        words.insert(0, random.choice(CLAIMS))
    name = " ".join(words)
    if flavour and style < 0.25:
        name += f", {flavour}"  # as many labels repeat it
    if style > 0.93:
        name = f"{brand}, {name}"
    size = random.choice(shelf.sizes)
    if style > 0.97:
        name += f" {size}"
    name = name.upper() if random.random() < 0.6 else name[0].upper() + name[1:]
    serving, household = random.choice(shelf.servings)
    known = random.random() < KNOWN_SHARE
    code = random.choices(_CODE_IDS, cum_weights=_CODE_WEIGHTS)[0]
    return Branded(
        gtin=gtin_14(number, random),
        name=name[:200],
        brand=brand.upper() if random.random() < 0.3 else brand,
        owner=owner,
        category=shelf.category,
        serving_g=serving,
        serving_unit=random.choice(("ml", "MLT")) if shelf.liquid else random.choice(("g", "g", "g", "GRM")),
        household=household if random.random() < 0.45 else "",
        package=size,
        magnesium_ug=max(0, round(random.gauss(shelf.mg, shelf.mg / 3))) * 1000 if known else None,
        derivation_id=code,
    )


def gtin_14(number: int, random: Random) -> str:
    """Return the GTIN of a food by its number: unique, 12 digits for most, with its check digit."""
    body = f"0{random.choice('00000000367')}{(number * 7_919 + 10_000_019) % 100_000_000_003:011d}"
    total = sum(int(digit) * (3 if place % 2 == 0 else 1) for place, digit in enumerate(body))
    return body + str(-total % 10)


def _brands(random: Random) -> list[tuple[str, str]]:
    """Return (brand, owner), the commonest first; a third are made of syllables, as surnames are."""
    found: dict[str, str] = {}
    while len(found) < BRANDS:
        start = random.choice(BRAND_STARTS)
        if random.random() < 0.35:
            start = "".join(random.choices(SYLLABLES, k=random.choice((2, 3, 3, 4)))).capitalize()
        end = random.choice(BRAND_ENDS)
        brand = f"{start} {end}".strip() if random.random() < 0.8 else f"{start}'s"
        found.setdefault(brand, f"{brand} {random.choice(OWNERS)}")
    return list(found.items())


# The tables of FoodData Central ---------------------------------------------------------------------


def _columns(names: str) -> list[str]:
    return names.split()


_BRANDED_COLUMNS = _columns(
    "fdc_id brand_owner brand_name subbrand_name gtin_upc ingredients not_a_significant_source_of"
    " serving_size serving_size_unit household_serving_fulltext branded_food_category data_source"
    " package_weight modified_date available_date market_country discontinued_date"
    " preparation_state_code trade_channel short_description"
)
_NUTRIENT_COLUMNS = _columns(
    "id fdc_id nutrient_id amount data_points derivation_id min max median footnote min_year_acquired"
)
NUTRIENTS = (
    (1008, "Energy", "KCAL", "208", "300.0"),
    (1003, "Protein", "G", "203", "600.0"),
    (1090, "Magnesium, Mg", "MG", "304", "5500.0"),
)


def write_fdc(folder: Path, count: int, seed: int = 7) -> None:
    """Write food.csv, branded_food.csv, food_nutrient.csv and nutrient.csv for `count` foods.

    Each food has energy, every fourth protein, and few magnesium; a twentieth of the GTINs lost zeros.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (
        (folder / "nutrient.csv").open("w", newline="", encoding="utf-8") as nutrient,
        (folder / "food.csv").open("w", newline="", encoding="utf-8") as food,
        (folder / "branded_food.csv").open("w", newline="", encoding="utf-8") as branded,
        (folder / "food_nutrient.csv").open("w", newline="", encoding="utf-8") as values,
    ):
        quoted = {"quoting": csv.QUOTE_ALL, "lineterminator": "\n"}
        csv.writer(nutrient, **quoted).writerows(
            [("id", "name", "unit_name", "nutrient_nbr", "rank"), *NUTRIENTS]
        )
        foods, labels, figures = (csv.writer(file, **quoted) for file in (food, branded, values))
        foods.writerow(("fdc_id", "data_type", "description", "food_category_id", "publication_date"))
        labels.writerow(_BRANDED_COLUMNS)
        figures.writerow(_NUTRIENT_COLUMNS)
        next_id = 30_000_000
        for number, made in enumerate(branded_foods(count, seed)):
            fdc_id = FIRST_FDC_ID + number
            foods.writerow((fdc_id, "branded_food", made.name, "", "2024-10-31"))
            labels.writerow(_label(fdc_id, number, made))
            rows = _figures(fdc_id, number, made)
            figures.writerows((next_id + place, *row) for place, row in enumerate(rows))
            next_id += len(rows)


def _label(fdc_id: int, number: int, made: Branded) -> tuple[object, ...]:
    code = made.gtin.lstrip("0")
    code = code if number % 20 == 0 else code.zfill(12)
    return (
        *(fdc_id, made.owner, made.brand, "", code, "WATER, SALT.", "", made.serving_g, made.serving_unit),
        *(made.household, made.category, "LI", made.package, "2024-08-01", "2024-10-31", "United States"),
        *("", "", "", ""),
    )


def _figures(fdc_id: int, number: int, made: Branded) -> list[tuple[object, ...]]:
    rest = ("", "", "", "", "")
    rows: list[tuple[object, ...]] = [(fdc_id, 1008, 100 + number % 400, "", 70, *rest)]
    if number % 4 == 0:
        rows.append((fdc_id, 1003, number % 30, "", 70, *rest))
    if made.magnesium_ug is not None:
        rows.append((fdc_id, 1090, made.magnesium_ug / 1000, "", made.derivation_id, *rest))
    return rows


if __name__ == "__main__":
    where, how_many, *rest = sys.argv[1:]
    write_fdc(Path(where), int(how_many), int(rest[0]) if rest else 7)
    print(f"{how_many} foods in {where}")
