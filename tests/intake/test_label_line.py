"""A label's printed line on its page: what it comes to, what it asks, and nothing kept that was not seen."""

import logging
import re

import pytest
from django.urls import reverse

from intake.models import OwnIngredient, OwnProduct
from supplements.reading import MAX_TEXT
from supplements.services import load_builtin_compounds
from tests.factories import make_user

pytestmark = pytest.mark.django_db
US_LINE = "Magnesium (as magnesium bisglycinate chelate) 200 mg 48 % per 2 capsules"
BRAND = "Quuxwell"
THREONATE = "2,000 mg magnesium L-threonate per 3 capsules"


@pytest.fixture
def person(client):
    load_builtin_compounds()
    user = make_user()
    client.force_login(user)
    return user


def line(text, **changes):
    return {
        "way": "line",
        "text": text,
        "country": "us",
        "product_id": "01930000-0000-7000-8000-000000000009",
        "name": "",
        "serving": "",
        "kind": "",
        "lines-TOTAL_FORMS": "1",
        "lines-INITIAL_FORMS": "0",
    } | changes


def post(client, data, **changes):
    return client.post(reverse("intake:product_new"), data | changes)


def read(response):
    return response.context["draft"]


def as_shown(response):
    """Return what the page's form would send when "Keep" is pressed."""
    form = response.context["form"]
    sent = {name: str(form[name].value() or "") for name in form.fields}
    return sent | {"step": "keep", "seen": read(response).seen}


def answered(response, pick):
    """Return an answer to each question: the option whose text holds `pick`, or the last one."""
    answers = {}
    for question in read(response).read.questions:
        fits = [choice for choice in question.choices if pick in choice.text] or question.choices
        answers[question.name] = fits[-1].value
    return answers


def test_a_us_panel_gives_the_magnesium_itself(client, person):
    seen = post(client, line(US_LINE), step="check")

    assert read(seen).shown.elemental_ug == 200_000
    assert read(seen).read.questions == ()
    assert "<b>200</b> mg elemental, per 2 capsules" in seen.content.decode()
    assert not OwnProduct.objects.exists()


def test_what_is_shown_is_what_is_kept(client, person):
    data = line(US_LINE)
    seen = post(client, data, step="check")

    kept = post(client, data, **as_shown(seen))

    product = OwnProduct.objects.get()
    assert kept["Location"] == reverse("intake:product", args=[product.pk])
    assert (product.serving, product.kind) == ("2 capsules", "supplement")
    assert product.magnesium_ug_per_serving == 200_000
    assert {row.compound_id for row in OwnIngredient.objects.all()} == {"bisglycinate"}


def test_another_line_than_the_one_that_was_seen_is_shown_first(client, person):
    seen = as_shown(post(client, line(US_LINE), step="check"))

    response = post(client, line("Magnesium (as magnesium oxide) 250 mg per tablet"), **seen)

    assert response.status_code == 200
    assert not OwnProduct.objects.exists()


def test_an_open_question_is_asked_and_nothing_is_chosen_beforehand(client, person):
    response = post(client, line(THREONATE), step="check")

    page = response.content.decode()
    asks = page[page.index('id="asks"') :]
    assert read(response).shown is None
    assert read(response).read.questions
    assert "checked" not in asks[: asks.index("</fieldset>")]
    assert 'value="keep"' not in page


def test_an_answer_gives_the_figure_that_stood_beside_it(client, person):
    data = line(THREONATE)
    asked = post(client, data, step="check")
    answers = answered(asked, "monohydrate")
    (question,) = read(asked).read.questions
    offered = next(c.elemental_ug for c in question.choices if c.value == answers[question.name])

    response = post(client, data | answers, step="check")

    assert read(response).shown.elemental_ug == offered == pytest.approx(155_600, abs=100)
    assert [q.chosen for q in read(response).read.questions] == [answers[question.name]]
    page = response.content.decode()
    assert re.search(r'value="[^"]*" checked><span class="what">[^<]*monohydrate', page)

    post(client, data | answers, **as_shown(response))
    assert OwnProduct.objects.get().magnesium_ug_per_serving == offered


def test_two_readings_stand_side_by_side(client, person):
    text = "Magnesium 500 mg (as magnesium bisglycinate) per capsule"

    response = post(client, line(text, country=""), step="check")

    figures = {c.elemental_ug for q in read(response).read.questions for c in q.choices}
    assert {70_481, 500_000} <= figures


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "Type or paste"),
        ("   \n ", "Type or paste"),
        ("Magnesium stearate 10 mg", "holds a tablet together"),
        ("x" * (MAX_TEXT + 1), "at most 2000 characters"),
        ("Magnesium\0 100 mg", "Null characters"),
    ],
)
def test_a_line_without_magnesium_is_said(client, person, text, said):
    response = post(client, line(text), step="check")

    assert response.status_code == 422
    assert said in response.content.decode()


@pytest.mark.parametrize(
    ("answer", "ug"), [("100", 100_000), ("100,5", 100_500), ("much", None), ("-1", None), ("", None)]
)
def test_a_line_without_an_amount_asks_for_the_labels_own(client, person, answer, ug):
    data = line("Calcium (as carbonate) 500 mg")
    (question,) = read(post(client, data, step="check")).read.questions
    assert question.choices == ()

    response = post(client, data, **{question.name: answer}, step="check")

    assert response.status_code == 200
    if ug is None:
        assert read(response).shown is None
        assert ("Enter a number of mg" in response.content.decode()) is bool(answer)
    else:
        assert read(response).shown.elemental_ug == ug


def test_a_line_is_taken_apart_to_be_corrected(client, person):
    data = line("Magnesium (as magnesium citrate) 150 mg 36 % per tablet")

    response = post(client, data, step="parts")

    page = response.content.decode()
    assert response.status_code == 200
    assert (
        'name="way" value="parts" required checked' in page or 'value="parts" id="id_way_1" checked' in page
    )
    assert '<option value="Citrate" selected>' in page
    assert re.search(r'name="lines-0-amount" value="150"', page)


@pytest.mark.parametrize(("number", "offered"), [(10, True), (11, False)])
def test_more_lines_than_the_fields_hold_are_not_taken_apart(client, person, number, offered):
    text = "; ".join(f"Magnesium (as magnesium oxide) {10 + each} mg" for each in range(number))

    draft = read(post(client, line(text), step="check"))
    apart = post(client, line(text), step="parts")

    assert len(draft.read.lines) == number
    assert draft.by_line is offered
    assert (read(apart).way == "parts") is offered


def test_several_forms_in_one_line_are_kept_as_lines(client, person):
    text = "Magnesium (as magnesium oxide 200 mg, magnesium citrate 50 mg) 250 mg per 2 tablets"

    response = post(client, line(text), step="check")
    if read(response).read.questions:
        response = post(client, line(text) | answered(response, ""), step="check")

    assert read(response).shown.elemental_ug == 250_000


def test_the_text_is_neither_kept_nor_logged(client, person, caplog):
    caplog.set_level(logging.DEBUG)
    data = line(f"{BRAND}\n{US_LINE}")
    seen = post(client, data, step="check")
    post(client, data, **as_shown(seen))
    assert OwnProduct.objects.exists()

    told = " ".join(
        record.getMessage() for record in caplog.records if not record.name.startswith("django.db")
    )
    assert BRAND not in told
    assert not any(BRAND in str(value) for row in OwnProduct.objects.values() for value in row.values())


def test_only_the_reading_is_sent_to_a_script(client, person):
    response = client.post(
        reverse("intake:product_new"), line(US_LINE, step="check"), headers={"HX-Request": "true"}
    )

    page = response.content.decode()
    assert page.lstrip().startswith('<div id="reading"')
    assert "<html" not in page
