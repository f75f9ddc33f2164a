"""Who calls the REST interface: a token in the `Authorization` header, nothing else."""

from rest_framework import authentication, exceptions

from intake.models import ApiToken, User
from intake.services import token_digest


class TokenAuthentication(authentication.TokenAuthentication):
    """`Authorization: Token ...`, looked up by digest: account and profile come in the same query."""

    def authenticate_credentials(self, key: str) -> tuple[User, ApiToken]:
        """Return the person and their token. Raises AuthenticationFailed, the same for every reason."""
        known = ApiToken.objects.select_related("user__profile").filter(user__is_active=True)
        try:
            token: ApiToken = known.get(digest=token_digest(key))
        except ApiToken.DoesNotExist:
            raise exceptions.AuthenticationFailed("This token is not known.") from None
        return token.user, token
