"""Sign-in by e-mail; the account and its profile are read in one query."""

from allauth.account.auth_backends import AuthenticationBackend

from intake.models import Profile, User


class PersonBackend(AuthenticationBackend):  # type: ignore[misc]
    """allauth's backend, with the profile that every page needs."""

    def get_user(self, user_id: int) -> User | None:
        """Return the account with its profile, made if a door left it out; None if gone or inactive."""
        user = User.objects.select_related("profile").filter(pk=user_id).first()
        if user is None or not self.user_can_authenticate(user):
            return None
        if not hasattr(user, "profile"):
            user.profile = Profile.objects.get_or_create(user=user)[0]
        return user
