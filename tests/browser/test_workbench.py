"""The curators' workbench as it is used: one key an act, the same by mouse and without script."""

import re

import pytest

from tests.browser.product import sign_in

pytestmark = pytest.mark.browser

CURATOR = "workbench@example.org"


@pytest.fixture(scope="module")
def curator(server):
    server.demo(CURATOR, 0)
    server.manage("make_curator", CURATOR)


def first_food(page, words):
    """Find a food in the list and open its sources."""
    page.goto(f"/admin/foods/food/?q={words}")
    page.locator("#result_list tbody th a").first.click()
    page.get_by_role("link", name="Sources side by side").click()


def test_a_figure_is_taken_undone_and_a_food_merged_by_keyboard_alone(open_page, curator):
    page = open_page(viewport={"width": 1280, "height": 900})
    sign_in(page, CURATOR)
    first_food(page, "kale+raw")
    name = page.locator("h1").inner_text()
    before = page.locator("table.figures tr", has_text="in use").locator("td.num").first.inner_text()

    page.keyboard.press("j")
    row = page.locator("tr.current")
    while not row.get_by_role("button", name=re.compile("^Take")).count():
        page.keyboard.press("j")
    page.keyboard.press("t")
    page.locator(".messagelist").get_by_text("mg per 100 g, from").wait_for()

    page.keyboard.press("h")
    page.locator("h1", has_text="History").wait_for()
    page.keyboard.press("j")
    page.keyboard.press("u")
    page.locator(".messagelist").get_by_text("Undone").wait_for()
    page.get_by_role("link", name=name).first.click()
    assert page.locator("table.figures tr", has_text="in use").locator("td.num").first.inner_text() == before

    while not row.get_by_role("link", name=re.compile("^Merge into")).count():
        page.keyboard.press("j")
    page.keyboard.press("m")
    page.locator("h1", has_text="Merge two foods").wait_for()
    page.keyboard.press("m")
    page.locator(".messagelist").get_by_text("is now one with").wait_for()


def test_keys_do_nothing_while_a_reason_is_typed(open_page, curator):
    page = open_page(viewport={"width": 1280, "height": 900})
    sign_in(page, CURATOR)
    first_food(page, "oats")

    page.get_by_label("Why").press_sequentially("retire j k t")

    assert page.get_by_label("Why").input_value() == "retire j k t"
    page.get_by_role("button", name="Retire").click()
    page.locator(".messagelist").get_by_text("Retired:").wait_for()
    assert page.get_by_role("button", name="Restore").is_visible()


def test_all_of_it_works_without_script(open_page, curator):
    page = open_page(viewport={"width": 390, "height": 844}, java_script_enabled=False)
    sign_in(page, CURATOR)
    first_food(page, "almonds")
    assert page.locator("kbd:visible").count() == 0

    page.get_by_role("button", name=re.compile("^Take")).first.click()
    page.locator(".messagelist").get_by_text("mg per 100 g, from").wait_for()
    page.get_by_role("link", name="History").click()
    page.get_by_role("button", name=re.compile("^Undo")).first.click()
    page.locator(".messagelist").get_by_text("Undone").wait_for()


@pytest.mark.looks
@pytest.mark.parametrize("width", [320, 390, 1280])
def test_no_page_of_the_workbench_sticks_out_sideways(open_page, curator, width):
    page = open_page(viewport={"width": width, "height": 900})
    sign_in(page, CURATOR)
    page.goto("/admin/foods/food/?q=almonds")
    food = re.search(r"/(\d+)/change", page.locator("#result_list tbody th a").first.get_attribute("href"))[1]

    wide = []
    for path in ("queue/", f"{food}/sources/", f"{food}/history/", f"{food}/correct/", f"{food}/edit/"):
        page.goto(f"/admin/foods/food/{path}")
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            wide.append(path)
    assert wide == []
