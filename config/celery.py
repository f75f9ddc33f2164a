"""The way in for Celery: `celery -A config worker -B -s var/beat`; used only where BROKER_URL is set."""

import os
from typing import Any

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

TICK_SECONDS = 60


def _settings() -> dict[str, Any]:
    from django.conf import settings

    return {
        **settings.CELERY,
        "beat_schedule": {
            "jobs-tick": {
                "task": "intake.tasks.jobs_tick",
                "schedule": TICK_SECONDS,
                "options": {"expires": TICK_SECONDS},
            }
        },
    }


app = Celery("midband")
app.add_defaults(_settings)
app.autodiscover_tasks()
