"""The supplements app."""

from django.apps import AppConfig


class SupplementsConfig(AppConfig):
    """Facts about forms and products."""

    name = "supplements"
