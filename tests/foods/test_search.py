"""Search as one types: what is found, in which order, and what is asked of the database."""

import itertools

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from foods.models import Edition, Food, FoodImport, FoodRevision, Portion
from foods.search import (
    NewFood,
    add_made,
    drop_edition,
    keeping,
    make_rows,
    matches,
    ranking,
    rebuild,
    refresh_ranking,
    reindex,
    rows,
    search_foods,
    tables,
    wording,
)
from foods.search.aliases import ALIASES, SOFT, STOP
from foods.search.costs import COSTS
from foods.sources.records import PLAIN
from tests.factories import make_food, make_source


def names(query, **kwargs):
    return [hit.name for hit in search_foods(query, **kwargs)]


def index(*foods):
    reindex([food.pk for food in foods])
    return foods


def index_names(*food_names):
    return index(*[make_food(name) for name in food_names])


# What is found ----------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "query"),
    [
        ("Spinach, raw", "s"),
        ("Spinach, raw", "spin"),
        ("Spinach, raw", "raw spinach"),
        ("Spinach, raw", "SPINACH"),
        ("Spinach, raw", "  spinach,  raw! "),
        ("Nuts, almonds", "almond"),
        ("Almond butter", "almonds"),
        ("Strawberries, raw", "strawberry"),
        ("Strawberry jam", "strawberries"),
        ("Strawberries, raw", "strawberri"),
        ("Potatoes, boiled", "potato"),
        ("Potato, baked", "potatoes"),
        ("Peaches, yellow, raw", "peach"),
        ("Cookies, oatmeal", "cookie"),
        ("Hummus, plain", "hummus"),
        ("Crème fraîche", "creme fraiche"),
        ("Creme fraiche", "CRÈME FRAÎCHE"),
        ("Chocolate, dark, 70-85% cacao solids", "dark choc 70"),
        ("Bread, whole-wheat, commercially prepared", "whole wheat br"),
        ("Bread, whole-wheat, commercially prepared", "a slice of the whole wheat bread"),
        ("Yogurt, plain", "yoghurt"),
        ("Eggplant, raw", "auberg"),
        ("Squash, summer, zucchini, raw", "courgettes"),
        ("Arugula, raw", "rocket"),
        ("Crustaceans, shrimp, cooked", "prawns"),
        ("Bread, whole-wheat", "wholemeal bread"),
        ("Soymilk, unsweetened", "soy milk"),
        ("Soy milk, unsweetened", "soymilk"),
        ("Beef, ground, raw", "minced beef"),
        ("Cereals, oats, regular, cooked with water", "porridge"),
        ("Tuna, canned in water", "tinned tuna"),
    ],
)
def test_a_food_is_found_by_the_words_people_use(name, query):
    index_names(name, "Zwieback toast")

    assert names(query) == [name]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("almnd", "Nuts, almonds"),  # left out
        ("allmond", "Nuts, almonds"),  # doubled
        ("alomnds", "Nuts, almonds"),  # swapped
        ("alminds", "Nuts, almonds"),  # wrong
        ("almoxnds", "Nuts, almonds"),  # added
        ("pumpkn seeds", "Seeds, pumpkin and squash seed kernels, dried"),
        ("pumkin seads", "Seeds, pumpkin and squash seed kernels, dried"),
        ("spinich", "Spinach, raw"),
        ("sponac", "Spinach, raw"),  # not typed to its end
        ("mozarella", "Cheese, mozzarella, whole milk"),
        ("mozzarela", "Cheese, mozzarella, whole milk"),
        ("aubergene", "Eggplant, raw"),
    ],
)
def test_one_slip_in_a_word_is_forgiven(query, expected):
    index_names(
        "Nuts, almonds",
        "Seeds, pumpkin and squash seed kernels, dried",
        "Spinach, raw",
        "Cheese, mozzarella, whole milk",
        "Eggplant, raw",
    )

    assert names(query)[:1] == [expected]


@pytest.mark.django_db
def test_a_word_that_is_there_is_not_taken_for_a_slip():
    index_names("Pears, raw", "Pearl barley, cooked", "Peas, green, raw")

    assert "Peas, green, raw" not in names("pear")


@pytest.mark.django_db
@pytest.mark.parametrize("query", ["freshly steamed spinach", "cornershop spinach", "spinach qqqqqq"])
def test_words_that_no_food_has_are_left_out_when_others_tell(query):
    index_names("Spinach, raw", "Bananas, raw")

    assert names(query) == ["Spinach, raw"]


@pytest.mark.django_db
@pytest.mark.parametrize("query", ["qqqqqq", "qqqqqq raw", "qwertz", "qwertz raw", "spinach banana"])
def test_nothing_is_found_where_nothing_fits(query):
    index_names("Spinach, raw", "Bananas, raw")

    assert names(query) == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    "query",
    [
        "",
        " ",
        "\x00",
        "spin\x00ach",
        '"',
        "'; DROP TABLE foods_food; --",
        '" OR "" * ^ NEAR(a b, 2) head : words AND NOT -x {a}',
        "AND",
        "NOT NOT",
        "a:* & !b | (c",
        "%s %(x)s %",
        "\\",
        "🥬🥬",
        "ﬁsh ½ ①",
        "\u202espinach\u202c",
        "\ud800",
        "s" * 10_000,
        "spinach " * 1_250,
        "x " * 5_000,
        "1" * 10_000,
        " ".join(f"wrong{chr(97 + i)}word" for i in range(26)),
        "ß İ ı ſ",
        "日本語 чай",
    ],
)
def test_any_text_may_be_asked(query):
    index_names("Spinach, raw")

    assert all(hit.name == "Spinach, raw" for hit in search_foods(query))


@given(st.text(max_size=600))
def test_a_query_comes_down_to_few_short_words_of_letters_and_digits(text):
    typed = wording.query_words(text)

    assert len(typed) <= wording.MAX_WORDS
    assert all(word.isalnum() and len(word) <= wording.MAX_LETTERS for word in typed)


# Which come first -------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("query", "first", "second"),
    [
        ("spinach", "Spinach, raw", "Spinach, cooked, boiled, drained, without salt"),
        ("spinach", "Spinach, cooked, boiled, drained, without salt", "Spinach, freeze-dried"),
        ("milk", "Milk, whole, 3.25% milkfat, with added vitamin D", "Milk, goat, fluid"),
        ("goat milk", "Milk, goat, fluid", "Cheese, goat milk, soft type"),
        ("milk", "Milk, nonfat, fluid", "Milk shakes, thick vanilla"),
        ("milk", "Milk, nonfat, fluid", "Almond milk, sweetened"),
        ("banana", "Bananas, raw", "Bananas, dehydrated, or banana powder"),
        ("banana", "Bananas, raw", "Babyfood, bananas"),
        ("almond", "Nuts, almonds", "Almond cookies"),
        ("salt", "Salt, table", "Beans, cooked, without salt"),
        ("pea", "Peas, green, raw", "Peanuts, all types, raw"),
        ("rice", "Rice, white, long-grain, cooked", "Rice noodles, dry"),
        ("chocolate", "Chocolate, dark", "Cookies, chocolate chip"),
        ("hamburger", "Hamburger, plain", "BURGERWORLD, Hamburger"),
    ],
)
def test_the_plain_and_common_form_comes_first(query, first, second):
    index_names(second, first)

    assert names(query) == [first, second]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("plain", "odd"),
    [
        ({}, {"brand": "Crunchy Corp."}),
        ({"category": "Breakfast Cereals"}, {"category": "Fast Foods"}),
        ({"category": "Breakfast Cereals"}, {"category": "Baby Foods"}),
        ({"category": "Breakfast Cereals"}, {"category": "Restaurant Foods"}),
        ({"portions": [("1 cup", 60)]}, {}),
        ({"mg_per_100g": 40}, {"mg_per_100g": None}),
        ({"uses": 12}, {}),
    ],
)
def test_of_two_foods_of_one_name_the_more_useful_comes_first(plain, odd):
    wanted = make_food("Granola, toasted", **plain)
    other = make_food("Granola, toasted", **odd)
    index(other, wanted)

    assert [hit.id for hit in search_foods("granola")] == [wanted.pk, other.pk]


@pytest.mark.django_db
def test_a_survey_dish_with_the_name_of_a_food_adds_nothing_to_choose():
    survey = make_source(code="usda-fndds", release="2020", mark="FN")
    dishes = [make_food("Kale, raw", source=survey), make_food("Kale, cooked", source=survey)]
    index(*dishes, make_food("Kale, raw"))

    found = [(hit.name, hit.source_mark) for hit in search_foods("kale")]

    assert found == [("Kale, raw", "SR"), ("Kale, cooked", "FN")]


@pytest.mark.django_db
def test_what_is_logged_often_is_lifted_but_does_not_outrank_a_better_answer():
    often, plain, other = index_names("Tea, herbal, mint", "Tea, herbal, lime", "Teriyaki sauce, mild")
    assert refresh_ranking({often.pk: 40, other.pk: 5_000}) == 2

    assert names("tea herbal") == [often.name, plain.name]
    assert names("tea")[0] == often.name
    assert Food.objects.get(pk=often.pk).uses == 40

    refresh_ranking({plain.pk: 40})
    assert names("tea herbal") == [plain.name, often.name]
    assert Food.objects.get(pk=often.pk).uses == 0


# What an answer holds ---------------------------------------------------------------------------


@pytest.mark.django_db
def test_an_answer_carries_the_current_value_its_source_and_the_portions_in_order():
    (food,) = index(
        make_food(
            "Kale, raw", mg_per_100g=47, category="Vegetables", portions=[("1 cup", 67), ("1 leaf", 10)]
        )
    )
    curator = make_source(code="curator", release="1", mark="C")
    food.current = FoodRevision.objects.create(food=food, source=curator, magnesium_ug_per_100g=33_000)
    food.save()

    (hit,) = search_foods("kale")

    assert (hit.id, hit.name, hit.brand, hit.category) == (food.pk, "Kale, raw", "", "Vegetables")
    assert (hit.source_code, hit.source_release, hit.source_mark) == ("curator", "1", "C")
    assert hit.magnesium_ug_per_100g == 33_000
    assert [(p.label, p.weight_mg) for p in hit.portions] == [("1 cup", 67_000), ("1 leaf", 10_000)]
    assert [p.id for p in hit.portions] == list(
        food.portions.order_by("position").values_list("pk", flat=True)
    )


@pytest.mark.django_db
@pytest.mark.parametrize(("mg", "ug"), [(None, None), (0, 0)])
def test_an_unknown_value_stays_unknown_and_a_true_zero_is_zero(mg, ug):
    index(make_food("Lard", mg_per_100g=mg))

    assert search_foods("lard")[0].magnesium_ug_per_100g == ug


@pytest.mark.django_db
def test_a_food_without_any_revision_is_still_found():
    food = Food.objects.create(source=make_source(), source_key="x1", name="Mystery, raw")
    index(food)

    (hit,) = search_foods("mystery")
    assert (hit.source_key, hit.magnesium_ug_per_100g, hit.portions) == ("x1", None, ())


@pytest.mark.django_db
@pytest.mark.parametrize(("limit", "count"), [(1, 1), (20, 20), (100, 100), (5_000, 100), (0, 0), (-1, 0)])
def test_limit_is_kept_and_never_over_100(limit, count):
    index_names(*[f"Soup, number {n}" for n in range(130)])

    assert len(search_foods("soup", limit=limit)) == count


# What is asked of the database ------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("query", "queries"),
    [("spinach", 1), ("s", 1), ("spinich", 3), ("qwertz", 2), ("qq", 1), ("...", 0), ("日本", 1), ("🥬", 0)],
)
def test_a_search_costs_few_queries_however_much_it_finds(query, queries, django_assert_num_queries):
    index(*[make_food(f"Spinach, kind {n}", portions=[("1 cup", 30), ("1 leaf", 5)]) for n in range(30)])

    with django_assert_num_queries(queries):
        search_foods(query)


@pytest.mark.django_db
def test_what_readers_see_is_never_found_by_going_through_all_that_is_not_merged():
    plans = [
        Food.objects.shown().filter(name__in=["Kale, raw"], source__code__in=PLAIN).explain(),
        Food.objects.shown().filter(uses__gt=0).order_by("-uses").explain(),
    ]

    assert not any("merged" in plan.split("Filter")[0] for plan in plans)


# Keeping up -------------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize("reindexed", [False, True])
def test_foods_retired_or_merged_never_appear_and_come_back(reindexed):
    stays, retired, merged = index_names("Kale, raw", "Kale, cooked", "Kale, boiled")
    Food.objects.filter(pk=retired.pk).update(retired_at=timezone.now())
    Food.objects.filter(pk=merged.pk).update(merged_into=stays)
    if reindexed:
        rebuild()

    assert names("kale") == ["Kale, raw"]

    Food.objects.filter(pk=retired.pk).update(retired_at=None)
    assert names("kale") == ["Kale, raw", "Kale, cooked"]


@pytest.mark.django_db
@pytest.mark.parametrize("refresh", [rebuild, lambda: reindex(Food.objects.values_list("pk", flat=True))])
def test_a_renamed_food_is_found_by_its_new_name_only(refresh):
    (food,) = index_names("Kale, raw")
    Food.objects.filter(pk=food.pk).update(name="Borecole, raw")
    refresh()

    assert (names("kale"), names("borecole")) == ([], ["Borecole, raw"])


@pytest.mark.django_db
def test_rebuild_finds_what_was_never_indexed_and_forgets_what_is_gone():
    (gone,) = index_names("Kale, raw")
    FoodRevision.objects.filter(food=gone).update(food=make_food("Chard, raw"))
    Food.objects.filter(pk=gone.pk).delete()

    assert names("kale") == []
    assert rebuild() == 1
    assert names("chard") == ["Chard, raw"]
    assert names("kalf") == []


@pytest.mark.django_db
def test_reindexing_nothing_or_what_is_not_there_is_harmless():
    reindex([])
    reindex([987_654_321])

    assert rebuild() == 0


def vocabulary_now():
    return {word: foods for word, foods in tables.all_words().items() if foods}


@pytest.mark.django_db
def test_a_rebuild_in_slices_mends_what_was_left_half_done(monkeypatch):
    monkeypatch.setattr(keeping, "BATCH", 2)
    kale, chard, *_ = index_names("Kale, raw", "Chard, raw", "Leek, raw", "Okra, raw", "Rye, dry")
    Food.objects.filter(pk=kale.pk).update(name="Borecole, raw")
    FoodRevision.objects.filter(food=chard).delete()
    Food.objects.filter(pk=chard.pk).delete()
    vocabulary = dict.fromkeys(["borecole", "leek", "okra", "rye", "dry"], 1) | {"raw": 3}

    assert rebuild() == 4
    assert sorted(names("raw")) == ["Borecole, raw", "Leek, raw", "Okra, raw"]
    assert vocabulary_now() == vocabulary


@pytest.mark.django_db
def test_the_vocabulary_follows_each_change():
    kale, beet = index_names("Kale, raw", "Beets, raw")
    Food.objects.filter(pk=kale.pk).update(name="Borecole, raw")
    reindex([kale.pk, beet.pk])

    assert vocabulary_now() == {"borecole": 1, "beet": 1, "beets": 1, "beetroot": 1, "raw": 2}


@pytest.mark.django_db
def test_a_ranking_writes_only_the_foods_whose_count_changed(django_assert_num_queries):
    foods = index_names(*[f"Soup, kind {n}" for n in range(20)])
    counts = {food.pk: 3 for food in foods}
    assert refresh_ranking(counts) == 20

    assert refresh_ranking(counts | {foods[0].pk: 4}) == 1
    with django_assert_num_queries(1):
        assert refresh_ranking(counts | {foods[0].pk: 4}) == 0


# Packaged foods ---------------------------------------------------------------------------------


def packaged(name, brand="Sunny Hollow", **fields):
    fields.setdefault("gtin", f"{Food.objects.count() + 1:014d}")
    return make_food(name, brand=brand, source=make_source("usda-branded", "2024", "FB"), **fields)


@pytest.mark.django_db
def test_plain_foods_come_before_packaged_ones_of_the_same_words():
    plain = make_food("Peanut butter, smooth style, with salt", mg_per_100g=None)
    shop = packaged("PEANUT BUTTER", portions=[("2 tbsp", 32)])
    index(shop, plain)

    assert [hit.id for hit in search_foods("peanut butter")] == [plain.pk, shop.pk]
    assert [hit.id for hit in search_foods("sunny peanut but")] == [shop.pk]


@pytest.mark.django_db
def test_packaged_foods_of_one_name_do_not_fill_the_list():
    same = [packaged("Peanut butter", brand=brand) for brand in ("Alder", "Birch", "Cedar")]
    twin = packaged("PEANUT BUTTER", brand="ALDER")
    other = packaged("Peanut butter, crunchy and rather long in its name", brand="Dogwood", mg_per_100g=None)
    index(*same, twin, other)

    found = [hit.id for hit in search_foods("peanut butter")]

    assert found[1] == other.pk  # one of the name, another name, and then the rest
    assert len(found) == 4
    assert {same[1].pk, same[2].pk} <= set(found)
    assert [hit.brand for hit in search_foods("birch peanut butter")] == ["Birch"]


@pytest.mark.django_db
@pytest.mark.parametrize("portion", [0.01, 0.05, 0.9])
def test_a_packaged_food_is_found_on_whichever_shelf_it_stands(portion, monkeypatch):
    monkeypatch.setattr(rows, "_SHARES", {False: (portion, 0.5), True: (portion, 0.5)})
    foods = index(*[packaged(f"Lentil chips number {n}") for n in range(40)])

    assert {hit.id for hit in search_foods("lentil ch", limit=100)} == {food.pk for food in foods}


@pytest.mark.django_db
def test_what_the_person_logged_is_found_for_certain_and_lifted():
    foods = index(*[packaged(f"Oat bar {n}", brand=f"Brand {n}") for n in range(100)], make_food("Bar, oat"))
    wanted = foods[90]

    assert wanted.pk not in [hit.id for hit in search_foods("oat bar", limit=10)]
    found = search_foods("oat bar", limit=10, logged={wanted.pk: 5}, also=[wanted.pk])
    assert found[0].id == wanted.pk


@pytest.mark.django_db
@pytest.mark.parametrize(
    "query",
    ["00012345678905", "0012345678905", "012345678905", "12345678905", "0 12345 67890 5", "12345-67890-5"]
    + ["000012345678905", "0000000000012345678905"],
)
def test_a_barcode_finds_its_food_in_one_query(query, django_assert_num_queries):
    index(wanted := packaged("Oat bar", gtin="00012345678905"), packaged("Rye bar", gtin="00012345678912"))

    with django_assert_num_queries(1):
        found = search_foods(query)

    assert [hit.id for hit in found] == [wanted.pk]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("short", "gtin"),
    [
        ("01234505", "00012000003455"),  # as the last digit of six says: 12 000 00345 5
        ("04252614", "00042100005264"),
        ("96385074", "00000096385074"),  # EAN-8: as it stands
    ],
)
def test_a_short_barcode_finds_its_food(short, gtin):
    index(packaged("Oat bar", gtin=gtin))

    assert len(search_foods(short)) == 1


@pytest.mark.django_db
@pytest.mark.parametrize("query", ["1234567", "123456789012345", "12345678 oat", "oat 12345678"])
def test_other_digits_are_words(query):
    index(packaged("Oat bar 1234567", gtin="00000012345678"))

    assert [hit.name for hit in search_foods(query)] == (["Oat bar 1234567"] if query == "1234567" else [])


@pytest.mark.django_db
def test_a_barcode_that_no_food_bears_finds_nothing_and_a_retired_food_is_not_shown():
    index(packaged("Oat bar", gtin="00012345678905", retired_at=timezone.now()))

    assert search_foods("12345678905") == search_foods("99999999999999") == []


# Editions ---------------------------------------------------------------------------------------


def make_edition(live):
    food_import = FoodImport.objects.create(file_name="f.csv", size=1, sha256="0" * 64)
    at = timezone.now() if live else None
    return Edition.objects.create(food_import=food_import, live=live, live_at=at, settled=True)


def as_readers_see():
    """What `shown` and `settle` say of all foods, and `Portion.objects.shown` of their portions."""
    found = {}
    for food in Food.objects.readable().shown():
        food.settle()
        shown = Portion.objects.shown().filter(food=food).order_by("position", "pk")
        found[food.pk] = (
            *(food.name, food.brand, food.category),
            food.current.magnesium_ug_per_100g,
            food.current.source.code,
            [portion.label for portion in shown],
        )
    return found


def as_search_sees(query):
    return {
        hit.id: (
            *(hit.name, hit.brand, hit.category),
            hit.magnesium_ug_per_100g,
            hit.source_code,
            [portion.label for portion in hit.portions],
        )
        for hit in search_foods(query, limit=100)
    }


@pytest.mark.django_db
@pytest.mark.parametrize("indexed", [reindex, lambda ids: rebuild()])
def test_search_shows_what_readers_see_in_every_state_of_an_edition(indexed):
    live, hidden = make_edition(live=True), make_edition(live=False)
    theirs = make_source("usda-foundation", "2025", "FD")
    other = make_food("Winner")
    for born, edition, comes, retired, merged in itertools.product(
        (None, live, hidden), (None, live, hidden), (True, False), (True, False), (True, False)
    ):
        food = make_food(f"Kale {Food.objects.count()}", category="Old", portions=[("1 cup", 60)], born=born)
        food.edition, food.retired_at = edition, timezone.now() if retired else None
        food.merged_into = other if merged else None
        if edition and comes:
            food.upcoming = FoodRevision.objects.create(food=food, source=theirs, magnesium_ug_per_100g=1)
            food.details = {"category": "New", "brand": "Kale & Sons"} if retired else None
        food.save()
        if edition:
            Portion.objects.create(food=food, label="1 leaf", weight_mg=10_000, edition=edition)
            Portion.objects.filter(food=food, label="1 cup").update(edition=edition, leaving=True)
    indexed(Food.objects.values_list("pk", flat=True))
    seen = as_readers_see()
    seen.pop(other.pk)

    assert as_search_sees("kale") == seen
    assert 0 < len(seen) < 72
    Edition.objects.filter(pk=live.pk).update(live=False)
    Edition.objects.filter(pk=hidden.pk).update(live=True)
    seen = as_readers_see()
    seen.pop(other.pk)
    assert as_search_sees("kale") == seen


@pytest.mark.django_db
def test_foods_of_an_edition_take_no_place_before_it_is_live_and_are_there_at_once(
    django_assert_num_queries,
):
    (plain,) = index_names("Oat muesli, dry")
    edition = make_edition(live=False)
    born = [packaged(f"Oat muesli {n}", brand="", gtin="", born=edition) for n in range(200)]
    add(born, edition.pk)

    assert [hit.id for hit in search_foods("oat muesli")] == [plain.pk]
    assert [hit.id for hit in search_foods("oat muexli")] == [plain.pk]
    Edition.objects.update(live=True)
    with django_assert_num_queries(1):
        assert len(search_foods("oat muesli", limit=50)) == 50
    reindex([food.pk for food in born])  # as when it is settled
    Edition.objects.update(live=False)
    assert [hit.id for hit in search_foods("oat muesli")] == [plain.pk]


def new_food(food):
    return NewFood(id=food.pk, name=food.name, brand=food.brand, gtin=food.gtin, source_code=food.source.code)


@pytest.mark.django_db
def test_an_edition_is_dropped_slice_by_slice_with_its_words():
    (kept,) = index_names("Oat bran, raw")
    edition, other = make_edition(live=False), make_edition(live=True)
    mine = [packaged(f"Zwieback {n}", born=edition) for n in range(5)]
    theirs = packaged("Oat zwieback", born=other)
    add(mine, edition.pk)
    add([theirs], other.pk)

    assert [drop_edition(edition.pk, 2) for _ in range(4)] == [2, 2, 1, 0]
    Edition.objects.update(live=True)
    assert names("zwieback") == ["Oat zwieback"]
    assert vocabulary_now()["zwieback"] == 1
    assert names("oat bran") == [kept.name]


def add(foods, edition_id):
    """Add foods as an import that brings them does."""
    add_made(make_rows([new_food(food) for food in foods], edition_id), edition_id)


@pytest.mark.django_db
def test_foods_that_are_laid_and_then_settled_stand_once():
    edition = make_edition(live=True)
    (food,) = [packaged("Zwieback", born=edition)]
    add([food], edition.pk)
    reindex([food.pk])

    assert names("zwieback") == ["Zwieback"]
    assert vocabulary_now()["zwieback"] == 1


# The same word rule in Python -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "name", "expected"),
    [
        ("soup", "My lentil soup", True),
        ("len so", "My lentil soup", True),
        ("lentils", "My lentil soup", True),
        ("entil", "My lentil soup", False),
        ("soup beans", "My lentil soup", False),
        ("creme", "Crème", True),
        ("yoghurt", "Yogurt with nuts", True),
        ("", "My lentil soup", True),
    ],
)
def test_own_foods_are_matched_by_the_same_words(query, name, expected):
    assert matches(query.split(), name) is expected


# The pure rules ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("almonds", "almond"),
        ("berries", "berry"),
        ("tomatoes", "tomato"),
        ("peaches", "peach"),
        ("radishes", "radish"),
        ("cookies", "cooky"),
        ("cookie", "cooky"),
        ("pies", "pie"),
        ("peas", "pea"),
        ("cheese", "cheese"),
        ("hummus", "hummus"),
        ("swiss", "swiss"),
        ("gas", "gas"),
    ],
)
def test_plurals_and_singulars_meet(word, expected):
    assert wording.stem(word) == expected


@given(st.text("abcdefghij", min_size=4, max_size=10), st.data())
def test_each_single_slip_is_tried(word, data):
    place = data.draw(st.integers(0, len(word) - 2))
    letter = data.draw(st.sampled_from("xyz"))
    tried = dict(wording.slips(word))

    assert word[:place] + word[place + 1 :] in tried
    assert word[:place] + letter + word[place:] in tried
    assert word[:place] + letter + word[place + 1 :] in tried
    assert word[:place] + word[place + 1] + word[place] + word[place + 2 :] in tried


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Spinach, raw", {"spinach": 0, "raw": 1}),
        ("Nuts, almonds, dry roasted", {"nuts": 2, "almonds": 0, "dry": 1, "roasted": 1}),
        ("Nuts", {"nuts": 0}),
        (
            "Chicken, broilers or fryers, breast, meat only",
            {"chicken": 0, "broilers": 3, "breast": 1, "meat": 3},
        ),
        ("Chickpeas (garbanzo beans, bengal gram), raw", {"chickpeas": 0, "bengal": 0, "raw": 1}),
        ("Odd ) name (unclosed, raw", {"odd": 0, "unclosed": 0, "raw": 0}),
        ("", {}),
    ],
)
def test_a_name_is_read_by_its_commas_and_brackets(name, parts):
    read = {token.text: token.part for token in ranking.read_name(name).tokens}

    assert parts.items() <= read.items()


@given(st.text(max_size=200), st.integers(0, 10**9), st.integers(0, 50))
def test_a_score_stays_in_its_range_and_use_never_harms(name, uses, portions):
    food = ranking.Standing(name=name, portions=portions)
    used = ranking.Standing(name=name, portions=portions, uses=uses)

    assert 0 <= ranking.score(food) <= ranking.score(used) <= ranking.MAX_SCORE


def test_reviewed_words_are_written_as_the_rules_read_them():
    assert [word for word in COSTS if wording.stem(word) != word] == []
    assert [alias for _, alias in ALIASES if alias != alias.lower()] == []
    assert not STOP & SOFT
