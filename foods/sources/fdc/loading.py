"""PURE: the tables of a CSV bundle into its store, in the order in which they need one another."""

from collections.abc import Iterator
from decimal import Decimal
from operator import itemgetter
from pathlib import PurePosixPath
from typing import Any

from foods.sources.fdc.facts import (
    BRANDED,
    CATEGORIES,
    CODES,
    DERIVATIONS,
    KINDS,
    MAGNESIUM_ID,
    MAGNESIUM_NUMBER,
    MAGNESIUM_UNIT,
    MEASURES,
    OWN_TABLES,
    UNDETERMINED,
)
from foods.sources.fdc.intake import Intake
from foods.sources.fdc.store import Store
from foods.sources.fdc.values import brand_of, fdc_id_in, ndb5
from foods.sources.files import Given, Table
from foods.sources.records import FNDDS, FOUNDATION, Unreadable
from foods.sources.units import magnesium_ug

_SURVEY = CODES.index(FNDDS)


class Bundle:
    """One bundle on its way into its store."""

    def __init__(self, given: Given, store: Store) -> None:
        self.given, self.store, self.intake = given, store, Intake(store)

    def load(self) -> None:
        """Read all tables that matter, in the order in which they need one another."""
        food = self._need("food.csv")
        self._need("food_nutrient.csv")
        tables = {code: member for code, name in OWN_TABLES.items() if (member := self.given.find(name))}
        for code, member in tables.items():
            self._load_branded(member) if code == BRANDED else self._load_coded(code, member)
        self.store.flush()
        kinds = self._load_foods(food)
        self.store.flush()
        for kind in kinds:
            self._need(OWN_TABLES[CODES[kind]])
        if not kinds:
            raise Unreadable("there is no food of Foundation, SR Legacy, FNDDS or Branded in it.", food)
        self.store.complain_of_unknown(superseded=CODES.index(FOUNDATION))
        self.store.name_keys()
        self._load_magnesium(kinds)
        if kinds != [CODES.index(BRANDED)]:
            self._load_portions()
        self.store.finish(
            kinds=kinds, folder=PurePosixPath(food).parent.name, published=self.store.newest() or "undated"
        )

    def _need(self, name: str) -> str:
        member = self.given.find(name)
        if member is None:
            raise Unreadable(
                f"{name} is missing: this is not a whole FoodData Central download.", self.given.name
            )
        return member

    def _picked(
        self, table: Table, *names: str, of: Iterator[tuple[int, list[str]]] | None = None
    ) -> Iterator[tuple[int, Any]]:
        """Yield the line and the values of some columns; "name?" may be missing and is "" then."""
        places = []
        for name in names:
            options = name.rstrip("?").split("|")
            place = table.find(*options) if name.endswith("?") else table.need(*options)
            places.append(-1 if place is None else place)
        get = itemgetter(*places)
        for line, values in of or table:
            values.append("")
            try:
                picked = get(values)
            except IndexError:
                self.store.complain(table.file, line, "The row is cut short: it is left out.")
                continue
            yield line, picked

    def _load_coded(self, code: str, member: str) -> None:
        """Read the numbers of the foods of SR Legacy, Foundation or FNDDS."""
        categories = self._names(
            "wweia_food_category.csv", "wweia_food_category", "wweia_food_category_description"
        )
        number_of = "food_code" if code == FNDDS else "NDB_number"
        columns = ("fdc_id", number_of, "wweia_category_number|wweia_category_code?")
        for line, (fdc, key, wweia) in self._picked(self.given.table(member), *columns):
            fdc_id = fdc_id_in(fdc)
            key = key.strip()[:20] if code == FNDDS else ndb5(key)
            if fdc_id is None or (not key and code != FOUNDATION):
                self.store.complain(member, line, "The row has no FDC id or no number of the food: left out.")
                continue
            self.intake.coded(fdc_id, key, categories.get(wweia.strip(), ""))

    def _load_branded(self, member: str) -> None:
        columns = (
            *("fdc_id", "gtin_upc", "brand_name?", "brand_owner?", "branded_food_category?"),
            *("serving_size?", "serving_size_unit", "household_serving_fulltext?"),
        )
        branded = self.intake.branded
        for line, (fdc, gtin, brand, owner, category, size, unit, household) in self._picked(
            self.given.table(member), *columns
        ):
            fdc_id = fdc_id_in(fdc)
            if fdc_id is None:
                self.store.complain(member, line, f"“{fdc[:40]}” is no FDC id: the row is left out.")
                continue
            brand = brand_of(brand, owner)
            branded(member, line, fdc_id, gtin, brand, category, size, unit, household)

    def _load_foods(self, member: str) -> list[int]:
        """Read the foods of the four data sets; samples and crops are none. Returns their kinds, in order."""
        categories = self._categories()
        kinds, put = set(), self.intake.food
        columns = ("fdc_id", "data_type", "description", "food_category_id?", "publication_date?")
        for line, (fdc, data_type, name, category, published) in self._picked(
            self.given.table(member), *columns
        ):
            kind = KINDS.get(data_type)
            if kind is None:
                continue
            fdc_id = fdc_id_in(fdc)
            if fdc_id is None:
                self.store.complain(member, line, f"“{fdc[:40]}” is no FDC id: the row is left out.")
                continue
            kinds.add(kind)
            put(member, line, fdc_id, kind, name, categories.get(category, ("", "")), published)
        return sorted(kinds)

    def _load_magnesium(self, kinds: list[int]) -> None:
        member = self._need("food_nutrient.csv")
        unit, meanings = self._unit(), self._derivations()
        table = self.given.table(member)
        words = [MAGNESIUM_ID]
        if _SURVEY in kinds:
            words += [f",{MAGNESIUM_NUMBER},", f'"{MAGNESIUM_NUMBER}"']
        rows = self._picked(
            table,
            *(
                "fdc_id",
                "nutrient_id",
                "amount",
                "data_points?",
                "derivation_id?",
                "min?",
                "max?",
                "unit_name?",
            ),
            of=table.holding(*words),
        )
        find = "SELECT kind, per_ml FROM food JOIN detail USING (fdc_id) WHERE fdc_id = ?"
        for line, (fdc, nutrient, amount, n, derivation, low, high, own_unit) in rows:
            nutrient, fdc_id = nutrient.strip().removesuffix(".0"), fdc_id_in(fdc)
            if nutrient not in (MAGNESIUM_ID, MAGNESIUM_NUMBER) or fdc_id is None:
                continue
            food = self.store.ask(find, fdc_id)
            if food is None or (nutrient == MAGNESIUM_NUMBER and food[0] != _SURVEY):
                continue  # a sample, or another nutrient: only FNDDS names nutrients by number
            self.intake.magnesium(
                member,
                line,
                fdc_id=fdc_id,
                amount=amount,
                unit=own_unit or unit,
                bounds=(low, high),
                n=n,
                derivation=meanings.get(derivation.strip().removesuffix(".0"), ("", "")),
                per_ml=bool(food[1]),
            )

    def _load_portions(self) -> None:
        member = self._need("food_portion.csv")
        units = self._names("measure_unit.csv", "id", "name") or {**MEASURES}
        units.setdefault(UNDETERMINED, "")
        columns = (
            *("fdc_id", "seq_num?", "amount?", "measure_unit_id?", "portion_description?", "modifier?"),
            "gram_weight",
        )
        find = "SELECT kind FROM food JOIN detail USING (fdc_id) WHERE fdc_id = ?"
        for line, (fdc, place, amount, unit, description, modifier, grams) in self._picked(
            self.given.table(member), *columns
        ):
            fdc_id = fdc_id_in(fdc)
            food = None if fdc_id is None else self.store.ask(find, fdc_id)
            if food is None or fdc_id is None:
                continue
            if (measure := units.get(unit.strip() or UNDETERMINED)) is None:
                self.store.complain(member, line, f"The portion is left out: unit {unit[:20]} has no name.")
                continue
            self.intake.portion(
                member,
                line,
                fdc_id=fdc_id,
                place=place,
                amount=amount,
                unit=measure,
                description=description,
                modifier="" if food[0] == _SURVEY else modifier,  # FNDDS: a code
                grams=grams,
            )

    def _unit(self) -> str:
        """Return the unit of magnesium, as nutrient.csv names it. Raises Unreadable if that is no weight."""
        member = self.given.find("nutrient.csv")
        if member is None:
            return MAGNESIUM_UNIT
        for line, (key, unit) in self._picked(self.given.table(member), "id", "unit_name"):
            if key.strip() == MAGNESIUM_ID:
                try:
                    magnesium_ug(Decimal(1), unit)
                except ValueError as error:
                    raise Unreadable(str(error), member, line) from None
                return str(unit)
        raise Unreadable(f"there is no row for magnesium ({MAGNESIUM_ID}).", member)

    def _derivations(self) -> dict[str, tuple[str, str]]:
        member = self.given.find("food_nutrient_derivation.csv")
        if member is None:
            return DERIVATIONS
        rows = self._picked(self.given.table(member), "id", "code", "description")
        return {key.strip(): (code, meaning) for _line, (key, code, meaning) in rows}

    def _categories(self) -> dict[str, tuple[str, str]]:
        """Return the code and the name of each category of food.csv, by what stands there."""
        member = self.given.find("food_category.csv")
        if member is None:
            return CATEGORIES
        rows = self._picked(self.given.table(member), "id", "code", "description")
        return {key.strip(): (code, name) for _line, (key, code, name) in rows}

    def _names(self, name: str, key: str, value: str) -> dict[str, str]:
        """Return a small table of names by their keys; empty if the bundle has it not."""
        member = self.given.find(name)
        if member is None:
            return {}
        return {
            found.strip(): text for _line, (found, text) in self._picked(self.given.table(member), key, value)
        }
