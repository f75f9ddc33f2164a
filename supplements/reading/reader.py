"""From a label's text to a reading: the one that asks rather than guesses."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from supplements.compounds import BUILTIN, Form
from supplements.reading import words
from supplements.reading.claims import Claim
from supplements.reading.daily import Daily
from supplements.reading.gathering import gathered
from supplements.reading.ingredients import Picker
from supplements.reading.mentions import Catalogue, Mention, Sort, pieces
from supplements.reading.pairing import paired
from supplements.reading.questions import Questions
from supplements.reading.reckoned import Reckoned, line_of
from supplements.reading.reckoning import Reckoner
from supplements.reading.results import added_up, contradictions, excipient_part, kept_lines, parts_of
from supplements.reading.shapes import Ask, Country, Option, TextPart, TextReading
from supplements.reading.text import clean, folded
from supplements.reading.tokens import Token, micrograms, tokens
from supplements.reading.totals import without_totals
from supplements.reading.vocabulary import goes_on_the_skin

MAX_TEXT = 2_000  # characters; a panel's worth
COUNTRIES: tuple[Country, ...] = ("us", "uk", "eu")
BUILTIN_FORMS: tuple[Form, ...] = BUILTIN


def read_text(
    text: str,
    *,
    country: Country | str | None = None,
    forms: Iterable[Form] = BUILTIN_FORMS,
    answers: Mapping[str, str] | None = None,
) -> TextReading:
    """Return what a label's text says; where it leaves a question open, the question instead of a guess.

    `country` fixes what 100 % means: "us" 420 mg, "eu" and "uk" 375 mg. `answers` holds the values chosen
    for the questions of an earlier reading of the same text, by code; one that fits no question is ignored.
    Text beyond `MAX_TEXT` characters is not read. Never raises for any text.
    """
    text = clean(text[:MAX_TEXT])
    reader = _Reader(text, country, Catalogue(forms))
    given = dict(answers or {})
    first = reader.reading(given)
    asks = tuple(
        replace(ask, options=tuple(_with_figure(reader, given, ask, option) for option in ask.options))
        if len(first.asks) == 1  # one answer of several leaves the figure open
        else ask
        for ask in first.asks
    )
    return replace(first, asks=asks)


def _with_figure(reader: "_Reader", given: Mapping[str, str], ask: Ask, option: Option) -> Option:
    """Return an option with what the text comes to if it is chosen."""
    return replace(option, elemental_ug=reader.reading({**given, ask.code: option.value}).elemental_ug)


class _Reader:
    """Reads one text, once for each set of answers."""

    def __init__(self, text: str, country: str | None, catalogue: Catalogue) -> None:
        self._text = text
        self._low = folded(text)
        self._pieces = list(pieces(list(tokens(text, country)), catalogue))
        self._daily = Daily.of(self._low, country)
        self._catalogue = catalogue

    def reading(self, answers: Mapping[str, str]) -> TextReading:
        """Return the reading with some questions answered; no figures on its options."""
        questions = Questions(answers)
        claims = gathered(self._pieces)
        if goes_on_the_skin(self._low) and any(claim.magnesium or claim.form for claim in claims):
            route = questions.choose("route", words.ROUTE, words.ROUTES)
            if route == "skin":
                return TextReading(elemental_ug=0, sums=(words.SKIN,), on_the_skin=True)
            if route is None:
                return TextReading(elemental_ug=None, asks=questions.open())
        reckoned = self._reckoned(claims, questions)
        excipients = [claim for claim in claims if claim.head.sort is Sort.EXCIPIENT]
        if not reckoned and not excipients:
            questions.amount(words.NOTHING_FOUND)
        parts = (
            *(part for each in reckoned for part in parts_of(each, self._text)),
            *(_excipient(claim, self._text) for claim in excipients),
        )
        return self._answered(reckoned, parts, questions)

    def _reckoned(self, claims: Sequence[Claim], questions: Questions) -> list[Reckoned]:
        ingredients = without_totals(paired(Picker(questions).ingredients(claims), questions), questions)
        reckoner = Reckoner(self._text, self._catalogue, self._daily, questions)
        return [reckoner.reckoned(each) for each in ingredients]

    def _answered(
        self, reckoned: Sequence[Reckoned], parts: tuple[TextPart, ...], questions: Questions
    ) -> TextReading:
        asks = questions.open()
        per = _per(reckoned, self._pieces)
        typed = questions.answered_ug() if any(ask.code == "amount" for ask in asks) else None
        if typed is not None:
            return _typed(typed, per, parts, self._catalogue)
        return TextReading(
            elemental_ug=None if asks else sum(each.elemental_ug or 0 for each in reckoned),
            per=per,
            parts=parts,
            asks=asks,
            contradictions=contradictions(reckoned, settled=not asks),
            sums=(*(sentence for each in reckoned for sentence in each.sums), *added_up(reckoned)),
            lines=() if asks else kept_lines(reckoned, self._catalogue),
        )


def _typed(elemental_ug: int, per: str, parts: Sequence[TextPart], catalogue: Catalogue) -> TextReading:
    """Return the reading with the magnesium that a person typed, of the form that the text names."""
    sources = [part for part in parts if not part.excipient]
    named = sources[0] if len(sources) == 1 else None
    line = line_of(catalogue, named.compound if named else None, "elemental", amount_ug=elemental_ug)
    if named is not None:
        line = replace(line, compound_ug=named.compound_ug)
        parts = [replace(part, elemental_ug=elemental_ug) if part is named else part for part in parts]
    return TextReading(
        elemental_ug=elemental_ug, per=per, parts=tuple(parts), lines=(line,) if elemental_ug else ()
    )


def _excipient(claim: Claim, text: str) -> TextPart:
    token = next((fact.token for fact in claim.facts if fact.token.value), None)
    weight_ug = None if token is None or token.value is None else micrograms(token.value.value, token.key)
    return excipient_part(claim.head, weight_ug, text)


def _per(reckoned: Sequence[Reckoned], found: Sequence[Token | Mention]) -> str:
    """Return what the figures are for: the serving that counted, else the one the text names."""
    counted = (each.ingredient.serving for each in reckoned)
    named = (piece.serving for piece in found if isinstance(piece, Token))
    serving = next((each for each in (*counted, *named) if each is not None), None)
    return "" if serving is None else serving.text
