"""Supplements in a browser: three products by three ways, a stack, one click, the ceiling, lane and notes."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.product import sign_in

pytestmark = pytest.mark.browser

PLACES = {390: ".plan.narrow-only", 1280: ".plan.wide-only"}


def keep(page, name, serving):
    page.get_by_label("Call it").fill(name)
    page.get_by_label("One serving is").fill(serving)
    page.get_by_role("button", name=re.compile("^Keep ")).click()
    page.get_by_role("heading", name=name).wait_for()


def by_figures(page, basis, family, amount):
    page.goto("/supplements/new/")
    page.get_by_label("The figures").check()
    page.get_by_label(basis).check()
    page.get_by_label("How much").fill(amount)
    page.get_by_label("Form of magnesium").select_option(family)


def violations(page):
    return [(page.url, item["id"]) for item in Axe().run(page).response["violations"]]


@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (1280, "dark")])
def test_three_ways_a_stack_and_what_the_day_says(open_page, server, width, scheme, tmp_path):
    email = f"supplements-{width}@example.org"
    server.demo(email, 0)
    page = open_page(viewport={"width": width, "height": 900}, color_scheme=scheme, reduced_motion="reduce")
    sign_in(page, email)
    found = []

    page.goto("/supplements/new/")
    page.get_by_label("The line, as printed").fill("Magnesium (as magnesium bisglycinate) 200 mg 48%")
    page.get_by_label("Sold in").select_option("us")
    page.get_by_role("button", name="Keep 200 mg").wait_for()
    found += violations(page)
    keep(page, "By its line", "2 capsules")

    by_figures(page, "weight of the compound", "Oxide", "250")
    page.get_by_text("250 mg × 60.3 % = 150.8 mg").wait_for()
    found += violations(page)
    keep(page, "By its weight", "1 tablet")

    by_figures(page, "% of the daily value", "Citrate", "20")
    page.locator("#id_lines-0-daily_value").select_option("eu")
    page.get_by_role("button", name=re.compile("^Keep 75 mg")).wait_for()
    found += violations(page)
    keep(page, "By its percentage", "1 sachet")

    page.goto("/supplements/stacks/new/")
    page.get_by_label("Name").fill("Morning")
    for name in ("By its line", "By its weight", "By its percentage"):
        page.get_by_label(name).first.check()
    page.get_by_label("At", exact=True).fill("08:00")
    page.get_by_role("button", name="Make the stack").click()
    page.get_by_role("link", name="Morning", exact=True).wait_for()

    page.goto("/settings/timing/")
    page.get_by_label("Medicine, by its class").select_option("levothyroxine")
    page.get_by_label("Time").first.fill("07:00")
    page.get_by_role("button", name="Add", exact=True).click()
    page.get_by_role("heading", name="Your list").wait_for()

    page.goto("/")
    card = page.locator(f"{PLACES[width]} .planned", has_text="Morning")
    card.get_by_role("button", name="Take Morning").click()
    card.get_by_role("button", name="Undo Morning").wait_for()

    page.get_by_text("Added 426 mg").first.wait_for()
    page.get_by_text("Added magnesium is above the ceiling").wait_for()
    lane = page.locator(".daylane")
    assert "Levothyroxine" in lane.inner_text()
    found += violations(page)
    for learn in page.locator(".notes a[href*='/learn/']").all():
        path, _, anchor = learn.get_attribute("href").partition("#")
        answer = page.request.get(path)
        assert answer.ok
        assert not anchor or f'id="{anchor}"' in answer.text()
    page.screenshot(path=tmp_path / f"{width}.png", full_page=True)

    assert found == []
