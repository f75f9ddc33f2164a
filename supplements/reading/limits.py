"""How much magnesium forms can hold, and a capsule with them."""

from decimal import Decimal

from supplements.compounds import magnesium_fraction
from supplements.labels import BUFFERED_FRACTION
from supplements.reading import words
from supplements.reading.ingredients import Ingredient, Weighed
from supplements.reading.mentions import Catalogue
from supplements.reading.vocabulary import waters_of

_GLYCINATES = frozenset({"glycinate", "bisglycinate"})
# What one weighs at most, g; a capsule of the largest size holds under 2 g.
_HEAVIEST_G = {"caps": 2, "kaps": 2, "gelul": 2, "softgel": 2, "tab": 3, "compr": 3, "caplet": 3}
_FIZZY = ("efferv", "brause")
_UG_PER_G = 1_000_000


class Limits:
    """What the formulas of a catalogue allow."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    def fraction(self, slug: str) -> Decimal:
        """Return the share of magnesium of a form that has a formula."""
        return magnesium_fraction(self._catalogue.forms[slug].formula)

    def most(self, form: Weighed, *, buffered: bool) -> Decimal:
        """Return the greatest share that a form may hold; 1 where no formula limits it."""
        salts = form.name.salts
        if buffered and set(salts) <= _GLYCINATES:
            return BUFFERED_FRACTION
        slugs = form.name.slugs
        if salts == ("glycinate",):
            slugs = self._catalogue.slugs("bisglycinate")
        return max((self.fraction(slug) for slug in slugs), default=Decimal(1))

    def fixed(self, form: Weighed) -> bool:
        """Say whether a name leaves one formula: a hydrate that is the only one listed has to be named so."""
        slugs = form.name.slugs
        return len(slugs) == 1 and (form.name.watered or not waters_of(self._catalogue.forms[slugs[0]]))

    def limit_ug(self, each: Ingredient) -> Decimal | None:
        """Return the most magnesium that the printed weights can hold; None if none is printed."""
        weighed = [form for form in each.forms if form.ug is not None and not form.elemental]
        if not weighed:
            return None
        limits = [(form.ug or 0) * self.most(form, buffered=each.buffered) for form in weighed]
        return sum(limits, Decimal(0))

    def nearest(self, form: Weighed, elemental_ug: int) -> str | None:
        """Return the form whose formula fits a printed pair best, the commonest if no weight is printed.

        121.5 mg in 1,803 mg of aspartate is the tetrahydrate.
        """
        slugs = form.name.slugs
        if not form.ug or not slugs:
            return slugs[0] if slugs else None
        share = Decimal(elemental_ug) / form.ug
        return min(slugs, key=lambda slug: abs(self.fraction(slug) - share))

    def too_big(self, each: Ingredient, elemental_ug: int) -> str:
        """Return a sentence if one capsule or tablet would weigh more than one can; else an empty text."""
        if each.serving is None or each.serving.count != 1 or each.buffered or len(each.forms) != 1:
            return ""
        low = each.serving.text.lower()
        heaviest_g = next((grams for word, grams in _HEAVIEST_G.items() if word in low), None)
        if heaviest_g is None or any(word in low for word in _FIZZY) or each.forms[0].ug is not None:
            return ""
        needed_g = Decimal(elemental_ug) / self.most(each.forms[0], buffered=False) / _UG_PER_G
        if needed_g <= heaviest_g:
            return ""
        mg, g = words.mg(elemental_ug), round(needed_g, 1)
        return words.TOO_BIG.format(mg=mg, g=g, serving=each.serving.text)
