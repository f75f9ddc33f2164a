"""What a curator does at the desk, step by step, for the tests and the pictures."""

import re

OATS, FLOUR = "20038", "20481"  # records whose value the release of 2024 changes: 177 to 126.3, 22 to 36.1
WORK_MS = 90_000  # for the worker, on a machine that does much else


def food_id(server, record):
    """Return the id of a built-in food by its record."""
    ask = f"from foods.models import Food; print(Food.objects.get(source_key={record!r}).pk)"
    return server.manage("shell", "-v", "0", "-c", ask).strip()


def bring_in(page, file):
    """Upload a file and wait until it was read and compared; return the address of its page."""
    page.goto("/admin/foods/foodimport/")
    page.get_by_role("link", name="Bring in a file").click()
    page.get_by_label("File", exact=True).set_input_files(file)
    page.get_by_role("button", name="Bring it in").click()
    page.wait_for_url("**/change/")
    page.locator("#acts a[href$='/publish/']").wait_for(timeout=WORK_MS)
    return page.url


def act(page, name, then):
    """Press a button of the page, confirm what it does, and wait for the page that follows the work."""
    page.get_by_role("link", name=re.compile(f"^{name}")).click()
    page.get_by_role("button", name=re.compile(f"^{name}")).click()
    page.get_by_role("heading", name=then).wait_for(timeout=WORK_MS)


def correct(page, food, mg, reason):
    """Correct a food's value by hand; the page stands on the food's own desk page then."""
    page.goto(f"/admin/foods/food/{food}/correct/")
    page.locator("[name=magnesium_mg_per_100g]").fill(mg)
    page.locator("[name=reason]").fill(reason)
    page.get_by_role("button", name="Correct").click()
    page.wait_for_url(f"**/food/{food}/sources/")
