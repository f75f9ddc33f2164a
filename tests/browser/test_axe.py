"""axe-core finds nothing on any page, light and dark, narrow and wide."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.product import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.looks]

# Colours hang on the scheme and the layout on the width: each is looked at once in either.
BOTH = [(390, "light"), (1280, "dark")]
DEMO = "axe@example.org"
SIGNED_OUT = ["/accounts/login/", "/accounts/signup/", "/accounts/password/reset/", "/api/v1/docs/"]
PAGES = [
    "/",
    "/2020-01-01/",
    "/week/",
    "/supplements/",
    "/supplements/new/",
    "/supplements/stacks/",
    "/supplements/stacks/new/",
    "/settings/reminders/",
    "/supplements/skin/",
    "/supplements/medicine/",
    "/foods/new/",
    "/welcome/",
    "/settings/",
    "/settings/band/",
    "/settings/day/",
    "/settings/timing/",
    "/settings/care/",
    "/settings/tokens/",
    "/settings/export/",
    "/settings/contributions/",
    "/corrections/",
    "/foods/propose/",
    "/settings/delete/",
    "/accounts/password/change/",
    "/accounts/logout/",
    "/learn/",
    "/learn/forms/",
    "/learn/topical/",
    "/learn/band/",
    "/learn/evidence/",
    "/learn/food/",
    "/learn/careful/",
    "/learn/claims/",
    "/learn/magnesium/",
    "/learn/sources/",
    "/not-there/",
]


DESK = [
    "/admin/",
    "/admin/foods/food/",
    "/admin/foods/food/queue/",
    "/admin/foods/source/",
    "/admin/intake/job/",
    "/admin/learn/page/band/change/",
    "/admin/learn/section/",
    "/admin/learn/section/1/change/",
    "/admin/learn/section/1/history/",
    "/admin/learn/source/",
    "/admin/supplements/compound/",
    "/admin/supplements/compound/oxide/change/",
    "/admin/supplements/product/",
    "/admin/supplements/product/add/",
    "/admin/supplements/product/import/",
]


@pytest.fixture(scope="module")
def demo(server):
    server.demo(DEMO, 30)


def violations(page, path):
    found = Axe().run(page).response["violations"]
    return [(path, item["id"], [node["html"][:160] for node in item["nodes"]][:3]) for item in found]


@pytest.mark.parametrize(("width", "scheme"), BOTH)
def test_no_page_has_a_violation(open_page, demo, scheme, width):
    page = open_page(color_scheme=scheme, viewport={"width": width, "height": 900}, reduced_motion="reduce")
    found = []
    for path in SIGNED_OUT:
        page.goto(path)
        found += violations(page, path)
    sign_in(page, DEMO)
    for path in PAGES:
        page.goto(path)
        found += violations(page, path)

    page.goto("/")
    food = page.locator(".entry a.gives[href*='/foods/']").first.get_attribute("href")
    page.locator("#q").fill("almonds")
    page.locator("#found .found-row").first.wait_for()
    found += violations(page, "/ with the search open")
    page.goto("/")
    page.locator(".entry a.much").first.click()
    page.locator("form input[name=version]").first.wait_for(state="attached")
    found += violations(page, "/ with an entry open")
    page.goto(food)
    found += violations(page, "a food")

    assert found == []


@pytest.mark.parametrize(("width", "scheme"), BOTH)
def test_no_page_of_the_desk_has_a_violation(open_page, server, demo, scheme, width):
    server.manage("make_curator", DEMO)
    page = open_page(color_scheme=scheme, viewport={"width": width, "height": 900}, strict=False)
    sign_in(page, DEMO)
    found = []
    for path in DESK:
        page.goto(path)
        found += violations(page, path)
    page.goto("/admin/foods/food/")
    page.locator("#result_list tbody th a").first.click()
    found += violations(page, "a food")
    with page.expect_navigation():
        page.get_by_role("link", name="Correct the magnesium").click()
    found += violations(page, "a correction")
    for link in ("Sources", "Name and category", "History"):
        page.goto("/admin/foods/food/")
        page.locator("#result_list tbody th a").first.click()
        with page.expect_navigation():  # else the page that is being left may be looked at
            page.locator(".object-tools").get_by_role("link", name=link).click()
        found += violations(page, f"a food: {link}")

    assert found == []


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_nothing_sticks_out_sideways(open_page, demo, width):
    page = open_page(viewport={"width": width, "height": 900})
    sign_in(page, DEMO)

    wide = []
    for path in PAGES:
        page.goto(path)
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            wide.append(path)
    assert wide == []
