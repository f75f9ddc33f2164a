"""A believable diary for looking around: real foods, a person's habits, the same from the same seed."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from random import Random

from django.db import transaction
from django.utils import timezone
from uuid6 import uuid7

from foods.models import Food, Portion
from foods.search import search_foods
from intake.domain.schedule import time_key
from intake.models import Entry, Mark, OwnProduct, Routine, Slot, User
from intake.services import (
    ItemInput,
    LineInput,
    PlanInput,
    log_food,
    log_quick,
    log_supplement,
    log_water,
    make_own_food,
    make_own_product,
    make_routine,
    mark_day,
    set_target,
    take_stack,
)
from supplements.models import Compound

BIRTH_YEAR = 1986
CAPSULE, POWDER = "bisglycinate", "citrate-tri-anhyd"
STACK_DAYS = 42  # how long there has been a stack for the evening
NINE_PM = dt.time(21)


@dataclass(frozen=True, slots=True)
class Item:
    """A food as it is searched for, and a usual helping in g; by the portion where one is about as heavy."""

    query: str
    grams: int


OATS, MILK, YOGURT = (
    Item("oatmeal cooked", 234),
    Item("milk whole", 122),
    Item("yogurt plain whole milk", 170),
)
BANANA, APPLE, ORANGE = Item("banana raw", 118), Item("apple raw with skin", 182), Item("orange raw", 131)
EGGS, BREAD, RYE = Item("egg whole fried", 92), Item("bread whole-wheat", 64), Item("bread rye", 64)
BUTTER, CHEESE, COFFEE = Item("butter salted", 10), Item("cheese gouda", 28), Item("coffee brewed", 240)
SPINACH, BROCCOLI, CARROTS = (
    Item("spinach boiled", 90),
    Item("broccoli boiled", 78),
    Item("carrots raw", 61),
)
RICE, BROWN_RICE, PASTA = (
    Item("rice white cooked", 158),
    Item("rice brown cooked", 195),
    Item("pasta cooked", 140),
)
POTATOES, LENTILS, CHICKPEAS = (
    Item("potatoes boiled", 156),
    Item("lentils boiled", 198),
    Item("chickpeas boiled", 164),
)
BLACK_BEANS, TOFU, CHICKEN = (
    Item("black beans boiled", 172),
    Item("tofu firm", 126),
    Item("chicken breast roasted", 140),
)
SALMON, BEEF, TOMATO = (
    Item("salmon atlantic cooked", 154),
    Item("ground beef cooked", 85),
    Item("tomatoes raw", 123),
)
AVOCADO, SEEDS, ALMONDS = Item("avocado raw", 100), Item("pumpkin seeds roasted", 28), Item("almonds", 28)
CASHEWS, CHOCOLATE, HUMMUS = (
    Item("cashews dry roasted", 28),
    Item("dark chocolate 70", 28),
    Item("hummus", 60),
)
LETTUCE, OIL, PEPPERS = (
    Item("lettuce romaine raw", 94),
    Item("olive oil", 14),
    Item("peppers sweet red raw", 119),
)

WEEKDAY_BREAKFASTS = ((OATS, MILK, BANANA, COFFEE), (RYE, CHEESE, COFFEE), (YOGURT, BANANA, SEEDS, COFFEE))
WEEKEND_BREAKFASTS = ((EGGS, BREAD, BUTTER, COFFEE, ORANGE), (OATS, MILK, ALMONDS, COFFEE))
LUNCHES = (
    (BREAD, CHEESE, TOMATO),
    (LENTILS, CARROTS, BREAD),
    (CHICKEN, RICE, BROCCOLI),
    (BLACK_BEANS, RICE, AVOCADO),
    (LETTUCE, CHICKPEAS, TOMATO, OIL),
    (HUMMUS, BREAD, PEPPERS),
)
DINNERS = (
    (SALMON, POTATOES, SPINACH),
    (PASTA, TOMATO, CHEESE),
    (TOFU, BROWN_RICE, BROCCOLI, PEPPERS),
    (BEEF, POTATOES, CARROTS),
    (CHICKEN, BROWN_RICE, SPINACH),
    (EGGS, POTATOES, LETTUCE),
)
SNACKS = ((APPLE,), (SEEDS,), (ALMONDS,), (CHOCOLATE,), (CASHEWS, APPLE), (YOGURT,), (BANANA,))
ITEMS = {
    item
    for meals in (WEEKDAY_BREAKFASTS, WEEKEND_BREAKFASTS, LUNCHES, DINNERS, SNACKS)
    for meal in meals
    for item in meal
}

Helping = tuple[Food, Portion | None, int]  # with the grams for where there is no portion


@transaction.atomic
def keep_diary(*, user: User, today: dt.date, days: int, seed: int = 7) -> int:
    """Log `days` days up to `today` (which has only its morning and noon); return how many entries.

    Needs the built-in foods and forms. Raises LookupError if a food of the menu is not found.
    """
    set_target(user=user, today=today, body="us", sex="female", birth_year=BIRTH_YEAR)
    began = today - dt.timedelta(days=min(days - 1, STACK_DAYS))
    diary = _Diary(user, Random(seed), began)  # noqa: S311 (a diary, not a secret)
    for back in range(days - 1, -1, -1):
        diary.keep(today - dt.timedelta(days=back), whole=back > 0)
    return Entry.objects.of(user).count()


class _Diary:
    def __init__(self, user: User, random: Random, began: dt.date) -> None:
        self.user = user
        self.began = began
        self.random = random
        self.larder = {item: _helping(item) for item in ITEMS}
        self.capsule = _own_product(user, CAPSULE, "Magnesium bisglycinate", "1 capsule", Decimal(100))
        self.powder = _own_product(user, POWDER, "Magnesium citrate powder", "1 scoop (2 g)", Decimal(60))
        self.evenings = self.stack("Evening", "scheduled", self.capsule, self.powder)
        self.stack("Now and then", "as_needed", self.powder)
        self.soup = make_own_food(user=user, name="Canteen soup of the day", magnesium_mg_per_100g=None)

    def keep(self, day: dt.date, *, whole: bool) -> None:
        """Log one day: most are whole, some stop half way and say so, a few were not logged at all."""
        chance = self.random.random()
        if whole and chance < 0.04:
            if chance < 0.015:
                mark_day(user=self.user, day=day, mark=Mark.NOT_TRACKED, note="")
            return
        partial = whole and chance < 0.11
        weekend = day.weekday() >= 5
        breakfasts = WEEKEND_BREAKFASTS if weekend else WEEKDAY_BREAKFASTS
        self.meal(day, Slot.BREAKFAST, dt.time(9 if weekend else 7, self.minute()), breakfasts)
        if not weekend and self.random.random() < 0.12:
            log_food(user=self.user, day=day, food=self.soup, weight_g=Decimal(350), slot=Slot.LUNCH)
        else:
            self.meal(day, Slot.LUNCH, dt.time(12, self.minute()), LUNCHES)
        if partial:
            mark_day(user=self.user, day=day, mark=Mark.PARTIAL, note="")
            return
        self.afternoon(day)
        if whole:
            self.evening(day)

    def afternoon(self, day: dt.date) -> None:
        if self.random.random() < 0.75:
            self.meal(day, Slot.SNACK, dt.time(15, self.minute()), SNACKS)
        log_water(user=self.user, day=day, glasses=Decimal(self.random.randint(3, 7)))

    def evening(self, day: dt.date) -> None:
        self.meal(day, Slot.DINNER, dt.time(18, self.minute()), DINNERS)
        if self.random.random() < 0.05:
            log_quick(
                user=self.user,
                day=day,
                kind="food",
                label="Birthday cake",
                magnesium_mg=None,
                slot=Slot.DINNER,
            )
        chance = self.random.random()
        at = dt.time(21, self.minute() if chance < 0.45 else 5)
        if day >= self.began:
            if chance < 0.85:
                self.take(day, at)
        elif chance < 0.45:
            log_supplement(user=self.user, day=day, product=self.capsule, time=at, slot=Slot.EVENING)

    def stack(self, name: str, mode: str, *products: OwnProduct) -> Routine:
        times = [NINE_PM] if mode == "scheduled" else []
        items = [
            ItemInput(product, Decimal("0.5") if product is self.powder else Decimal(1))
            for product in products
        ]
        plan = PlanInput(items=items, mode=mode, times=times)
        return make_routine(user=self.user, name=name, plan=plan, today=self.began, now=timezone.now())

    def take(self, day: dt.date, at: dt.time) -> None:
        """Take the evening's stack; on some evenings without the powder."""
        taken = [self.capsule] if day.toordinal() % 3 == 0 else [self.capsule, self.powder]
        doses = {str(product.pk): uuid7() for product in taken}
        key = time_key(NINE_PM)
        take_stack(user=self.user, routine_id=self.evenings.pk, day=day, occasion=key, doses=doses, time=at)

    def meal(self, day: dt.date, slot: Slot, time: dt.time, choices: tuple[tuple[Item, ...], ...]) -> None:
        for item in self.random.choice(choices):
            food, portion, grams = self.larder[item]
            if portion:
                log_food(user=self.user, day=day, food=food, portion=portion, time=time, slot=slot)
            else:
                eaten = Decimal(round(grams * self.random.uniform(0.8, 1.25) / 5) * 5)
                log_food(user=self.user, day=day, food=food, weight_g=eaten, time=time, slot=slot)

    def minute(self) -> int:
        return self.random.randrange(0, 60, 5)


def _helping(item: Item) -> Helping:
    """Return the food that is meant, with the portion nearest to a usual helping, if within a fifth of it."""
    hits = search_foods(item.query, limit=1)
    if not hits:
        raise LookupError(f"No built-in food is found for {item.query!r}.")
    food = Food.objects.select_related("current").get(pk=hits[0].id)
    usual_mg = item.grams * 1000
    near = [portion for portion in food.portions.all() if abs(portion.weight_mg - usual_mg) * 5 <= usual_mg]
    nearest = min(near, key=lambda portion: abs(portion.weight_mg - usual_mg), default=None)
    return food, nearest, item.grams


def _own_product(user: User, form: str, name: str, serving: str, mg: Decimal) -> OwnProduct:
    line = LineInput(compound=Compound.objects.get(slug=form), basis="elemental", amount=mg)
    product, _ = make_own_product(user=user, name=name, serving=serving, lines=[line])
    return product
