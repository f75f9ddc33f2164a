"""PURE: what a label in a source says of a product."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from supplements.compounds import BUILTIN, magnesium_fraction
from supplements.labels import Basis, LabelLine, read_lines

_BY_SLUG = {form.slug: form for form in BUILTIN}


@dataclass(frozen=True, slots=True, kw_only=True)
class LineRecord:
    """A line of a label: a form of magnesium by its slug, an amount in µg, and the words it stands in."""

    slug: str
    basis: Basis
    amount_ug: int
    printed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductRecord:
    """A product as one label has it, for one size of serving.

    `key` names it in every release of the source: the label's own number, and "-2", "-3" where the label
    has amounts for further servings. No lines: the label leaves an amount open, and `note` says which.
    """

    source: str
    key: str
    name: str
    brand: str
    serving: str
    gtin: str  # 14 digits, "" if none
    off_market: bool
    label_on: dt.date | None
    lines: tuple[LineRecord, ...] = ()
    note: str = ""

    @property
    def label(self) -> str:
        """The label's own number, without the serving's."""
        return self.key.partition("-")[0]

    @property
    def magnesium_ug(self) -> int | None:
        """The elemental magnesium of one serving by the built-in formulas, µg; None if it is not known."""
        return read_lines([_label_line(line) for line in self.lines], topical=False).magnesium_ug


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelFile:
    """A label that was read: a record for each serving it has magnesium for, and what is worth a look."""

    file: str
    name: str
    records: tuple[ProductRecord, ...] = ()  # none: the label names no magnesium
    doubts: tuple[str, ...] = ()


class Unreadable(ValueError):
    """A file that is refused as a whole; the text is a sentence that names the file."""

    def __init__(self, file: str, text: str) -> None:
        super().__init__(f"{file}: {text}")
        self.file, self.text = file, text


def _label_line(line: LineRecord) -> LabelLine:
    form = _BY_SLUG[line.slug]
    fraction: Decimal | None = magnesium_fraction(form.formula) if form.formula else None
    return LabelLine(compound_name=form.name, fraction=fraction, basis=line.basis, amount_ug=line.amount_ug)
