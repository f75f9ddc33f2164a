"""A stack in a real browser: made, taken in one click with an item left out, undone; also without script."""

import pytest

from tests.browser.product import sign_in

pytestmark = pytest.mark.browser

DEMO = "stacks@example.org"
PLACES = {390: ".plan.narrow-only", 1280: ".plan.wide-only"}


@pytest.fixture(scope="module")
def demo(server):
    server.demo(DEMO, 1)


@pytest.mark.parametrize("script", [True, False])
@pytest.mark.parametrize("width", [390, 1280])
def test_a_stack_is_made_taken_and_undone(open_page, demo, width, script):
    page = open_page(viewport={"width": width, "height": 900}, java_script_enabled=script)
    sign_in(page, DEMO)
    name = f"Stack {width} {script}"
    page.goto("/supplements/stacks/new/")
    page.get_by_label("Name").fill(name)
    page.get_by_label("Magnesium bisglycinate").first.check()
    page.get_by_label("Magnesium citrate powder").first.check()
    page.get_by_label("At", exact=True).fill("12:30")
    page.get_by_role("button", name="Make the stack").click()
    page.get_by_role("link", name=name, exact=True).wait_for()

    page.goto("/")
    card = page.locator(f"{PLACES[width]} .planned", has_text=name)
    card.locator("summary").click()
    card.get_by_label("Magnesium citrate powder").uncheck()
    card.get_by_role("button", name=f"Take {name}").click()
    card.locator(".taken-row", has_text="bisglycinate").wait_for()

    assert card.get_by_role("button", name=f"Take {name}").is_visible()  # the rest stays in sight
    card.get_by_role("button", name=f"Undo {name}").click()
    card.locator(".taken-row").wait_for(state="detached")

    page.get_by_role("link", name="Supplements and medicines").click()
    page.get_by_role("link", name="Stacks and times").click()
    page.get_by_role("link", name=name, exact=True).click()
    page.get_by_role("button", name="Delete it with its past plans").click()
    page.get_by_text("What you took stays in the diary").wait_for()
