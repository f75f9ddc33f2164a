"""People and their diaries: every table has `user`, first in its unique keys and indexes."""

import datetime as dt
import functools
import zoneinfo
from typing import Any, ClassVar, Self, TypeVar

from django.conf import settings
from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Count, F, Q, QuerySet, Sum
from django.db.models.functions import Length, Lower, Now
from django.db.models.lookups import LessThanOrEqual
from uuid6 import uuid7

from foods.models import FoodRevision
from foods.text import validate_text
from supplements.models import IngredientLine, Product

FIRST_DAY = dt.date(1900, 1, 1)
LAST_DAY = dt.date(2200, 1, 1)
MAX_ENTRY_UG = 20_000_000  # 20 g: more than any day of food or laxatives
MAX_WEIGHT_MG = 100_000_000  # 100 kg
MAX_QUANTITY_MILLI = 100_000_000  # 100,000 portions, or 100 kg in g
DEFAULT_TAP_WATER_UG_PER_L = 10_000  # USDA's generic tap water: 1 mg/100 g


@functools.cache
def zone_names() -> frozenset[str]:
    """Return the names of the time zone database, but those that stand for the server's own clock."""
    return frozenset(zoneinfo.available_timezones() - {"localtime", "Factory"})


def validate_zone(value: str) -> None:
    """Refuse a name that is not in the time zone database."""
    if value not in zone_names():
        raise ValidationError("This time zone is not known.")


def fits(field: str, limit: int, name: str) -> models.CheckConstraint:
    """Return the constraint that a text is at most `limit` characters; SQLite minds no other."""
    return models.CheckConstraint(
        name=name,
        condition=LessThanOrEqual(Length(field), limit),
        violation_error_message=f"At most {limit} characters.",
    )


def bounded(low: Any, high: Any, message: str) -> list[Any]:
    """Return the validators of a value from `low` to `high`, both included."""
    return [MinValueValidator(low, message), MaxValueValidator(high, message)]


# Accounts ----------------------------------------------------------------------------------------


class UserManager(BaseUserManager["User"]):
    """Makes accounts; an address is kept in lower case."""

    use_in_migrations = True

    @classmethod
    def normalize_email(cls, email: str | None) -> str:
        """Return the address stripped and in lower case, as `User.clean` keeps it."""
        return (email or "").strip().lower()

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Return a new account with its profile. Raises ValueError without an address."""
        if not email:
            raise ValueError("An account needs an e-mail address.")
        user = self.model(email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        Profile.objects.using(self._db).get_or_create(user=user)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Return a new account with every right."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        """Return the account of an address, whatever its case."""
        return self.get(email__iexact=username)


class User(AbstractUser):
    """An account: an e-mail address and a password; no name is asked."""

    username = None  # type: ignore[assignment]
    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    email = models.EmailField("e-mail address", unique=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = UserManager()  # type: ignore[misc,assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="user_email_unique_lower",
                violation_error_message="There is an account with this address already.",
            )
        ]

    def __str__(self) -> str:
        return self.email

    def get_full_name(self) -> str:
        """Return the address: the only name held."""
        return self.email

    def get_short_name(self) -> str:
        """Return the part of the address before the @."""
        return self.email.split("@")[0]


class Profile(models.Model):
    """What a person set once: where their day starts, and what their tap gives."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="profile"
    )
    tz = models.CharField("time zone", max_length=64, default="UTC", validators=[validate_zone])
    day_starts_at = models.TimeField("my day starts at", default=dt.time(0, 0))
    tap_water_ug_per_l = models.BigIntegerField(
        "magnesium of the tap water, µg/l",
        default=DEFAULT_TAP_WATER_UG_PER_L,
        validators=bounded(0, 1_000_000, "Tap water holds between 0 and 1 000 mg/l."),
    )
    glass_ml = models.PositiveSmallIntegerField(
        "a glass, ml", default=250, validators=bounded(50, 2000, "A glass holds 50 to 2 000 ml.")
    )
    welcomed_at = models.DateTimeField(null=True, blank=True)  # None: the first-run page is still open

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="profile_tap_water_ug_per_l_in_range",
                condition=Q(tap_water_ug_per_l__range=(0, 1_000_000)),
                violation_error_message="Tap water holds between 0 and 1 000 mg/l.",
            ),
            models.CheckConstraint(
                name="profile_glass_ml_in_range",
                condition=Q(glass_ml__range=(50, 2000)),
                violation_error_message="A glass holds 50 to 2 000 ml.",
            ),
        ]

    def __str__(self) -> str:
        return f"profile {self.pk}"


# The diary ---------------------------------------------------------------------------------------


Row = TypeVar("Row", bound=models.Model)


class OwnedQuerySet(models.QuerySet[Row]):
    """Rows of people: the one door is `of`."""

    def of(self, user: User) -> Self:
        """Return this person's rows."""
        return self.filter(user=user)


class Body(models.TextChoices):
    """Who publishes the reference values."""

    US = "us", "US and Canada (IOM)"
    EFSA = "efsa", "EU (EFSA)"
    UK = "uk", "UK (COMA)"
    DACH = "dach", "Germany, Austria, Switzerland (D-A-CH)"
    NORDIC = "nordic", "Nordic (NNR)"
    WHO = "who", "FAO/WHO"
    JP = "jp", "Japan (MHLW)"
    ANZ = "anz", "Australia and New Zealand (NHMRC)"


class Sex(models.TextChoices):
    """Whose column of the reference table is read."""

    FEMALE = "female", "Female"
    MALE = "male", "Male"


class LifeStage(models.TextChoices):
    """Life stages that have rows of their own."""

    PREGNANT = "pregnant", "Pregnant"
    LACTATING = "lactating", "Breastfeeding"


class Target(models.Model):
    """What a person's days are held against, from a day on."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False)
    valid_from = models.DateField(validators=bounded(FIRST_DAY, LAST_DAY, "This day is out of reach."))
    body = models.CharField("reference body", max_length=8, choices=Body, default=Body.US)
    sex = models.CharField(max_length=6, choices=Sex, null=True, blank=True)  # noqa: DJ001 (None: not said)
    birth_year = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=bounded(1900, 2200, "The year lies between 1900 and 2200.")
    )
    life_stage = models.CharField(max_length=9, choices=LifeStage, null=True, blank=True)  # noqa: DJ001
    low_ug = models.BigIntegerField("own low edge, µg", null=True, blank=True)
    high_ug = models.BigIntegerField("own high edge, µg", null=True, blank=True)
    ceiling_ug = models.BigIntegerField("own ceiling for added magnesium, µg", null=True, blank=True)
    created_at = models.DateTimeField(db_default=Now())

    objects = OwnedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "valid_from"], name="target_user_valid_from"),
            models.CheckConstraint(
                name="target_band_in_order",
                # isnull: a CHECK that comes to NULL passes.
                condition=Q(low_ug=None, high_ug=None)
                | Q(
                    low_ug__isnull=False,
                    high_ug__isnull=False,
                    low_ug__gt=0,
                    low_ug__lte=F("high_ug"),
                    high_ug__lte=MAX_ENTRY_UG,
                ),
                violation_error_message="A band needs a low edge above 0 and a high edge not below it.",
            ),
            models.CheckConstraint(
                name="target_ceiling_ug_in_range",
                condition=Q(ceiling_ug=None) | Q(ceiling_ug__range=(1, MAX_ENTRY_UG)),
                violation_error_message="A ceiling lies above 0 and at most at 20 000 mg.",
            ),
            models.CheckConstraint(
                name="target_birth_year_in_range",
                condition=Q(birth_year=None) | Q(birth_year__range=(1900, 2200)),
                violation_error_message="The year lies between 1900 and 2200.",
            ),
        ]

    def __str__(self) -> str:
        return f"target from {self.valid_from}"


class OwnFood(models.Model):
    """A food of one person's. Never changed after it is made: an edit is a new row, the old one retires."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False)
    name = models.CharField(max_length=200, validators=[validate_text])
    magnesium_ug_per_100g = models.BigIntegerField("magnesium, µg per 100 g", null=True, blank=True)
    portion_label = models.CharField(max_length=80, blank=True, validators=[validate_text])
    portion_weight_mg = models.BigIntegerField("weight of the portion, mg", null=True, blank=True)
    created_at = models.DateTimeField(db_default=Now())
    retired_at = models.DateTimeField(null=True, blank=True)

    objects = OwnedQuerySet.as_manager()

    class Meta:
        constraints = [
            fits("name", 200, "own_food_name_fits"),
            fits("portion_label", 80, "own_food_portion_label_fits"),
            models.CheckConstraint(
                name="own_food_magnesium_ug_per_100g_in_range",
                condition=Q(magnesium_ug_per_100g=None) | Q(magnesium_ug_per_100g__range=(0, MAX_ENTRY_UG)),
                violation_error_message="Magnesium lies between 0 and 20 000 mg per 100 g.",
            ),
            models.CheckConstraint(
                name="own_food_portion_weight_mg_in_range",
                condition=Q(portion_weight_mg=None) | Q(portion_weight_mg__range=(1, MAX_WEIGHT_MG)),
                violation_error_message="A portion weighs more than 0 g and at most 100 kg.",
            ),
        ]
        indexes = [models.Index(fields=["user", "name"], name="own_food_user_name")]

    def __str__(self) -> str:
        return self.name


class OwnProduct(models.Model):
    """A supplement of one person's. Never changed after it is made: an edit is a new row."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False)
    name = models.CharField(max_length=200, validators=[validate_text])
    kind = models.CharField(max_length=12, choices=Product.Kind, default=Product.Kind.SUPPLEMENT)
    serving = models.CharField(max_length=80, validators=[validate_text])
    magnesium_ug_per_serving = models.BigIntegerField(
        "elemental magnesium a serving, µg", null=True, blank=True
    )
    created_at = models.DateTimeField(db_default=Now())
    retired_at = models.DateTimeField(null=True, blank=True)

    objects = OwnedQuerySet.as_manager()

    class Meta:
        constraints = [
            fits("name", 200, "own_product_name_fits"),
            fits("serving", 80, "own_product_serving_fits"),
            models.CheckConstraint(
                name="own_product_magnesium_ug_per_serving_in_range",
                condition=Q(magnesium_ug_per_serving=None)
                | Q(magnesium_ug_per_serving__range=(0, MAX_ENTRY_UG)),
                violation_error_message="A serving holds between 0 and 20 000 mg of magnesium.",
            ),
        ]
        indexes = [models.Index(fields=["user", "name"], name="own_product_user_name")]

    def __str__(self) -> str:
        return self.name


class OwnIngredient(IngredientLine):
    """A line of an own product's label."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False)
    product = models.ForeignKey(OwnProduct, models.CASCADE, related_name="ingredients")

    objects = OwnedQuerySet.as_manager()

    class Meta(IngredientLine.Meta):
        abstract = False

    def __str__(self) -> str:
        return f"line {self.position} of {self.product_id}"


class Kind(models.TextChoices):
    """What an entry is; the last three are not food or drink."""

    FOOD = "food", "Food"
    WATER = "water", "Water"
    SUPPLEMENT = "supplement", "Supplement"
    MEDICINE = "medicine", "Medicine"
    TOPICAL = "topical", "On the skin"


ADDED = (Kind.SUPPLEMENT, Kind.MEDICINE)


class Slot(models.TextChoices):
    """The part of the day an entry stands under, in the order of the page."""

    BREAKFAST = "breakfast", "Breakfast"
    LUNCH = "lunch", "Lunch"
    SNACK = "snack", "Snack"
    DINNER = "dinner", "Dinner"
    EVENING = "evening", "Evening"
    NIGHT = "night", "Night"
    ALL_DAY = "all_day", "All day"


class EntryQuerySet(OwnedQuerySet["Entry"]):
    """The diary, read in a chain."""

    def kept(self) -> Self:
        """Leave out what was deleted."""
        return self.filter(deleted_at=None)

    def between(self, first: dt.date, last: dt.date) -> Self:
        """Return entries of the days from `first` to `last`, both included."""
        return self.filter(day__range=(first, last))

    def daily(self) -> QuerySet[Any, dict[str, Any]]:
        """One row a day: `day`, `food_ug`, `water_ug`, `added_ug`, `known` and `unknown` entries."""
        rows: QuerySet[Any, Any] = (
            self.kept()
            .values("day")
            .annotate(
                food_ug=Sum("magnesium_ug", filter=Q(kind=Kind.FOOD), default=0),
                water_ug=Sum("magnesium_ug", filter=Q(kind=Kind.WATER), default=0),
                added_ug=Sum("magnesium_ug", filter=Q(kind__in=ADDED), default=0),
                known=Count("magnesium_ug"),
                unknown=Count("kind", filter=Q(magnesium_ug=None)),
            )
            .order_by()
        )
        return rows


class Entry(models.Model):
    """Something a person ate, drank or took, with its magnesium as of then."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False)
    day = models.DateField()  # as the person named it
    at = models.TimeField("time", null=True, blank=True)  # local wall clock; None: not said
    tz = models.CharField(max_length=64, default="UTC")
    slot = models.CharField(max_length=9, choices=Slot)
    kind = models.CharField(max_length=12, choices=Kind)
    label = models.CharField(max_length=200, validators=[validate_text])
    quantity_milli = models.BigIntegerField("how many units, in thousandths", default=1000)
    unit = models.CharField("unit as entered", max_length=80, blank=True)  # "g", "1 oz", "1 capsule"
    unit_weight_mg = models.BigIntegerField("weight of one unit, mg", null=True, blank=True)
    unit_magnesium_ug = models.BigIntegerField("magnesium of one unit, µg", null=True, blank=True)
    weight_mg = models.BigIntegerField("weight, mg", null=True, blank=True)
    magnesium_ug = models.BigIntegerField("magnesium, µg", null=True, blank=True)  # None: not known
    food_revision = models.ForeignKey(FoodRevision, models.PROTECT, null=True, blank=True, related_name="+")
    product = models.ForeignKey(Product, models.PROTECT, null=True, blank=True, related_name="+")
    own_food = models.ForeignKey(OwnFood, models.RESTRICT, null=True, blank=True, related_name="+")
    own_product = models.ForeignKey(OwnProduct, models.RESTRICT, null=True, blank=True, related_name="+")
    digest = models.CharField(max_length=64, editable=False)  # of the body it was first made from
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(db_default=Now())
    deleted_at = models.DateTimeField(null=True, blank=True)

    objects = EntryQuerySet.as_manager()

    class Meta:
        constraints = [
            fits("label", 200, "entry_label_fits"),
            fits("unit", 80, "entry_unit_fits"),
            models.CheckConstraint(
                name="entry_magnesium_ug_in_range",
                condition=Q(magnesium_ug=None) | Q(magnesium_ug__range=(0, MAX_ENTRY_UG)),
                violation_error_message="Magnesium lies between 0 and 20 000 mg.",
            ),
            models.CheckConstraint(
                name="entry_topical_counts_zero",
                condition=~Q(kind="topical") | Q(magnesium_ug=0),
                violation_error_message="What goes on the skin is logged and counts 0.",
            ),
            models.CheckConstraint(
                name="entry_weight_mg_in_range",
                condition=Q(weight_mg=None) | Q(weight_mg__range=(1, MAX_WEIGHT_MG)),
                violation_error_message="A weight lies above 0 g and at most at 100 kg.",
            ),
            models.CheckConstraint(
                name="entry_quantity_milli_in_range",
                condition=Q(quantity_milli__range=(1, MAX_QUANTITY_MILLI)),
                violation_error_message="An amount lies above 0 and at most at 100 000.",
            ),
            models.CheckConstraint(
                name="entry_day_in_range",
                condition=Q(day__range=(FIRST_DAY, LAST_DAY)),
                violation_error_message="This day is out of reach.",
            ),
        ]
        # Covers `daily` on both databases; SQLite drops include=.
        indexes = [
            models.Index(fields=["user", "day", "deleted_at", "kind", "magnesium_ug"], name="entry_user_day")
        ]

    def __str__(self) -> str:
        return f"entry {self.pk}"


class Mark(models.TextChoices):
    """What the person says of a day's log."""

    COMPLETE = "complete", "complete"
    PARTIAL = "partial", "partial"
    NOT_TRACKED = "not_tracked", "not tracked"


class DayMark(models.Model):
    """How far a day was logged, in the person's own word."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False)
    day = models.DateField()
    mark = models.CharField(max_length=11, choices=Mark)
    note = models.CharField(max_length=500, blank=True, validators=[validate_text])

    objects = OwnedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "day"], name="day_mark_user_day"),
            fits("note", 500, "day_mark_note_fits"),
            models.CheckConstraint(
                name="day_mark_day_in_range",
                condition=Q(day__range=(FIRST_DAY, LAST_DAY)),
                violation_error_message="This day is out of reach.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day}: {self.mark}"


# Doors and work ----------------------------------------------------------------------------------


class ApiToken(models.Model):
    """A key to the REST interface; only its digest is kept."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    name = models.CharField(max_length=80, validators=[validate_text])
    digest = models.CharField(max_length=64, unique=True, editable=False)  # SHA-256 of 256 random bits
    created_at = models.DateTimeField(db_default=Now())

    objects = OwnedQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name


class JobQuerySet(OwnedQuerySet["Job"]):
    """Background work; the row is the truth, a message only a nudge."""

    def due(self, now: dt.datetime) -> Self:
        """Return jobs that wait, not for later, or whose worker stopped renewing its lease."""
        open_states = (Job.State.QUEUED, Job.State.RUNNING)
        return self.filter(
            Q(state=Job.State.QUEUED, lease_until=None) | Q(state__in=open_states, lease_until__lt=now)
        )


class Job(models.Model):
    """A piece of background work, claimed by a conditional UPDATE and saved slice by slice."""

    class State(models.TextChoices):
        """Where a job stands."""

        QUEUED = "queued", "waiting"
        RUNNING = "running", "running"
        DONE = "done", "done"
        FAILED = "failed", "failed"
        CANCELLED = "cancelled", "cancelled"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="+"
    )
    kind = models.CharField(max_length=40)
    dedupe_key = models.CharField(max_length=80, unique=True, null=True, blank=True)
    state = models.CharField(max_length=9, choices=State, default=State.QUEUED)
    payload = models.JSONField(default=dict, blank=True)  # ids and plain settings, never what a person wrote
    cursor = models.JSONField(default=dict, blank=True)  # how far it got; saved with the work itself
    attempts = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField(db_default=Now())
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["state", "lease_until"], name="job_state_lease")]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class ExportPart(models.Model):
    """A slice of a person's export, in order; the file is put together when it is fetched."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False)
    job = models.ForeignKey(Job, models.CASCADE, related_name="parts")
    name = models.CharField(max_length=40)  # the file it belongs to
    position = models.PositiveIntegerField()
    content = models.TextField()

    objects = OwnedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "job", "name", "position"], name="export_part_user_job_name_position"
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.position}"
