"""Nobody sees another's diary: every address, signed out and as a stranger. A new one without a row fails."""

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from uuid6 import uuid7

from foods.services.reviewing import Evidence
from intake.models import ApiToken, Applied, Job, ListedMedicine
from intake.services import (
    LineInput,
    list_medicine,
    log_quick,
    make_own_food,
    make_own_product,
    make_token,
    propose_own_food,
)
from tests.factories import make_compound, make_product, make_stack, make_user

pytestmark = pytest.mark.django_db
MONDAY = dt.date(2026, 11, 16)

# Reached without being signed in, on purpose.
PUBLIC = {
    "account_login",
    "account_signup",
    "account_inactive",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "account_email_verification_sent",
    "account_confirm_email",
    "admin:login",
    "api:schema",
    "api:docs",
}

# Addresses of one person's row: name -> the keyword and which of the owner's rows it names.
OWNED = {
    "intake:entry": ("entry_id", "entry"),
    "intake:delete_entry": ("entry_id", "entry"),
    "intake:restore_entry": ("entry_id", "entry"),
    "intake:food": ("ref", "own_food"),
    "intake:own_food_retire": ("food_id", "own_food"),
    "intake:product": ("ref", "own_product"),
    "intake:product_retire": ("product_id", "own_product"),
    "intake:token_revoke": ("token_id", "token"),
    "intake:timing_remove": ("medicine_id", "medicine"),
    "intake:export_file": ("job_id", "export"),
    "intake:food_report": ("ref", "own_food"),
    "intake:applied": ("applied_id", "applied"),
    "intake:applied_undo": ("applied_id", "applied"),
    "intake:contribution_withdraw": ("contribution_id", "contribution"),
    "intake:contribution_use": ("contribution_id", "contribution"),
    "intake:stack": ("routine_id", "stack"),
    "intake:stack_stop": ("routine_id", "stack"),
    "intake:stack_delete": ("routine_id", "stack"),
    "intake:stack_take": ("routine_id", "stack"),
    "intake:stack_undo": ("routine_id", "stack"),
}

# The same for everybody, or the asker's own by the session.
SHARED = {
    "intake:today",
    "intake:day",
    "intake:find",
    "intake:add_entry",
    "intake:add_water",
    "intake:mark_day",
    "intake:this_week",
    "intake:week",
    "intake:own_food_new",
    "intake:food_propose",
    "intake:corrections",
    "intake:corrections_take",
    "intake:corrections_keep",
    "intake:corrections_offer",
    "intake:correction",
    "intake:settings_contributions",
    "intake:supplements",
    "intake:product_new",
    "intake:log_on_skin",
    "intake:log_medicine",
    "intake:stacks",
    "intake:stack_new",
    "intake:learn",
    "intake:learn_page",
    "intake:welcome",
    "intake:settings",
    "intake:settings_target",
    "intake:settings_day",
    "intake:settings_timing",
    "intake:timing_erase",
    "intake:settings_care",
    "intake:care_erase",
    "intake:settings_reminders",
    "intake:settings_tokens",
    "intake:settings_export",
    "intake:settings_delete",
}

SAMPLES = {
    "day": MONDAY,
    "week": "2026-W47",
    "slug": "band",
    "entry_id": "01930000-0000-7000-8000-000000000001",
    "food_id": "01930000-0000-7000-8000-000000000001",
    "product_id": "01930000-0000-7000-8000-000000000001",
    "medicine_id": "01930000-0000-7000-8000-000000000001",
    "token_id": "01930000-0000-7000-8000-000000000001",
    "job_id": "01930000-0000-7000-8000-000000000001",
    "applied_id": "01930000-0000-7000-8000-000000000001",
    "contribution_id": "01930000-0000-7000-8000-000000000001",
    "routine_id": "01930000-0000-7000-8000-000000000001",
    "ref": "1",
    "uidb36": "1",
    "key": "set-password",
}


def addresses(patterns=None, namespace=""):
    """Every named address but the admin's inner ones and the API's, which have tests of their own."""
    for pattern in patterns or get_resolver().url_patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            if inner.startswith(("admin:", "api")):
                continue
            yield from addresses(pattern.url_patterns, inner)
        elif isinstance(pattern, URLPattern) and pattern.name:
            yield f"{namespace}{pattern.name}", pattern


def address_of(name, pattern):
    kwargs = {key: SAMPLES[key] for key in pattern.pattern.converters}
    kwargs |= {
        key: SAMPLES[key] for key in getattr(pattern.pattern.regex, "groupindex", {}) if key in SAMPLES
    }
    return reverse(name, kwargs=kwargs)


NAMED = dict(addresses())


def test_every_page_has_its_row():
    ours = {name for name in NAMED if name.startswith("intake:")}

    assert ours == SHARED | set(OWNED)


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("name", sorted(set(NAMED) - PUBLIC))
def test_signed_out_is_sent_to_sign_in(client, name, method):
    response = getattr(client, method)(address_of(name, NAMED[name]))

    assert response.status_code == 302
    assert response["Location"].startswith(reverse("account_login"))


@pytest.mark.parametrize("path", ["/admin/", "/admin/foods/food/", "/admin/supplements/product/"])
def test_the_admin_is_for_curators(client, path):
    assert client.get(path).status_code == 302
    client.force_login(make_user())

    assert client.get(path).status_code == 302


@pytest.fixture
def owned():
    """One row of each kind, all of one person's."""
    owner = make_user()
    make_token(user=owner, name="mine")
    list_medicine(user=owner, rule="levothyroxine")
    line = LineInput(compound=make_compound(), basis="elemental", amount=Decimal(100))
    told = Evidence(magnesium_mg=Decimal(1), where="the label")
    portion = {"portion_label": "", "portion_weight_g": None}
    proposal = propose_own_food(user=owner, food_id=uuid7(), name="bar", brand="", evidence=told, **portion)
    return {
        "entry": log_quick(user=owner, day=MONDAY, kind="food", label="a", magnesium_mg=Decimal(1)).entry.pk,
        "own_food": make_own_food(user=owner, name="mine", magnesium_mg_per_100g=Decimal(1)).pk,
        "own_product": make_own_product(user=owner, name="mine", serving="1", lines=[line])[0].pk,
        "token": ApiToken.objects.get().pk,
        "medicine": ListedMedicine.objects.get().pk,
        "export": Job.objects.create(user=owner, kind="export", state=Job.State.DONE).pk,
        "applied": Applied.objects.create(user=owner).pk,
        "contribution": proposal.pk,
        "stack": make_stack(owner, make_product(), today=MONDAY).pk,
    }


@pytest.mark.parametrize("method", ["get", "post", "put", "delete"])
@pytest.mark.parametrize("name", sorted(OWNED))
def test_another_persons_row_is_not_there(client, owned, name, method):
    keyword, row = OWNED[name]
    client.force_login(make_user())

    response = getattr(client, method)(reverse(name, kwargs={keyword: str(owned[row])}))

    assert response.status_code in {404, 405}
    missing = getattr(client, method)(reverse(name, kwargs={keyword: SAMPLES["entry_id"]}))
    assert response.status_code == missing.status_code


@pytest.mark.parametrize("name", sorted(name for name in NAMED if name.startswith("intake:")))
def test_pages_are_never_stored(client, owned, name):
    client.force_login(make_user())

    response = client.get(address_of(name, NAMED[name]))

    assert response["Cache-Control"].startswith("no-store")
