"""Wiring; no rule of the domain lives here. Celery's app is made with it, so that tasks know their broker."""

from config.celery import app as celery_app

__all__ = ("celery_app",)
