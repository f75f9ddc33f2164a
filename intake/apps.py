"""The intake app."""

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    """People, their diaries, the reckoning."""

    name = "intake"
