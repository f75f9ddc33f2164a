"""What a text prints side by side, as the lines in which what cannot be shows itself."""

from dataclasses import replace
from decimal import Decimal

from supplements.labels import LabelLine
from supplements.reading.daily import Daily
from supplements.reading.limits import Limits
from supplements.reading.mentions import Catalogue
from supplements.reading.reckoned import Reckoned, line_of

_ROUNDED_UG = 500  # labels print whole milligrams
_ROUNDED = Decimal("0.005")


def checks(found: Reckoned, catalogue: Catalogue, daily: Daily, elemental_ug: int) -> list[LabelLine]:
    """Return an ingredient's printed magnesium, with its compound's weight and the percentage that differ."""
    each = found.ingredient
    if not elemental_ug:
        return []
    slug = found.slug
    if len(each.forms) == 1 and each.forms[0].name.salts == ("glycinate",) and not each.buffered:
        slug = next(iter(catalogue.slugs("bisglycinate")), None)
    holds = Limits(catalogue).limit_ug(each)
    rounded = holds is not None and elemental_ug - holds <= max(_ROUNDED_UG, int(elemental_ug * _ROUNDED))
    weight_ug = None if rounded or len(each.forms) > 1 else found.compound_ug
    line = line_of(catalogue, slug, "elemental", amount_ug=elemental_ug)
    made = [replace(line, compound_ug=weight_ug)]
    agreed = any(daily.agreeing(share, elemental_ug) for share in each.percents)
    if each.percents and not agreed and daily.sure:
        milli, dv_ug = found.percent_milli, daily.values_ug[0]
        made.append(replace(line, basis="percent_dv", amount_ug=None, percent_milli=milli, dv_ug=dv_ug))
    return made
