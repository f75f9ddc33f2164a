"""PURE: foods as FoodData Central has them, put into the store; what is wrong with them is complained of."""

from foods.sources.fdc.store import Store
from foods.sources.fdc.values import (
    DERIVATION,
    bound_of,
    count_of,
    day_number,
    derivation_of,
    gtin14,
    kept,
    label_of,
    serving,
    ug_of,
    weight_of,
)
from foods.sources.texts import cut
from foods.sources.units import is_volume

NAME, BRAND, CATEGORY = 200, 120, 120
# Of FNDDS: weights that are assumed where a person named none.
UNSPECIFIED = ("quantity not specified", "guideline amount")


class Intake:
    """Puts values of one bundle into its store."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def food(
        self,
        file: str,
        line: int,
        fdc_id: int,
        kind: int,
        name: str,
        category: tuple[str, str],
        published: str,
    ) -> str:
        """Put a food; `category` is its code, if any, and its name. Returns the name, "" if it has none."""
        name = self._text(file, line, name, NAME, "name")
        if not name:
            self.store.complain(file, line, "The food has no name that can be shown: it is left out.")
            return ""
        group, label = category
        label = self._text(file, line, label, CATEGORY, "category")
        self.store.put("food", (fdc_id, kind, name, label, group, day_number(published), file, line))
        return name

    def coded(self, fdc_id: int, key: str, category: str = "") -> None:
        """Put what is special to a food that is not branded: its number in the data set."""
        self.store.put("detail", (fdc_id, key, "", cut(category, CATEGORY), "", 0, None, None))

    def branded(
        self,
        file: str,
        line: int,
        fdc_id: int,
        gtin: str,
        brand: str,
        category: str,
        size: str,
        unit: str,
        household: str,
    ) -> None:
        """Put what is special to a branded food, its one serving among it."""
        code = gtin14(gtin)
        label, weight = serving(size, unit, household)
        self.store.put(
            "detail",
            (
                fdc_id,
                code or f"fdc{fdc_id}",
                self._text(file, line, brand, BRAND, "brand"),
                self._text(file, line, category, CATEGORY, "category"),
                code,
                is_volume(unit),
                label,
                weight,
            ),
        )

    def magnesium(
        self,
        file: str,
        line: int,
        *,
        fdc_id: int,
        amount: str,
        unit: str,
        bounds: tuple[str, str],
        n: str,
        derivation: tuple[str, str],
        per_ml: bool,
    ) -> None:
        """Put a food's magnesium, if an amount is given. `derivation` is its code and meaning."""
        if not amount.strip():
            return
        how = derivation_of(*derivation)
        try:
            ug, low, high = ug_of(amount, unit), bound_of(bounds[0], unit), bound_of(bounds[1], unit)
        except ValueError as error:
            self.store.complain(file, line, str(error))
            return
        if per_ml:
            self.store.complain(file, line, "Magnesium is per 100 ml, without a density: no value per 100 g.")
            how = cut(f"{amount.strip()} {unit.lower()} per 100 ml, no density given; {how}", DERIVATION)
            self.store.put("magnesium", (fdc_id, None, None, None, None, how))
            return
        if low is not None and high is not None and low > high:
            low = high = None
        self.store.put("magnesium", (fdc_id, ug, low, high, count_of(n), how))

    def portion(
        self,
        file: str,
        line: int,
        *,
        fdc_id: int,
        place: str,
        amount: str,
        unit: str,
        description: str,
        modifier: str,
        grams: str,
    ) -> None:
        """Put a household measure. Without an amount the description says it all: "1 cup" (FNDDS)."""
        if description.strip().casefold().startswith(UNSPECIFIED):
            return
        try:
            weight, label = weight_of(grams), label_of(amount, unit, description, modifier)
        except ValueError as error:
            self.store.complain(file, line, f"The portion is left out: {error}")
            return
        order = int(place) if place.isascii() and place.isdigit() and len(place) < 6 else 0
        self.store.put("portion", (fdc_id, order, label, weight))

    def _text(self, file: str, line: int, text: str, length: int, what: str) -> str:
        """Return a text tidied; cut if it is too long, "" if it cannot be shown, and both are said."""
        if not text or (
            len(text) <= length and text.isascii() and text.isprintable() and text == text.strip()
        ):
            return text if "  " not in text else " ".join(text.split())  # nearly all of them
        text, problem = kept(text, length)
        if problem:
            self.store.complain(file, line, f"The {what} {problem}")
        return text
