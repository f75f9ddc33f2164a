"""PURE: everyday names beside the tables' wording, reviewed by hand: data, not rules."""

# A name that holds all words on the left (without plurals) is also found by those on the right.
# The alias stands where the first word on the left stands.
ALIASES: tuple[tuple[str, str], ...] = (
    # vegetables and herbs
    ("eggplant", "aubergine"),
    ("zucchini", "courgette"),
    ("arugula", "rocket roquette"),
    ("cilantro", "coriander"),
    ("beet", "beetroot"),
    ("rutabaga", "swede"),
    ("corn sweet", "sweetcorn"),
    ("corn", "maize"),
    ("pepper sweet", "bell capsicum"),
    ("pepper bell", "capsicum sweet"),
    ("chard", "silverbeet"),
    ("collard", "greens"),
    ("onion green", "scallion spring"),
    ("cabbage pak choi", "bok choy"),
    ("bok choy", "pak choi"),
    ("pea podded", "mangetout snow sugar snap"),
    ("potato chip", "crisps"),
    ("potato french fried", "fries chips"),
    ("french fry", "chips"),
    ("pickle cucumber", "gherkin"),
    ("potato baked", "jacket"),
    ("chili", "chilli chile"),
    ("lettuce cos", "romaine"),
    # pulses, grains, bread
    ("chickpea", "garbanzo chick"),
    ("broadbean", "broad fava bean"),
    ("fava", "broad"),
    ("navy bean", "haricot"),
    ("soybean green", "edamame"),
    ("soybean", "soya soy"),
    ("soy", "soya"),
    ("tofu", "beancurd"),
    ("hummus", "houmous humus"),
    ("lentil", "dal dhal"),
    ("peanut", "groundnut"),
    ("peanut butter chunk", "crunchy"),
    ("peanut butter smooth", "creamy"),
    ("whole wheat", "wholemeal wholewheat"),
    ("whole grain", "wholegrain"),
    ("cereal oat cooked", "porridge oatmeal"),
    ("cereal oat prepared", "porridge oatmeal"),
    ("oatmeal", "porridge"),
    ("oat rolled", "porridge"),
    ("corn flake", "cornflakes"),
    ("granola", "muesli"),
    ("granola bar", "flapjack"),
    ("pasta cooked", "spaghetti macaroni penne fusilli"),
    ("pasta dry", "spaghetti macaroni penne fusilli"),
    ("bulgur", "bulghur bulgar"),
    ("cornmeal", "polenta"),
    ("cornstarch", "cornflour"),
    ("buckwheat groat", "kasha"),
    ("cookie", "biscuit"),
    ("doughnut", "donut"),
    ("wheat flour white", "plain"),
    # nuts and seeds
    ("flaxseed", "linseed flax"),
    ("flax seed", "linseed flaxseed"),
    ("brazilnut", "brazil"),
    ("hazelnut", "filbert cobnut"),
    ("pumpkin seed", "pepitas"),
    # fruit
    ("kiwifruit", "kiwi"),
    ("tangerine", "mandarin satsuma"),
    ("clementine", "satsuma"),
    ("raisin golden", "sultana"),
    ("plum dried", "prune"),
    ("cantaloupe", "rockmelon"),
    # milk, eggs
    ("yogurt", "yoghurt"),
    ("yogurt greek", "skyr"),
    ("milk nonfat", "skimmed skim"),
    ("milk skim", "skimmed"),
    ("milk reduced fat", "semi skimmed semiskimmed"),
    ("soymilk", "soy soya milk"),
    ("soy milk", "soymilk"),
    ("cream heavy", "double whipping"),
    ("cream light", "single"),
    ("ice cream", "icecream"),
    ("egg fried", "sunny"),
    ("omelet", "omelette"),
    ("cheese cream", "philadelphia"),
    # meat and fish
    ("shrimp", "prawn"),
    ("beef ground", "mince minced"),
    ("lamb ground", "mince minced"),
    ("pork ground", "mince minced"),
    ("turkey ground", "mince minced"),
    ("ham", "gammon"),
    ("frankfurter", "hotdog hot dog"),
    ("hot dog", "hotdog"),
    ("crayfish", "crawfish"),
    ("squid", "calamari"),
    ("fish stick", "fingers"),
    ("hamburger", "burger"),
    ("beef ground patty", "beefburger burger"),
    ("lasagna", "lasagne"),
    ("bread toasted", "toast"),
    ("cheeseburger", "burger"),
    # drinks, sweets, sauces
    ("water carbonated", "sparkling fizzy"),
    ("water bottled", "mineral"),
    ("club soda", "sparkling water"),
    ("carbonated beverage", "soda fizzy"),
    ("soft drink", "soda fizzy"),
    ("cola", "coke coca"),
    ("whiskey", "whisky"),
    ("sugar powdered", "icing"),
    ("sugar granulated", "white caster"),
    ("molasses", "treacle"),
    ("hazelnut spread", "nutella"),
    ("yeast extract spread", "marmite vegemite"),
    ("catsup", "ketchup"),
    ("licorice", "liquorice"),
    ("baking soda", "bicarbonate"),
    ("candy milk chocolate", "bar"),
    # forms and spelling
    ("canned", "tinned"),
    ("dehydrated", "dried"),
    ("fiber", "fibre"),
    ("flavor", "flavour"),
    ("flavored", "flavoured"),
    ("scrambled", "scramble"),
)

# Words that say nothing of the food: left out of a query that has others.
STOP = frozenset({"a", "an", "my", "of", "some", "the"})

_SOFT = """
    and bag baked big boiled boneless bowl can chopped cold cooked cup cups diced for free fresh
    freshly fried from g glass gram grams grilled handful hard home homemade hot in kg large lean
    made medium ml mug natural no on or organic ounce ounces oz packet peeled piece pieces plain
    poached portion range raw ripe roast roasted salted serving skinless slice sliced slices small
    soft steamed stewed tablespoon tablespoons tbsp teaspoon teaspoons tin toasted tsp uncooked
    unsalted unsweetened warm with without
"""

# Words that seldom stand in a name: left out when a query finds nothing with them.
SOFT = frozenset(_SOFT.split())
