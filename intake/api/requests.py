"""A request by a token, and the ids in its address."""

from typing import Any
from uuid import UUID

from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.views import APIView

from intake.domain.written import uuid_from, whole_from
from intake.errors import NotThere
from intake.models import ApiToken, User

MAX_QUERY = 200
MAX_RESULTS = 100


class PersonCall(Request):
    """A request whose token was known."""

    user: User
    auth: ApiToken


class Nowhere(APIView):
    """An address under the interface where nothing is: the same 404 as for a row that is not there."""

    authentication_classes = ()
    permission_classes = ()
    throttle_classes = ()
    schema = None

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Answer any method with 404."""
        raise NotThere


def entry_key(text: str) -> UUID:
    """Return the id of an entry in an address. Raises NotThere if it cannot be one."""
    key = uuid_from(text)
    if key is None:
        raise NotThere
    return key


def query(request: Request) -> str:
    """Return the words of a search. Raises ValidationError if they are too many."""
    words = request.query_params.get("q", "")
    if len(words) > MAX_QUERY:
        raise ValidationError({"q": [f"At most {MAX_QUERY} characters."]})
    return words


def limit(request: Request) -> int:
    """Return how many results are wanted, 20 if it is not said. Raises ValidationError."""
    number = whole_from(request.query_params.get("limit", "20"), 4)
    if number is None or not 1 <= number <= MAX_RESULTS:
        raise ValidationError({"limit": [f"A whole number from 1 to {MAX_RESULTS}."]})
    return number
