"""The learn app."""

from django.apps import AppConfig


class LearnConfig(AppConfig):
    """Pages to read, and the sources behind every figure in them; knows no person."""

    name = "learn"
