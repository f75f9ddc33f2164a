"""What a text says of one ingredient: its name, the forms said of it, and every figure that speaks of it."""

from dataclasses import dataclass, field
from enum import Enum, auto

from supplements.reading.mentions import Mention, Sort
from supplements.reading.servings import Serving
from supplements.reading.tokens import Token


class Role(Enum):
    """What a figure was printed as."""

    PLAIN = auto()  # beside a name
    ELEMENTAL = auto()  # said to be the magnesium itself
    COMPOUND = auto()  # said to be the compound's: "from 1,000 mg magnesium citrate"
    SHARE = auto()  # a form's, inside the brackets of another figure


@dataclass(frozen=True, slots=True)
class Fact:
    """An amount, and the column of the label it stands in."""

    token: Token
    role: Role
    serving: Serving | None


@dataclass(slots=True, kw_only=True, eq=False)
class Claim:
    """An ingredient: its name, the forms said of it, and every figure that speaks of it."""

    head: Mention
    forms: list[Mention] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)
    shares: list[tuple[Mention, Fact]] = field(default_factory=list)
    percents: list[Token] = field(default_factory=list)
    assay: Token | None = None
    doubts: list[Token] = field(default_factory=list)
    of: "Claim | None" = None  # the claim that this magnesium is said to be in
    gives: bool = False
    all_elemental: bool = False
    blended: bool = False

    @property
    def magnesium(self) -> bool:
        """Whether it is named as magnesium itself."""
        return self.head.sort is Sort.MAGNESIUM

    @property
    def form(self) -> bool:
        """Whether it is named as a form."""
        return self.head.sort is Sort.FORM

    @property
    def buffered(self) -> bool:
        """Whether oxide is said to be blended in."""
        return self.blended or any(name.buffered for name in (self.head, *self.forms))

    @property
    def bare_of_figures(self) -> bool:
        """Whether nothing is said of how much."""
        return not (self.facts or self.shares or self.percents or self.doubts)
