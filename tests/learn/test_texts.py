"""The built-in texts: each fact cites a source that is there, each link arrives, no figure is typed."""

import re
from pathlib import Path

import pytest

from intake.domain.conditions import CONDITIONS
from intake.domain.told import vocabulary
from learn.markdown import cited_keys, render
from learn.texts import PAGES, builtin_pages, builtin_sources, page_from

PAGE_LIST = builtin_pages()
SECTIONS = [(page.slug, section) for page in PAGE_LIST for section in page.sections]
NAMES = {
    **{source.key: source.short for source in builtin_sources()},
    **{key: cited.short for key, cited in vocabulary().sources.items()},
}
PLACES = {f"{slug}#{section.anchor}" for slug, section in SECTIONS} | set(PAGES)
# Sentences with a number that is no finding of anybody: what Midband itself does, or what a text quotes.
OWN = (
    "| In the diary | Supplement or medicine: counts in full | On the skin: logged, counts 0 |",
    "An interval in brackets is the 95 % confidence interval.",
    "[Why it is logged and counts 0](/learn/topical/#why-zero)",
    "Under {{ adult-age }} there is no built-in band: only your own numbers can be set.",
    "A U-shaped relation between magnesium in food and nerve damage is often quoted from “a 2023 study”.",
)
IDS = [f"{slug}#{section.anchor}" for slug, section in SECTIONS]


def statements(markdown):
    """Return the sentences of a text, each with the citations after it; a row of a table is one."""
    for line in markdown.splitlines():
        if line.startswith("|"):
            yield line
        else:
            yield from re.findall(r"\S.*?(?:[.!?](?:\[@[^\]]+\])*(?=\s|$)|$)", line)


@pytest.mark.parametrize(("slug", "section"), SECTIONS, ids=IDS)
def test_a_section_has_nothing_in_it_that_cannot_be(slug, section):
    rendered = render(section.markdown, vocabulary=vocabulary(), sources=NAMES)

    assert rendered.problems == ()
    assert rendered.parts


@pytest.mark.parametrize(("slug", "section"), SECTIONS, ids=IDS)
def test_each_sentence_with_a_number_cites_a_source(slug, section):
    bare = [
        sentence
        for sentence in statements(section.markdown)
        if re.search(r"\d|\{\{(?! table\.)", re.sub(r"\[@[^\]]+\]|\]\([^)]*\)", "", sentence))
        and "[@" not in sentence
        and sentence not in OWN
    ]

    assert bare == []


def test_the_sentences_that_need_no_source_are_there():
    texts = "\n".join(section.markdown for _slug, section in SECTIONS)

    assert [sentence for sentence in OWN if sentence not in texts] == []


def test_every_source_of_the_file_is_cited_somewhere_and_is_no_source_of_the_program():
    cited = {key for _slug, section in SECTIONS for key in cited_keys(section.markdown)}
    own = {source.key for source in builtin_sources()}

    assert own - cited == set()
    assert own & vocabulary().sources.keys() == set()


@pytest.mark.parametrize(("slug", "section"), SECTIONS, ids=IDS)
def test_every_link_inside_leads_to_a_section(slug, section):
    links = re.findall(r"\]\(/learn/([a-z-]+)/(?:#([a-z-]+))?\)", section.markdown)
    forms_own = {"forms"}  # its template has anchors of its own

    assert section.markdown.count("](/learn") == len(links)
    assert [
        (page, anchor)
        for page, anchor in links
        if (f"{page}#{anchor}" if anchor else page) not in PLACES and page not in forms_own
    ] == []


def test_every_note_and_condition_leads_to_a_section():
    code = "\n".join(path.read_text("utf-8") for path in Path("intake/domain").rglob("*.py"))
    named = set(re.findall(r'(?:learn=|LEARN = )"([^"]+)"', code)) | {one.note.learn for one in CONDITIONS}

    assert len(named) >= 6
    assert named - PLACES == set()


@pytest.mark.parametrize(
    "place",
    [
        "band#ceiling",
        "band#low",
        "band#high",
        "careful#splitting",
        "careful#medicines",
        "careful#conditions",
        "careful#vitamin-d",
        "careful#emergency",
        "topical#why-zero",
        "evidence#u",
        "food#servings",
        "claims#nerves",
        "sources#list",
    ],
)
def test_places_that_other_pages_link_to_are_there(place):
    assert place in PLACES


@pytest.mark.parametrize(("slug", "section"), SECTIONS, ids=IDS)
def test_no_figure_of_a_table_is_typed(slug, section):
    """A ceiling, a reference value or a share beside the word mg or % is a placeholder, not a number."""
    held = {text for name, text in vocabulary().figures.items() if name.startswith(("ceiling.", "share."))}
    text = re.sub(
        r"“[^”]*”|Begin with 200 to 400 mg|150 to 400 mg a day|1,200 mg of hydroxide", "", section.markdown
    )

    assert [figure for figure in held if re.search(rf"(?<![\d,.]){re.escape(figure)}\b", text)] == []


@pytest.mark.parametrize("source", builtin_sources(), ids=lambda source: source.key)
def test_each_source_says_what_it_is_and_how_it_was_read(source):
    assert source.short
    assert source.title
    assert source.status in {"source", "copy", "computed", "none"}
    assert not source.url or source.url.startswith(("https://", "http://"))
    assert source.where or source.url or source.status in {"none", "source"}


def test_a_page_begins_with_title_summary_and_date():
    page = page_from("x", "# T\n\nS.\n\nReviewed: 2026-11-22\n\n## One {#one}\n\nA\n\n## Two {#two-b}\n\nB\n")

    assert (page.title, page.summary) == ("T", "S.")
    assert [(s.anchor, s.title, s.markdown) for s in page.sections] == [
        ("one", "One", "A"),
        ("two-b", "Two", "B"),
    ]
    with pytest.raises(ValueError, match="begins with"):
        page_from("x", "no title")
