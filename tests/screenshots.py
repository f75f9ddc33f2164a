"""`make screenshots`: draw the pictures of the README in docs/, from a demo account, as a person sees it."""

# ruff: noqa: T201
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests import machine
from tests.browser.desk import FLOUR, act, bring_in, correct, food_id
from tests.browser.product import ARGUMENTS, running, sign_in

DOCS = machine.BASE_DIR / "docs"
DEMO, CURATOR = "demo@example.org", "curator@example.org"
PICTURES = {
    "day": {"width": 1120, "height": 1000},
    "week": {"width": 1120, "height": 1000},
    "day-phone": {"width": 390, "height": 1000},
    "week-phone": {"width": 390, "height": 1000},
}
DESK = {"width": 1280, "height": 1150}
FOUNDATION = "usda_fdc/FoodData_Central_foundation_food_csv_{}.zip"
LOOK_BACK = 40  # days, for one that shows most


def telling_day(page) -> str:
    """Return the address of a recent day within its band, with something added and something unknown."""
    page.goto("/")
    for _ in range(LOOK_BACK):
        page.get_by_role("link", name="The day before").click()
        shown = page.locator("#day").inner_text()
        if "Within your band" in shown and "without a value" in shown and "Added 0 mg" not in shown:
            break
    return page.url


def import_to_look_at(page, server, folder) -> str:
    """Publish a release, correct a food, bring in the next release; return the address of its preview."""
    bring_in(page, folder / FOUNDATION.format("2019-04-02"))
    act(page, "Publish", "Published import")
    correct(page, food_id(server, FLOUR), "30", "as milled here, mean of three lots.")
    return bring_in(page, folder / FOUNDATION.format("2024-10-31"))


def draw_import(browser, server) -> None:
    """Draw the preview of an import, in both schemes, where the official files are at hand."""
    folder = machine.sample_data()
    if folder is None:
        print("MIDBAND_SAMPLE_DATA names no folder: docs/import-*.png stay as they are.")
        return
    server.demo(CURATOR, 1)
    server.manage("make_curator", CURATOR)
    address = ""
    for scheme in ("light", "dark"):
        options = {"color_scheme": scheme, "reduced_motion": "reduce", "viewport": DESK}
        page = browser.new_context(base_url=server.url, **options).new_page()
        sign_in(page, CURATOR)
        address = address or import_to_look_at(page, server, folder)
        page.goto(address)
        page.screenshot(path=DOCS / f"import-{scheme}.png")
        print(f"docs/import-{scheme}.png")


def main() -> int:
    path = machine.chromium()
    if path is None:
        print("There is no Chromium on this machine.")
        return 1
    DOCS.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, running(Path(folder)) as server, sync_playwright() as play:
        server.demo(DEMO, 120)
        browser = play.chromium.launch(executable_path=path, args=ARGUMENTS)
        for scheme in ("light", "dark"):
            context = browser.new_context(base_url=server.url, color_scheme=scheme, reduced_motion="reduce")
            page = context.new_page()
            sign_in(page, DEMO)
            page.set_viewport_size(PICTURES["day"])
            addresses = {"day": telling_day(page), "week": "/week/"}
            for name, viewport in PICTURES.items():
                page.set_viewport_size(viewport)
                page.goto(addresses[name.split("-")[0]])
                page.screenshot(path=DOCS / f"{name}-{scheme}.png")
                print(f"docs/{name}-{scheme}.png")
        draw_import(browser, server)
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
