"""A typed amount in a food's own measures: its portions, its density, or what it has instead."""

from fractions import Fraction

import pytest

from foods.measures import Measured, UnitMissing, read_amount, read_label, share_of, take, take_of

CUP, CHOPPED, SLICE = (
    Measured("1 cup", 240_000),
    Measured("1 cup, chopped", 150_000),
    Measured("1 slice", 25_000),
)
HALF_FILLET = Measured("1/2 fillet", 198_000)


def taken(text, *portions, name=""):
    """Return what is kept: how many thousandths, of which unit, and the whole weight in mg."""
    amount = take(read_amount(text), portions, name=name)
    return amount.quantity_milli, amount.unit, amount.quantity_milli * amount.unit_weight_mg // 1000


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("150 g", (150_000, "g", 150_000)),
        ("0.15 kg", (150_000, "g", 150_000)),
        ("500 mg", (500, "g", 500)),
        ("3 oz", (3_000, "1 oz", 85_050)),
        ("1/2 lb", (500, "1 lb", 226_796)),
        ("1/3 oz", (1_000, "1/3 oz", 9_450)),
    ],
)
def test_a_unit_of_weight_is_a_weight_whatever_the_portions_are(text, expected):
    assert taken(text, Measured("3 oz", 85_000)) == expected
    assert taken(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1/2 cup", (500, "1 cup", 120_000)),
        ("½ cups", (500, "1 cup", 120_000)),
        ("1 1/2 cup", (1_500, "1 cup", 360_000)),
        ("1/3 cup", (1_000, "1/3 cup", 80_000)),
        ("1 cup chopped", (1_000, "1 cup, chopped", 150_000)),
        ("2 slices", (2_000, "1 slice", 50_000)),
        ("1 fillet", (1_000, "1 fillet", 396_000)),
        ("1/2 fillet", (1_000, "1/2 fillet", 198_000)),
        ("1/4 fillet", (1_000, "1/4 fillet", 99_000)),
    ],
)
def test_a_portion_s_own_unit_is_that_portion_or_a_part_of_it(text, expected):
    assert taken(text, CHOPPED, CUP, SLICE, HALF_FILLET) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2 tbsp", (1_000, "2 tbsp (from 1 cup)", 30_000)),
        ("1 tsp", (1_000, "1 tsp (from 1 cup)", 5_000)),
        ("8 fl oz", (1_000, "8 fl oz (from 1 cup)", 240_000)),
        ("100 ml", (1_000, "100 ml (from 1 cup)", 101_442)),
        ("1/2 l", (1_000, "1/2 l (from 1 cup)", 507_210)),
        ("1 tbsp chopped", (1_000, "1 tbsp (from 1 cup, chopped)", 9_375)),
    ],
)
def test_a_volume_is_reckoned_from_the_food_s_own_volume_and_says_so(text, expected):
    assert taken(text, SLICE, CHOPPED, CUP) == expected


def test_a_can_that_states_its_volume_gives_a_density():
    assert taken("1 cup", Measured("1 can (12 fl oz)", 372_000)) == (
        1_000,
        "1 cup (from 1 can (12 fl oz))",
        248_000,
    )


def test_a_volume_in_ml_that_a_label_states_goes_before_the_size_of_its_unit():
    metric = Measured("1 cup (250 ml)", 250_000)

    assert taken("100 ml", metric) == (1_000, "100 ml (from 1 cup (250 ml))", 100_000)
    assert taken("1/2 cup", metric)[2] == 125_000


def test_what_a_volume_yields_is_no_density():
    with pytest.raises(UnitMissing):
        taken("2 fl oz", Measured("1 tablespoon dry yields 8 fl oz", 5_000))


@pytest.mark.parametrize("text", ["1 cup", "2 tbsp", "100 ml", "1 bagel", "1 medium", "1 cup sliced"])
def test_a_unit_that_the_food_has_not_is_never_guessed(text):
    with pytest.raises(
        UnitMissing, match=r"^Unit missing: this food has no .*It has 1 slice, 3 oz, 100 g; give"
    ):
        taken(text, SLICE, Measured("3 oz", 85_000))


def test_a_food_without_portions_asks_for_grams():
    with pytest.raises(UnitMissing) as missing:
        taken("1 cup")
    assert str(missing.value) == "Unit missing: this food has no cup. It has 100 g; give grams."


@pytest.mark.parametrize(
    ("text", "expected"),
    [("2 large eggs", "1 large"), ("1 large", "1 large"), ("3 slices of bread", "1 slice, thin")],
)
def test_words_of_the_food_s_name_may_stand_in_the_unit(text, expected):
    portions = [Measured("1 large", 50_000), Measured("1 slice, thin", 20_000)]

    assert taken(text, *portions, name="Egg, whole, or bread")[1] == expected


def test_a_weight_of_the_food_by_name_is_a_weight_and_one_of_a_part_is_that_portion():
    cooked = Measured("1 oz, cooked", 21_000)

    assert taken("3 oz chicken", cooked, name="Chicken, raw") == (3_000, "1 oz", 85_050)
    assert taken("3 oz cooked", cooked, name="Chicken, raw") == (3_000, "1 oz, cooked", 63_000)
    with pytest.raises(UnitMissing):
        taken("3 oz boneless", cooked, name="Chicken, raw")


def test_the_food_s_name_alone_is_no_unit():
    with pytest.raises(UnitMissing):
        taken("2 eggs", Measured("1 large", 50_000), name="Egg, whole")


def test_the_first_portion_wins_and_the_plainest_before_it():
    sliced = Measured("1 cup, sliced", 100_000)

    assert taken("1 cup", sliced, CHOPPED)[1] == "1 cup, sliced"
    assert taken("1 cup", sliced, CHOPPED, CUP)[1] == "1 cup"
    assert taken("1/2 cup", CUP, Measured("1/2 cup", 125_000)) == (1_000, "1/2 cup", 125_000)


def test_some_of_several_pieces_are_named_as_they_were_typed():
    assert taken("1 cookie", Measured("3 cookies", 30_000)) == (1_000, "1 cookie", 10_000)


def test_a_third_of_a_portion_is_exact():
    amount = take_of(Fraction(1, 3), CUP)

    assert (amount.quantity_milli, amount.unit, amount.unit_weight_mg) == (1_000, "1/3 cup", 80_000)


@pytest.mark.parametrize(
    ("text", "serving", "expected"),
    [
        ("2", "2 capsules", Fraction(2)),
        ("1 capsule", "2 capsules", Fraction(1, 2)),
        ("3 capsules", "1 capsule", Fraction(3)),
        ("300 ml", "250 ml", Fraction(6, 5)),
        ("1 tsp", "1 tbsp", Fraction(1, 3)),
        ("10 g", "5 g", Fraction(2)),
    ],
)
def test_servings_are_counted_by_what_the_label_names(text, serving, expected):
    assert share_of(read_amount(text), serving) == expected


@pytest.mark.parametrize(("text", "serving"), [("1 cup", "1 capsule"), ("5 g", "1 scoop"), ("1 tablet", "")])
def test_a_serving_has_no_other_unit(text, serving):
    with pytest.raises(UnitMissing, match="Unit missing: this is counted by"):
        share_of(read_amount(text), serving)


def test_a_long_label_leaves_room_for_what_was_used():
    long = Measured(f"1 cup, {'very ' * 14}long", 240_000)

    assert len(taken("2 tbsp", long)[1]) <= 80
    assert taken("2 tbsp", long)[1].startswith("2 tbsp (from 1 cup, very")


@pytest.mark.parametrize(
    ("label", "number", "unit", "rest"),
    [
        ("1/2 cup, chopped (60 g)", Fraction(1, 2), "cup", "chopped"),
        ("3/4 Cup (1 NLEA serving)", Fraction(3, 4), "cup", ""),
        ("3 oz", Fraction(3), "oz", ""),
        ("1 extra large (64 g)", Fraction(1), "", "extra large"),
        ("serving (48 g)", Fraction(1), "", "serving"),
        ("2 tbsp (from 1 cup)", Fraction(2), "tbsp", ""),
        ('1 pat (1" sq, 1/3" high)', Fraction(1), "", "pat"),
        ("1,500 seeds", Fraction(1), "", "1,500 seeds"),
        ("", Fraction(1), "", ""),
    ],
)
def test_a_label_is_read_as_a_measure(label, number, unit, rest):
    measure = read_label(label)

    assert (measure.number, measure.unit, measure.rest) == (number, unit, rest)
