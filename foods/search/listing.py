"""Foods by their words for curators: retired, merged and doubled ones too, in the standing order."""

from django.db import connection

from foods.models import Food, Source
from foods.search.barcodes import gtins
from foods.search.rows import ID_BITS, PACKAGED, PLAIN
from foods.search.tables import fetch
from foods.text import words

MOST = 1_000  # foods a list of the desk looks at for one search
MAX_WORDS = 8

_LOOK = {
    "sqlite": "SELECT rowid FROM foods_search_fts WHERE foods_search_fts MATCH %s ORDER BY rowid LIMIT %s",
    "postgresql": "SELECT place FROM foods_search WHERE lexemes @@ %s::tsquery ORDER BY place LIMIT %s",
}


def listed(query: str, limit: int = MOST, *, whole: bool = False) -> list[int]:
    """Return the ids of foods with all words of a query at the beginning of one of theirs, best first.

    With `whole`, only whole words count, which is quicker for a long name.
    Looks at name, everyday names and brand; a query that is a record id or a barcode finds that first. Any
    text may be asked; one without a letter or digit finds nothing. Six queries at most: a look at a shelf is
    spared where those before found enough.
    """
    typed = words(query)[:MAX_WORDS]
    if not typed:
        return []
    found = _named_so(query.strip())
    for shelf in (PLAIN, *PACKAGED):
        if len(found) < limit:
            asked = _asked([shelf + word for word in typed], "" if whole else "*")
            rows = fetch(_LOOK[connection.vendor], [asked, limit - len(found)])
            found += [place & (2**ID_BITS - 1) for (place,) in rows]
    return [*dict.fromkeys(found)][:limit]


def _asked(lexemes: list[str], star: str) -> str:
    if connection.vendor == "sqlite":
        return " AND ".join(f'"{lexeme}"{star}' for lexeme in lexemes)
    return " & ".join(f"'{lexeme}'{star and ':*'}" for lexeme in lexemes)


def _named_so(key: str) -> list[int]:
    """Look a record up under each source in turn, which is what the index is by; then a barcode."""
    if not 0 < len(key) <= 80 or "\0" in key:
        return []
    foods = Food.objects.filter(source__in=Source.objects.values("pk"), source_key=key)
    found = [*foods.values_list("pk", flat=True)[:50]]
    if codes := gtins(key):
        found += Food.objects.exclude(gtin="").filter(gtin__in=codes).values_list("pk", flat=True)[:50]
    return found
