"""A real server with the built-in foods, a real browser, and accounts made through the pages."""

import itertools
import time

import pytest
from playwright.sync_api import sync_playwright

from tests import machine
from tests.browser.product import ARGUMENTS, PASSWORD, running

_numbers = itertools.count(1)


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    """The product, on the engine this run of the suite is for."""
    with running(tmp_path_factory.mktemp("browser")) as product:
        yield product


@pytest.fixture(scope="session")
def chromium():
    """The browser; without one the tests are skipped here and `make test` says so."""
    path = machine.chromium()
    if path is None:
        pytest.skip("no Chromium on this machine")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium, server):
    """Open pages in contexts of their own; none may log an error or reach another host."""
    contexts, problems = [], []

    def note_error(message):
        # The browser logs an answer of 404, 409 or 422 as an error of its own.
        if message.type == "error" and not any(code in message.text for code in ("404", "409", "422")):
            problems.append(message.text)

    def note_host(request):
        if not request.url.startswith((server.url, "data:")):
            problems.append(request.url)

    def opened(*, strict=True, **options):
        context = chromium.new_context(
            base_url=server.url, **({"viewport": {"width": 390, "height": 844}} | options)
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        if strict:  # axe itself sets styles on some pages, which the policy refuses and the browser logs
            page.on("console", note_error)
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on("request", note_host)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert problems == []


@pytest.fixture
def sign_up():
    """Make an account through the pages and skip the first questions; the page stands on the day."""

    def signed_up(page):
        email = f"person{next(_numbers)}.{time.monotonic_ns()}@example.org"
        page.goto("/accounts/signup/")
        page.get_by_label("E-mail").fill(email)
        page.get_by_label("Password", exact=True).fill(PASSWORD)
        page.get_by_role("button", name="Make the account").click()
        page.wait_for_url("**/welcome/")
        page.get_by_role("button", name="Skip").click()
        page.wait_for_url(lambda url: "/welcome/" not in url)
        return email

    return signed_up
