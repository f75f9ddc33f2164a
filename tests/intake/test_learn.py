"""The Learn pages: each renders, says where its facts stand, and claims nothing."""

import re
from html import unescape
from html.parser import HTMLParser

import pytest
from django.urls import reverse

from intake.domain import evidence
from intake.domain.references import ADULT_AGE, all_ceilings, all_rows
from intake.views.learn import PAGES, WELL_KNOWN, FormRow
from supplements.compounds import BUILTIN, magnesium_fraction
from supplements.services import load_builtin_compounds
from tests.factories import make_food, make_source, make_user

pytestmark = pytest.mark.django_db

SLUGS = [page.slug for page in PAGES]
STUDIES = (*evidence.LOW_EDGE, *evidence.HIGH_EDGE, *evidence.NERVES, *evidence.SKIN)

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
UNVERIFIED = (
    "Hepar",
    "Rosbacher",
    "bictegravir",
    "ICMR",
    "India",
    "440",
    "Kappeler",
    "stearate",
    "no significant overall rise",
    "thickest",
    "122 mg",
    "fourth most abundant",
)


@pytest.fixture
def reader(client):
    client.force_login(make_user())
    return client


@pytest.fixture
def everything(reader):
    """A reader of pages with data behind them."""
    load_builtin_compounds()
    for name in WELL_KNOWN:
        make_food(name=name, mg_per_100g=100, portions=[("1 oz", 28.35), ("1 cup", 120)])
    return reader


def page(client, slug):
    return client.get(reverse("intake:learn_page", args=[slug])).content.decode()


def words_of(html):
    """Return what a person reads of the page's own part, in one line."""
    main = html.split("<main")[1].split("</main>")[0]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main)).split())


class Tags(HTMLParser):
    """Collects ids, links, style attributes and what is left open."""

    VOID = frozenset("meta link br hr img input rect circle path".split())  # noqa: SIM905

    def __init__(self, html):
        super().__init__()
        self.ids, self.links, self.open, self.styled = [], [], [], []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        self.ids += [attrs["id"]] if "id" in attrs else []
        self.links += [attrs["href"]] if tag == "a" else []
        self.styled += [name for name in attrs if name == "style" or name.startswith("on")]
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if tag not in self.VOID:
            assert self.open.pop() == tag


def test_the_index_links_to_every_page(reader):
    html = reader.get(reverse("intake:learn")).content.decode()

    assert all(f'href="{reverse("intake:learn_page", args=[slug])}"' in html for slug in SLUGS)
    assert SLUGS == ["band", "forms", "food", "topical", "evidence", "ask", "sources"]


@pytest.mark.parametrize("slug", SLUGS)
@pytest.mark.parametrize("client_name", ["reader", "everything"])
def test_each_page_renders_with_and_without_data(request, slug, client_name):
    response = request.getfixturevalue(client_name).get(reverse("intake:learn_page", args=[slug]))

    assert response.status_code == 200
    assert response.context["section"] == "learn"
    assert "<h1" in response.content.decode()


@pytest.mark.parametrize("slug", ["no-such-page", "index", "_studies", "base"])
def test_a_page_that_is_not_there_is_404(reader, slug):
    assert reader.get(f"/learn/{slug}/").status_code == 404


@pytest.mark.parametrize("address", ["/learn/", "/learn/forms/"])
def test_the_pages_are_private_and_only_read(client, reader, address):
    assert reader.post(address).status_code == 405
    client.logout()
    assert client.get(address).status_code == 302


@pytest.mark.parametrize("slug", SLUGS)
def test_the_markup_is_whole_and_carries_no_style_or_script_of_its_own(everything, slug):
    html = page(everything, slug)
    main = Tags("<main" + html.split("<main")[1].split("</main>")[0] + "</main>")

    assert main.open == []
    assert main.styled == []
    assert len(main.ids) == len(set(main.ids))


def test_every_link_inside_the_pages_leads_somewhere(everything):
    pages = {reverse("intake:learn_page", args=[slug]): Tags(page(everything, slug)) for slug in SLUGS}
    for tags in pages.values():
        for link in tags.links:
            address, _, anchor = link.partition("#")
            if address in pages and anchor:
                assert anchor in pages[address].ids, link


@pytest.mark.parametrize(
    ("slug", "anchors"),
    [
        (
            "band",
            "below above ceiling high-edge ear zones week values-missing large-single-dose values doses",
        ),
        ("forms", "counted citrate label buffered daily-value all absorption"),
        ("topical", "why-zero foot-soak studies compared"),
        ("evidence", "low high nerves traced vitamin-d"),
        ("ask", "conditions medicines signs emergency kidney heart pregnancy diabetes"),
        ("food", "cooking water"),
        ("sources", "foods bodies studies"),
    ],
)
def test_notes_can_link_to_an_anchor(everything, slug, anchors):
    assert set(anchors.split()) <= set(Tags(page(everything, slug)).ids)


@pytest.mark.parametrize("slug", SLUGS)
def test_no_page_claims_what_it_must_not(everything, slug):
    text = words_of(page(everything, slug))

    assert [claim for claim in CLAIMS if re.search(claim, text, re.IGNORECASE)] == []


@pytest.mark.parametrize("slug", SLUGS)
def test_no_page_shows_what_nobody_checked(everything, slug):
    text = words_of(page(everything, slug)).lower()

    assert [fact for fact in UNVERIFIED if fact.lower() in text] == []


def test_the_forms_are_ordered_by_share_with_what_a_tablet_holds(everything):
    text = words_of(page(everything, "forms"))

    assert "Oxide MgO 60.3 % 302 mg Low" in text
    assert "Bisglycinate, anhydrous Mg(C₂H₄NO₂)₂ 14.1 % 70 mg Mixed" in text
    assert text.index("Oxide MgO") < text.index("Citrate, trimagnesium") < text.index("L-threonate")
    assert "Show 45 forms" in text


@pytest.mark.parametrize("finding", evidence.FORM_FINDINGS, ids=lambda finding: finding.slug)
def test_each_form_of_the_table_has_a_formula_a_finding_and_a_source(finding):
    form = {form.slug: form for form in BUILTIN}[finding.slug]
    row = FormRow(
        name=form.name, formula=form.formula, fraction=magnesium_fraction(form.formula), finding=finding
    )

    assert 0 < row.tablet_ug < 500_000
    assert finding.found
    assert finding.source
    assert re.search(r"\d{4}", finding.source)


def test_the_shares_named_in_words_are_those_of_the_formulas(everything):
    text = words_of(page(everything, "forms"))
    shares = [
        f"{magnesium_fraction(form.formula) * 100:.1f} %" for form in BUILTIN if form.family == "Citrate"
    ]

    assert all(share in text for share in shares if share != "10.4 %")


def test_the_band_page_shows_every_adult_row_and_every_ceiling_with_its_source(everything):
    html = page(everything, "band")
    text = words_of(html)

    adults = all_rows()
    assert all(row.reaches(ADULT_AGE) for row in adults)
    assert all(f"{row.value.low_ug // 1000} {row.value.kind}" in text for row in adults)
    assert html.count('<th scope="row">') == len(adults) + len(all_ceilings())
    assert "500 mg, a convention" in text


def test_foods_stand_by_the_serving_offered_most_magnesium_first(reader):
    source = make_source(mark="FD", code="usda-foundation")
    make_food(name="Kale, raw", mg_per_100g=33, portions=[("1 cup", 21)])
    make_food(
        name="Nuts, almonds", mg_per_100g=258, portions=[("1 oz", 28.35), ("1 cup", 143)], source=source
    )
    make_food(name="Bananas, raw", mg_per_100g=None)
    make_food(name="Quinoa, cooked", mg_per_100g=64, retired_at="2026-01-01T00:00Z")

    text = words_of(page(reader, "food"))

    assert "Nuts, almonds 1 oz, 28.4 g 73 mg FD" in text
    assert "Bananas, raw 100 g no value SR" in text
    assert text.index("Nuts, almonds") < text.index("Kale, raw") < text.index("Bananas, raw")
    assert "Quinoa, cooked" not in text


def test_each_food_links_to_its_page(reader):
    food = make_food(name="Bananas, raw")

    assert reverse("intake:food", args=[food.pk]) in page(reader, "food")


def test_without_data_a_page_says_so(reader):
    assert "not loaded" in page(reader, "food")
    assert "No data set is loaded" in page(reader, "sources")


def test_the_sources_page_names_every_body_data_set_and_study(everything):
    text = words_of(page(everything, "sources"))

    assert all(row.value.citation.short in text for row in all_rows())
    assert all(ceiling.citation.short in text for _, ceiling in all_ceilings())
    assert all(study.name in text for study in STUDIES)
    assert "USDA SR Legacy" in text


@pytest.mark.parametrize("study", STUDIES, ids=lambda study: study.name)
def test_each_study_says_its_design_size_result_and_limits(study):
    assert all([study.name, study.where, study.design, study.found, study.limits])
    assert re.search(r"\d", study.design) or study.name in {"Gröber 2017", "Chandrasekaran 2016"}


def test_the_untraced_study_is_named_as_untraced(everything):
    text = words_of(page(everything, "evidence"))

    assert "could not trace it" in text
    assert "no amount is shown as a threshold" in text
    assert "939" not in text


@pytest.mark.parametrize(
    ("slug", "most"),
    [("band", 0), ("forms", 1), ("food", 2), ("topical", 0), ("evidence", 0), ("ask", 0), ("sources", 2)],
)
def test_a_page_asks_the_database_little(everything, slug, most, django_assert_max_num_queries):
    with django_assert_max_num_queries(most + 2):  # and the session and the person
        page(everything, slug)
