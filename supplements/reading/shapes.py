"""What a label's words come to: the parts, what has to be asked, and the lines to keep."""

from dataclasses import dataclass
from typing import Literal

from supplements.labels import Basis, LabelLine

Country = Literal["us", "uk", "eu"]


@dataclass(frozen=True, slots=True, kw_only=True)
class TextPart:
    """One form of magnesium in a label's text, with the figures that stand beside it.

    `compound` is a slug: None where no form is named, or an excipient, or a family of which the label does
    not say which one where that changes the figure. `exact` is False where only the family is named and
    the slug is its commonest, which changes no figure then. `elemental_ug` is None while it has to be asked,
    and where one figure stands for several forms together.
    """

    compound: str | None
    name_as_printed: str  # "magnesium bisglycinate chelate"; empty where the label names no form
    basis: Basis  # what the figure that counts speaks of
    elemental_ug: int | None
    compound_ug: int | None = None
    percent_milli: int | None = None
    dv_ug: int | None = None
    exact: bool = True
    excipient: bool = False  # stearate: not a source, counts 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One answer to a question; `elemental_ug` is what the whole text then comes to, if that is known."""

    value: str
    text: str
    elemental_ug: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """A question the text leaves open; nothing is preselected.

    `code` is unique within a reading: hand the chosen option's `value` back to `read_text` under it, in
    `answers`. Without options the answer is a number of mg of elemental magnesium, as text ("100" or
    "100,5"). Codes begin with what they ask: `form` (which salt a weight is of), `basis` (compound or
    magnesium), `daily-value`, `figure` (which of several), `number` (decimals or thousands), `route`
    (swallowed or on the skin), `amount` (no options). The second of a kind is `form-2`.
    """

    code: str
    text: str
    options: tuple[Option, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TextReading:
    """What a text says.

    `elemental_ug` is the magnesium of what `per` names ("2 capsules"; empty: the text does not say), None
    while a question is open. `sums` shows the arithmetic, a sentence each. `lines` are what is kept of it,
    each with its `slug`; empty while a question is open and where nothing counts.
    """

    elemental_ug: int | None
    per: str = ""
    parts: tuple[TextPart, ...] = ()
    asks: tuple[Ask, ...] = ()
    contradictions: tuple[str, ...] = ()
    sums: tuple[str, ...] = ()
    lines: tuple[LabelLine, ...] = ()
    on_the_skin: bool = False  # as the person answered: logged, counted 0
