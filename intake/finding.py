"""One search over shared foods and products and the person's own."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from foods.models import Food, FoodQuerySet, Portion
from foods.search import FoodHit, PortionChoice, matches, search_foods
from foods.search.barcodes import gtins
from foods.services import winner_of, winners_of
from foods.text import words
from intake.domain.written import uuid_from, whole_from
from intake.models import Entry, OwnFood, OwnProduct, User
from supplements.models import Product
from supplements.services import find_products

LATELY = 300  # of a person's latest entries: the foods in them are lifted in their searches
MAX_OWN = 1000  # a person's own foods or products that a search looks through, newest first


@dataclass(frozen=True, slots=True, kw_only=True)
class Portioned:
    """A portion that can be logged; `id` is as the outside knows it."""

    id: str
    label: str
    weight_mg: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundFood:
    """A food in the answer to a search, shared or the person's own; `id` is as the outside knows it."""

    id: str
    own: bool
    name: str
    brand: str
    category: str
    source_code: str
    source_release: str
    source_key: str
    mark: str
    magnesium_ug_per_100g: int | None
    portions: tuple[Portioned, ...]


def find_foods(user: User, query: str, limit: int = 20) -> list[FoundFood]:
    """Return foods for a query, the person's own first, then the shared ones, best first.

    What the person logged lately is lifted, the more the more often.
    """
    asked = words(query)
    if not asked:
        return []
    own = OwnFood.objects.of(user).filter(retired_at=None).order_by("-created_at")[:MAX_OWN]
    found = [_own_food(food) for food in own if matches(asked, food.name)]
    logged, also = _logged(user, asked)
    found += [_shared_food(hit) for hit in search_foods(query, limit=limit, logged=logged, also=also)]
    return found[:limit]


def _logged(user: User, asked: list[str]) -> tuple[Counter[int], list[int]]:
    """Return how often the person logged each shared food lately, and which of those have the words.

    One that was merged counts as the food it became. One query, and more only for chains of merges.
    """
    entries = Entry.objects.of(user).kept().filter(food_revision__isnull=False).order_by("-day")
    food, merged = "food_revision__food", "food_revision__food__merged_into"
    rows = list(entries.values_list(food, merged, f"{merged}__merged_into", "label")[:LATELY])
    chains = {further for *_, further, _ in rows if further}
    ends = winners_of(chains) if chains else {}
    lately = [(ends.get(further) or target or own, label) for own, target, further, label in rows]
    names = dict(lately)
    also = [food_id for food_id, label in names.items() if matches(asked, label)]
    return Counter(food_id for food_id, _ in lately), also


def find_supplements(user: User, query: str, limit: int = 20) -> list[OwnProduct | Product]:
    """Return products for a query, the person's own first; all of their own for an empty one.

    A barcode finds the products of the catalogue that bear it. Two queries.
    """
    asked = words(query)
    own = OwnProduct.objects.of(user).filter(retired_at=None).order_by("-created_at")[:MAX_OWN]
    found: list[OwnProduct | Product] = [product for product in own if matches(asked, product.name)]
    if len(found) < limit:
        found += find_products(asked, limit - len(found), gtins(query))
    return found[:limit]


def food_by_ref(user: User, ref: str, *, retired: bool = False) -> Food | OwnFood | None:
    """Return the food of an outside id that this person may log; `retired` ones only if asked for.

    One that was never published is not there. The id of a merged food stands for the one it leads to; with
    `retired`, for itself, as it was.
    """
    if own_id := uuid_from(ref):
        return OwnFood.objects.of(user).filter(id=own_id).first()
    if not (key := whole_from(ref)):
        return None
    foods = Food.objects.readable()
    if retired:
        found = foods.once_shown().filter(pk=key).first()
    else:
        found = foods.shown().filter(pk=key).first() or _winner(foods, key)
    return found.settle() if found else None


def _winner(foods: FoodQuerySet, key: int) -> Food | None:
    end = winner_of(key)
    return None if end in (None, key) else foods.shown().filter(pk=end).first()


def portion_by_ref(food: Food | OwnFood, ref: str) -> Portion | OwnFood | None:
    """Return a portion of this food, or of one that was merged into it, by its outside id."""
    if isinstance(food, OwnFood):
        return food if ref == str(food.pk) and food.portion_weight_mg else None
    portion = Portion.objects.shown().filter(pk=key).first() if (key := whole_from(ref)) else None
    if portion is None or portion.food_id == food.pk or winner_of(portion.food_id) == food.pk:
        return portion
    return None


def product_by_ref(user: User, ref: str, *, retired: bool = False) -> Product | OwnProduct | None:
    """Return the product of an outside id that this person may log; `retired` ones only if asked for."""
    if own_id := uuid_from(ref):
        return OwnProduct.objects.of(user).filter(id=own_id).first()
    products = Product.objects.all() if retired else Product.objects.filter(retired_at=None)
    return products.filter(pk=key).first() if (key := whole_from(ref)) else None


def portions_of(food: OwnFood) -> tuple[Portioned, ...]:
    """Return the one portion of an own food, if it has one."""
    if not food.portion_weight_mg:
        return ()
    return (Portioned(id=str(food.pk), label=food.portion_label, weight_mg=food.portion_weight_mg),)


def _own_food(food: OwnFood) -> FoundFood:
    return FoundFood(
        id=str(food.pk),
        own=True,
        name=food.name,
        brand="",
        category="",
        source_code="own",
        source_release="",
        source_key=str(food.pk),
        mark="Y",
        magnesium_ug_per_100g=food.magnesium_ug_per_100g,
        portions=portions_of(food),
    )


def _shared_food(hit: FoodHit) -> FoundFood:
    return FoundFood(
        id=str(hit.id),
        own=False,
        name=hit.name,
        brand=hit.brand,
        category=hit.category,
        source_code=hit.source_code,
        source_release=hit.source_release,
        source_key=hit.source_key,
        mark=hit.source_mark,
        magnesium_ug_per_100g=hit.magnesium_ug_per_100g,
        portions=shared_portions(hit.portions),
    )


def shared_portions(portions: Iterable[PortionChoice | Portion]) -> tuple[Portioned, ...]:
    """Return a shared food's portions as the outside knows them."""
    return tuple(Portioned(id=str(p.id), label=p.label, weight_mg=p.weight_mg) for p in portions)
