"""Curators write the texts: with a preview, a history to go back in, and sentences for what cannot be."""

import pytest
from django.contrib.auth.models import Permission
from django.core.management import call_command
from django.urls import reverse

from learn.models import Page, Section, Source
from learn.services import load_builtin_texts
from tests.factories import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def curator(client):
    load_builtin_texts()
    user = make_user("curator@example.org")
    call_command("make_curator", user.email)
    client.force_login(user)
    return client


@pytest.fixture
def section(curator):
    return Section.objects.get(page="band", anchor="high")


def form_of(section, **changes):
    return {
        "title": section.title,
        "markdown": section.markdown,
        "position": section.position,
        "last_reviewed": section.last_reviewed.isoformat(),
    } | changes


def change_url(row):
    return reverse(f"admin:learn_{row._meta.model_name}_change", args=[row.pk])


def test_a_change_is_saved_with_its_author_and_a_place_in_the_history(curator, section):
    answer = curator.post(
        change_url(section), form_of(section, markdown="Now {{ high-edge }}.[@scf-1993]\r\n")
    )

    section.refresh_from_db()
    assert answer.status_code == 302
    assert section.markdown == "Now {{ high-edge }}.[@scf-1993]"
    assert section.history.first().history_user_id == "curator@example.org"
    assert section.history.count() == 2
    page = curator.get(reverse("intake:learn_page", args=["band"])).content.decode()
    assert "Now 500 mg." in page


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("{{ ceiling.mars }}", "There is no figure or table named ceiling.mars."),
        ("So.[@nobody]", "There is no source with the key nobody."),
        ("[x](javascript:alert)", "A link starts with https://"),
        ("x" * 20_001, "at most 20000 characters"),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(curator, section, text, sentence):
    before = section.markdown

    answer = curator.post(change_url(section), form_of(section, markdown=text))

    assert answer.status_code == 200
    assert sentence in answer.content.decode()
    section.refresh_from_db()
    assert section.markdown == before


def test_a_curator_goes_back_to_what_was_there(curator, section):
    before = section.markdown
    curator.post(change_url(section), form_of(section, markdown="Worse."))
    first = section.history.last()
    address = reverse("admin:learn_section_simple_history", args=[section.pk, first.pk])

    assert before[:40] in curator.get(address).content.decode()
    curator.post(address, form_of(section, markdown=before))

    section.refresh_from_db()
    assert section.markdown == before
    assert (section.page_id, section.anchor) == ("band", "high")
    assert [record.history_type for record in section.history.all()] == ["~", "~", "+"]


def test_the_history_shows_who_and_what_and_carries_no_style(curator, section):
    curator.post(change_url(section), form_of(section, markdown="Mine <script>x</script>."))

    html = curator.get(reverse("admin:learn_section_history", args=[section.pk])).content.decode()

    assert "curator@example.org" in html
    assert "the program" in html
    assert "<script>x" not in html
    assert "style=" not in html.split('id="change-history"')[1]


def test_who_may_only_look_cannot_go_back(client):
    load_builtin_texts()
    section = Section.objects.get(page="band", anchor="high")
    looker = make_user(is_staff=True)
    looker.user_permissions.add(Permission.objects.get(codename="view_section"))
    client.force_login(looker)
    address = reverse("admin:learn_section_simple_history", args=[section.pk, section.history.last().pk])

    assert client.get(address).status_code == 200
    assert client.post(address, form_of(section, markdown="Taken.")).status_code == 403
    assert client.post(reverse("admin:learn_section_preview"), {"markdown": "x"}).status_code == 403
    assert section.history.count() == 1


def test_a_preview_shows_the_text_and_its_problems_and_saves_nothing(curator, section):
    text = "\n\n".join(
        [
            "Up to {{ high-edge }}.[@scf-1993]",
            "{{ table.ceilings }}",
            "{{ ceiling.mars }} <script>alert(1)</script>",
        ]
    )
    answer = curator.post(reverse("admin:learn_section_preview"), form_of(section, markdown=text))
    html = answer.content.decode()

    assert "Up to 500 mg." in html
    assert "table.ceilings: a table of the page stands here" in html
    assert "There is no figure or table named ceiling.mars." in html
    assert "<script>alert" not in html
    assert "SCF 1993" in html
    assert section.history.count() == 1
    assert curator.get(reverse("admin:learn_section_preview")).status_code == 405


def test_the_form_lists_what_a_text_may_name(curator, section):
    html = curator.get(change_url(section)).content.decode()

    assert "{{ ceiling.us }}</code> 350 mg" in html
    assert "{{ table.foods }}</code> well-known foods by the serving" in html
    assert "[@bfr-2017]</code> BfR 2017" in html
    assert "[@hu-2020]</code> Hu 2020" in html


def test_what_links_name_stays_as_it_is(curator, section):
    curator.post(change_url(section), form_of(section, page="food", anchor="elsewhere"))
    page = Page.objects.get(pk="band")
    curator.post(change_url(page), {"slug": "other", "title": "T", "summary": "S", "position": 5})

    section.refresh_from_db()
    assert (section.page_id, section.anchor) == ("band", "high")
    assert Page.objects.get(pk="band").title == "T"


@pytest.mark.parametrize(
    ("row", "deletable"),
    [
        (lambda: Section.objects.get(page="band", anchor="high"), False),
        (
            lambda: Section.objects.create(
                page_id="band", anchor="own", title="Own", last_reviewed="2026-11-22"
            ),
            True,
        ),
        (lambda: Page.objects.get(pk="band"), False),
        (lambda: Page.objects.create(slug="own", title="Own", summary="S"), True),
        (lambda: Source.objects.get(pk="hu-2020"), False),
        (lambda: Source.objects.create(key="own", short="Own", title="Own"), True),
        (lambda: _cited_source(), False),
    ],
)
def test_only_a_curators_own_rows_that_nothing_cites_can_be_deleted(admin_client, row, deletable):
    load_builtin_texts()
    row = row()
    address = reverse(f"admin:learn_{row._meta.model_name}_delete", args=[row.pk])

    assert admin_client.get(address).status_code == (200 if deletable else 403)


def _cited_source():
    source = Source.objects.create(key="cited", short="Cited", title="Cited")
    Section.objects.create(
        page_id="band", anchor="own", title="Own", markdown="So.[@cited]", last_reviewed="2026-11-22"
    )
    return source


def test_a_source_that_is_deleted_leaves_who_did_it(admin_client, admin_user):
    Source.objects.create(key="mine", short="Mine 2026", title="Mine")

    admin_client.post(reverse("admin:learn_source_delete", args=["mine"]), {"post": "yes"})

    last = Source.history.filter(key="mine").latest()
    assert (last.history_type, last.history_user_id) == ("-", admin_user.get_username())


def test_a_page_leads_to_its_sections_and_a_new_one_knows_its_page(curator):
    html = curator.get(change_url(Page.objects.get(pk="band"))).content.decode()
    add = f"{reverse('admin:learn_section_add')}?page=band"

    assert change_url(Section.objects.get(page="band", anchor="high")) in html
    assert add in html
    assert '<option value="band" selected>' in curator.get(add).content.decode()
    curator.post(
        add,
        {
            "page": "band",
            "anchor": "more",
            "title": "More",
            "markdown": "So.",
            "position": 200,
            "last_reviewed": "2026-11-22",
        },
    )
    assert Section.objects.get(page="band", anchor="more").history.get().history_user == "curator@example.org"


@pytest.mark.parametrize("kind", ["page", "section", "source"])
def test_the_lists_and_forms_of_the_desk_open(curator, kind):
    model = {"page": Page, "section": Section, "source": Source}[kind]

    assert curator.get(reverse(f"admin:learn_{kind}_changelist")).status_code == 200
    assert curator.get(reverse(f"admin:learn_{kind}_add")).status_code == 200
    assert curator.get(change_url(model.objects.first())).status_code == 200


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "//x.org", 'https://x.org/" onclick="x', "https://x.org/\\a"]
)
def test_an_address_of_a_source_is_one_of_the_web(curator, url):
    answer = curator.post(
        reverse("admin:learn_source_add"),
        {"key": "mine", "short": "Mine", "title": "Mine", "where": "", "url": url, "status": "source"},
    )

    assert answer.status_code == 200
    assert not Source.objects.filter(key="mine").exists()


def test_who_is_no_curator_sees_nothing_of_the_desk(client):
    load_builtin_texts()
    client.force_login(make_user())

    assert client.get(reverse("admin:learn_section_changelist")).status_code == 302
    assert client.post(reverse("admin:learn_section_preview"), {"markdown": "x"}).status_code == 302
