"""Accounts, and what a person set once."""

import datetime as dt
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from intake.models.bounds import DEFAULT_TAP_WATER_UG_PER_L, bounded, validate_zone


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
    has_stacks = models.BooleanField(default=False)  # spares the pages of others a question
    has_timing = models.BooleanField(default=False)  # the same for listed medicines and conditions
    reminders = models.BooleanField("remind me by e-mail", default=False)
    remind_at = models.DateTimeField(null=True, blank=True)  # the next time; None where nothing is to come

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
        # Few rows: who is to be reminded, and when.
        indexes = [
            models.Index(fields=["remind_at"], name="profile_remind_at", condition=Q(remind_at__isnull=False))
        ]

    def __str__(self) -> str:
        return f"profile {self.pk}"
