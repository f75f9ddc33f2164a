"""The page of one import, put together for its template: counts, screens of rows, what can be done now."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import QuerySet
from django.urls import reverse

from foods.admin.import_rows import ShownRow, last_of_releases, shown_rows
from foods.importing import rows_page
from foods.importing.progress import is_whole
from foods.importing.states import THINNED
from foods.models import FoodImport, ImportProblem, ImportRow

State, Verdict = FoodImport.State, ImportRow.Verdict

PAGE = 50
FEW = 20  # of conflicts and implausible rows on the first screen, above what has changed
WINDOW = 20_000  # records looked through at once for what no index holds: rows that are new or the same
PROBLEMS, DUPLICATES = "problems", "duplicate"
COUNTED_AS = {DUPLICATES: "duplicates"}  # in FoodImport.counts, where that is another word
FOLDER = "admin/foods/foodimport"
INDEXED = (Verdict.CHANGED, Verdict.CONFLICT, Verdict.DOUBTFUL, Verdict.MISSING)
FIRST_SCREEN = (Verdict.CONFLICT, Verdict.DOUBTFUL, Verdict.CHANGED)


@dataclass(frozen=True, slots=True)
class Kind:
    """What is said of the rows of a verdict: on the tile, above the list, and by which fragment."""

    label: str
    title: str
    lead: str
    template: str


KINDS: Mapping[str, Kind] = {
    Verdict.NEW: Kind("new foods", "New foods", "in the order of the file", "_plain.html"),
    Verdict.CHANGED: Kind("changed", "Changed", "mg per 100 g, largest change first", "_changed.html"),
    Verdict.CONFLICT: Kind("conflicts", "Conflicts", "", "_conflicts.html"),
    Verdict.DOUBTFUL: Kind(
        "implausible", "Implausible", "left out and put in the queue unless you take them", "_changed.html"
    ),
    Verdict.SAME: Kind("the same", "The same", "nothing to do", "_plain.html"),
    Verdict.MISSING: Kind("gone from the source", "Gone from the source", "", "_plain.html"),
    DUPLICATES: Kind(
        "here already, perhaps",
        "Here already, perhaps",
        "new foods with the barcode of one from another source; they come in beside it, and go to the queue",
        "_plain.html",
    ),
    PROBLEMS: Kind("not readable", "Not readable", "", "_problems.html"),
}
ONLY_IF_ANY = (Verdict.DOUBTFUL, DUPLICATES)
OF_ONE: dict[str, str] = {Verdict.NEW: "new food", Verdict.CONFLICT: "conflict"}  # where one has another word
_CURSOR = re.compile(r"([0-9]{1,9})\.([0-9]{1,12})\.([0-9]{1,12})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """A count that is a link to its rows."""

    code: str
    count: int
    label: str
    href: str
    current: bool

    @property
    def number(self) -> str:
        """Return the count as it is shown."""
        return f"{self.count:,}"


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where a screen begins: behind so many rows, this change and this position."""

    behind: int = 0
    change_ug: int = 0
    position: int = -1

    def __str__(self) -> str:
        return f"{self.behind}.{self.change_ug}.{self.position}" if self.position >= 0 else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A screen of rows of one verdict."""

    code: str
    kind: Kind
    rows: tuple[ShownRow, ...]
    total: int
    after: Cursor
    then: Cursor | None  # where the next screen begins
    address: str

    @property
    def template(self) -> str:
        """Return the fragment that shows it."""
        return f"{FOLDER}/{self.kind.template}"

    @property
    def span(self) -> str:
        """Return "1 to 50 of 88"; "of" only where all rows are counted."""
        if not self.rows:
            return "None in this part of the file" if self.then or self.after.position >= 0 else "None"
        return f"{self.after.behind + 1:,} to {self.after.behind + len(self.rows):,} of {self.total:,}"

    @property
    def number(self) -> str:
        """Return the count of all screens as it is shown."""
        return f"{self.total:,}"

    @property
    def start_href(self) -> str:
        """Return the address of the first screen, "" on it."""
        return self.address if self.after.position >= 0 else ""

    @property
    def next_href(self) -> str:
        """Return the address of the next screen, "" on the last one."""
        return f"{self.address}&after={self.then}" if self.then else ""

    @property
    def all_taken(self) -> bool:
        """Say whether every row of the screen is taken."""
        return all(row.take for row in self.rows)


def count(food_import: FoodImport, code: str) -> int:
    """Return how many rows have a verdict, or could not be read, as counted while comparing."""
    return int(food_import.counts.get(COUNTED_AS.get(code, code), 0))


def tiles(food_import: FoodImport, show: str) -> tuple[Tile, ...]:
    """Return the counts in the order of the page; the one looked at is current. No query."""
    address = page_url(food_import)
    rare = ONLY_IF_ANY if is_whole(food_import) else (*ONLY_IF_ANY, Verdict.MISSING)
    return tuple(
        Tile(
            code=code,
            count=count(food_import, code),
            label=OF_ONE.get(code, kind.label) if count(food_import, code) == 1 else kind.label,
            href=f"{address}?show={code}",
            current=code == (show or Verdict.CHANGED),
        )
        for code, kind in KINDS.items()
        if code not in rare or count(food_import, code) or show == code
    )


def page_url(food_import: FoodImport) -> str:
    """Return the address of an import's page."""
    return reverse("admin:foods_foodimport_change", args=[food_import.pk])


def cursor_from(text: str) -> Cursor:
    """Return the cursor that an address carries; the beginning for anything else."""
    found = _CURSOR.fullmatch(text)
    return Cursor(int(found[1]), int(found[2]), int(found[3])) if found else Cursor()


def sections(food_import: FoodImport, show: str, after: Cursor) -> tuple[Section, ...]:
    """Return the first screen, or one verdict from a cursor on: at most three queries each."""
    if show == PROBLEMS:
        return ()
    if show:
        return (section(food_import, show, after),)
    return tuple(
        section(food_import, code, Cursor(), PAGE if code == Verdict.CHANGED else FEW)
        for code in FIRST_SCREEN
        if count(food_import, code)
    )


def section(food_import: FoodImport, verdict: str, after: Cursor, limit: int = 0) -> Section:
    """Return one screen of rows of a verdict, fifty if there is no other limit."""
    limit = limit or PAGE
    cleared = verdict == Verdict.SAME and bool(food_import.counts.get(THINNED))
    found = [] if cleared else [*rows_from(food_import, verdict, after, limit + 1)]
    rows = found[:limit]
    conflicts = verdict == Verdict.CONFLICT
    return Section(
        code=verdict,
        kind=KINDS[verdict],
        rows=shown_rows(
            rows,
            largest_ug=_largest_ug(food_import, verdict),
            last=last_of_releases(row.food_id for row in rows if row.food_id) if conflicts else {},
        ),
        total=count(food_import, verdict),
        after=after,
        then=None if cleared else _then(food_import, verdict, found, after, limit),
        address=f"{page_url(food_import)}?show={verdict}",
    )


def rows_from(food_import: FoodImport, verdict: str, after: Cursor, limit: int) -> QuerySet[ImportRow]:
    """Return so many rows behind a cursor, largest change first.

    New ones, and those that are the same, come in the order of the file and from the next 20,000 records
    only: no index holds them, and a page must not read two million rows to find a few.
    """
    place = (after.change_ug, after.position) if after.position >= 0 else None
    if verdict in (*INDEXED, DUPLICATES):
        return rows_page(food_import, verdict, place, limit)
    rows = ImportRow.objects.filter(food_import=food_import, verdict=verdict).select_related("food", "before")
    between = rows.filter(position__gt=after.position, position__lte=after.position + WINDOW)
    return between.order_by("position")[:limit]


def _then(
    food_import: FoodImport, verdict: str, found: list[ImportRow], after: Cursor, limit: int
) -> Cursor | None:
    if len(found) > limit:
        last = found[limit - 1]
        return Cursor(after.behind + limit, last.change_ug or 0, last.position)
    to = after.position + WINDOW
    if verdict in (*INDEXED, DUPLICATES) or after.behind + len(found) >= count(food_import, verdict):
        return None
    in_all = count(food_import, "rows") + count(food_import, PROBLEMS)
    return Cursor(after.behind + len(found), 0, to) if to < in_all else None


def _largest_ug(food_import: FoodImport, verdict: str) -> int:
    if verdict not in (Verdict.CHANGED, Verdict.CONFLICT, Verdict.DOUBTFUL):
        return 0
    return next((row.change_ug or 0 for row in rows_page(food_import, verdict, None, 1)), 0)


def problems(food_import: FoodImport) -> QuerySet[ImportProblem]:
    """Return the rows that could not be read, in the order they were met."""
    return ImportProblem.objects.filter(food_import=food_import).order_by("pk")


def title_of(food_import: FoodImport) -> str:
    """Return what an import is: the data set and its release, until then the file's name."""
    if food_import.source:
        return str(food_import.source)
    releases = food_import.counts.get("releases") or []
    return f"{releases[-1]['dataset']} {releases[-1]['release']}" if releases else food_import.file_name
