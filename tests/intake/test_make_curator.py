"""Making a curator: rights over foods, supplements and jobs, none over people."""

import pytest
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command

from intake.models import User
from tests.factories import make_user

pytestmark = pytest.mark.django_db


def test_a_curator_may_keep_foods_and_supplements_and_nothing_else():
    make_user("curator@example.org")

    call_command("make_curator", " CURATOR@example.org", verbosity=0)
    call_command("make_curator", "curator@example.org", verbosity=0)

    curator = User.objects.get(email="curator@example.org")
    rights = curator.get_all_permissions()
    assert curator.is_staff
    assert not curator.is_superuser
    assert {"foods.change_food", "foods.add_portion", "supplements.add_product"} <= rights
    assert {"learn.change_section", "learn.add_source"} <= rights
    assert [right for right in rights if "historical" in right] == []
    assert {
        f"foods.{act}_{table}"
        for act in ("view", "change")
        for table in ("foodimport", "reviewitem", "change")
    } <= rights
    assert {right for right in rights if right.split(".")[0] not in ("foods", "supplements", "learn")} == {
        "intake.view_job",
        "intake.change_job",
    }
    assert not any("delete" in right for right in rights)
    assert Group.objects.filter(name="Curators").count() == 1


def test_no_account_is_made():
    with pytest.raises(CommandError, match="no account"):
        call_command("make_curator", "nobody@example.org")

    assert not User.objects.exists()
    assert not Group.objects.exists()
