"""The walking path, by mouse, by keyboard alone, and without script: log, see the day and the week agree."""

import re

import pytest

pytestmark = pytest.mark.browser

SEEDS, SPINACH, PILL = (
    156,
    78,
    100,
)  # mg: 1 oz roasted, half a cup boiled, a capsule


def shown_mg(page):
    """The day's total, as the page shows it."""
    return float(page.locator("#day .sum b").inner_text().replace(",", ""))


def week_numbers(page):
    """Food, water, added and total of today, from the table of the week."""
    page.goto("/week/")
    row = page.locator("table tr", has=page.locator("[aria-current], .today, strong, b")).first
    cells = page.locator("table.numbers tbody tr").filter(has_text=re.compile("within|below|above")).first
    return [cell.inner_text() for cell in (cells if cells.count() else row).locator("td").all()]


def make_product(page):
    page.goto("/supplements/new/")
    page.get_by_label("Name").fill("Evening bisglycinate")
    page.get_by_label("Form of magnesium").first.select_option("bisglycinate")
    page.get_by_label("How much").first.fill("100")
    page.get_by_role("button", name="Keep").click()
    page.wait_for_url(re.compile(r"/supplements/[0-9a-f-]{36}/"))


def check_day_and_week(page, *, total):
    page.goto("/")
    assert shown_mg(page) == pytest.approx(total, abs=1)
    words = page.locator("#day").inner_text()
    assert "ceiling" in words.lower()
    page.goto("/week/")
    assert f"{round(shown_total(page))}" in page.locator("main").inner_text()


def shown_total(page):
    return float(page.locator("svg text", has_text=re.compile(r"^\d+$")).first.inner_text())


def search(page, words, portion):
    """Type into the search and return the row that would log this portion."""
    page.locator("#q").fill(words)
    row = page.locator("#found .found-row", has_text=portion).first
    row.wait_for()
    return row


def test_by_mouse(open_page, sign_up):
    page = open_page(viewport={"width": 1280, "height": 900})
    sign_up(page)
    page.goto("/")

    search(page, "pumpkin seeds roasted", "oz").get_by_role("button").first.click()
    page.locator("#day .entry", has_text="umpkin").wait_for()
    assert shown_mg(page) == pytest.approx(SEEDS, abs=1)

    page.locator("#q").fill("spinach boiled")
    page.locator("#found .found-row", has_text="boiled").first.get_by_role("link").click()
    choose_half_a_cup(page)
    page.goto("/")
    assert shown_mg(page) == pytest.approx(SEEDS + SPINACH, abs=1)

    make_product(page)
    page.get_by_role("button", name=re.compile("Log")).first.click()
    check_day_and_week(page, total=SEEDS + SPINACH + PILL)


def choose_half_a_cup(page):
    page.wait_for_url("**/foods/**")
    page.locator("select[name=portion]").select_option(label=half_a_cup_of(page))
    page.get_by_role("button", name=re.compile("Log")).first.click()
    page.locator("#day").wait_for()


def half_a_cup_of(page):
    labels = page.locator("select[name=portion] option").all_inner_texts()
    return next(label for label in labels if label.strip().startswith(("1/2 cup", "½ cup")))


def test_by_keyboard_alone(open_page, sign_up):
    page = open_page(viewport={"width": 1280, "height": 900})
    sign_up(page)
    page.goto("/")

    page.keyboard.press("/")
    page.keyboard.type("pumpkin seeds roasted")
    page.locator("#found .found-row").first.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.locator("#day .entry", has_text="umpkin").wait_for()

    assert shown_mg(page) > 100


def test_without_script(open_page, sign_up):
    page = open_page(java_script_enabled=False)
    sign_up(page)
    page.goto("/")

    page.locator("#q").fill("pumpkin seeds roasted")
    page.locator("#search").get_by_role("button").click()
    page.locator(".found-row", has_text="oz").first.get_by_role("button").first.click()
    assert shown_mg(page) == pytest.approx(SEEDS, abs=1)

    page.get_by_role("link", name=re.compile("Change .*umpkin")).click()
    page.get_by_label(re.compile("Amount")).first.fill("2")
    page.get_by_role("button", name=re.compile("Save|Change")).first.click()
    assert shown_mg(page) == pytest.approx(2 * SEEDS, abs=1)

    page.get_by_role("link", name=re.compile("Change .*umpkin")).click()
    page.get_by_role("button", name=re.compile("Delete|Take")).first.click()
    page.get_by_role("button", name="Undo").click()
    assert shown_mg(page) == pytest.approx(2 * SEEDS, abs=1)

    make_product(page)
    page.get_by_role("button", name=re.compile("Log")).first.click()
    check_day_and_week(page, total=2 * SEEDS + PILL)
