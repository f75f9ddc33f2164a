"""Input to values: a form checks, a service saves."""
