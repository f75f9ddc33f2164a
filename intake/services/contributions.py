"""What a person sends to the curators: a value they think wrong, a food they miss."""

import datetime as dt
from decimal import Decimal
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from foods.amounts import mg_from_ug
from foods.models import Food, ReviewItem
from foods.services.reviewing import Evidence, forget_items, propose_food, report_value
from intake.errors import IdTaken, NotThere
from intake.models import Contribution, OwnFood, User
from intake.services.own import make_own_food, retire_own
from intake.services.steps import hold, insert

MAX_WAITING = 50


@transaction.atomic
def report_food(*, user: User, food: Food, evidence: Evidence, contribution_id: UUID) -> Contribution:
    """Tell the curators of a wrong value; the same id again is the same report.

    Raises ValidationError, also if the person reported this food and waits, or waits for 50 answers; IdTaken
    if the id is another's.
    """
    hold(user)
    if sent := Contribution.objects.of(user).filter(id=contribution_id).first():
        return sent
    waiting = _waiting(user)
    if waiting.filter(food=food).exists():
        raise ValidationError("You have reported this food; a curator has yet to look at it.")
    _check_room(waiting)
    item = report_value(food=food, evidence=evidence)
    report = Contribution(id=contribution_id, user=user, kind=Contribution.Kind.REPORT, label=food.name)
    report.item, report.food = item, food
    return _sent(report)


@transaction.atomic
def propose_own_food(
    *,
    user: User,
    food_id: UUID,
    name: str,
    brand: str,
    portion_label: str,
    portion_weight_g: Decimal | None,
    evidence: Evidence,
) -> Contribution:
    """Make a food of the person's own, theirs to log at once, and propose it to the curators for everybody.

    The own food and the proposal have this id; the same again is the same. Raises ValidationError, also if
    the person waits for 50 answers, and IdTaken.
    """
    hold(user)
    per_100g = evidence.ug_per_100g()
    own = make_own_food(
        user=user,
        name=name,
        magnesium_mg_per_100g=None if per_100g is None else mg_from_ug(per_100g),
        portion_label=portion_label,
        portion_weight_g=portion_weight_g,
        food_id=food_id,
    )
    if sent := Contribution.objects.of(user).filter(id=food_id).first():
        return sent
    _check_room(_waiting(user))
    item = propose_food(
        name=own.name,
        brand=brand,
        portion_label=own.portion_label,
        portion_weight_mg=own.portion_weight_mg,
        evidence=evidence,
    )
    proposal = Contribution(id=food_id, user=user, kind=Contribution.Kind.PROPOSAL, label=own.name)
    proposal.item, proposal.own_food = item, own
    return _sent(proposal)


@transaction.atomic
def withdraw(*, user: User, contribution_id: UUID) -> None:
    """Take back what was not answered yet; an own food stays. Raises NotThere."""
    hold(user)
    sent = _waiting(user).filter(id=contribution_id).first()
    if sent is None:
        raise NotThere
    sent.delete()
    forget_items([sent.item_id])


def use_shared(*, user: User, contribution_id: UUID, now: dt.datetime) -> Food:
    """Log the shared food from now on: the own one leaves the search, its entries stay. Raises NotThere.

    Returns the shared food that was made of the proposal.
    """
    accepted = Contribution.objects.of(user).filter(
        id=contribution_id, kind=Contribution.Kind.PROPOSAL, item__state=ReviewItem.State.ACCEPTED
    )
    sent = accepted.select_related("item__food", "own_food").first()
    if sent is None or sent.item.food is None or sent.own_food is None:
        raise NotThere
    if sent.own_food.retired_at is None:
        retire_own(user=user, model=OwnFood, row_id=sent.own_food.pk, now=now)
    return sent.item.food


def forget_contributions(user: User) -> None:
    """Erase what a person sent, with their words in the queue."""
    sent = Contribution.objects.of(user)
    ids = [*sent.values_list("item_id", flat=True)]
    sent.delete()
    forget_items(ids)


def _waiting(user: User) -> "QuerySet[Contribution]":
    return Contribution.objects.of(user).filter(item__state=ReviewItem.State.OPEN)


def _check_room(waiting: "QuerySet[Contribution]") -> None:
    if waiting.count() >= MAX_WAITING:
        raise ValidationError(f"{MAX_WAITING} of yours wait for an answer. That is enough for now.")


def _sent(contribution: Contribution) -> Contribution:
    try:
        insert(contribution)
    except IntegrityError:
        raise IdTaken from None
    return contribution
