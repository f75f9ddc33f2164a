"""How allauth meets our accounts: one address in lower case, a profile for each, pages and never JSON."""

from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from django import forms
from django.http import HttpRequest

from intake.models import Profile, User

MAX_EMAIL = 254


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """allauth's defaults, but where they do not fit."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": "This address and this password do not go together.",
        "email_taken": "There is an account with this address already: sign in, or reset its password.",
        "enter_current_password": "This is not your current password.",
        "incorrect_password": "This is not your password.",
        "too_many_login_attempts": "Too many tries. Wait an hour, or reset the password by mail.",
        "email_too_long": f"An address has at most {MAX_EMAIL} characters.",
        "email_not_plain": "Write the address in plain letters; a domain in other letters has an xn-- form.",
    }

    def clean_email(self, email: str) -> str:
        """Return the address in lower case.

        Raises ValidationError if it is longer than the column or not ASCII: what looks the same is then the
        same, and both databases agree on its lower case.
        """
        if not email.isascii():
            raise self.validation_error("email_not_plain")
        if len(email) > MAX_EMAIL:
            raise self.validation_error("email_too_long")
        return email.lower()

    def save_user(self, request: HttpRequest, user: User, form: forms.BaseForm, commit: bool = True) -> User:
        """Save a new account with its profile; the caller holds the transaction."""
        super().save_user(request, user, form, commit=commit)
        if commit:
            Profile.objects.get_or_create(user=user)
        return user

    def is_ajax(self, request: HttpRequest) -> bool:
        """Say no: these pages speak HTML, programs have the REST interface."""
        return False
