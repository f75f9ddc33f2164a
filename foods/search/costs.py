"""PURE: what words of a name cost it, reviewed by hand: data, not rules."""

PLAIN_COST = 5  # of a word that is not named here


def _costs(**groups: str) -> dict[str, int]:
    return {word: int(cost[1:]) for cost, text in groups.items() for word in text.split()}


# By word without plural: low for what the common form of a food is called, high for what few people mean.
COSTS = _costs(
    _0="""12 13 8 a all any as average commercial drained for fresh grade gram in includ include
    included mixed nfs ns of or ounce per plain raw regular ripe salt specy such the to type
    variety water whole with without year""",
    _1="""added atlantic black boiled brewed broiled cacao commercially cooked cultured d eaten
    english enriched european farmed generic grain green hass heat hull kernel large lean long
    mature meat medium milkfat moist only part peel prepared red roasted round seed seedless skin
    small smooth solid style table tap thompson unsweetened vitamin white yellow""",
    _2="""15 20 25 3 70 80 85 and baked bone commodity creamy fat fortified grilled ground light not
    poached quick roast scrambled steamed unsalted unspecified usual""",
    _4="""boneless bottled canned drink eat frozen home iced low lowfat made microwaved nonfat ready
    recipe reduced serve skim skinless toasted unenriched""",
    _8="""bar beverage braise braised bran bread breaded butter cake calcium candy cereal chip
    chocolate coated concentrate condensed cooky covered cream creamed dessert diet dip dressing
    dried dry evaporated fast filled flavor flavored flour fried glazed hard honey ice instant juice
    liquid mash mix nectar no oil pack patty peeled pickled pie powder pudding restaurant roll salad
    salted sandwich sauce school shake smoked snack sodium soup spread stew stewed stick stuffed
    sweetened syrup uncooked unprepared vanilla wild""",
    _12="""australian baby blood brain buffalo buttermilk caffeine casserole chinese choice crude
    decaffeinated duck extract fed feet fermented fill filling flower formulated frosting germ
    giblet gizzard gluten goat goose grass hash heart human hydrogenated icing imitation imported
    industrial kidney lactose leaf liver meal neck new noodle organ overripe powdered prime protein
    puffed quail raab rind separable sheep solution souffle sprouted stalk substitute supplement
    supplemental tail tongue topping trimmed tripe zealand""",
    _20="""alaska alcoholic apache cuban defatted dehydrated extender formula freeze hopi infant
    ingredient junior meatless native navajo puerto reconstituted rican rico shoshone southwest
    stage strained toddler vegetarian""",
)

# Two words that together say little, though the first one alone says much.
MILD_PAIRS = frozenset(
    {("dry", "heat"), ("dry", "roasted"), ("dry", "powder"), ("no", "added"), ("hard", "boiled")}
)

# First segments that only name a group: the food comes after them.
GROUPS = frozenset(
    {
        "alcoholic beverage",
        "alcoholic beverage, distilled",
        "alcoholic beverage, wine",
        "alcoholic beverages",
        "beverages",
        "beverages, carbonated",
        "candies",
        "cereals",
        "cereals ready to eat",
        "crustaceans",
        "fish",
        "game meat",
        "leavening agents",
        "mollusks",
        "nuts",
        "pork, cured",
        "pork, fresh",
        "salad dressing",
        "seaweed",
        "seeds",
        "snacks",
        "spices",
        "squash, summer",
        "squash, winter",
        "sweeteners",
        "vegetables",
    }
)

# Segments that say nothing of the kind: what follows them still does.
FILLERS = frozenset(
    {
        "all classes",
        "all varieties",
        "broiler or fryers",
        "broilers or fryers",
        "carbonated",
        "dry powder",
        "fluid",
        "fresh",
        "mature seeds",
        "mixed species",
        "regular",
        "retail parts",
        "table",
        "whole",
    }
)

REMOTE_CATEGORIES = (
    "american indian",
    "baby",
    "fast food",
    "formula",
    "not included",
    "restaurant",
)

# Foods of these are meant as eaten: what is raw or dry comes after.
SERVED_COOKED = (
    "beef",
    "cereal grains",
    "fish",
    "lamb",
    "legume",
    "pasta",
    "pork",
    "poultry",
    "rice",
    "sausages",
    "shellfish",
)
