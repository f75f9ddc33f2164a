"""The SR28 tables: layout, unknown values, encoding, portions."""

from decimal import Decimal

import pytest

from foods.sources.measures import OUNCE_MG, amount_text, in_everyday_order, label_for
from foods.sources.records import PortionRecord
from foods.sources.sr28 import read_sr28

FD_GROUP = "~0900~^~Fruits and Fruit Juices~\n~1100~^~Vegetables and Vegetable Products~\n"
FOOD_DES = (
    "~11457~^~1100~^~Spinach,  raw~^~SPINACH,RAW~^~~^~~^~Y~^~~^28^~Spinacia oleracea~^6.25^2.44^8.37^3.57\n"
    "~09999~^~0900~^~Açaí, raw~^~ACAI~^~~^~Kellogg, Co.~^~~^~~^0^~~^^^^\n"
)
NUT_DATA = (
    "~11457~^~203~^2.86^8^.071^~1~^~~^~~^~~^^^^^^^~~^08/1984^\n"
    "~11457~^~304~^79^7^4.794^~1~^~A~^~~^~~^1^63^102.5^^^^~~^08/1984^\n"
)
WEIGHT = (
    "~11457~^10^.5^~cup~^15^^\n~11457~^1 ^1^~cup~^30^^\n~11457~^2^1^~leaf~^10^^\n~11457~^3^1^~crumb~^0^^\n"
)


@pytest.fixture
def tables(tmp_path):
    for name, text in {
        "FD_GROUP": FD_GROUP,
        "FOOD_DES": FOOD_DES,
        "NUT_DATA": NUT_DATA,
        "WEIGHT": WEIGHT,
    }.items():
        (tmp_path / f"{name}.txt").write_bytes(text.replace("\n", "\r\n").encode("cp1252"))
    return tmp_path


def test_a_food_carries_its_value_with_samples_range_and_derivation(tables):
    spinach, _acai = read_sr28(tables)

    assert (spinach.key, spinach.name, spinach.category) == (
        "11457",
        "Spinach, raw",
        "Vegetables and Vegetable Products",
    )
    assert (spinach.magnesium_ug, spinach.min_ug, spinach.max_ug, spinach.n) == (79_000, 63_000, 102_500, 7)
    assert spinach.derivation == "analysed (A)"


def test_a_food_without_a_row_has_no_value_and_keeps_its_accents_and_maker(tables):
    _spinach, acai = read_sr28(tables)

    assert (acai.name, acai.brand, acai.magnesium_ug, acai.n) == ("Açaí, raw", "Kellogg, Co.", None, None)
    assert acai.portions == ()


def test_no_samples_means_that_their_number_is_not_given(tables):
    (tables / "NUT_DATA.txt").write_text("~11457~^~304~^0^0^^~7~^~Z~^~~^~~^^^^^^^~~^08/1984^\r\n", "cp1252")

    spinach, _acai = read_sr28(tables)

    assert (spinach.magnesium_ug, spinach.n, spinach.derivation) == (0, None, "assumed to be zero (Z)")


def test_portions_come_in_everyday_order_and_none_weighs_nothing(tables):
    spinach, _acai = read_sr28(tables)

    assert [(portion.label, portion.weight_mg) for portion in spinach.portions] == [
        ("1 cup", 30_000),
        ("1/2 cup", 15_000),
        ("1 leaf", 10_000),
    ]


@pytest.mark.parametrize(
    ("amount", "expected"),
    [
        ("1", "1"),
        (".5", "1/2"),
        (".25", "1/4"),
        (".33", "1/3"),
        (".333", "1/3"),
        (".667", "2/3"),
        (".125", "1/8"),
        ("1.5", "1 1/2"),
        ("16", "16"),
        ("5.3", "5 3/10"),
        (".35", "0.35"),
        (".99", "0.99"),
        ("10.0", "10"),
    ],
)
def test_amounts_read_as_people_write_them(amount, expected):
    assert amount_text(Decimal(amount)) == expected


@pytest.mark.parametrize(
    ("amount", "unit", "expected"),
    [
        (".5", "fillet", "1/2 fillet"),
        ("3", "tbsp", "3 tbsp"),
        ("1", "cup ,  sliced", "1 cup, sliced"),
        ("1", "serving 1/2 cup", "1 serving (1/2 cup)"),
        ("56", "grams 1 serving", "1 serving (56 g)"),
        ("1", f"piece ({'x' * 80})", "1 piece"),
        ("1", "y" * 90, "1 " + "y" * 78),
    ],
)
def test_a_label_is_one_unit_as_offered(amount, unit, expected):
    assert label_for(Decimal(amount), unit) == expected


def ordered(group, name, *labels):
    return [p.label for p in in_everyday_order(group, name, [PortionRecord(label, 1000) for label in labels])]


@pytest.mark.parametrize(
    ("group", "name", "labels", "first"),
    [
        ("1100", "Spinach, cooked, boiled", ["1 cup"], "1/2 cup"),
        ("1100", "Spinach, raw", ["1 cup", "1 bunch"], "1 cup"),
        ("1100", "Garlic, raw", ["1 cup", "1 clove"], "1 clove"),
        ("0900", "Bananas, raw", ["1 cup, mashed", "1 medium (7 inches)"], "1 medium (7 inches)"),
        ("0900", "Strawberries, raw", ["1 medium", "1 cup, whole"], "1 cup, whole"),
        ("0100", "Egg, whole, raw", ["1 extra large", "1 large"], "1 large"),
        ("0100", "Milk, whole", ["1 fl oz", "1 cup"], "1 cup"),
        ("1200", "Nuts, almonds", ["1 cup, whole", "1 oz (23 kernels)"], "1 oz (23 kernels)"),
        ("1800", "Bread, white", ["1 slice, thin", "1 oz", "1 slice"], "1 slice"),
        ("1600", "Lentils, boiled", ["1 cup", "1 tbsp"], "1/2 cup"),
        ("1600", "Peanut butter", ["1 cup", "2 tbsp"], "2 tbsp"),
        ("3600", "Restaurant dish", ["1 serving", "1 lb"], "1 serving"),
    ],
)
def test_the_everyday_measure_stands_first(group, name, labels, first):
    assert ordered(group, name, *labels)[0] == first


def test_nuts_without_an_ounce_get_one():
    portions = in_everyday_order("1200", "Seeds", [PortionRecord("1 cup", 140_000)])

    assert portions[0] == PortionRecord("1 oz", OUNCE_MG)


def test_half_a_cup_is_half_the_weight_and_loses_what_is_true_of_the_whole():
    portions = in_everyday_order("1400", "Coffee", [PortionRecord("1 cup (8 fl oz)", 237_000)])

    assert portions[1] == PortionRecord("1/2 cup", 118_500)


def test_one_label_with_two_weights_stays_two_portions():
    twice = [PortionRecord("1 oz", 28_000), PortionRecord("1 oz", 28_350), PortionRecord("1 oz", 28_000)]

    assert [p.label for p in in_everyday_order("2500", "Chips", twice)] == ["1 oz", "1 oz (28.35 g)"]
