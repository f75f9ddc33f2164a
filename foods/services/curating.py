"""What curators do to foods: correct, take a source's value, edit, retire, restore, add a portion.

Nothing is overwritten: each act is a Change in the food's history, and `foods.services.history` undoes it.
"""

from decimal import Decimal
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from foods import search
from foods.amounts import UG_PER_MG, ug_from_mg, weight_mg_from_g
from foods.models import MAX_UG_PER_100G, MAX_WEIGHT_MG, Change, Food, FoodRevision, Portion, Source
from foods.services.held import hold
from foods.services.history import record
from foods.services.steps import food_text, needed_text, signed

CURATOR = {
    "mark": "C",
    "dataset": "Curators' corrections",
    "licence": "as the foods they correct",
    "citation": "A curator's correction; the author and the reason stand beside each figure.",
}


def curators_source() -> Source:
    """Return the source of what curators say themselves."""
    return Source.objects.get_or_create(code="curator", release="local", defaults=CURATOR)[0]


@transaction.atomic
def correct_food(
    *,
    food: Food,
    magnesium_mg_per_100g: Decimal | None,
    author: str,
    reason: str,
    seen: str | None = None,
) -> FoodRevision:
    """Give a food a new current revision; earlier ones, and what was logged from them, stay as they are.

    None says that the value is not known. Raises ValidationError for a value that cannot be, an empty author
    or reason, if nothing would change, or if the food is not as it was `seen`.
    """
    value_ug = _ug_per_100g(magnesium_mg_per_100g)
    held = hold(food.pk, seen)
    if held.current is not None and held.current.magnesium_ug_per_100g == value_ug:
        raise ValidationError({"magnesium_mg_per_100g": "The food has this value already."})
    author, reason = signed(author, reason)
    revision = FoodRevision(
        food=held,
        source=curators_source(),
        magnesium_ug_per_100g=value_ug,
        author=author,
        reason=reason,
    )
    revision.save(force_insert=True)
    return _make_current(food, held, revision, author, reason)


@transaction.atomic
def take_value(
    *, food: Food, revision: FoodRevision, author: str, reason: str, seen: str | None = None
) -> FoodRevision:
    """Make a figure that is there the current one: one of the food's own as it is, another food's as a copy.

    The copy keeps source, record, range and derivation. Raises ValidationError if it is the current one, or
    if the food is not as it was `seen`.
    """
    author, reason = signed(author, reason)
    held = hold(food.pk, seen)
    if revision.pk == held.current_id:
        raise ValidationError("This figure is in use already.")
    if revision.food_id != held.pk:
        revision = FoodRevision(
            food=held,
            source_id=revision.source_id,
            source_key=revision.source_key,
            record_name=revision.record_name or revision.food.name,
            magnesium_ug_per_100g=revision.magnesium_ug_per_100g,
            min_ug=revision.min_ug,
            max_ug=revision.max_ug,
            n=revision.n,
            derivation=revision.derivation,
            author=author,
            reason=reason,
        )
        revision.save(force_insert=True)
    return _make_current(food, held, revision, author, reason)


def _make_current(food: Food, held: Food, revision: FoodRevision, author: str, reason: str) -> FoodRevision:
    record(
        held,
        Change.Act.CORRECT,
        {"current": revision.pk},
        author=author,
        reason=reason,
        revision=revision,
    )
    food.current = revision
    search.reindex([food.pk])
    return revision


@transaction.atomic
def edit_food(
    *,
    food: Food,
    name: str | None = None,
    brand: str | None = None,
    category: str | None = None,
    author: str,
    reason: str,
    batch: UUID | None = None,
    seen: str | None = None,
) -> Change:
    """Change what a food is called and where it is filed; None leaves a text as it is.

    Raises ValidationError for a text that cannot be kept, if nothing would change, or if the food is not as
    it was `seen`.
    """
    author, reason = signed(author, reason)
    typed = {
        field: None if text is None else food_text(field, text)
        for field, text in (("name", name), ("brand", brand), ("category", category))
    }
    held = hold(food.pk, seen)
    after = {field: text for field, text in typed.items() if text not in (None, getattr(held, field))}
    if not after:
        raise ValidationError("Nothing would change.")
    change = record(held, Change.Act.EDIT, after, author=author, reason=reason, batch=batch)
    for field, text in after.items():
        setattr(food, field, text)
    search.reindex([food.pk])
    return change


@transaction.atomic
def retire_food(*, food: Food, author: str, reason: str, seen: str | None = None) -> Food:
    """Keep a food out of search; what was logged from it stays. A retired food is left as it is.

    Raises ValidationError for an empty author or reason, or if the food is not as it was `seen`.
    """
    author, reason = signed(author, reason)
    held = hold(food.pk, seen)
    if held.retired_at is None:
        record(held, Change.Act.RETIRE, {"retired_at": timezone.now()}, author=author, reason=reason)
    return _after(food)


@transaction.atomic
def restore_food(*, food: Food, author: str, reason: str, seen: str | None = None) -> Food:
    """Put a retired food back into search. Raises ValidationError as `retire_food` does."""
    author, reason = signed(author, reason)
    held = hold(food.pk, seen)
    if held.retired_at is not None:
        record(held, Change.Act.RESTORE, {"retired_at": None}, author=author, reason=reason)
    return _after(food)


def _after(food: Food) -> Food:
    search.reindex([food.pk])
    food.refresh_from_db(fields=["retired_at"])
    return food


@transaction.atomic
def add_portion(
    *, food: Food, label: str, weight_g: Decimal, author: str, reason: str = "Added by hand"
) -> Portion:
    """Add a household measure after the others of a food.

    Raises ValidationError for an empty label, one the food has already, a weight that cannot be, or an empty
    author: a portion of nobody's is a source's, and goes with its next release.
    """
    author, reason = signed(author, reason)
    label = needed_text("label", label, 80)
    if not weight_g.is_finite() or not Decimal("0.001") <= weight_g <= MAX_WEIGHT_MG // 1000:
        raise ValidationError({"weight_g": "A portion weighs more than 0 g and at most 100 kg."})
    held = hold(food.pk)
    portions = Portion.objects.filter(food=food)
    if portions.filter(label=label).exists():
        raise ValidationError({"label": "The food has a portion of this name already."})
    last = portions.aggregate(last=Max("position"))["last"]
    portion = {
        "food_id": food.pk,
        "label": label,
        "weight_mg": weight_mg_from_g(weight_g),
        "position": 0 if last is None else last + 1,
        "author": author,
    }
    record(held, Change.Act.PORTION, {"portions": [portion]}, author=author, reason=reason)
    search.reindex([food.pk])
    return portions.get(label=label)


def _ug_per_100g(mg: Decimal | None) -> int | None:
    if mg is None:
        return None
    if not mg.is_finite() or not 0 <= mg <= MAX_UG_PER_100G // UG_PER_MG:
        raise ValidationError({"magnesium_mg_per_100g": "Magnesium lies between 0 and 100 000 mg per 100 g."})
    return ug_from_mg(mg)
