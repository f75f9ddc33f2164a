"""The page of the forms: shares from formulas, findings with study, size and source, no rank."""

import re
from html import unescape

import pytest
from django.urls import reverse

from intake.views.learn_forms import forms_context
from supplements.compounds import BUILTIN, magnesium_fraction
from supplements.models import Compound, Finding, Permit
from supplements.services import load_builtin_compounds, load_builtin_evidence
from tests.factories import make_compound, make_user

pytestmark = pytest.mark.django_db

RANKS = r"\b(best|worst|superior|highly bioavailable|better than all|recommended)\b"


@pytest.fixture
def reader(client):
    client.force_login(make_user())
    return client


@pytest.fixture
def loaded(reader):
    load_builtin_compounds()
    load_builtin_evidence()
    return reader


def page(client):
    return client.get(reverse("intake:learn_page", args=["forms"])).content.decode()


def words_of(html):
    main = html.split("<main")[1].split("</main>")[0]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main)).split()).replace(" ,", ",")


def row_of(html, slug):
    return part_of(html, f"form-{slug}", "</tr>")


def part_of(html, anchor, end):
    """Return the words of the element with an id, up to where it ends."""
    start = f'id="{anchor}">'
    return words_of("<main>" + html.split(start)[1].split(end)[0] + "</main>")


def test_forms_stand_by_their_share_with_what_a_tablet_holds(loaded):
    text = words_of(page(loaded))

    assert "Oxide MgO 60.3 % 302 mg" in text
    assert "Bisglycinate, anhydrous Mg(C₂H₄NO₂)₂ 14.1 % 70 mg 12 people" in text
    assert text.index("Oxide MgO") < text.index("Citrate, trimagnesium") < text.index("L-threonate")
    assert "Show 45 forms" in text


@pytest.mark.parametrize(
    ("slug", "expected"),
    [
        ("oxide", ["20, 12 and 46 people", "About 4 %", "Firoz & Graber 2001", "Walker 2003, n = 46"]),
        ("citrate-tri-anhyd", ["20 and 46 people", "0.565 mmol", "n = 20"]),
        (
            "bisglycinate",
            ["12 people", "23.5 % of bisglycinate", "better tolerated", "Schuette 1994, n = 12"],
        ),
        ("chloride-6h2o", ["Size not read", "Chloride, lactate and aspartate", "enteric-coated"]),
        ("malate", ["Not compared", "No comparison of how people absorb it was found."]),
        ("taurate", ["Not compared", "Both taurates dissolve", "EFSA 2009"]),
        ("gluconate", ["Not compared", "None of the studies read compared it."]),
        ("hydroxide", ["None of the studies read compared it.", "a medicine: a laxative"]),
    ],
)
def test_a_form_stands_with_what_was_found_of_it(loaded, slug, expected):
    text = row_of(page(loaded), slug)

    assert [words for words in expected if words not in text] == []


def test_each_finding_on_the_page_carries_its_source(loaded):
    html = page(loaded)

    for finding in Finding.objects.shown():
        assert finding.study in unescape(html)
        assert f"({finding.get_status_display()})" in html
        assert finding.citation in unescape(html)
        assert not finding.url or f'href="{finding.url}"' in unescape(html)


def test_nothing_is_ranked(loaded):
    assert re.search(RANKS, words_of(page(loaded)), re.IGNORECASE) is None


def test_what_a_curator_adds_corrects_or_withdraws_shows_at_once(loaded):
    Finding.objects.filter(code="schuette-1994").update(n=13)
    Finding.objects.filter(code="firoz-2001-oxide").update(withdrawn=True)
    added = Finding.objects.create(
        aspect="absorption", study="New 2026", result="It was like this.", citation="New", n=7, status="V1"
    )
    added.compounds.add("gluconate")
    html = page(loaded)

    assert "13 people" in row_of(html, "bisglycinate")
    assert "About 4 %" not in row_of(html, "oxide")
    assert "It was like this. New 2026, n = 7" in row_of(html, "gluconate")


def test_what_is_from_memory_is_not_shown(loaded):
    finding = Finding.objects.create(
        aspect="absorption", study="Hearsay 1999", result="They say so.", citation="?", status="M"
    )
    finding.compounds.add("oxide")
    Permit.objects.create(
        place="EU", use="food", permitted=True, remark="Maybe so.", citation="?", status="M"
    )

    text = words_of(page(loaded))

    assert "Hearsay" not in text
    assert "Maybe so" not in text


def test_the_list_nobody_verified_is_said_to_be_missing(loaded):
    text = words_of(page(loaded))

    assert "not available until verified" in text
    assert "Not a permitted form in EU supplements since the end of 2009." in text
    assert "May be added to foods in the EU." in text


def test_every_form_stands_in_the_catalogue_with_its_three_figures(loaded):
    text = words_of(page(loaded))

    assert "Mg(C₂H₄NO₂)₂ · 172.423 g/mol · swallowed 14.1 % at the most" in text
    assert "14.1 % 709 mg" in text
    assert "7.8 % 1,286 mg" in text
    assert "not fixed –" in text


def test_the_shares_named_in_words_are_those_of_the_formulas(loaded):
    text = part_of(page(loaded), "citrate", "</section>")

    for form in BUILTIN:
        if form.family == "Citrate":
            assert f"{magnesium_fraction(form.formula) * 100:.1f} % {form.name}" in text


def test_the_blends_are_reckoned(loaded):
    text = words_of(page(loaded))

    assert "cannot hold more than 14.1 %" in text
    assert "18 % 8 % 28 %" in text
    assert "20 % 13 % 39 %" in text
    assert "22 % 17 % 47 %" in text


def test_families_show_what_is_chosen_and_why(loaded):
    text = words_of(page(loaded))

    assert "Citrate, trimagnesium dicitrate, anhydrous, 16.2 %" in text
    assert "The first. The citrate that supplements usually hold" in text
    assert "Nothing is chosen for you: 25.5 % dry" in text


def test_without_forms_and_findings_the_page_says_so(reader):
    text = words_of(page(reader))

    assert "The forms are not loaded." in text
    assert "No finding is held" in text
    assert "Show 0 forms" in text


def test_a_form_nobody_ranked_is_in_the_catalogue_only(reader):
    make_compound("new", "Newly made", "MgO")

    context = forms_context()

    assert context["rows"] == []
    assert [line.compound.slug for line in context["catalogue"]] == ["new"]


def test_a_finding_on_a_form_outside_the_table_still_stands_on_the_page(loaded):
    assert "Dissolved acetate" in words_of(page(loaded))
    assert [finding.code for finding in forms_context()["others"]] == [
        "efsa-2018-dimg-malate",
        "fine-1991-acetate",
    ]


@pytest.mark.parametrize(
    ("sizes", "words"),
    [
        ([], "Size not read"),
        ([1], "1 person"),
        ([2], "2 people"),
        ([1, 3], "1 and 3 people"),
        ([3, 2, 1], "3, 2 and 1 people"),
    ],
)
def test_how_many_were_studied_is_said_in_words(reader, sizes, words):
    make_compound(common_rank=1)
    for n in sizes or [None]:
        finding = Finding.objects.create(
            aspect="absorption", study="S", result="R.", citation="C", n=n, status="V1"
        )
        finding.compounds.add("oxide")

    assert forms_context()["rows"][0].studied == words


def test_the_page_asks_five_questions_however_much_there_is(loaded, django_assert_num_queries):
    with django_assert_num_queries(5):
        forms_context()
    for number in range(20):
        compound = Compound.objects.create(slug=f"x{number}", name=f"X{number}", family="X", formula="MgO")
        finding = Finding.objects.create(
            aspect="tolerance", study="S", result="R.", citation="C", status="V1"
        )
        finding.compounds.add(compound)
    with django_assert_num_queries(5):
        forms_context()
