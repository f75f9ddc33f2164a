"""Turns of phrase on labels, one a row: what stands beside what, and which figure is whose."""

import pytest

from supplements.reading import read_text


def mg(reading):
    return None if reading.elemental_ug is None else round(reading.elemental_ug / 1000, 1)


@pytest.mark.parametrize(
    ("text", "country", "expected"),
    [
        # A compound and the magnesium in it
        ("Citrato de magnesio 1.500 mg (aporta 240 mg de magnesio elemental)", "eu", 240),
        ("Cytrynian magnezu 1000 mg, w tym magnez 160 mg", "eu", 160),
        ("Magnesiumoxide 500 mg (waarvan 300 mg elementair magnesium)", "eu", 300),
        ("Magnesium Glycinate 400 mg of elemental magnesium", "us", 400),
        ("Magnesium glycinate (as elemental magnesium) 100 mg", "us", 100),
        ("Magnesium oxide 400 mg (240 mg)", "us", 240),
        ("Elemental magnesium 120 mg from 1000 mg magnesium bisglycinate", "uk", 120),
        ("Magnesium, elemental (from 2,000 mg Magtein® magnesium L-threonate) 144 mg 34%", "us", 144),
        ("Magnesium 27 mg (27 mg elemental magnesium from 500 mg magnesium gluconate)", "us", 27),
        ("Magnesium 27 mg (20 mg elemental magnesium from 500 mg magnesium gluconate)", "us", None),
        (
            "Magnesium salicylate tetrahydrate 580 mg (equivalent to 467 mg anhydrous magnesium salicylate)",
            "us",
            38,
        ),
        ("Magnesium taurate 1,000 mg (8.9% Mg)", "uk", 89),
        ("Magnesium oxide (60% elemental) 500 mg", "us", 300),
        ("Magnesium citrate 1400 mg per 3 tablets (of which 225 mg magnesium)", "eu", 225),
        # Several forms
        ("Magnesium Complex (oxide 300 mg, citrate 200 mg) providing 210 mg magnesium", "uk", 210),
        ("Magnesium 210 mg (from magnesium oxide 300 mg and magnesium citrate 200 mg)", "uk", 210),
        ("Magnesium oxide 300 mg, citrate 200 mg, providing 210 mg magnesium", "uk", 210),
        ("Total magnesium 175 mg: from magnesium glycinate 100 mg and magnesium malate 75 mg", "us", 175),
        ("Total magnesium 250 mg. Magnesium (as citrate) 100 mg. Magnesium (as oxide) 150 mg", "us", 250),
        ("Magnesium 250 mg. Magnesium (as citrate) 100 mg. Magnesium (as oxide) 100 mg", "us", None),
        ("Total magnesium 300 mg: magnesium 100 mg, magnesium 200 mg", "us", 300),
        ("Magnesium 300 mg. Magnesium 300 mg", "us", 300),
        ("Magnesium citrate 500 mg (80 mg magnesium), magnesium oxide 200 mg (120 mg magnesium)", "us", 200),
        ("Magnesium (oxide 60%, citrate 40%) 300 mg", "us", 300),
        ("Magnesium (as oxide and 10% as citrate) 250 mg 60%", "us", 250),
        ("Magnesium 200 mg (as oxide 250 mg, citrate 100 mg)", "us", None),
        ("Magnesium 300 mg (as oxide 150 mg, citrate 100 mg)", "us", None),
        ("Magnesium glycinate (buffered with magnesium oxide) 1000 mg 43%", "us", 180.6),
        ("Magnesium glycinate (with magnesium oxide) 200 mg 48%", "us", 200),
        ("Magnesium glycinate (with magnesium oxide) 1000 mg", "us", None),
        # Sources that are no salt
        ("Magnesium (from dolomite) 200 mg", "us", 200),
        ("Magnesium from Aquamin 375 mg", "uk", 375),
        ("Magnesium from seawater 375 mg", "uk", 375),
        ("Nutritional yeast, magnesium-enriched 500 mg", "us", None),
        # Names in a row
        ("Magnesium L-Aspartat-Hydrochlorid-Trihydrat 614,8 mg", "eu", None),
        ("Magnesium aspartate hydrochloride 615 mg (60.8 mg Mg)", "eu", 60.8),
        ("Magtein magnesium L-threonate monohydrate 2,000 mg", "us", 155.5),
        ("Magnesium TRAACS 100 mg 24 %", "us", 100),
        ("Magnesium 1,000 mg bisglycinate complex", "us", None),
        ("Magnesium 500 mg complex", "uk", None),
        ("Magnesium 100 mg magnesium citrate", "us", 100),
        ("sels de magnésium d'acides gras", "eu", 0),
        ("Magnesiumsalze der Citronensäure 500 mg, davon 80 mg Magnesium", "eu", 80),
        # Other nutrients around it
        ("Calcium (as calcium carbonate) 1,000 mg 77% Magnesium (as magnesium oxide) 500 mg 119%", "us", 500),
        ("Calcium 1000 mg Magnesium 400 mg Zinc 15 mg", "us", 400),
        ("Ashwagandha 300 mg + magnesium bisglycinate 1000 mg (100 mg magnesium) + B6 1.4 mg", "uk", 100),
        ("Magnesium 100 mg Ashwagandha 300 mg", "us", 100),
        ("Vitamin C 450 mg, Magnesium 32 mg (as magnesium ascorbate 500 mg)", "us", 32),
        ("Magnesium, a mineral, high strength, 375 mg", "uk", 375),
        ("Citrate 500 mg", "us", None),
        # Percentages
        ("Magnesium 375 mg (100% RDA)", "uk", 375),
        ("Magnesium 100% RDA", "us", 420),
        ("Magnesium 48% DV (200 mg)", "us", 200),
        ("Magnesium citrate 53% NRV", "eu", 198.8),
        ("Magnesium (as magnesium citrate) 53%", "uk", 198.8),
        ("Magnesium 56 mg (15% NRV) per 100 ml, 140 mg per 250 ml bottle", "eu", 140),
        ("Magnesium 375 mg (100% NRV) per 3 capsules, 125 mg (33% NRV) per capsule", "uk", 375),
        ("Magnesium citrate 53%", "us", None),
        ("Magnesium bisglycinate 100% chelated 200 mg", "us", None),
        ("Magnesium bisglycinate 1000 mg 30% NRV", "uk", 112.5),
        ("Magnesium bisglycinate 1000 mg 90% NRV", "uk", None),
        ("Magnesium oxide 400 mg 20% NRV", "uk", None),
        ("Magnesium (as magnesium citrate 1000 mg) 38% DV", "us", 161.6),
        # Weights inside brackets, alone
        ("Magnesium (as magnesium citrate 200 mg)", "us", None),
        ("Magnesium (as oxide 200 mg, citrate 100 mg)", "us", None),
        # Amounts in other words
        ("Magnesium 2,5 mmol/Tablette (60,8 mg)", "eu", 60.8),
        ("Magnesium 243,0 mg (= 10 mmol = 20 mval)", "eu", 243),
        ("Magnesium 4 mmol (100 mg)", "uk", 100),
        ("Magnesium 200000 mcg", "us", 200),
        ("Magnesium citrate 0 mg", "us", 0),
        ("Magnesium 100 mg x 120 capsules", "uk", 100),
        ("Magnesium 100 mg x 3 capsules", "uk", None),
        ("Magnesium citrate 1100 g providing 100 mg magnesium", "us", None),
        ("Heavy magnesium carbonate 300 mg", "uk", 75.1),
        ("Light magnesium oxide 300 mg", "uk", 180.9),
    ],
)
def test_a_phrase_is_read_as_a_person_reads_it(text, country, expected):
    reading = read_text(text, country=country)

    assert mg(reading) == expected
    assert bool(reading.asks) is (expected is None)


@pytest.mark.parametrize(
    ("text", "answers", "expected"),
    [
        ("Magnesium (as magnesium citrate 200 mg)", {"basis": "elemental"}, 200),
        ("Magnesium (as magnesium citrate 200 mg)", {"basis": "citrate-mono"}, 22.7),
        ("Magnesium (as oxide 200 mg, citrate 100 mg)", {"basis": "elemental"}, 300),
        ("Magnesium 100 mg 30 % DV", {"basis": "percent"}, 126),
        ("Magnesium 100 mg 30 % DV", {"basis": "elemental"}, 100),
        ("Magnesium malate 500 mg, providing 400 mg magnesium", {"basis": "malate"}, 77.7),
        ("Magnesium oxide 400 mg 20 % DV", {"form": "percent"}, 84),
        ("Magnesium 121.5 mg (10 mmol)", {"figure": "121500"}, 121.5),
        ("Magnesium 121.5 mg (10 mmol)", {"figure": "243050"}, 243.1),
        ("Epsom salt bath, 250 g", {"route": "skin"}, 0),
        ("Magnesium gel, 20 mg magnesium a dose", {"route": "swallowed"}, 20),
    ],
)
def test_an_answer_decides_what_a_phrase_leaves_open(text, answers, expected):
    reading = read_text(text, country="us", answers=answers)

    assert (mg(reading), reading.asks) == (expected, ())


def test_on_the_skin_nothing_is_kept_and_the_reason_is_told():
    reading = read_text("Epsom salt bath, 250 g", answers={"route": "skin"})

    assert (reading.on_the_skin, reading.lines) == (True, ())
    assert "counts 0" in reading.sums[0]
