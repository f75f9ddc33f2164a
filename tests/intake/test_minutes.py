"""How long something was on the skin: kept, changed, exported, and refused for all that is swallowed."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from intake.exports import ENTRY_COLUMNS, _entry_lines
from intake.models import Entry
from intake.services import change_entry, log_quick, log_supplement
from tests.factories import make_product, make_user

pytestmark = pytest.mark.django_db
MONDAY = dt.date(2026, 11, 16)


@pytest.fixture
def user():
    return make_user()


def soak(user, **fields):
    values = {"kind": "topical", "label": "Foot soak", "magnesium_mg": None, "minutes": 20}
    return log_quick(user=user, day=MONDAY, **values | fields).entry


@pytest.mark.parametrize(
    ("minutes", "fits"), [(None, True), (0, False), (1, True), (1440, True), (1441, False)]
)
def test_minutes_are_from_one_to_a_whole_day(user, minutes, fits):
    if not fits:
        with pytest.raises(ValidationError):
            soak(user, minutes=minutes)
        return
    assert soak(user, minutes=minutes).minutes == minutes


@pytest.mark.parametrize("kind", ["food", "water", "supplement", "medicine"])
def test_only_the_skin_has_minutes(user, kind):
    with pytest.raises(ValidationError):
        soak(user, kind=kind)


@pytest.mark.parametrize("fields", [{"kind": "food"}, {"minutes": 0}, {"minutes": 1441}])
def test_the_database_refuses_them_too(user, fields):
    entry = soak(user)

    with pytest.raises(IntegrityError), transaction.atomic():
        Entry.objects.filter(pk=entry.pk).update(**fields)


def test_a_topical_product_takes_minutes_and_counts_nothing(user):
    logged = log_supplement(user=user, day=MONDAY, product=make_product(kind="topical"), minutes=15)

    assert (logged.entry.minutes, logged.entry.magnesium_ug) == (15, 0)


def test_they_can_be_changed_and_taken_away(user):
    entry = soak(user)

    assert change_entry(user=user, entry_id=entry.pk, version=1, minutes=45).minutes == 45
    assert change_entry(user=user, entry_id=entry.pk, version=2, slot="night").minutes == 45
    assert change_entry(user=user, entry_id=entry.pk, version=3, minutes=None).minutes is None


def test_the_entrys_form_asks_for_them_on_the_skin_alone(client, user):
    client.force_login(user)
    pill = log_supplement(user=user, day=MONDAY, product=make_product()).entry
    entry = soak(user)

    assert 'name="minutes"' not in client.get(reverse("intake:entry", args=[pill.pk])).content.decode()
    path = reverse("intake:entry", args=[entry.pk])
    assert 'name="minutes"' in client.get(path).content.decode()
    client.post(path, {"version": "1", "quantity": "1", "minutes": "35"})
    assert Entry.objects.get(pk=entry.pk).minutes == 35


def test_they_are_exported(user):
    soak(user)

    (line,), _ = _entry_lines(user.pk, None, 10)

    assert line[ENTRY_COLUMNS.index("minutes")] == 20
