"""`manage.py demo`: an account with a believable diary, to look around in or to call the API with."""

import secrets
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.forms import ValidationError
from django.utils import timezone

from foods.models import Food
from intake.clock import today_of
from intake.demo import keep_diary
from intake.models import User
from intake.services import make_token
from supplements.models import Compound

EMAIL = "demo@example.org"
DAYS = 120
MAX_DAYS = 4000


class Command(BaseCommand):
    help = "Make a demo account with some days of diary, and say how to sign in."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--email", default=EMAIL)
        parser.add_argument("--password", help="a new one is made up and printed if none is given")
        parser.add_argument("--days", type=int, default=DAYS, help=f"0 to {MAX_DAYS}; 0: no entry, no target")
        parser.add_argument("--token", action="store_true", help="print a key to the API as the last word")

    def handle(self, *, email: str, password: str | None, days: int, token: bool, **options: Any) -> None:
        if not 0 <= days <= MAX_DAYS:
            raise CommandError(f"--days is a number from 0 to {MAX_DAYS}.")
        try:
            validate_email(email)
        except ValidationError:
            raise CommandError("--email is no e-mail address.") from None
        call_command("migrate", verbosity=0, interactive=False)
        if not (Food.objects.exists() and Compound.objects.exists()):
            call_command("load_builtin", stdout=self.stdout)

        user = User.objects.filter(email__iexact=email).first()
        if user:
            self.stdout.write(f"There is an account {user.email} already; it is left as it was.")
        else:
            user = self.make(email, password or secrets.token_urlsafe(12), days)
        if token:
            key = make_token(user=user, name="demo")
            self.stdout.write(f"Key to the API, shown once: {key}")

    def make(self, email: str, password: str, days: int) -> User:
        """Make the account with its diary, all or nothing, and say how to sign in."""
        try:
            with transaction.atomic():
                user = User.objects.create_user(email, password)
                user.profile.welcomed_at = timezone.now()
                user.profile.save(update_fields=["welcomed_at"])
                entries = keep_diary(user=user, today=today_of(user), days=days) if days else 0
        except IntegrityError:
            raise CommandError("Another account with this address was made at the same time.") from None
        self.stdout.write(
            f"{entries} entries over {days} days.\n"
            f"Start the server with `make run`, then sign in at http://localhost:{settings.PORT}\n"
            f"  e-mail    {user.email}\n"
            f"  password  {password}"
        )
        return user
