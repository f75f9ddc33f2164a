"""PURE: what FoodData Central does not say in each of its files: data types, codes, categories, releases."""

from foods.sources.records import FNDDS, FOUNDATION, SR_LEGACY, Release

BRANDED = "usda-branded"
# The order in which foods are given. The place of a code is how the store names it.
CODES = (SR_LEGACY, FOUNDATION, FNDDS, BRANDED)
KINDS = {  # data_type in CSV, dataType in JSON
    "sr_legacy_food": CODES.index(SR_LEGACY),
    "SR Legacy": CODES.index(SR_LEGACY),
    "foundation_food": CODES.index(FOUNDATION),
    "Foundation": CODES.index(FOUNDATION),
    "survey_fndds_food": CODES.index(FNDDS),
    "Survey (FNDDS)": CODES.index(FNDDS),
    "branded_food": CODES.index(BRANDED),
    "Branded": CODES.index(BRANDED),
}
# The table that lists the foods of a data type, with what is special to them.
OWN_TABLES = {
    SR_LEGACY: "sr_legacy_food.csv",
    FOUNDATION: "foundation_food.csv",
    FNDDS: "survey_fndds_food.csv",
    BRANDED: "branded_food.csv",
}
MAGNESIUM_ID, MAGNESIUM_NUMBER = "1090", "304"
# FoodData Central defines nutrient 1090 in milligrams; only the bundle of 2019 lacks the table that says so.
MAGNESIUM_UNIT = "MG"
UNDETERMINED = "9999"

# A release of branded foods has several hundred thousand: what has fewer than this is a part of one.
LEAST_BRANDED = 100_000

_NAMES = {
    SR_LEGACY: ("SR", "USDA FoodData Central, SR Legacy", "SR Legacy"),
    FOUNDATION: ("FD", "USDA FoodData Central, Foundation Foods", "Foundation Foods"),
    FNDDS: ("FN", "USDA Food and Nutrient Database for Dietary Studies", "FNDDS"),
    BRANDED: ("BR", "USDA FoodData Central, Branded Foods", "USDA Global Branded Food Products Database"),
}
_ONLY_RELEASE = {SR_LEGACY: "2018-04"}  # the last of its data base: later bundles repeat it


def release_of(code: str, release: str, *, named: bool = False) -> Release:
    """Return the release of one of the data sets; `named` says that a curator named it."""
    mark, dataset, short = _NAMES[code]
    release = release if named else _ONLY_RELEASE.get(code, release)
    return Release(
        code=code,
        mark=mark,
        dataset=dataset,
        release=release,
        licence="CC0 1.0",
        citation=(
            "US Department of Agriculture, Agricultural Research Service. FoodData Central: "
            f"{short}, release {release}."
        ),
        url="https://fdc.nal.usda.gov/",
    )


# food_nutrient_derivation.csv, for bundles without it: by id, the code and what it means.
DERIVATIONS = {
    "1": ("A", "Analytical"),
    "70": ("LCCS", "Calculated from value per serving size measure"),
    "71": ("LCSA", "Calculated from an approximate value per serving size measure"),
    "73": ("LCSL", "Calculated from a less than value per serving size measure"),
    "75": ("LCCD", "Calculated from a daily value percentage per serving size measure"),
    "77": ("LCGE", "Given by information provider as an exact value per 100 unit measure"),
    "78": ("LCGA", "Given by information provider as an approximate value per 100 unit measure"),
}

# food_category.csv, for bundles without it: the food groups of SR28 in their order, from 1.
CATEGORIES = {
    str(place): (code, name)
    for place, (code, name) in enumerate(
        (
            ("0100", "Dairy and Egg Products"),
            ("0200", "Spices and Herbs"),
            ("0300", "Baby Foods"),
            ("0400", "Fats and Oils"),
            ("0500", "Poultry Products"),
            ("0600", "Soups, Sauces, and Gravies"),
            ("0700", "Sausages and Luncheon Meats"),
            ("0800", "Breakfast Cereals"),
            ("0900", "Fruits and Fruit Juices"),
            ("1000", "Pork Products"),
            ("1100", "Vegetables and Vegetable Products"),
            ("1200", "Nut and Seed Products"),
            ("1300", "Beef Products"),
            ("1400", "Beverages"),
            ("1500", "Finfish and Shellfish Products"),
            ("1600", "Legumes and Legume Products"),
            ("1700", "Lamb, Veal, and Game Products"),
            ("1800", "Baked Products"),
            ("1900", "Sweets"),
            ("2000", "Cereal Grains and Pasta"),
            ("2100", "Fast Foods"),
            ("2200", "Meals, Entrees, and Side Dishes"),
            ("2500", "Snacks"),
            ("3500", "American Indian/Alaska Native Foods"),
            ("3600", "Restaurant Foods"),
        ),
        1,
    )
}

# measure_unit.csv, for bundles without it: those that the bundle of 2019 weighs foods in.
MEASURES = {
    "1000": "cup",
    "1001": "tablespoon",
    "1002": "teaspoon",
    "1009": "fl oz",
    "1010": "paired cooked w",
    "1019": "can",
    "1022": "cookie",
    "1023": "container",
    "1026": "drumstick",
    "1027": "fillet",
    "1028": "fruit",
    "1033": "link",
    "1038": "oz",
    "1039": "package",
    "1043": "piece",
    "1044": "pieces",
    "1045": "quart",
    "1046": "roast",
    "1049": "serving",
    "1050": "slice",
    "1054": "steak",
    "1060": "wedge",
    "1067": "olive",
    "1069": "order",
    "1071": "each",
    "1077": "spear",
    "1082": "tomatoes",
    "1117": "bunch",
}
