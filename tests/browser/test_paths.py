"""The walking path, by mouse, by keyboard alone, and without script; day and week agree."""

import re

import pytest

pytestmark = pytest.mark.browser

SEEDS, SPINACH, PILL = 156, 78, 100  # mg: 1 oz roasted, half a cup boiled, a capsule
WIDE = {"width": 1280, "height": 900}
MANY_TABS = 120


def shown_mg(page):
    """The day's total, as the page shows it."""
    return float(page.locator("#day .sum b").inner_text().replace(",", ""))


def check_day_and_week_agree(page):
    """Food, added and total; the band; the ceiling: as logged, and the same on both pages."""
    page.goto("/")
    total = shown_mg(page)
    day = page.locator("#day").inner_text()
    assert total == pytest.approx(SEEDS + SPINACH + PILL, abs=1)
    assert re.search(r"added\s+100\b", day)
    assert re.search(r"Band: 420 RDA, IOM 1997, to 500", day)
    assert re.search(r"\b350\b", page.locator("#day").inner_text())

    page.goto("/week/")
    row = page.locator("section[aria-labelledby=numbers] tbody tr:not(.off)").last
    food, water, added, whole = (cell.inner_text() for cell in row.locator("td.num").all())
    assert (float(food), float(water), float(added)) == (pytest.approx(SEEDS + SPINACH, abs=1), 0, PILL)
    assert float(whole) == total
    assert f"{total:.0f}" in page.locator(".weekplot").first.text_content()


def find(page, words, having):
    """Search by typing and return the row that would log this."""
    page.locator("#q").fill(words)
    row = page.locator("#found .found-row", has_text=having).first
    row.wait_for()
    return row


def test_by_mouse(open_page, sign_up):
    page = open_page(viewport=WIDE)
    sign_up(page)
    page.goto("/")

    find(page, "pumpkin seeds roasted", "oz").locator("button").click()
    page.locator("#day .entry", has_text="pumpkin").wait_for()
    assert shown_mg(page) == pytest.approx(SEEDS, abs=1)

    find(page, "spinach boiled", "boiled, drained, without salt").locator("a.amount").click()
    page.wait_for_url("**/foods/**")
    options = page.locator("select[name=portion] option").all_inner_texts()
    page.select_option("select[name=portion]", label=next(o for o in options if o.startswith("1/2 cup")))
    page.get_by_role("button", name=re.compile("^Log it on")).first.click()
    page.locator("#day .entry", has_text="Spinach").wait_for()

    page.get_by_role("link", name="Supplements and medicines").click()
    page.get_by_role("link", name="Read a label").click()
    page.get_by_label("The line, as printed").fill("Magnesium (as magnesium bisglycinate) 100 mg 24%")
    page.get_by_label("Sold in").select_option("us")
    page.locator("#reading .sum", has_text="100").wait_for()
    page.get_by_label("Call it").fill("Evening bisglycinate")
    page.get_by_label("One serving is").fill("1 capsule")
    page.locator("button[value=keep]").click()
    page.get_by_role("button", name=re.compile("^Log it on")).click()

    check_day_and_week_agree(page)


def tab_to(page, selector):
    """Press Tab until the focus is on it, as somebody without a mouse does."""
    for _ in range(MANY_TABS):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    pytest.fail(f"{selector} is not reached by Tab")


def type_and_log(page, words, name):
    page.keyboard.press("/")
    page.keyboard.type(words)
    page.locator("#found .found-row.current", has_text=name).wait_for()
    page.keyboard.press("Enter")
    page.locator("#day .entry", has_text=name).wait_for()


def test_by_keyboard_alone(open_page, sign_up):
    page = open_page(viewport=WIDE)
    sign_up(page)
    page.goto("/")

    type_and_log(page, "pumpkin seeds roasted", "pumpkin")
    page.keyboard.press("Escape")
    page.locator("#main").focus()
    type_and_log(page, "spinach boiled", "boiled")  # "Spinach" may stand there before the last word is typed

    tab_to(page, "a[href='/supplements/']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/supplements/")
    tab_to(page, "a[href='/supplements/new/']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/supplements/new/")
    tab_to(page, "input[name=way]")
    page.keyboard.press("ArrowRight")
    tab_to(page, "input[name=lines-0-basis]")
    page.keyboard.press("Space")
    tab_to(page, "input[name=lines-0-amount]")
    page.keyboard.type("100")
    tab_to(page, "select[name=lines-0-family]")
    page.keyboard.type("Glyc")
    page.locator("#reading .sum", has_text="100").wait_for(timeout=60_000)
    tab_to(page, "input[name=name]")
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("Evening bisglycinate")
    tab_to(page, "input[name=serving]")
    page.keyboard.type("1 capsule")
    tab_to(page, "button[value=keep]")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/supplements/[0-9a-f-]{36}/"))
    tab_to(page, "form.card button")
    page.keyboard.press("Enter")
    page.locator("#day").wait_for()

    check_day_and_week_agree(page)


def test_without_script(open_page, sign_up):
    page = open_page(java_script_enabled=False)
    sign_up(page)
    page.goto("/")

    page.locator("#q").fill("pumpkin seeds roasted")
    page.locator("#search button").click()
    page.locator(".found-row", has_text="oz").first.locator("button").click()
    assert shown_mg(page) == pytest.approx(SEEDS, abs=1)

    page.get_by_role("link", name=re.compile("^Change .*pumpkin")).click()
    page.locator("input[name=quantity]").fill("2")
    page.get_by_role("button", name="Save").click()
    assert shown_mg(page) == pytest.approx(2 * SEEDS, abs=1)

    page.get_by_role("link", name=re.compile("^Change .*pumpkin")).click()
    page.get_by_role("button", name="Take off the day").click()
    assert page.locator("#day .entry").count() == 0
    page.get_by_role("button", name="Undo").click()
    page.get_by_role("link", name=re.compile("^Change .*pumpkin")).click()
    page.locator("input[name=quantity]").fill("1")
    page.get_by_role("button", name="Save").click()

    page.locator("#q").fill("spinach boiled")
    page.locator("#search button").click()
    page.locator(".found-row", has_text="boiled, drained, without salt").first.locator("button").click()

    page.goto("/supplements/new/")
    page.get_by_text("The figures", exact=True).click()
    page.get_by_label("magnesium itself, mg").check()
    page.get_by_label("Form of magnesium").select_option("Glycinate")
    page.get_by_label("How much").fill("100")
    page.get_by_role("button", name="Work it out").click()
    assert "100" in page.locator("#reading .sum").inner_text()
    page.get_by_label("Call it").fill("Evening bisglycinate")
    page.get_by_label("One serving is").fill("1 capsule")
    page.locator("button[value=keep]").click()
    page.get_by_role("button", name=re.compile("^Log it on")).click()

    check_day_and_week_agree(page)


def test_a_glass_a_mark_and_an_edit_in_place(open_page, sign_up):
    page = open_page()
    sign_up(page)
    page.goto("/")

    for glasses in ("250 ml", "2 × 250 ml"):
        page.get_by_role("button", name=re.compile("^A glass of water")).click()
        page.locator("#day .entry a.much", has_text=glasses).wait_for()
    page.get_by_role("button", name="partial").click()
    page.locator("#day button[aria-pressed=true]", has_text="partial").wait_for()

    page.locator("#day .entry a.much").click()
    page.locator(".entry.editing input[name=quantity]").fill("4")
    page.locator(".entry.editing").get_by_role("button", name="Save").click()
    page.locator("#day .entry a.much", has_text="4 × 250 ml").wait_for()
    assert shown_mg(page) == 10


def test_an_entry_given_another_day_leaves_the_page_on_its_own_day(open_page, sign_up):
    page = open_page()
    sign_up(page)
    page.goto("/2026-03-02/")
    page.get_by_role("button", name=re.compile("^A glass of water")).click()
    page.locator("#day .entry a.much").click()
    page.locator(".entry.editing input[name=day]").fill("2026-03-01")
    page.locator(".entry.editing").get_by_role("button", name="Save").click()

    page.locator(".toast", has_text="is on Sunday 1 March").wait_for()
    assert "Monday 2 March" in page.locator("h1").inner_text()
    assert page.locator("#day .entry").count() == 0
    page.get_by_role("link", name="Go there").click()
    page.wait_for_url("**/2026-03-01/")
    assert page.locator("#day .entry").count() == 1


def test_what_was_just_logged_can_be_undone_where_the_person_is(open_page, sign_up):
    page = open_page()
    sign_up(page)
    page.goto("/")
    find(page, "pumpkin seeds roasted", "oz").locator("button").click()
    at = page.evaluate("scrollY")

    page.locator(".toast", has_text="is on the day").get_by_role("button", name="Undo").click()
    page.locator(".toast", has_text="is off the day").wait_for()
    assert page.locator("#day .entry").count() == 0
    page.get_by_role("button", name="Undo").click()
    page.locator("#day .entry").wait_for()
    assert page.evaluate("scrollY") <= at


def test_two_tabs_change_one_entry(open_page, sign_up):
    page = open_page()
    sign_up(page)
    page.goto("/")
    page.get_by_role("button", name=re.compile("^A glass of water")).click()
    entry = page.locator("#day .entry a.much").get_attribute("href")
    other = page.context.new_page()
    for tab in (page, other):
        tab.goto(entry)

    page.locator("input[name=quantity]").fill("2")
    page.get_by_role("button", name="Save").click()
    other.locator("input[name=quantity]").fill("9")
    other.get_by_role("button", name="Save").click()

    other.get_by_text("changed elsewhere").wait_for()
    assert "9" in other.locator(".errorlist[role=alert]").inner_text()
    assert other.locator("input[name=quantity]").input_value() == "2"


def test_fractions_and_volumes_without_script(open_page, sign_up):
    page = open_page(java_script_enabled=False)
    sign_up(page)
    page.goto("/")
    page.locator("#q").fill("spinach boiled")
    page.locator("#search button").click()
    page.locator(".found-row", has_text="boiled, drained, without salt").first.locator("a.amount").click()

    page.get_by_label("How many").fill("1 bagel")
    page.get_by_role("button", name=re.compile("^Log it on")).first.click()
    assert "Unit missing: this food has no bagel." in page.get_by_role("alert").first.inner_text()
    assert page.get_by_label("How many").input_value() == "1 bagel"
    page.get_by_label("How many").fill("4 tbsp")
    page.get_by_role("button", name=re.compile("^Log it on")).first.click()
    assert page.locator("#day .entry a.much").inner_text() == "4 tbsp"
    assert shown_mg(page) == pytest.approx(SPINACH / 2, abs=1)  # a cup is 180 g, and 16 tablespoons

    page.get_by_role("link", name=re.compile("^Change Spinach")).click()
    page.get_by_label("How many").fill("½ cup")
    page.get_by_role("button", name="Save").click()
    assert page.locator("#day .entry a.much").inner_text() == "½ cup"
    assert shown_mg(page) == pytest.approx(SPINACH, abs=1)
