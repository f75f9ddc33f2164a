"""How passwords are kept, and how long they may be."""

from django.contrib.auth.hashers import Argon2PasswordHasher
from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError

MAX_PASSWORD = 128


class Argon2id(Argon2PasswordHasher):
    """Argon2id with OWASP ASVS 5.0 Appendix C's t=2, m=19 MiB, p=1: two cores stay answerable at sign-in."""

    time_cost = 2
    memory_cost = 19456
    parallelism = 1


class MaximumLengthValidator:
    """Refuse a password of more than 128 characters; nothing is ever cut off."""

    def validate(self, password: str, user: AbstractBaseUser | None = None) -> None:
        """Raise ValidationError if the password is too long."""
        if len(password) > MAX_PASSWORD:
            raise ValidationError(self.get_help_text(), code="password_too_long")

    def get_help_text(self) -> str:
        """Return the rule in a sentence."""
        return f"A password has at most {MAX_PASSWORD} characters."
