"""PURE: the row that search keeps of a food: where it stands, and under which lexemes it is found.

A lexeme is a word with one character before it that says which shelf it stands on, so that a look at one
shelf reads nothing of the others: plain foods by the head of their name, plain foods by all their words, then
packaged foods in three shelves, each many times larger than the one before. A small shelf is a fair sample of
the larger ones: what is not found there is rare, and the next one can be read to its end.
"""

from dataclasses import dataclass

from foods.search import names, ranking
from foods.search.wording import stem
from foods.text import words

HEAD, PLAIN, EDITION = "0", "1", "9"
PACKAGED = ("2", "3", "4")
ID_BITS = 40  # a place is the lack of score, then the food's id: unique, and never moved by another food
PACKAGED_SOURCES = frozenset({"usda-branded", "openfoodfacts"})

# The share of packaged foods on the first shelf and on the first two; more of those with a value.
_SHARES = {False: (1 / 128, 1 / 12), True: (1 / 32, 1 / 3)}
_SPREAD = 2_654_435_761  # spreads ids over 32 bits: the golden ratio, as Knuth has it


@dataclass(frozen=True, slots=True, kw_only=True)
class NewFood:
    """What search needs to know of a food."""

    id: int
    name: str
    brand: str = ""
    category: str = ""
    gtin: str = ""
    source_code: str = ""
    known: bool = True  # has a magnesium value
    portions: int = 0
    uses: int = 0  # times logged
    gone: bool = False  # retired or merged: comes last, and is not shown
    edition_id: int | None = None  # that brought the food


Row = tuple[int, int, str]  # place, food id, lexemes in order with spaces between


def row(food: NewFood, edition_id: int | None = None) -> Row:
    """Return the row of a food that an edition brought, or none."""
    packaged = is_packaged(food)
    score, found = _packaged(food) if packaged else _plain(food)
    if edition_id is not None:
        found.add(f"{EDITION}{edition_id}")
    place = (ranking.MAX_SCORE - (0 if food.gone else score)) << ID_BITS | food.id
    return place, food.id, " ".join(sorted(found))


def is_packaged(food: NewFood) -> bool:
    """Say whether a food is one product of a shop rather than a kind of food."""
    return bool(food.gtin) or food.source_code in PACKAGED_SOURCES


def score_of(place: int) -> int:
    """Return the standing score that a place was made of."""
    return ranking.MAX_SCORE - (place >> ID_BITS)


def words_in(lexemes: str) -> set[str]:
    """Return the words of letters that slips are mended with, from the lexemes of one food."""
    found = {lexeme[1:] for lexeme in lexemes.split() if len(lexeme) > 3}
    return {word for word in found if word.isalpha()}


def _plain(food: NewFood) -> tuple[int, set[str]]:
    score = ranking.score(
        ranking.Standing(
            name=food.name,
            brand=food.brand,
            category=food.category,
            source_code=food.source_code,
            known=food.known,
            portions=food.portions,
            uses=food.uses,
        )
    )
    reading = names.read_name(food.name)
    found = {HEAD + word for word in reading.head.split()}
    found.update(PLAIN + word for word in (*reading.all.split(), *words(food.brand)))
    return score, found


def _packaged(food: NewFood) -> tuple[int, set[str]]:
    named = words(food.name)
    stems = [stem(word) for word in named]
    shelf = PACKAGED[-1] if food.gone else _shelf(food)
    found = {*named, *stems, *names.alias_words(stems), *words(food.brand)}
    score = ranking.packaged_score(len(named), known=food.known, portions=food.portions, uses=food.uses)
    return score, {shelf + word for word in found}


def _shelf(food: NewFood) -> str:
    """Return the shelf of a packaged food: the first if it was logged, else one that its id decides."""
    first, second = _SHARES[food.known]
    drawn = food.id * _SPREAD % 2**32 / 2**32
    if food.uses or drawn < first:
        return PACKAGED[0]
    return PACKAGED[1] if drawn < second else PACKAGED[2]
