"""What a reading has to ask, and the answers it was given."""

from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation

from supplements.reading.shapes import Ask, Option

MAX_ANSWER_MG = 20_000
MOST_ASKS = 8
_HOW_MUCH = "How much magnesium (elemental) does the label give, in mg?"


class Questions:
    """Collects the questions of one reading; a question that was answered is not asked again."""

    def __init__(self, answers: Mapping[str, str]) -> None:
        self._answers = answers
        self._counts: dict[str, int] = {}
        self.asks: list[Ask] = []
        self.reasons: list[str] = []

    def choose(self, code: str, text: str, options: Sequence[tuple[str, str]]) -> str | None:
        """Return the value that was chosen; else ask, and return None."""
        self._counts[code] = self._counts.get(code, 0) + 1
        if self._counts[code] > 1:
            code = f"{code}-{self._counts[code]}"
        answer = self._answers.get(code)
        if answer in {value for value, _ in options}:
            return answer
        self.asks.append(
            Ask(code=code, text=text, options=tuple(Option(value=v, text=t) for v, t in options))
        )
        return None

    def amount(self, reason: str) -> None:
        """Say why only the label's own elemental figure can help."""
        if reason not in self.reasons:
            self.reasons.append(reason)

    def answered_ug(self) -> int | None:
        """Return the elemental amount that was typed, µg; None if none was, or it can be none."""
        try:
            mg = Decimal(self._answers.get("amount", "").strip().replace(",", "."))
        except InvalidOperation:
            return None
        if not mg.is_finite() or not 0 <= mg <= MAX_ANSWER_MG:
            return None
        return int(mg * 1_000 + Decimal("0.5"))

    def open(self) -> tuple[Ask, ...]:
        """Return the questions that are open; the one for an amount stands for all reasons, and alone."""
        if self.reasons:
            text = f"{' '.join(self.reasons)} {_HOW_MUCH}"
            return (Ask(code="amount", text=text),)
        if len(self.asks) > MOST_ASKS:
            return (Ask(code="amount", text="The text leaves many things open. " + _HOW_MUCH),)
        return tuple(self.asks)
