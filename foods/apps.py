"""The foods app."""

from django.apps import AppConfig


class FoodsConfig(AppConfig):
    """Facts about foods."""

    name = "foods"
