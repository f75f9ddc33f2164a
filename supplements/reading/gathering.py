"""Who a figure speaks of: the clauses of a text gathered into claims, one for each ingredient."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from supplements.reading.claims import Claim, Fact, Role
from supplements.reading.clauses import (
    Clause,
    Said,
    assay,
    clauses,
    columns,
    elemental_figures,
    is_strange,
    said,
)
from supplements.reading.mentions import Mention, Piece, Sort
from supplements.reading.servings import Serving
from supplements.reading.tokens import Kind, Token

_LISTS = frozenset({",", "and", "und", "et", "plus", "och", "en", "e", "y", "&", "+", "/"})


def gathered(pieces: Sequence[Piece]) -> list[Claim]:
    """Return what a text says of each ingredient it names, in its order."""
    gatherer = _Gatherer(columns(pieces))
    found = list(clauses(pieces))
    for at, clause in enumerate(found):
        gatherer.take(clause, found[at + 1] if at + 1 < len(found) else None)
    return gatherer.claims


class _Gatherer:
    """Takes the clauses of a text one by one; remembers which claim is open at each depth of brackets."""

    def __init__(self, columns: dict[int, Serving]) -> None:
        self.claims: list[Claim] = []
        self._columns = columns
        self._open: dict[int, Claim] = {}
        self._listing = False  # within "as X, Y and Z"

    def take(self, clause: Clause, after: Clause | None) -> None:
        """Add what a clause says to the claim it speaks of, or open a new one."""
        for depth in [
            depth for depth in self._open if depth > clause.depth or (clause.opens and depth == clause.depth)
        ]:
            del self._open[depth]
        owner = self._owner(clause.depth)
        share = assay(clause)
        if share is not None and owner is not None and (owner.form or owner.forms):
            owner.assay = share
            if not any(figure.kind is Kind.AMOUNT for figure in clause.figures):
                return
        if owner is not None and _says(clause, Kind.BUFFERED):
            owner.blended = True
        if not clause.mentions:
            self._listing = False
            self._continue(clause, after, owner)
            return
        link = self._link(clause, owner)
        self._listing = link is Kind.AS
        before, named = said(clause, after_brackets=owner is not None and clause.mark in (")", "]"))
        if owner is not None:
            self._tell(owner, before, clause, Role.PLAIN)
        for number, each in enumerate(named):
            self._name(each, clause, link, joined=number > 0)

    def _owner(self, depth: int) -> Claim | None:
        return next((self._open[at] for at in range(depth, -1, -1) if at in self._open), None)

    def _link(self, clause: Clause, owner: Claim | None) -> Kind | None:
        """Return how a clause hangs on; a form in brackets, or on in a list of forms, is "as" that form."""
        first = clause.mentions[0]
        if clause.link is not None or owner is None or first.sort is not Sort.FORM:
            return clause.link
        if clause.opens or (self._listing and clause.depth):
            return Kind.AS
        on = (
            self._listing
            and clause.mark in _LISTS
            and (not owner.facts or bool(owner.shares) or (first.bare and not clause.figures))
        )
        return Kind.AS if on else None

    def _name(self, each: Said, clause: Clause, link: Kind | None, *, joined: bool) -> None:
        name, owner = each.name, self._owner(clause.depth)
        if name.sort is Sort.FORM and _says(clause, Kind.EXCIPIENTS):
            name = replace(name, sort=Sort.EXCIPIENT)
        if name.sort is Sort.EXCIPIENT and owner is not None and owner.magnesium and link is Kind.AS:
            owner.head = name  # "Magnesium (as magnesium stearate)": no source either
        elif name.generic and link is Kind.AS and owner is not None and owner.magnesium:
            self._tell(owner, each.figures, clause, Role.PLAIN)  # "Magnesium from Aquamin 375 mg"
        elif name.generic and joined and owner is not None and owner.magnesium and not owner.forms:
            owner.head = replace(name, sort=Sort.FORM)  # "Magnesium 500 mg complex"
        elif name.sort in (Sort.OTHER, Sort.EXCIPIENT):
            self._add(Claim(head=name), each.figures, clause)
        elif owner is not None and link is Kind.GIVES and owner.form and name.salts == owner.head.salts != ():
            owner.forms.append(name)  # "580 mg ... (equivalent to 467 mg anhydrous ...)": the same again
        elif owner is not None and link is Kind.AS:
            self._describe(owner, each, clause)
        elif name.sort is Sort.MAGNESIUM:
            inside = link is Kind.GIVES or clause.depth > 0
            claim = Claim(head=replace(name, total=_says(clause, Kind.TOTAL)), of=owner if inside else None)
            claim.gives = link is Kind.GIVES
            self._add(claim, each.figures, clause)
        elif owner is not None and joined and not owner.forms and (name.bare or owner.bare_of_figures):
            self._rename(owner, each, clause)
        elif name.bare and (owner is None or not (owner.magnesium or owner.form)):
            return
        elif name.bare and owner is not None and not each.figures:
            owner.forms.append(name)
        else:
            self._add(Claim(head=name), each.figures, clause)

    def _rename(self, owner: Claim, each: Said, clause: Clause) -> None:
        """Take "Magtein magnesium L-threonate" and "Magnesium 500 mg citrate" for one name."""
        if owner.form:
            owner.forms.append(each.name)
        else:
            owner.head = each.name
        self._tell(owner, each.figures, clause, Role.PLAIN)

    def _describe(self, owner: Claim, each: Said, clause: Clause) -> None:
        """Add a form said of a claim, "as" or "from" it, with its own figures."""
        if not (owner.magnesium or owner.form):
            return
        if each.name.sort is Sort.MAGNESIUM:
            owner.all_elemental = True
            self._tell(owner, each.figures, clause, Role.ELEMENTAL)
            return
        owner.forms.append(each.name)
        if not clause.depth and not each.leads and not owner.facts:
            self._tell(owner, each.figures, clause, Role.PLAIN)
            return
        role = Role.COMPOUND if each.leads else Role.SHARE
        amounts = [figure for figure in each.figures if figure.kind is Kind.AMOUNT]
        owner.shares += [(each.name, self._fact(figure, role)) for figure in amounts]
        if not clause.depth or _says(clause, Kind.DAILY):  # else a form's share: "(oxide 60 %, citrate 40 %)"
            self._tell(owner, [figure for figure in each.figures if figure not in amounts], clause, role)

    def _continue(self, clause: Clause, after: Clause | None, owner: Claim | None) -> None:
        """Add the figures of a clause without a name to the claim they go on with."""
        if not clause.figures:
            return
        amounts = [figure for figure in clause.figures if figure.kind is Kind.AMOUNT]
        follows_as = after is not None and after.link is Kind.AS and bool(after.mentions)
        if clause.link is None and _another(clause) and (owner is None or not follows_as):
            self._open[clause.depth] = Claim(head=Mention(Sort.OTHER, 0, 0))
            return
        again = owner is not None and any(
            fact.serving == self._columns.get(amount.start) for fact in owner.facts for amount in amounts
        )
        if amounts and follows_as and (owner is None or (again and not clause.opens)):
            implied = Mention(Sort.MAGNESIUM, amounts[0].start, amounts[0].start)
            self._add(Claim(head=implied), clause.figures, clause)
        elif owner is not None:
            inside = clause.link is Kind.GIVES or (clause.opens and bool(owner.facts))
            role = Role.ELEMENTAL if inside and owner.form else Role.PLAIN
            self._tell(owner, clause.figures, clause, role)

    def _add(self, claim: Claim, figures: Iterable[Token], clause: Clause) -> None:
        self.claims.append(claim)
        self._open[clause.depth] = claim
        self._tell(claim, figures, clause, Role.PLAIN)

    def _tell(self, claim: Claim, figures: Iterable[Token], clause: Clause, role: Role) -> None:
        elemental = elemental_figures(clause)
        for figure in figures:
            if figure.kind is Kind.PERCENT:
                if figure is not claim.assay:
                    claim.percents.append(figure)
            elif figure.kind is Kind.DOUBTFUL:
                claim.doubts.append(figure)
            else:
                sure = figure.start in elemental or figure.key in ("mmol", "meq")
                claim.facts.append(self._fact(figure, Role.ELEMENTAL if sure else role))

    def _fact(self, figure: Token, role: Role) -> Fact:
        return Fact(figure, role, self._columns.get(figure.start))


def _says(clause: Clause, kind: Kind) -> bool:
    return any(isinstance(piece, Token) and piece.kind is kind for piece in clause.pieces)


def _another(clause: Clause) -> bool:
    """Say whether a clause without a known name begins with an unknown one: "simethicone 40 mg"."""
    for piece in clause.pieces:
        if is_strange(piece):
            return True
        if isinstance(piece, Token) and piece.kind in (
            Kind.AMOUNT,
            Kind.PERCENT,
            Kind.ELEMENTAL,
            Kind.DOUBTFUL,
        ):
            return False
    return False
