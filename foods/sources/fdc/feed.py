"""PURE: FoodData Central's JSON to records: whole downloads, one food, a list of foods, a search's answer."""

import codecs
import re
from collections.abc import Iterator
from typing import Any

from foods.sources.fdc.bundle import date_in
from foods.sources.fdc.facts import (
    BRANDED,
    CODES,
    KINDS,
    MAGNESIUM_ID,
    MAGNESIUM_NUMBER,
    release_of,
)
from foods.sources.fdc.intake import Intake
from foods.sources.fdc.store import Store
from foods.sources.fdc.stream import DOWNLOADS, START, foods_in, is_download
from foods.sources.fdc.values import brand_of, fdc_id_in, ndb5
from foods.sources.files import Given
from foods.sources.records import FNDDS, Reading, Unreadable
from foods.sources.units import is_volume

FORMAT = "fdc-json"
_MARK = re.compile(rf'"({"|".join(DOWNLOADS)}|fdcId|foodNutrients|foodClass|foodComponents)"\s*:'.encode())

_HALF = re.compile("[\ud800-\udfff]")


def read(given: Given, release: str | None) -> Reading | None:
    """Return the reading of some JSON files, None if there is none. Raises Unreadable if one is broken."""
    members = [*_members(given)]
    if not members:
        return None
    store = Store(given.scratch, given.mark())
    if not store.is_full:
        with store.filling(given.name):
            _load(given, members, store)
    about = store.about()
    date = release or date_in(given.name, *members) or about["published"]
    return Reading(
        format=FORMAT,
        releases=tuple(release_of(CODES[kind], date, named=release is not None) for kind in about["kinds"]),
        records=store.records,
        total=store.total(),
        partial=store.partial(),
    )


def _members(given: Given) -> Iterator[str]:
    """Yield the JSON files of FoodData Central in what was given."""
    for member in given.members():
        if (given.is_zip or given.is_folder) and not member.casefold().endswith(".json"):
            continue
        start = given.start(member, START).removeprefix(codecs.BOM_UTF8).lstrip()
        if start[:1] in (b"{", b"[") and _MARK.search(start):
            yield member


def _load(given: Given, members: list[str], store: Store) -> None:
    kinds, whole = set[int](), set[int]()
    for member in members:
        foods = _Foods(member, store)
        found = {foods.food(line, food) for line, food in foods_in(given, member)}
        there = {kind for kind in found if kind is not None}
        kinds |= there
        whole |= there if is_download(given, member) else set()
    store.flush()
    if not kinds:
        raise _nothing(given, store)
    store.name_keys()
    store.finish(kinds=sorted(kinds), single=sorted(kinds - whole), published=store.newest() or "undated")


def _nothing(given: Given, store: Store) -> Unreadable:
    """Say why there is no food to read: none of the four data sets, or what is wrong with the first one."""
    if problem := store.ask("SELECT text, file, line FROM problem ORDER BY place"):
        return Unreadable(*problem)
    return Unreadable("there is no food of Foundation, SR Legacy, FNDDS or Branded in it.", given.name)


class _Foods:
    """Puts foods as JSON says them into the store."""

    def __init__(self, file: str, store: Store) -> None:
        self._file, self._store, self._intake = file, store, Intake(store)

    def food(self, line: int, food: dict[str, Any]) -> int | None:
        """Put a food and return its kind; None if it is none of the four data sets' or is left out."""
        kind = KINDS.get(_text(food.get("dataType")))
        if kind is None:
            return None
        fdc_id = fdc_id_in(_text(food.get("fdcId")))
        if fdc_id is None:
            self._store.complain(self._file, line, "The food has no FDC id: it is left out.")
            return None
        if not self._detail(line, fdc_id, kind, food):
            self._store.complain(self._file, line, "The food has no number in its data set: it is left out.")
            return None
        name = self._intake.food(
            self._file,
            line,
            fdc_id,
            kind,
            _text(food.get("description")),
            _category(food),
            _text(food.get("publicationDate") or food.get("publishedDate")),
        )
        if not name:
            return None
        self._magnesium(line, fdc_id, kind, food)
        for place, portion in enumerate(_dicts(food.get("foodPortions"))):
            self._portion(line, fdc_id, kind, place, portion)
        return kind

    def _detail(self, line: int, fdc_id: int, kind: int, food: dict[str, Any]) -> bool:
        if CODES[kind] == BRANDED:
            self._intake.branded(
                self._file,
                line,
                fdc_id,
                _text(food.get("gtinUpc")),
                brand_of(_text(food.get("brandName")), _text(food.get("brandOwner"))),
                _text(food.get("brandedFoodCategory") or food.get("foodCategory")),
                _text(food.get("servingSize")),
                _text(food.get("servingSizeUnit")),
                _text(food.get("householdServingFullText")),
            )
            return True
        survey = CODES[kind] == FNDDS
        key = _text(food.get("foodCode")).strip()[:20] if survey else ndb5(_text(food.get("ndbNumber")))
        key = key if key.isascii() else ""
        self._intake.coded(fdc_id, key)
        return bool(key) or not survey

    def _magnesium(self, line: int, fdc_id: int, kind: int, food: dict[str, Any]) -> None:
        """Put the magnesium of a food, in either of the two shapes in which nutrients are listed."""
        for row in _dicts(food.get("foodNutrients")):
            nutrient, how = _dict(row.get("nutrient")), _dict(row.get("foodNutrientDerivation")) or row
            key = _text(nutrient.get("id") or row.get("nutrientId"))
            number = _text(nutrient.get("number") or row.get("nutrientNumber") or row.get("number"))
            if key != MAGNESIUM_ID and (key or number != MAGNESIUM_NUMBER):
                continue
            self._intake.magnesium(
                self._file,
                line,
                fdc_id=fdc_id,
                amount=_text(row.get("amount", row.get("value"))),
                unit=_text(nutrient.get("unitName") or row.get("unitName")),
                bounds=(_text(row.get("min")), _text(row.get("max"))),
                n=_text(row.get("dataPoints")),
                derivation=(
                    _text(how.get("code") or how.get("derivationCode")),
                    _text(how.get("description") or how.get("derivationDescription")),
                ),
                per_ml=CODES[kind] == BRANDED and is_volume(_text(food.get("servingSizeUnit"))),
            )
            return

    def _portion(self, line: int, fdc_id: int, kind: int, place: int, portion: dict[str, Any]) -> None:
        self._intake.portion(
            self._file,
            line,
            fdc_id=fdc_id,
            place=_text(portion.get("sequenceNumber")) or str(place),
            amount=_text(portion.get("amount")),
            unit=_text(_dict(portion.get("measureUnit")).get("name")),
            description=_text(portion.get("portionDescription")),
            modifier="" if CODES[kind] == FNDDS else _text(portion.get("modifier")),
            grams=_text(portion.get("gramWeight")),
        )


def _category(food: dict[str, Any]) -> tuple[str, str]:
    """Return the code, if any, and the name of a food's category."""
    for found in (_dict(food.get("foodCategory")), _dict(food.get("wweiaFoodCategory"))):
        if found:
            name = found.get("description") or found.get("wweiaFoodCategoryDescription")
            return _text(found.get("code")), _text(name)
    return "", _text(food.get("foodCategory"))


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _dicts(value: Any) -> list[dict[str, Any]]:
    return [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []


def _text(value: Any) -> str:
    """Return a text, or a number as it is written; "" for anything else.

    Half a character, which JSON can hold and no file can, becomes one that no name may have.
    """
    if not isinstance(value, str):
        return ""
    return value if value.isascii() else _HALF.sub("\uffff", value)
