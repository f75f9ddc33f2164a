"""Ciqual: the workbook, the old CSV, the XML files; what is below a limit of detection is no number."""

from collections import Counter
from pathlib import Path

import pytest

from foods.sources.records import Unreadable
from tests.foods.sources.biff import column
from tests.foods.sources.given import opened, put, put_zip, real, xlsx

CSV = (
    "alim_grp_nom_fr;alim_ssgrp_nom_fr;alim_code;alim_nom_fr;Sodium (mg/100g);Magnésium (mg/100g)\r\n"
    "fruits;fruits crus;13000;Pêche, crue;1;8,5\r\n"
    "fruits;-;13001;Abricot;1;-\r\n"
    "boissons;eaux;18000;Eau de source;1;< 0,5\r\n"
    "boissons;eaux;18001;Café;1;traces\r\n"
    "boissons;eaux;18002;Thé;1;\r\n"
    "boissons;eaux;18003;Vin;1;0\r\n"
)
XML = {
    "alim_2025_11_03.xml": (
        '\ufeff<?xml version="1.0" encoding="utf-8" ?>\n<TABLE>\n'
        "<ALIM>\n<alim_code> 1000 </alim_code>\n<alim_nom_fr> Pastis </alim_nom_fr>\n"
        "<alim_nom_eng> Pastis &amp; water </alim_nom_eng>\n"
        "<alim_ssgrp_code> 0603 </alim_ssgrp_code>\n</ALIM>\n"
        "<ALIM><alim_code> 1001 </alim_code><alim_nom_eng> Brandy </alim_nom_eng></ALIM>\n"
        "<ALIM><alim_code> 1002 </alim_code><alim_nom_eng> Rum </alim_nom_eng></ALIM>\n</TABLE>\n"
    ),
    "alim_grp_2025_11_03.xml": (
        "<TABLE><ALIM_GRP><alim_ssgrp_code> 0603 </alim_ssgrp_code><alim_grp_nom_eng> beverages "
        "</alim_grp_nom_eng><alim_ssgrp_nom_eng> alcoholic beverages </alim_ssgrp_nom_eng></ALIM_GRP></TABLE>"
    ),
    "const_2025_11_03.xml": (
        "<TABLE><CONST><const_code> 10120 </const_code><const_nom_eng> Magnesium (mg/100g) </const_nom_eng>"
        "</CONST></TABLE>"
    ),
    "compo_2025_11_03.xml": (
        "<TABLE>"
        "<COMPO><alim_code> 1000 </alim_code><const_code> 10110 </const_code><teneur> 99 </teneur></COMPO>"
        "<COMPO><alim_code> 1000 </alim_code><const_code> 10120 </const_code><teneur> 1,5 </teneur>"
        "<min> 1 </min><max> 2 </max><code_confiance> A </code_confiance></COMPO>"
        "<COMPO><alim_code> 1001 </alim_code><const_code> 10120 </const_code><teneur> &lt; 0,5 </teneur>"
        '<min missing=" " /><max missing=" " /></COMPO></TABLE>'
    ),
}


def test_the_real_workbook_of_2020_holds_what_its_records_say():
    path = real("ciqual/ciqual_2020_eng.xls")
    cells = column(path.read_bytes(), "Magnesium (mg/100g)")
    numbers = [cell for cell in cells if isinstance(cell, float)]
    texts = Counter(cell[:1] for cell in cells if isinstance(cell, str))

    reading, foods, complaints = opened(path)

    assert (len(numbers), texts["-"], texts["<"], len(cells)) == (2_447, 712, 15, 3_174)
    assert len(foods) + len(complaints) == 3_186
    assert sum(food.magnesium_ug or 0 for food in foods) == round(sum(numbers) * 1_000)
    assert sum(food.magnesium_ug is not None for food in foods) == len(numbers)
    assert sum(food.max_ug is not None for food in foods) == texts["<"]
    assert [(complaint.line, "9621" in complaint.text) for complaint in complaints] == [(3_148, True)]
    assert reading.releases[0].release == "2020"


def test_the_old_csv_is_cp1252_with_semicolons_and_decimal_commas(tmp_path):
    reading, foods, complaints = opened(put(tmp_path / "Ciqual_2017.csv", CSV.encode("cp1252")))

    assert [(food.key, food.name, food.category) for food in foods[:2]] == [
        ("13000", "Pêche, crue", "fruits crus"),
        ("13001", "Abricot", "fruits"),
    ]
    assert [food.magnesium_ug for food in foods] == [8_500, None, None, None, None, 0]
    assert not complaints
    assert reading.releases[0].release == "2017"


def test_what_lies_below_a_limit_is_unknown_with_the_limit_as_the_most_it_can_be(tmp_path):
    _reading, foods, _complaints = opened(put(tmp_path / "Ciqual_2017.csv", CSV.encode("cp1252")))

    assert [(food.max_ug, food.derivation) for food in foods[1:5]] == [
        (None, ""),
        (500, "below 0,5 mg, the least that was measured"),
        (None, "traces: below what the source gives as a number"),
        (None, ""),
    ]


def test_the_csv_before_2013_had_other_names(tmp_path):
    text = "ORIGGPCD;ORIGGPFR;ORIGFDCD;ORIGFDNM;10120 Magnésium (mg/100g)\r\n1;Fruits;5;Pêche;12,5\r\n"

    _reading, foods, _complaints = opened(put(tmp_path / "ciqual.csv", text.encode("cp1252")), "2012")

    assert [(food.key, food.category, food.magnesium_ug) for food in foods] == [("5", "Fruits", 12_500)]


def test_a_file_that_does_not_say_its_year_is_refused(tmp_path):
    with pytest.raises(Unreadable, match="name the release"):
        opened(put(tmp_path / "table.csv", CSV.encode("cp1252")))


@pytest.mark.parametrize(
    ("column_name", "message"),
    [("Magnésium", "does not say its unit"), ("Magnésium (mg)", "does not say “/100g”")],
)
def test_a_column_without_unit_or_basis_is_refused(tmp_path, column_name, message):
    text = CSV.replace("Magnésium (mg/100g)", column_name)

    with pytest.raises(Unreadable, match=rf"Ciqual_2017\.csv, line 1: .*{message}"):
        opened(put(tmp_path / "Ciqual_2017.csv", text.encode("cp1252")))


def test_grams_in_the_header_are_grams(tmp_path):
    text = CSV.replace("Magnésium (mg/100g)", "Magnésium (g/100g)").replace("8,5", "0,0085")

    _reading, foods, _complaints = opened(put(tmp_path / "Ciqual_2017.csv", text.encode("cp1252")))

    assert foods[0].magnesium_ug == 8_500


def test_the_real_xml_of_2025_is_refused_and_the_missing_file_named():
    with pytest.raises(Unreadable, match=r"missing: compo_….xml \(the composition: the values\)\."):
        opened(_xml_folder())


@pytest.mark.parametrize("name", ["alim", "alim_grp", "const"])
def test_one_of_the_real_xml_files_alone_is_refused(name):
    with pytest.raises(Unreadable, match=r"four XML files.*compo_….xml"):
        opened(real(f"ciqual/{name}_2025_11_03.xml"))


def test_all_four_xml_files_are_read_with_their_edges(tmp_path):
    reading, foods, complaints = opened(put_zip(tmp_path / "ciqual.zip", XML))

    assert [
        (food.key, food.name, food.category, food.magnesium_ug, food.min_ug, food.max_ug, food.derivation)
        for food in foods
    ] == [
        ("1000", "Pastis & water", "alcoholic beverages", 1_500, 1_000, 2_000, "confidence A"),
        ("1001", "Brandy", "", None, None, 500, "below 0,5 mg, the least that was measured"),
        ("1002", "Rum", "", None, None, None, ""),
    ]
    assert (foods[0].file, foods[0].line, complaints) == ("alim_2025_11_03.xml", 3, [])
    assert reading.releases[0].release == "2025-11-03"


def test_xml_of_windows_1252_is_read_by_its_own_word(tmp_path):
    foods_xml = '<?xml version="1.0" encoding="windows-1252"?>' + XML["alim_2025_11_03.xml"].split("?>")[1]
    files = XML | {"alim_2025_11_03.xml": foods_xml.replace("Rum", "Crème").encode("cp1252")}

    assert opened(put_zip(tmp_path / "ciqual.zip", files))[1][2].name == "Crème"


@pytest.mark.parametrize(
    ("broken", "message"),
    [
        (XML["compo_2025_11_03.xml"][:-30], "not XML"),
        (XML["compo_2025_11_03.xml"].replace("1,5", "\x01"), "not XML"),
        ("<!DOCTYPE a><TABLE><COMPO></COMPO></TABLE>", "document type"),
    ],
)
def test_a_broken_xml_file_is_refused_with_its_line(tmp_path, broken, message):
    path = put_zip(tmp_path / "ciqual.zip", XML | {"compo_2025_11_03.xml": broken})

    with pytest.raises(Unreadable, match=rf"compo_2025_11_03\.xml, line \d+: .*{message}"):
        opened(path)


@pytest.mark.parametrize(
    ("found", "instead", "message"),
    [
        ("10120", "10110", "there is no constituent 10120, magnesium"),
        ("(mg/100g)", "", "magnesium does not say its unit per 100 g"),
        ("(mg/100g)", "(mg/kg)", "magnesium does not say its unit per 100 g"),
    ],
)
def test_constituents_that_do_not_say_the_unit_are_refused(tmp_path, found, instead, message):
    constituents = XML["const_2025_11_03.xml"].replace(found, instead)

    with pytest.raises(Unreadable, match=message):
        opened(put_zip(tmp_path / "ciqual.zip", XML | {"const_2025_11_03.xml": constituents}))


def test_a_food_of_the_xml_that_comes_twice_or_has_no_amount_is_left_out_with_its_line(tmp_path):
    twice = XML["alim_2025_11_03.xml"].replace("1002", "1001")
    values = XML["compo_2025_11_03.xml"].replace("1,5", "much")
    files = XML | {"alim_2025_11_03.xml": twice, "compo_2025_11_03.xml": values}

    _reading, foods, complaints = opened(put_zip(tmp_path / "ciqual.zip", files))

    assert [food.name for food in foods] == ["Brandy"]
    assert [(complaint.line, complaint.text) for complaint in complaints] == [
        (3, "Magnesium: “much” is not a number."),
        (10, "The code 1001 stands above already."),
    ]


def test_a_workbook_made_anew_is_read_the_same(tmp_path):
    header = ["alim_grp_nom_eng", "alim_ssgrp_nom_eng", "alim_code", "alim_nom_eng", "Magnesium (mg/100g)"]
    path = put(
        tmp_path / "ciqual_2021.xlsx", xlsx([header, ["fruit", "-", 13000, "Peach", 8.5]], sheet="compo")
    )

    _reading, foods, _complaints = opened(path)

    assert [(food.key, food.category, food.magnesium_ug, food.line) for food in foods] == [
        ("13000", "fruit", 8_500, 2)
    ]


def _xml_folder() -> Path:
    """Return the folder of the real files: the workbook of 2020 stands in it, and does not hide the lack."""
    return real("ciqual")
