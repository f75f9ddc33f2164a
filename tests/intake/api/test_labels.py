"""A label's line over the interface: an answer or a question, and nothing saved."""

import pytest

from intake.models import OwnProduct
from supplements.models import Product
from supplements.services import load_builtin_compounds


@pytest.fixture(autouse=True)
def _forms(db):
    load_builtin_compounds()


def read(api, text, **fields):
    answer = api.post("labels/", {"text": text, **fields})
    assert answer.status_code == 200, answer.content
    return answer.json()


def test_a_line_comes_to_its_elemental_magnesium(api):
    answer = read(
        api, "Magnesium (as magnesium bisglycinate chelate) 200 mg 48 % per 2 capsules", country="us"
    )

    assert answer == {
        "elemental_mg": 200,
        "per": "2 capsules",
        "parts": [
            {
                "name": "magnesium bisglycinate chelate",
                "compound": "bisglycinate",
                "elemental_mg": 200,
                "compound_mg": None,
            }
        ],
        "asks": [],
        "contradictions": [],
    }


def test_what_is_open_is_asked_in_a_sentence_and_the_figure_is_null(api):
    answer = read(api, "2,000 mg magnesium L-threonate")

    assert (answer["elemental_mg"], answer["per"]) == (None, None)
    assert [part["compound_mg"] for part in answer["parts"]] == [2000]
    (ask,) = answer["asks"]
    assert "165.062 mg" in ask
    assert "155.546 mg" in ask


def test_what_cannot_be_is_pointed_out(api):
    answer = read(api, "500 mg magnesium bisglycinate (500 mg elemental magnesium)", country="us")

    assert answer["elemental_mg"] is None
    assert answer["contradictions"] == [
        "500 mg of bisglycinate cannot hold 500 mg of magnesium; 70 mg fits the formula."
    ]


@pytest.mark.parametrize(("country", "mg"), [("us", 105), ("uk", 93.75), ("eu", 93.75), (None, None)])
def test_the_country_says_what_a_percentage_is_of(api, country, mg):
    assert read(api, "Magnesium 25 %", country=country)["elemental_mg"] == mg


def test_stearate_gives_0(api):
    answer = read(api, "Magnesium stearate 10 mg")

    assert answer["elemental_mg"] == 0
    assert answer["parts"] == [
        {"name": "Magnesium stearate", "compound": None, "elemental_mg": 0, "compound_mg": 10}
    ]


def test_a_panel_keeps_its_lines(api):
    panel = "Supplement Facts\nServing Size 1 scoop\n\nMagnesium (as citrate)\n350 mg\nZinc 10 mg"

    assert read(api, panel, country="us")["elemental_mg"] == 350


def test_reading_takes_one_query_for_the_forms_and_saves_nothing(api, django_assert_num_queries):
    with django_assert_num_queries(2):  # the token, the forms
        read(api, "Magnesium citrate 1,000 mg")

    assert not OwnProduct.objects.exists()
    assert not Product.objects.exists()


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "text"),
        ({"text": ""}, "text"),
        ({"text": " \n "}, "text"),
        ({"text": 5}, "text"),
        ({"text": None}, "text"),
        ({"text": "x" * 2_001}, "text"),
        ({"text": "a\x00b"}, "text"),
        ({"text": "Magnesium 5 mg", "country": "ca"}, "country"),
        ({"text": "Magnesium 5 mg", "country": ["us"]}, "country"),
        ({"text": "Magnesium 5 mg", "lang": "en"}, "lang"),
    ],
)
def test_a_body_that_cannot_be_is_refused_by_its_field(api, body, field):
    answer = api.post("labels/", body)

    assert answer.status_code == 400
    assert list(answer.json()) == [field]


def test_a_text_of_the_full_length_is_read(api):
    assert read(api, "Magnesium 5 mg".ljust(2_000, "."))["elemental_mg"] == 5
