"""The products a stack can be made of: one's own, what one took lately, what is in it, what was found."""

import datetime as dt
from collections.abc import Iterable
from uuid import UUID

from intake.domain.written import uuid_from, whole_from
from intake.finding import find_supplements
from intake.models import Entry, OwnProduct, User
from supplements.models import Product

LATELY = dt.timedelta(days=90)
MAX_OWN = MAX_LATELY = 50
MAX_FOUND = 20


def shelf(
    user: User, today: dt.date, *, refs: Iterable[str] = (), query: str = ""
) -> list[Product | OwnProduct]:
    """Return products to choose from, each once: those of `refs` first. Six queries at most.

    `refs` are outside ids; one that is not there, or is another person's, is left out.
    """
    asked = list(dict.fromkeys(uuid_from(ref) or whole_from(ref) for ref in refs))
    own = OwnProduct.objects.of(user)
    named: list[Product | OwnProduct] = [
        *own.filter(id__in=[key for key in asked if isinstance(key, UUID)]),
        *Product.objects.filter(pk__in=[key for key in asked if isinstance(key, int)]),
    ]
    named.sort(key=lambda product: asked.index(product.pk))
    found = find_supplements(user, query, MAX_FOUND) if query.strip() else []
    kept = own.filter(retired_at=None).order_by("-created_at")[:MAX_OWN]
    every = [*named, *found, *kept, *_taken_lately(user, today)]
    return list({str(product.pk): product for product in every}.values())


def _taken_lately(user: User, today: dt.date) -> Iterable[Product]:
    entries = Entry.objects.of(user).kept().between(today - LATELY, today).filter(product__isnull=False)
    keys = entries.order_by().values("product").distinct()
    return Product.objects.filter(pk__in=keys, retired_at=None).order_by("name", "pk")[:MAX_LATELY]
