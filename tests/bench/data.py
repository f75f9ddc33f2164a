"""A database of the size the targets speak of: one long diary among a thousand short ones."""

import datetime as dt
import itertools
from dataclasses import dataclass
from random import Random

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone

from foods.amounts import magnesium_ug_in
from foods.models import Food
from intake.models import Entry, Profile, User
from intake.services import make_token, set_target

LAST_DAY = dt.date(2026, 11, 22)
DAYS, ENTRIES_A_DAY = 3_650, 10
OTHERS, ENTRIES_OF_OTHERS = 1_000, 20
SLOTS = (
    "breakfast",
    "breakfast",
    "lunch",
    "lunch",
    "snack",
    "dinner",
    "dinner",
    "dinner",
    "evening",
    "all_day",
)


@dataclass(frozen=True)
class Person:
    user: User
    token: str
    session: str
    food_ids: list[int]


def fill(days: int = DAYS, others: int = OTHERS) -> Person:
    """Write everyone's diary; return the person with ten years of entries."""
    random = Random(11)
    foods = list(
        Food.objects.filter(merged_into=None, retired_at=None).select_related("current").order_by("pk")
    )
    user = make_person("bench@example.org")
    User.objects.bulk_create(User(email=f"other{n}@example.org", password="!") for n in range(others))
    people = list(User.objects.exclude(pk=user.pk))
    Profile.objects.bulk_create(Profile(user=other, welcomed_at=timezone.now()) for other in people)
    long = (
        entry(user, LAST_DAY - dt.timedelta(days=back), number, random.choice(foods[:2000]))
        for back in range(days)
        for number in range(ENTRIES_A_DAY)
    )
    short = (
        entry(other, LAST_DAY - dt.timedelta(days=number // 5), number % 10, random.choice(foods))
        for other in people
        for number in range(ENTRIES_OF_OTHERS)
    )
    entries = itertools.chain(long, short)
    while batch := list(itertools.islice(entries, 2_000)):
        Entry.objects.bulk_create(batch)
    token = make_token(user=user, name="bench")
    return Person(user, token, make_session(user), [food.pk for food in foods])


def make_person(email: str) -> User:
    user = User.objects.create_user(email, None)
    user.profile.welcomed_at = timezone.now()
    user.profile.save()
    set_target(user=user, today=LAST_DAY, body="us", sex="female", birth_year=1986)
    return user


def make_session(user: User) -> str:
    """Return the key of a signed-in session."""
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "intake.backends.PersonBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return session.session_key


def entry(user: User, day: dt.date, number: int, food: Food) -> Entry:
    """Return the day's entry of this number: mostly foods, one glass of water, one capsule."""
    common = {"user": user, "day": day, "slot": SLOTS[number], "digest": "0" * 64}
    if number == 9:
        return Entry(kind="water", label="Tap water", unit="1 glass", magnesium_ug=2_500, **common)
    if number == 8:
        return Entry(kind="supplement", label="Capsule", unit="1 capsule", magnesium_ug=100_000, **common)
    return Entry(
        kind="food",
        label=food.name,
        quantity_milli=100_000,
        unit="g",
        unit_weight_mg=1_000,
        weight_mg=100_000,
        magnesium_ug=magnesium_ug_in(100_000, food.current and food.current.magnesium_ug_per_100g),
        food_revision=food.current,
        **common,
    )
