"""Claims to ingredients: one figure for each column of a label, and which magnesium is whose."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from supplements.reading import words
from supplements.reading.claims import Claim, Fact, Role
from supplements.reading.clauses import is_reference
from supplements.reading.mentions import Mention, Sort
from supplements.reading.questions import Questions
from supplements.reading.servings import Serving
from supplements.reading.tokens import Token, micrograms

CLOSE = Decimal("0.01")
_MOLES_CLOSE = Decimal("0.05")


@dataclass(slots=True, kw_only=True, eq=False)
class Weighed:
    """A form and the weight printed of it: of the compound, or (`elemental`) of the magnesium it gives."""

    name: Mention
    ug: int | None = None
    elemental: bool = False


@dataclass(slots=True, kw_only=True, eq=False)
class Ingredient:
    """What is known of one ingredient: its magnesium as printed, its forms and their weights, percentages."""

    elemental_ug: int | None = None
    forms: list[Weighed] = field(default_factory=list)
    percents: list[Decimal] = field(default_factory=list)
    assay: Decimal | None = None
    serving: Serving | None = None
    buffered: bool = False
    total: bool = False
    of: "Ingredient | None" = None
    gives: bool = False
    itself: bool = False  # named as magnesium, its forms only said of it
    unsettled: bool = False  # shares without a total: elemental or compound?

    @property
    def weighs_ug(self) -> int | None:
        """What its forms weigh together; None if no weight is printed."""
        weights = [form.ug for form in self.forms if form.ug is not None and not form.elemental]
        return sum(weights) if weights else None

    @property
    def silent(self) -> bool:
        """Whether it has no figure at all."""
        return self.elemental_ug is None and not self.percents and all(form.ug is None for form in self.forms)


class Picker:
    """Reads one figure out of the printed ones, asking where they do not agree."""

    def __init__(self, questions: Questions) -> None:
        self._ask = questions

    def ingredients(self, claims: Iterable[Claim]) -> list[Ingredient]:
        """Return the ingredients that hold magnesium, in the text's order."""
        made: dict[int, Ingredient] = {}
        for claim in _one_a_column([claim for claim in claims if claim.magnesium or claim.form]):
            ingredient = made[id(claim)] = self._ingredient(claim)
            ingredient.of = made.get(id(claim.of))
        return list(made.values())

    def _ingredient(self, claim: Claim) -> Ingredient:
        for doubt in claim.doubts:
            self._ask.amount(words.DOUBTS[doubt.key].format(printed=" ".join(doubt.low.split())))
        made = Ingredient(buffered=claim.buffered, total=claim.head.total)
        made.gives, made.itself = claim.gives, claim.magnesium
        facts, made.serving = self._column(claim.facts)
        sure = [f for f in facts if claim.magnesium or claim.all_elemental or f.role is Role.ELEMENTAL]
        made.elemental_ug = self._one(sure)
        if claim.form:
            plain = [fact for fact in facts if fact not in sure]
            weight = self._one(plain)
            made.forms = [Weighed(name=_narrower(claim), ug=None if weight == made.elemental_ug else weight)]
            if made.elemental_ug is not None and weight == made.elemental_ug and len(plain) and len(sure):
                made.forms[0].ug = weight
        made.forms += self._described(claim)
        made.percents = [self._share(token) for token in claim.percents if _of_column(token, claim, facts)]
        made.assay = None if claim.assay is None else self._share(claim.assay) / 100
        self._shares(claim, made)
        return made

    def _column(self, facts: Sequence[Fact]) -> tuple[list[Fact], Serving | None]:
        """Return the facts of the column that counts, and what it is for."""
        usable = [fact for fact in facts if not is_reference(fact.serving)]
        if facts and not usable:
            self._ask.amount(words.PER_100)
        best = max((fact.serving.order for fact in usable if fact.serving), default=None)
        kept = [fact for fact in usable if best is None or (fact.serving and fact.serving.order == best)]
        return kept, kept[0].serving if kept else None

    def _one(self, facts: Sequence[Fact]) -> int | None:
        """Return the amount that some facts agree on, the mass before the moles; ask which if they do not."""
        masses = [fact for fact in facts if fact.token.key not in ("mmol", "meq")]
        moles = [fact for fact in facts if fact not in masses]
        amounts = [ug for fact in (*masses, *moles) if (ug := self._ug(fact.token)) is not None]
        if not amounts or len(amounts) < len(facts):
            return None
        first = amounts[0]
        if all(near(first, ug, CLOSE) for ug in amounts[1 : len(masses)]) and all(
            near(first, ug, _MOLES_CLOSE) or abs(first - ug) <= _half_step(fact.token)
            for ug, fact in zip(amounts[len(masses) :], moles, strict=True)
        ):
            return first
        distinct = dict.fromkeys(amounts)
        chosen = self._ask.choose(
            "figure",
            f"The text gives {' and '.join(words.mg(ug) + ' mg' for ug in distinct)} for the same magnesium."
            " Which one is for what you take?",
            [(str(ug), f"{words.mg(ug)} mg") for ug in distinct],
        )
        return None if chosen is None else int(chosen)

    def _ug(self, token: Token) -> int | None:
        assert token.value is not None
        value = token.value.value
        if token.value.other is not None:
            plain, thousands = (words.mg(micrograms(v, token.key)) for v in (value, token.value.other))
            chosen = self._ask.choose(
                "number",
                f"“{token.low}”: does the dot mark decimals or thousands?",
                [("decimals", f"{plain} mg"), ("thousands", f"{thousands} mg")],
            )
            if chosen is None:
                return None
            value = token.value.other if chosen == "thousands" else value
        return micrograms(value, token.key)

    def _share(self, token: Token) -> Decimal:
        assert token.value is not None
        return token.value.value

    def _described(self, claim: Claim) -> list[Weighed]:
        """Return the forms said of a claim; "Magtein (magnesium L-threonate)" names one form twice."""
        forms = [name for name in claim.forms if name.sort is Sort.FORM]
        if claim.form and len(forms) == 1 and _same_salt(forms[0], claim.head):
            return []
        return [Weighed(name=name) for name in forms]

    def _shares(self, claim: Claim, made: Ingredient) -> None:
        """Take the weights inside the brackets of a figure for what they are."""
        shares = [(name, fact.role, self._ug(fact.token)) for name, fact in claim.shares]
        known = [ug for _, _, ug in shares if ug is not None]
        if not shares or len(known) < len(shares):
            return
        plain = all(role is Role.SHARE for _, role, _ in shares)
        total = made.elemental_ug
        parts = plain and len(known) > 1 and total is not None and near(sum(known), total, CLOSE)
        if plain and total is not None and sum(known) < total and not parts:
            self._ask.amount(f"The parts come to {words.mg(sum(known))} mg, not {words.mg(total)} mg.")
        made.unsettled = plain and total is None and claim.magnesium
        for weighed in made.forms:
            for name, _, ug in shares:
                if weighed.name is name:
                    weighed.ug, weighed.elemental = ug, parts


def _of_column(percent: Token, claim: Claim, kept: Sequence[Fact]) -> bool:
    """Say whether a percentage stands behind an amount of the column that counts, or behind none."""
    before = [fact for fact in claim.facts if fact.token.start < percent.start]
    return not before or max(before, key=lambda fact: fact.token.start) in kept


_GLYCINATES = {("glycinate",), ("bisglycinate",)}


def _same_salt(first: Mention, second: Mention) -> bool:
    return first.salts == second.salts or {first.salts, second.salts} == _GLYCINATES


def _narrower(claim: Claim) -> Mention:
    """Return a claim's form by the name that says most: "magnesium citrate (trimagnesium dicitrate)"."""
    again = [name for name in claim.forms if name.slugs and _same_salt(name, claim.head)]
    narrow = min(again, key=lambda name: len(name.slugs), default=None)
    if narrow is not None and (not claim.head.slugs or len(narrow.slugs) < len(claim.head.slugs)):
        return narrow
    return claim.head


def _one_a_column(claims: Sequence[Claim]) -> list[Claim]:
    """Put the columns of a label together that name magnesium again: "per capsule ..; per 3 capsules .."."""
    kept: list[Claim] = []
    for claim in claims:
        last = next((other for other in kept if _same_elsewhere(other, claim)), None)
        if last is None:
            kept.append(claim)
        else:
            last.facts += claim.facts
            last.percents += claim.percents
    return kept


def _same_elsewhere(first: Claim, second: Claim) -> bool:
    columns = [{fact.serving.order for fact in claim.facts if fact.serving} for claim in (first, second)]
    plain = first.magnesium and second.magnesium and not second.forms and not (second.gives or second.of)
    return plain and all(columns) and not columns[0] & columns[1]


def near(first: int, second: int, fraction: Decimal = CLOSE) -> bool:
    """Say whether two amounts differ by no more than a fraction of the larger."""
    return abs(first - second) <= fraction * max(first, second)


def _half_step(token: Token) -> int:
    """Return half the last place of an amount in mmol or mEq, in µg: labels round them."""
    assert token.value is not None
    exponent = token.value.value.as_tuple().exponent
    places = exponent if isinstance(exponent, int) else 0
    return micrograms(Decimal("0.51").scaleb(min(0, places)), token.key)
