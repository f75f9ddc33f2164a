"""An ingredient to its elemental magnesium: the printed before the computed, a question before a guess."""

from decimal import Decimal

from supplements.reading import daily, words
from supplements.reading.checking import checks
from supplements.reading.daily import Daily
from supplements.reading.ingredients import Ingredient, Weighed
from supplements.reading.limits import Limits
from supplements.reading.mentions import Catalogue
from supplements.reading.questions import Questions
from supplements.reading.reckoned import Reckoned

MOST_UG = 5_000_000  # a serving that gives more has been misread
_SLACK = Decimal("1.1")
_SAME = Decimal("0.005")
MOST_COMPOUND_UG = 1_000_000_000  # 1 kg
_LEAST = Decimal("0.6")  # of what a formula gives: below that a percentage speaks of something else


class Reckoner:
    """Works out ingredients, asking where a text does not say enough."""

    def __init__(self, text: str, catalogue: Catalogue, daily_values: Daily, questions: Questions) -> None:
        self._text = text
        self._catalogue = catalogue
        self._daily = daily_values
        self._ask = questions
        self._limits = Limits(catalogue)

    def reckoned(self, each: Ingredient) -> Reckoned:
        """Return what an ingredient comes to."""
        found = Reckoned(ingredient=each, compound_ug=each.weighs_ug)
        if (found.compound_ug or 0) > MOST_COMPOUND_UG:
            self._ask.amount(words.ABSURD.format(mg=words.mg(found.compound_ug or 0)))
            return found
        if each.percents:
            found.percent_milli = int(each.percents[0] * 1_000)
        if found.compound_ug == 0 and each.elemental_ug is None:
            found.basis, found.elemental_ug = "compound", 0
        elif each.unsettled and not each.percents:
            self._shares_alone(found)
        elif each.elemental_ug is not None:
            self._printed(found, each.elemental_ug)
        elif found.compound_ug is not None and each.assay is not None:
            self._assayed(found, found.compound_ug, each.assay)
        elif found.compound_ug is not None:
            self._weighed(found, found.compound_ug)
        elif each.percents and (self._daily.named or each.itself):
            self._percentage(found, each.percents[0])
        elif not (self._ask.asks or self._ask.reasons):
            self._ask.amount(words.NO_FIGURE)
        if found.elemental_ug is not None and found.elemental_ug > MOST_UG:
            self._ask.amount(words.ABSURD.format(mg=words.mg(found.elemental_ug)))
            found.elemental_ug = None
        return found

    def _printed(self, found: Reckoned, elemental_ug: int) -> None:
        """Take the printed magnesium, unless something else in the text cannot be true beside it."""
        each = found.ingredient
        limit = self._limits.limit_ug(each)
        weight = found.compound_ug
        one = each.forms[0] if len(each.forms) == 1 else None
        if one is not None:
            found.slug = self._limits.nearest(one, elemental_ug)
            found.exact = len(one.name.slugs) == 1
        if each.buffered:
            found.slug = None
        found.checks = checks(found, self._catalogue, self._daily, elemental_ug)
        same = weight is not None and abs(weight - elemental_ug) <= weight * _SAME
        too_much = limit is not None and (elemental_ug > limit * _SLACK or same)
        if too_big := self._limits.too_big(each, elemental_ug):
            found.impossible.append(too_big)
        if too_much or too_big or not self._agrees(found, elemental_ug):
            self._basis(found, elemental_ug)
            return
        found.elemental_ug = elemental_ug
        if weight:
            share = words.percent(Decimal(elemental_ug) / weight)
            found.sums.append(f"{words.mg(elemental_ug)} mg of {words.mg(weight)} mg is {share} magnesium.")

    def _agrees(self, found: Reckoned, elemental_ug: int) -> bool:
        agreed = [self._daily.agreeing(share, elemental_ug) for share in found.ingredient.percents]
        if agreed and any(agreed):
            found.dv_ug = next(dv_ug for dv_ug in agreed if dv_ug)
            return True
        found.dv_ug = self._daily.values_ug[0] if agreed and self._daily.sure else None
        return not agreed or elemental_ug == 0

    def _basis(self, found: Reckoned, elemental_ug: int) -> None:
        """Ask which of two figures is meant: the printed one, a compound's weight, or the percentage."""
        each = found.ingredient
        options = [("elemental", f"{words.mg(elemental_ug)} mg is the magnesium itself")]
        one = each.forms[0] if len(each.forms) == 1 else None
        weight = found.compound_ug or elemental_ug
        if one is not None:
            options += self._form_options(one, weight)
        if each.percents and self._daily.sure:
            options.append(self._percent_option(each.percents[0]))
        chosen = self._ask.choose("basis", "Two readings do not agree. What does the label mean?", options)
        if chosen == "elemental":
            found.elemental_ug = elemental_ug
        elif chosen == "percent":
            found.compound_ug = each.weighs_ug
            self._percentage(found, each.percents[0])
        elif chosen is not None:
            self._compute(found, chosen, weight)

    def _shares_alone(self, found: Reckoned) -> None:
        """Ask what amounts inside brackets are when nothing stands outside them."""
        each = found.ingredient
        total = found.compound_ug or 0
        options = [("elemental", f"{words.mg(total)} mg is the magnesium itself")]
        if len(each.forms) == 1:
            options += self._form_options(each.forms[0], total)
        chosen = self._ask.choose("basis", "Is this weight the magnesium or the compound?", options)
        if chosen == "elemental":
            found.elemental_ug, found.compound_ug = total, None
        elif chosen is not None:
            self._compute(found, chosen, total)

    def _assayed(self, found: Reckoned, weight_ug: int, share: Decimal) -> None:
        """Take a printed share of the compound: "14 % magnesium"."""
        elemental_ug = int(weight_ug * share + Decimal("0.5"))
        found.ingredient.elemental_ug = elemental_ug
        self._printed(found, elemental_ug)
        if found.elemental_ug is not None:
            found.sums = [f"{words.mg(weight_ug)} mg × {words.percent(share)} = {words.mg(elemental_ug)} mg."]

    def _percentage(self, found: Reckoned, percent: Decimal) -> None:
        dv_ug = self._daily.values_ug[0]
        shown = f"{percent.normalize():f} %"
        if not self._daily.sure:
            code = self._ask.choose("daily-value", f"{shown} of which daily value?", daily.options())
            if code is None:
                return
            dv_ug = daily.chosen_ug(code)
        found.basis, found.dv_ug = "percent_dv", dv_ug
        found.elemental_ug = daily.part_ug(percent, dv_ug)
        found.percent_milli = int(percent * 1_000)
        found.sums.append(f"{shown} of {words.mg(dv_ug)} mg = {words.mg(found.elemental_ug)} mg.")
        if len(found.ingredient.forms) == 1:
            found.slug = self._limits.nearest(found.ingredient.forms[0], found.elemental_ug)
            found.exact = len(found.ingredient.forms[0].name.slugs) == 1

    def _weighed(self, found: Reckoned, weight_ug: int) -> None:
        """Work out a compound's weight: by the percentage beside it, else by its formula."""
        each = found.ingredient
        if len(each.forms) > 1:
            self._together(found, weight_ug)
            return
        form = each.forms[0]
        if each.percents and self._settled(found, form, weight_ug, each.percents[0]):
            return
        if self._limits.fixed(form) and not each.percents and not each.buffered:
            self._compute(found, form.name.slugs[0], weight_ug)
            return
        if not form.name.slugs or each.buffered:
            self._ask.amount(words.NO_FORMULA.format(name=self._printed_name(form)))
            return
        options = [
            *self._form_options(form, weight_ug),
            ("elemental", f"{words.mg(weight_ug)} mg of magnesium itself"),
        ]
        if each.percents and self._daily.sure:
            options.append(self._percent_option(each.percents[0]))
        named = self._printed_name(form)
        chosen = self._ask.choose("form", f"{words.mg(weight_ug)} mg of “{named}”: which is it?", options)
        if chosen == "elemental":
            each.elemental_ug, found.elemental_ug, found.compound_ug = weight_ug, weight_ug, None
            found.slug, found.exact = form.name.slugs[0], len(form.name.slugs) == 1
        elif chosen == "percent":
            self._percentage(found, each.percents[0])
        elif chosen is not None:
            self._compute(found, chosen, weight_ug)

    def _together(self, found: Reckoned, weight_ug: int) -> None:
        """Take the percentage beside the weight of several forms; without one the weight says nothing."""
        percents = found.ingredient.percents
        itself = bool(percents) and self._daily.agreeing(percents[0], weight_ug)
        if itself:
            found.ingredient.elemental_ug = found.elemental_ug = weight_ug
            found.compound_ug = None
        elif percents and daily.part_ug(percents[0], self._daily.values_ug[0]) < weight_ug:
            self._percentage(found, percents[0])
        else:
            self._ask.amount("Several forms share one weight.")

    def _settled(self, found: Reckoned, form: Weighed, weight_ug: int, percent: Decimal) -> bool:
        """Let a percentage say whether a weight is the compound's or the magnesium's, if it fits only one."""
        slugs = form.name.slugs
        fits = [s for s in slugs if self._daily.agreeing(percent, int(weight_ug * self._limits.fraction(s)))]
        itself = self._daily.agreeing(percent, weight_ug)
        if itself and not fits:
            found.compound_ug = form.ug = None
            found.ingredient.elemental_ug = found.elemental_ug = weight_ug
            found.dv_ug, found.slug, found.exact = itself, slugs[0] if slugs else None, len(slugs) == 1
            return True
        if itself:
            return False
        if len(fits) == 1:
            self._compute(found, fits[0], weight_ug)
            return True
        by_share = daily.part_ug(percent, self._daily.values_ug[0])
        most = min(self._limits.most(form, buffered=False) * _SLACK, 1 - _SAME)
        least = min((self._limits.fraction(slug) for slug in slugs), default=Decimal(0)) * _LEAST
        if self._daily.sure and weight_ug * least <= by_share <= weight_ug * most:
            self._percentage(found, percent)
            return True
        found.checks = checks(found, self._catalogue, self._daily, by_share)
        return False

    def _compute(self, found: Reckoned, slug: str, weight_ug: int) -> None:
        fraction = self._limits.fraction(slug)
        found.basis, found.slug, found.exact, found.compound_ug = "compound", slug, True, weight_ug
        found.elemental_ug = int(weight_ug * fraction + Decimal("0.5"))
        name = words.of_form(self._catalogue.forms[slug])
        weight, share = words.mg(weight_ug), words.percent(fraction)
        found.sums.append(f"{weight} mg of {name} × {share} = {words.mg(found.elemental_ug)} mg.")

    def _form_options(self, form: Weighed, weight_ug: int) -> list[tuple[str, str]]:
        forms = self._catalogue.forms
        slugs = form.name.slugs
        if form.name.salts == ("glycinate",):
            slugs = self._catalogue.slugs("bisglycinate")
        return [(slug, f"{words.mg(weight_ug)} mg of {words.of_form(forms[slug])}") for slug in slugs]

    def _percent_option(self, percent: Decimal) -> tuple[str, str]:
        return "percent", f"{percent.normalize():f} % of {words.mg(self._daily.values_ug[0])} mg"

    def _printed_name(self, form: Weighed) -> str:
        return " ".join(self._text[form.name.start : form.name.end].split())
