"""Filters that show a number once, rounded, and a day in words; no query is made here."""

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django import template
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from foods.text import folded, words
from intake.domain.aim import Aim
from intake.domain.band import Standing
from intake.domain.corrections import offer_sentence, signed
from intake.domain.figures import number, total_number
from intake.domain.references import Citation
from intake.domain.week import NOT_TRACKED, PARTIAL, WeekDay
from intake.domain.wording import listed
from intake.reports.corrections import EntryChange, Offer
from supplements.compounds import written

register = template.Library()

NO_VALUE = "no value"
WHOLE_FROM_UG = 9_950  # below it, mg are shown to 0.1
MANY = 4  # so many days are counted, not named
MANY_WORDS = ("Four", "Five", "Six", "Seven")
MONTHS = (
    "January February March April May June July August September October November December".split()  # noqa: SIM905
)
# Words that open a name of the tables and say only which shelf it stands on.
SHELVES = frozenset(
    (
        "alcoholic beverage",
        "alcoholic beverages",
        "beverages",
        "candies",
        "carbonated",
        "cereals",
        "cereals ready-to-eat",
        "crustaceans",
        "fast foods",
        "fish",
        "game meat",
        "mollusks",
        "nuts",
        "seeds",
        "snacks",
        "spices",
        "sweeteners",
    )
)
_FIRST_PART = re.compile(r"((?:\([^)]*\)|[^,(]|,(?! ))+), (.+)", re.DOTALL)  # up to a comma outside brackets
_ASIDES = re.compile(r" \((?:includes|may) [^()]*\)")
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


# Numbers -------------------------------------------------------------------------------------------


@register.filter
def mg(ug: int | None) -> str:
    """Return µg as mg: whole from 10 up, one decimal below ("0.4"), "no value" for None; rounds half up."""
    if ug is None:
        return NO_VALUE
    return number(ug, 0 if ug >= WHOLE_FROM_UG else 1)


@register.filter
def mg_exact(ug: int | None) -> str:
    """Return µg as mg to the last µg, without trailing zeros: 156_310 gives "156.31"."""
    return NO_VALUE if ug is None else number(ug, 3)


@register.filter
def mg_fine(ug: int | None) -> str:
    """Return µg as mg with at most one decimal, at any size: "70.5", "100"; "no value" for None."""
    return NO_VALUE if ug is None else number(ug, 1)


@register.filter
def mg_more(ug: int | None) -> str:
    """Return what something would add: "+81", or "no value"."""
    return NO_VALUE if ug is None else f"+{mg(ug)}"


@register.filter
def mg_signed(ug: int) -> str:
    """Return a difference in mg with its sign: "+12", "−34", "0"."""
    return signed(ug)


@register.filter
def offer_words(offer: Offer) -> str:
    """Say what a table says now and what the entries keep."""
    return offer_sentence(offer.old, offer.now_ug, offer.difference.entries)


@register.filter
def change_words(entry: EntryChange) -> str:
    """Return what a figure does to one entry: "−7.5", "gets a value", "value goes"."""
    if entry.before_ug is None:
        return "" if entry.after_ug is None else "gets a value"
    return "value goes" if entry.after_ug is None else signed(entry.after_ug - entry.before_ug)


@register.filter
def grams(weight_mg: int | None) -> str:
    """Return a weight in mg as g with the unit: "28.4 g", whole from 100 g up, "" for None."""
    if weight_mg is None:
        return ""
    places = 0 if weight_mg >= 100_000 else 1 if weight_mg >= 1_000 else 3
    return f"{number(weight_mg, places)} g"  # g of mg, as mg of µg


@register.filter
def percent(share: float | Decimal | None) -> str:
    """Return a share of 0 to 1 as "27 %"; "<1 %" for a trace, "" for None."""
    if share is None:
        return ""
    value = Decimal(str(share)) * 100
    return "<1 %" if 0 < value < Decimal("0.5") else f"{_rounded(value, 0)} %"


@register.filter
def percent1(share: float | Decimal | None) -> str:
    """Return a share of 0 to 1 with one decimal: "14.1 %", "" for None."""
    return "" if share is None else f"{_rounded(Decimal(str(share)) * 100, 1)} %"


@register.filter
def formula(text: str) -> str:
    """Return a formula as it is printed: "MgSO₄·7H₂O"."""
    return written(text)


@register.filter
def width(share: float | Decimal | None) -> str:
    """Return a share as the width of a bar in an SVG, "27.3%", kept from 0 to 100."""
    value = min(max(Decimal(str(share or 0)) * 100, Decimal(0)), Decimal(100))
    return f"{_rounded(value, 1).normalize():f}%"


@register.filter
def share_of(part: int | None, whole: int | None) -> float | None:
    """Return part / whole, or None where either is not known or the whole is 0."""
    return part / whole if whole and part is not None else None


def _rounded(value: Decimal, places: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


# Days ----------------------------------------------------------------------------------------------


@register.filter
def day_name(day: dt.date) -> str:
    """Return "Sunday"."""
    return DAYS[day.weekday()]


@register.filter
def short_day(day: dt.date) -> str:
    """Return "Sun 22"."""
    return f"{DAYS[day.weekday()][:3]} {day.day}"


@register.filter
def long_day(day: dt.date, today: dt.date | None = None) -> str:
    """Return "Sunday 22 November", with the year where it is not that of `today`."""
    year = f" {day.year}" if today and day.year != today.year else ""
    return f"{DAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]}{year}"


@register.filter
def clock(at: dt.time | None) -> str:
    """Return "07:35", or "" for None."""
    return f"{at:%H:%M}" if at else ""


@register.filter
def week_title(first: dt.date) -> str:
    """Return "Week 47" for the Monday of an ISO week."""
    return f"Week {first.isocalendar().week}"


@register.filter
def span_to(first: dt.date, last: dt.date) -> str:
    """Return "16 to 22 November", with the months and years that differ written out."""
    end = f"{last.day} {MONTHS[last.month - 1]}"
    if first.year != last.year:
        return f"{first.day} {MONTHS[first.month - 1]} {first.year} to {end} {last.year}"
    if first.month != last.month:
        return f"{first.day} {MONTHS[first.month - 1]} to {end}"
    return f"{first.day} to {end}"


# Words ---------------------------------------------------------------------------------------------


@register.filter
def total_mg(total_ug: int | None, aim: Aim) -> str:
    """Return a total as mg without the unit; outside the band it never reads as if it stood on an edge."""
    return NO_VALUE if total_ug is None else total_number(total_ug, aim.band)


@register.filter
def standing_sentence(total_ug: int | None, aim: Aim) -> str:
    """Say where a day's known total stands to the band; the distance is that between the numbers shown."""
    if aim.band is None:
        return "No band is set, so this total stands on its own."
    low, high = number(aim.band.low_ug, 3), number(aim.band.high_ug, 3)
    if total_ug is None:
        return f"Your band runs from {low} to {high} mg."
    shown_ug = int(Decimal(total_number(total_ug, aim.band).replace(",", "")) * 1000)
    match aim.band.standing(total_ug):
        case Standing.BELOW:
            distance = number(aim.band.low_ug - shown_ug, 3)
            return f"{distance} mg below your band, which starts at {low}."
        case Standing.ABOVE:
            distance = number(shown_ug - aim.band.high_ug, 3)
            return f"{distance} mg above your band, which ends at {high}."
        case _:
            return f"Within your band of {low} to {high} mg."


@register.simple_tag
def cite(citation: Citation | None, label: str = "") -> SafeString:
    """Return a citation in short, or `label` in its place, as a link where an address is held."""
    if citation is None:
        return format_html("{}", label)
    text = label or citation.short
    if not citation.url:
        return format_html("{}", f"{label} ({citation.short})" if label else text)
    return format_html('<a href="{}" rel="noreferrer">{}</a>', citation.url, text)


def marked(name: str, query: str) -> SafeString:
    """Return a name, escaped, with the beginnings that answer the query in bold."""
    asked = words(query or "")
    parts = [_marked_word(word, asked) for word in name.split(" ")]
    return mark_safe(" ".join(parts))  # noqa: S308 (every part is escaped)


@register.filter
def food_name(name: str, query: str = "") -> SafeString:
    """Return a food's name for a row: what it is first, the rest of the name quiet.

    The shelf it stands on and asides such as "(includes boiling)" are left out: "Nuts, almonds, dry
    roasted" gives "Almonds" and ", dry roasted". A query is marked as `marked` does.
    """
    head, tail = _parts(_ASIDES.sub("", name))
    while tail and head.lower() in SHELVES:
        head, tail = _parts(tail)
        head = head[:1].upper() + head[1:]
    if not tail:
        return format_html('<span class="head">{}</span>', marked(head, query))
    return format_html(
        '<span class="head">{}</span><span class="tail">, {}</span>', marked(head, query), marked(tail, query)
    )


def _parts(name: str) -> tuple[str, str]:
    found = _FIRST_PART.fullmatch(name)
    return (found[1], found[2]) if found else (name, "")


@register.filter
def amount_short(amount: str) -> str:
    """Return an amount without what its unit adds: "1 cup, chopped" and "1 cup (from 1 can)" give "1 cup"."""
    return amount.partition(" (from ")[0].partition(",")[0]


def _marked_word(word: str, asked: list[str]) -> str:
    plain = folded(word)
    for part in sorted(asked, key=len, reverse=True):
        if len(plain) == len(word) and plain.startswith(part):
            return format_html("<b>{}</b>{}", word[: len(part)], word[len(part) :])
    return conditional_escape(word)


# The week ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class CountedDays:
    """How many days of a week have one word; `standing` is set for the words that have a glyph."""

    word: str
    days: int
    standing: Standing | None = None


@register.filter
def day_word(day: WeekDay) -> str:
    """Return what a day of the week is: its standing, or why it does not count."""
    if day.mark == NOT_TRACKED:
        return "not tracked"
    if day.total is None:
        return "not logged"
    if day.mark == PARTIAL:
        return "partial"
    if day.total.total_ug is None:
        return NO_VALUE
    return day.standing.value if day.standing else "logged"


@register.filter
def week_counts(days: Iterable[WeekDay]) -> list[CountedDays]:
    """Return how many days are within, below and above, then what else there is of the seven."""
    found = Counter(day_word(day) for day in days)
    rows = [
        CountedDays(f"{standing.value} the band", found[standing.value], standing)
        for standing in (Standing.WITHIN, Standing.BELOW, Standing.ABOVE)
    ]
    others = ("logged", "partial", "not tracked", NO_VALUE, "not logged")
    return rows + [CountedDays(word, found[word]) for word in others if found[word]]


@register.filter
def open_day(days: Iterable[WeekDay], today: dt.date) -> dt.date | None:
    """Return the first day before `today` with nothing logged and no mark, if there is one."""
    return next((day.day for day in days if day.total is None and not day.mark and day.day < today), None)


@register.filter
def left_out(days: Iterable[WeekDay], today: dt.date) -> str:
    """Say which days up to `today` stand outside the mean, and "" where none does."""
    names: dict[str, list[str]] = {"not logged": [], "partial": [], "not tracked": [], NO_VALUE: []}
    for day in days:
        if day.day <= today and (word := day_word(day)) in names:
            names[word].append(day_name(day.day))
    parts = [_these_are(given, word) for word, given in names.items() if given]
    if not parts:
        return ""
    count = sum(len(given) for given in names.values())
    ending = {1: "so it does not count", 2: "so neither counts"}.get(count, "so none of them counts")
    return f"{listed(parts)}, {ending}."


@register.filter
def rest(percent_text: str) -> str:
    """Return what is left to 100 percent, for a chart."""
    return f"{100 - float(percent_text):g}"


@register.filter
def add_px(px: str, more: int) -> str:
    """Return a length of a chart moved by some px."""
    return f"{float(px) + more:g}"


def _these_are(names: Sequence[str], word: str) -> str:
    verb = "is" if len(names) == 1 else "are"
    who = listed(names) if len(names) < MANY else f"{MANY_WORDS[len(names) - MANY]} days"
    return f"{who} {verb} {'without a value' if word == NO_VALUE else word}"
