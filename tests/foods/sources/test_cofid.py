"""CoFID: three header rows, traces, N, and the sheet that is needed."""

import csv

import pytest

from foods.sources.records import Unreadable
from tests.foods.sources.given import opened, put, put_zip, real, xlsx

HEADER = (
    "Food Code,Food Name,Description,Group,Previous,Main data references,Footnote,Sodium,Magnesium\n"
    ",,,,,,,NA,MG\n,,,,,,,Sodium,Magnesium\n"
)
ROW = '13-145,"Ackee, canned",8 cans,DG,554,MW4,,240,{}\n'
OTHER = HEADER.replace("Magnesium", "Protein").replace("MG", "PROT")


def test_the_real_sheet_of_minerals_holds_what_a_plain_reading_counts():
    path = real("cofid/minerals.csv")
    with path.open(encoding="utf-8", newline="") as lines:
        rows = [*csv.reader(lines)][3:]
    cells = [row[10] for row in rows]
    numbers = [float(cell) for cell in cells if cell not in ("N", "Tr", "")]

    reading, foods, complaints = opened(path)

    assert (len(rows), len(numbers), cells.count("Tr"), cells.count("N")) == (2_887, 2_761, 38, 87)
    assert (len(foods), complaints) == (len(rows), [])
    assert sum(food.magnesium_ug is not None for food in foods) == len(numbers)
    assert sum(food.magnesium_ug or 0 for food in foods) == round(sum(numbers) * 1_000)
    assert sum(food.derivation.startswith("N: ") for food in foods) == cells.count("N")
    assert sum(food.derivation.startswith("traces") for food in foods) == cells.count("Tr")
    assert reading.releases[0].licence == "Open Government Licence v3.0"


def test_the_one_code_that_the_real_sheet_gives_to_two_foods_names_both():
    _reading, foods, _complaints = opened(real("cofid/minerals.csv"))
    both = [food for food in foods if food.key.startswith("13-669")]

    assert [(food.key[:7], food.name, food.magnesium_ug) for food in both] == [
        ("13-669", "Aubergine, flesh and skin, roasted in rapeseed oil", 27_000),
        ("13-669-", "Watercress, raw", 16_000),
    ]


def test_one_code_for_two_foods_gives_two_keys_and_the_same_food_twice_counts_once(tmp_path):
    rows = (
        ROW.format(1)
        + ROW.format(2).replace("Ackee", "Agar")
        + ROW.format(3)
        + ROW.format(4).replace("Ackee", "Agar")
    )

    _reading, foods, complaints = opened(put(tmp_path / "m.csv", HEADER + rows))

    assert [(food.key[:7], food.magnesium_ug) for food in foods] == [("13-145", 1_000), ("13-145-", 2_000)]
    assert [complaint.line for complaint in complaints] == [6, 7]


def test_minerals_are_found_beside_the_proximates():
    _reading, foods, complaints = opened(real("cofid"))

    assert (len(foods), complaints) == (2_887, [])


def test_the_real_sheet_of_proximates_alone_is_refused():
    with pytest.raises(
        Unreadable, match=r"macros\.csv: .*the sheet of minerals \(1\.4 Inorganics\).*missing"
    ):
        opened(real("cofid/macros.csv"))


@pytest.mark.parametrize(
    ("cell", "expected", "derivation"),
    [
        ("40", 40_000, "8 cans"),
        ("0.0", 0, "8 cans"),
        ("Tr", None, "traces: below what the source gives as a number"),
        ("N", None, "N: in significant quantities, but there is no reliable figure"),
        ("", None, "8 cans"),
    ],
)
def test_a_trace_and_n_are_unknown_and_say_so(tmp_path, cell, expected, derivation):
    _reading, foods, _complaints = opened(put(tmp_path / "m.csv", HEADER + ROW.format(cell)))

    assert [(food.magnesium_ug, food.derivation, food.category, food.line) for food in foods] == [
        (expected, derivation, "Vegetables", 4)
    ]


@pytest.mark.parametrize("cell", ["n", "1e999", "NaN", "１２", "-3", "200000"])
def test_any_other_cell_is_left_out_with_its_line(tmp_path, cell):
    _reading, foods, complaints = opened(put(tmp_path / "m.csv", HEADER + ROW.format(cell)))

    assert (foods, [(complaint.file, complaint.line) for complaint in complaints]) == ([], [("m.csv", 4)])
    assert complaints[0].text.startswith("Magnesium: ")


def test_the_sheet_of_the_workbook_is_found_by_what_it_holds(tmp_path):
    rows = [line.split(",") for line in (HEADER + "1-1,Agar,x,DG,,,,1,620").splitlines()]
    rows[3][8] = 620.0

    _reading, foods, _complaints = opened(put(tmp_path / "cofid.xlsx", xlsx(rows, sheet="1.4 Inorganics")))

    assert [(food.magnesium_ug, food.file) for food in foods] == [
        (620_000, "cofid.xlsx, sheet 1.4 Inorganics")
    ]


def test_a_broken_encoding_is_refused_with_its_line(tmp_path):
    text = HEADER + ROW.format(1) + ROW.format(2).replace("Ackee", "Açaí")

    with pytest.raises(Unreadable, match=r"m\.csv, line 5: the text is not in UTF-8"):
        opened(put(tmp_path / "m.csv", text.encode("cp1252")))


def test_a_zip_of_other_sheets_only_is_refused(tmp_path):
    with pytest.raises(Unreadable, match="the sheet of minerals"):
        opened(put_zip(tmp_path / "c.zip", {"a.csv": OTHER, "b.csv": OTHER}))
