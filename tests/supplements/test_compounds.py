"""Formulas to shares, against a second computation from atomic weights written here."""

import re
from collections import Counter
from decimal import ROUND_HALF_EVEN, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supplements.compounds import (
    BUILTIN,
    compound_mg_per_100mg_magnesium,
    magnesium_fraction,
    molar_mass,
    written,
)

WEIGHTS = {
    "Mg": Decimal("24.3051"),
    "H": Decimal("1.00794"),
    "C": Decimal("12.01074"),
    "N": Decimal("14.006703"),
    "O": Decimal("15.999405"),
    "P": Decimal("30.973762"),
    "S": Decimal("32.06479"),
    "Cl": Decimal("35.4529"),
    "Si": Decimal("28.0855"),
}

# Standard atomic weights, abridged to five figures: IUPAC 2021.
STANDARD = {
    "Mg": Decimal("24.305"),
    "H": Decimal("1.008"),
    "C": Decimal("12.011"),
    "N": Decimal("14.007"),
    "O": Decimal("15.999"),
    "P": Decimal("30.974"),
    "S": Decimal("32.06"),
    "Cl": Decimal("35.45"),
    "Si": Decimal("28.085"),
}

# slug, molar mass in g/mol, share of magnesium, compound that holds 100 mg of magnesium, in mg
FORMS = [
    ("oxide", "40.305", "0.6030", 166),
    ("hydroxide", "58.320", "0.4168", 240),
    ("carbonate", "84.314", "0.2883", 347),
    ("carbonate-basic-light", "467.637", "0.2599", 385),
    ("carbonate-basic-heavy", "485.652", "0.2502", 400),
    ("citrate-tri-anhyd", "451.115", "0.1616", 619),
    ("citrate-tri-9h2o", "613.253", "0.1189", 841),
    ("citrate-tri-14h2o", "703.329", "0.1037", 965),
    ("citrate-mono", "214.413", "0.1134", 882),
    ("bisglycinate", "172.423", "0.1410", 709),
    ("bisglycinate-2h2o", "208.453", "0.1166", 858),
    ("malate", "156.377", "0.1554", 643),
    ("malate-3h2o", "210.423", "0.1155", 866),
    ("dimg-malate", "214.697", "0.2264", 442),
    ("threonate", "294.496", "0.0825", 1212),
    ("threonate-h2o", "312.512", "0.0778", 1286),
    ("taurate", "272.583", "0.0892", 1122),
    ("acetyltaurate-2h2o", "392.687", "0.0619", 1616),
    ("orotate", "334.482", "0.0727", 1376),
    ("orotate-2h2o", "370.513", "0.0656", 1524),
    ("gluconate", "414.600", "0.0586", 1706),
    ("gluconate-2h2o", "450.631", "0.0539", 1854),
    ("lactate", "202.445", "0.1201", 833),
    ("lactate-2h2o", "238.476", "0.1019", 981),
    ("aspartate", "288.495", "0.0842", 1187),
    ("aspartate-2h2o", "324.526", "0.0749", 1335),
    ("aspartate-4h2o", "360.556", "0.0674", 1483),
    ("chloride", "95.211", "0.2553", 392),
    ("chloride-6h2o", "203.303", "0.1196", 836),
    ("sulfate", "120.368", "0.2019", 495),
    ("sulfate-7h2o", "246.475", "0.0986", 1014),
    ("ascorbate", "374.538", "0.0649", 1541),
    ("pidolate", "280.518", "0.0866", 1154),
    ("glycerophosphate", "194.363", "0.1250", 800),
    ("fumarate", "138.362", "0.1757", 569),
    ("succinate", "140.377", "0.1731", 578),
    ("salicylate", "298.531", "0.0814", 1228),
    ("salicylate-4h2o", "370.592", "0.0656", 1525),
    ("acetate", "142.393", "0.1707", 586),
    ("phosphate-dibasic-3h2o", "174.330", "0.1394", 717),
    ("picolinate-2h2o", "304.539", "0.0798", 1253),
    ("lysinate", "314.665", "0.0772", 1295),
    ("trisilicate", "260.862", "0.1863", 537),
]
BY_SLUG = {form.slug: form for form in BUILTIN}


def counted(formula: str) -> Counter[str]:
    """Count atoms: parts joined by dots, a number before a part, brackets one deep."""
    atoms: Counter[str] = Counter()
    for part in formula.split("."):
        times, body = re.fullmatch(r"(\d*)(.+)", part).groups()
        flat = re.sub(r"\(([^()]*)\)(\d*)", lambda m: m[1] * int(m[2] or 1), body)
        for symbol, count in re.findall(r"([A-Z][a-z]?)(\d*)", flat):
            atoms[symbol] += int(count or 1) * int(times or 1)
    return atoms


def mass(formula: str, weights=WEIGHTS) -> Decimal:
    return sum((weights[symbol] * count for symbol, count in counted(formula).items()), Decimal(0))


def test_all_forms_of_the_table_and_two_without_a_formula_are_built_in():
    without = {form.slug for form in BUILTIN if not form.formula}

    assert {slug for slug, *_ in FORMS} | without == set(BY_SLUG)
    assert without == {"unspecified-chelate", "unspecified"}
    assert len(BY_SLUG) == len(BUILTIN) == 45


@pytest.mark.parametrize(("slug", "grams", "share", "per_100_mg"), FORMS)
def test_a_form_has_the_molar_mass_and_share_of_the_table(slug, grams, share, per_100_mg):
    formula = BY_SLUG[slug].formula
    fraction = magnesium_fraction(formula)

    assert molar_mass(formula) == Decimal(grams)
    assert fraction.quantize(Decimal("0.0001"), ROUND_HALF_EVEN) == Decimal(share)
    assert compound_mg_per_100mg_magnesium(formula).quantize(Decimal(1)) == per_100_mg


@pytest.mark.parametrize("slug", [slug for slug, *_ in FORMS])
def test_a_share_agrees_with_a_second_computation_from_atomic_weights(slug):
    formula = BY_SLUG[slug].formula
    second = WEIGHTS["Mg"] * counted(formula)["Mg"] / mass(formula)

    assert abs(magnesium_fraction(formula) - second) <= Decimal("0.000002")
    assert magnesium_fraction(formula).as_tuple().exponent == -6


@pytest.mark.parametrize("slug", [slug for slug, *_ in FORMS])
def test_all_three_figures_agree_to_four_digits_with_the_standard_atomic_weights(slug):
    formula = BY_SLUG[slug].formula
    whole = mass(formula, STANDARD)
    magnesium = STANDARD["Mg"] * counted(formula)["Mg"]

    assert magnesium_fraction(formula) == pytest.approx(magnesium / whole, rel=Decimal("0.0001"))
    assert molar_mass(formula) == pytest.approx(whole, rel=Decimal("0.0001"))
    per_100_mg = compound_mg_per_100mg_magnesium(formula)
    assert per_100_mg == pytest.approx(100 * whole / magnesium, rel=Decimal("0.0001"))


@pytest.mark.parametrize("formula", ["H2O", "NaCl", "", "Mg("])
def test_what_holds_no_magnesium_has_no_weight_for_100_mg_of_it(formula):
    with pytest.raises(ValueError, match="."):
        compound_mg_per_100mg_magnesium(formula)


@pytest.mark.parametrize(
    ("formula", "compound_mg", "elemental_mg"),
    [
        ("Mg(OH)2", "1200", "500.1"),
        ("MgC3H7O6P", "777.6", "97.2"),
        ("Mg(C4H6NO4)2.4H2O", "1803", "121.5"),
        ("Mg(C4H7O5)2.H2O", "2000", "155.5"),
        ("Mg(C4H7O5)2", "2000", "165.1"),
        ("MgCl2", "2514", "641.8"),
        ("MgCl2.6H2O", "2514", "300.6"),
    ],
)
def test_a_published_label_pair_comes_out(formula, compound_mg, elemental_mg):
    elemental = Decimal(compound_mg) * magnesium_fraction(formula)

    assert elemental.quantize(Decimal("0.1")) == Decimal(elemental_mg)


@pytest.mark.parametrize(
    "written",
    ["MgSO4.7H2O", "MgSO4·7H2O", "MgSO4*7H2O", "MgSO₄·7H₂O", "MgSO4 . 7 H2O", "MgSO4.7(H2O)"],
)
def test_a_hydrate_is_understood_however_its_dot_is_written(written):
    assert magnesium_fraction(written) == Decimal("0.098611")


def test_a_number_before_a_part_multiplies_all_of_it():
    assert magnesium_fraction("4MgCO3.Mg(OH)2.4H2O") == magnesium_fraction("(MgCO3)4.Mg(OH)2.(H2O)4")


@pytest.mark.parametrize(
    "formula",
    [
        "",
        " ",
        "H2O",
        "NaCl",
        "Mg(",
        "Mg)",
        "Mg()",
        "Mg0",
        "0MgO",
        "MgO.0H2O",
        "mgo",
        "MG",
        "magnesium",
        "MgO.",
        ".MgO",
        "MgO..H2O",
        "MgO.2",
        "4.5MgO",
        "MgCl2.0.5H2O",
        "MgSO4.1.5H2O",
        "Mg(OAc)2",
        "[24Mg]O",
        "MgO_2+",
        "MgO\x00",
        "MgO\u202e",
        "<b>MgO</b>",
        "peptide(A)Mg",
        "Mg" * 41,
        "Mg" * 100_000,
    ],
)
def test_what_is_no_formula_of_a_magnesium_salt_is_refused(formula):
    with pytest.raises(ValueError, match=".") as caught:
        magnesium_fraction(formula)

    assert len(str(caught.value)) < 200
    assert "\n" not in str(caught.value)


@given(st.text(max_size=100))
def test_any_text_gives_a_share_or_a_value_error(text):
    try:
        fraction = magnesium_fraction(text)
    except ValueError:
        return

    assert 0 < fraction <= 1


@given(st.sampled_from([form.formula for form in BUILTIN if form.formula]), st.integers(1, 20))
def test_water_always_lowers_the_share(formula, waters):
    assert magnesium_fraction(f"{formula}.{waters}H2O") < magnesium_fraction(formula)


@given(st.sampled_from([form.formula for form in BUILTIN if form.formula]), st.integers(1, 19))
def test_more_water_lowers_it_further(formula, waters):
    fewer = magnesium_fraction(f"{formula}.{waters}H2O")

    assert magnesium_fraction(f"{formula}.{waters + 1}H2O") < fewer


def test_a_dozen_common_forms_and_the_two_without_formula_are_ranked_without_a_gap():
    ranked = sorted((form for form in BUILTIN if form.common_rank), key=lambda form: form.common_rank or 0)

    assert [form.common_rank for form in ranked] == list(range(1, 15))
    assert all(form.formula for form in ranked[:12])
    assert ranked[0].slug == "bisglycinate"


def test_only_chloride_and_sulfate_are_used_on_the_skin_too():
    assert {form.family for form in BUILTIN if form.route != "oral"} == {"Chloride", "Sulfate"}


def test_every_name_and_note_fits_its_column():
    assert all(len(form.name) <= 120 and len(form.note) <= 300 for form in BUILTIN)
    assert len({form.name for form in BUILTIN}) == len(BUILTIN)


@pytest.mark.parametrize(
    "form", [form for form in BUILTIN if re.search(r"\d %", form.note)], ids=lambda f: f.slug
)
def test_a_percentage_in_a_note_is_a_share_of_some_form_or_of_its_dry_salt(form):
    shares = {f"{magnesium_fraction(other.formula) * 100:.1f}" for other in BUILTIN if other.formula}
    shares |= {f"{magnesium_fraction(other.formula) * 100:.0f}" for other in BUILTIN if other.formula}
    shares |= {"20.2"}  # anhydrous hydrogen phosphate

    assert set(re.findall(r"(\d+(?:\.\d)?) %", form.note)) <= shares


@pytest.mark.parametrize(
    ("formula", "printed"),
    [
        ("", ""),
        ("MgSO4.7H2O", "MgSO₄·7H₂O"),
        ("4MgCO3.Mg(OH)2.4H2O", "4MgCO₃·Mg(OH)₂·4H₂O"),
        ("Mg3(C6H5O7)2.14H2O", "Mg₃(C₆H₅O₇)₂·14H₂O"),
    ],
)
def test_a_formula_is_printed_with_its_counts_below_the_line(formula, printed):
    assert written(formula) == printed


@pytest.mark.parametrize("form", [form for form in BUILTIN if form.formula], ids=lambda form: form.slug)
def test_a_printed_formula_can_be_read_back(form):
    assert magnesium_fraction(written(form.formula)) == magnesium_fraction(form.formula)
