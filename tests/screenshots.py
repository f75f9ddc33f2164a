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
    "day": ({"width": 1080, "height": 1000}, "/"),
    "week": ({"width": 1080, "height": 1000}, "/week/"),
    "day-phone": ({"width": 390, "height": 1000}, "/"),
    "week-phone": ({"width": 390, "height": 1000}, "/week/"),
}


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
            for name, (viewport, address) in PICTURES.items():
                page.set_viewport_size(viewport)
                page.goto(address)
                page.screenshot(path=DOCS / f"{name}-{scheme}.png")
                print(f"docs/{name}-{scheme}.png")
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
