"""What a label's figures stand for: "per 2 capsules", "je Beutel", "par dose journalière (2 comprimés)"."""

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import IntEnum

_NUM = r"[0-9]+(?:[.,][0-9]+)?(?:/[0-9]+)?"
_SIZE = rf"{_NUM}[ -]?(?:g|grams?|gr|ml|millilit(?:er|re)s?|cl|l|fl\.? ?oz|oz)\b"
_WORD_COUNT = (
    r"(?:one|two|three|four|five|six|ein(?:e|er)?|zwei|drei|une?|deux|trois|uno|due|tre|dos|tres|twee|drie)"
)
_KIND = (
    r"(?:veg(?:an|gie|etable|etarian)?|v-?|hard|soft|film[- ]?coated|effervescent|chewable|level|heaped"
    r"|rounded|small"
    r"|large|delayed-release|daily|recommended|maximum|max|single|adult|full|empfohlene\w*|taglich\w*|mini)"
)
_UNITS = (
    r"(?:v?caps?\b|v?capsul\w*|(?:hart|weich)?kaps(?:el|ul|lar|ler)\w*|gelules?"
    r"|(?:film|brause|kau|lutsch)?tab(?:s|let|lets|lette|letten|lett|letter|letten)?\b|compress[ae]"
    r"|comprim(?:es?|idos?)"
    r"|caplets?|softgels?|gumm(?:y|ies)|sachets?|sticks?|beutel|bustin[ae]|sobres?|pulver|zakjes?|pasar"
    r"|dosispase"
    r"|scoops?|messloffel|measures?|spoonfuls?|tea ?spoons?|tsp|table ?spoons?|tbsp|loffel|cuill?eres?"
    r"|misurin[oi]"
    r"|drops?|tropfen|gouttes?|ampoules?|ampullen?|vials?|flaconcin[oi]|flacons?|bottles?|trinkampulle"
    r"|lozenges?|pastilles?"
    r"|sprays?\b|pumps?|capfuls?|packets?|stick ?packs?|cups?|kopp|glass|tabletki|tablet\w*|dragees?"
    r"|pills?|bars?|wafers?)"
)
_PORTIONS = (
    r"(?:servings?(?: size)?|portion(?:en|s|e|es)?|dos(?:e|es|is|ierung|ages?)|tagesdos(?:is|en)"
    r"|tagesportion|verzehr\w*"
    r"|dose journaliere|dosis diaria|dose giornaliera|dagdosering|dagsdos|day|tag|jour|dag|giorno|dia"
    r"|porzione|racion)"
)
_NOUN = rf"(?:{_KIND}[ -]?)*(?:{_UNITS}|{_PORTIONS})\b"
_COUNTED = rf"(?:{_NUM}|{_WORD_COUNT})[ -]{{0,2}}(?:x ?)?{_NOUN}(?: servings?| daily| a day)?"
_NAMED = rf"{_NOUN}(?: journaliere| diaria| giornaliera| size)?"
_BODY = (
    rf"(?:(?:ml|g|l|lit(?:re|er))\b|{_COUNTED}"
    rf"|{_SIZE}(?:[ -](?:{_KIND} )*(?:{_UNITS}|{_PORTIONS}))?|{_NAMED})"
    rf"(?:,? ?(?:of|de|da|von|van|a|zu|=) ?(?:{_SIZE}|{_COUNTED}))?"
    rf"(?:,? ?\((?:approx\.?|ca\.?|=|about|~)? ?(?:{_SIZE}|{_COUNTED})\))?"
)
_BEFORE = (
    r"(?:(?:amount|average|typical(?:ly)?|values?|contents?|nutrition(?:al)?|information)[ ]+)*"
    r"(?:in each|per|pro|je|par|por|pr\.?|every|each"
    r"|pour|fur|in(?= [0-9])|jede[rs]?|chaque|ogni|cada|elke|i en|auf)"
)
_CONTAINS = (
    r"(?=:? ?(?:typically )?(?:contains?|provides?|supply|supplies|deliver|delivers|give|gives|enthalt\w*"
    r"|enthalten"
    r"|contient|contiennent|apporte(?:nt)?|contiene|contengono|liefert|liefern|bevat|bevatten|innehaller)\b)"
)
PATTERN = (
    rf"(?:\b(?:serving size|suggested serving|portionsgro(?:ß|ss)e|portion size)[: ]+(?P<sized>{_BODY})"
    rf"|\b{_BEFORE} +(?P<per>{_BODY})"
    rf"|\b(?:in )?(?P<holder>{_BODY}){_CONTAINS}"
    rf"|/ ?(?P<slash>{_BODY})"
    rf"|\((?P<inner>{_BODY})\))"
)
GROUPS = ("sized", "per", "holder", "slash", "inner")
_REFERENCE = re.compile(r"(?:100 ?(?:g|gr|grams?|ml)|(?:1 ?)?l(?:it(?:re|er))?)$")
_PORTION = re.compile(_PORTIONS)
_COUNT = re.compile(_NUM)
_WORDS = {
    word: value
    for value, words in enumerate(
        ("one une un uno ein eine einer", "two zwei deux due dos twee", "three drei trois tre tres drie",
         "four", "five", "six"),
        start=1,
    )
    for word in words.split()
}  # fmt: skip


class Rank(IntEnum):
    """Which of several columns of a label counts, the last one first."""

    REFERENCE = 0  # per 100 g: nobody takes that
    UNIT = 1
    PORTION = 2


@dataclass(frozen=True, slots=True)
class Serving:
    """What a figure is given for, as printed, and how it ranks among the columns of its label."""

    text: str
    rank: Rank
    count: Decimal

    @property
    def order(self) -> tuple[int, Decimal]:
        """What to sort columns by: the one that counts is the greatest."""
        return self.rank, self.count


def serving(printed: str, low: str) -> Serving:
    """Return what a phrase such as "3 capsules" or "daily dose (2 sachets)" stands for."""
    printed, low = " ".join(printed.split()), " ".join(low.split())
    if _REFERENCE.match(low):
        return Serving(printed, Rank.REFERENCE, Decimal(0))
    counts = _COUNT.findall(re.sub(_SIZE, "", low))
    first_word = low.split()[0] if low else ""
    count = (
        Decimal(counts[0].replace(",", ".").split("/")[0]) if counts else Decimal(_WORDS.get(first_word, 1))
    )
    rank = Rank.PORTION if _PORTION.search(low) else Rank.UNIT
    if not re.match(rf"{_NUM}|{_WORD_COUNT}\b", low):
        printed = f"1 {printed}" if rank == Rank.UNIT or " " not in printed else printed
    return Serving(printed, rank, count)
