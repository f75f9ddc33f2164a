"""The words of labels: forms, hydration, other nutrients, and what joins them; folded, in six languages."""

import re

from supplements.compounds import Form

# An anion's word, and which built-in forms it may mean. An empty tuple: no fixed formula.
ANIONS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("hydroxide", r"h[iy]drox[iy]de?|idrossido|hidroxido|hydroxyd", ("hydroxide",)),
    ("oxide", r"ox[iy]d[eo]?|ossido|oksidi?|tlenek", ("oxide",)),
    ("carbonate", r"[ck]arbonaa?t[eo]?", ("carbonate", "carbonate-basic-light", "carbonate-basic-heavy")),
    (
        "citrate",
        r"[cz]itraa?t[eo]?|citric acid|[cz]itronensaure|cytrynian|acide citrique",
        ("citrate-tri-anhyd", "citrate-tri-9h2o", "citrate-tri-14h2o", "citrate-mono"),
    ),
    (
        "bisglycinate",
        r"(?:bis|di)[- ]?gl[yi][ck]inaa?t[eo]?",
        ("bisglycinate", "bisglycinate-2h2o"),
    ),
    ("glycinate", r"gl[yi][ck]inaa?t[eo]?", ()),
    ("malate", r"malaa?t[eo]?", ("malate", "malate-3h2o", "dimg-malate")),
    ("threonate", r"(?:l[- ]?)?th?reonaa?t[eo]?", ("threonate", "threonate-h2o")),
    (
        "acetyl taurate",
        r"acet[iy]l[- ]?(?:l-)?taur(?:in)?aa?t[eo]?",
        ("acetyltaurate-2h2o",),
    ),
    ("taurate", r"taur(?:in)?aa?t[eo]?", ("taurate",)),
    ("orotate", r"orotaa?t[eo]?", ("orotate", "orotate-2h2o")),
    ("gluconate", r"glu[ck]onaa?t[eo]?", ("gluconate", "gluconate-2h2o")),
    ("lactate", r"la[ck]taa?t[eo]?|lattato", ("lactate", "lactate-2h2o")),
    (
        "aspartate",
        r"bis ?\( ?hydrogen[- ]?(?:l-)?aspartaa?t[eo]? ?\)|(?:h[iy]drogen[- ]?)?(?:l-)?aspartaa?t[eo]?",
        ("aspartate", "aspartate-2h2o", "aspartate-4h2o"),
    ),
    ("chloride", r"chloride?|chlorure|[ck]loruro|klorid[i]?|cloreto", ("chloride", "chloride-6h2o")),
    ("sulfate", r"sul(?:f|ph)aa?t[eo]?|solfato", ("sulfate", "sulfate-7h2o")),
    ("ascorbate", r"(?:l-)?ascorbaa?t[eo]?", ("ascorbate",)),
    ("pidolate", r"(?:l-)?pidolaa?t[eo]?|(?:l-)?pyroglutamaa?t[eo]?", ("pidolate",)),
    ("glycerophosphate", r"gl[yi]cero(?:ph|f)os(?:ph|f)aa?t[eo]?", ("glycerophosphate",)),
    ("fumarate", r"fumaraa?t[eo]?", ("fumarate",)),
    ("succinate", r"su[ck]{1,2}inaa?t[eo]?", ("succinate",)),
    ("salicylate", r"sali[cz][yi]laa?t[eo]?", ("salicylate", "salicylate-4h2o")),
    ("acetate", r"a[cz]etaa?t[eo]?", ("acetate",)),
    ("hydrogen phosphate", r"h[iy]drogen ?(?:ph|f)os(?:ph|f)aa?t[eo]?", ("phosphate-dibasic-3h2o",)),
    ("phosphate", r"(?:ph|f)os(?:ph|f)aa?t[eo]?", ()),
    ("picolinate", r"pi[ck]olinaa?t[eo]?", ("picolinate-2h2o",)),
    ("lysinate", r"(?:bis[- ]?)?l[yi]sinaa?t[eo]?", ("lysinate",)),
    ("trisilicate", r"trisili[ck]aa?t[eo]?", ("trisilicate",)),
    (
        "stearate",
        r"stearaa?t[eo]?|estearato|fatty acids?|(?:speise)?fettsauren|acides gras|acidi grassi|vetzuren",
        (),
    ),
)
EXCIPIENT = "stearate"
# Salts that the table does not hold, or that are mixtures: never computed.
UNFIXED = (
    "tartrate|glutamate|arginate|alpha-ketoglutarate|ketoglutarate|creatinate|caprylate|caprate|pyruvate|butyrate"
    "|beta-hydroxybutyrate|hydroxycitrate|borate|silicate|adipate|nicotinate|phytate|proteinate|aluminate|saccharate"
    "|h[iy]drochloride?"
)
GENERIC = (
    r"(?:amino ?acid[- ]?|aminosaure[- ]?)?chelat(?:e|ed|es|o|i)?|chela(?:at|ted)|[ck]omple(?:x|xe|jo|sso)"
    r"|blend|mischung|marine?|marino|meeres|aquamin|whole ?food|sucrosomial|dolomite|liposomal|yeast"
)
HYDRATES: tuple[tuple[str, int], ...] = (
    (r"anh[yi]drous|wasserfrei\w*|anh[yi]dre|anidro|watervrij|vattenfri\w*|dried|exsiccated", 0),
    ("tetradeca", 14),
    ("mono", 1),
    ("tri", 3),
    ("tetra", 4),
    ("penta", 5),
    ("hexa", 6),
    ("hepta", 7),
    ("octa", 8),
    ("nona", 9),
    ("di", 2),
)
_GRADES = {"light": 4, "heavy": 5}  # of basic carbonate
_HYDRATE_END = r"[- ]?(?:h[yi]draa?t(?:e|ee|o|ado)?|idrato)"
# Words that are a form by themselves, and how they would be written out.
BRANDS: tuple[tuple[str, str, int | None], ...] = (
    (r"magtein", "threonate", None),
    (r"epsom[- ]?salts?|bittersalz|sel d'epsom", "sulfate", 7),
    (r"milk of magnesia", "hydroxide", None),
    (r"nigari|bischofite", "chloride", 6),
    (r"traacs", "bisglycinate", None),
    (r"mgo\b", "oxide", None),
    (r"mg\(oh\)2", "hydroxide", None),
    (r"mgcl2", "chloride", None),
    (r"mgso4", "sulfate", None),
    (r"mgco3", "carbonate", None),
)
METALS = (
    r"calcium|calcio|kalzium|zin[ck]o?|zink|potassium|kalium|potassio|potasio|sodium|natrium|sodio|iron"
    r"|eisen|fer\b"
    r"|ferro|copper|kupfer|cuivre|manganese|mangan\w*|chromium|chrom|selenium|selen\w*|molybd\w+|lithium"
    r"|boron|iodine"
    r"|jod|iode|strontium|silicon|aluminium|aluminum|phosphorus|ferrous|cupric"
)
NUTRIENTS = (
    r"vitamine?[- ]?[a-k]?[- ]?[0-9]{0,2}\b|vitamina|b[- ]?[0-9]{1,2}\b|d3\b|k2\b|taurine|taurin|glycine"
    r"|glycin|l-theanine"
    r"|theanine|gaba|melatonin|sugars?|sodium|carbohydrates?|calories|creatine|niacin\w*|riboflavin"
    r"|thiamine?|folate"
    r"|folic acid|biotin|pantothenic acid|pyridoxine|inositol|protein|fibre|fiber|fat|salt|zucker|sucres"
    r"|omega"
)
LINK_AS = (
    r"as|from|in the form of|in form of|als|aus|in form von|sous (?:la )?forme (?:de|d')|come"
    r"|sotto forma di|como"
    r"|en forma de|som|uit|i form av|derived from|sourced from|source"
)
LINK_GIVES = (
    r"providing|provides?|yielding|yields?|delivering|delivers?|giving|gives?|supplying|suppl(?:y|ies)"
    r"|equivalent to"
    r"|equal to|equals?|of which|containing|contains?|contributing|which is|davon|entspricht|entsprechend"
    r"|liefert"
    r"|enthalt(?:en)?|dont|soit|apportant|apporte(?:nt)?|fournissant|fournit|contient|apporto di|apporta"
    r"|di cui|pari a"
    r"|de los cuales|equivalente a|equivalant a|aporta|w tym|waarvan|levert|varav|hvorav|hvoraf"
    r"|corresponding to|="
)
ELEMENTAL = r"elementar\w*|element(?:al|aire|air|are)\b"
TOTAL = r"total|gesamt|totale|in all|insgesamt"
BUFFERED = r"buffered|gepuffert\w*|tamponne\w*"
EXCIPIENTS_FOLLOW = (
    r"other ingredients|inactive ingredients|excipients?|non-medicinal ingredients|anti-?caking agents?"
    r"|lubricants?"
    r"|trennmittel|antiagglomerant\w*|anti-agglomerant\w*|agente antiapelmazante|anti-klontermiddel"
    r"|flow agents?"
)
_SKIN = re.compile(
    r"(?<![a-z])(?:bath|baths|soaks?|lotion|body cream|magnesium (?:oil|gel|flakes|cream)|body spray|foot"
    r"|feet|skin"
    r"|roll-on|massage|topical\w*|badesalz|fussbad|vollbad|bain|haut)(?![a-z])"
)
_MOUTH = re.compile(r"(?<![a-z])(?:oral|swallow|drink|laxative|capsules?|tablets?|take)(?![a-z])")
FILL = r"of|de|d'|di|du|der|von|van|the|av|del"
# Words that may stand before a figure without naming another ingredient.
NOISE = (
    "approx|approximately|about|circa|environ|typically|only|just|each|min|minimum|per|amount|the|day|daily|plus"
    "|powder|pulver|poudre|polvere|tablets?|capsules?|strength|high|pure|natural|with"
)
SALTS = r"salts?|salze?n?|sels?|sali|sales"
DV_US = r"%? ?daily values?|d\.?v\.?\b"
DV_EU = (
    r"nrvs?|vnr|nrw|vrn|rws|ri\b|rm\b|adh\b|ajr|reference intakes?|nutrient reference values?"
    r"|referentie-?inname"
)
DV_ANY = r"rda|rdi"  # of the US, of the EU before 2014: says only that a percentage is meant


def goes_on_the_skin(low: str) -> bool:
    """Say whether a folded text speaks of a bath, an oil or a cream, and not of the mouth."""
    return bool(_SKIN.search(low)) and not _MOUTH.search(low)


def hydrate_pattern() -> str:
    """Return the pattern of every word of hydration."""
    counted = "|".join(word for word, count in HYDRATES if count)
    return rf"(?:{HYDRATES[0][0]}|(?:{counted}){_HYDRATE_END}|light|heavy|[0-9]{{1,2}}[- ]?(?:h2o|hydrat\w*))"


def waters(word: str, salt: str = "") -> int | None:
    """Return how many waters a word of hydration names: 7 for "heptahydrate", "7H2O" and "7-hydrate".

    "Light" and "heavy" are grades of carbonate; of another salt they say nothing: None.
    """
    if word in _GRADES:
        return _GRADES[word] if salt == "carbonate" else None
    if digits := re.match(r"[0-9]+", word):
        return int(digits[0])
    return next((count for start, count in HYDRATES if re.match(start, word)), 0)


def brand_waters(word: str) -> int | None:
    """Return how many waters a common name implies: 7 for "Epsom salt"; None if it does not say."""
    return next(water for pattern, _, water in BRANDS if re.match(pattern, word))


def waters_of(form: Form) -> int:
    """Return how many waters a form's formula holds."""
    found = re.search(r"\.([0-9]*)H2O$", form.formula)
    return int(found[1] or 1) if found else 0
