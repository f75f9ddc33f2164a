"""Products from a label: the amount is worked out and seen before anything is saved."""

import datetime as dt
import re

import pytest
from django.urls import reverse

from intake.models import Entry, OwnIngredient, OwnProduct
from supplements.services import load_builtin_compounds
from tests.factories import make_product, make_user

pytestmark = pytest.mark.django_db
MONDAY = dt.date(2026, 11, 16)


@pytest.fixture
def person(client):
    load_builtin_compounds()
    user = make_user()
    client.force_login(user)
    return user


def label(*lines, **changes):
    """A label's figures as posted; a line is (compound, basis, amount) or with the daily value's code."""
    data = {
        "way": "parts",
        "product_id": "01930000-0000-7000-8000-000000000008",
        "name": "Evening capsules",
        "serving": "1 capsule",
        "kind": "supplement",
        "lines-TOTAL_FORMS": str(len(lines)),
        "lines-INITIAL_FORMS": "0",
    }
    for number, (compound, basis, amount, *rest) in enumerate(lines):
        data |= {
            f"lines-{number}-compound": compound,
            f"lines-{number}-basis": basis,
            f"lines-{number}-amount": amount,
            f"lines-{number}-daily_value": rest[0] if rest else "",
        }
    return data | changes


def by_family(family, basis, amount, **changes):
    """The figures of one line as a person gives them: the family, not the salt."""
    return label(("", basis, amount), **{"lines-0-family": family, **changes})


def post(client, data, **changes):
    return client.post(reverse("intake:product_new"), data | changes)


def read(response):
    return response.context["draft"]


# The figures, one by one ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "shown", "ug"),
    [
        (("bisglycinate", "elemental", "100"), "100", 100_000),
        (("oxide", "compound", "500"), "301.5", 301_520),
        (("citrate-tri-anhyd", "percent_dv", "24", "us"), "100.8", 100_800),
        (("citrate-tri-anhyd", "percent_dv", "24", "us-old"), "96", 96_000),
        (("citrate-tri-anhyd", "percent_dv", "24", "us-pregnancy"), "96", 96_000),
        (("citrate-tri-anhyd", "percent_dv", "24", "eu"), "90", 90_000),
        (("citrate-tri-anhyd", "percent_dv", "24", "uk"), "90", 90_000),
    ],
)
def test_a_label_is_worked_out_seen_and_kept(client, person, line, shown, ug):
    seen = post(client, label(line), step="check")
    assert f"<b>{shown}</b> mg elemental" in seen.content.decode()
    assert not OwnProduct.objects.exists()

    kept = post(client, label(line), step="keep", seen=read(seen).seen)
    product = OwnProduct.objects.get()
    assert kept["Location"] == reverse("intake:product", args=[product.pk])
    assert product.magnesium_ug_per_serving == pytest.approx(ug, abs=5)


def test_what_was_not_seen_is_shown_first(client, person):
    line = ("bisglycinate", "elemental", "100")

    for seen in ({}, {"seen": "99000"}):
        response = post(client, label(line), step="keep", **seen)
        assert response.status_code == 200
        assert read(response).seen == "100000"
    assert not OwnProduct.objects.exists()


def test_the_arithmetic_is_shown(client, person):
    page = post(client, label(("bisglycinate", "compound", "500")), step="check").content.decode()

    assert "Mg(C₂H₄NO₂)₂" in page
    assert "24.305 ÷ 172.423 = 14.1 %" in page
    assert "500 mg × 14.1 % = 70.5 mg" in page


def test_a_contradiction_is_pointed_out(client, person):
    lines = [("bisglycinate", "elemental", "500"), ("bisglycinate", "compound", "500")]

    page = post(client, label(*lines), step="check").content.decode()

    assert "cannot hold 500 mg" in page


def test_a_form_without_formula_needs_the_labels_own_amount(client, person):
    response = post(client, label(("unspecified-chelate", "compound", "500")), step="check")

    assert read(response).shown.elemental_ug is None
    assert "no value" in response.content.decode()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"lines-0-basis": ""}, "Say what the figure speaks of"),
        ({"lines-0-amount": ""}, "How much does the label say?"),
        ({"lines-0-family": ""}, "Choose the form the label names"),
        ({"lines-0-basis": "percent_dv"}, "Whose daily value"),
        ({"lines-0-family": "", "lines-0-amount": "", "lines-0-basis": ""}, "Give at least one line"),
    ],
)
def test_nothing_is_assumed(client, person, change, said):
    response = post(client, by_family("Oxide", "elemental", "100"), **change, step="check")

    assert response.status_code == 422
    assert said in response.content.decode()
    assert read(response).shown is None


def test_a_weight_of_citrate_asks_which_with_the_commonest_chosen_and_why(client, person):
    data = by_family("Citrate", "compound", "1000")

    response = post(client, data, step="check")
    (question,) = read(response).read.questions
    assert (question.name, question.chosen) == ("lines-0-compound", "citrate-tri-anhyd")
    assert "usually hold" in question.why
    assert {choice.value: choice.elemental_ug // 1000 for choice in question.choices} == {
        "citrate-tri-anhyd": 161,
        "citrate-tri-9h2o": 118,
        "citrate-tri-14h2o": 103,
        "citrate-mono": 113,
    }
    assert read(response).seen == "161633"

    other = post(client, data, step="check", **{"lines-0-compound": "citrate-tri-9h2o"})
    assert read(other).seen == "118899"


def test_where_nothing_is_chosen_beforehand_an_answer_is_needed(client, person):
    data = by_family("Chloride", "compound", "2514")

    asked = post(client, data, step="keep", seen="")
    assert read(asked).shown is None
    assert [question.chosen for question in read(asked).read.questions] == [""]
    assert 'value="keep"' not in asked.content.decode()

    answered = post(client, data, step="check", **{"lines-0-compound": "chloride-6h2o"})
    assert read(answered).shown.elemental_ug == pytest.approx(300_600, abs=100)
    assert not OwnProduct.objects.exists()


def test_an_amount_of_magnesium_asks_for_no_salt(client, person):
    response = post(client, by_family("Citrate", "elemental", "200"), step="check")

    assert read(response).read.questions == ()
    assert read(response).seen == "200000"


def test_another_family_forgets_the_salt_that_was_chosen(client, person):
    data = by_family("Malate", "compound", "1000", **{"lines-0-compound": "citrate-mono"})

    assert read(post(client, data, step="check")).read.questions[0].chosen == "malate"


@pytest.mark.parametrize(
    ("typed", "ug"),
    [("12,5", 12_500), ("12.5", 12_500), ("56,25", 56_250), ("1,200", None), ("12,5 g", None)],
)
def test_a_figure_takes_a_point_or_a_comma(client, person, typed, ug):
    response = post(client, label(("citrate-tri-anhyd", "elemental", typed)), step="check")

    assert f'type="text" name="lines-0-amount" value="{typed}"' in response.content.decode()
    shown = read(response).shown
    assert (shown.elemental_ug if shown else None) == ug


def test_several_forms_add_up(client, person):
    lines = [("oxide", "compound", "100"), ("citrate-tri-anhyd", "elemental", "40")]

    response = post(client, label(*lines), step="check")

    assert read(response).shown.elemental_ug == pytest.approx(100_300, abs=10)


def test_another_line_keeps_what_was_typed(client, person):
    response = post(client, label(("oxide", "compound", "5o0"), name="Two salts"), step="add")

    page = response.content.decode()
    assert response.status_code == 200
    assert ('value="5o0"' in page, 'value="Two salts"' in page) == (True, True)
    assert 'name="lines-TOTAL_FORMS" value="2"' in page


def test_ten_lines_are_the_most(client, person):
    page = post(client, label(*[("oxide", "compound", "1")] * 10), step="add").content.decode()

    assert 'name="lines-TOTAL_FORMS" value="10"' in page


# What it is kept as --------------------------------------------------------------------------------


def test_name_and_kind_are_proposed_and_the_persons_own_words_stay(client, person):
    data = by_family("Hydroxide", "compound", "1200", name="", serving="", kind="")

    first = post(client, data, step="check")
    form = read(first).product
    assert (form["name"].value(), form["kind"].value()) == ("Magnesium hydroxide", "medicine")
    assert "antacid" in first.content.decode()

    proposed = {"name_proposed": "Magnesium hydroxide", "kind_proposed": "medicine", "serving_proposed": ""}
    mine = {"name": "Mine", "kind": "supplement", "lines-0-family": "Oxide"}
    form = read(post(client, data, **proposed, **mine, step="check")).product
    assert (form["name"].value(), form["kind"].value()) == ("Mine", "supplement")

    untouched = {"name": "Magnesium hydroxide", "kind": "medicine", "lines-0-family": "Oxide"}
    form = read(post(client, data, **proposed, **untouched, step="check")).product
    assert (form["name"].value(), form["kind"].value()) == ("Magnesium oxide", "supplement")


def test_a_serving_has_to_be_named(client, person):
    response = post(client, by_family("Oxide", "elemental", "100", serving=""), step="keep", seen="100000")

    assert response.status_code == 422
    assert "What does the label’s amount stand for?" in response.content.decode()


def test_a_form_for_the_bath_says_that_it_counts_nothing(client, person):
    line = ("sulfate-7h2o", "compound", "1000")

    on_the_skin = post(client, label(line, kind=""), step="check")
    assert "goes into a bath" in on_the_skin.content.decode()
    assert (on_the_skin.context["form"]["kind"].value(), read(on_the_skin).seen) == ("topical", "0")

    swallowed = post(client, label(line, kind="medicine"), step="check")
    assert read(swallowed).shown.elemental_ug == pytest.approx(98_611, abs=1)


def test_a_family_can_be_named_by_the_address(client, person):
    page = client.get(reverse("intake:product_new") + "?family=Hydroxide&name=Milk").content.decode()

    assert 'value="Hydroxide" selected' in page
    assert 'value="Milk"' in page


def test_a_change_of_mind_after_the_reading_is_shown_first(client, person):
    data = by_family("Oxide", "elemental", "100")

    response = post(client, data, kind="topical", step="keep", seen="100000")

    assert response.status_code == 200
    assert "counts 0" in response.content.decode()
    assert not OwnProduct.objects.exists()


# The list, and the diary ---------------------------------------------------------------------------


def test_a_product_on_the_skin_is_logged_with_its_minutes_and_counts_nothing(client, person):
    product = make_product(name="Flakes", kind="topical", elemental_mg=900)
    path = reverse("intake:add_entry", args=[MONDAY])

    client.post(path, {"supplement": str(product.pk), "quantity": "2", "minutes": "20"})

    entry = Entry.objects.get()
    assert (entry.kind, entry.magnesium_ug, entry.minutes) == ("topical", 0, 20)
    assert "for 20 min" in client.get(reverse("intake:day", args=[MONDAY])).content.decode()


@pytest.mark.parametrize("minutes", ["0", "1441", "20.5", "long"])
def test_minutes_out_of_reach_are_refused(client, person, minutes):
    product = make_product(kind="topical")
    path = reverse("intake:add_entry", args=[MONDAY])

    assert client.post(path, {"supplement": str(product.pk), "minutes": minutes}).status_code == 422
    assert not Entry.objects.exists()


def test_minutes_do_not_go_with_what_is_swallowed(client, person):
    product = make_product()
    path = reverse("intake:add_entry", args=[MONDAY])

    assert client.post(path, {"supplement": str(product.pk), "minutes": "5"}).status_code == 422
    assert not Entry.objects.exists()


@pytest.mark.parametrize(
    ("typed", "milli"), [("1.5", 1500), ("1.5 scoops", 1500), ("7 g", 1400), ("2500 mg", 500)]
)
def test_a_powder_is_taken_by_scoop_or_gram(client, person, typed, milli):
    product = make_product(name="Powder", elemental_mg=200, serving="1 scoop (5 g)")
    path = reverse("intake:add_entry", args=[MONDAY])

    client.post(path, {"supplement": str(product.pk), "quantity": typed})

    entry = Entry.objects.get()
    assert (entry.quantity_milli, entry.magnesium_ug) == (milli, 200 * milli)


def test_the_page_of_a_powder_says_by_what_it_can_be_taken(client, person):
    product = make_product(name="Powder", serving="1 scoop (5 g)")

    page = client.get(reverse("intake:product", args=[product.pk])).content.decode()

    assert "scoop or g" in page


def test_an_amount_of_magnesium_claims_no_salt_on_the_products_page(client, person):
    data = by_family("Citrate", "elemental", "200")
    kept = post(client, data, step="keep", seen="200000")

    page = client.get(kept["Location"]).content.decode()

    assert OwnIngredient.objects.get().compound_id == "citrate-tri-anhyd"
    assert "dicitrate" not in page
    assert re.search(r'<th scope="row">Citrate</th>', page)


def test_a_retired_product_leaves_the_list_and_stays_in_the_diary(client, person):
    post(client, label(("bisglycinate", "elemental", "100")), step="keep", seen="100000")
    product = OwnProduct.objects.get()
    client.post(reverse("intake:add_entry", args=[MONDAY]), {"supplement": str(product.pk)})

    client.post(reverse("intake:product_retire", args=[product.pk]))

    assert "Evening capsules" not in client.get(reverse("intake:supplements")).content.decode()
    assert "Evening capsules" in client.get(reverse("intake:day", args=[MONDAY])).content.decode()


def test_the_list_is_few_queries_however_many_products(client, person, django_assert_max_num_queries):
    for number in range(30):
        make_product(name=f"Product {number}")

    with django_assert_max_num_queries(5):
        client.get(reverse("intake:supplements"))


def test_the_label_page_is_three_queries(client, person, django_assert_num_queries):
    data = label(("oxide", "compound", "500"))

    with django_assert_num_queries(3):  # session, person, forms
        post(client, data, step="check")


def test_a_catalogue_product_says_what_is_known_of_it(client, person):
    product = make_product(
        name="Old label", note="The label names no serving.", off_market=True, source="dsld", source_key="123"
    )

    page = client.get(reverse("intake:product", args=[product.pk])).content.decode()

    for said in ("No longer sold", "The label names no serving.", "DSLD label 123"):
        assert said in page


@pytest.mark.parametrize(
    ("kind", "said"), [("topical", "adds nothing to a day"), ("medicine", "counts as added magnesium")]
)
def test_a_product_says_how_it_counts(client, person, kind, said):
    product = make_product(kind=kind)

    assert said in client.get(reverse("intake:product", args=[product.pk])).content.decode()
