"""`make screenshots`: draw the pictures of the README in docs/, from a demo account, as a person sees it."""

# ruff: noqa: T201
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests import machine
from tests.browser.product import ARGUMENTS, running, sign_in

DOCS = machine.BASE_DIR / "docs"
DEMO = "demo@example.org"
PICTURES = {
    "day": {"width": 1120, "height": 1000},
    "week": {"width": 1120, "height": 1000},
    "day-phone": {"width": 390, "height": 1000},
    "week-phone": {"width": 390, "height": 1000},
}
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
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
