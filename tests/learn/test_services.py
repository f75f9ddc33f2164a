"""The built-in texts come into the tables once; what a curator wrote stays."""

import pytest
from django.core.exceptions import ValidationError

from learn.models import Page, Section, Source
from learn.reports import all_sources, page_list, page_reading
from learn.services import check_markdown, citing, load_builtin_texts
from learn.texts import PAGES, builtin_pages, builtin_sources
from tests.factories import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def _texts():
    load_builtin_texts()


def edit(section, text):
    section.markdown = text
    section._history_user = make_user("curator@example.org")
    section.save()


def test_everything_comes_in_and_a_second_time_nothing():
    pages = builtin_pages()
    rows = len(pages) + sum(len(page.sections) for page in pages) + len(builtin_sources())

    assert load_builtin_texts() == rows
    assert load_builtin_texts() == 0
    assert [page.slug for page in page_list()] == list(PAGES)
    assert {record.history_user_id for record in Section.history.all()} == {""}


@pytest.mark.usefixtures("_texts")
def test_what_is_missing_comes_back_and_what_a_curator_wrote_stays():
    mine = Section.objects.get(page="band", anchor="ceiling")
    edit(mine, "My own words.")
    Section.objects.get(page="band", anchor="low").delete()

    assert load_builtin_texts() == 1
    mine.refresh_from_db()
    assert mine.markdown == "My own words."


@pytest.mark.usefixtures("_texts")
def test_what_nobody_touched_is_renewed_with_the_program_and_keeps_its_history():
    Section.objects.filter(page="band", anchor="high").update(markdown="An older release said this.")

    assert load_builtin_texts() == 1
    high = Section.objects.get(page="band", anchor="high")
    assert "convention" in high.markdown
    assert [record.history_type for record in high.history.all()] == ["~", "+"]


@pytest.mark.usefixtures("_texts")
def test_a_history_names_the_curator_and_nobody_else():
    section = Section.objects.get(page="band", anchor="high")
    edit(section, "Mine.")

    assert [record.history_user for record in section.history.all()] == ["curator@example.org", ""]


@pytest.mark.usefixtures("_texts")
@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("{{ ceiling.mars }}", "There is no figure or table named ceiling.mars."),
        ("So.[@nobody]", "There is no source with the key nobody."),
    ],
)
def test_a_text_with_what_cannot_be_is_refused(text, sentence):
    check_markdown("{{ ceiling.us }}.[@bfr-2017; @hu-2020]")
    with pytest.raises(ValidationError) as refused:
        check_markdown(text)

    assert refused.value.messages == [sentence]


@pytest.mark.usefixtures("_texts")
def test_a_reading_numbers_its_sources_and_takes_three_queries(django_assert_num_queries):
    with django_assert_num_queries(3):
        reading = page_reading("evidence")

    assert reading.cited[0].short == "Fang 2016"
    assert len({cited.short for cited in reading.cited}) == len(reading.cited)
    assert str(reading.reviewed) == "2026-11-22"
    assert page_reading("nothing") is None


@pytest.mark.usefixtures("_texts")
def test_a_page_tells_the_date_of_each_section_where_they_differ():
    Section.objects.filter(page="band", anchor="high").update(last_reviewed="2027-01-02")
    reading = page_reading("band")

    assert str(reading.reviewed) == "2026-11-22"
    assert {str(section.reviewed) for section in reading.sections} == {"2026-11-22", "2027-01-02"}


@pytest.mark.usefixtures("_texts")
def test_the_list_of_sources_holds_those_of_the_program_and_of_the_texts():
    names = [cited.short for cited in all_sources()]

    assert {"BfR 2017", "Hu 2020", "IOM 1997"} <= set(names)
    assert names == sorted(names, key=str.lower)


@pytest.mark.usefixtures("_texts")
def test_who_cites_a_source_is_known_by_the_whole_key():
    Source.objects.create(key="hu", short="Hu", title="Another")

    assert [str(section) for section in citing("hu-2020")] == ["evidence#high"]
    assert citing("hu") == []


def test_an_empty_page_can_be_read():
    Page.objects.create(slug="new", title="New", summary="Nothing yet.")

    assert page_reading("new").sections == ()
