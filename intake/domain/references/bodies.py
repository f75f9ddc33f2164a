"""PURE: the bodies whose values are held, and from which age."""

BODIES = ("us", "efsa", "uk", "dach", "nordic", "who", "jp", "anz")
ADULT_AGE = 18  # built-in values and ceilings are for people of this age and over


def check_body(body: str) -> None:
    """Raise ValueError for an unknown body."""
    if body not in BODIES:
        raise ValueError(f"no such body: {body}")
