"""PURE: a CSV bundle of FoodData Central to records: any vintage, columns known by their names alone."""

import re

from foods.sources.fdc.facts import CODES, OWN_TABLES, release_of
from foods.sources.fdc.loading import Bundle
from foods.sources.fdc.store import Store
from foods.sources.files import Given
from foods.sources.records import Reading

FORMAT = "fdc-csv"
_MARKS = ("food.csv", "food_nutrient.csv", "nutrient.csv", "food_portion.csv", *OWN_TABLES.values())
_SINGLE = {"fdc_id", "nutrient_nbr"}  # a column of theirs in a table that was given alone
_SINGLE_NAME = re.compile(r"(^|[_-])(food|food_nutrient|food_portion|branded_food|nutrient)\b.*\.csv$")
_DATE = re.compile(r"(20\d\d)-([01]\d)(-[0-3]\d)?")


def read(given: Given, release: str | None) -> Reading | None:
    """Return the reading of a bundle, None if this is none. Raises Unreadable if it is broken or not whole.

    Complaints come first, then foods by data set and FDC id. Only current Foundation foods count, and of
    several records of one barcode or number the one published last.
    """
    if not _is_bundle(given):
        return None
    store = Store(given.scratch, given.mark())
    if not store.is_full:
        with store.filling(given.name):
            Bundle(given, store).load()
    about = store.about()
    date = release or date_in(given.name, about["folder"]) or about["published"]
    return Reading(
        format=FORMAT,
        releases=tuple(release_of(CODES[kind], date, named=release is not None) for kind in about["kinds"]),
        records=store.records,
        total=store.total(),
        partial=store.partial(),
    )


def date_in(*names: str) -> str:
    """Return the first date, or month, that a name holds; "" if none does."""
    return next((match[0] for match in map(_DATE.search, names) if match), "")


def _is_bundle(given: Given) -> bool:
    if given.is_zip or given.is_folder:
        return any(given.find(mark) for mark in _MARKS) or any(
            _SINGLE_NAME.search(member.casefold()) and _is_table(given, member) for member in given.members()
        )
    return _is_table(given, given.members()[0])


def _is_table(given: Given, member: str) -> bool:
    """Say whether a file begins as one of the tables does."""
    head = given.start(member).split(b"\n", 1)[0].decode("utf-8", "replace").removeprefix("\ufeff")
    names = {name.strip().strip('"') for name in head.split(",")}
    return len(names) > 1 and bool(names & _SINGLE)
