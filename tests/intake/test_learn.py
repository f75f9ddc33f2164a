"""The Learn pages: each renders, says where its facts stand, and claims nothing."""

import re
from html import unescape
from html.parser import HTMLParser

import pytest
from django.urls import reverse

from intake.domain.conditions import CONDITIONS
from intake.domain.references import ADULT_AGE, BODIES, UNVERIFIED, all_ceilings, all_rows
from intake.domain.spacing import RULES
from intake.models import Entry
from intake.views.learn_tables import WELL_KNOWN
from learn.models import Page, Section, Source
from learn.services import load_builtin_texts
from learn.texts import PAGES
from supplements.models import Finding, Permit
from supplements.services import load_builtin_compounds, load_builtin_evidence
from tests.factories import make_food, make_source, make_user

pytestmark = pytest.mark.django_db

SLUGS = list(PAGES)

CLAIMS = (
    r"deficien",
    r"toxic",
    r"your risk",
    r"\bsafe\b",
    r"\btreats\b",
    r"\bcures?\b",
    r"\bheals?\b",
    r"you should",
    r"we recommend",
    r"calcium channel blocker",
    r"inflammation",
)
UNVERIFIED_FACTS = (
    "Hepar",
    "Rosbacher",
    "bictegravir",
    "ICMR",
    "India",
    "440",
    "Kappeler",
    "Qu et al",
    "stearate",
    "no significant overall rise",
    "thickest",
    "122 mg",
    "fourth most abundant",
    "300 enzyme",
)


@pytest.fixture
def reader(client):
    """A reader on a server where only the texts are loaded."""
    load_builtin_texts()
    client.force_login(make_user())
    return client


@pytest.fixture
def everything(reader):
    """A reader of pages with data behind them."""
    load_builtin_compounds()
    load_builtin_evidence()
    for name, _kind, serving in WELL_KNOWN:
        make_food(name=name, mg_per_100g=100, portions=[("1 cup, whole", 120), (serving, 28.35)])
    return reader


def page(client, slug):
    return client.get(reverse("intake:learn_page", args=[slug])).content.decode()


def main_of(html):
    return "<main" + html.split("<main")[1].split("</main>")[0] + "</main>"


def words_of(html):
    """Return what a person reads of the page's own part, in one line."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main_of(html))).split())


class Tags(HTMLParser):
    """Collects ids, links, style attributes and what is left open."""

    VOID = frozenset("meta link br hr img input rect circle path".split())  # noqa: SIM905

    def __init__(self, html):
        super().__init__()
        self.ids, self.links, self.open, self.styled, self.headings = [], [], [], [], []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        self.ids += [attrs["id"]] if "id" in attrs else []
        self.links += [attrs["href"]] if tag == "a" else []
        self.styled += [name for name in attrs if name == "style" or name.startswith("on")]
        self.headings += [int(tag[1])] if re.fullmatch(r"h[1-6]", tag) else []
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if tag not in self.VOID:
            assert self.open.pop() == tag


def test_the_index_links_to_every_page_in_order(reader):
    html = main_of(reader.get(reverse("intake:learn")).content.decode())

    assert re.findall(r'href="/learn/([a-z]+)/"', html) == SLUGS


@pytest.mark.parametrize("slug", SLUGS)
def test_what_is_not_loaded_yet_is_read_from_the_files(client, slug):
    client.force_login(make_user())
    before = main_of(page(client, slug))

    load_builtin_texts()

    unlike = r'value="[^"]{36,}"'  # ids and tokens of forms
    assert re.sub(unlike, "", main_of(page(client, slug))) == re.sub(unlike, "", before)
    assert all(f"/learn/{other}/" in client.get("/learn/").content.decode() for other in SLUGS)


@pytest.mark.parametrize("slug", SLUGS)
@pytest.mark.parametrize("client_name", ["reader", "everything"])
def test_each_page_renders_with_and_without_data(request, slug, client_name):
    response = request.getfixturevalue(client_name).get(reverse("intake:learn_page", args=[slug]))

    assert response.status_code == 200
    assert response.context["section"] == "learn"
    assert "<h1" in response.content.decode()
    assert "not available." not in words_of(response.content.decode())


@pytest.mark.parametrize("slug", ["no-such-page", "index", "ask", "_section", "base"])
def test_a_page_that_is_not_there_is_404(reader, slug):
    assert reader.get(f"/learn/{slug}/").status_code == 404


@pytest.mark.parametrize("address", ["/learn/", "/learn/band/"])
def test_the_pages_are_private_and_only_read(client, reader, address):
    assert reader.post(address).status_code == 405
    client.logout()
    assert client.get(address).status_code == 302


@pytest.mark.parametrize("slug", SLUGS)
def test_the_markup_is_whole_and_carries_no_style_or_script_of_its_own(everything, slug):
    main = Tags(main_of(page(everything, slug)))

    assert main.open == []
    assert main.styled == []
    assert len(main.ids) == len(set(main.ids))
    assert main.headings[0] == 1
    assert all(after <= before + 1 for before, after in zip(main.headings, main.headings[1:], strict=False))


def test_every_link_inside_the_pages_leads_somewhere(everything):
    pages = {reverse("intake:learn_page", args=[slug]): Tags(page(everything, slug)) for slug in SLUGS}
    for address, tags in pages.items():
        for link in tags.links:
            target, _, anchor = link.partition("#")
            if (target or address) in pages and anchor:
                assert anchor in pages[target or address].ids, link


@pytest.mark.parametrize("slug", [slug for slug in SLUGS if slug not in {"forms", "sources"}])
def test_each_page_ends_with_its_sources_and_the_day_it_was_held_against_them(everything, slug):
    html = page(everything, slug)

    assert re.search(r'id="source-1"', html) or slug == "index"
    assert "Last held against its sources on 22 November 2026" in html
    assert set(re.findall(r'href="#(source-\d+)"', html)) == set(re.findall(r'id="(source-\d+)"', html))


@pytest.mark.parametrize("slug", SLUGS)
def test_no_page_claims_what_it_must_not(everything, slug):
    text = words_of(page(everything, slug))

    assert [claim for claim in CLAIMS if re.search(claim, text, re.IGNORECASE)] == []


@pytest.mark.parametrize("slug", [slug for slug in SLUGS if slug != "forms"])
def test_no_page_shows_what_nobody_checked(everything, slug):
    text = words_of(page(everything, slug)).lower()

    assert [fact for fact in UNVERIFIED_FACTS if fact.lower() in text] == []


def test_the_band_page_shows_every_adult_row_and_every_ceiling_with_its_source(everything):
    html = page(everything, "band")
    text = words_of(html)

    adults = all_rows()
    assert all(row.reaches(ADULT_AGE) for row in adults)
    assert all(f"{row.value.low_ug // 1000} {row.value.kind}" in text for row in adults)
    assert all(f"{ceiling.added_ug // 1000} {ceiling.covers}" in text for _, ceiling in all_ceilings())
    assert html.count('<th scope="row">') == len(adults) + len(BODIES)
    assert f"– {UNVERIFIED}" in text
    assert "500 mg, a convention" in text


def test_the_page_on_care_shows_every_rule_and_condition_with_its_sources(everything):
    text = words_of(page(everything, "careful"))

    for rule in RULES:
        assert f"{rule.name} {rule.examples}".strip() in text
        assert (rule.gap or "ask") in text
        assert all(source.short in text for source in rule.sources)
    for condition in CONDITIONS:
        assert f"{condition.name} {condition.text}" in text
    assert "instruction wins" in text


def test_foods_stand_by_the_serving_most_magnesium_first(reader):
    source = make_source(mark="FD", code="usda-foundation")
    make_food(name="Kale, raw", mg_per_100g=33, portions=[("1 cup", 21)])
    make_food(
        name="Nuts, almonds", mg_per_100g=258, portions=[("1 cup", 143), ("1 oz", 28.35)], source=source
    )
    make_food(name="Bananas, raw", mg_per_100g=None)
    make_food(name="Quinoa, cooked", mg_per_100g=64, retired_at="2026-01-01T00:00Z")

    text = words_of(page(reader, "food"))

    assert "Almonds 1 oz, 28.4 g nuts and seeds 73 mg FD" in text
    assert "Bananas , raw 100 g fruit no value SR" in text
    assert text.index("Almonds") < text.index("Kale") < text.index("Bananas")
    assert "Quinoa" not in text


def test_each_kind_of_food_that_articles_name_is_in_the_table(everything):
    html = page(everything, "food")
    text = words_of(html)

    for kind in ("leafy greens", "legumes", "nuts and seeds", "avocado", "dark chocolate", "whole grains"):
        assert f" {kind} " in text
    assert html.count(">Log</button>") == len(WELL_KNOWN)


def test_a_food_is_logged_in_one_click_and_a_second_click_is_the_same_entry(everything):
    html = page(everything, "food")
    form = next(
        form
        for form in re.findall(r"<form class=\"inline\".*?</form>", html, re.DOTALL)
        if "Seeds, chia" in form
    )
    address = re.search(r'action="([^"]+)"', form)[1]
    fields = dict(re.findall(r'name="([a-z_]+)" value="([^"]*)"', form))

    answers = [everything.post(address, fields) for _click in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    entry = Entry.objects.get()
    assert entry.label == "Seeds, chia seeds, dried"
    assert entry.magnesium_ug == 28_350
    assert answers[0]["Location"] == f"/{entry.day}/"


def test_without_data_a_page_says_so(reader):
    assert "not loaded" in page(reader, "food")
    assert "No data set is loaded" in page(reader, "sources")


def test_the_sources_page_names_every_body_data_set_and_study(everything):
    html = unescape(page(everything, "sources"))
    text = words_of(html)

    assert all(row.value.citation.title in text for row in all_rows())
    assert all(ceiling.citation.title in text for _, ceiling in all_ceilings())
    assert all(source.title in text for source in Source.objects.all())
    assert all(cite.title in text for rule in RULES for cite in rule.sources)
    assert "USDA SR Legacy" in text
    for fact in (*Finding.objects.shown(), *Permit.objects.shown()):
        assert fact.citation in text or getattr(fact, "study", "?") in text or (fact.url and fact.url in html)


def test_the_picture_of_intakes_names_each_span_and_its_source(everything):
    text = words_of(page(everything, "evidence"))

    assert "Reference values of all bodies here 190 to 420" in text
    assert (
        "SCF 1993 magnesium, adults: 150 to 500 mg a day in total, in a copy 150 to 500 called acceptable"
        in text
    )
    assert "Hu 2020 BMJ Open, 10.1136/bmjopen-2020-039640 181 to 446" in text
    assert "bends at 181 and 446 mg a day" in text


def test_the_untraced_study_is_named_as_untraced(everything):
    text = words_of(page(everything, "evidence"))

    assert "could not trace it" in text
    assert "no amount is shown as a threshold" in text
    assert "939" not in text


@pytest.mark.parametrize(
    "word", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{ user }}<b>"]
)
def test_nothing_a_curator_types_becomes_markup_of_its_own(reader, word):
    Page.objects.create(slug="own", title=word, summary=word)
    Source.objects.create(key="own", short=word, title=word, where=word)
    Section.objects.create(
        page_id="own",
        anchor="own",
        title=word,
        markdown=f"{word}\n\n| {word} | b |\n|---|---|\n| {word} | So.[@own] |",
        last_reviewed="2026-11-22",
    )

    for html in (page(reader, "own"), page(reader, "sources"), reader.get("/learn/").content.decode()):
        assert word not in html
        assert "<script>alert" not in html
        assert "<img" not in html


@pytest.mark.parametrize(
    ("slug", "most"),
    [
        ("band", 3),
        ("food", 5),
        ("topical", 3),
        ("careful", 3),
        ("evidence", 4),
        ("claims", 3),
        ("sources", 8),
    ],
)
def test_a_page_asks_the_database_little(everything, slug, most, django_assert_max_num_queries):
    with django_assert_max_num_queries(most + 2):  # and the session and the person
        page(everything, slug)
