"""The forms that come built in: names, families, formulas and a line about each."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Route = Literal["oral", "oral+topical", "topical"]


@dataclass(frozen=True, slots=True, kw_only=True)
class BuiltinCompound:
    """A form that comes built in; `formula` is empty where the name fixes none."""

    slug: str
    name: str
    family: str
    formula: str = ""
    route: Route = "oral"
    common_rank: int | None = None  # 1, 2, ...: shown first
    note: str = ""


# Slug, name, family, formula. Hydration is part of the form: it changes the share.
_TABLE: tuple[tuple[str, str, str, str], ...] = (
    ("oxide", "Oxide", "Oxide", "MgO"),
    ("hydroxide", "Hydroxide (milk of magnesia)", "Hydroxide", "Mg(OH)2"),
    ("carbonate", "Carbonate, anhydrous", "Carbonate", "MgCO3"),
    ("carbonate-basic-light", "Carbonate, basic, light", "Carbonate", "4MgCO3.Mg(OH)2.4H2O"),
    ("carbonate-basic-heavy", "Carbonate, basic, heavy", "Carbonate", "4MgCO3.Mg(OH)2.5H2O"),
    ("citrate-tri-anhyd", "Citrate, trimagnesium dicitrate, anhydrous", "Citrate", "Mg3(C6H5O7)2"),
    ("citrate-tri-9h2o", "Citrate, trimagnesium dicitrate nonahydrate", "Citrate", "Mg3(C6H5O7)2.9H2O"),
    (
        "citrate-tri-14h2o",
        "Citrate, trimagnesium dicitrate tetradecahydrate",
        "Citrate",
        "Mg3(C6H5O7)2.14H2O",
    ),
    ("citrate-mono", "Citrate, monomagnesium (hydrogen citrate), anhydrous", "Citrate", "MgC6H6O7"),
    ("bisglycinate", "Bisglycinate, anhydrous", "Glycinate", "Mg(C2H4NO2)2"),
    ("bisglycinate-2h2o", "Bisglycinate dihydrate", "Glycinate", "Mg(C2H4NO2)2.2H2O"),
    ("malate", "Malate 1:1, anhydrous", "Malate", "MgC4H4O5"),
    ("malate-3h2o", "Malate 1:1 trihydrate", "Malate", "MgC4H4O5.3H2O"),
    ("dimg-malate", "Dimagnesium malate, hydroxide form", "Malate", "Mg2(C4H4O5)(OH)2"),
    ("threonate", "L-threonate, anhydrous", "Threonate", "Mg(C4H7O5)2"),
    ("threonate-h2o", "L-threonate monohydrate", "Threonate", "Mg(C4H7O5)2.H2O"),
    ("taurate", "Taurate, anhydrous", "Taurate", "Mg(C2H6NO3S)2"),
    ("acetyltaurate-2h2o", "Acetyl taurate dihydrate", "Taurate", "Mg(C4H8NO4S)2.2H2O"),
    ("orotate", "Orotate, anhydrous", "Orotate", "Mg(C5H3N2O4)2"),
    ("orotate-2h2o", "Orotate dihydrate", "Orotate", "Mg(C5H3N2O4)2.2H2O"),
    ("gluconate", "Gluconate, anhydrous", "Gluconate", "Mg(C6H11O7)2"),
    ("gluconate-2h2o", "Gluconate dihydrate", "Gluconate", "Mg(C6H11O7)2.2H2O"),
    ("lactate", "Lactate, anhydrous", "Lactate", "Mg(C3H5O3)2"),
    ("lactate-2h2o", "Lactate dihydrate", "Lactate", "Mg(C3H5O3)2.2H2O"),
    ("aspartate", "Aspartate, anhydrous", "Aspartate", "Mg(C4H6NO4)2"),
    ("aspartate-2h2o", "Aspartate dihydrate", "Aspartate", "Mg(C4H6NO4)2.2H2O"),
    ("aspartate-4h2o", "Aspartate tetrahydrate", "Aspartate", "Mg(C4H6NO4)2.4H2O"),
    ("chloride", "Chloride, anhydrous", "Chloride", "MgCl2"),
    ("chloride-6h2o", "Chloride hexahydrate (flakes, nigari)", "Chloride", "MgCl2.6H2O"),
    ("sulfate", "Sulfate, anhydrous", "Sulfate", "MgSO4"),
    ("sulfate-7h2o", "Sulfate heptahydrate (Epsom salt)", "Sulfate", "MgSO4.7H2O"),
    ("ascorbate", "Ascorbate, anhydrous", "Ascorbate", "Mg(C6H7O6)2"),
    ("pidolate", "Pidolate (L-pyroglutamate), anhydrous", "Pidolate", "Mg(C5H6NO3)2"),
    ("glycerophosphate", "Glycerophosphate, anhydrous", "Glycerophosphate", "MgC3H7O6P"),
    ("fumarate", "Fumarate, anhydrous", "Fumarate", "MgC4H2O4"),
    ("succinate", "Succinate, anhydrous", "Succinate", "MgC4H4O4"),
    ("salicylate", "Salicylate, anhydrous", "Salicylate", "Mg(C7H5O3)2"),
    ("salicylate-4h2o", "Salicylate tetrahydrate", "Salicylate", "Mg(C7H5O3)2.4H2O"),
    ("acetate", "Acetate, anhydrous", "Acetate", "Mg(C2H3O2)2"),
    ("phosphate-dibasic-3h2o", "Hydrogen phosphate trihydrate", "Phosphate", "MgHPO4.3H2O"),
    ("picolinate-2h2o", "Picolinate dihydrate", "Picolinate", "Mg(C6H4NO2)2.2H2O"),
    ("lysinate", "Bis-lysinate, anhydrous", "Lysinate", "Mg(C6H13N2O2)2"),
    ("trisilicate", "Trisilicate, anhydrous", "Trisilicate", "Mg2Si3O8"),
    ("unspecified-chelate", "Glycinate or amino acid chelate, not specified further", "Not specified", ""),
    ("unspecified", "Not stated, or a blend", "Not specified", ""),
)

_ON_THE_SKIN_TOO = frozenset({"chloride", "chloride-6h2o", "sulfate"})
_ON_THE_SKIN = frozenset({"sulfate-7h2o"})  # Epsom salt: unless somebody says that it is swallowed

_COMMON = (
    "bisglycinate",
    "citrate-tri-anhyd",
    "oxide",
    "malate",
    "threonate-h2o",
    "taurate",
    "chloride-6h2o",
    "gluconate",
    "lactate-2h2o",
    "carbonate",
    "hydroxide",
    "sulfate-7h2o",
    "unspecified-chelate",
    "unspecified",
)

_CITRATES = (
    "Three salts are called citrate: 16.2 %, 11.9 % and 11.3 % magnesium. A label's own figure decides."
)
_MEDICINE = "A salicylate is a medicine, not a supplement."
_GRADES = "A formula for an even grade: take the label's own magnesium where it gives one."

_NOTES = {
    "oxide": "Its magnesium counts as swallowed, whatever share of it is taken up.",
    "hydroxide": "An antacid and a laxative; a US label gives 500 mg of magnesium in 1,200 mg.",
    "carbonate": "The basic carbonates hold less: 26 % and 25 %.",
    "carbonate-basic-light": _GRADES,
    "carbonate-basic-heavy": _GRADES,
    "citrate-tri-anhyd": _CITRATES,
    "citrate-tri-9h2o": _CITRATES,
    "citrate-tri-14h2o": "10.4 % magnesium with its water, 16.2 % dry.",
    "citrate-mono": _CITRATES,
    "bisglycinate": "14.1 % at the most; more than that on a label points to a blend with oxide (buffered).",
    "bisglycinate-2h2o": "Two waters bring 14.1 % down to 11.7 %.",
    "malate": "With three waters it holds 11.6 %.",
    "dimg-malate": "The formula is a stand-in: take the label's own magnesium where it gives one.",
    "threonate": "8.3 % dry, 7.8 % with one water.",
    "threonate-h2o": "7.8 % with one water, 8.3 % dry.",
    "gluconate": "With two waters it holds 5.4 % instead of 5.9 %.",
    "gluconate-2h2o": "500 mg hold 27 mg of magnesium.",
    "lactate": "With two waters it holds 10.2 % instead of 12.0 %.",
    "lactate-2h2o": "10.2 % with its two waters, 12.0 % dry.",
    "aspartate-4h2o": "A German leaflet gives 121.5 mg of magnesium in 1,803 mg.",
    "chloride": "25.5 % dry, 12.0 % with six waters: which one a label means has to be asked.",
    "chloride-6h2o": "12.0 % with six waters, 25.5 % dry. On the skin it is logged and counts 0.",
    "sulfate": "20.2 % dry, 9.9 % as Epsom salt. On the skin it is logged and counts 0.",
    "sulfate-7h2o": "In a bath it is logged and counts 0; swallowed it is a laxative and counts.",
    "ascorbate": "The other part of it is vitamin C.",
    "glycerophosphate": "A UK chewable tablet gives 97.2 mg of magnesium in 777.6 mg.",
    "salicylate": _MEDICINE,
    "salicylate-4h2o": _MEDICINE,
    "phosphate-dibasic-3h2o": "13.9 % with three waters, 20.2 % dry.",
    "trisilicate": "An antacid: logged as a medicine, and counted.",
    "unspecified-chelate": "No fixed formula: only the label's own magnesium, in mg or % of the daily value.",
    "unspecified": "No fixed formula: only the label's own magnesium, in mg or % of the daily value.",
}


def _route(slug: str) -> Route:
    if slug in _ON_THE_SKIN:
        return "topical"
    return "oral+topical" if slug in _ON_THE_SKIN_TOO else "oral"


def _builtin() -> Iterator[BuiltinCompound]:
    for slug, name, family, formula in _TABLE:
        yield BuiltinCompound(
            slug=slug,
            name=name,
            family=family,
            formula=formula,
            route=_route(slug),
            common_rank=_COMMON.index(slug) + 1 if slug in _COMMON else None,
            note=_NOTES.get(slug, ""),
        )


BUILTIN: tuple[BuiltinCompound, ...] = tuple(_builtin())
