"""A curator's path from file to diary, with the real worker; the desk by keyboard, without script, by axe."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests import machine
from tests.browser.desk import FLOUR, OATS, WORK_MS, act, bring_in, correct, food_id
from tests.browser.product import running, sign_in

pytestmark = pytest.mark.browser

WIDE = {"width": 1280, "height": 900}
CURATOR = "curator@example.org"
TABLE = "code,name,category,magnesium (mg per 100 g),portion 1,portion 1 (g)\n"
BREADS = [f"B{number},Crispbread {number},Breads,{40 + number},1 slice,10\n" for number in range(6)]


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """A product of its own: what is published here is not meant for the other tests."""
    with running(tmp_path_factory.mktemp("curator")) as product:
        product.demo(CURATOR, 1)
        product.manage("make_curator", CURATOR)
        yield product


@pytest.fixture
def desk(open_page, server):
    """Open a page that is signed in as a curator."""

    def opened(**options):
        page = open_page(**({"viewport": WIDE, "reduced_motion": "reduce"} | options))
        sign_in(page, CURATOR)
        return page

    return opened


def in_use(page, food):
    """Return the figure of a food, mg per 100 g, as people read it."""
    page.goto(f"/foods/{food}/")
    return page.locator("tr.now-row td.num b").inner_text()


def row_of(page, name):
    return page.locator(f"[data-row='{name}']")


def table(tmp_path, rows, name="breads.csv"):
    path = tmp_path / name
    path.write_text(TABLE + "".join(rows))
    return path


@pytest.mark.skipif(not machine.sample_data(), reason="MIDBAND_SAMPLE_DATA names no folder")
def test_from_two_official_releases_to_a_corrected_diary(desk, open_page, sign_up, server):
    releases = machine.sample_data() / "usda_fdc"
    oats, flour = food_id(server, OATS), food_id(server, FLOUR)
    person = open_page()
    sign_up(person)
    person.goto(f"/foods/{oats}/")
    person.get_by_role("button", name=re.compile("^Log it on")).first.click()
    person.locator("#day .entry", has_text="Oats").wait_for()
    logged = person.locator("#day .sum b").inner_text()
    page = desk()

    bring_in(page, releases / "FoodData_Central_foundation_food_csv_2019-04-02.zip")
    act(page, "Publish", "Published import")

    correct(page, flour, "30", "The flour of our mill.")

    newer = bring_in(page, releases / "FoodData_Central_foundation_food_csv_2024-10-31.zip")
    assert "Magnesium in 304 of 316 foods; portions for 85." in page.locator("#progress").inner_text()
    assert re.search(r"177\s*→\s*126\.3\s*−50\.7", row_of(page, "Oats").inner_text())
    conflict = page.locator(".conflicts [data-row]", has_text="Wheat flour, white, all-purpose, unenriched")
    assert "The flour of our mill." in conflict.inner_text()
    assert conflict.get_by_label("Keep 30").is_checked()
    conflict.get_by_text("Take 36.1").click()
    page.keyboard.press("o")
    assert conflict.get_by_label("Keep 30").is_checked()

    act(page, "Publish", "Published import")
    assert (in_use(person, oats), in_use(person, flour)) == ("126.3", "30")
    act(page, "Undo", "Import, undone")
    assert (in_use(person, oats), in_use(person, flour)) == ("177", "30")
    page.goto(newer)
    act(page, "Publish", "Published import")
    assert (in_use(person, oats), in_use(person, flour)) == ("126.3", "30")

    person.goto("/")
    assert person.locator("#day .sum b").inner_text() == logged  # the diary is as it was until its owner acts
    person.get_by_role("button", name="Apply: Oats").click()
    person.goto("/")
    assert float(person.locator("#day .sum b").inner_text()) < float(logged)


def test_the_desk_by_keyboard_alone(desk, tmp_path):
    page = desk()
    bring_in(page, table(tmp_path, BREADS))
    act(page, "Publish", "Published import")
    changed = [line.replace(f",{40 + number},", f",{90 - number * 5},") for number, line in enumerate(BREADS)]
    address = bring_in(page, table(tmp_path, changed))
    box = [row_of(page, f"Crispbread {number}").locator("input[type=checkbox]") for number in range(6)]
    acts = page.locator("#acts")

    for key in ("j", "j", "x"):
        page.keyboard.press(key)
    acts.get_by_text("Publish 5 changes").wait_for()
    assert [one.is_checked() for one in box] == [True, False, True, True, True, True]
    page.keyboard.press("k")
    page.keyboard.press("x")
    acts.get_by_text("Publish 4 changes").wait_for()
    page.keyboard.press("u")
    acts.get_by_text("Publish 5 changes").wait_for()
    assert box[0].is_checked()

    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("heading", name="Crispbread 0").wait_for()
    assert "This file" in dialog.inner_text()
    page.keyboard.press("x")
    page.keyboard.press("Escape")
    dialog.wait_for(state="hidden")
    assert box[0].is_checked()

    page.goto(address)
    assert [one.is_checked() for one in box] == [True, False, True, True, True, True]


def test_without_script_everything_is_there(desk, tmp_path):
    page = desk(java_script_enabled=False)
    page.goto("/admin/foods/foodimport/add/")
    page.get_by_label("File", exact=True).set_input_files(
        table(tmp_path, [line.replace("B", "C") for line in BREADS])
    )
    page.get_by_role("button", name="Bring it in").click()
    for _ in range(WORK_MS // 500):
        if not page.get_by_text("You can leave this page").is_visible():
            break
        page.wait_for_timeout(500)
        page.get_by_role("link", name="See how far it is now").click()
    act(page, "Publish", re.compile("Publish"))


PAGES = ["/admin/foods/foodimport/", "/admin/foods/foodimport/add/", "/admin/foods/foodimport/?state=refused"]


@pytest.fixture(scope="module")
def samples(chromium, server, tmp_path_factory):
    """Addresses of a page in each state that stays: ready with every kind of row, published, refused."""
    folder = tmp_path_factory.mktemp("samples")
    page = chromium.new_context(base_url=server.url).new_page()
    sign_in(page, CURATOR)
    rows = [line.replace("B", "D").replace("Crispbread", "Rusk") for line in BREADS]
    published = bring_in(page, table(folder, [*rows, "D8,Zwieback,Breads,40,,\n", "D9,Gone,Breads,40,,\n"]))
    act(page, "Publish", "Published import")
    correct = (
        "from foods.models import Food; from foods.services import correct_food; from decimal import Decimal;"
    )
    correct += "correct_food(food=Food.objects.get(source_key='D8'), magnesium_mg_per_100g=Decimal(50),"
    correct += "author='curator@example.org', reason='As baked here.')"
    server.manage("shell", "-v", "0", "-c", correct)
    changed = [line.replace(f",{40 + number},", f",{60 + number * 9},") for number, line in enumerate(rows)]
    more = [
        "D8,Zwieback,Breads,60,,\n",
        "D10,Salt,Breads,30000,,\n",
        "D11,New,Breads,1,,\n",
        "D12,Bad,Breads,many,,\n",
    ]
    ready = bring_in(page, table(folder, [*changed[:-1], changed[-1].replace("65", ""), *more], "next.csv"))
    page.goto("/admin/foods/foodimport/add/")
    (folder / "diary.txt").write_text("A diary, of sorts.")
    page.get_by_label("File", exact=True).set_input_files(folder / "diary.txt")
    page.get_by_role("button", name="Bring it in").click()
    page.get_by_role("heading", name="Refused file").wait_for(timeout=WORK_MS)
    kinds = ("new", "same", "missing", "doubtful", "conflict", "problems")
    page.goto(ready)
    row = page.locator(".conflicts .food a").get_attribute("href")
    act_pages = [ready.replace("/change/", f"/{name}/") for name in ("publish", "discard")]
    return [published, ready, *(f"{ready}?show={kind}" for kind in kinds), row, *act_pages, page.url]


@pytest.mark.looks
@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_of_imports_has_a_violation_or_sticks_out(desk, samples, scheme, width):
    page = desk(color_scheme=scheme, viewport={"width": width, "height": 900}, strict=False)
    found = []
    for address in [*PAGES, *samples]:
        page.goto(address)
        for item in Axe().run(page).response["violations"]:
            found.append((address, item["id"], [node["html"][:160] for node in item["nodes"]][:3]))
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            found.append((address, "sticks out"))
    assert found == []


def test_a_file_that_is_too_large_is_named_before_it_is_sent(desk, tmp_path):
    large = tmp_path / "large.csv"
    with large.open("wb") as file:
        file.truncate(65 << 20)
    page = desk()
    page.goto("/admin/foods/foodimport/add/")

    page.get_by_label("File", exact=True).set_input_files(large)

    assert "manage.py import_foods" in page.get_by_label("File", exact=True).evaluate(
        "field => field.validationMessage"
    )


def test_a_file_that_is_too_large_is_refused_without_script_too(desk, tmp_path):
    large = tmp_path / "large.csv"
    with large.open("wb") as file:
        file.truncate(66 << 20)
    page = desk(java_script_enabled=False, strict=False)
    page.goto("/admin/foods/foodimport/add/")
    page.get_by_label("File", exact=True).set_input_files(large)

    page.get_by_role("button", name="Bring it in").click()

    assert "manage.py import_foods FILE" in page.get_by_role("alert").first.inner_text()
