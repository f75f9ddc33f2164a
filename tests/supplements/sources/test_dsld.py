"""Labels of the DSLD: per serving, each magnesium once, stearate never, what is not said not known."""

import datetime as dt
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supplements.sources import Unreadable, label_files, read_file, read_label
from tests.supplements.sources.given import as_bytes, label, quantity, row, size

STEARATE = row("Magnesium Stearate", 5, group="Magnesium")


def read(*rows, **fields):
    return read_label(as_bytes(label(*rows, **fields)), "label.json")


def only(*rows, **fields):
    """Return the one record of a label."""
    (record,) = read(*rows, **fields).records
    return record


def test_a_label_is_read_with_what_names_it():
    record = only()

    assert (record.source, record.key, record.label) == ("dsld", "1000", "1000")
    assert (record.brand, record.name, record.serving) == ("Sunny Hollow", "Magnesium", "1 capsule")
    assert (record.gtin, record.off_market) == ("00012345678905", False)
    assert record.label_on == dt.date(2022, 6, 16)
    assert record.magnesium_ug == 100_000
    (line,) = record.lines
    assert (line.slug, line.basis, line.printed) == ("oxide", "elemental", "Magnesium (as Magnesium Oxide)")


# How much, of what -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("amount", "unit", "expected_ug"),
    [
        (40, "mg", 40_000),
        (0.5, "mg", 500),
        (0.0004, "mg", 0),
        (0.0005, "mg", 1),
        (1, "Gram(s)", 1_000_000),
        (1.5, "g", 1_500_000),
        (250, "mcg", 250),
        (250, "µg", 250),
    ],
)
def test_an_amount_is_read_in_its_unit(amount, unit, expected_ug):
    records = read(row("Magnesium", quantity(amount, unit))).records

    assert [record.magnesium_ug for record in records] == ([expected_ug] if expected_ug else [])


@pytest.mark.parametrize(
    "given",
    [
        quantity(0, "NP"),
        quantity(40, "IU"),
        quantity(40, ""),
        quantity(None, "mg"),
        quantity(-1, "mg"),
        quantity("40", "mg"),
        quantity(True, "mg"),
        quantity(40, "mg", operator="<"),
    ],
)
def test_an_amount_that_is_not_given_in_a_weight_is_not_known(given):
    record = only(row("Magnesium", given))

    assert record.magnesium_ug is None
    assert record.lines == ()
    assert record.note == "The label gives no amount for Magnesium."


def test_the_whole_is_not_known_where_one_amount_is_open():
    record = only(
        row("Blend A", nested=[row("Magnesium Oxide", 100)]),
        row("Blend B", nested=[row("Magnesium Citrate", quantity(0, "NP"))]),
    )

    assert record.magnesium_ug is None
    assert record.note == "The label gives no amount for Magnesium Citrate."


# Servings ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("of", "per", "notes", "expected"),
    [
        (3, "Tablet(s)", "", "3 tablets"),
        (1, "Tablet(s)", "", "1 tablet"),
        (0.5, "Tablet(s)", "", "0.5 tablets"),
        (43, "Gram(s)", "", "43 g"),
        (5, "Gram(s)", "(1 Tbsp)(1 scoop)", "5 g (1 Tbsp, 1 scoop)"),
        (15, "mL", "", "15 ml"),
        (0.25, "Teaspoon(s)", "children", "0.25 tsp (children)"),
        (2, "Vegetable Capsule(s)", "", "2 vegetable capsules"),
        (0, "NP", "", "1 serving"),
    ],
)
def test_a_serving_is_what_the_amount_is_for(of, per, notes, expected):
    """The label may state "1" and give its amounts for 3: the amounts' own serving wins."""
    stated = [size(of=1, unit="Sachet(s)", notes=notes)]
    record = only(row("Magnesium", quantity(96, of=of, per=per)), sizes=stated)

    assert record.serving == expected
    assert record.magnesium_ug == 96_000


def test_a_serving_without_a_size_is_as_the_label_states_it():
    record = only(row("Magnesium", quantity(96, of=None, per="")), sizes=[size(of=2, unit="Caplet(s)")])

    assert record.serving == "2 caplets"


def test_each_size_of_serving_is_a_product_with_its_own_amount():
    sizes = [size(1, 5, "Gram(s)", "adults"), size(2, 0.25, "Teaspoon(s)", "children")]
    magnesium = row(
        "Magnesium",
        quantity(350, of=5, per="Gram(s)", order=1),
        quantity(87.5, of=0.25, per="Teaspoon(s)", order=2),
    )

    records = read(magnesium, sizes=sizes).records

    assert [(record.key, record.serving, record.magnesium_ug) for record in records] == [
        ("1000", "5 g (adults)", 350_000),
        ("1000-2", "0.25 tsp (children)", 87_500),
    ]
    assert {record.label for record in records} == {"1000"}


def test_two_amounts_for_one_serving_are_not_known():
    assert only(row("Magnesium", quantity(100), quantity(90))).magnesium_ug is None


# Once, and never ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "stearate",
    [
        STEARATE,
        row("Vegetable Magnesium Stearate", 5),
        row("Magnesium", 5, forms=["Magnesium Stearate"]),
        row("Tablet base", nested=[STEARATE]),
        row("Vegetable lubricant", 5, group="Magnesium Stearate"),
    ],
)
def test_stearate_is_never_counted_wherever_it_is_filed(stearate):
    assert read(stearate).records == ()
    assert only(row("Magnesium", 100), stearate).magnesium_ug == 100_000


def test_other_ingredients_are_no_intake_whatever_their_group():
    other = {"ingredients": [{"name": "Magnesium Stearate", "ingredientGroup": "Magnesium"}]}

    assert read(row("Vitamin C", 60), otheringredients=other).records == ()


@pytest.mark.parametrize(
    ("rows", "expected_ug"),
    [
        # A compound's weight with its magnesium inside it: the magnesium, once.
        ([row("Magnesium L-Threonate", 1000, nested=[row("Magnesium", 72)])], 72_000),
        ([row("Magnesium L-Threonate", 1000, nested=[row("Elemental Magnesium", 72)])], 72_000),
        ([row("Magtein", 1000, group="Magnesium L-Threonate", nested=[row("Magnesium", 72)])], 72_000),
        ([row("Magnesium", 1000, nested=[row("Elemental Magnesium", 72)])], 72_000),
        # The label's own row is the whole; what stands inside it says where it comes from.
        ([row("Magnesium", 200, nested=[row("Magnesium Oxide", 150), row("Zinc", 3)])], 200_000),
        ([row("Magnesium", 200, nested=[row("Magnesium", 150), row("Magnesium", 50)])], 200_000),
        # In a blend, at any depth.
        ([row("Mineral Blend", 900, nested=[row("Magnesium", 80)])], 80_000),
        ([row("A", nested=[row("B", nested=[row("C", nested=[row("Magnesium", 80)])])])], 80_000),
        ([row("A", nested=[row("Magnesium", 80)]), row("B", nested=[row("Magnesium", 20)])], 100_000),
        # The label's own row beside a blend that names it again, or a form by its weight.
        ([row("Magnesium", 100), row("Blend", nested=[row("Magnesium", 40)])], 100_000),
        ([row("Magnesium", 144), row("Magnesium L-Threonate", 2000)], 144_000),
        # Two rows of the label's own that differ add up; one that is printed twice is one.
        ([row("Magnesium", 100, forms=["Magnesium Oxide"]), row("Magnesium", 50)], 150_000),
        ([row("Magnesium", 100), row("Magnesium", 100)], 100_000),
        ([row("Blend", nested=[row("Magnesium Oxide", 100)]), row("Magnesium Oxide", 100)], 60_304),
        # Rows that are of something else.
        ([row("Magnesium", 100), row("Manganese", 2)], 100_000),
        ([row("Magnesium", 100), row("Vitamin C", 60, forms=["Magnesium Ascorbate"])], 100_000),
    ],
)  # fmt: skip
def test_each_magnesium_of_a_label_counts_once(rows, expected_ug):
    assert only(*rows).magnesium_ug == expected_ug


# Magnesium or its compound -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "percent", "expected_ug"),
    [
        ("Magnesium Oxide", None, 301_519),  # 500 mg of it
        ("Magnesium Oxide", 75, 301_519),  # 302 mg are 75 % of 400
        ("Magnesium Oxide", 72, 301_519),  # and 72 % of 420
        ("Magnesium Oxide", 125, 500_000),  # 500 mg are 125 % of 400: it names the magnesium
        ("Magnesium Oxide", 119, 500_000),
        ("Magnesium Citrate", 119, 500_000),
        ("Magnesium Citrate", None, None),  # three salts have this name
        ("Magnesium Bisglycinate", None, None),  # with water or without
        ("Magnesium L-Threonate", None, None),
        ("Magnesium Complex", None, None),
        ("Magnesium", None, 500_000),
        ("Magnesium (as Magnesium Citrate)", None, 500_000),
        ("Total Magnesium", None, 500_000),
        ("Magnesium from Magnesium Oxide", None, 500_000),
    ],
)
def test_500_mg_are_magnesium_or_a_compound_by_what_the_label_says(name, percent, expected_ug):
    assert only(row(name, quantity(500, percent=percent))).magnesium_ug == expected_ug


def test_a_weight_whose_hydrate_is_not_said_is_kept_and_said_to_be_open():
    read_ = read(row("Magnesium Citrate", 500))

    (line,) = read_.records[0].lines
    assert (line.slug, line.basis, line.amount_ug) == ("unspecified", "compound", 500_000)
    assert "which hydrate" in read_.doubts[0]


@pytest.mark.parametrize(
    ("amount", "percent", "group", "doubtful"),
    [
        (50, 13, "Adults and children 4 or more years of age", False),  # of 400
        (50, 12, "Adults and children 4 or more years of age", False),  # of 420
        (96, 23, "Adults and children 4 or more years of age", False),
        (50, 14, "Adults and children 4 or more years of age", True),
        (50, 30, "Adults and children 4 or more years of age", True),
        (50, 63, "Children under 4 years of age", False),  # another daily value
    ],
)
def test_a_percentage_that_is_of_neither_daily_value_is_said(amount, percent, group, doubtful):
    doubts = read(row("Magnesium", quantity(amount, percent=percent, group=group))).doubts

    assert bool(doubts) is doubtful
    if doubtful:
        assert doubts == (f"“Magnesium”: {amount} mg and {percent} % do not agree.",)


@pytest.mark.parametrize(
    ("forms", "expected"),
    [
        (["Magnesium Oxide"], "oxide"),
        (["Magnesium Hydroxide"], "hydroxide"),
        (["Magnesium Bisglycinate Chelate"], "bisglycinate"),
        (["Magnesium Glycinate"], "unspecified-chelate"),
        (["Magnesium Amino Acid Chelate"], "unspecified-chelate"),
        (["Magnesium Citrate"], "citrate-tri-anhyd"),
        (["Dimagnesium Malate"], "dimg-malate"),
        (["Magnesium Acetyl Taurate"], "acetyltaurate-2h2o"),
        (["Magnesium Glycerophosphate"], "glycerophosphate"),
        (["Magnesium Sulphate"], "sulfate-7h2o"),
        (["Magnesium Oxide", "Magnesium Citrate"], "unspecified"),
        (["Aquamin"], "unspecified"),
        ([], "unspecified"),
    ],
)
def test_the_form_is_the_one_the_label_names_or_not_specified(forms, expected):
    (line,) = only(row("Magnesium", 100, forms=forms)).lines

    assert (line.slug, line.amount_ug) == (expected, 100_000)


# The rest of a label -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("8 95634 00002 7", "00895634000027"),
        ("0 31604 01138 3", "00031604011383"),
        ("4006381333931", "04006381333931"),
        ("96385074", "00000096385074"),
        ("8 95634 00002 6", ""),  # the last digit does not check the others
        ("X003UB5Q33", ""),
        ("000000000000", ""),
        ("123", ""),
        ("", ""),
        (None, ""),
        (895634000027, ""),
    ],
)
def test_a_barcode_is_fourteen_digits_that_check_or_none(printed, expected):
    assert only(upcSku=printed).gtin == expected


@pytest.mark.parametrize(
    ("given", "expected"), [(0, False), (1, True), (True, True), ("1", True), (None, False)]
)
def test_the_flag_of_what_is_off_the_market_is_kept(given, expected):
    assert only(offMarket=given).off_market is expected


@pytest.mark.parametrize("date", ["", "2022-13-01", "long ago", None, 5])
def test_a_date_that_is_none_is_left_out(date):
    assert only(entryDate=date).label_on is None


def test_texts_are_made_fit_to_show():
    record = only(fullName="Mag\u0000ne\u202esium  \ud800 D", brandName="B" * 500)

    assert record.name == "Mag ne sium D"
    assert len(record.brand) == 120
    assert record.brand.endswith("…")


# What is refused ---------------------------------------------------------------------------------


def without(key):
    return as_bytes({name: value for name, value in label().items() if name != key})


def deep(levels):
    inner = row("Magnesium", 1)
    for _ in range(levels):
        inner = row("Blend", nested=[inner])
    return as_bytes(label(inner))


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "no JSON file"),
        (b"\xff\xfe\x00", "no JSON file"),
        (as_bytes(label())[:-9], "cut short"),
        (b"[" * 100_000, "no JSON file"),
        (b'{"id": 1e99999999999999999999}', "no JSON file"),
        (b'{"id": ' + b"9" * 5000 + b"}", "no JSON file"),
        (b"[]", "holds no object"),
        (b'{"error": "not found"}', "“id” is missing"),
        (without("fullName"), "“fullName” is missing"),
        (without("ingredientRows"), "“ingredientRows” is missing"),
        (without("servingSizes"), "“servingSizes” is missing"),
        (as_bytes(label(id="../../x")), "no number"),
        (as_bytes(label(fullName=" \u200e ")), "no name"),
        (as_bytes(label(ingredientRows=[5])), "cannot be read"),
        (as_bytes(label(ingredientRows=[row("Magnesium", 1) | {"nestedRows": 5}])), "cannot be read"),
        (deep(9), "cannot be read"),
        (as_bytes(label(row("Magnesium", quantity(20_001, "Gram(s)")))), "cannot be"),
        (as_bytes(label(row("Magnesium", *(quantity(1, order=n) for n in range(1, 22))))), "20 servings"),
        (json.dumps(label()).replace("100", "NaN").encode(), "no JSON file"),
    ],
)  # fmt: skip
def test_what_is_no_label_is_refused_with_a_sentence_that_names_the_file(data, said):
    with pytest.raises(Unreadable, match="^label.json: ") as caught:
        read_label(data, "label.json")

    assert said in str(caught.value)


def test_eight_blends_in_each_other_are_read():
    assert read_label(deep(8), "label.json").records[0].magnesium_ug == 1_000


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(st.sampled_from([*label(), *row(), *quantity(1), "x"]), inner, max_size=5)
        ),
        max_leaves=12,
    )
)
def test_a_label_is_read_or_refused_whatever_stands_in_its_rows(junk):
    content = label(row("Magnesium", 100) | (junk if isinstance(junk, dict) else {"quantity": junk}))
    try:
        read_ = read_label(json.dumps(content).encode(), "label.json")
    except Unreadable:
        return
    assert all(record.magnesium_ug is None or record.magnesium_ug > 0 for record in read_.records)


# Files and folders -------------------------------------------------------------------------------


def test_a_file_stands_for_itself_and_a_folder_for_its_json_files_by_name(tmp_path):
    (tmp_path / "inner").mkdir()
    for name in ("b.json", "inner/a.json", "c.txt"):
        (tmp_path / name).write_bytes(as_bytes(label()))
    (tmp_path / "link.json").symlink_to("/etc/passwd")

    assert label_files(tmp_path / "c.txt") == [tmp_path / "c.txt"]
    assert label_files(tmp_path) == [tmp_path / "b.json", tmp_path / "inner/a.json"]


def test_a_folder_without_a_label_a_file_too_large_and_none_at_all_are_refused(tmp_path):
    (tmp_path / "large.txt").write_bytes(b" " * 4_000_001)

    with pytest.raises(Unreadable, match=r"holds no \.json file"):
        label_files(tmp_path)
    with pytest.raises(Unreadable, match="larger than 4,000,000 bytes"):
        read_file(tmp_path / "large.txt")
    with pytest.raises(Unreadable, match="No such file"):
        read_file(tmp_path / "none.json")
