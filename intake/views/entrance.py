"""allauth's pages with our forms: what is refused is 422, too many tries 429, an account is made whole."""

from typing import Any

from allauth.account import views
from allauth.account.adapter import get_adapter
from django import forms
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import NON_FIELD_ERRORS
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from intake.forms.accounts import (
    ChangePasswordForm,
    LoginForm,
    ResetPasswordForm,
    ResetPasswordKeyForm,
    SignupForm,
)
from intake.models import User

HOUR_S = 3600
MINUTE_S = 60
NOTHING_KEPT = '"storage"'


class _Refused:
    """Show a form that was refused as 422, or as 429 with `Retry-After` after too many tries."""

    request: HttpRequest

    def form_invalid(self, form: forms.Form) -> HttpResponse:
        context = self.get_context_data(form=form)  # type: ignore[attr-defined]
        too_many = form.has_error(NON_FIELD_ERRORS, "too_many_login_attempts")
        response = render(self.request, self.template_name, context, status=422)  # type: ignore[attr-defined]
        return wait(response, HOUR_S) if too_many else response


class Signup(_Refused, views.SignupView):  # type: ignore[misc]
    """Make an account and sign in at once."""

    form_class = SignupForm

    def form_valid(self, form: SignupForm) -> HttpResponse:
        """Make the account, its profile and its session in one transaction; two at once make one."""
        try:
            with transaction.atomic():
                return super().form_valid(form)  # type: ignore[no-any-return]
        except IntegrityError:
            email = form.cleaned_data["email"]
            if not User.objects.filter(email__iexact=email).exists():
                raise
            self.request.session.flush()
            form.add_error("email", get_adapter().validation_error("email_taken"))
            return self.form_invalid(form)


class Login(_Refused, views.LoginView):  # type: ignore[misc]
    """Sign in."""

    form_class = LoginForm


class Logout(views.LogoutView):  # type: ignore[misc]
    """Ask, then sign out; the browser is told to forget what the site kept."""

    def post(self, *args: Any, **kwargs: Any) -> HttpResponse:
        """Sign out."""
        response: HttpResponse = super().post(*args, **kwargs)
        response["Clear-Site-Data"] = NOTHING_KEPT
        return response


class ChangePassword(_Refused, views.PasswordChangeView):  # type: ignore[misc]
    """Change the password; other devices are signed out."""

    form_class = ChangePasswordForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Stand among the settings."""
        return {**super().get_context_data(**kwargs), "section": "settings"}


class ResetPassword(_Refused, views.PasswordResetView):  # type: ignore[misc]
    """Send a link, whether there is such an account or not: the page says the same."""

    form_class = ResetPasswordForm


class ResetPasswordFromKey(_Refused, views.PasswordResetFromKeyView):  # type: ignore[misc]
    """Set a new password by the link of a mail."""

    form_class = ResetPasswordKeyForm


@login_not_required
def too_many_requests(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say that there were too many requests, and when to come back."""
    return wait(render(request, "429.html"), MINUTE_S)


def wait(response: HttpResponse, seconds: int) -> HttpResponse:
    """Return the answer as 429, with when to come back."""
    response.status_code = 429
    response["Retry-After"] = str(seconds)
    return response
