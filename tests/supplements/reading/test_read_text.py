"""From a label's words to magnesium: check vectors, what is shown, what is asked, what an answer does."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from supplements.compounds import BUILTIN, BuiltinCompound
from supplements.labels import read_lines
from supplements.reading import MAX_TEXT, read_text

THREONATE = "2,000 mg magnesium L-threonate"


def figures(reading, code):
    """Return what each answer to a question would come to, in mg."""
    ask = next(ask for ask in reading.asks if ask.code == code)
    return {
        option.value: None if option.elemental_ug is None else round(option.elemental_ug / 1000, 1)
        for option in ask.options
    }


# Pairs printed on labels and leaflets of products on sale ----------------------------------------


@pytest.mark.parametrize(
    ("text", "mg"),
    [
        ("Magnesium hydroxide 1,200 mg in each 15 mL", 500.1),  # DailyMed, milk of magnesia: 500 mg
        ("Magnesium glycerophosphate 777.6 mg", 97.2),  # emc 11577: 97.2 mg, 4 mmol
        ("1.803,0 mg Magnesiumbis(hydrogenaspartat) 4 H2O", 121.5),  # leaflet: 121.5 mg, 5 mmol
        ("Magnesium 4 mmol", 97.2),
        ("Magnesium 5 mmol", 121.5),
        ("Magnesium 10 mEq", 121.5),
        ("Magnesium L-threonate 2,000 mg, providing 144 mg magnesium", 144),
    ],
)
def test_a_published_pair_is_read_as_published(text, mg):
    assert round(read_text(text).elemental_ug / 1000, 1) == mg


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (THREONATE, {"threonate": 165.1, "threonate-h2o": 155.5, "elemental": 2000}),
        ("MgCl2 2,514 mg", {"chloride": 641.8, "chloride-6h2o": 300.6, "elemental": 2514}),
        (
            "Magnesium bisglycinate 500 mg",
            {"bisglycinate": 70.5, "bisglycinate-2h2o": 58.3, "elemental": 500},
        ),
        (
            "Magnesium citrate 1,000 mg",
            {
                "citrate-tri-anhyd": 161.6,
                "citrate-tri-9h2o": 118.9,
                "citrate-tri-14h2o": 103.7,
                "citrate-mono": 113.4,
                "elemental": 1000,
            },
        ),
    ],
)
def test_hydration_is_asked_where_it_changes_the_amount(text, expected):
    reading = read_text(text)

    assert reading.elemental_ug is None
    assert figures(reading, "form") == expected
    assert [part.compound for part in reading.parts] == [None]


@pytest.mark.parametrize(
    ("text", "ug"),
    [
        ("Magnesium malate trihydrate 1,000 mg", 115_506),
        ("dimagnesium malate 1,000 mg", 226_413),
        ("Trimagnesium dicitrate, anhydrous 1,000 mg", 161_633),
        ("magnesium citrate (trimagnesium dicitrate, anhydrous) 1,000 mg", 161_633),
        ("Magnesium chloride (MgCl2·6H2O) 500 mg", 59_776),
        ("Epsom salt 5 g", 493_055),
        ("Magnesium taurate 1 g", 89_166),
    ],
)
def test_a_hydration_that_is_named_is_taken(text, ug):
    assert read_text(text).elemental_ug == ug


@pytest.mark.parametrize(
    "text",
    [
        "Magnesium glycinate 500 mg",
        "Chelated magnesium 500 mg",
        "Magnesium amino acid chelate 500 mg",
        "Magnesium complex 500 mg",
        "Magnesium citrate malate 500 mg",
        "Magnesium acetate tetrahydrate 500 mg",
        "Potassium magnesium aspartate 500 mg",
        "Marine magnesium 500 mg",
    ],
)
def test_a_name_without_a_formula_asks_for_the_labels_own_magnesium(text):
    reading = read_text(text)

    assert reading.elemental_ug is None
    assert [(ask.code, ask.options) for ask in reading.asks] == [("amount", ())]
    assert "fixes no formula" in reading.asks[0].text


# What an answer does -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "answers", "ug"),
    [
        (THREONATE, {"form": "threonate-h2o"}, 155_546),
        (THREONATE, {"form": "elemental"}, 2_000_000),
        ("Magnesium glycinate 500 mg", {"amount": "70,5"}, 70_500),
        ("Magnesium glycinate 500 mg", {"amount": " 70.5 "}, 70_500),
        ("Magnesium glycinate 500 mg", {"amount": "0"}, 0),
        ("Magnesium 24 %", {"daily-value": "us"}, 100_800),
        ("Magnesium 24 %", {"daily-value": "us-old"}, 96_000),
        ("Magnesium 24 %", {"daily-value": "eu"}, 90_000),
        ("Magnesium oxide 1.500 mg", {"number": "thousands"}, 904_556),
        ("Magnesium oxide 1.500 mg", {"number": "decimals"}, 905),
        ("Magnesium oil, 20 mg magnesium a spray", {"route": "skin"}, 0),
        ("Magnesium oil, 20 mg magnesium a spray", {"route": "swallowed"}, 20_000),
        ("Magnesium citrate 150 mg and malate 50 mg", {"form": "citrate-mono", "form-2": "malate"}, 24_774),
    ],
)
def test_an_answer_settles_its_question(text, answers, ug):
    reading = read_text(text, answers=answers)

    assert (reading.elemental_ug, reading.asks) == (ug, ())


@pytest.mark.parametrize(
    ("text", "answers"),
    [
        (THREONATE, {"form": "oxide"}),
        (THREONATE, {"form": ""}),
        (THREONATE, {"amount": "144"}),
        (THREONATE, {"form-2": "threonate"}),
        ("Magnesium glycinate 500 mg", {"amount": "much"}),
        ("Magnesium glycinate 500 mg", {"amount": ""}),
        ("Magnesium glycinate 500 mg", {"amount": "-1"}),
        ("Magnesium glycinate 500 mg", {"amount": "NaN"}),
        ("Magnesium glycinate 500 mg", {"amount": "1e999"}),
        ("Magnesium glycinate 500 mg", {"amount": "20001"}),
    ],
)
def test_an_answer_that_fits_no_question_leaves_it_open(text, answers):
    assert read_text(text, answers=answers).asks == read_text(text).asks != ()


def test_two_questions_are_asked_together_each_under_its_own_code():
    reading = read_text("Magnesium citrate 150 mg, magnesium oxide 100 mg and magnesium malate 50 mg")

    assert [ask.code for ask in reading.asks] == ["form", "form-2"]
    assert {option.elemental_ug for ask in reading.asks for option in ask.options} == {None}


def test_what_is_typed_is_kept_for_the_form_that_is_named():
    (line,) = read_text("Magnesium glycinate 500 mg", answers={"amount": "50"}).lines

    assert (line.slug, line.basis, line.amount_ug) == ("unspecified-chelate", "elemental", 50_000)
    assert line.compound_ug == 500_000


# Percentages -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "country", "ug"),
    [
        ("Magnesium 25 % DV", "us", 105_000),
        ("Magnesium 25 % DV", "eu", 93_750),
        ("Magnesium 25 % DV", "uk", 93_750),
        ("Magnesium 25 % NRV", None, 93_750),
        ("Magnésium 25 % VNR", None, 93_750),
        ("Prenatal magnesium 25 % DV", "us", 100_000),
        ("Magnesium 100 mg 24 %", "us", 100_000),
        ("Magnesium 100 mg 25 %", "us", 100_000),  # of the older 400 mg
        ("Magnesium 100 mg 27 %", "eu", 100_000),
        ("Magnesium 100 mg 27 %", None, 100_000),
        ("Magnesium 40 mg 50 % (children 1-3 years)", "us", 40_000),
        ("Magnesium citrate 200 mg 48 %", "us", 200_000),
        ("Magnesium citrate 1,000 mg 38 %", "us", 161_633),
        ("Magnesium oxide 400 mg 57 % DV", "us", 241_215),
    ],
)
def test_a_percentage_is_of_the_countrys_daily_value(text, country, ug):
    reading = read_text(text, country=country)

    assert (reading.elemental_ug, reading.asks, reading.contradictions) == (ug, (), ())


@pytest.mark.parametrize("text", ["Magnesium 25 %", "Magnesium 25 % DV", "Magnesium (as oxide) 25 % DV"])
def test_a_percentage_alone_without_a_country_is_asked(text):
    reading = read_text(text)

    assert figures(reading, "daily-value") == {
        "us": 105,
        "us-old": 100,
        "us-pregnancy": 100,
        "eu": 93.8,
        "uk": 93.8,
    }


@pytest.mark.parametrize(("percent", "asks"), [(22, True), (23, False), (26, False), (27, True)])
def test_milligrams_and_a_percentage_may_differ_by_a_labels_rounding(percent, asks):
    reading = read_text(f"Magnesium 100 mg {percent} % DV", country="us")

    assert bool(reading.asks) is asks
    assert bool(reading.contradictions) is asks


# What cannot be ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            "500 mg magnesium bisglycinate (500 mg elemental magnesium)",
            "500 mg of bisglycinate cannot hold 500 mg of magnesium; 70 mg fits the formula.",
        ),
        (
            "Magnesium bisglycinate 1,000 mg (20 % magnesium)",
            "1,000 mg of bisglycinate cannot hold 200 mg of magnesium; 141 mg fits the formula, or it is "
            "blended with oxide (“buffered”): 20 % magnesium means about 13 % oxide by weight, which brings "
            "39 % of it.",
        ),
        (
            "Magnesium 500 mg (as magnesium bisglycinate) per capsule",
            "500 mg of magnesium needs 3.5 g of the compound: more than 1 capsule holds.",
        ),
        ("Magnesium 100 mg 30 % DV", "30 % of 420 mg is 126 mg, not 100 mg."),
    ],
)
def test_two_readings_that_do_not_agree_are_pointed_out_and_asked(text, sentence):
    reading = read_text(text, country="us")

    assert reading.contradictions == (sentence,)
    assert reading.elemental_ug is None
    assert figures(reading, "basis")["elemental"] is not None


@pytest.mark.parametrize(
    ("stated", "asks"),
    [(141, False), (155, False), (156, True), (200, True), (1000, True)],
)
def test_more_than_a_tenth_above_the_formula_is_asked(stated, asks):
    reading = read_text(f"Magnesium bisglycinate 1,000 mg, providing {stated} mg magnesium")

    assert bool(reading.asks) is asks


@pytest.mark.parametrize(("stated", "asks"), [(200, False), (220, False), (243, True), (1000, True)])
def test_a_glycinate_printed_as_buffered_may_hold_more(stated, asks):
    reading = read_text(f"Buffered magnesium glycinate 1,000 mg, providing {stated} mg magnesium")

    assert bool(reading.asks) is asks
    if not asks:
        assert [part.compound for part in reading.parts] == ["unspecified-chelate"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Magnesium 200–400 mg", "range"),
        ("Magnesium < 5 mg", "bound"),
        ("up to 300 mg magnesium", "bound"),
        ("Magnesium -200 mg", "below zero"),
        ("Magnesium 2OO mg", "letters"),
        ("Magnesium 2 50 mg", "gap"),
        ("Magnesium 2e2 mg", "a power or a fraction"),
        ("Magnesium 10^3 mg", "a power or a fraction"),
        ("Magnesium 1/2 g", "a power or a fraction"),
        ("Magnesium oxide 1 1/2 g", "a power or a fraction"),
        ("Magnesium 2 x 100 mg", "one dose or several"),
        ("Magnesium 50,000 mg", "misread"),
        ("Magnesium 250 mg per 100 g", "100 g"),
        ("Magnesium 120 mg/l", "100 ml"),
        ("Magnesium (as magnesium citrate)", "without an amount"),
        ("Magnesium 150 mg per serving. Magnesium 300 mg per serving", "does not say"),
        ("Total magnesium 300 mg: 100 mg from citrate, 150 mg from glycinate", "come to 250 mg, not 300 mg"),
        ("Zinc 15 mg", "No amount of magnesium"),
        ("", "No amount of magnesium"),
    ],
)
def test_what_cannot_be_taken_is_asked_with_its_reason(text, words):
    reading = read_text(text)

    assert reading.elemental_ug is None
    assert words in reading.asks[0].text


# Parts, servings, sums ---------------------------------------------------------------------------


def parts(reading):
    return [
        (part.compound, part.name_as_printed, part.elemental_ug, part.compound_ug) for part in reading.parts
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Magnesium (as magnesium bisglycinate chelate) 200 mg 48 %",
            [("bisglycinate", "magnesium bisglycinate chelate", 200_000, None)],
        ),
        ("Magnesium 200 mg", [(None, "", 200_000, None)]),
        (
            "Magnesium glycinate 500 mg (50 mg elemental)",
            [("unspecified-chelate", "Magnesium glycinate", 50_000, 500_000)],
        ),
        (
            "Magnesium (as oxide, citrate) 300 mg",
            [
                (None, "", 300_000, None),
                ("oxide", "oxide", None, None),
                ("citrate-tri-anhyd", "citrate", None, None),
            ],
        ),
        (
            "Magnesium 200 mg (as magnesium oxide 150 mg, magnesium taurate 50 mg)",
            [("oxide", "magnesium oxide", 150_000, None), ("taurate", "magnesium taurate", 50_000, None)],
        ),
        (
            "Magnesium oxide 400 mg, magnesium stearate 5 mg",
            [("oxide", "Magnesium oxide", 241_215, 400_000), (None, "magnesium stearate", 0, 5_000)],
        ),
        (
            "Magnesium aspartate 1,803 mg = 121.5 mg magnesium",
            [("aspartate-4h2o", "Magnesium aspartate", 121_500, 1_803_000)],
        ),
    ],
)
def test_each_form_is_a_part(text, expected):
    assert parts(read_text(text, country="us")) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Magnesium stearate 10 mg",
        "Magnesium (as magnesium stearate) 10 mg",
        "Other ingredients: cellulose, vegetable magnesium stearate, silica",
        "Anti-caking agent: magnesium salts of fatty acids",
        "Trennmittel: Magnesiumsalze von Speisefettsäuren",
    ],
)
def test_stearate_holds_a_tablet_together_and_counts_nothing(text):
    reading = read_text(text)

    assert (reading.elemental_ug, reading.asks, reading.lines) == (0, (), ())
    assert [part.excipient for part in reading.parts] == [True]


@pytest.mark.parametrize(
    ("text", "per", "mg"),
    [
        ("Magnesium 300 mg per 2 capsules", "2 capsules", 300),
        ("Magnesium 300 mg per capsule", "1 capsule", 300),
        ("Magnesium 300 mg/5 ml", "5 ml", 300),
        ("Serving Size: 1 scoop (6 g)\nMagnesium 300 mg", "1 scoop (6 g)", 300),
        ("1 Kapsel enthält 150 mg Magnesium", "1 Kapsel", 150),
        ("Magnésium 375 mg pour 3 comprimés", "3 comprimés", 375),
        ("Magnesium 300 mg", "", 300),
        ("Magnesium per capsule 100 mg; per 3 capsules 300 mg", "3 capsules", 300),
        ("Magnesium 300 mg per 3 capsules, 100 mg per capsule", "3 capsules", 300),
        ("Per capsule | per 3 capsules\nMagnesium 100 mg | 300 mg", "3 capsules", 300),
        ("Magnesium per 100 g 2,500 mg, per scoop (6 g) 150 mg", "1 scoop (6 g)", 150),
        ("Magnesium pro Kapsel 100 mg / pro Tagesdosis (4 Kapseln) 400 mg", "Tagesdosis (4 Kapseln)", 400),
    ],
)
def test_the_serving_is_the_portion_that_is_taken(text, per, mg):
    reading = read_text(text, country="eu")

    assert (reading.per, reading.elemental_ug) == (per, mg * 1000)


@pytest.mark.parametrize(
    ("text", "sums"),
    [
        ("Magnesium oxide 500 mg", ("500 mg of oxide × 60.3 % = 301.5 mg.",)),
        ("Magnesium 24 %", ("24 % of 420 mg = 100.8 mg.",)),
        ("Magnesium citrate 1,000 mg providing 150 mg magnesium", ("150 mg of 1,000 mg is 15 % magnesium.",)),
        ("Magnesium bisglycinate (10 % magnesium) 1 g", ("1,000 mg × 10 % = 100 mg.",)),
        ("50 mg Mg as citrate, 25 mg Mg as taurate", ("50 mg + 25 mg = 75 mg.",)),
    ],
)
def test_the_arithmetic_is_shown(text, sums):
    assert read_text(text, country="us").sums == sums


def test_other_nutrients_are_left_alone():
    panel = """Supplement Facts
    Calcium (as calcium citrate) 500 mg 38%  Magnesium (as magnesium citrate) 250 mg 60%
    Zinc (as zinc oxide) 15 mg 136%, Vitamin B6 10 mg, Ashwagandha 300 mg,
    Taurine (from magnesium taurate) 1 g"""

    assert read_text(panel, country="us").elemental_ug == 250_000


@pytest.mark.parametrize(
    "text",
    [
        "Ma gnes ium (as citrate) 2 0 0 mg",
        "Magne-\nsium 200 m g",
        "MAGNESIUM 200MG",
        "magnesium200mg",
        "Magnesiurn 200 rng",
        "Magnesium\u00a0200\u202fmg",
        "Magnesium® 200 mg†",
    ],
)
def test_letters_and_spaces_that_a_scan_breaks_are_read(text):
    assert read_text(text).elemental_ug == 200_000


# The forms it knows ------------------------------------------------------------------------------


def test_a_form_that_a_curator_adds_is_one_more_that_a_name_may_mean():
    added = BuiltinCompound(
        slug="taurate-2h2o", name="Taurate dihydrate", family="Taurate", formula="MgC4H12N2O6S2.2H2O"
    )

    reading = read_text("Magnesium taurate 1,000 mg", forms=[*BUILTIN, added])

    assert list(figures(reading, "form")) == ["taurate", "taurate-2h2o", "elemental"]


def test_a_salt_that_only_a_curator_lists_is_computed_like_the_others():
    added = BuiltinCompound(
        slug="tartrate", name="Tartrate, anhydrous", family="Tartrate", formula="MgC4H4O6"
    )

    assert read_text("Magnesium tartrate 1,000 mg").asks[0].code == "amount"
    assert read_text("Magnesium tartrate 1,000 mg", forms=[*BUILTIN, added]).elemental_ug == 141_000


def test_without_forms_nothing_is_computed_and_printed_magnesium_is_still_read():
    assert read_text("Magnesium oxide 400 mg", forms=[]).asks != ()
    assert read_text("Magnesium (as magnesium oxide) 400 mg", forms=[]).elemental_ug == 400_000


# Any text ----------------------------------------------------------------------------------------

_WORDS = (
    "magnesium citrate oxide hydrate salts zinc stearate total elemental buffered blend tri as from of per"
)
_SIGNS = "( ) 100 mg 0 1,000 % NRV , . - – 2 capsules providing 5 mmol 14 : ; 1.500 g µg x < /"
_SNIPPETS = [*_WORDS.split(), *_SIGNS.split()]


@given(
    st.one_of(st.text(max_size=200), st.lists(st.sampled_from(_SNIPPETS), max_size=40).map(" ".join)),
    st.sampled_from([None, "us", "uk", "eu"]),
)
@example("magnesium citrate 0 mg providing 5 mg magnesium", None)
@example("magnesium 100% magnesium", "us")
@example("0 " * 500, None)
def test_any_text_is_read_the_same_twice_and_either_asks_or_says(text, country):
    reading = read_text(text, country=country)

    assert reading == read_text(text, country=country)
    assert (reading.elemental_ug is None) is bool(reading.asks)
    if reading.lines:
        assert read_lines(reading.lines, topical=False).magnesium_ug == reading.elemental_ug


@pytest.mark.parametrize(
    "piece", ["1", "1,", "(", "per ", "magnesium ", "1 000 ", "100 mg magnesium citrate "]
)
def test_a_text_without_end_is_read_to_its_limit(piece):
    long = piece * (2 * MAX_TEXT)

    assert read_text(long) == read_text(long[:MAX_TEXT])
    assert len(read_text(long).asks) <= 8
