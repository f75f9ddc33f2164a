"""What a person does in two windows at the same moment: one after the other, and nothing breaks."""

import datetime as dt
import threading
import time
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db.models.sql import DeleteQuery

from intake.errors import IdTaken
from intake.models import ApiToken, DayMark, Entry, Profile, User
from intake.services import change_profile, delete_account, log_food, make_token, mark_day
from tests.factories import make_food, make_user

pytestmark = pytest.mark.django_db(transaction=True)
MONDAY = dt.date(2026, 11, 16)
ROUNDS = 15


def test_a_day_is_marked_and_cleared_at_the_same_moment(together):
    user = make_user()

    for _ in range(ROUNDS):
        marks = ["complete", None, "partial", None, "not_tracked", None]
        together([lambda mark=mark: mark_day(user=user, day=MONDAY, mark=mark) for mark in marks])

    assert DayMark.objects.count() <= 1


def test_of_tokens_made_at_the_same_moment_no_more_are_made_than_allowed(together):
    user = make_user()

    def made():
        try:
            return bool(make_token(user=user, name="phone", at_most=3))
        except ValidationError:
            return False

    assert sum(together([made] * 8)) == 3
    assert ApiToken.objects.count() == 3


def test_settings_changed_at_the_same_moment_are_both_kept(together, monkeypatch):
    user = make_user()
    get = Profile.objects.get

    def get_slowly(**which):
        profile = get(**which)
        time.sleep(0.1)
        return profile

    monkeypatch.setattr(Profile.objects, "get", get_slowly)
    together(
        [lambda: change_profile(user=user, tz="Asia/Tokyo"), lambda: change_profile(user=user, glass_ml=300)]
    )

    profile = get(user=user)
    assert (profile.tz, profile.glass_ml) == ("Asia/Tokyo", 300)


def test_an_account_is_erased_while_another_window_logs(together, monkeypatch):
    user, food = make_user(), make_food()
    other_window = User.objects.select_related("profile").get(pk=user.pk)
    delete, erasing = DeleteQuery.delete_batch, threading.Event()

    def delete_late(query, *args):
        if query.model is User:  # all else is gone by now
            erasing.set()
            time.sleep(0.3)
        return delete(query, *args)

    def logged():
        erasing.wait(10)
        try:
            log_food(user=other_window, day=MONDAY, food=food, weight_g=Decimal(10))
        except IdTaken:  # nobody is left to log it for
            return

    monkeypatch.setattr(DeleteQuery, "delete_batch", delete_late)
    together([lambda: delete_account(user=user), logged, logged])

    assert not User.objects.filter(pk=other_window.pk).exists()
    assert not Entry.objects.exists()
