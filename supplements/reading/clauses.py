"""A text's pieces between its breaks, and which name each figure stands beside."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeGuard

from supplements.reading.mentions import Mention, Piece, Sort
from supplements.reading.servings import Rank, Serving
from supplements.reading.tokens import Kind, Token
from supplements.reading.vocabulary import NOISE

_SHORT = 2


@dataclass(frozen=True, slots=True)
class Clause:
    """What stands between two breaks: how it hangs on what came before, how deep in brackets, its pieces."""

    link: Kind | None  # AS, GIVES
    depth: int
    opens: bool  # the first of its brackets
    mark: str  # the break before it
    pieces: tuple[Piece, ...]

    @property
    def mentions(self) -> list[Mention]:
        """Its names."""
        return [piece for piece in self.pieces if isinstance(piece, Mention)]

    @property
    def figures(self) -> list[Token]:
        """Its amounts, percentages and doubtful figures."""
        return [piece for piece in self.pieces if is_figure(piece)]


def is_figure(piece: Piece) -> TypeGuard[Token]:
    """Say whether a piece is an amount, a percentage or a doubtful figure."""
    return isinstance(piece, Token) and piece.kind in (Kind.AMOUNT, Kind.PERCENT, Kind.DOUBTFUL)


def is_amount(piece: Piece) -> TypeGuard[Token]:
    """Say whether a piece is an amount."""
    return isinstance(piece, Token) and piece.kind is Kind.AMOUNT


def clauses(pieces: Sequence[Piece]) -> Iterator[Clause]:
    """Yield the clauses of a text; a colon breaks one only behind a figure."""
    depth, link, opens, mark = 0, None, False, ""
    held: list[Piece] = []
    for piece in pieces:
        kind = piece.kind if isinstance(piece, Token) else None
        colon = kind is Kind.COLON and any(map(is_figure, held))
        if not colon and kind not in (Kind.OPEN, Kind.CLOSE, Kind.BREAK, Kind.AS, Kind.GIVES):
            held.append(piece)
            continue
        if held:
            yield Clause(link, depth, opens, mark, tuple(held))
            held, opens = [], False
            link = None
        if kind is Kind.OPEN:
            depth, opens, link = depth + 1, True, None
        elif kind is Kind.CLOSE:
            depth, opens, link = max(0, depth - 1), False, None
        elif kind in (Kind.AS, Kind.GIVES):
            link = kind
        else:
            link = None if link is not Kind.GIVES or kind is Kind.BREAK else link
        mark = piece.low if isinstance(piece, Token) else ""
    if held:
        yield Clause(link, depth, opens, mark, tuple(held))


@dataclass(frozen=True, slots=True)
class Said:
    """A name of a clause and its figures; `leads`: they stand before it ("500 mg magnesium citrate")."""

    name: Mention
    figures: tuple[Token, ...]
    leads: bool


def said(clause: Clause, *, after_brackets: bool) -> tuple[tuple[Token, ...], list[Said]]:
    """Return each name of a clause with its figures, before it if the clause begins with one, else after.

    First come figures that belong to what the brackets before the clause were about: "(as calcium carbonate)
    1,000 mg 77 % Magnesium".
    """
    pieces, names = clause.pieces, clause.mentions
    first = next(at for at, piece in enumerate(pieces) if isinstance(piece, Mention))
    leads = any(map(is_figure, pieces[:first]))
    before: tuple[Token, ...] = ()
    if leads and after_brackets:
        before = tuple(piece for piece in pieces[:first] if is_figure(piece))
        pieces, leads = pieces[first:], False
    held: dict[int, list[Token]] = {at: [] for at in range(len(names))}
    seen = 0
    for at, piece in enumerate(pieces):
        if isinstance(piece, Mention):
            seen += 1
        elif is_figure(piece):
            after = leads and (piece.kind is not Kind.PERCENT or not seen) and seen < len(names)
            whose = seen if after else max(0, seen - 1)
            if after or not (_has_amount(held[whose]) and _word_before(pieces, at)):
                held[whose].append(piece)
    return before, [Said(name, tuple(held[at]), leads) for at, name in enumerate(names)]


def _has_amount(figures: Sequence[Token]) -> bool:
    return any(figure.kind is Kind.AMOUNT for figure in figures)


def _word_before(pieces: Sequence[Piece], at: int) -> bool:
    """Say whether an unknown word stands between a figure and the piece before it that means something."""
    for piece in reversed(pieces[:at]):
        if isinstance(piece, Mention) or piece.kind not in (Kind.WORD, Kind.FILL, Kind.SERVING, Kind.COLON):
            return False
        if piece.kind is Kind.WORD and is_strange(piece):
            return True
    return False


def is_strange(piece: Piece) -> bool:
    """Say whether a piece is a word that may name another ingredient."""
    word = piece.low if isinstance(piece, Token) and piece.kind is Kind.WORD else ""
    return len(word) > _SHORT and not re.fullmatch(NOISE, word)


def elemental_figures(clause: Clause) -> set[int]:
    """Return where the amounts begin that stand right beside the word "elemental"."""
    pieces = [piece for piece in clause.pieces if not (isinstance(piece, Token) and piece.kind is Kind.FILL)]
    return {
        piece.start
        for at, piece in enumerate(pieces)
        if isinstance(piece, Token)
        and piece.kind is Kind.AMOUNT
        and any(_is_elemental(near) for near in (*pieces[max(0, at - 1) : at], *pieces[at + 1 : at + 2]))
    }


def _is_elemental(piece: Piece) -> bool:
    return isinstance(piece, Token) and piece.kind is Kind.ELEMENTAL


def assay(clause: Clause) -> Token | None:
    """Return a percentage that says how much of a form is magnesium: "14 % magnesium", "10 % elemental"."""
    pieces = [piece for piece in clause.pieces if not (isinstance(piece, Token) and piece.kind is Kind.FILL)]
    for percent, after in pairwise(pieces):
        means_magnesium = isinstance(after, Mention) and after.sort is Sort.MAGNESIUM
        if (
            isinstance(percent, Token)
            and percent.kind is Kind.PERCENT
            and (means_magnesium or _is_elemental(after))
        ):
            return percent
    return None


def columns(pieces: Sequence[Piece]) -> dict[int, Serving]:
    """Return what each amount of a text is given for, by where it begins; empty if no serving is named."""
    servings = [piece for piece in pieces if isinstance(piece, Token) and piece.serving]
    amounts = [piece for piece in pieces if is_amount(piece)]
    if not servings or not amounts:
        return {}
    heads = [token for token in servings if token.start < amounts[0].start]
    if len(servings) == 1 or len({_what(token) for token in servings}) == 1:
        return {amount.start: _what(servings[0]) for amount in amounts}
    if len(heads) > 1 and len(heads) == len(servings):
        return _by_heading(pieces, _distinct(heads))
    if heads:
        return {
            amount.start: _what([token for token in servings if token.start < amount.start][-1])
            for amount in amounts
        }
    return {
        amount.start: _what(next((token for token in servings if token.start > amount.start), servings[-1]))
        for amount in amounts
    }


def _what(token: Token) -> Serving:
    assert token.serving is not None
    return token.serving


def _distinct(heads: Sequence[Token]) -> list[Serving]:
    """Return the columns of a table's head; "serving size 2 capsules" and "per serving" are one."""
    sized = [token for token in heads if token.key == "sized"]
    if sized:
        return [_what(sized[0])]
    return [_what(token) for token in heads]


def _by_heading(pieces: Sequence[Piece], heads: Sequence[Serving]) -> dict[int, Serving]:
    """Give the amounts behind each name the columns of a table's head, in order."""
    found: dict[int, Serving] = {}
    at = 0
    for piece in pieces:
        if isinstance(piece, Mention):
            at = 0
        elif is_amount(piece):
            found[piece.start] = heads[min(at, len(heads) - 1)]
            at += 1
    return found


def is_reference(serving: Serving | None) -> bool:
    """Say whether a column is per 100 g: an amount that nobody takes."""
    return serving is not None and serving.rank is Rank.REFERENCE
