"""Sign-in by e-mail; the account and its profile are read in one query."""

from allauth.account.auth_backends import AuthenticationBackend

from intake.models import User


class PersonBackend(AuthenticationBackend):
    """allauth's backend, with the profile that every page needs."""

    def get_user(self, user_id: int) -> User | None:
        """Return the account with its profile, or None if it is gone or inactive."""
        user = User.objects.select_related("profile").filter(pk=user_id).first()
        return user if user and self.user_can_authenticate(user) else None
